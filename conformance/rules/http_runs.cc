#include <conformance/rules/common.h>
#include <conformance/rules/rule_files.h>
#include <conformance/rules/traces.h>

#include <map>

// What goes wrong with GET and with redirects between one exchange and the next (RFC 8894, 4.1).
namespace sceplab::rules {

namespace {

using scep::Operation;

bool is_message(const ExchangeRecord& record, std::string_view method) {
    return record.http.operation == Operation::PKIOperation && record.http.method == method;
}

std::string exchange(const ExchangeRecord& record) { return "exchange " + std::to_string(record.exchange); }

Place target_place(const ExchangeRecord& record) { return {record.exchange, Side::request, record.http.target, "request-target"}; }
Place answer_place(const ExchangeRecord& record) { return {record.exchange, Side::response, record.http.answer, "body"}; }

Outcome post_after_414(const Run& run) {
    constexpr int uri_too_long = 414;
    const ExchangeRecord* refused = nullptr;
    Outcome out = Outcome::not_applicable();
    for (const ExchangeRecord& record : run.exchanges) {
        if (refused != nullptr && is_message(record, "GET")) {
            out.add(target_place(record), "PKIOperation by GET again after HTTP status 414 in " + exchange(*refused), {target_place(*refused)});
        } else if (refused != nullptr && is_message(record, "POST") && out.state() != Outcome::State::violated) {
            out = Outcome::pass();
        }
        if (is_message(record, "GET")) {
            refused = record.http.status == uri_too_long ? &record : nullptr;
        }
    }
    return out;
}

// Messages have nonces of their own: two of them never have one answer, unless something between kept it.
Outcome answer_not_cached(const Run& run) {
    std::map<std::uint64_t, const ExchangeRecord*> answers;  // by the answer
    Outcome out = Outcome::not_applicable();
    for (const ExchangeRecord& record : run.exchanges) {
        if (!is_message(record, "GET") || !record.request_message.present || !record.response_message.present) {
            continue;
        }
        if (out.state() == Outcome::State::not_applicable) {
            out = Outcome::pass();
        }
        const auto [first, is_new] = answers.try_emplace(record.response_message.hash, &record);
        if (!is_new && !same(first->second->request_message, record.request_message)) {
            out.add(answer_place(record), "the answer of " + exchange(*first->second) + " again, to another message: a cache gave it",
                    {answer_place(*first->second)});
        }
    }
    return out;
}

Outcome redirect_keeps_message(const Run& run) {
    const ExchangeRecord* redirected = nullptr;
    Outcome out = Outcome::not_applicable();
    for (const ExchangeRecord& record : run.exchanges) {
        if (redirected != nullptr) {
            const bool lost = is_message(record, "GET") && !record.http.sent_message;
            if (lost) {
                out.add(target_place(record),
                        "the message of the POST in " + exchange(*redirected) + " is gone after HTTP status " + std::to_string(redirected->http.status),
                        {target_place(*redirected)});
            } else if (out.state() == Outcome::State::not_applicable) {
                out = Outcome::pass();
            }
        }
        const int status = record.http.status;
        redirected = is_message(record, "POST") && status >= 301 && status <= 303 ? &record : nullptr;
    }
    return out;
}

}  // namespace

RuleSpan<Run> run_http_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Run>> rules{
        {.id = "method.post-after-414",
         .severity = notice,
         .cite = {rfc8894, "4.1"},
         .says = "A client whose GET is answered with HTTP status 414 goes on by POST",
         .covers = {"SCEP-4.1-post-on-414"},
         .check = post_after_414},
        {.id = "get.answer-not-cached",
         .severity = warning,
         .cite = {rfc8894, "4.1"},
         .says = "Two messages sent by GET have two answers",
         .covers = {"SCEP-4.1-get-idempotence"},
         .check = answer_not_cached},
        {.id = "post.redirect-keeps-message",
         .severity = warning,
         .cite = {rfc9110, "15.4"},
         .says = "A POST that is redirected keeps its message",
         .covers = {"HTTP-redirect"},
         .check = redirect_keeps_message},
    };
    return rules;
}

}  // namespace sceplab::rules
