#include <vectors/generate/cms/enveloped.h>
#include <vectors/generate/families.h>
#include <vectors/generate/keys.h>

#include <scepcodec/cms/oids.h>
#include <scepcodec/x509/oids.h>

namespace sceplab::vectors {

namespace {

namespace tag = scep::der::tag;

Octets random(std::size_t count) { return *case_randomness().octets(count); }

} // namespace

Octets padded(const Octets& content, std::size_t block) {
    const std::size_t count = block - content.size() % block;
    return joined({content, Octets(count, static_cast<std::uint8_t>(count))});
}

EnvelopePieces::EnvelopePieces()
    : iv(random(16)), key(random(16)), key_algorithm(sequence({encoded(scep::x509::oids::rsaEncryption), tlv(tag::NULL_, {})})),
      padded(vectors::padded(plaintext())) {}

Octets recipient_identifier(const Party& party) { return sequence({party.name(), integer(4660)}); }

Octets key_transport_info(const Octets& version, const Octets& rid, const Octets& algorithm, const Octets& encrypted_key) {
    return sequence({version, rid, algorithm, octet_string(encrypted_key)});
}

Octets EnvelopePieces::recipient() const {
    const Party& client = parties().client;
    return key_transport_info(integer(0), recipient_identifier(client), key_algorithm,
                              encrypted_key ? *encrypted_key : encrypt_key(client, key, key_padding));
}

Octets EnvelopePieces::octets() const {
    const Octets cipher = algorithm ? *algorithm : sequence({encoded(scep::cms::oids::aes128_CBC), octet_string(iv)});
    const Octets content =
        encrypted_content ? *encrypted_content : tlv(tag::context(0), ciphertext ? *ciphertext : encipher(mode, key, iv, padded));
    const Octets recipient_infos = set(recipients.empty() ? std::vector<Octets>{recipient()} : recipients);
    return sequence({content_type, context(0, sequence({version, originator_info, recipient_infos,
                                                        sequence({encrypted_type, cipher, content}), unprotected_attributes}))});
}

std::function<Octets()> envelope_with(const std::function<void(EnvelopePieces&)>& change) {
    return [change] {
        EnvelopePieces pieces;
        change(pieces);
        return pieces.octets();
    };
}

Json envelope_fields(std::string_view key_algorithm, std::string_view cipher, std::string_view recipient) {
    return {{"recipient", recipient}, {"keyEncryptionAlgorithm", key_algorithm}, {"contentEncryptionAlgorithm", cipher}};
}

void opens(Case& which, const Json& fields, const Octets& content) {
    which.members["fields"] = fields;
    which.members["plaintext"] = hex(content);
}

File enveloped_data() {
    File out{"enveloped-data",
             "Each input is a ContentInfo that should be an EnvelopedData, to be opened with the key or the password of the group (RFC "
             "5652, 6).",
             {}};
    const auto group = [&](const Party& recipient, std::string_view name, const std::function<void(Cases&)>& fill) {
        Cases cases("enveloped-data", "EnvelopedData", {{"recipient", key(name, recipient, certificate_of(recipient))}});
        fill(cases);
        out.groups.push_back(cases.take());
    };
    group(parties().client, "recipient-rsa-2048", [](Cases& cases) {
        enveloped_choices(cases);
        enveloped_fields(cases);
        enveloped_content(cases);
        enveloped_keys(cases);
        enveloped_recipients(cases);
    });
    group(signers().rsa3072, "recipient-rsa-3072", [](Cases& cases) { enveloped_for(cases, signers().rsa3072, "RSA 3072"); });
    group(signers().rsa4096, "recipient-rsa-4096", [](Cases& cases) { enveloped_for(cases, signers().rsa4096, "RSA 4096"); });
    Cases passwords("enveloped-data", "EnvelopedData", {{"password", envelope_password}});
    enveloped_passwords(passwords);
    out.groups.push_back(passwords.take());
    return out;
}

} // namespace sceplab::vectors
