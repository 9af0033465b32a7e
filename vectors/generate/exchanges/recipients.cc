#include <vectors/generate/exchanges/rows.h>

#include <scepcodec/der/writer.h>

namespace sceplab::vectors {

namespace {

// kekri [2] KEKRecipientInfo (RFC 5652, 6.2.3)
Octets kek_recipient() {
    using scep::der::Writer;
    const Octets identifier{1, 2, 3, 4};
    return scep::der::encode([&](Writer& w) {
        w.constructed(scep::der::tag::context_constructed(2), [&] {
            w.integer(4);
            w.sequence([&] { w.octet_string(identifier); });
            w.raw(scep::cms::encode_algorithm(scep::der::oid("2.16.840.1.101.3.4.1.5")));
            w.octet_string(Octets(24, 0x5a));
        });
    });
}

}  // namespace

const Rows& recipient_rows() {
    static const Rows rows{
        {"two recipients",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.request->recipients.push_back(lab.ca_certificate());
             lab.play(plan);
         },
         {"recipient.one"}},
        {"a recipient by a key both sides hold",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.request->envelope = [](auto& parts) {
                 parts.recipient_infos.push_back(kek_recipient());
                 parts.version = 2;
             };
             lab.play(plan);
         },
         {"recipient.form", "recipient.one"}},
        {"a request for a certificate that no one gave",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.request->recipients = {parties().next_ca.self_signed_ca()};
             lab.play(plan);
         },
         {"recipient.request-to-ca"}},
        {"a request for the next CA",
         [](Laboratory& lab) {
             lab.play(lab.get_next_ca_cert());
             auto plan = lab.enrolment();
             plan.request->recipients = {parties().next_ca.self_signed_ca()};
             plan.reply->content = lab.certificates({make({.issuer = &parties().next_ca,
                                                           .subject = parties().client.name(),
                                                           .public_key_info = parties().client.public_key_info()})});
             lab.play(plan);
         },
         {},
         "rfc8894", "The request is enveloped for the next CA certificate, whose key the CA has already."},
        {"a reply for the new certificate instead of the signer's",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.reply->recipients = {lab.issued(parties().client)};
             lab.play(plan);
         },
         {"recipient.reply-to-signer"}},
        {"a reply signed by someone unknown",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.reply->signer = &parties().other;
             plan.reply->certificate = parties().other.self_signed_ca();
             lab.play(plan);
         },
         {"signer.reply-from-get-ca-cert"}},
    };
    return rows;
}

const Rows& signer_rows() {
    static const Rows rows{
        {"a request without the signer's certificate",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.request->certificate_included = false;
             lab.play(plan);
         },
         {"signer.certificate-included"}},
        {"a self-signed certificate with another subject",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             const Octets name = common_name("someone else");
             plan.request->content = lab.csr(parties().client, [&](auto& builder) { builder.subject = name; });
             plan.reply->content = lab.certificates(
                 {make({.issuer = &parties().ca, .subject = name, .public_key_info = parties().client.public_key_info()})});
             lab.play(plan);
         },
         {"enrolment.signer-has-subject"}},
        {"a self-signed certificate with another key",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.request->content = lab.csr(parties().other, [](auto& builder) { builder.subject = parties().client.name(); });
             plan.reply->content = lab.certificates({make(
                 {.issuer = &parties().ca, .subject = parties().client.name(), .public_key_info = parties().other.public_key_info()})});
             lab.play(plan);
         },
         {"enrolment.signer-has-key"}},
        {"a RenewalReq signed with a self-signed certificate",
         [](Laboratory& lab) {
             auto plan = lab.renewal();
             plan.request->certificate = parties().client.self_signed();
             plan.reply->recipients = {plan.request->certificate};
             lab.play(plan);
         },
         {"renewal.signer-not-self-signed"}},
        {"a PKCSReq signed with an existing certificate",
         [](Laboratory& lab) {
             auto plan = lab.renewal();
             plan.request->codes.message_type = "19";
             lab.play(plan);
         },
         {"renewal.has-renewal-type"}},
        {"a RenewalReq that the CA did not announce",
         [](Laboratory& lab) {
             lab.ask_capabilities("SCEPStandard\n");
             lab.play(lab.renewal());
         },
         {"renewal.announced"}},
        {"a RenewalReq signed with an expired certificate",
         [](Laboratory& lab) {
             auto plan = lab.renewal();
             plan.request->certificate = make({.issuer = &parties().ca,
                                               .subject = parties().client.name(),
                                               .public_key_info = parties().client.public_key_info(),
                                               .until = now - 1});
             plan.reply->recipients = {plan.request->certificate};
             lab.play(plan);
         },
         {"renewal.signer-in-validity"}},
        {"a RenewalReq for another subject",
         [](Laboratory& lab) {
             auto plan = lab.renewal();
             const Octets name = common_name("renamed");
             plan.request->content = lab.csr(parties().other, [&](auto& builder) {
                 builder.subject = name;
                 builder.challenge_password.reset();
             });
             plan.reply->content =
                 lab.certificates({make({.issuer = &parties().ca, .subject = name, .public_key_info = parties().other.public_key_info()})});
             lab.play(plan);
         },
         {"renewal.keeps-subject"}},
        {"a RenewalReq with a challengePassword",
         [](Laboratory& lab) {
             auto plan = lab.renewal();
             plan.request->content = lab.csr(parties().other, [](auto& builder) { builder.subject = parties().client.name(); });
             lab.play(plan);
         },
         {"renewal.omits-challenge-password"}},
        {"a renewal that ends with the certificate before it",
         [](Laboratory& lab) {
             auto plan = lab.renewal();
             plan.request->certificate = lab.issued(parties().client);
             plan.reply->recipients = {plan.request->certificate};
             lab.play(plan);
         },
         {"renewal.lasts-longer"}},
        {"a renewal that brings the old certificate",
         [](Laboratory& lab) {
             auto plan = lab.renewal();
             plan.request->content = lab.csr(parties().client, [](auto& builder) { builder.challenge_password.reset(); });
             plan.reply->content = lab.certificates({plan.request->certificate});
             lab.play(plan);
         },
         {"renewal.brings-new-certificate", "renewal.new-key"}},
    };
    return rows;
}

}  // namespace sceplab::vectors
