#include <vectors/generate/exchanges/changes.h>
#include <vectors/generate/exchanges/rows.h>

namespace sceplab::vectors {

namespace {

// The certificate of the next CA, and a request that is enveloped for it.
void roll_over(Laboratory& lab, const Octets& next, Octets issued) {
    auto told = lab.get_next_ca_cert();
    auto builder = scep::build::next_ca_cert(lab.certificates({next}));
    told.reply_body = *scep::botan::sign(std::move(builder), parties().ca.signer(), {lab.ca_certificate()});
    lab.play(told);
    auto plan = lab.enrolment();
    plan.request->recipients = {next};
    plan.reply->content = lab.certificates({std::move(issued)});
    lab.play(plan);
}

Octets issued_by_next(std::int64_t from) {
    return make({.issuer = &parties().next_ca,
                 .subject = parties().client.name(),
                 .public_key_info = parties().client.public_key_info(),
                 .until = ca_not_after + 1000,
                 .from = from});
}

Octets next_from(std::int64_t from) {
    return make({.issuer = &parties().next_ca,
                 .subject = parties().next_ca.name(),
                 .public_key_info = parties().next_ca.public_key_info(),
                 .serial = 1,
                 .ca = true,
                 .until = ca_not_after + 100'000'000,
                 .from = from});
}

// Two grants of one secret.
void use_twice(Laboratory& lab) {
    const auto first = lab.enrolment();
    auto second = lab.enrolment();
    second.request->content = first.request->content;
    lab.play(first);
    lab.play(second);
}

}  // namespace

ExchangePlan asking(Laboratory& lab, const std::function<void(scep::build::CertificationRequestBuilder&)>& change) {
    ExchangePlan plan = lab.enrolment();
    plan.request->content = lab.csr(parties().client, change);
    return plan;
}

ExchangePlan without_challenge(Laboratory& lab) {
    return asking(lab, [](auto& builder) { builder.challenge_password.reset(); });
}

const Rows& enrolment_rows() {
    static const Rows rows{
        {"a self-signed certificate whose signature is wrong",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.request->certificate.back() ^= 1;
             lab.play(plan);
         },
         {"enrolment.self-signature-valid"}},
        {"a self-signed certificate that may not sign",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.request->certificate = make({.issuer = &parties().client,
                                               .subject = parties().client.name(),
                                               .public_key_info = parties().client.public_key_info(),
                                               .serial = 1,
                                               .key_usage = Octets{0x20}});
             lab.play(plan);
         },
         {"enrolment.signer-key-usage"}},
        {"a key that is not RSA", [](Laboratory& lab) { lab.play(lab.enrolment_with_password()); }, {"algorithm.rsa-alone", "pkcs7.constructs", "pkcs7.enveloped-data-version", "transaction-id.is-key-hash"}, "nourse"},
        {"a short key",
         [](Laboratory& lab) {
             auto plan = lab.refused();
             plan.request->content = lab.csr(parties().short_client);
             plan.request->signer = &parties().short_client;
             plan.request->certificate = parties().short_client.self_signed();
             lab.play(plan);
         },
         {"csr.key-length"}},
        {"a challengePassword that is short",
         [](Laboratory& lab) { lab.play(asking(lab, [](auto& builder) { builder.challenge_password = "cisco123"; })); },
         {"challenge.high-entropy"}},
        {"sixteen hexadecimal digits as challengePassword",
         [](Laboratory& lab) { lab.play(asking(lab, [](auto& builder) { builder.challenge_password = "0123456789ABCDEF"; })); },
         {},
         "rfc8894", "The one-time passwords of common servers have 64 bits in this form, which is enough."},
        {"no challengePassword, by HTTPS",
         [](Laboratory& lab) {
             lab.local.scep_path.reset();
             auto plan = without_challenge(lab);
             plan.target = "https://ca.example/cgi-bin/pkiclient.exe?operation=PKIOperation";
             lab.play(plan);
         },
         {"csr.challenge-password-present"}},
        {"a grant without the secret that is required",
         [](Laboratory& lab) {
             lab.local.secret_required = true;
             lab.play(without_challenge(lab));
         },
         {"csr.challenge-password-present", "csr.challenge-password-where-required", "issued.secret-asked"}},
        {"a challengePassword used twice", use_twice, {"challenge.one-time"}},
        {"a challengePassword used twice though it is for one use",
         [](Laboratory& lab) {
             lab.local.challenge_single_use = true;
             use_twice(lab);
         },
         {"challenge.reuse-refused"}},
        {"a request for the next CA that the current one grants",
         [](Laboratory& lab) { roll_over(lab, next_from(ca_not_after), lab.issued(parties().client)); },
         {"issued.ca-key-by-envelope"}},
        {"a certificate under the next CA that is valid at once",
         [](Laboratory& lab) { roll_over(lab, next_from(ca_not_after), issued_by_next(not_before)); },
         {"issued.chains-to-ca", "issued.shadow-validity"}},
        {"a certificate under the next CA that is valid with it",
         [](Laboratory& lab) { roll_over(lab, next_from(ca_not_after), issued_by_next(ca_not_after)); },
         {},
         "rfc8894", "After GetNextCACert a client envelopes its request for the next CA and gets a certificate that begins when that CA does."},
    };
    return rows;
}

}  // namespace sceplab::vectors
