#pragma once

#include <conformance/rules/rule.h>
#include <conformance/rules/subjects.h>

// The rules, file by file. Private to the room: registry.cc lists them.
namespace sceplab::rules {

// algorithm_choice.cc
[[nodiscard]] RuleSpan<Enveloped> cipher_choice_rules();
[[nodiscard]] RuleSpan<Message> digest_choice_rules();
[[nodiscard]] RuleSpan<Request> request_choice_rules();
[[nodiscard]] RuleSpan<Pair> reply_choice_rules();
// algorithm_parameters.cc
[[nodiscard]] RuleSpan<Signed> algorithm_parameters_rules();
// algorithms.cc
[[nodiscard]] RuleSpan<Query> method_rules();
[[nodiscard]] RuleSpan<Signed> signed_algorithms_rules();
[[nodiscard]] RuleSpan<Message> envelope_algorithms_rules();
[[nodiscard]] RuleSpan<Request> request_algorithms_rules();
// attributes.cc
[[nodiscard]] RuleSpan<Message> attributes_rules();
[[nodiscard]] RuleSpan<Request> request_attributes_rules();
// body.cc
[[nodiscard]] RuleSpan<Body> body_rules();
// ca_certificates.cc
[[nodiscard]] RuleSpan<CaCertificates> ca_certificates_rules();
[[nodiscard]] RuleSpan<CertRep> reply_usage_rules();
[[nodiscard]] RuleSpan<Request> request_ca_rules();
[[nodiscard]] RuleSpan<Pair> issuer_usage_rules();
// capabilities.cc
[[nodiscard]] RuleSpan<CapsText> capabilities_rules();
// certificate_sets.cc
[[nodiscard]] RuleSpan<Body> certificate_sets_rules();
// certificates.cc
[[nodiscard]] RuleSpan<MetCertificate> certificates_rules();
// challenges.cc
[[nodiscard]] RuleSpan<Run> challenge_rules();
// cms_attributes.cc
[[nodiscard]] RuleSpan<Signed> cms_attributes_rules();
// content.cc
[[nodiscard]] RuleSpan<Message> content_rules();
[[nodiscard]] RuleSpan<Request> request_content_rules();
// crls.cc
[[nodiscard]] RuleSpan<MetCrl> crls_rules();
// csr.cc
[[nodiscard]] RuleSpan<Csr> csr_rules();
// csr_extensions.cc
[[nodiscard]] RuleSpan<Csr> csr_extensions_rules();
// csr_items.cc
[[nodiscard]] RuleSpan<Csr> csr_items_rules();
// drafts.cc
[[nodiscard]] RuleSpan<Message> drafts_rules();
[[nodiscard]] RuleSpan<Request> drafts_request_rules();
[[nodiscard]] RuleSpan<Csr> drafts_csr_rules();
[[nodiscard]] RuleSpan<Pair> drafts_pair_rules();
[[nodiscard]] RuleSpan<Run> drafts_run_rules();
// enrolment.cc
[[nodiscard]] RuleSpan<Request> enrolment_rules();
[[nodiscard]] RuleSpan<Csr> enrolment_csr_rules();
// envelope.cc
[[nodiscard]] RuleSpan<Enveloped> envelope_rules();
[[nodiscard]] RuleSpan<Run> run_envelope_rules();
// envelope_form.cc
[[nodiscard]] RuleSpan<Enveloped> envelope_form_rules();
// fail_info.cc
[[nodiscard]] RuleSpan<Pair> fail_info_rules();
// field_answers.cc
[[nodiscard]] RuleSpan<Query> field_queries_rules();
[[nodiscard]] RuleSpan<Answer> field_answers_rules();
// field_ca_certificates.cc
[[nodiscard]] RuleSpan<CaCertificates> field_ca_certificates_rules();
[[nodiscard]] RuleSpan<Body> field_published_rules();
[[nodiscard]] RuleSpan<MetCertificate> field_certificate_rules();
// field_messages.cc
[[nodiscard]] RuleSpan<Request> field_request_rules();
[[nodiscard]] RuleSpan<CertRep> field_reply_rules();
[[nodiscard]] RuleSpan<Enveloped> field_envelope_rules();
[[nodiscard]] RuleSpan<Csr> field_csr_rules();
// field_pairs.cc
[[nodiscard]] RuleSpan<Pair> field_pairs_rules();
[[nodiscard]] RuleSpan<Request> field_identifier_rules();
// field_runs.cc
[[nodiscard]] RuleSpan<Run> field_runs_rules();
// get_ca_cert.cc
[[nodiscard]] RuleSpan<CaCertificates> get_ca_cert_rules();
// granting.cc
[[nodiscard]] RuleSpan<Pair> granting_rules();
// habits.cc
[[nodiscard]] RuleSpan<Pair> habits_of_cas_rules();
[[nodiscard]] RuleSpan<Csr> habits_of_requests_rules();
[[nodiscard]] RuleSpan<Enveloped> habits_of_envelopes_rules();
// histories.cc
[[nodiscard]] RuleSpan<Run> history_rules();
// http_answer.cc
[[nodiscard]] RuleSpan<Answer> http_answer_rules();
// http_query.cc
[[nodiscard]] RuleSpan<Query> http_query_rules();
// http_request.cc
[[nodiscard]] RuleSpan<Query> http_request_rules();
// http_runs.cc
[[nodiscard]] RuleSpan<Run> run_http_rules();
// identifiers.cc
[[nodiscard]] RuleSpan<Signed> signer_identifier_rules();
// issued.cc
[[nodiscard]] RuleSpan<Pair> issued_rules();
// issued_certificate.cc
[[nodiscard]] RuleSpan<Pair> issued_certificate_rules();
// kem_recipients.cc
[[nodiscard]] RuleSpan<Enveloped> kem_recipients_rules();
// named_ca.cc
[[nodiscard]] RuleSpan<Request> named_ca_rules();
[[nodiscard]] RuleSpan<Transaction> named_subject_rules();
// next_ca.cc
[[nodiscard]] RuleSpan<NextCACert> next_ca_rules();
// nonces.cc
[[nodiscard]] RuleSpan<Message> nonces_rules();
[[nodiscard]] RuleSpan<Request> request_nonces_rules();
[[nodiscard]] RuleSpan<CertRep> reply_nonces_rules();
[[nodiscard]] RuleSpan<Pair> pair_nonces_rules();
[[nodiscard]] RuleSpan<Run> run_nonces_rules();
// offers.cc
[[nodiscard]] RuleSpan<CapsText> offered_capabilities_rules();
[[nodiscard]] RuleSpan<Answer> offered_transport_rules();
[[nodiscard]] RuleSpan<Query> next_ca_query_rules();
// password_recipients.cc
[[nodiscard]] RuleSpan<Enveloped> password_recipients_rules();
[[nodiscard]] RuleSpan<Pair> reply_password_rules();
// poll_matching.cc
[[nodiscard]] RuleSpan<Transaction> poll_matching_rules();
[[nodiscard]] RuleSpan<Run> run_poll_matching_rules();
// polling.cc
[[nodiscard]] RuleSpan<Transaction> polling_rules();
// producer.cc
[[nodiscard]] RuleSpan<Run> producer_rules();
// queries.cc
[[nodiscard]] RuleSpan<Pair> queries_rules();
[[nodiscard]] RuleSpan<Request> query_subject_rules();
// recent_crl.cc
[[nodiscard]] RuleSpan<MetCrl> recent_crl_rules();
[[nodiscard]] RuleSpan<Run> run_recent_crl_rules();
// recipient_certificate.cc
[[nodiscard]] RuleSpan<Enveloped> recipient_certificate_rules();
// recipients.cc
[[nodiscard]] RuleSpan<Message> recipients_rules();
[[nodiscard]] RuleSpan<Request> request_recipient_rules();
[[nodiscard]] RuleSpan<CertRep> reply_signer_rules();
[[nodiscard]] RuleSpan<Pair> reply_recipient_rules();
// refusals.cc
[[nodiscard]] RuleSpan<Pair> refusals_rules();
[[nodiscard]] RuleSpan<Answer> unreadable_rules();
// renewal.cc
[[nodiscard]] RuleSpan<Request> renewal_rules();
[[nodiscard]] RuleSpan<Csr> renewal_csr_rules();
[[nodiscard]] RuleSpan<Pair> renewal_pair_rules();
// signature_algorithm.cc
[[nodiscard]] RuleSpan<Signed> signature_algorithm_rules();
// signed_attrs.cc
[[nodiscard]] RuleSpan<Signed> signed_attrs_rules();
// signed_data.cc
[[nodiscard]] RuleSpan<Signed> signed_data_rules();
// signer.cc
[[nodiscard]] RuleSpan<Request> signer_rules();
// status.cc
[[nodiscard]] RuleSpan<CertRep> status_rules();
// strict_der.cc
[[nodiscard]] RuleSpan<MetCertificate> certificate_der_rules();
[[nodiscard]] RuleSpan<MetCrl> crl_der_rules();
[[nodiscard]] RuleSpan<Csr> csr_der_rules();
// transaction.cc
[[nodiscard]] RuleSpan<Pair> pair_transaction_rules();
[[nodiscard]] RuleSpan<Transaction> transaction_rules();
[[nodiscard]] RuleSpan<Run> run_transaction_rules();
// vendor.cc
[[nodiscard]] RuleSpan<CertRep> vendor_rules();
// versions.cc
[[nodiscard]] RuleSpan<Signed> signed_versions_rules();
[[nodiscard]] RuleSpan<Message> envelope_versions_rules();

}  // namespace sceplab::rules
