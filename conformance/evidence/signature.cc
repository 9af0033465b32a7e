#include <conformance/evidence/signature.h>

#include <conformance/evidence/authorities.h>

#include <scepcodec/botan/verify.h>

#include <algorithm>

namespace sceplab::evidence {

namespace {

// A certificate that the sid names.
struct Candidate {
    Found found = Found::nowhere;
    x509::Certificate certificate;
    std::shared_ptr<const KnownCertificate> known;
};

// Each costs a hash of the content and an operation with its key; nobody needs more of one name and number.
constexpr std::size_t most_candidates = 16;

struct Candidates {
    std::vector<Candidate> each;
    std::uint32_t in_message = 0;
    bool all = true;
};

Candidates candidates(const MessageFacts& facts, const ServerKnowledge& server, const Settings& settings) {
    Candidates out;
    const auto add = [&](Candidate candidate) {
        const auto same = [&](const Candidate& other) { return other.certificate.whole.same_octets(candidate.certificate.whole); };
        if (std::ranges::any_of(out.each, same)) {
            return;
        }
        if (out.each.size() == most_candidates) {
            out.all = false;
            return;
        }
        out.each.push_back(std::move(candidate));
    };
    const cms::CertificateIdentifier& sid = facts.message->signer_info.sid;
    for (const IncludedCertificate& each : facts.included) {
        if (sid.matches(each.certificate)) {
            ++out.in_message;
            add({Found::message, each.certificate, nullptr});
        }
    }
    const auto add_known = [&](const KnownCertificates& all, Found found) {
        for (const auto& known : all) {
            if (sid.matches(known->view)) {
                add({found, known->view, known});
            }
        }
    };
    add_known(server.ca_certificates, Found::GetCACert);
    add_known(settings.certificates, Found::cert);
    add_known(settings.anchors, Found::cert);
    return out;
}

botan::SignatureCheck verify(const scep::PkiMessage& message, const Candidate& candidate) {
    const auto key = botan::PublicKey::load(candidate.certificate.subject_public_key_info);
    if (!key) {
        botan::SignatureCheck out;
        out.message_digest = out.signature = botan::Check::not_performed("the signer's key cannot be used: " + std::string(name(key.error().code)));
        return out;
    }
    return botan::verify(message.signer_info, message.signed_data.encap_content_info, *key);
}

botan::SignatureCheck not_verified() {
    botan::SignatureCheck out;
    out.message_digest = out.signature = switched_off();
    return out;
}

// The octets as received; a known certificate stands outside of the sources.
Input received(const Candidate& candidate, const scep::Sources& sources) {
    return candidate.known ? candidate.certificate.whole : scep::ber::original(candidate.certificate.whole, sources);
}

botan::Check check_chain(Input leaf, const MessageFacts& facts, const ServerKnowledge& server, const Settings& settings,
                         std::optional<input::Timestamp> time, const scep::Sources& sources) {
    if (!settings.cryptography) {
        return switched_off();
    }
    if (settings.anchors.empty()) {
        return botan::Check::not_performed("no trust anchor");
    }
    if (!time) {
        return botan::Check::not_performed("no time of capture");
    }
    std::vector<Input> others;
    for (const IncludedCertificate& each : facts.included) {
        others.push_back(scep::ber::original(each.whole, sources));
    }
    const auto views = [](const KnownCertificates& all, std::vector<Input>& into) {
        std::ranges::transform(all, std::back_inserter(into), [](const auto& known) { return known->view.whole; });
    };
    views(server.ca_certificates, others);
    views(settings.certificates, others);
    std::vector<Input> anchors;
    views(settings.anchors, anchors);
    return botan::verify_chain(leaf, others, anchors, *time / 1'000'000);
}

}  // namespace

Signature check_signature(const MessageFacts& facts, const ServerKnowledge& server, const Settings& settings, std::optional<input::Timestamp> time,
                          const scep::Sources& sources) {
    Signature out;
    out.signer.ca_certificates_known = server.ca_certificates_known;
    const Candidates all = candidates(facts, server, settings);
    out.signer.matching_certificates = all.in_message;
    if (all.each.empty()) {
        const std::string reason = "the signer's certificate is not known";
        out.overall = out.value = out.message_digest = botan::Check::not_performed(reason);
        out.signer.chain = botan::Check::not_performed(reason);
        return out;
    }
    // Certificates of one name and number may hold different keys: the one that fits is the signer's.
    const Candidate* chosen = nullptr;
    for (const Candidate& candidate : all.each) {
        const botan::SignatureCheck check = settings.cryptography ? verify(*facts.message, candidate) : not_verified();
        const botan::Check overall = check.overall();
        if (chosen == nullptr || overall.verdict == botan::Verdict::valid) {
            chosen = &candidate;
            out.overall = overall;
            out.message_digest = check.message_digest;
            out.value = check.signature;
            out.only_when_sorted = check.order == botan::SignedAttrsOrder::sorted;
        }
        if (overall.verdict == botan::Verdict::valid) {
            break;
        }
    }
    if (!all.all && out.overall.verdict != botan::Verdict::valid) {
        out.overall = out.value =
            botan::Check::not_performed("more than " + std::to_string(most_candidates) + " certificates have the signer's name and number");
    }
    out.signer.found = chosen->found;
    out.signer.certificate = chosen->certificate;
    out.signer.known = chosen->known;
    const Input original = received(*chosen, sources);
    out.signer.certificate_original = original;
    out.signer.in_get_ca_cert = std::ranges::any_of(server.ca_certificates, [&](const auto& known) { return original.same_octets(known->octets); });
    if (facts.side == Side::request && chosen->certificate.self_issued()) {
        out.signer.by_itself = settings.cryptography ? signed_by_itself(original) : switched_off();
    } else if (facts.side == Side::request) {
        out.signer.by_ca = settings.cryptography ? signed_by_one(original, server.ca_certificates) : switched_off();
    }
    out.signer.chain = check_chain(original, facts, server, settings, time, sources);
    return out;
}

}  // namespace sceplab::evidence
