#include <vectors/generate/exchanges/rows.h>

namespace sceplab::vectors {

namespace {

constexpr std::int64_t day = 86'400;

CertificatePlan client_certificate() {
    return {.issuer = &parties().ca, .subject = parties().client.name(), .public_key_info = parties().client.public_key_info()};
}

ExchangePlan renewing(Laboratory& lab, Octets certificate) {
    auto plan = lab.renewal();
    plan.request->certificate = std::move(certificate);
    plan.reply->recipients = {plan.request->certificate};
    return plan;
}

ExchangePlan with_challenge(Laboratory& lab, std::string challenge) {
    auto plan = lab.renewal();
    plan.request->content = lab.csr(parties().other, [&](auto& builder) {
        builder.subject = parties().client.name();
        builder.challenge_password = challenge;
    });
    return plan;
}

// As the drafts renew: a PKCSReq with an empty challengePassword.
ExchangePlan of_the_drafts(Laboratory& lab) {
    auto plan = with_challenge(lab, "");
    plan.request->codes.message_type = "19";
    return plan;
}

}  // namespace

const Rows& renewal_rows() {
    static const Rows rows{
        {"a renewal with the key of its signer",
         [](Laboratory& lab) {
             auto plan = lab.renewal();
             plan.request->content = lab.csr(parties().client, [](auto& builder) { builder.challenge_password.reset(); });
             plan.reply->content = lab.certificates({lab.issued(parties().client, 4661)});
             lab.play(plan);
         },
         {"renewal.new-key"}},
        {"a renewed certificate that is valid tomorrow",
         [](Laboratory& lab) {
             auto plan = lab.renewal();
             auto issued = client_certificate();
             issued.public_key_info = parties().other.public_key_info();
             issued.from = now + day;
             plan.reply->content = lab.certificates({make(issued)});
             lab.play(plan);
         },
         {"issued.in-validity", "renewal.valid-at-once"}},
        {"a granted renewal whose signer the CA did not certify",
         [](Laboratory& lab) {
             Octets certificate = make(client_certificate());
             certificate.back() ^= 1;
             lab.play(renewing(lab, std::move(certificate)));
         },
         {"renewal.lasts-longer", "renewal.signer-verified"}},
        {"a renewal with a certificate that its CA does not outlive",
         [](Laboratory& lab) {
             auto certificate = client_certificate();
             certificate.until = ca_not_after;
             lab.play(renewing(lab, make(certificate)));
         },
         {"renewal.before-ca-expires", "renewal.lasts-longer"}},
        {"a renewal with another challengePassword than the enrolment",
         [](Laboratory& lab) {
             lab.play(lab.enrolment());
             auto plan = with_challenge(lab, "YW5vdGhlciBzZWNyZXQgZW50aXJlbHk=");
             plan.request->certificate = lab.issued(parties().client);
             plan.reply->recipients = {plan.request->certificate};
             lab.play(plan);
         },
         {"renewal.lasts-longer", "renewal.omits-challenge-password", "renewal.original-challenge-password"}},
        {"a renewal without GetCACaps",
         [](Laboratory& lab) {
             lab.local.ca_host.reset();
             auto plan = of_the_drafts(lab);
             plan.host = "another.example";
             lab.play(plan);
         },
         {"renewal.capabilities-asked", "transaction-id.is-key-hash"},
         "nourse"},
        {"a renewal without a challengePassword",
         [](Laboratory& lab) {
             auto plan = lab.renewal();
             plan.request->codes.message_type = "19";
             lab.play(plan);
         },
         {"csr.challenge-password-in-renewal", "renewal.empty-challenge-password", "transaction-id.is-key-hash"},
         "nourse"},
        {"a renewal after a tenth of the validity",
         [](Laboratory& lab) {
             auto certificate = client_certificate();
             certificate.from = now - 10 * day;
             certificate.until = now + 90 * day;
             auto plan = of_the_drafts(lab);
             plan.request->certificate = make(certificate);
             lab.play(plan);
         },
         {"renewal.after-half-life", "transaction-id.is-key-hash"},
         "nourse"},
        {"an enrolment anew though there is a certificate to renew",
         [](Laboratory& lab) {
             lab.play(lab.enrolment());
             auto plan = lab.enrolment();
             plan.time = now + 2 * day;
             lab.play(plan);
         },
         {"renewal.with-existing-certificate"}},
        {"an enrolment anew after the certificate has expired",
         [](Laboratory& lab) {
             lab.play(lab.enrolment());
             auto plan = lab.enrolment();
             plan.time = not_after + day;
             plan.request->certificate = make({.issuer = &parties().client,
                                               .subject = parties().client.name(),
                                               .public_key_info = parties().client.public_key_info(),
                                               .serial = 1,
                                               .until = ca_not_after});
             lab.play(plan);
         },
         {"issued.in-validity"}},
    };
    return rows;
}

}  // namespace sceplab::vectors
