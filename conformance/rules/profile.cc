#include <conformance/rules/profile.h>

#include <algorithm>
#include <array>
#include <iterator>

namespace sceplab::rules {

namespace {

constexpr std::array<std::string_view, 4> profiles{"rfc8894", "nourse", "strict-der", "cms-extended"};

// One change of level; no severity turns the rule off.
struct Change {
    std::string_view profile;
    std::string_view rule;
    std::optional<Severity> severity;
};

constexpr auto error = Severity::error;
constexpr auto warning = Severity::warning;
constexpr auto notice = Severity::notice;
constexpr std::optional<Severity> off;

constexpr std::array changes{
    // The drafts know single DES and MD5 (section 8), a reply's nonce that SHOULD echo (3.1.1.5), no type 17, and the issued certificate first (3.2.2.1).
    Change{"nourse", "nonce.sender-present-in-reply", error},
    Change{"nourse", "nonce.recipient-echoes-sender", warning},
    Change{"nourse", "algorithm.no-des", notice},
    Change{"nourse", "algorithm.no-md5", notice},
    Change{"nourse", "renewal.has-renewal-type", off},
    Change{"nourse", "renewal.announced", off},
    Change{"nourse", "transaction.one-operation", notice},
    Change{"nourse", "method.post-when-announced", warning},
    Change{"nourse", "issued.first-of-set", error},
    Change{"nourse", "csr.challenge-password-present", error},
    Change{"nourse", "enrolment.signer-has-subject", error},
    // Fixed there (3.1, 3.1.2), where CMS computes them.
    Change{"nourse", "version.signed-data", off},
    Change{"nourse", "version.enveloped-data", off},
    // Appendix F shows a POST without a Content-Type, 5.2.2 shows HTTP/1.0; 5.1.1 demands a Content-Type of answers; 5.2.6.1 says what of GetNextCACert is DER.
    Change{"nourse", "post.media-type", off},
    Change{"nourse", "http.version-current", off},
    Change{"nourse", "media-type.present", error},
    Change{"nourse", "next-ca.inner-der", warning},
    Change{"nourse", "next-ca.no-transaction-attributes", warning},
    Change{"nourse", "capabilities.of-the-standard", off},
    Change{"nourse", "algorithm.aes-is-128-cbc", off},
    Change{"nourse", "algorithm.sha2-is-256", off},
    Change{"nourse", "transaction.unmatched-poll-rejected", off},
    Change{"nourse", "csr.no-old-extension-request", off},
    // The CA is authenticated (2.1.2, 2.4), a CRL is fetched where the certificate tells (2.7); keyUsage is ignored (8.6), AES and POST are not known.
    Change{"nourse", "client.authenticates-ca", error},
    Change{"nourse", "ca-certificates.fingerprint", error},
    Change{"nourse", "get-crl.last-resort", error},
    Change{"nourse", "next-ca.not-current", error},
    Change{"nourse", "renewal.signer-verified", error},
    Change{"nourse", "enrolment.signer-key-usage", off},
    Change{"nourse", "ca.usage-digital-signature", notice},
    Change{"nourse", "ca.usage-key-encipherment", notice},
    Change{"nourse", "method.post-supported", off},
    Change{"nourse", "fail-info.bad-alg-fits", notice},
    Change{"strict-der", "message.no-trailing-octets", error},
    Change{"strict-der", "renewal.has-renewal-type", warning},
    Change{"strict-der", "content.der", error},
    Change{"strict-der", "certificate.der", error},
    Change{"strict-der", "crl.der", error},
    Change{"strict-der", "csr.der", error},
    // Key agreement and KEM recipients are what this profile is for.
    Change{"cms-extended", "recipient.form", off},
    Change{"cms-extended", "recipient.fits-key", off},
};

// Rules that only these profiles ask.
struct Special {
    std::string_view rule;
    std::string_view profile;
};
constexpr std::array special{
    Special{"algorithm.rsa-alone", "nourse"},
    Special{"ca-certificates.ra-present", "nourse"},
    Special{"ca-certificates.fetched-anew", "nourse"},
    Special{"recipient.ra-where-there-is-one", "nourse"},
    Special{"renewal.capabilities-asked", "nourse"},
    Special{"renewal.after-half-life", "nourse"},
    Special{"renewal.empty-challenge-password", "nourse"},
    Special{"next-ca.capabilities-asked", "nourse"},
    Special{"transaction.repeat-keeps-certificate", "nourse"},
    Special{"issued.crl-somewhere", "nourse"},
    Special{"pkcs7.constructs", "nourse"},
    Special{"pkcs7.signed-data-version", "nourse"},
    Special{"pkcs7.enveloped-data-version", "nourse"},
    Special{"message-type.of-the-drafts", "nourse"},
    Special{"transaction-id.is-key-hash", "nourse"},
    Special{"transaction-id.of-query-is-number", "nourse"},
    Special{"transaction.same-key-same-id", "nourse"},
    Special{"csr.challenge-password-in-renewal", "nourse"},
    Special{"issued.no-crl", "nourse"},
    Special{"content.der", "nourse"},
    Special{"content.der", "strict-der"},
};

bool is_asked(std::string_view profile, std::string_view rule) {
    return std::ranges::find(special, rule, &Special::rule) == special.end() ||
           std::ranges::any_of(special, [&](const Special& each) { return each.rule == rule && each.profile == profile; });
}

}  // namespace

std::optional<Profile> Profile::named(std::string_view name) {
    const auto found = std::ranges::find(profiles, name);
    return found == profiles.end() ? std::nullopt : std::optional(Profile(*found));
}

std::vector<std::string_view> Profile::names() {
    return {profiles.begin(), profiles.end()};
}

std::vector<std::string_view> Profile::changed_rules() {
    std::vector<std::string_view> out;
    std::ranges::transform(changes, std::back_inserter(out), &Change::rule);
    std::ranges::transform(special, std::back_inserter(out), &Special::rule);
    return out;
}

std::optional<Severity> Profile::severity(std::string_view rule, Severity own) const {
    for (const Change& change : changes) {
        if (change.profile == m_name && change.rule == rule) {
            return change.severity;
        }
    }
    return is_asked(m_name, rule) ? std::optional(own) : off;
}

}  // namespace sceplab::rules
