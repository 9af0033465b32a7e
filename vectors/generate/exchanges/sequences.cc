#include <vectors/generate/exchanges/changes.h>
#include <vectors/generate/exchanges/rows.h>

// Exchanges one after the other: nonces, transactionIDs, polling, renewal and rollover as they should be, and what an attacker makes of
// them.
namespace sceplab::vectors {

using scep::PkiStatus;

namespace {

constexpr std::int64_t day = 86'400;

// A certificate of the next CA, valid when the current one ends.
Octets next_certificate() { return next_ca_certificate(ca_not_after + 1000 * day); }

ExchangePlan foretold(Laboratory& lab) { return next_ca(lab, scep::build::next_ca_cert(Laboratory::certificates({next_certificate()}))); }

Octets issued_by_next() {
    return make({.issuer = &parties().next_ca,
                 .subject = parties().client.name(),
                 .public_key_info = parties().client.public_key_info(),
                 .until = ca_not_after,
                 .from = not_before});
}

// The next CA in the place of the current one.
void taken_over(Laboratory& lab) {
    lab.local.ca_fingerprints.clear();
    lab.play(foretold(lab));
    lab.play(ca_certificates(next_certificate()));
    auto plan = lab.enrolment();
    plan.request->recipients = {next_certificate()};
    plan.reply->signer = &parties().next_ca;
    plan.reply->certificate = next_certificate();
    plan.reply->content = Laboratory::certificates({issued_by_next()});
    lab.play(plan);
}

void one_secret(Laboratory& lab) {
    lab.local.challenge_single_use = true;
    for (const Party* party : {&parties().client, &parties().other}) {
        auto plan = lab.enrolment();
        plan.request->content = lab.csr(*party, [](auto& builder) { builder.challenge_password = "c2hhcmVkIGJ5IHR3byBuYW1lcw=="; });
        plan.request->signer = party;
        plan.request->certificate = party->self_signed();
        plan.reply->recipients = {plan.request->certificate};
        plan.reply->content = lab.certificates({lab.issued(*party)});
        lab.play(plan);
    }
}

// The CA wants a secret, and the client has none and nothing in its place.
ExchangePlan unauthorised(Laboratory& lab, const char* type) {
    lab.local.secret_required = true;
    auto plan = without_challenge(lab);
    plan.request->codes.message_type = type;
    return plan;
}
void renewal_of_nothing(Laboratory& lab) { lab.play(unauthorised(lab, "17")); }
void update_request(Laboratory& lab) { lab.play(unauthorised(lab, "18")); }

} // namespace

const Rows& sequence_rows() {
    static const Rows rows{
        {"two enrolments in turn",
         [](Laboratory& lab) {
             lab.play(lab.refused());
             lab.play(lab.enrolment());
         },
         {},
         "rfc8894",
         "After a refusal the client begins again with a transactionID and nonces of its own; a server that keeps state by the key must "
         "not answer from the first."},
        {"PENDING, PENDING, SUCCESS",
         [](Laboratory& lab) {
             const auto first = lab.pending();
             lab.play(first);
             lab.play(lab.poll(first, PkiStatus::PENDING));
             lab.play(lab.poll(first, PkiStatus::SUCCESS));
         },
         {},
         "rfc8894",
         "One transactionID through all of it, and a new senderNonce for each message, which the reply to that message echoes."},
        {"PENDING, PENDING, FAILURE",
         [](Laboratory& lab) {
             const auto first = lab.pending();
             lab.play(first);
             lab.play(lab.poll(first, PkiStatus::PENDING));
             lab.play(lab.poll(first, PkiStatus::FAILURE));
         },
         {},
         "rfc8894",
         "The operator refuses in the end; the last answer is final and has a failInfo, those before it have none."},
        {"PENDING, FAILURE, then a new enrolment",
         [](Laboratory& lab) {
             const auto first = lab.pending();
             lab.play(first);
             lab.play(lab.poll(first, PkiStatus::FAILURE));
             lab.play(lab.enrolment());
         },
         {},
         "rfc8894",
         "A refusal ends its transaction alone; what follows has another transactionID."},
        {"an enrolment and its renewal",
         [](Laboratory& lab) {
             lab.play(lab.enrolment());
             lab.play(lab.renewal());
         },
         {},
         "rfc8894",
         "The certificate of the first signs the second, which asks for another key under the same name and needs no challengePassword."},
        {"a renewal that waits and is polled",
         [](Laboratory& lab) {
             auto first = lab.renewal();
             const auto content = first.reply->content;
             first.reply = lab.reply(*first.request, PkiStatus::PENDING);
             lab.play(first);
             auto second = lab.poll(first, PkiStatus::SUCCESS);
             second.reply->content = content;
             lab.play(second);
         },
         {},
         "rfc8894",
         "The poll of a renewal is signed with the certificate that is renewed, and brings the certificate for the new key."},
        {"an enrolment, then GetCert and GetCRL",
         [](Laboratory& lab) {
             lab.play(lab.enrolment());
             lab.play(lab.get_cert());
             lab.play(lab.get_crl());
         },
         {},
         "rfc8894",
         "Queries are transactions of their own, each with one request and one answer."},
        {"a rollover: GetNextCACert, then the next CA answers",
         taken_over,
         {},
         "rfc8894",
         "The next CA certificate is fetched under the signature of the current one before it takes over; a client that trusts the new "
         "GetCACert without that trusts anybody."},
        {"a lost answer, then a new transaction",
         [](Laboratory& lab) {
             auto lost = lab.enrolment();
             lost.answered = false;
             lab.play(lost);
             lab.play(lab.enrolment());
         },
         {},
         "rfc8894",
         "Nobody knows whether the first request arrived; the client begins again under a transactionID of its own."},
    };
    return rows;
}

const Rows& attack_rows() {
    static const Rows rows{
        {"the reply of another transaction played again",
         [](Laboratory& lab) {
             auto first = lab.enrolment();
             first.reply_body = make(*first.reply);
             auto second = lab.enrolment();
             second.reply_body = first.reply_body;
             lab.play(first);
             lab.play(second);
         },
         {"nonce.recipient-echoes-sender", "transaction-id.equal-in-reply"},
         "rfc8894",
         "An attacker answers a request with a CertRep that he saw before: its signature is good, and the nonce and the transactionID "
         "alone tell that it is old."},
        {"PENDING put in the place of SUCCESS, and never ended",
         [](Laboratory& lab) {
             auto first = lab.enrolment();
             auto held = lab.pending();
             held.request = first.request;
             held.reply = lab.reply(*first.request, PkiStatus::PENDING);
             held.reply_body = make(*held.reply);
             lab.play(held);
             auto poll = lab.poll(held, PkiStatus::PENDING);
             poll.reply_body = held.reply_body;
             lab.play(poll);
         },
         {"nonce.recipient-echoes-sender"},
         "rfc8894",
         "An attacker holds a client off by answering each poll with the first PENDING: the transactionID fits, the recipientNonce does "
         "not."},
        {"a reply signed by a stranger with its certificate inside",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.reply->signer = &parties().other;
             plan.reply->certificate = parties().other.self_signed();
             lab.play(plan);
         },
         {"signer.reply-from-get-ca-cert"},
         "rfc8894",
         "The signature verifies with the certificate that the reply brings along, which is not the CA's: a client that looks no further "
         "takes any certificate from anybody."},
        {"a renewal of nothing, granted without a secret",
         renewal_of_nothing,
         {"renewal.signer-not-self-signed"},
         "rfc8894",
         "A RenewalReq that a self-signed certificate signs: a CA that asks PKCSReqs alone for the secret lets everybody in by this "
         "messageType."},
        {"an enrolment under messageType 18, granted without a secret",
         update_request,
         {"message-type.known", "message-type.unknown-refused"},
         "rfc8894",
         "18 was UpdateReq before the RFC: a CA that asks for the secret where messageType is 19 lets everybody in who says 18."},
        {"one secret for two names",
         one_secret,
         {"challenge.reuse-refused"},
         "rfc8894",
         "A challengePassword that is not bound to a subject is used for a second name: who has one secret has every name."},
    };
    return rows;
}

} // namespace sceplab::vectors
