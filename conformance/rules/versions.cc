#include <conformance/rules/common.h>
#include <conformance/rules/rule_files.h>

// The version numbers of CMS are computed from what is inside (RFC 5652, 5.1, 5.3, 6.1, 6.2).
namespace sceplab::rules {

namespace {

using scep::der::Integer;

std::string shown(const Integer& version) {
    const auto value = version.to_int64();
    return value ? std::to_string(*value) : "0x" + version.to_hex();
}

Outcome compare(const Signed& message, const Integer& version, int computed, std::string path) {
    return version.equals(computed)
               ? Outcome::pass()
               : Outcome::violation(place(message, version.content.location(), std::move(path)),
                                    "version is " + shown(version) + ", what is inside makes it " + std::to_string(computed));
}

Outcome signed_data(const Signed& message) {
    const auto& data = message.message.signed_data;
    return compare(message, data.version, data.computed_version(), "SignedData.version");
}

Outcome signer_info(const Signed& message) {
    const auto& signer = message.message.signer_info;
    return compare(message, signer.version, signer.sid.subject_key_identifier ? 3 : 1, "SignedData.signerInfos[0].version");
}

Outcome enveloped(const Message& message) {
    const auto* envelope = enveloped_data(message.facts);
    return envelope != nullptr ? compare(message, envelope->version, envelope->computed_version(), "EnvelopedData.version")
                               : Outcome::not_applicable();
}

struct Due {
    Integer version;
    int due = 0;
};
// Each form of recipient has its own version.
struct DueVersion {
    Due operator()(const scep::cms::KeyTransRecipientInfo& info) const { return {info.version, info.rid.subject_key_identifier ? 2 : 0}; }
    Due operator()(const scep::cms::KeyAgreeRecipientInfo& info) const { return {info.version, 3}; }
    Due operator()(const scep::cms::KEKRecipientInfo& info) const { return {info.version, 4}; }
    Due operator()(const scep::cms::PasswordRecipientInfo& info) const { return {info.version, 0}; }
    Due operator()(const scep::cms::OtherRecipientInfo& info) const { return info.kem ? Due{info.kem->version, 0} : Due{}; }
};

Outcome recipient_infos(const Message& message) {
    const auto* envelope = enveloped_data(message.facts);
    if (envelope == nullptr) {
        return Outcome::not_applicable();
    }
    Outcome out = Outcome::pass();
    const auto& recipients = message.facts.envelope->recipients;
    for (auto each = recipients.begin(); each != recipients.end(); ++each) {
        const auto& recipient = *each;
        const Due version = recipient ? std::visit(DueVersion{}, recipient->choice) : Due{};
        if (!version.version.content.empty() && !version.version.equals(version.due)) {
            out.add(place(message, version.version.content.location(),
                          "EnvelopedData.recipientInfos[" + std::to_string(each.index()) + "].version"),
                    "version is " + shown(version.version) + " where this form of recipient has " + std::to_string(version.due));
        }
    }
    return out;
}

}  // namespace

RuleSpan<Signed> signed_versions_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Signed>> rules{
        {.id = "version.signed-data",
         .severity = error,
         .cite = {rfc5652, "5.1"},
         .says = "The version of a SignedData is the one that its content, certificates and signers make it",
         .covers = {"CMS-5.1-version-1", "CMS-5.1-version-3", "CMS-5.1-version-4-5", "SCEP-4.7.1-econtenttype"},
         .check = signed_data},
        {.id = "version.signer-info",
         .severity = error,
         .cite = {rfc5652, "5.3"},
         .says = "The version of a SignerInfo is 1 with issuerAndSerialNumber, 3 with subjectKeyIdentifier",
         .covers = {"CMS-5.3-si-version-1", "CMS-5.3-si-version-3"},
         .check = signer_info},
    };
    return rules;
}

RuleSpan<Message> envelope_versions_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Message>> rules{
        {.id = "version.enveloped-data",
         .severity = error,
         .cite = {rfc5652, "6.1"},
         .says = "The version of an EnvelopedData is the one that its recipients and attributes make it",
         .covers = {"CMS-6.1-version-0", "CMS-6.1-version-2", "CMS-6.1-version-3", "CMS-6.1-version-4", "KEM-enveloped-version-3"},
         .check = enveloped},
        {.id = "version.recipient-info",
         .severity = warning,
         .cite = {rfc5652, "6.2"},
         .says = "The version of a RecipientInfo is the one of its form",
         .covers = {"CMS-6.2.1-ktri-version", "CMS-6.2.4-pwri-version-0", "KEM-version-0"},
         .check = recipient_infos},
    };
    return rules;
}

}  // namespace sceplab::rules
