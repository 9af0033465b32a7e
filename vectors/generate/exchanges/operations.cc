#include <vectors/generate/exchanges/rows.h>

#include <functional>

// Each operation with each of its answers, by POST and by GET, as it should be.
namespace sceplab::vectors {

using scep::FailInfo;
using scep::PkiStatus;

namespace {

void by_post(Laboratory& lab, const std::function<ExchangePlan()>& plan) { lab.play(plan()); }

// To a CA that takes no POST.
void by_get(Laboratory& lab, const std::function<ExchangePlan()>& plan, std::string_view capabilities = "AES\nSHA-256\n") {
    lab.ask_capabilities(capabilities);
    ExchangePlan asked = plan();
    asked.method = "GET";
    lab.play(asked);
}

void polled(Laboratory& lab, PkiStatus status, bool post) {
    if (!post) {
        lab.ask_capabilities("AES\nSHA-256\n");
    }
    auto first = lab.pending();
    auto second = lab.poll(first, status);
    for (ExchangePlan* plan : {&first, &second}) {
        plan->method = post ? "POST" : "GET";
        lab.play(*plan);
    }
}

ExchangePlan refused_query(ExchangePlan plan, const MessagePlan& reply) {
    plan.reply = reply;
    plan.reply->codes.fail_info = std::to_string(static_cast<unsigned>(FailInfo::badCertId));
    return plan;
}

void query_refused(Laboratory& lab, const ExchangePlan& plan) {
    lab.play(refused_query(plan, lab.reply(*plan.request, PkiStatus::FAILURE)));
}

void renewal_pending(Laboratory& lab) {
    auto plan = lab.renewal();
    plan.reply = lab.reply(*plan.request, PkiStatus::PENDING);
    lab.play(plan);
}

} // namespace

const Rows& operation_rows() {
    static const Rows rows{
        {"GetCACaps and GetCACert",
         [](Laboratory&) {},
         {},
         "rfc8894",
         "A client asks for the capabilities and the certificate of a CA, as it does before any message."},
        {"PKCSReq by POST, SUCCESS",
         [](Laboratory& lab) { by_post(lab, [&] { return lab.enrolment(); }); },
         {},
         "rfc8894",
         "An enrolment that is granted at once, the octets of the messages as bodies: what every implementation has to be able to do."},
        {"PKCSReq by GET, SUCCESS",
         [](Laboratory& lab) { by_get(lab, [&] { return lab.enrolment(); }); },
         {},
         "rfc8894",
         "An enrolment by GET with a CA that does not announce POST: base64 with its +, / and = escaped; a server that decodes otherwise "
         "sees no message."},
        {"PKCSReq by POST, PENDING",
         [](Laboratory& lab) { by_post(lab, [&] { return lab.pending(); }); },
         {},
         "rfc8894",
         "An enrolment that waits for a person: the CertRep has neither an envelope nor a failInfo, and a client that wants one breaks "
         "here."},
        {"PKCSReq by GET, PENDING",
         [](Laboratory& lab) { by_get(lab, [&] { return lab.pending(); }); },
         {},
         "rfc8894",
         "An enrolment by GET that waits for a person; the answer is the same as to a POST."},
        {"PKCSReq by POST, FAILURE",
         [](Laboratory& lab) { by_post(lab, [&] { return lab.refused(); }); },
         {},
         "rfc8894",
         "An enrolment that is refused with badRequest: the CertRep has a failInfo and no envelope, and comes with HTTP status 200."},
        {"PKCSReq by GET, FAILURE",
         [](Laboratory& lab) { by_get(lab, [&] { return lab.refused(); }); },
         {},
         "rfc8894",
         "An enrolment by GET that is refused; the refusal is a signed message and no HTTP error."},
        {"RenewalReq by POST, SUCCESS",
         [](Laboratory& lab) { by_post(lab, [&] { return lab.renewal(); }); },
         {},
         "rfc8894",
         "The certificate that is renewed signs the message, the new key its CertificationRequest: two keys, and each signature is checked "
         "with its own."},
        {"RenewalReq by GET, SUCCESS",
         [](Laboratory& lab) { by_get(lab, [&] { return lab.renewal(); }, "AES\nRenewal\nSHA-256\n"); },
         {},
         "rfc8894",
         "A renewal by GET with a CA that announces Renewal and no POST."},
        {"RenewalReq by POST, PENDING", renewal_pending, {}, "rfc8894", "A renewal may wait for a person as an enrolment may."},
        {"CertPoll by POST, PENDING",
         [](Laboratory& lab) { polled(lab, PkiStatus::PENDING, true); },
         {},
         "rfc8894",
         "A poll under the transactionID of the enrolment, with a senderNonce of its own, that finds the request still waiting."},
        {"CertPoll by POST, SUCCESS",
         [](Laboratory& lab) { polled(lab, PkiStatus::SUCCESS, true); },
         {},
         "rfc8894",
         "The poll brings the certificate that the enrolment asked for; the reply echoes the nonce of the poll, not that of the "
         "enrolment."},
        {"CertPoll by POST, FAILURE",
         [](Laboratory& lab) { polled(lab, PkiStatus::FAILURE, true); },
         {},
         "rfc8894",
         "The poll learns that the request was refused, which ends the transaction."},
        {"CertPoll by GET, SUCCESS",
         [](Laboratory& lab) { polled(lab, PkiStatus::SUCCESS, false); },
         {},
         "rfc8894",
         "A poll by GET: its target differs from that of the enrolment, so that no cache may answer it."},
        {"GetCert by POST, SUCCESS",
         [](Laboratory& lab) { by_post(lab, [&] { return lab.get_cert(); }); },
         {},
         "rfc8894",
         "A query by issuer and serial number; the reply brings that certificate in an envelope."},
        {"GetCert by GET, SUCCESS",
         [](Laboratory& lab) { by_get(lab, [&] { return lab.get_cert(); }); },
         {},
         "rfc8894",
         "A query for a certificate by GET."},
        {"GetCert by POST, FAILURE with badCertId",
         [](Laboratory& lab) { query_refused(lab, lab.get_cert()); },
         {},
         "rfc8894",
         "A query for a certificate that the CA does not have is answered badCertId."},
        {"GetCRL by POST, SUCCESS",
         [](Laboratory& lab) { by_post(lab, [&] { return lab.get_crl(); }); },
         {},
         "rfc8894",
         "A query for a CRL; the reply brings a SignedData with a CRL and no certificate, which code that asks for the first certificate "
         "does not expect."},
        {"GetCRL by GET, SUCCESS",
         [](Laboratory& lab) { by_get(lab, [&] { return lab.get_crl(); }); },
         {},
         "rfc8894",
         "A query for a CRL by GET."},
        {"GetCRL by POST, FAILURE with badCertId",
         [](Laboratory& lab) { query_refused(lab, lab.get_crl()); },
         {},
         "rfc8894",
         "A query for a CRL of an issuer that the CA does not speak for is answered badCertId."},
        {"GetNextCACert",
         [](Laboratory& lab) { lab.play(lab.get_next_ca_cert()); },
         {},
         "rfc8894",
         "The current CA signs a SignedData whose content is the certificates-only SignedData of the next one: two layers, the outer with "
         "a signer, the inner without."},
        {"PKCSReq by a key that cannot encrypt",
         [](Laboratory& lab) { by_post(lab, [&] { return lab.enrolment_with_password(); }); },
         {},
         "rfc8894",
         "A client with an EC key: the reply is enveloped for the challengePassword of the request, by PasswordRecipientInfo."},
    };
    return rows;
}

} // namespace sceplab::vectors
