#include <vectors/generate/exchanges/comment.h>

#include <conformance/rules/catalogue.h>
#include <conformance/rules/field_failures.h>
#include <conformance/rules/glob.h>
#include <conformance/rules/profile.h>
#include <conformance/rules/registry.h>

#include <algorithm>
#include <map>
#include <stdexcept>

namespace sceplab::vectors {

namespace {

using rules::RuleInfo;
using rules::Severity;

// The flag of the first glob that fits a rule's id.
struct FlagOf {
    std::string_view rules;
    std::string_view flag;
};
constexpr FlagOf flag_table[] = {
    {"*.der", "ExchangeNotDer"},
    {"*.inner-der", "ExchangeNotDer"},
    {"content.not-in-clear", "ExchangeClearText"},
    {"field.challenge-stays-inside", "ExchangeClearText"},
    {"message.signed", "ExchangeClearText"},
    {"signature.*", "ExchangeSignature"},
    {"message-digest.fits-content", "ExchangeSignature"},
    {"message.one-signer", "ExchangeSignature"},
    {"signature-algorithm.*", "ExchangeSignature"},
    {"get-crl.signature-valid", "ExchangeSignature"},
    {"issued.signed-by-ca", "ExchangeSignature"},
    {"enrolment.self-signature-valid", "ExchangeSignature"},
    {"csr.signature*", "ExchangePossession"},
    {"issued.possession-proved", "ExchangePossession"},
    {"signed-attributes.*", "ExchangeSignedAttributes"},
    {"unsigned-attributes.*", "ExchangeSignedAttributes"},
    {"message-digest.*", "ExchangeSignedAttributes"},
    {"content-type.*", "ExchangeSignedAttributes"},
    {"digest-algorithms.*", "ExchangeSignedAttributes"},
    {"signing-time.*", "ExchangeSignedAttributes"},
    {"nonce.*", "ExchangeNonce"},
    {"envelope.iv-fresh", "ExchangeNonce"},
    {"kem.ciphertext-fresh", "ExchangeNonce"},
    {"get.answer-not-cached", "ExchangeNonce"},
    {"message-type.*", "ExchangeMessageType"},
    {"transaction-id.*", "ExchangeTransaction"},
    {"transaction.*", "ExchangeTransaction"},
    {"poll.*", "ExchangeTransaction"},
    {"pki-status.*", "ExchangeStatus"},
    {"fail-info*", "ExchangeStatus"},
    {"attributes.*", "ExchangeStatus"},
    {"envelope.*omitted*", "ExchangeStatus"},
    {"envelope.present-with-success", "ExchangeStatus"},
    {"challenge.*", "ExchangeChallenge"},
    {"csr.challenge*", "ExchangeChallenge"},
    {"issued.secret-asked", "ExchangeChallenge"},
    {"field.*challenge*", "ExchangeChallenge"},
    {"renewal.*", "ExchangeRenewal"},
    {"enrolment.*", "ExchangeEnrolment"},
    {"csr.*", "ExchangeEnrolment"},
    {"request.*", "ExchangeEnrolment"},
    {"issued.*", "ExchangeIssued"},
    {"get-cert.*", "ExchangeQuery"},
    {"get-crl.*", "ExchangeQuery"},
    {"query.*", "ExchangeQuery"},
    {"algorithm.no-*", "ExchangeWeakAlgorithm"},
    {"algorithm.*parameters*", "ExchangeAlgorithm"},
    {"algorithm.*", "ExchangeAlgorithm"},
    {"recipient.*", "ExchangeEnvelope"},
    {"envelope.*", "ExchangeEnvelope"},
    {"content.*", "ExchangeEnvelope"},
    {"kem.*", "ExchangeEnvelope"},
    {"pwri.*", "ExchangeEnvelope"},
    {"version.*", "ExchangeVersion"},
    {"pkcs7.*", "ExchangeVersion"},
    {"next-ca.*", "ExchangeRollover"},
    {"capabilities.*", "ExchangeCapabilities"},
    {"ca-certificates.*", "ExchangeCaCertificate"},
    {"get-ca-cert.*", "ExchangeCaCertificate"},
    {"ca.*", "ExchangeCaCertificate"},
    {"client.*", "ExchangeCaCertificate"},
    {"signer.*", "ExchangeCaCertificate"},
    {"certificate*", "ExchangeCertificateForm"},
    {"crl*", "ExchangeCertificateForm"},
    {"get.*", "ExchangeGet"},
    {"target.*", "ExchangeGet"},
    {"operation.*", "ExchangeGet"},
    {"method.*", "ExchangePost"},
    {"post.*", "ExchangePost"},
    {"http.*", "ExchangeHttp"},
    {"media-type.*", "ExchangeHttp"},
    {"answer.*", "ExchangeHttp"},
    {"cert-rep.*", "ExchangeHttp"},
    {"reply.*", "ExchangeHttp"},
    {"message.*", "ExchangeMessageForm"},
    {"field.*indefinite*", "ExchangeBer"},
    {"field.*in-parts", "ExchangeBer"},
    {"field.*", "ExchangeField"},
    {"answer-text.*", "ExchangeField"},
    {"vendor.*", "ExchangeField"},
    {"producer.*", "ExchangeField"},
};

std::string flag_of(std::string_view rule) {
    const auto found = std::ranges::find_if(flag_table, [&](const FlagOf& each) { return rules::glob_matches(each.rules, rule); });
    if (found == std::end(flag_table)) {
        throw std::runtime_error("no flag for the rule " + std::string(rule));
    }
    return std::string(found->flag);
}

const RuleInfo& rule_of(const std::string& id) {
    static const std::vector<RuleInfo> all = rules::all_rules();
    const auto found = std::ranges::find(all, id, [](const RuleInfo& each) { return std::string(each.id); });
    if (found == all.end()) {
        throw std::runtime_error("no such rule: " + id);
    }
    return *found;
}

Severity severity_of(const RuleInfo& rule, const Row& row) {
    return rules::Profile::named(row.profile)->severity(rule.id, rule.severity).value_or(Severity::notice);
}

// The products that a finding of the rule is known to break, where every finding of it is that failure.
std::string breaks(std::string_view rule) {
    for (const rules::KnownFailure& each : rules::known_failures()) {
        if (each.when == "-" && each.rules == rule) {
            return " (seen to break " + std::string(each.breaks) + ")";
        }
    }
    return {};
}

std::string against(const RuleInfo& rule, Severity severity) {
    const bool practice = rule.cite.document == rules::Document::practice;
    const std::string cite = practice ? "common practice" : to_string(rule.cite);
    const std::string says(rule.says);
    switch (severity) {
    case Severity::error:
        return "Against " + cite + ": " + says + breaks(rule.id) + ".";
    case Severity::warning:
        return "Against what " + cite + (practice ? " is: " : " advises: ") + says + breaks(rule.id) + ".";
    case Severity::notice:
        break;
    }
    return "Allowed, but not as it mostly is: " + says + breaks(rule.id) + ".";
}

// Why a row in which nothing fires is there.
std::string borne(const Row& row) {
    for (const rules::Requirement& each : rules::requirements()) {
        if (each.kind == "guard" && each.by == row.name) {
            return "To be borne: " + std::string(each.statement) + ".";
        }
    }
    return {};
}

} // namespace

std::string comment_of(const Table& table, const Row& row) {
    std::string out = std::string(table.about) + ": " + row.name + ".";
    const auto add = [&](const std::string& sentence) { out += sentence.empty() ? "" : " " + sentence; };
    add(std::string(row.comment));
    if (row.comment.empty()) {
        add(borne(row));
    }
    // The worst first.
    for (const Severity severity : {Severity::error, Severity::warning, Severity::notice}) {
        for (std::size_t i = 0; i < row.findings.size(); ++i) {
            const RuleInfo& rule = rule_of(row.findings[i]);
            if (severity_of(rule, row) == severity && (i == 0 || row.findings[i] != row.findings[i - 1])) {
                add(against(rule, severity));
            }
        }
    }
    return out;
}

Result result_of(const Row& row) {
    Result out = Result::valid;
    for (const std::string& id : row.findings) {
        const RuleInfo& rule = rule_of(id);
        switch (severity_of(rule, row)) {
        case Severity::error:
            return Result::invalid;
        case Severity::warning:
            out = Result::acceptable;
            break;
        case Severity::notice:
            break;
        }
    }
    return out;
}

std::vector<std::string> flags_of(const Row& row) {
    std::vector<std::string> out;
    const auto add = [&](std::string flag) {
        if (std::ranges::find(out, flag) == out.end()) {
            out.push_back(std::move(flag));
        }
    };
    for (const std::string& id : row.findings) {
        add(flag_of(id));
    }
    if (row.profile == "nourse") {
        add("ExchangeDraft");
    }
    return out;
}

} // namespace sceplab::vectors
