#include "peers.h"

#include <scepcodec/ber/normalise.h>
#include <scepcodec/botan/decrypt.h>
#include <scepcodec/botan/encrypt.h>
#include <scepcodec/botan/sign.h>
#include <scepcodec/botan/verify.h>
#include <scepcodec/cms/oids.h>
#include <scepcodec/der/framing.h>
#include <scepcodec/pkcs10/certification_request.h>
#include <scepcodec/scep/certs_only.h>
#include <scepcodec/scep/http.h>
#include <scepcodec/scep/pki_message.h>
#include <scepcodec/x509/oids.h>

#include <memory>

namespace bench {

namespace {

using namespace scep;
using der::Input;

template <class T>
T read(Result<T> result) {
    return needed(std::move(result), column::ours);
}

std::size_t tlvs_in(Input input) { return read(der::check_framing(input)); }

View value_of(const AttributeSlot& slot) { return slot.value ? slot.value->value().octets() : View(); }

View first_certificate(const cms::SignedData& signed_data) {
    if (!signed_data.certificates || signed_data.certificates->empty()) {
        return {};
    }
    return signed_data.certificates->begin().whole().octets();
}

Fields fields_of(const PkiMessage& message) {
    const TransactionAttributes& attributes = message.attributes;
    const auto content = message.pkcs_pki_envelope();
    return {.message_type = value_of(attributes.message_type_slot),
            .pki_status = value_of(attributes.pki_status_slot),
            .fail_info = value_of(attributes.fail_info_slot),
            .transaction_id = value_of(attributes.transaction_id),
            .sender_nonce = value_of(attributes.sender_nonce),
            .recipient_nonce = value_of(attributes.recipient_nonce),
            .signer_certificate = first_certificate(message.signed_data),
            .content = content ? content->octets() : View()};
}

Result<PkiMessage> decode(const Message& message, Sources& sources) { return PkiMessage::decode(read(sources.add_view(message.octets)), sources); }

// Where it stands: two thousand octets of views are not moved for nothing.
const PkiMessage& in_place(const Result<PkiMessage>& message) {
    if (!message) {
        give_up(std::string(column::ours) + ": " + message.error().to_string());
    }
    return *message;
}

struct Held {
    botan::Verifier verifier;
    const botan::PrivateKey* recipient_key;
};

std::shared_ptr<Held> hold(const Message& message) {
    const auto certificate = read(x509::Certificate::decode(Input(message.signer->certificate)));
    return std::make_shared<Held>(Held{.verifier = botan::Verifier(read(botan::PublicKey::load(certificate.subject_public_key_info))),
                                       .recipient_key = &message.recipient->key});
}

void verify(const PkiMessage& message, botan::Verifier& verifier, Reading* reading) {
    const auto check = verifier.verify(message.signer_info, message.signed_data.encap_content_info);
    tell_valid(reading, check.overall().verdict == botan::Verdict::valid);
}

Input decrypted(const PkiMessage& message, const botan::PrivateKey& key, Sources& sources) {
    const Input content = *message.pkcs_pki_envelope();
    const Input der = read(ber::normalise(content, sources)).der;
    return read(botan::decrypt(read(cms::EnvelopedData::decode_content_info(der)), key, sources, &botan::is_one_sequence));
}

void read_inner(const Message& message, Input data, Reading* reading) {
    tell(reading, "messageData", data.octets());
    if (message.codes.message_type == "3") {
        const auto certs_only = read(CertsOnly::decode(data));
        const auto certificate = read((*certs_only.signed_data->certificates->begin()));
        tell(reading, "inner subject", read(certificate.certificate()).subject.whole.octets());
    } else {
        tell(reading, "inner subject", read(pkcs10::CertificationRequest::decode(data)).subject.whole.octets());
    }
}

void enter_reading(Suite& suite, const Message& message) {
    suite.contend("parse " + message.name, column::ours, [&message](Reading* reading) {
        if (message.in_ber()) {
            Sources sources;
            fields_of(in_place(decode(message, sources))).tell(reading);
        } else {
            fields_of(in_place(PkiMessage::decode(Input(message.octets)))).tell(reading);
        }
    });
}

void enter_opening(Suite& suite, const Message& message) {
    suite.contend("verify " + message.name, column::ours, [&message](Reading* reading) {
        Sources sources;
        const auto decoding = decode(message, sources);
        const PkiMessage& parsed = in_place(decoding);
        const Fields fields = fields_of(parsed);
        const auto certificate = read(x509::Certificate::decode(Input(fields.signer_certificate)));
        botan::Verifier verifier(read(botan::PublicKey::load(certificate.subject_public_key_info)));
        verify(parsed, verifier, reading);
        fields.tell(reading);
    });
    const auto held = hold(message);
    suite.contend("verify " + message.name + ", held key", column::ours, [&message, held](Reading* reading) {
        Sources sources;
        const auto decoding = decode(message, sources);
        const PkiMessage& parsed = in_place(decoding);
        verify(parsed, held->verifier, reading);
        fields_of(parsed).tell(reading);
    });
    suite.contend("open " + message.name, column::ours, [&message, held](Reading* reading) {
        Sources sources;
        const auto decoding = decode(message, sources);
        const PkiMessage& parsed = in_place(decoding);
        verify(parsed, held->verifier, reading);
        fields_of(parsed).tell(reading);
        read_inner(message, decrypted(parsed, *held->recipient_key, sources), reading);
    });
}

void enter_bulk(Suite& suite, const Message& message, bool last) {
    const auto held = hold(message);
    const auto open = [&message, held](Reading* reading, bool entries) {
        Sources sources;
        const auto decoding = decode(message, sources);
        const PkiMessage& parsed = in_place(decoding);
        verify(parsed, held->verifier, reading);
        fields_of(parsed).tell(reading);
        const Input data = decrypted(parsed, *held->recipient_key, sources);
        tell(reading, "messageData", data.octets());
        tell(reading, "TLVs", tlvs_in(data));
        const auto certs_only = read(CertsOnly::decode(data));
        const Input crl = certs_only.signed_data->crls->begin().whole();
        tell(reading, "CRL", crl.octets());
        if (entries) {
            const auto list = read(x509::CertificateList::decode(crl));
            std::size_t revoked = 0;
            for (const auto& entry : read(list.revoked_certificates->list())) {
                read(entry);
                ++revoked;
            }
            tell(reading, "revoked", revoked);
        }
    };
    suite.contend("open CertRep, CRL of " + message.name, column::ours, [open](Reading* reading) { open(reading, false); });
    if (last) {
        suite.contend("open CertRep, CRL of " + message.name + ", entries read", column::ours,
                      [open](Reading* reading) { open(reading, true); });
        suite.contend("parse CertRep, CRL of " + message.name, column::ours,
                      [&message](Reading* reading) { fields_of(in_place(PkiMessage::decode(Input(message.octets)))).tell(reading); });
    }
}

struct Sending {
    botan::Random random;
    botan::Signer signer;
    botan::Recipient recipient;
};

void enter_building(Suite& suite, const Message& message) {
    botan::Random random;
    const auto recipient = read(x509::Certificate::decode(Input(message.recipient->certificate)));
    const auto sending =
        std::make_shared<Sending>(Sending{.random = random,
                                          .signer = read(botan::Signer::make(message.signer->key, botan::Digest::sha256, {}, random)),
                                          .recipient = read(botan::Recipient::key_transport(recipient))});
    suite.contend("build " + message.name, column::ours, [&message, sending](Reading* reading) {
        std::optional<Octets> envelope;
        if (message.data) {
            envelope = read(botan::encrypt(*message.data, sending->recipient, message.cipher, sending->random));
        }
        const Octets built = read(botan::sign(build::pki_message(message.transaction, message.codes, std::move(envelope)), sending->signer,
                                              {.certificate = message.signer->certificate}));
        if (reading != nullptr) {
            read_built(built, message, *reading);
        }
    });
}

// What a sender holds from message to message, and the digest of this one's content.
struct Parts {
    Octets sid;
    Octets digest_algorithm;
    Octets signature_algorithm;
    Octets message_digest;
};

void enter_structure(Suite& suite, const Message& message) {
    const auto certificate = read(x509::Certificate::decode(Input(message.signer->certificate)));
    const auto parts = std::make_shared<Parts>(
        Parts{.sid = cms::encode_issuer_and_serial_number(certificate.issuer.whole.octets(), certificate.serial_number.content.octets()),
              .digest_algorithm = cms::encode_algorithm(x509::oids::id_sha256),
              .signature_algorithm = cms::encode_algorithm(x509::oids::rsaEncryption, cms::Parameters::null),
              .message_digest = botan::sha256(message.envelope)});
    suite.contend("structure of a PKCSReq", column::ours, [parts, &message](Reading* reading) {
        const auto attributes = build::encode_attributes(message.transaction, message.codes);
        cms::SignedDataViews views;
        views.e_content = View(message.envelope);
        views.certificates = message.signer->certificate;
        views.sid = parts->sid;
        views.digest_algorithm = parts->digest_algorithm;
        views.signature_algorithm = parts->signature_algorithm;
        views.message_digest = parts->message_digest;
        views.signed_attrs = attributes.octets();
        benchmark::DoNotOptimize(views.signed_attrs_to_be_signed());
        tell(reading, "message", View(views.finish(message.signature)));
    });
}

void enter_certs_only(Suite& suite, View octets, std::size_t count) {
    const auto split = [octets, count](Reading* reading) {
        const auto certs_only = read(CertsOnly::decode(Input(octets)));
        View first;
        View last;
        std::size_t found = 0;
        const auto& certificates = *certs_only.signed_data->certificates;
        for (auto at = certificates.begin(); at != certificates.end(); ++at, ++found) {
            last = at.whole().octets();
            first = found == 0 ? last : first;
        }
        tell(reading, "first", first);
        tell(reading, "last", last);
        tell(reading, "certificates", found);
    };
    const std::string name = "certificates-only, " + std::to_string(count);
    suite.contend(name, column::ours, split);
    if (count == 100) {
        suite.contend(name + ", every TLV", column::ours, [octets, split](Reading* reading) {
            tell(reading, "TLVs", tlvs_in(Input(octets)));
            split(reading);
        });
    }
}

} // namespace

void enter_ours(Suite& suite, const Messages& messages) {
    const Message& request = messages.each_type.front();
    suite.contend("read every TLV of a PKCSReq", column::ours,
                  [&](Reading* reading) { tell(reading, "TLVs", tlvs_in(Input(request.octets))); });
    suite.contend("write a Name", column::ours, [](Reading* reading) {
        const std::array parts{build::NamePart{der::oid("2.5.4.6"), "DE", der::tag::PrintableString},
                               build::NamePart{der::oid("2.5.4.10"), "Example"}, build::NamePart{der::oid("2.5.4.3"), "client"}};
        tell(reading, "Name", View(build::encode_name(parts)));
    });
    suite.contend("normalise a BER PKCSReq", column::ours, [&](Reading* reading) {
        Sources sources;
        tell(reading, "DER", read(ber::normalise(read(sources.add_view(messages.ber_request)), sources)).der.octets());
    });
    for (const Message& message : messages.each_type) {
        enter_reading(suite, message);
        enter_building(suite, message);
        if (message.opened_too()) {
            enter_opening(suite, message);
        }
    }
    for (const Message& message : messages.twins) {
        enter_reading(suite, message);
        enter_opening(suite, message);
    }
    enter_structure(suite, request);
    for (std::size_t i = 0; i < messages.chains.size(); ++i) {
        enter_certs_only(suite, messages.certs_only[i], messages.chains[i].size());
    }
    for (const Message& message : messages.bulk) {
        enter_bulk(suite, message, &message == &messages.bulk.back());
    }
    suite.contend("decode message= of a GET", column::ours, [&](Reading* reading) {
        Sources sources;
        const View value(reinterpret_cast<const std::uint8_t*>(messages.get_message.data()), messages.get_message.size());
        tell(reading, "message", read(http::decode_get_message(read(sources.add_view(value)), sources)).octets.octets());
    });
}

} // namespace bench
