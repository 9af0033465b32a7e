#include <scepcodec/cms/oids.h>
#include <scepcodec/pkcs10/certification_request.h>
#include <scepcodec/scep/build.h>
#include <scepcodec/scep/oids.h>

#include <algorithm>
#include <utility>

namespace scep::build {

using der::Writer;

namespace {

template <class T>
std::string code(T value) {
    return std::to_string(static_cast<unsigned>(value));
}

// Gives each attribute as a function of a Writer.
template <class F>
void each_attribute(const Transaction& transaction, const Codes& codes, F&& attribute) {
    const auto primitive = [&](const der::OidConstant& type, der::Tag tag, auto value) {
        if (!value.empty()) {
            attribute([&](Writer& w) {
                w.sequence([&] {
                    w.oid(type);
                    w.set([&] { w.primitive(tag, value); });
                });
            });
        }
    };
    using std::string_view;
    primitive(oids::transactionID, der::tag::PrintableString, string_view(transaction.transaction_id));
    primitive(oids::messageType, der::tag::PrintableString, string_view(codes.message_type));
    primitive(oids::pkiStatus, der::tag::PrintableString, string_view(codes.pki_status));
    primitive(oids::failInfo, der::tag::PrintableString, string_view(codes.fail_info));
    primitive(oids::failInfoText, der::tag::UTF8String, string_view(codes.fail_info_text));
    primitive(oids::senderNonce, der::tag::OCTET_STRING, OctetsView(transaction.sender_nonce));
    primitive(oids::recipientNonce, der::tag::OCTET_STRING, OctetsView(transaction.recipient_nonce));
    if (transaction.signing_time) {
        attribute([&](Writer& w) {
            w.sequence([&] {
                w.oid(cms::oids::id_signingTime);
                w.set([&] { w.time(*transaction.signing_time); });
            });
        });
    }
    for (const Octets& other : transaction.other_attributes) {
        attribute([&](Writer& w) { w.raw(other); });
    }
}

Codes codes_of(MessageType request) {
    return {.message_type = code(request), .pki_status = {}, .fail_info = {}, .fail_info_text = {}};
}

SignedDataBuilder request(const Transaction& transaction, MessageType type, Octets envelope) {
    return pki_message(transaction, codes_of(type), std::move(envelope));
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
    each_attribute(transaction, codes, [&](auto&& write) { out.signed_attrs.push_back(der::encode(write)); });
    return out;
}

EncodedAttributes encode_attributes(const Transaction& transaction, const Codes& codes) {
    return der::encode_as<EncodedAttributes>([&](Writer& w) { each_attribute(transaction, codes, [&](auto&& write) { write(w); }); });
}

EncodedAttributes encode_attributes(const Transaction& transaction, MessageType request) {
    return encode_attributes(transaction, codes_of(request));
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
