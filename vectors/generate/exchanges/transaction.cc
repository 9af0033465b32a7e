#include <vectors/generate/exchanges/rows.h>

namespace sceplab::vectors {

using scep::PkiStatus;

namespace {

ExchangePlan with_id_of(ExchangePlan plan, const ExchangePlan& other) {
    plan.request->transaction.transaction_id = other.request->transaction.transaction_id;
    plan.reply->transaction.transaction_id = other.request->transaction.transaction_id;
    return plan;
}

ExchangePlan unanswered(ExchangePlan plan) {
    plan.answered = false;
    return plan;
}

}  // namespace

const Rows& transaction_rows() {
    static const Rows rows{
        {"a reply with another transactionID",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.reply->transaction.transaction_id = "another";
             lab.play(plan);
         },
         {"transaction-id.equal-in-reply"}},
        {"PENDING to a GetCert",
         [](Laboratory& lab) {
             auto plan = lab.get_cert();
             plan.reply = lab.reply(*plan.request, PkiStatus::PENDING);
             lab.play(plan);
         },
         {"transaction.query-not-pending"}},
        {"two enrolments under one transactionID",
         [](Laboratory& lab) {
             const auto first = lab.enrolment();
             lab.play(first);
             lab.play(with_id_of(lab.enrolment(), first));
         },
         {"transaction.one-operation"}},
        {"an enrolment and a query under one transactionID",
         [](Laboratory& lab) {
             const auto first = lab.enrolment();
             lab.play(first);
             lab.play(with_id_of(lab.get_cert(), first));
         },
         {"transaction.one-operation"}},
        {"PENDING after SUCCESS",
         [](Laboratory& lab) {
             const auto first = lab.enrolment();
             lab.play(first);
             lab.play(lab.poll(first, PkiStatus::PENDING));
         },
         {"transaction.no-poll-after-final", "transaction.one-final-answer"}},
        {"SUCCESS after FAILURE",
         [](Laboratory& lab) {
             const auto first = lab.pending();
             lab.play(first);
             lab.play(lab.poll(first, PkiStatus::FAILURE));
             lab.play(lab.poll(first, PkiStatus::SUCCESS));
         },
         {"transaction.no-poll-after-final", "transaction.one-final-answer"}},
        {"SUCCESS told once more to a poll that came late",
         [](Laboratory& lab) {
             const auto first = lab.pending();
             lab.play(first);
             lab.play(lab.poll(first, PkiStatus::SUCCESS));
             lab.play(lab.poll(first, PkiStatus::SUCCESS));
         },
         {"transaction.no-poll-after-final"}},
        {"a poll before the request",
         [](Laboratory& lab) {
             const auto first = lab.pending();
             lab.play(lab.poll(first, PkiStatus::PENDING));
             lab.play(first);
         },
         {"transaction.poll-after-request", "transaction.unmatched-poll-rejected"}},
        {"a poll signed with another certificate",
         [](Laboratory& lab) {
             const auto first = lab.pending();
             auto second = lab.poll(first, PkiStatus::PENDING);
             second.request->signer = &parties().other;
             second.request->certificate = parties().other.self_signed();
             lab.play(first);
             lab.play(second);
         },
         {"transaction.poll-same-signer"}},
        {"a poll under a transactionID of its own",
         [](Laboratory& lab) {
             const auto first = lab.pending();
             lab.play(first);
             lab.play(with_id_of(lab.poll(first, PkiStatus::PENDING), lab.enrolment()));
         },
         {"transaction.poll-keeps-id"}},
        {"a poll that brings a certificate for another key",
         [](Laboratory& lab) {
             const auto first = lab.pending();
             auto second = lab.poll(first, PkiStatus::SUCCESS);
             second.reply->content = lab.certificates({lab.issued(parties().other)});
             lab.play(first);
             lab.play(second);
         },
         {"issued.polled-key-is-requested"}},
        {"polls go on after an answer was lost",
         [](Laboratory& lab) {
             const auto first = lab.pending();
             lab.play(first);
             lab.play(unanswered(lab.poll(first, PkiStatus::PENDING)));
             lab.play(lab.poll(first, PkiStatus::SUCCESS));
         },
         {"transaction.new-after-loss"}},
        {"a new request after an answer was lost",
         [](Laboratory& lab) {
             lab.play(unanswered(lab.enrolment()));
             lab.play(lab.enrolment());
         },
         {}},
        {"two transactions at a time, polled in turn",
         [](Laboratory& lab) {
             const auto first = lab.pending();
             const auto second = lab.pending();
             lab.play(first);
             lab.play(second);
             lab.play(lab.poll(first, PkiStatus::PENDING));
             lab.play(lab.poll(second, PkiStatus::SUCCESS));
             lab.play(lab.poll(first, PkiStatus::SUCCESS));
         },
         {"transaction.one-outstanding"}},
    };
    return rows;
}

const Rows& fail_info_rows() {
    using enum scep::FailInfo;
    static const Rows rows{
        {"badTime without a signingTime", [](Laboratory& lab) { lab.play(lab.refused(badTime)); }, {"fail-info.bad-time-fits"}},
        {"badTime with a signingTime",
         [](Laboratory& lab) {
             auto plan = lab.refused(badTime);
             plan.request->transaction.signing_time = not_before;
             lab.play(plan);
         },
         {"signing-time.near"}},
        {"badMessageCheck to a good signature",
         [](Laboratory& lab) { lab.play(lab.refused(badMessageCheck)); },
         {"fail-info.bad-message-check-fits"}},
        {"badMessageCheck to a wrong digest",
         [](Laboratory& lab) {
             auto plan = lab.refused(badMessageCheck);
             plan.request->signed_data = [](auto& builder) { builder.message_digest = Octets(32, 0x11); };
             lab.play(plan);
         },
         {"message-digest.fits-content"}},
        {"badRequest to a wrong digest",
         [](Laboratory& lab) {
             auto plan = lab.refused(badRequest);
             plan.request->signed_data = [](auto& builder) { builder.message_digest = Octets(32, 0x11); };
             lab.play(plan);
         },
         {"fail-info.broken-signature-named", "message-digest.fits-content"}},
        {"badCertId to a PKCSReq", [](Laboratory& lab) { lab.play(lab.refused(badCertId)); }, {"fail-info.bad-cert-id-fits"}},
        {"badCertId to a GetCert",
         [](Laboratory& lab) {
             auto plan = lab.get_cert();
             plan.reply = lab.reply(*plan.request, scep::PkiStatus::FAILURE);
             plan.reply->codes.fail_info = "4";
             lab.play(plan);
         },
         {}},
        {"badAlg to what the CA announced", [](Laboratory& lab) { lab.play(lab.refused(badAlg)); }, {"fail-info.bad-alg-fits"}},
        {"badAlg to SHA-1",
         [](Laboratory& lab) {
             auto plan = lab.refused(badAlg);
             plan.request->digest = Digest::sha1;
             lab.play(plan);
         },
         {"algorithm.sha256-when-announced"}},
        {"badAlg to a CertificationRequest over SHA-1",
         [](Laboratory& lab) {
             auto plan = lab.refused(badAlg);
             plan.request->content = lab.csr(parties().client, {}, Digest::sha1);
             lab.play(plan);
         },
         {},
         "rfc8894", "A CA need not take SHA-1, and badAlg is how it says so, wherever in the message the digest stands."},
    };
    return rows;
}

}  // namespace sceplab::vectors
