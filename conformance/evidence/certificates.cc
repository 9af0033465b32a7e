#include <conformance/evidence/layers.h>

#include <scepcodec/botan/verify.h>

#include <algorithm>

namespace sceplab::evidence {

namespace {

CertificateFacts facts_of(const x509::Certificate& certificate, std::int32_t index, const scep::Sources& sources) {
    CertificateFacts out;
    out.certificate = certificate;
    out.original = scep::ber::original(certificate.whole, sources);
    const auto digest = botan::sha256(out.original.octets());
    std::ranges::copy_n(digest.begin(), static_cast<std::ptrdiff_t>(out.sha256.size()), out.sha256.begin());
    out.index = index;
    return out;
}

bool is_authority(const x509::Certificate& certificate, const std::vector<CertificateFacts>& all) {
    if (certificate.basic_constraints_ca().value_or(false)) {
        return true;
    }
    return std::ranges::any_of(all, [&](const CertificateFacts& other) {
        return !other.certificate.whole.same_octets(certificate.whole) && match(other.certificate.issuer, certificate.subject) != x509::NameMatch::different &&
               match(other.certificate.subject, certificate.subject) == x509::NameMatch::different;
    });
}

// An answer to GetCACert and GetNextCACert holds a CA's certificates; a CertRep also what was issued.
void assign_roles(std::vector<CertificateFacts>& all, bool in_cert_rep, std::optional<Input> requested_key) {
    const auto holds_key = [&](const CertificateFacts& each) {
        return in_cert_rep && requested_key && each.certificate.subject_public_key_info.whole.same_octets(*requested_key);
    };
    const bool key_is_there = std::ranges::any_of(all, holds_key);
    for (CertificateFacts& each : all) {
        if (holds_key(each)) {
            each.role = Role::issued;
        } else if (is_authority(each.certificate, all)) {
            each.role = Role::ca;
        } else if (!in_cert_rep) {
            each.role = all.size() == 1 ? Role::ca : Role::ra;
        } else {
            each.role = key_is_there ? Role::other : Role::issued;
        }
    }
}

}  // namespace

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
    assign_roles(facts.certificates, facts.message_type() == scep::MessageType::CertRep, requested_key);
}

}  // namespace sceplab::evidence
