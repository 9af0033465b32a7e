#pragma once

#include <conformance/rules/rule.h>
#include <conformance/rules/subjects.h>

// The rules, file by file. Private to the room: registry.cc lists them.
namespace sceplab::rules {

// http_query.cc
[[nodiscard]] RuleSpan<Query> http_query_rules();
// body.cc
[[nodiscard]] RuleSpan<Body> body_rules();
// signed_data.cc, signed_attrs.cc
[[nodiscard]] RuleSpan<Signed> signed_data_rules();
[[nodiscard]] RuleSpan<Signed> signed_attrs_rules();
// versions.cc
[[nodiscard]] RuleSpan<Signed> signed_versions_rules();
[[nodiscard]] RuleSpan<Message> envelope_versions_rules();
// algorithms.cc
[[nodiscard]] RuleSpan<Query> method_rules();
[[nodiscard]] RuleSpan<Signed> signed_algorithms_rules();
[[nodiscard]] RuleSpan<Message> envelope_algorithms_rules();
[[nodiscard]] RuleSpan<Request> request_algorithms_rules();
// attributes.cc
[[nodiscard]] RuleSpan<Message> attributes_rules();
[[nodiscard]] RuleSpan<Request> request_attributes_rules();
// nonces.cc
[[nodiscard]] RuleSpan<Message> nonces_rules();
[[nodiscard]] RuleSpan<Request> request_nonces_rules();
[[nodiscard]] RuleSpan<CertRep> reply_nonces_rules();
[[nodiscard]] RuleSpan<Pair> pair_nonces_rules();
[[nodiscard]] RuleSpan<Run> run_nonces_rules();
// transaction.cc
[[nodiscard]] RuleSpan<Pair> pair_transaction_rules();
[[nodiscard]] RuleSpan<Transaction> transaction_rules();
[[nodiscard]] RuleSpan<Run> run_transaction_rules();
// content.cc
[[nodiscard]] RuleSpan<Message> content_rules();
[[nodiscard]] RuleSpan<Request> request_content_rules();
// recipients.cc
[[nodiscard]] RuleSpan<Message> recipients_rules();
[[nodiscard]] RuleSpan<Request> request_recipient_rules();
[[nodiscard]] RuleSpan<CertRep> reply_signer_rules();
[[nodiscard]] RuleSpan<Pair> reply_recipient_rules();
// signer.cc
[[nodiscard]] RuleSpan<Request> signer_rules();
// status.cc, fail_info.cc
[[nodiscard]] RuleSpan<CertRep> status_rules();
[[nodiscard]] RuleSpan<Pair> fail_info_rules();
// issued.cc, queries.cc
[[nodiscard]] RuleSpan<Pair> issued_rules();
[[nodiscard]] RuleSpan<Pair> queries_rules();
// envelope_form.cc, csr_items.cc, named_ca.cc, refusals.cc, drafts.cc
[[nodiscard]] RuleSpan<Enveloped> envelope_form_rules();
[[nodiscard]] RuleSpan<Csr> csr_items_rules();
[[nodiscard]] RuleSpan<Request> named_ca_rules();
[[nodiscard]] RuleSpan<Transaction> named_subject_rules();
[[nodiscard]] RuleSpan<Pair> refusals_rules();
[[nodiscard]] RuleSpan<Answer> unreadable_rules();
[[nodiscard]] RuleSpan<Message> drafts_rules();
[[nodiscard]] RuleSpan<Request> drafts_request_rules();
[[nodiscard]] RuleSpan<Csr> drafts_csr_rules();
[[nodiscard]] RuleSpan<Pair> drafts_pair_rules();
[[nodiscard]] RuleSpan<Run> drafts_run_rules();
// http_request.cc, http_answer.cc, http_runs.cc
[[nodiscard]] RuleSpan<Query> http_request_rules();
[[nodiscard]] RuleSpan<Answer> http_answer_rules();
[[nodiscard]] RuleSpan<Run> run_http_rules();
// capabilities.cc, ca_certificates.cc
[[nodiscard]] RuleSpan<CapsText> capabilities_rules();
[[nodiscard]] RuleSpan<CaCertificates> ca_certificates_rules();
// algorithm_choice.cc
[[nodiscard]] RuleSpan<Enveloped> cipher_choice_rules();
[[nodiscard]] RuleSpan<Message> digest_choice_rules();
[[nodiscard]] RuleSpan<Request> request_choice_rules();
[[nodiscard]] RuleSpan<Pair> reply_choice_rules();
// polling.cc, recent_crl.cc
[[nodiscard]] RuleSpan<Transaction> polling_rules();
[[nodiscard]] RuleSpan<Run> run_polling_rules();
[[nodiscard]] RuleSpan<MetCrl> recent_crl_rules();
[[nodiscard]] RuleSpan<Run> run_recent_crl_rules();
// habits.cc
[[nodiscard]] RuleSpan<Pair> habits_of_cas_rules();
[[nodiscard]] RuleSpan<Csr> habits_of_requests_rules();
[[nodiscard]] RuleSpan<Enveloped> habits_of_envelopes_rules();
// next_ca.cc
[[nodiscard]] RuleSpan<NextCACert> next_ca_rules();

}  // namespace sceplab::rules
