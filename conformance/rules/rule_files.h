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
// signature_algorithm.cc, cms_attributes.cc, algorithm_parameters.cc, identifiers.cc, certificate_sets.cc
[[nodiscard]] RuleSpan<Signed> signature_algorithm_rules();
[[nodiscard]] RuleSpan<Signed> cms_attributes_rules();
[[nodiscard]] RuleSpan<Signed> algorithm_parameters_rules();
[[nodiscard]] RuleSpan<Signed> signer_identifier_rules();
[[nodiscard]] RuleSpan<Body> certificate_sets_rules();
// envelope.cc, recipient_certificate.cc, password_recipients.cc, kem_recipients.cc
[[nodiscard]] RuleSpan<Enveloped> envelope_rules();
[[nodiscard]] RuleSpan<Run> run_envelope_rules();
[[nodiscard]] RuleSpan<Enveloped> recipient_certificate_rules();
[[nodiscard]] RuleSpan<Enveloped> password_recipients_rules();
[[nodiscard]] RuleSpan<Pair> reply_password_rules();
[[nodiscard]] RuleSpan<Enveloped> kem_recipients_rules();
// csr.cc, csr_extensions.cc, certificates.cc, crls.cc, strict_der.cc, issued_certificate.cc
[[nodiscard]] RuleSpan<Csr> csr_rules();
[[nodiscard]] RuleSpan<Csr> csr_extensions_rules();
[[nodiscard]] RuleSpan<MetCertificate> certificates_rules();
[[nodiscard]] RuleSpan<MetCrl> crls_rules();
[[nodiscard]] RuleSpan<MetCertificate> certificate_der_rules();
[[nodiscard]] RuleSpan<MetCrl> crl_der_rules();
[[nodiscard]] RuleSpan<Csr> csr_der_rules();
[[nodiscard]] RuleSpan<Pair> issued_certificate_rules();
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
// capabilities.cc, get_ca_cert.cc
[[nodiscard]] RuleSpan<CapsText> capabilities_rules();
[[nodiscard]] RuleSpan<CaCertificates> get_ca_cert_rules();
// algorithm_choice.cc
[[nodiscard]] RuleSpan<Enveloped> cipher_choice_rules();
[[nodiscard]] RuleSpan<Message> digest_choice_rules();
[[nodiscard]] RuleSpan<Request> request_choice_rules();
[[nodiscard]] RuleSpan<Pair> reply_choice_rules();
// poll_matching.cc, recent_crl.cc
[[nodiscard]] RuleSpan<Transaction> poll_matching_rules();
[[nodiscard]] RuleSpan<Run> run_poll_matching_rules();
[[nodiscard]] RuleSpan<MetCrl> recent_crl_rules();
[[nodiscard]] RuleSpan<Run> run_recent_crl_rules();
// habits.cc
[[nodiscard]] RuleSpan<Pair> habits_of_cas_rules();
[[nodiscard]] RuleSpan<Csr> habits_of_requests_rules();
[[nodiscard]] RuleSpan<Enveloped> habits_of_envelopes_rules();
// next_ca.cc
[[nodiscard]] RuleSpan<NextCACert> next_ca_rules();
// field_answers.cc, field_ca_certificates.cc, field_messages.cc, field_pairs.cc, field_runs.cc
[[nodiscard]] RuleSpan<Pair> field_pairs_rules();
[[nodiscard]] RuleSpan<Request> field_identifier_rules();
[[nodiscard]] RuleSpan<Query> field_queries_rules();
[[nodiscard]] RuleSpan<Answer> field_answers_rules();
[[nodiscard]] RuleSpan<CaCertificates> field_ca_certificates_rules();
[[nodiscard]] RuleSpan<Body> field_published_rules();
[[nodiscard]] RuleSpan<MetCertificate> field_certificate_rules();
[[nodiscard]] RuleSpan<Request> field_request_rules();
[[nodiscard]] RuleSpan<CertRep> field_reply_rules();
[[nodiscard]] RuleSpan<Enveloped> field_envelope_rules();
[[nodiscard]] RuleSpan<Csr> field_csr_rules();
[[nodiscard]] RuleSpan<Run> field_runs_rules();
// vendor.cc, producer.cc
[[nodiscard]] RuleSpan<CertRep> vendor_rules();
[[nodiscard]] RuleSpan<Run> producer_rules();

// ca_certificates.cc
[[nodiscard]] RuleSpan<CaCertificates> ca_certificates_rules();
[[nodiscard]] RuleSpan<CertRep> reply_usage_rules();
[[nodiscard]] RuleSpan<Request> request_ca_rules();
[[nodiscard]] RuleSpan<Pair> issuer_usage_rules();
// enrolment.cc
[[nodiscard]] RuleSpan<Request> enrolment_rules();
[[nodiscard]] RuleSpan<Csr> enrolment_csr_rules();
// renewal.cc
[[nodiscard]] RuleSpan<Request> renewal_rules();
[[nodiscard]] RuleSpan<Csr> renewal_csr_rules();
[[nodiscard]] RuleSpan<Pair> renewal_pair_rules();
// granting.cc, queries.cc
[[nodiscard]] RuleSpan<Pair> granting_rules();
[[nodiscard]] RuleSpan<Request> query_subject_rules();
// challenges.cc, polling.cc, histories.cc
[[nodiscard]] RuleSpan<Run> challenge_rules();
[[nodiscard]] RuleSpan<Transaction> polling_rules();
[[nodiscard]] RuleSpan<Run> history_rules();
// offers.cc
[[nodiscard]] RuleSpan<CapsText> offered_capabilities_rules();
[[nodiscard]] RuleSpan<Answer> offered_transport_rules();
[[nodiscard]] RuleSpan<Query> next_ca_query_rules();

}  // namespace sceplab::rules
