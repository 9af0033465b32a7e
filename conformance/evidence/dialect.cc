#include <conformance/evidence/dialect.h>

#include <scepcodec/x509/oids.h>

#include <algorithm>

namespace sceplab::evidence {

namespace {

namespace oids = x509::oids;

std::optional<scep::Location> first(scep::ber::DeviationKind kind, const std::vector<scep::ber::Deviation>& deviations) {
    const auto found = std::ranges::find(deviations, kind, &scep::ber::Deviation::kind);
    return found == deviations.end() ? std::nullopt : std::optional(found->where);
}

// The eContent as received, where it was a constructed OCTET STRING. Normalising has put its parts together; no other string of a message
// has room for them.
std::optional<scep::Location> content_in_parts(const MessageFacts& facts) {
    const auto& content = facts.message->signed_data.encap_content_info.e_content;
    const auto found = std::ranges::find_if(facts.deviations, [&](const scep::ber::Deviation& deviation) {
        return deviation.kind == scep::ber::DeviationKind::constructed_string && content && deviation.where.length > content->size();
    });
    return found == facts.deviations.end() ? std::nullopt : std::optional(found->where);
}

bool is_sha2_with_rsa(const scep::der::Oid& oid) {
    return oid == oids::sha224WithRSAEncryption || oid == oids::sha256WithRSAEncryption || oid == oids::sha384WithRSAEncryption ||
           oid == oids::sha512WithRSAEncryption;
}

} // namespace

Dialects dialects(const MessageFacts& facts) {
    using enum scep::ber::DeviationKind;
    Dialects out;
    const auto at = [&](Dialect dialect) -> std::optional<scep::Location>& { return out[static_cast<std::size_t>(dialect)]; };
    at(Dialect::indefinite_lengths) = first(indefinite_length, facts.deviations);
    if (facts.message) {
        at(Dialect::content_in_parts) = content_in_parts(facts);
        const cms::SignerInfo& signer = facts.message->signer_info;
        const auto algorithm = signer.signature_algorithm.whole.location();
        at(Dialect::sha1_with_rsa) =
            signer.signature_algorithm.algorithm == oids::sha1WithRSAEncryption ? std::optional(algorithm) : std::nullopt;
        at(Dialect::sha2_with_rsa) = is_sha2_with_rsa(signer.signature_algorithm.algorithm) ? std::optional(algorithm) : std::nullopt;
        if (signer.digest_algorithm.algorithm == oids::id_sha1) {
            at(Dialect::sha1_digest) = signer.digest_algorithm.whole.location();
        }
    }
    if (facts.envelope && facts.envelope->enveloped_data) {
        const auto& content = facts.envelope->enveloped_data->encrypted_content_info.encrypted_content;
        at(Dialect::encrypted_in_parts) =
            content && content->in_parts() ? std::optional(content->element().whole().location()) : std::nullopt;
        at(Dialect::indefinite_envelope) =
            at(Dialect::indefinite_lengths) ? std::nullopt : first(indefinite_length, facts.envelope->deviations);
    }
    return out;
}

} // namespace sceplab::evidence
