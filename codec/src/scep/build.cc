#include <scepcodec/cms/oids.h>
#include <scepcodec/der/writer.h>
#include <scepcodec/pkcs10/certification_request.h>
#include <scepcodec/scep/build.h>
#include <scepcodec/scep/oids.h>

#include <algorithm>
#include <utility>

namespace scep::build {

using cms::encode_attribute;
using der::Writer;

namespace {

template <class T>
std::string code(T value) {
    return std::to_string(static_cast<unsigned>(value));
}

Octets text(der::Tag tag, std::string_view value) {
    return der::encode([&](Writer& w) { w.primitive(tag, value); });
}

SignedDataBuilder request(const Transaction& transaction, MessageType type, Octets envelope) {
    return pki_message(transaction, {.message_type = code(type), .pki_status = {}, .fail_info = {}, .fail_info_text = {}}, std::move(envelope));
}

Codes cert_rep(PkiStatus status) {
    return {.message_type = code(MessageType::CertRep), .pki_status = code(status), .fail_info = {}, .fail_info_text = {}};
}

bool is_printable(std::string_view value) {
    return std::ranges::all_of(value, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || std::string_view(" '()+,-./:=?").contains(c);
    });
}

void write_all(Writer& w, std::span<const Octets> parts) {
    for (const Octets& part : parts) {
        w.raw(part);
    }
}

void write_attributes(Writer& w, const CertificationRequestBuilder& request) {
    if (request.challenge_password) {
        w.sequence([&] {
            w.oid(pkcs10::oids::challengePassword);
            w.set([&] { w.primitive(is_printable(*request.challenge_password) ? der::tag::PrintableString : der::tag::UTF8String, *request.challenge_password); });
        });
    }
    if (!request.extensions.empty()) {
        w.sequence([&] {
            w.oid(pkcs10::oids::extensionRequest);
            w.set([&] { w.sequence([&] { write_all(w, request.extensions); }); });
        });
    }
    write_all(w, request.other_attributes);
}

}  // namespace

SignedDataBuilder pki_message(const Transaction& transaction, const Codes& codes, std::optional<Octets> envelope) {
    SignedDataBuilder out;
    out.e_content = std::move(envelope);
    const auto add_text = [&](const der::OidConstant& type, der::Tag tag, std::string_view value) {
        if (!value.empty()) {
            out.signed_attrs.push_back(encode_attribute(type, text(tag, value)));
        }
    };
    const auto add_nonce = [&](const der::OidConstant& type, const Octets& nonce) {
        if (!nonce.empty()) {
            out.signed_attrs.push_back(encode_attribute(type, der::encode([&](Writer& w) { w.octet_string(nonce); })));
        }
    };
    add_text(oids::transactionID, der::tag::PrintableString, transaction.transaction_id);
    add_text(oids::messageType, der::tag::PrintableString, codes.message_type);
    add_text(oids::pkiStatus, der::tag::PrintableString, codes.pki_status);
    add_text(oids::failInfo, der::tag::PrintableString, codes.fail_info);
    add_text(oids::failInfoText, der::tag::UTF8String, codes.fail_info_text);
    add_nonce(oids::senderNonce, transaction.sender_nonce);
    add_nonce(oids::recipientNonce, transaction.recipient_nonce);
    if (transaction.signing_time) {
        out.signed_attrs.push_back(encode_attribute(cms::oids::id_signingTime, der::encode([&](Writer& w) { w.time(*transaction.signing_time); })));
    }
    out.signed_attrs.insert(out.signed_attrs.end(), transaction.other_attributes.begin(), transaction.other_attributes.end());
    return out;
}

SignedDataBuilder pkcs_req(const Transaction& transaction, Octets envelope) {
    return request(transaction, MessageType::PKCSReq, std::move(envelope));
}

SignedDataBuilder renewal_req(const Transaction& transaction, Octets envelope) {
    return request(transaction, MessageType::RenewalReq, std::move(envelope));
}

SignedDataBuilder cert_poll(const Transaction& transaction, Octets envelope) {
    return request(transaction, MessageType::CertPoll, std::move(envelope));
}

SignedDataBuilder get_cert(const Transaction& transaction, Octets envelope) {
    return request(transaction, MessageType::GetCert, std::move(envelope));
}

SignedDataBuilder get_crl(const Transaction& transaction, Octets envelope) {
    return request(transaction, MessageType::GetCRL, std::move(envelope));
}

SignedDataBuilder cert_rep_success(const Transaction& transaction, Octets envelope) {
    return pki_message(transaction, cert_rep(PkiStatus::SUCCESS), std::move(envelope));
}

SignedDataBuilder cert_rep_failure(const Transaction& transaction, FailInfo fail_info, std::string_view fail_info_text) {
    Codes codes = cert_rep(PkiStatus::FAILURE);
    codes.fail_info = code(fail_info);
    codes.fail_info_text = fail_info_text;
    return pki_message(transaction, codes, std::nullopt);
}

SignedDataBuilder cert_rep_pending(const Transaction& transaction) {
    return pki_message(transaction, cert_rep(PkiStatus::PENDING), std::nullopt);
}

SignedDataBuilder next_ca_cert(Octets certificates_only) {
    SignedDataBuilder out;
    out.e_content = std::move(certificates_only);
    return out;
}

Octets encode_issuer_and_subject(OctetsView issuer, OctetsView subject) {
    return der::encode([&](Writer& w) {
        w.sequence([&] {
            w.raw(issuer);
            w.raw(subject);
        });
    });
}

Octets encode_name(std::span<const NamePart> parts) {
    return der::encode([&](Writer& w) {
        w.sequence([&] {
            for (const NamePart& part : parts) {
                w.set([&] {
                    w.sequence([&] {
                        w.oid(part.type);
                        w.primitive(part.string_type, part.value);
                    });
                });
            }
        });
    });
}

Octets encode_extension(const der::OidConstant& id, bool critical, OctetsView value) {
    return der::encode([&](Writer& w) {
        w.sequence([&] {
            w.oid(id);
            if (critical) {
                w.boolean(true);
            }
            w.octet_string(value);
        });
    });
}

Octets CertificationRequestBuilder::to_be_signed() const {
    return der::encode([&](Writer& w) {
        w.sequence([&] {
            w.integer(0);
            w.raw(subject);
            w.raw(subject_pk_info);
            w.set_of(der::tag::context_constructed(0), [&] { write_attributes(w, *this); });
        });
    });
}

Octets CertificationRequestBuilder::finish(OctetsView signature) const {
    const Octets info = to_be_signed();
    return der::encode([&](Writer& w) {
        w.sequence([&] {
            w.raw(info);
            w.raw(signature_algorithm);
            w.bit_string(signature);
        });
    });
}

}  // namespace scep::build
