#include <conformance/rules/registry.h>

#include <conformance/rules/rule_files.h>

namespace sceplab::rules {

template <>
const std::vector<RuleSpan<Query>>& rules_for() {
    static const std::vector<RuleSpan<Query>> files{http_query_rules(), method_rules()};
    return files;
}
template <>
const std::vector<RuleSpan<Body>>& rules_for() {
    static const std::vector<RuleSpan<Body>> files{body_rules()};
    return files;
}
template <>
const std::vector<RuleSpan<Signed>>& rules_for() {
    static const std::vector<RuleSpan<Signed>> files{signed_data_rules(), signed_attrs_rules(), signed_versions_rules(),
                                                     signed_algorithms_rules()};
    return files;
}
template <>
const std::vector<RuleSpan<Message>>& rules_for() {
    static const std::vector<RuleSpan<Message>> files{
        attributes_rules(), nonces_rules(), content_rules(), recipients_rules(), envelope_versions_rules(), envelope_algorithms_rules()};
    return files;
}
template <>
const std::vector<RuleSpan<Request>>& rules_for() {
    static const std::vector<RuleSpan<Request>> files{request_attributes_rules(), request_nonces_rules(), request_content_rules(),
                                                      request_recipient_rules(),  signer_rules(),         request_algorithms_rules()};
    return files;
}
template <>
const std::vector<RuleSpan<CertRep>>& rules_for() {
    static const std::vector<RuleSpan<CertRep>> files{reply_nonces_rules(), status_rules(), reply_signer_rules()};
    return files;
}
template <>
const std::vector<RuleSpan<Pair>>& rules_for() {
    static const std::vector<RuleSpan<Pair>> files{pair_nonces_rules(), pair_transaction_rules(), reply_recipient_rules(),
                                                   fail_info_rules(),   issued_rules(),           queries_rules()};
    return files;
}
template <>
const std::vector<RuleSpan<NextCACert>>& rules_for() {
    static const std::vector<RuleSpan<NextCACert>> files{next_ca_rules()};
    return files;
}
template <>
const std::vector<RuleSpan<Transaction>>& rules_for() {
    static const std::vector<RuleSpan<Transaction>> files{transaction_rules()};
    return files;
}
template <>
const std::vector<RuleSpan<Run>>& rules_for() {
    static const std::vector<RuleSpan<Run>> files{run_nonces_rules(), run_transaction_rules()};
    return files;
}

namespace {

template <class Subject>
void append(std::vector<RuleInfo>& all) {
    for (const RuleSpan<Subject> rules : rules_for<Subject>()) {
        for (const Rule<Subject>& rule : rules) {
            all.push_back({rule.id, rule.severity, rule.cite, rule.says, rule.covers});
        }
    }
}

template <class... Subject>
std::vector<RuleInfo> collect() {
    std::vector<RuleInfo> all;
    (append<Subject>(all), ...);
    return all;
}

}  // namespace

std::vector<RuleInfo> all_rules() { return collect<Query, Body, Signed, Message, Request, CertRep, Pair, NextCACert, Transaction, Run>(); }

}  // namespace sceplab::rules
