#pragma once

#include <conformance/rules/subjects.h>
#include <conformance/rules/rule.h>

// Every rule there is. A new file of rules declares its span in rule_files.h and adds one line each to registry.cc and meson.build.
namespace sceplab::rules {

// The rules for one kind of subject, file by file; specialised for each in registry.cc.
template <class Subject>
[[nodiscard]] const std::vector<RuleSpan<Subject>>& rules_for();

template <>
const std::vector<RuleSpan<Query>>& rules_for();
template <>
const std::vector<RuleSpan<Body>>& rules_for();
template <>
const std::vector<RuleSpan<Signed>>& rules_for();
template <>
const std::vector<RuleSpan<Message>>& rules_for();
template <>
const std::vector<RuleSpan<Request>>& rules_for();
template <>
const std::vector<RuleSpan<CertRep>>& rules_for();
template <>
const std::vector<RuleSpan<Answer>>& rules_for();
template <>
const std::vector<RuleSpan<CapsText>>& rules_for();
template <>
const std::vector<RuleSpan<CaCertificates>>& rules_for();
template <>
const std::vector<RuleSpan<MetCertificate>>& rules_for();
template <>
const std::vector<RuleSpan<MetCrl>>& rules_for();
template <>
const std::vector<RuleSpan<Enveloped>>& rules_for();
template <>
const std::vector<RuleSpan<Csr>>& rules_for();
template <>
const std::vector<RuleSpan<Pair>>& rules_for();
template <>
const std::vector<RuleSpan<NextCACert>>& rules_for();
template <>
const std::vector<RuleSpan<Transaction>>& rules_for();
template <>
const std::vector<RuleSpan<Run>>& rules_for();

// What rules with that RuleInfo::subject are asked of, for people: "each request with its answer, where both are pkiMessages".
[[nodiscard]] std::string_view subject_in_words(std::string_view subject);

// All of them, in the order of the registry.
[[nodiscard]] std::vector<RuleInfo> all_rules();

}  // namespace sceplab::rules
