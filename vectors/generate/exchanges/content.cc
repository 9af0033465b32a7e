#include <vectors/generate/exchanges/changes.h>
#include <vectors/generate/exchanges/rows.h>

#include <scepcodec/cms/oids.h>
#include <scepcodec/der/writer.h>
#include <scepcodec/pkcs10/certification_request.h>

namespace sceplab::vectors {

namespace {

using scep::der::Writer;
namespace cms_oids = scep::cms::oids;

void reply_of(Laboratory& lab, Octets content, bool encrypted = true) {
    auto plan = lab.enrolment();
    plan.reply->content = std::move(content);
    plan.reply->encrypted = encrypted;
    lab.play(plan);
}

// The three outer lengths, all in two octets, made shorter.
Octets with_length_less(Octets message, std::size_t octets) {
    // ContentInfo, [0] after its OID, SignedData
    for (const std::size_t length : {std::size_t{2}, std::size_t{17}, std::size_t{21}}) {
        const std::size_t value = static_cast<std::size_t>(message.at(length) << 8 | message.at(length + 1)) - octets;
        message.at(length) = static_cast<std::uint8_t>(value >> 8);
        message.at(length + 1) = static_cast<std::uint8_t>(value);
    }
    return message;
}

SignedDataParts certificates_only(std::vector<Octets> certificates) {
    SignedDataParts parts;
    parts.e_content_type = scep::der::encode([](Writer& w) { w.oid(cms_oids::id_data); });
    parts.certificates = std::move(certificates);
    return parts;
}

Octets ia5_challenge() {
    return scep::cms::encode_attribute(scep::pkcs10::oids::challengePassword, string_value(scep::der::tag::IA5String, "aGlnaCBlbnRyb3B5IHNlY3JldA=="));
}

Octets next_ca_answer(Octets content, const Party& signer, OctetsView certificate) {
    return *scep::botan::sign(scep::build::next_ca_cert(std::move(content)), signer.signer(), {certificate});
}

void next_ca(Laboratory& lab, Octets answer) {
    auto plan = lab.get_next_ca_cert();
    plan.reply_body = std::move(answer);
    lab.play(plan);
}

}  // namespace

void request_of(Laboratory& lab, Octets content, bool encrypted) {
    auto plan = lab.enrolment();
    plan.request->content = std::move(content);
    plan.request->encrypted = encrypted;
    lab.play(plan);
}

const Rows& content_rows() {
    static const Rows rows{
        {"eContentType that is not id-data",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.request->signed_data = [](auto& builder) { builder.e_content_type = cms_oids::id_envelopedData; };
             lab.play(plan);
         },
         {"message.content-type-data"}},
        {"eContent that is no OCTET STRING",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.request->octets =
                 changing([](auto& parts) { parts.e_content.erase(parts.e_content.begin(), parts.e_content.begin() + 4); });
             lab.play(plan);
         },
         {"message-digest.fits-content", "message.content-octet-string"}},
        {"eContent that is no envelope",
         [](Laboratory& lab) {
             request_of(lab, {'h', 'e', 'l', 'l', 'o'}, false);
         },
         {"content.is-envelope"}},
        {"a CertificationRequest in the clear",
         [](Laboratory& lab) { request_of(lab, lab.csr(parties().client), false); },
         {"content.not-in-clear"}},
        {"the issued certificate in the clear",
         [](Laboratory& lab) { reply_of(lab, lab.certificates({lab.issued(parties().client)}), false); },
         {"content.not-in-clear"}},
        {"an envelope whose contentType is not id-data",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.request->envelope = [](auto& parts) { parts.content_type = cms_oids::id_signedData; };
             lab.play(plan);
         },
         {"envelope.content-type-data"}},
        {"messageData that is nothing SCEP has",
         [](Laboratory& lab) { reply_of(lab, scep::der::encode([](Writer& w) { w.sequence([&] { w.integer(1); }); })); },
         {"content.decodes"}},
        {"a CertificationRequest that ends early",
         [](Laboratory& lab) {
             request_of(lab, scep::der::encode([](Writer& w) { w.sequence([&] { w.sequence([&] { w.integer(0); }); }); }));
         },
         {"content.decodes"}},
        {"a bare Certificate as messageData of a reply",
         [](Laboratory& lab) { reply_of(lab, lab.issued(parties().client)); },
         {"content.decodes"}},
        {"a bare CertificateList as messageData of a reply",
         [](Laboratory& lab) {
             auto plan = lab.get_crl();
             plan.reply->content = make_crl(parties().ca);
             lab.play(plan);
         },
         {"content.decodes"}},
        {"certificates after the certificates-only SignedData",
         [](Laboratory& lab) {
             Octets content = lab.certificates({});
             const Octets certificate = lab.issued(parties().client);
             content.insert(content.end(), certificate.begin(), certificate.end());
             reply_of(lab, std::move(content));
         },
         {"content.decodes"}},
        {"a serialNumber as OCTET STRING in a GetCert",
         [](Laboratory& lab) {
             auto plan = lab.get_cert();
             plan.request->content = scep::der::encode([](Writer& w) {
                 w.sequence([&] {
                     w.raw(parties().ca.name());
                     w.octet_string(integer_content(4660));
                 });
             });
             lab.play(plan);
         },
         {"content.decodes"}},
        {"signerInfos left out of the messageData of a reply",
         [](Laboratory& lab) {
             Octets content = lab.certificates({lab.issued(parties().client)});
             content.resize(content.size() - 2);
             reply_of(lab, with_length_less(content, 2));
         },
         {"content.decodes"}},
        {"a CertificationRequest in a GetCert",
         [](Laboratory& lab) {
             auto plan = lab.get_cert();
             plan.request->content = lab.csr(parties().client);
             lab.play(plan);
         },
         {"content.fits-message-type"}},
        {"an IssuerAndSerialNumber in a CertPoll",
         [](Laboratory& lab) {
             const auto first = lab.pending();
             auto second = lab.poll(first, scep::PkiStatus::PENDING);
             second.request->content = lab.get_cert().request->content;
             lab.play(first);
             lab.play(second);
         },
         {"content.fits-message-type"}},
        {"a request without an envelope",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.request->content.reset();
             lab.play(plan);
         },
         {"request.has-envelope"}},
        {"a CertificationRequest with a broken signature",
         [](Laboratory& lab) {
             Octets csr = lab.csr(parties().client);
             csr.back() ^= 1;
             request_of(lab, std::move(csr));
         },
         {"csr.signature-valid", "issued.possession-proved"}},
        {"a CertificationRequest without a subject",
         [](Laboratory& lab) { request_of(lab, lab.csr(parties().client, [](auto& builder) {
                                   builder.subject = {0x30, 0};
                               })); },
         {"csr.subject-present", "enrolment.signer-has-subject", "issued.subject-is-requested"}},
        {"a CertificationRequest without challengePassword",
         [](Laboratory& lab) { request_of(lab, lab.csr(parties().client, [](auto& builder) { builder.challenge_password.reset(); })); },
         {"csr.challenge-password-present"}},
        {"challengePassword as IA5String",
         [](Laboratory& lab) {
             request_of(lab, lab.csr(parties().client, [](auto& builder) {
                 builder.challenge_password.reset();
                 builder.other_attributes = {ia5_challenge()};
             }));
         },
         {"csr.challenge-password-type"}},
    };
    return rows;
}

const Rows& body_rows() {
    static const Rows rows{
        {"a request that is no CMS",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.request_body = Octets{'h', 'e', 'l', 'l', 'o'};
             plan.answered = false;
             lab.play(plan);
         },
         {"message.decodes"}},
        {"HTML with status 200",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             const std::string_view text = "<html>log in</html>";
             plan.reply_body = Octets(text.begin(), text.end());
             lab.play(plan);
         },
         {"message.decodes"}},
        {"nothing with status 200",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.reply_body = Octets{};
             lab.play(plan);
         },
         {"message.decodes"}},
        {"HTML with status 500",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             const std::string_view text = "<html>no</html>";
             plan.reply_body = Octets(text.begin(), text.end());
             plan.status = 500;
             lab.play(plan);
         },
         {"field.refused-by-cert-rep"}},
        {"a request that ends early",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.request->octets = [](Octets& octets) { octets.resize(octets.size() / 2); };
             plan.answered = false;
             lab.play(plan);
         },
         {"message.decodes"}},
        {"an envelope without a signature",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.request->octets = [](Octets& octets) {
                 const Octets content = take_apart(octets).e_content;
                 octets.assign(content.begin() + 4, content.end());
             };
             plan.answered = false;
             lab.play(plan);
         },
         {"message.signed"}},
        {"a CertificationRequest as the body",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.request_body = lab.csr(parties().client);
             plan.answered = false;
             lab.play(plan);
         },
         {"message.signed"}},
        {"certificates as the reply",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.reply_body = lab.certificates({lab.issued(parties().client)});
             lab.play(plan);
         },
         {"message.signed"}},
        {"an octet after the message",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.request->octets = [](Octets& octets) { octets.push_back('\n'); };
             lab.play(plan);
         },
         {"message.no-trailing-octets"}},
        {"a signed answer to GetCACert",
         [](Laboratory& lab) {
             auto plan = lab.get_next_ca_cert();
             plan.target = "/cgi-bin/pkiclient.exe?operation=GetCACert";
             lab.play(plan);
         },
         {"ca-certificates.fingerprint", "certificates-only.no-signers", "get-ca-cert.stable"}},
        {"messageData of a reply with a signer",
         [](Laboratory& lab) {
             scep::cms::SignedDataBuilder builder;
             builder.certificates = {lab.issued(parties().client)};
             reply_of(lab, *scep::botan::sign(std::move(builder), parties().ca.signer(), {lab.ca_certificate(), {}, false}));
         },
         {"certificates-only.no-signers"}},
        {"certificates-only with a content",
         [](Laboratory& lab) {
             SignedDataParts parts = certificates_only({lab.issued(parties().client)});
             parts.e_content = string_value(scep::der::tag::OCTET_STRING, "x");
             reply_of(lab, put_together(parts));
         },
         {"certificates-only.content-omitted"}},
        {"certificates-only of version 3",
         [](Laboratory& lab) {
             SignedDataParts parts = certificates_only({lab.issued(parties().client)});
             parts.version = 3;
             reply_of(lab, put_together(parts));
         },
         {"version.certificates-only"}},
        {"certificates-only without certificates",
         [](Laboratory& lab) {
             auto plan = lab.get_next_ca_cert();
             plan.target = "/cgi-bin/pkiclient.exe?operation=GetCACert";
             plan.reply_body = lab.certificates({});
             lab.play(plan);
         },
         {"certificates-only.not-empty"}},
    };
    return rows;
}

const Rows& next_ca_rows() {
    static const Rows rows{
        {"not signed", [](Laboratory& lab) { next_ca(lab, lab.certificates({parties().next_ca.self_signed_ca()})); }, {"next-ca.signed"}},
        {"signed by the next CA",
         [](Laboratory& lab) {
             const Octets certificate = lab.next_ca_certificate();
             next_ca(lab, next_ca_answer(lab.certificates({certificate}), parties().next_ca, certificate));
         },
         {"next-ca.signed-by-current-ca"}},
        {"a bare certificate inside",
         [](Laboratory& lab) { next_ca(lab, next_ca_answer(parties().next_ca.self_signed_ca(), parties().ca, lab.ca_certificate())); },
         {"next-ca.certificates-inside"}},
        {"the current certificate inside",
         [](Laboratory& lab) {
             next_ca(lab, next_ca_answer(lab.certificates({lab.ca_certificate()}), parties().ca, lab.ca_certificate()));
         },
         {"next-ca.not-current"}},
        {"a broken signature",
         [](Laboratory& lab) {
             auto plan = lab.get_next_ca_cert();
             plan.reply_body->back() ^= 1;
             lab.play(plan);
         },
         {"signature.valid"}},
    };
    return rows;
}

}  // namespace sceplab::vectors
