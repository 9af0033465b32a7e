#include <scepcodec/botan/verify.h>

#include <botan/certstor.h>
#include <botan/x509cert.h>
#include <botan/x509path.h>

#include <algorithm>
#include <chrono>

namespace scep::botan {

namespace {

using Certificates = std::vector<Botan::X509_Certificate>;

// Every way through the certificates is tried, and their number grows with the factorial of this.
constexpr std::size_t most_intermediates = 5;

Botan::X509_Certificate convert(der::Input certificate) { return Botan::X509_Certificate(certificate.data(), certificate.size()); }

// One that cannot be read does not hide the others.
Certificates convert_readable(std::span<const der::Input> certificates) {
    Certificates out;
    for (const der::Input& certificate : certificates) {
        try {
            out.push_back(convert(certificate));
        } catch (const std::exception&) {
            continue;
        }
    }
    return out;
}

// The leaf and those of the others that the names lead to.
Certificates chain_of(Botan::X509_Certificate leaf, const Certificates& others) {
    Certificates chain{std::move(leaf)};
    for (std::size_t next = 0; next < chain.size(); ++next) {
        const Botan::X509_DN issuer = chain[next].issuer_dn();
        for (const auto& other : others) {
            if (chain.size() <= most_intermediates && other.subject_dn() == issuer && std::ranges::find(chain, other) == chain.end()) {
                chain.push_back(other);
            }
        }
    }
    return chain;
}

Check at_time(const Botan::X509_Certificate& anchor, std::chrono::system_clock::time_point when) {
    const Botan::X509_Time time(when);
    return time < anchor.not_before()  ? Check::invalid(Botan::to_string(Botan::Certificate_Status_Code::CERT_NOT_YET_VALID))
           : time > anchor.not_after() ? Check::invalid(Botan::to_string(Botan::Certificate_Status_Code::CERT_HAS_EXPIRED))
                                       : Check::valid();
}

// Captures hold what devices use: small keys, MD5 and SHA-1 are for rules to judge, not for the path.
Botan::Path_Validation_Restrictions lenient() { return Botan::Path_Validation_Restrictions(false, 0, false, std::set<std::string>{}); }

} // namespace

Check verify_chain(der::Input leaf, std::span<const der::Input> others, std::span<const der::Input> anchors, std::int64_t time) {
    if (anchors.empty()) {
        return Check::not_performed("no trust anchor was given");
    }
    try {
        const Certificates trusted_certificates = convert_readable(anchors);
        if (trusted_certificates.empty()) {
            return Check::not_performed("no trust anchor can be read");
        }
        Botan::Certificate_Store_In_Memory trusted;
        for (const auto& anchor : trusted_certificates) {
            trusted.add_certificate(anchor);
        }
        const Certificates chain = chain_of(convert(leaf), convert_readable(others));
        using std::chrono::system_clock;
        constexpr auto last = std::chrono::duration_cast<std::chrono::seconds>(system_clock::duration::max()).count();
        if (time > last || time < -last) {
            return Check::not_performed("the time is outside of the years that can be checked");
        }
        const auto when = std::chrono::system_clock::time_point(std::chrono::seconds(time));
        // Botan wants an issuer above a leaf; a CA that signs for itself is its own.
        if (std::ranges::find(trusted_certificates, chain.front()) != trusted_certificates.end()) {
            return at_time(chain.front(), when);
        }
        const auto result = Botan::x509_path_validate(chain, lenient(), trusted, "", Botan::Usage_Type::UNSPECIFIED, when);
        return result.successful_validation() ? Check::valid() : Check::invalid(result.result_string());
    } catch (const std::exception& error) {
        return Check::not_performed(std::string("the certificate cannot be read: ") + error.what());
    }
}

} // namespace scep::botan
