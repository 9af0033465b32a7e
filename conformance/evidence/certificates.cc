#include <conformance/evidence/layers.h>

#include <scepcodec/botan/verify.h>

#include <algorithm>
#include <map>

namespace sceplab::evidence {

namespace {

CertificateFacts facts_of(const x509::Certificate& certificate, std::int32_t index, const scep::Sources& sources) {
    CertificateFacts out;
    out.certificate = certificate;
    out.original = scep::ber::original(certificate.whole, sources);
    out.index = index;
    return out;
}

// Equal for names that match: case and runs of spaces do not count (RFC 5280, 7.1).
std::string key_of(const x509::Name& name) {
    std::string out;
    for (const char c : name.to_string()) {
        const bool second_space = c == ' ' && (out.empty() || out.back() == ' ');
        if (!second_space) {
            out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        }
    }
    return out;
}

// Who issued whom. A certificate that bears its own name as issuer was issued by itself, whatever else has that name.
void find_issuers(std::vector<CertificateFacts>& all) {
    std::map<std::string, std::int32_t> first_child;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const x509::Certificate& each = all[i].certificate;
        if (match(each.subject, each.issuer) == x509::NameMatch::different) {
            first_child.try_emplace(key_of(each.issuer), static_cast<std::int32_t>(i));
        }
    }
    for (CertificateFacts& each : all) {
        if (const auto found = first_child.find(key_of(each.certificate.subject)); found != first_child.end()) {
            each.issued = found->second;
        }
    }
}

bool is_authority(const CertificateFacts& each) { return each.certificate.basic_constraints_ca().value_or(false) || each.issued >= 0; }

// An answer to GetCACert and GetNextCACert holds a CA's certificates; a CertRep also what was issued.
void assign_roles(std::vector<CertificateFacts>& all, bool in_cert_rep, std::optional<Input> requested_key) {
    const auto holds_key = [&](const CertificateFacts& each) {
        return in_cert_rep && requested_key && each.certificate.subject_public_key_info.whole.same_octets(*requested_key);
    };
    const bool key_is_there = std::ranges::any_of(all, holds_key);
    for (CertificateFacts& each : all) {
        if (holds_key(each)) {
            each.role = Role::issued;
        } else if (is_authority(each)) {
            each.role = Role::ca;
        } else if (!in_cert_rep) {
            each.role = all.size() == 1 ? Role::ca : Role::ra;
        } else {
            each.role = key_is_there ? Role::other : Role::issued;
        }
    }
}

}  // namespace

Sha256 CertificateFacts::sha256() const {
    const auto digest = botan::sha256(original.octets());
    Sha256 out{};
    std::ranges::copy_n(digest.begin(), static_cast<std::ptrdiff_t>(out.size()), out.begin());
    return out;
}

void list_certificate(MessageFacts& facts, const x509::Certificate& certificate, const scep::Sources& sources) {
    facts.certificates.push_back(facts_of(certificate, 0, sources));
    facts.certificates.back().role = Role::ca;
}

void list_certificates(MessageFacts& facts, const cms::SignedData& signed_data, std::optional<Input> requested_key, const scep::Sources& sources) {
    if (signed_data.certificates) {
        std::int32_t index = 0;
        for (const Result<cms::CertificateChoice>& choice : *signed_data.certificates) {
            if (const auto certificate = choice ? choice->certificate() : std::unexpected(choice.error())) {
                facts.certificates.push_back(facts_of(*certificate, index, sources));
            }
            ++index;
        }
    }
    if (signed_data.crls) {
        for (const Result<cms::RevocationInfoChoice>& choice : *signed_data.crls) {
            if (const auto list = choice ? choice->certificate_list() : std::unexpected(choice.error())) {
                facts.crls.push_back(*list);
            }
        }
    }
    find_issuers(facts.certificates);
    assign_roles(facts.certificates, facts.message_type() == scep::MessageType::CertRep, requested_key);
}

}  // namespace sceplab::evidence
