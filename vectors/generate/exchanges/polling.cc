#include <vectors/generate/exchanges/rows.h>

namespace sceplab::vectors {

using scep::PkiStatus;

namespace {

constexpr std::int64_t day = 86'400;

void poll_again(Laboratory& lab, std::int64_t serial) {
    const auto first = lab.pending();
    auto last = lab.poll(first, PkiStatus::SUCCESS);
    last.reply->content = lab.certificates({lab.issued(parties().client, serial)});
    lab.play(first);
    lab.play(lab.poll(first, PkiStatus::SUCCESS));
    lab.play(last);
}

// The same request twice, as the drafts resynchronise; the second answer brings a certificate with that serial number.
void repeat(Laboratory& lab, std::int64_t serial, std::int64_t time) {
    auto first = lab.enrolment();
    auto second = lab.enrolment();
    for (ExchangePlan* plan : {&first, &second}) {
        plan->time = time;
    }
    second.request->transaction.transaction_id = second.reply->transaction.transaction_id = first.request->transaction.transaction_id;
    second.reply->content = lab.certificates({lab.issued(parties().client, serial)});
    lab.play(first);
    lab.play(second);
}

}  // namespace

const Rows& polling_rows() {
    static const Rows rows{
        {"a poll of a GetCert",
         [](Laboratory& lab) {
             auto query = lab.get_cert();
             query.answered = false;
             lab.play(query);
             lab.play(lab.poll(query, PkiStatus::FAILURE));
         },
         {"transaction.query-not-polled"}},
        {"more polls than the limit",
         [](Laboratory& lab) {
             lab.local.poll_limit = 1;
             const auto first = lab.pending();
             lab.play(first);
             lab.play(lab.poll(first, PkiStatus::PENDING));
             lab.play(lab.poll(first, PkiStatus::SUCCESS));
         },
         {"poll.limit"}},
        {"polls in haste",
         [](Laboratory& lab) {
             const auto first = lab.pending();
             lab.play(first);
             for (const std::int64_t seconds : {1000, 1009}) {
                 auto plan = lab.poll(first, PkiStatus::PENDING);
                 plan.time = now + seconds;
                 lab.play(plan);
             }
         },
         {"poll.interval"}},
        {"another certificate when polled again",
         [](Laboratory& lab) { poll_again(lab, 4999); },
         {"transaction.no-poll-after-final", "transaction.one-certificate"}},
        {"the same certificate when polled again", [](Laboratory& lab) { poll_again(lab, 4660); }, {"transaction.no-poll-after-final"}},
        {"another certificate for a repeated request",
         [](Laboratory& lab) { repeat(lab, 4999, now - 30 * day); },
         {"transaction-id.is-key-hash", "transaction-id.is-key-hash", "transaction.one-operation", "transaction.repeat-keeps-certificate"},
         "nourse"},
        {"another certificate for a request repeated in the second half of its validity",
         [](Laboratory& lab) { repeat(lab, 4999, now + 30 * day); },
         {"transaction-id.is-key-hash", "transaction-id.is-key-hash", "transaction.one-operation"},
         "nourse"},
    };
    return rows;
}

}  // namespace sceplab::vectors
