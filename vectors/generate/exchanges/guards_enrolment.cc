#include <vectors/generate/exchanges/rows.h>
#include <vectors/generate/parts.h>

#include <conformance/evidence/investigator.h>

#include <algorithm>

namespace sceplab::vectors {

using scep::PkiStatus;

namespace {

// A server of which nothing was asked.
ExchangePlan elsewhere(Laboratory& lab, ExchangePlan plan) {
    lab.local.ca_host.reset();
    plan.host = "another.example";
    return plan;
}

}  // namespace

const Rows& guard_rows_enrolment() {
    static const Rows rows{
        {"a refusal for policy", [](Laboratory& lab) { lab.play(lab.refused()); }, {}},
        {"CA certificates that the client has without asking",
         [](Laboratory& lab) {
             lab.local.preloaded_ca_certificates = {evidence::know(lab.ca_certificate())};
             lab.play(elsewhere(lab, lab.enrolment()));
         },
         {}},
        {"a renewal signed with a certificate of another CA",
         [](Laboratory& lab) {
             auto plan = lab.renewal();
             plan.request->certificate = make({.issuer = &parties().next_ca,
                                               .subject = parties().client.name(),
                                               .public_key_info = parties().client.public_key_info(),
                                               .until = not_after - 86'400});
             plan.reply->recipients = {plan.request->certificate};
             lab.play(plan);
         },
         {}},
        {"a renewal with the chain of its signer",
         [](Laboratory& lab) {
             auto plan = lab.renewal();
             plan.request->octets = changing([](SignedDataParts& parts) {
                 parts.certificates.push_back(Laboratory::ca_certificate());
                 std::ranges::sort(parts.certificates);
             });
             lab.play(plan);
         },
         {}},
        {"a renewal whose message the old key signs and whose request the new one", [](Laboratory& lab) { lab.play(lab.renewal()); }, {}},
        {"a renewal without a shared secret", [](Laboratory& lab) { lab.play(lab.renewal()); }, {}},
        {"a request that waits for the operator",
         [](Laboratory& lab) {
             const auto first = lab.pending();
             lab.play(first);
             lab.play(lab.poll(first, PkiStatus::PENDING));
             lab.play(lab.poll(first, PkiStatus::SUCCESS));
         },
         {}},
        {"one request refused, another put off",
         [](Laboratory& lab) {
             lab.play(lab.refused());
             lab.play(lab.pending());
         },
         {}},
        {"GET refused where POST is taken",
         [](Laboratory& lab) {
             auto plan = elsewhere(lab, lab.enrolment());
             plan.method = "GET";
             plan.status = 405;
             plan.reply_body = Octets{};
             lab.play(plan);
             lab.play(elsewhere(lab, lab.enrolment()));
         },
         {}},
        {"triple DES and SHA-1 with a CA whose capabilities are not known",
         [](Laboratory& lab) {
             auto plan = elsewhere(lab, lab.enrolment());
             for (MessagePlan* message : {&*plan.request, &*plan.reply}) {
                 message->cipher = ContentCipher::des_ede3_cbc;
                 message->digest = Digest::sha1;
             }
             lab.play(plan);
         },
         {"field.sha1-reply"}},
        {"a client with an EC key", [](Laboratory& lab) { lab.play(lab.enrolment_with_password()); }, {}},
        {"a request for a name that is certified, refused",
         [](Laboratory& lab) {
             auto lost = lab.enrolment();
             lost.answered = false;
             lab.play(lost);
             lab.play(lab.refused());
         },
         {}},
        {"nothing after SUCCESS", [](Laboratory& lab) { lab.play(lab.enrolment()); }, {}},
        {"a CRL for a serial number that the CA did not give",
         [](Laboratory& lab) {
             auto plan = lab.get_crl();
             plan.request->content = scep::cms::encode_issuer_and_serial_number(parties().ca.name(), integer_content(9999));
             lab.play(plan);
         },
         {}},
    };
    return rows;
}

}  // namespace sceplab::vectors
