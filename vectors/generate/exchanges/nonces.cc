#include <vectors/generate/exchanges/rows.h>
#include <vectors/generate/parts.h>

namespace sceplab::vectors {

const Rows& nonce_rows() {
    static const Rows rows{
        {"request without senderNonce",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.request->transaction.sender_nonce.clear();
             lab.play(plan);
         },
         {"nonce.sender-present"}},
        {"reply without senderNonce",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.reply->transaction.sender_nonce.clear();
             lab.play(plan);
         },
         {"nonce.sender-present-in-reply"}},
        {"reply without recipientNonce",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.reply->transaction.recipient_nonce.clear();
             lab.play(plan);
         },
         {"nonce.recipient-present"}},
        {"recipientNonce of no request",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.reply->transaction.recipient_nonce = lab.nonce();
             lab.play(plan);
         },
         {"nonce.recipient-echoes-sender"}},
        {"eight octets, echoed",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.request->transaction.sender_nonce.resize(8);
             plan.reply->transaction.recipient_nonce.resize(8);
             lab.play(plan);
         },
         {"nonce.sixteen-octets"}},
        {"an echo that is cut short",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.reply->transaction.recipient_nonce.resize(8);
             lab.play(plan);
         },
         {"nonce.recipient-echoes-sender", "nonce.sixteen-octets"}},
        {"fifteen zeros and a counter",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.request->transaction.sender_nonce = Octets(16, 0);
             plan.request->transaction.sender_nonce.back() = 1;
             plan.reply->transaction.recipient_nonce = plan.request->transaction.sender_nonce;
             lab.play(plan);
         },
         {"nonce.looks-random"}},
        {"seventeen octets in the reply alone",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.reply->transaction.sender_nonce.resize(17);
             lab.play(plan);
         },
         {"nonce.sixteen-octets"}},
        {"the CA sends the client's nonce as its own",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.reply->transaction.sender_nonce = plan.request->transaction.sender_nonce;
             lab.play(plan);
         },
         {"nonce.reply-own-sender"}},
        {"two requests with one senderNonce",
         [](Laboratory& lab) {
             const auto first = lab.enrolment();
             auto second = lab.enrolment();
             second.request->transaction.sender_nonce = first.request->transaction.sender_nonce;
             second.reply->transaction.recipient_nonce = first.request->transaction.sender_nonce;
             lab.play(first);
             lab.play(second);
         },
         {"nonce.sender-fresh"}},
        {"two replies with one senderNonce",
         [](Laboratory& lab) {
             const auto first = lab.enrolment();
             auto second = lab.enrolment();
             second.reply->transaction.sender_nonce = first.reply->transaction.sender_nonce;
             lab.play(first);
             lab.play(second);
         },
         {"nonce.sender-fresh"}},
        {"the same octets sent again",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.request_body = make(*plan.request);
             plan.reply_body = make(*plan.reply);
             lab.play(plan);
             lab.play(plan);
         },
         {},
         "rfc8894", "A client that heard nothing sends the very message again: the nonce is the same because the message is."},
    };
    return rows;
}

}  // namespace sceplab::vectors
