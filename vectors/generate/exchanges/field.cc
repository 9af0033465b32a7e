#include <vectors/generate/exchanges/changes.h>
#include <vectors/generate/exchanges/rows.h>

#include <scepcodec/botan/encrypt.h>
#include <scepcodec/cms/enveloped_data.h>
#include <scepcodec/der/writer.h>
#include <scepcodec/pkcs10/certification_request.h>
#include <scepcodec/scep/oids.h>
#include <scepcodec/x509/oids.h>

#include <algorithm>
#include <functional>

// What breaks receivers in the field, and the habits of producers.
namespace sceplab::vectors {

namespace {

using scep::MessageType;
using scep::PkiStatus;
using scep::der::Input;
using scep::der::Writer;
namespace cms_oids = scep::cms::oids;
namespace tag = scep::der::tag;
namespace x509_oids = scep::x509::oids;

// The octets of a string in two parts, within the constructed form of a tag.
Octets in_parts(scep::der::Tag constructed, Input content) {
    return scep::der::encode([&](Writer& w) {
        w.constructed(constructed, [&] {
            w.octet_string(content.slice(0, 16));
            w.octet_string(content.from(16));
        });
    });
}

Octets with_content_in_parts(const Octets& envelope) {
    const auto data = *scep::cms::EnvelopedData::decode_content_info(Input(envelope));
    const auto& info = data.encrypted_content_info;
    return scep::der::encode([&](Writer& w) {
        w.sequence([&] {
            w.oid(cms_oids::id_envelopedData);
            w.constructed(tag::context_constructed(0), [&] {
                w.sequence([&] {
                    w.integer(0);
                    w.raw(data.recipient_infos.whole());
                    w.sequence([&] {
                        w.oid(info.content_type);
                        w.raw(info.content_encryption_algorithm.whole);
                        w.raw(in_parts(tag::context_constructed(0), *info.encrypted_content->contiguous()));
                    });
                });
            });
        });
    });
}

void with_agent(Laboratory& lab, const ExchangePlan& plan, const char* agent) {
    auto exchange = make(plan);
    exchange.request->fields.push_back({"User-Agent", agent});
    lab.play(std::move(exchange));
}

void algorithm(SignedDataParts& parts, const scep::der::OidConstant& type) {
    parts.signers[0].signature_algorithm = scep::cms::encode_algorithm(type, scep::cms::Parameters::null);
}

// OAEP, with the parameters it has or without.
void by_oaep(Laboratory& lab, bool parameters) {
    auto plan = lab.enrolment();
    const Octets content = *plan.request->content;
    plan.request->envelope = [parameters, content](scep::cms::EnvelopedDataParts& parts) {
        const auto certificate = *scep::x509::Certificate::decode(Input(Laboratory::ca_certificate()));
        const auto recipient = *scep::botan::Recipient::key_transport(certificate, {.algorithm = scep::botan::KeyTransport::id_RSAES_OAEP});
        parts = *scep::botan::encrypt_parts(content, {&recipient, 1}, ContentCipher::aes128_CBC, case_randomness());
        if (!parameters) {
            const auto info = *scep::der::decode<scep::cms::RecipientInfo>(Input(parts.recipient_infos[0]));
            const auto& ktri = std::get<scep::cms::KeyTransRecipientInfo>(info.choice);
            parts.recipient_infos[0] =
                scep::cms::encode_key_trans_recipient_info(ktri.rid.whole.octets(), scep::cms::encode_algorithm(x509_oids::id_RSAES_OAEP),
                                                           Octets(ktri.encrypted_key.begin(), ktri.encrypted_key.end()));
        }
    };
    lab.play(plan);
}

// A RecipientInfo by key agreement, for the client; its key is no one's.
Octets key_agreement() {
    const Octets client = scep::cms::encode_issuer_and_serial_number(parties().client.name(), integer_content(1));
    return scep::der::encode([&](Writer& w) {
        w.constructed(tag::context_constructed(1), [&] {
            w.integer(3);
            w.constructed(tag::context_constructed(0), [&] { w.raw(client); });
            w.sequence([&] { w.oid(scep::der::oid("1.3.132.1.11.1")); });
            w.sequence([&] {
                w.sequence([&] {
                    w.raw(client);
                    w.octet_string(Octets(40, 1));
                });
            });
        });
    });
}

Octets name_of(std::initializer_list<std::pair<scep::der::OidConstant, const char*>> parts) {
    return scep::der::encode([&](Writer& w) {
        w.sequence([&] {
            for (const auto& [type, text] : parts) {
                w.set([&] {
                    w.sequence([&] {
                        w.oid(type);
                        w.primitive(tag::UTF8String, std::string_view(text));
                    });
                });
            }
        });
    });
}

Octets reversed_certificates(Laboratory& lab) {
    SignedDataParts parts;
    parts.e_content_type = scep::der::encode([](Writer& w) { w.oid(cms_oids::id_data); });
    parts.certificates = {lab.ca_certificate(), lab.issued(parties().client)};
    std::ranges::sort(parts.certificates, std::greater());
    return put_together(parts);
}

}  // namespace

void make_indefinite(Octets& value) {
    value[1] = 0x80;
    value.erase(value.begin() + 2, value.begin() + 4);
    value.insert(value.end(), {0, 0});
}

ExchangePlan get_ca_cert(Laboratory& lab, std::optional<Octets> answer) {
    auto plan = lab.get_next_ca_cert();
    plan.target = "/cgi-bin/pkiclient.exe?operation=GetCACert";
    plan.reply_body = answer ? *answer : lab.ca_certificate();
    return plan;
}

Octets self_signed(const Octets& serial, const std::vector<Octets>& extensions) {
    scep::x509::CertificateBuilder builder;
    builder.serial_number = serial;
    builder.issuer = parties().client.name();
    builder.subject = parties().client.name();
    builder.not_before = not_before;
    builder.not_after = not_after;
    builder.subject_public_key_info = parties().client.public_key_info();
    builder.extensions = extensions;
    return *scep::botan::sign(std::move(builder), parties().client.signer());
}

const Rows& field_rows() {
    static const Rows rows{
        {"indefinite lengths by GET",
         [](Laboratory& lab) {
             lab.ask_capabilities("AES\nSHA-256\n");
             auto plan = lab.enrolment();
             plan.method = "GET";
             plan.request->octets = make_indefinite;
             lab.play(plan);
         },
         {"field.base64-begins-mii", "field.indefinite-lengths"}},
        {"indefinite lengths of the envelope alone",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.request->signed_data = [](auto& builder) { make_indefinite(*builder.e_content); };
             lab.play(plan);
         },
         {"field.indefinite-envelope"}},
        {"eContent in two parts",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.request->octets = changing(
                 [](auto& parts) { parts.e_content = in_parts(tag::OCTET_STRING.as_constructed(), Input(parts.e_content).from(4)); });
             lab.play(plan);
         },
         {"field.content-in-parts"}},
        {"encryptedContent in two parts",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.request->signed_data = [](auto& builder) { builder.e_content = with_content_in_parts(*builder.e_content); };
             lab.play(plan);
         },
         {"field.encrypted-content-in-parts"}},
        {"a file of certificates against the order of DER",
         [](Laboratory& lab) {
             auto exchange = make(get_ca_cert(lab, reversed_certificates(lab)));
             exchange.request.reset();
             exchange.response->status = 0;
             lab.play(std::move(exchange));
         },
         {"field.published-certificates-sorted"}},
        {"sha1WithRSAEncryption as the signatureAlgorithm of a reply over SHA-1",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.reply->digest = Digest::sha1;
             plan.reply->octets = changing([](auto& parts) { algorithm(parts, x509_oids::sha1WithRSAEncryption); });
             lab.play(plan);
         },
         {"algorithm.reply-not-weaker", "field.sha1-reply", "field.sha1-with-rsa-signature"}},
        {"sha256WithRSAEncryption as the signatureAlgorithm",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.reply->octets = changing([](auto& parts) { algorithm(parts, x509_oids::sha256WithRSAEncryption); });
             lab.play(plan);
         },
         {"field.sha2-with-rsa-signature"}},
        {"nothing after the capabilities",
         [](Laboratory& lab) {
             lab.forget();
             lab.ask_capabilities("POSTPKIOperation\nAES\nDES3\nSHA-1\nSHA-256\n");
         },
         {"field.goes-on-after-capabilities"}},
        {"GetCACert again and again",
         [](Laboratory& lab) {
             lab.ask_ca_certificate();
             lab.ask_ca_certificate();
         },
         {"field.goes-on-after-ca-certificate"}},
        {"a challengePassword that worked before",
         [](Laboratory& lab) {
             const auto granted = lab.enrolment();
             auto refused = lab.refused();
             refused.request->content = granted.request->content;
             lab.play(granted);
             lab.play(refused);
         },
         {"field.challenge-not-spent"}},
        {"a reply over SHA-256 to a request over SHA-1",
         [](Laboratory& lab) {
             lab.ask_capabilities("AES\nPOSTPKIOperation\nSHA-1\n");
             auto plan = lab.enrolment();
             plan.request->digest = Digest::sha1;
             lab.play(plan);
         },
         {"field.reply-digest-of-request"}},
        {"a reply in AES to a request in triple DES",
         [](Laboratory& lab) {
             lab.ask_capabilities("DES3\nPOSTPKIOperation\nSHA-256\n");
             auto plan = lab.enrolment();
             plan.request->cipher = ContentCipher::des_ede3_cbc;
             lab.play(plan);
         },
         {"capabilities.of-the-standard", "field.reply-cipher-of-request"}},
        {"Microsoft's server refuses a request in AES",
         [](Laboratory& lab) {
             auto exchange = make(lab.refused());
             exchange.response->fields.push_back({"Server", "Microsoft-IIS/8.5"});
             lab.play(std::move(exchange));
         },
         {"field.ndes-takes-algorithms"}},
        {"a reply by key agreement",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.reply->envelope = [](auto& parts) {
                 parts.recipient_infos = {key_agreement()};
                 parts.version = 2;
             };
             lab.play(plan);
         },
         {"recipient.form"}},
        {"a request with no SCEP attributes but its nonce",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.request->signed_data = [](auto& builder) {
                 remove_attribute(builder, scep::oids::messageType);
                 remove_attribute(builder, scep::oids::transactionID);
             };
             plan.answered = false;
             lab.play(plan);
         },
         {"message-type.present", "transaction-id.present"}},
        {"a transactionID in base64",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.request->transaction.transaction_id = "rKb8ukW/jrQUh+Qq/MeHmedtVKE=";
             plan.reply->transaction.transaction_id = plan.request->transaction.transaction_id;
             lab.play(plan);
         },
         {"field.transaction-id-portable"}},
        {"a request in single DES",
         [](Laboratory& lab) {
             lab.ask_capabilities("POSTPKIOperation\nSHA-256\n");
             auto plan = lab.enrolment();
             plan.request->cipher = ContentCipher::des_cbc;
             plan.reply->cipher = ContentCipher::des_cbc;
             lab.play(plan);
         },
         {"algorithm.no-des", "algorithm.no-des", "capabilities.of-the-standard"}},
        {"GetCACert with the name of a CA",
         [](Laboratory& lab) {
             auto plan = get_ca_cert(lab);
             plan.target += "&message=CAIdentifier";
             lab.play(plan);
         },
         {"field.ca-not-named"}},
        {"a critical authorityKeyIdentifier in the signer's certificate",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.request->certificate = self_signed(
                 Octets{7}, {scep::build::encode_extension(x509_oids::id_ce_authorityKeyIdentifier, true, scep::der::encode([](Writer& w) {
                                                               w.sequence([&] { w.primitive(tag::context(0), std::string_view("key")); });
                                                           }))});
             plan.reply->recipients = {plan.request->certificate};
             lab.play(plan);
         },
         {"certificate.authority-key-not-critical", "producer.encodes-like"}},
        {"a serial number with zero octets before it",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.request->octets = changing([](auto& parts) {
                 parts.signers[0].sid = scep::cms::encode_issuer_and_serial_number(parties().client.name(), Octets{0, 0, 1});
             });
             plan.answered = false;
             lab.play(plan);
         },
         {"message.decodes"}},
        {"a primitive value of indefinite length",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.request->octets = [](Octets& octets) { octets[5] = 0x80; };
             plan.answered = false;
             lab.play(plan);
         },
         {"message.decodes"}},
        {"an answer of CAs to iOS",
         [](Laboratory& lab) {
             lab.forget();
             const Octets next = make({.issuer = &parties().ca,
                                       .subject = parties().next_ca.name(),
                                       .public_key_info = parties().next_ca.public_key_info(),
                                       .serial = 3,
                                       .ca = true});
             with_agent(lab, get_ca_cert(lab, lab.certificates({lab.ca_certificate(), next})),
                        "profiled (unknown version) CFNetwork/711.3.18 Darwin/14.0.0");
         },
         {"field.ra-certificates"}},
        {"a certificate twice",
         [](Laboratory& lab) { lab.play(get_ca_cert(lab, lab.certificates({lab.ca_certificate(), lab.ca_certificate()}))); },
         {"field.ca-certificates-differ"}},
        {"two CAs beside an RA",
         [](Laboratory& lab) {
             lab.forget();
             lab.play(get_ca_cert(
                 lab, lab.certificates({lab.ca_certificate(), parties().next_ca.self_signed_ca(), lab.issued(parties().client)})));
         },
         {"field.one-ca-certificate"}},
        {"a CA with an EC key",
         [](Laboratory& lab) {
             lab.forget();
             lab.local.ca_fingerprints.clear();
             lab.play(get_ca_cert(lab, parties().ec_client.self_signed_ca()));
         },
         {"field.rsa-key-to-encrypt-to"}},
        {"a reply without certificates",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.reply->certificate_included = false;
             lab.play(plan);
         },
         {"field.reply-has-certificates"}},
        {"failInfoText under the arc above",
         [](Laboratory& lab) {
             auto plan = lab.refused();
             plan.reply->signed_data = [](auto& builder) {
                 set_attribute(builder, scep::der::oid("1.3.6.1.5.5.7.24"), {string_value(tag::UTF8String, "no")});
             };
             lab.play(plan);
         },
         {"field.fail-info-text-type"}},
        {"HTTP 500 to a CertPoll",
         [](Laboratory& lab) {
             const auto first = lab.pending();
             lab.play(first);
             auto poll = lab.poll(first, PkiStatus::PENDING);
             poll.reply_body = octets_of("no polls here\n");
             poll.status = 500;
             lab.play(poll);
         },
         {"field.poll-taken", "field.refused-by-cert-rep"}},
        {"a transactionID in small letters, back in capitals",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.request->transaction.transaction_id = "0123456789abcdef0123456789abcdef";
             plan.reply->transaction.transaction_id = "0123456789ABCDEF0123456789ABCDEF";
             lab.play(plan);
         },
         {"field.transaction-id-case-taken", "transaction-id.equal-in-reply"}},
        {"a refusal of a client with an EC key",
         [](Laboratory& lab) {
             auto plan = lab.enrolment_with_password();
             plan.reply = lab.reply(*plan.request, PkiStatus::FAILURE);
             plan.reply->codes.fail_info = "2";
             lab.play(plan);
         },
         {"field.ec-client-served"}},
        {"a challengePassword among the unsignedAttrs",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.request->signed_data = [](auto& builder) {
                 builder.unsigned_attrs.push_back(scep::cms::encode_attribute(
                     scep::pkcs10::oids::challengePassword, string_value(tag::PrintableString, "aGlnaCBlbnRyb3B5IHNlY3JldA")));
             };
             lab.play(plan);
         },
         {"field.challenge-stays-inside"}},
        {"HTTP 500 to a RenewalReq without challengePassword",
         [](Laboratory& lab) {
             auto plan = lab.renewal();
             plan.reply_body = octets_of("NullPointerException\n");
             plan.status = 500;
             lab.play(plan);
         },
         {"field.refused-by-cert-rep", "field.renewal-without-challenge-taken"}},
        {"challengePassword as an extension",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.request->content = lab.csr(parties().client, [](auto& builder) {
                 builder.extensions.push_back(scep::build::encode_extension(
                     scep::pkcs10::oids::challengePassword, false, string_value(tag::PrintableString, "aGlnaCBlbnRyb3B5IHNlY3JldA")));
             });
             lab.play(plan);
         },
         {"field.challenge-is-attribute"}},
        {"two commonNames",
         [](Laboratory& lab) {
             const auto id = scep::der::oid("2.5.4.3");
             auto plan = lab.enrolment();
             plan.request->content =
                 lab.csr(parties().client, [&](auto& builder) { builder.subject = name_of({{id, "device"}, {id, "other"}}); });
             lab.play(plan);
         },
         {"enrolment.signer-has-subject", "field.one-common-name", "issued.subject-is-requested"}},
        {"key transport by OAEP", [](Laboratory& lab) { by_oaep(lab, true); }, {"field.no-oaep"}},
        {"key transport by OAEP without parameters",
         [](Laboratory& lab) { by_oaep(lab, false); },
         {"field.no-oaep", "field.oaep-parameters"}},
    };
    return rows;
}

}  // namespace sceplab::vectors
