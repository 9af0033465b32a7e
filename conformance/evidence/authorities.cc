#include <conformance/evidence/authorities.h>

#include <scepcodec/botan/verify.h>
#include <scepcodec/x509/oids.h>

#include <algorithm>

namespace sceplab::evidence {

namespace {

// An answer may hold thousands of certificates; a real one holds a chain.
constexpr std::size_t most_certificates = 16;
constexpr int most_attempts = 4;

constexpr const scep::der::OidConstant& oid_of(FingerprintHash hash) {
    namespace oids = x509::oids;
    switch (hash) {
        case FingerprintHash::md5: return oids::id_md5;
        case FingerprintHash::sha1: return oids::id_sha1;
        case FingerprintHash::sha256: return oids::id_sha256;
        case FingerprintHash::sha512: return oids::id_sha512;
    }
    return oids::id_sha256;
}

bool has(Input certificate, const CaFingerprint& fingerprint) {
    const auto digest = botan::digest({Input(oid_of(fingerprint.hash).content())}, certificate.octets());
    return digest && std::ranges::equal(*digest, fingerprint.octets);
}

}  // namespace

void compare_fingerprints(std::vector<CertificateFacts>& certificates, const LocalFacts& local) {
    for (CertificateFacts& each : certificates) {
        for (const CaFingerprint& fingerprint : local.ca_fingerprints) {
            if (!each.fingerprint && has(each.original, fingerprint)) {
                each.fingerprint = fingerprint.hash;
            }
        }
    }
}

botan::Check signed_by_itself(Input certificate) {
    const auto decoded = x509::Certificate::decode(certificate);
    return decoded ? botan::verify(*decoded, *decoded) : botan::Check::not_performed("the certificate is not in DER");
}

botan::Check signed_by_one(Input certificate, const KnownCertificates& issuers) {
    const auto decoded = x509::Certificate::decode(certificate);
    if (!decoded) {
        return botan::Check::not_performed("the certificate is not in DER");
    }
    botan::Check best = botan::Check::not_performed("no certificate of its issuer is known");
    int attempts = 0;
    for (const auto& issuer : issuers) {
        const bool itself = certificate.same_octets(issuer->octets);
        if (itself || match(issuer->view.subject, decoded->issuer) == x509::NameMatch::different) {
            continue;
        }
        if (++attempts > most_attempts) {
            break;
        }
        const botan::Check check = botan::verify(*decoded, issuer->view);
        if (check.verdict == botan::Verdict::valid) {
            return check;
        }
        best = check;
    }
    return best;
}

KnownCertificates know_all(const std::vector<CertificateFacts>& certificates, bool cryptography) {
    std::vector<std::shared_ptr<KnownCertificate>> mine;
    KnownCertificates out;
    for (const CertificateFacts& certificate : certificates) {
        if (auto known = know({certificate.original.begin(), certificate.original.end()})) {
            known->fingerprint = certificate.fingerprint;
            mine.push_back(known);
            out.push_back(std::move(known));
        }
    }
    for (const auto& each : mine) {
        if (mine.size() <= most_certificates && !each->view.self_issued()) {
            each->by_issuer = cryptography ? signed_by_one(Input(each->octets), out) : switched_off();
        }
    }
    return out;
}

void find_issuing_ca(std::vector<CertificateFacts>& certificates, const ServerKnowledge& server, const scep::Sources& sources) {
    if (server.next_ca_certificates.empty()) {
        return;
    }
    std::size_t looked_at = 0;
    for (CertificateFacts& each : certificates) {
        if (each.role != Role::issued || ++looked_at > most_certificates) {
            continue;
        }
        const Input original = scep::ber::original(each.certificate.whole, sources);
        if (signed_by_one(original, server.ca_certificates).verdict == botan::Verdict::valid) {
            each.issued_under = IssuedUnder::current;
        } else if (signed_by_one(original, server.next_ca_certificates).verdict == botan::Verdict::valid) {
            each.issued_under = IssuedUnder::next;
        }
    }
}

}  // namespace sceplab::evidence
