#include <conformance/rules/registry.h>

#include <conformance/rules/rule_files.h>

namespace sceplab::rules {

template <>
const std::vector<RuleSpan<Query>>& rules_for() {
    static const std::vector<RuleSpan<Query>> files{http_query_rules(), method_rules(), http_request_rules(), next_ca_query_rules(),
                                                    field_queries_rules()};
    return files;
}
template <>
const std::vector<RuleSpan<Body>>& rules_for() {
    static const std::vector<RuleSpan<Body>> files{body_rules(), certificate_sets_rules(), field_published_rules()};
    return files;
}
template <>
const std::vector<RuleSpan<Signed>>& rules_for() {
    static const std::vector<RuleSpan<Signed>> files{signed_data_rules(), signed_attrs_rules(), signed_versions_rules(),
                                                     signed_algorithms_rules(), signature_algorithm_rules(), cms_attributes_rules(),
                                                     algorithm_parameters_rules(), signer_identifier_rules()};
    return files;
}
template <>
const std::vector<RuleSpan<Message>>& rules_for() {
    static const std::vector<RuleSpan<Message>> files{attributes_rules(), nonces_rules(), content_rules(), recipients_rules(),
                                                      envelope_versions_rules(), envelope_algorithms_rules(), drafts_rules(),
                                                      digest_choice_rules()};
    return files;
}
template <>
const std::vector<RuleSpan<Request>>& rules_for() {
    static const std::vector<RuleSpan<Request>> files{request_attributes_rules(), request_nonces_rules(), request_content_rules(),
                                                      request_recipient_rules(), signer_rules(), request_algorithms_rules(),
                                                      request_choice_rules(), enrolment_rules(), renewal_rules(), request_ca_rules(),
                                                      query_subject_rules(), field_request_rules(), field_identifier_rules(),
                                                      named_ca_rules(), drafts_request_rules()};
    return files;
}
template <>
const std::vector<RuleSpan<CertRep>>& rules_for() {
    static const std::vector<RuleSpan<CertRep>> files{reply_nonces_rules(), status_rules(), reply_signer_rules(), reply_usage_rules(),
                                                      field_reply_rules(), vendor_rules()};
    return files;
}
template <>
const std::vector<RuleSpan<Answer>>& rules_for() {
    static const std::vector<RuleSpan<Answer>> files{http_answer_rules(), offered_transport_rules(), field_answers_rules(),
                                                     unreadable_rules()};
    return files;
}
template <>
const std::vector<RuleSpan<CapsText>>& rules_for() {
    static const std::vector<RuleSpan<CapsText>> files{capabilities_rules(), offered_capabilities_rules()};
    return files;
}
template <>
const std::vector<RuleSpan<CaCertificates>>& rules_for() {
    static const std::vector<RuleSpan<CaCertificates>> files{get_ca_cert_rules(), ca_certificates_rules(), field_ca_certificates_rules()};
    return files;
}
template <>
const std::vector<RuleSpan<MetCertificate>>& rules_for() {
    static const std::vector<RuleSpan<MetCertificate>> files{certificates_rules(), certificate_der_rules(), field_certificate_rules()};
    return files;
}
template <>
const std::vector<RuleSpan<MetCrl>>& rules_for() {
    static const std::vector<RuleSpan<MetCrl>> files{crls_rules(), crl_der_rules(), recent_crl_rules()};
    return files;
}
template <>
const std::vector<RuleSpan<Enveloped>>& rules_for() {
    static const std::vector<RuleSpan<Enveloped>> files{envelope_rules(), recipient_certificate_rules(), password_recipients_rules(),
                                                        kem_recipients_rules(), cipher_choice_rules(), habits_of_envelopes_rules(),
                                                        field_envelope_rules(), envelope_form_rules()};
    return files;
}
template <>
const std::vector<RuleSpan<Csr>>& rules_for() {
    static const std::vector<RuleSpan<Csr>> files{habits_of_requests_rules(), enrolment_csr_rules(), renewal_csr_rules(), csr_rules(),
                                                  csr_extensions_rules(), csr_der_rules(), field_csr_rules(), csr_items_rules(),
                                                  drafts_csr_rules()};
    return files;
}
template <>
const std::vector<RuleSpan<Pair>>& rules_for() {
    static const std::vector<RuleSpan<Pair>> files{pair_nonces_rules(), pair_transaction_rules(), reply_recipient_rules(),
                                                   fail_info_rules(), issued_rules(), queries_rules(), reply_choice_rules(),
                                                   habits_of_cas_rules(), granting_rules(), renewal_pair_rules(), issuer_usage_rules(),
                                                   reply_password_rules(), issued_certificate_rules(), field_pairs_rules(),
                                                   refusals_rules(), drafts_pair_rules()};
    return files;
}
template <>
const std::vector<RuleSpan<NextCACert>>& rules_for() {
    static const std::vector<RuleSpan<NextCACert>> files{next_ca_rules()};
    return files;
}
template <>
const std::vector<RuleSpan<Transaction>>& rules_for() {
    static const std::vector<RuleSpan<Transaction>> files{transaction_rules(), poll_matching_rules(), polling_rules(),
                                                          named_subject_rules()};
    return files;
}
template <>
const std::vector<RuleSpan<Run>>& rules_for() {
    static const std::vector<RuleSpan<Run>> files{run_nonces_rules(), run_transaction_rules(), run_envelope_rules(), run_http_rules(),
                                                  run_recent_crl_rules(), run_poll_matching_rules(), challenge_rules(), history_rules(),
                                                  field_runs_rules(), producer_rules(), drafts_run_rules()};
    return files;
}

namespace {

struct Words {
    std::string_view subject;
    std::string_view meaning;
};
template <class Subject>
constexpr Words words_for{};
template <>
constexpr Words words_for<Query>{"Query", "each HTTP request"};
template <>
constexpr Words words_for<Answer>{"Answer", "each HTTP answer"};
template <>
constexpr Words words_for<CapsText>{"CapsText", "each answer to GetCACaps that is a list of capabilities"};
template <>
constexpr Words words_for<CaCertificates>{"CaCertificates", "each answer to GetCACert that hands certificates over"};
template <>
constexpr Words words_for<Body>{"Body", "each body where a CMS message is due"};
template <>
constexpr Words words_for<Signed>{"Signed", "each SignedData with a signer: pkiMessages and answers to GetNextCACert"};
template <>
constexpr Words words_for<Message>{"Message", "each pkiMessage"};
template <>
constexpr Words words_for<Enveloped>{"Enveloped", "each pkiMessage with an EnvelopedData"};
template <>
constexpr Words words_for<Request>{"Request", "each pkiMessage of a client"};
template <>
constexpr Words words_for<Csr>{"Csr", "each PKCSReq and RenewalReq that a key opens"};
template <>
constexpr Words words_for<CertRep>{"CertRep", "each pkiMessage of a server"};
template <>
constexpr Words words_for<Pair>{"Pair", "each request with its answer, where both are pkiMessages"};
template <>
constexpr Words words_for<NextCACert>{"NextCACert", "each signed answer to GetNextCACert"};
template <>
constexpr Words words_for<MetCertificate>{"MetCertificate", "each certificate in a message"};
template <>
constexpr Words words_for<MetCrl>{"MetCrl", "each CRL in a message"};
template <>
constexpr Words words_for<Transaction>{"Transaction", "the exchanges of each transactionID"};
template <>
constexpr Words words_for<Run>{"Run", "all exchanges of the run"};

template <class Subject>
void append(std::vector<RuleInfo>& all) {
    for (const RuleSpan<Subject> rules : rules_for<Subject>()) {
        for (const Rule<Subject>& rule : rules) {
            all.push_back({rule.id, rule.severity, rule.cite, rule.says, rule.covers, words_for<Subject>.subject});
        }
    }
}

template <class... Subject>
struct All {
    static std::vector<RuleInfo> rules() {
        std::vector<RuleInfo> all;
        (append<Subject>(all), ...);
        return all;
    }
    static std::string_view in_words(std::string_view subject) {
        std::string_view found;
        ((words_for<Subject>.subject == subject ? void(found = words_for<Subject>.meaning) : void()), ...);
        return found;
    }
};
using Every = All<Query, Answer, CapsText, CaCertificates, Body, Signed, Message, Enveloped, Request, Csr, CertRep, Pair, NextCACert, MetCertificate, MetCrl, Transaction, Run>;

}  // namespace

std::vector<RuleInfo> all_rules() { return Every::rules(); }

std::string_view subject_in_words(std::string_view subject) { return Every::in_words(subject); }

}  // namespace sceplab::rules
