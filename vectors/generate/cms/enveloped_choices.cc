#include <vectors/generate/cms/enveloped.h>
#include <vectors/generate/cms/twins.h>

#include <array>

namespace sceplab::vectors {

namespace {

struct CipherRow {
    ContentCipher cipher;
    const char* name;
    const char* oid;
    bool weak;
};
constexpr std::array ciphers{CipherRow{ContentCipher::des_cbc, "DES", "1.3.14.3.2.7", true},
                             CipherRow{ContentCipher::des_ede3_cbc, "triple DES", "1.2.840.113549.3.7", true},
                             CipherRow{ContentCipher::aes128_CBC, "AES-128", "2.16.840.1.101.3.4.1.2", false},
                             CipherRow{ContentCipher::aes192_CBC, "AES-192", "2.16.840.1.101.3.4.1.22", false},
                             CipherRow{ContentCipher::aes256_CBC, "AES-256", "2.16.840.1.101.3.4.1.42", false}};

struct TransportRow {
    KeyTransport algorithm;
    Digest digest;
    const char* name;
};
constexpr std::array transports{TransportRow{KeyTransport::rsaEncryption, Digest::sha1, "PKCS#1 v1.5"},
                                TransportRow{KeyTransport::id_RSAES_OAEP, Digest::sha1, "OAEP with SHA-1"},
                                TransportRow{KeyTransport::id_RSAES_OAEP, Digest::sha224, "OAEP with SHA-224"},
                                TransportRow{KeyTransport::id_RSAES_OAEP, Digest::sha256, "OAEP with SHA-256"},
                                TransportRow{KeyTransport::id_RSAES_OAEP, Digest::sha384, "OAEP with SHA-384"},
                                TransportRow{KeyTransport::id_RSAES_OAEP, Digest::sha512, "OAEP with SHA-512"}};

std::string_view oid_of(KeyTransport algorithm) {
    return algorithm == KeyTransport::rsaEncryption ? "1.2.840.113549.1.1.1" : "1.2.840.113549.1.1.7";
}

void add(Cases& cases, std::string name, std::string comment, const EnvelopePlan& plan) {
    const CipherRow& cipher = ciphers[static_cast<std::size_t>(plan.cipher)];
    Case& out = cases.add(std::move(name), std::move(comment), cipher.weak ? Result::acceptable : Result::valid,
                          cipher.weak ? std::vector<std::string>{"CmsWeakCipher"} : std::vector<std::string>{},
                          [&] { return make_envelope(plan); });
    opens(out, envelope_fields(oid_of(plan.transport.algorithm), cipher.oid), plan.content ? *plan.content : plaintext());
}

// A SEQUENCE of so many octets in all.
Octets sequence_of(std::size_t size) {
    const std::size_t header = size < 130 ? 2 : size < 260 ? 3 : 4;
    const std::size_t inner = size - header;
    const std::size_t inner_header = inner < 130 ? 2 : inner < 260 ? 3 : 4;
    return sequence({octet_string(Octets(inner - inner_header, 0x5a))});
}

} // namespace

void enveloped_choices(Cases& cases) {
    for (const CipherRow& cipher : ciphers) {
        for (const TransportRow& transport : {transports[0], transports[3]}) {
            add(cases, std::string(cipher.name) + ", " + transport.name,
                std::string("The content under ") + cipher.name + " in CBC mode, its key by " + transport.name + '.',
                {.transport = {.algorithm = transport.algorithm, .oaep_digest = transport.digest}, .cipher = cipher.cipher});
        }
    }
    for (const TransportRow& transport : {transports[1], transports[2], transports[4], transports[5]}) {
        add(cases, std::string("AES-256, ") + transport.name,
            std::string("The parameters say which hash OAEP and its mask generation use: ") + transport.name + '.',
            {.transport = {.algorithm = transport.algorithm, .oaep_digest = transport.digest}, .cipher = ContentCipher::aes256_CBC});
    }
    for (const TransportRow& transport : {transports[0], transports[3]}) {
        add(cases, std::string("subjectKeyIdentifier, ") + transport.name,
            "rid is [0] subjectKeyIdentifier, so the versions are 2 (RFC 5652, 6.1, 6.2.1).",
            {.transport = {
                 .algorithm = transport.algorithm, .oaep_digest = transport.digest, .rid = IdentifierForm::subjectKeyIdentifier}});
    }
    for (const std::size_t size : {4, 14, 15, 16, 17, 30, 31, 32, 33, 127, 128, 255, 256, 1000}) {
        add(cases, "plaintext of " + counted(size, "octet") + "",
            "The plaintext ends near the end of a block, so that the padding is short, long or a whole block.",
            {.content = sequence_of(size)});
    }
    for (const std::size_t size : {7, 8, 9, 16}) {
        add(cases, "triple DES, plaintext of " + counted(size, "octet") + "", "The plaintext ends near the end of a block of eight octets.",
            {.cipher = ContentCipher::des_ede3_cbc, .content = sequence_of(size)});
    }
    add(cases, "plaintext of 20000 octets", "More than one buffer of whoever decrypts by pieces.", {.content = sequence_of(20000)});
    struct Base {
        const char* name;
        EnvelopePlan plan;
    };
    const std::array bases{Base{"", {}},
                           Base{"OAEP, ",
                                {.transport = {.algorithm = KeyTransport::id_RSAES_OAEP, .rid = IdentifierForm::subjectKeyIdentifier},
                                 .cipher = ContentCipher::aes256_CBC}}};
    for (const Base& base : bases) {
        for (const TwinForm& form : twin_forms()) {
            std::vector<std::string> flags;
            if (form.result != Result::valid) {
                flags.emplace_back("CmsLongLength");
            }
            Case& out = cases.add(base.name + std::string(form.name), std::string(form.comment) + " What is encrypted does not change.",
                                  form.result, flags, [&] { return twin(read_enveloped_data(make_envelope(base.plan)), form); });
            opens(out, envelope_fields(oid_of(base.plan.transport.algorithm), ciphers[static_cast<std::size_t>(base.plan.cipher)].oid));
        }
    }
    for (const std::size_t count : {1, 64}) {
        Case& out = cases.add(counted(count, "octet") + " after the message", "What follows the ContentInfo belongs to no field of it.",
                              Result::acceptable, {"CmsTrailingOctets"}, [&] { return joined({make_envelope({}), Octets(count, 0)}); });
        opens(out);
    }
    // The plaintext is BER itself.
    Case& out =
        cases.valid("plaintext in indefinite length", "What is inside is BER: it is not opened any further, and comes out as it went in.",
                    [] { return make_envelope({.content = joined({{0x30, 0x80}, integer(7), {0, 0}})}); });
    opens(out, envelope_fields(), joined({{0x30, 0x80}, integer(7), {0, 0}}));
}

void enveloped_for(Cases& cases, const Party& recipient, const char* name) {
    for (const TransportRow& transport : {transports[0], transports[1], transports[3], transports[5]}) {
        for (const ContentCipher cipher : {ContentCipher::aes128_CBC, ContentCipher::aes256_CBC}) {
            const bool small = cipher == ContentCipher::aes128_CBC;
            if (small != (transport.algorithm == KeyTransport::rsaEncryption) && transport.digest != Digest::sha256) {
                continue;
            }
            add(cases, std::string(name) + ", " + transport.name + (small ? ", AES-128" : ", AES-256"),
                std::string("encryptedKey is as long as the modulus of the recipient's key, ") + name + ", whatever is in it.",
                {.recipient = &recipient,
                 .transport = {.algorithm = transport.algorithm, .oaep_digest = transport.digest},
                 .cipher = cipher});
        }
    }
    add(cases, std::string(name) + ", subjectKeyIdentifier", "rid is a subjectKeyIdentifier, and the key is found by it.",
        {.recipient = &recipient, .transport = {.rid = IdentifierForm::subjectKeyIdentifier}});
    cases.add(std::string(name) + ", key for RSA 2048",
              "encryptedKey has the size of another modulus, and rid names this one: it cannot be for this key.", Result::invalid,
              {"WrongKey"}, [&] {
                  auto parts = make_parts({});
                  parts.recipient_infos = {
                      key_transport_info(integer(0), recipient_identifier(recipient),
                                         sequence({encoded(scep::der::oid("1.2.840.113549.1.1.1")), tlv(scep::der::tag::NULL_, {})}),
                                         encrypt_key(parties().client, Octets(16, 1), "PKCS1v15"))};
                  return scep::cms::encode_enveloped_data(parts);
              });
}

} // namespace sceplab::vectors
