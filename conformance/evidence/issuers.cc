#include <conformance/evidence/issuers.h>

#include <scepcodec/botan/verify.h>
#include <scepcodec/x509/oids.h>

#include <algorithm>
#include <ranges>
#include <span>

namespace sceplab::evidence {

namespace {

// A hostile reply may hold thousands; a real one holds a chain.
constexpr std::size_t most_certificates = 32;
constexpr int most_attempts = 8;

// keyIdentifier [0] of an AuthorityKeyIdentifier (RFC 5280, 4.2.1.1).
template <class Issued>
std::optional<Input> authority_key_identifier(const Issued& issued) {
    const auto extension = issued.extension(x509::oids::id_ce_authorityKeyIdentifier);
    const Input value = extension ? extension->extn_value : Input();
    const auto outer = scep::der::read_header(value);
    if (!outer || outer->tag != scep::der::tag::SEQUENCE) {
        return std::nullopt;
    }
    const Input inside = value.from(outer->size);
    const auto inner = scep::der::read_header(inside);
    return inner && inner->tag == scep::der::tag::context(0) ? std::optional(inside.slice(inner->size, inner->length)) : std::nullopt;
}

// A CA keeps its name when it takes a new key: where both sides name the key, the name alone does not tell.
template <class Issued>
bool may_be_issuer(const x509::Certificate& candidate, const Issued& issued, std::optional<Input> wanted_key) {
    if (match(candidate.subject, issued.issuer) == x509::NameMatch::different) {
        return false;
    }
    const auto own_key = wanted_key ? candidate.subject_key_identifier() : std::nullopt;
    return !own_key || own_key->same_octets(*wanted_key);
}

template <class Issued>
botan::Check signed_by_one(const Issued& issued, Input to_be_signed, const scep::der::BitString& signature, std::span<const x509::Certificate> candidates) {
    botan::Check best = botan::Check::not_performed("no certificate of its issuer is known");
    const auto wanted_key = authority_key_identifier(issued);
    int attempts = 0;
    for (const x509::Certificate& candidate : candidates) {
        if (!may_be_issuer(candidate, issued, wanted_key)) {
            continue;
        }
        if (++attempts > most_attempts) {
            break;
        }
        const auto key = botan::PublicKey::load(candidate.subject_public_key_info);
        const botan::Check check = key ? botan::verify(issued.signature_algorithm, signature.octets.octets(), to_be_signed.octets(), *key)
                                       : botan::Check::not_performed("the issuer's key cannot be used");
        if (check.verdict == botan::Verdict::valid) {
            return check;
        }
        if (best.verdict != botan::Verdict::invalid) {
            best = check;
        }
    }
    return best;
}

}  // namespace

void check_issuers(MessageFacts& facts, const ServerKnowledge& server, const Settings& settings, const scep::Sources& sources) {
    if (facts.message_type() != scep::MessageType::CertRep || (facts.certificates.empty() && facts.crls.empty())) {
        return;
    }
    if (!settings.cryptography) {
        std::ranges::fill(facts.certificates | std::views::transform(&CertificateFacts::by_issuer), switched_off());
        facts.crl_checks.assign(facts.crls.size(), switched_off());
        return;
    }
    std::vector<x509::Certificate> candidates;
    for (const KnownCertificates* all : {&server.ca_certificates, &server.next_ca_certificates, &settings.certificates, &settings.anchors}) {
        std::ranges::transform(*all, std::back_inserter(candidates), [](const auto& known) { return known->view; });
    }
    for (std::size_t i = 0; i < std::min(facts.certificates.size(), most_certificates); ++i) {
        candidates.push_back(facts.certificates[i].certificate);
    }
    for (std::size_t i = 0; i < facts.certificates.size(); ++i) {
        CertificateFacts& each = facts.certificates[i];
        const Input signed_octets = scep::ber::original(each.certificate.tbs_certificate, sources);
        each.by_issuer = i < most_certificates ? signed_by_one(each.certificate, signed_octets, each.certificate.signature_value, candidates)
                                               : botan::Check::not_performed("too many certificates");
    }
    for (const x509::CertificateList& list : facts.crls) {
        const Input signed_octets = scep::ber::original(list.tbs_cert_list, sources);
        facts.crl_checks.push_back(facts.crl_checks.size() < most_certificates
                                       ? signed_by_one(list, signed_octets, list.signature_value, candidates)
                                       : botan::Check::not_performed("too many CRLs"));
    }
}

}  // namespace sceplab::evidence
