#include "messages.h"

#include "ber_twin.h"

#include <scepcodec/botan/encrypt.h>
#include <scepcodec/botan/sign.h>
#include <scepcodec/cms/signed_data.h>
#include <scepcodec/der/writer.h>
#include <scepcodec/x509/oids.h>

#include <botan/base64.h>
#include <botan/pkcs8.h>
#include <botan/rsa.h>

#include <utility>

namespace bench {

namespace {

using namespace scep;
using botan::ContentCipher;

constexpr std::int64_t day = 86'400;
constexpr std::int64_t now = 1'790'000'000;

View text(std::string_view from) { return {reinterpret_cast<const std::uint8_t*>(from.data()), from.size()}; }

Octets name_of(const char* common_name) {
    const std::array parts{build::NamePart{der::oid("2.5.4.6"), "DE", der::tag::PrintableString},
                           build::NamePart{der::oid("2.5.4.10"), "Example"}, build::NamePart{der::oid("2.5.4.3"), common_name}};
    return build::encode_name(parts);
}

class Maker {
public:
    Identity identity(const char* common_name) {
        const Botan::RSA_PrivateKey made(m_random.generator(), 2048);
        const auto der = Botan::PKCS8::BER_encode(made);
        Identity out{.key_der = Octets(der.begin(), der.end()),
                     .certificate = {},
                     .subject = name_of(common_name),
                     .key = needed(botan::PrivateKey::load(der), "key")};
        auto signer = this->signer(out);
        out.certificate = needed(botan::self_signed_certificate(signer, out.subject, now - day, now + 365 * day), "certificate");
        return out;
    }

    botan::Signer signer(const Identity& who) {
        return needed(botan::Signer::make(who.key, botan::Digest::sha256, {}, m_random), "signer");
    }

    Octets issued(const Identity& authority, const Identity& holder, std::uint16_t number) {
        x509::CertificateBuilder builder;
        builder.serial_number = {0x40, 0x5a, static_cast<std::uint8_t>(number >> 8), static_cast<std::uint8_t>(number)};
        builder.issuer = authority.subject;
        builder.not_before = now;
        builder.not_after = now + 90 * day;
        builder.subject = name_of(("device " + std::to_string(number)).c_str());
        builder.subject_public_key_info.assign(holder.key.public_key_info().begin(), holder.key.public_key_info().end());
        builder.extensions = {build::encode_extension(x509::oids::id_ce_keyUsage, true, Octets{0x03, 0x02, 0x05, 0xa0})};
        if (!m_issuing) {
            m_issuing.emplace(signer(authority));
        }
        return needed(botan::sign(std::move(builder), *m_issuing), "certificate");
    }

    Octets request(const Identity& client) {
        build::CertificationRequestBuilder builder;
        builder.subject = client.subject;
        builder.challenge_password = "a secret of one use";
        builder.extensions = {build::encode_extension(x509::oids::id_ce_subjectAltName, false, der::encode([](der::Writer& w) {
                                                          w.sequence([&] { w.primitive(der::tag::context(2), "client.example.org"); });
                                                      }))};
        auto signer = this->signer(client);
        return needed(botan::sign(std::move(builder), signer), "request");
    }

    // CertificateList with at least `size` octets of entries: a serial number of 16 octets, a time, a reason.
    RevocationList list(const Identity& authority, const char* name, std::size_t size) {
        constexpr std::size_t entry_size = 2 + 18 + 15 + 14;
        const std::size_t count = (size + entry_size - 1) / entry_size;
        auto signer = this->signer(authority);
        const auto algorithm = signer.certificate_signature_algorithm();
        const Octets reason = build::encode_extension(der::oid("2.5.29.21"), false, Octets{0x0a, 0x01, 0x01});
        const Octets number = build::encode_extension(x509::oids::id_ce_cRLNumber, false, Octets{0x02, 0x01, 0x07});
        const Octets to_be_signed = der::encode([&](der::Writer& w) {
            w.sequence([&] {
                w.integer(1);
                w.raw(algorithm);
                w.raw(authority.subject);
                w.time(now);
                w.time(now + 7 * day);
                w.sequence([&] {
                    for (std::size_t i = 0; i < count; ++i) {
                        w.sequence([&] {
                            Octets serial(16, 0x6b);
                            for (unsigned octet = 0; octet < 4; ++octet) {
                                serial[12 + octet] = static_cast<std::uint8_t>(i >> (8 * (3 - octet)));
                            }
                            w.integer(View(serial));
                            w.time(now - static_cast<std::int64_t>(i % 1000) * day / 4);
                            w.sequence([&] { w.raw(reason); });
                        });
                    }
                });
                w.constructed(der::tag::context_constructed(0), [&] { w.sequence([&] { w.raw(number); }); });
            });
        });
        const Octets signature = needed(signer.sign(to_be_signed), "signature");
        return {.size = name,
                .octets = der::encode([&](der::Writer& w) {
                    w.sequence([&] {
                        w.raw(to_be_signed);
                        w.raw(algorithm);
                        w.bit_string(signature);
                    });
                }),
                .revoked = count};
    }

    // Encrypts and signs; `envelope_twin` changes the envelope before it is signed.
    void finish(Message& message, Octets (*envelope_twin)(View) = nullptr) {
        std::optional<Octets> envelope;
        if (message.data) {
            const auto recipient =
                needed(x509::Certificate::decode(der::Input(message.recipient->certificate)), "certificate of the recipient");
            envelope = needed(
                botan::encrypt(*message.data, needed(botan::Recipient::key_transport(recipient), "recipient"), message.cipher, m_random),
                "envelope");
            message.envelope = envelope_twin != nullptr ? envelope_twin(*envelope) : *envelope;
            envelope = message.envelope;
        }
        auto signer = this->signer(*message.signer);
        message.octets = needed(botan::sign(build::pki_message(message.transaction, message.codes, envelope), signer,
                                            {.certificate = message.signer->certificate}),
                                "message");
        const auto decoded = needed(cms::SignedData::decode_content_info(der::Input(message.octets)), "message");
        const auto signer_info = needed(*decoded.signer_infos.begin(), "signer");
        message.signed_attrs.assign(signer_info.signed_attrs->whole().begin(), signer_info.signed_attrs->whole().end());
        message.signed_attrs[0] = 0x31; // SET OF in place of [0] IMPLICIT (RFC 5652, 5.4)
        message.signature.assign(signer_info.signature.begin(), signer_info.signature.end());
    }

private:
    botan::Random m_random = botan::Random::deterministic(text("bench"));
    std::optional<botan::Signer> m_issuing;
};

build::Transaction transaction(bool answer) {
    build::Transaction out;
    out.transaction_id = "8E63A1F0B4D2C7956E108A7C3B9D4F21";
    out.sender_nonce = Octets(16, answer ? 0x2c : 0x5a);
    if (answer) {
        out.recipient_nonce = Octets(16, 0x5a);
    }
    return out;
}

build::Codes codes(const char* message_type, const char* pki_status = "", const char* fail_info = "") {
    return {.message_type = message_type, .pki_status = pki_status, .fail_info = fail_info, .fail_info_text = {}};
}

void put_common(Reading& reading, const Message& message) {
    const auto put = [&](const char* field, View value) {
        if (!value.empty()) {
            reading.put(field, value);
        }
    };
    put("messageType", text(message.codes.message_type));
    put("pkiStatus", text(message.codes.pki_status));
    put("failInfo", text(message.codes.fail_info));
    put("transactionID", text(message.transaction.transaction_id));
    put("senderNonce", message.transaction.sender_nonce);
    put("recipientNonce", message.transaction.recipient_nonce);
    put("signer certificate", message.signer->certificate);
}

// To percent escapes, as RFC 8894, 4.1 asks for.
std::string get_value(View octets) {
    std::string out;
    for (const char digit : Botan::base64_encode(octets.data(), octets.size())) {
        out += digit == '+' ? "%2B" : digit == '/' ? "%2F" : digit == '=' ? "%3D" : std::string(1, digit);
    }
    return out;
}

} // namespace

Reading Message::parsed() const {
    Reading out;
    put_common(out, *this);
    if (!envelope.empty()) {
        out.put("content", envelope);
    }
    return out;
}

Reading Message::verified() const {
    Reading out = parsed();
    out.put("signature", "valid");
    return out;
}

Reading Message::opened() const {
    Reading out = verified();
    if (data) {
        out.put("messageData", *data);
    }
    if (!inner_subject.empty()) {
        out.put("inner subject", inner_subject);
    }
    return out;
}

Reading Message::built() const {
    Reading out;
    put_common(out, *this);
    out.put("signature", "valid");
    if (data) {
        out.put("messageData", *data);
    }
    return out;
}

std::unique_ptr<Messages> make_messages() {
    Maker maker;
    std::unique_ptr<Messages> made_messages(new Messages{.authority = maker.identity("Certification Authority"),
                                                         .client = maker.identity("client"),
                                                         .each_type = {},
                                                         .twins = {},
                                                         .ber_request = {},
                                                         .chains = {},
                                                         .certs_only = {},
                                                         .lists = {},
                                                         .bulk = {},
                                                         .get_message = {}});
    Messages& out = *made_messages;
    const Octets issued = maker.issued(out.authority, out.client, 1);
    const auto issued_view = needed(x509::Certificate::decode(der::Input(issued)), "certificate");
    const Octets request = maker.request(out.client);
    const Octets poll = build::encode_issuer_and_subject(out.authority.subject, out.client.subject);
    const Octets serial = cms::encode_issuer_and_serial_number(out.authority.subject, issued_view.serial_number.content.octets());
    const std::array success{issued, out.authority.certificate};
    const Octets certificates = cms::encode_certificates_only(success);
    const View issued_subject = issued_view.subject.whole.octets();

    const auto message = [&](const char* name, build::Codes kind, std::optional<Octets> data, View inner_subject) {
        const bool answer = kind.message_type == "3";
        Message made{.name = name, .transaction = transaction(answer), .codes = std::move(kind), .data = std::move(data)};
        made.inner_subject.assign(inner_subject.begin(), inner_subject.end());
        made.signer = answer ? &out.authority : &out.client;
        made.recipient = answer ? &out.client : &out.authority;
        return made;
    };
    const auto add = [&](const char* name, build::Codes kind, std::optional<Octets> data, View inner_subject = {}) {
        maker.finish(out.each_type.emplace_back(message(name, std::move(kind), std::move(data), inner_subject)));
    };
    add("PKCSReq", codes("19"), request, out.client.subject);
    add("RenewalReq", codes("17"), request, out.client.subject);
    add("CertPoll", codes("20"), poll);
    add("GetCert", codes("21"), serial);
    add("GetCRL", codes("22"), serial);
    add("CertRep SUCCESS", codes("3", "0"), certificates, issued_subject);
    add("CertRep FAILURE", codes("3", "2", "2"), {});
    add("CertRep PENDING", codes("3", "3"), {});

    Message triple_des = message("PKCSReq, 3DES", codes("19"), request, out.client.subject);
    triple_des.cipher = ContentCipher::des_ede3_cbc;
    maker.finish(out.twins.emplace_back(std::move(triple_des)));
    Message& ber = out.twins.emplace_back(message("PKCSReq, BER", codes("19"), request, out.client.subject));
    maker.finish(ber, &ber_twin);
    ber.octets = ber_twin(ber.octets);
    out.ber_request = ber_twin(out.each_type.front().octets);

    for (const unsigned count : {1U, 3U, 100U}) {
        auto& chain = out.chains.emplace_back();
        for (unsigned i = 0; i < count; ++i) {
            chain.push_back(maker.issued(out.authority, out.client, static_cast<std::uint16_t>(i + 1)));
        }
        out.certs_only.push_back(cms::encode_certificates_only(chain));
    }
    for (const auto& [name, size] : {std::pair{"10 kB", 10'000U}, {"100 kB", 100'000U}, {"1 MB", 1'000'000U}, {"10 MB", 10'000'000U}}) {
        const RevocationList& list = out.lists.emplace_back(maker.list(out.authority, name, size));
        Octets data = cms::encode_certificates_only({}, std::array{list.octets});
        maker.finish(out.bulk.emplace_back(message(name, codes("3", "0"), std::move(data), {})));
    }
    out.get_message = get_value(out.each_type.front().octets);
    return made_messages;
}

std::size_t count_tlvs(View der) {
    std::size_t count = 0;
    for (const std::uint8_t* at = der.data(); at != der.data() + der.size(); ++count) {
        const bool constructed = (at[0] & 0x20) != 0;
        std::size_t length = at[1];
        std::size_t header = 2;
        if (length > 0x80) {
            header += length - 0x80;
            length = 0;
            for (std::size_t i = 2; i < header; ++i) {
                length = length << 8 | at[i];
            }
        }
        // What is constructed is entered: its elements come next.
        at += constructed ? header : header + length;
    }
    return count;
}

} // namespace bench
