#include <conformance/rules/common.h>
#include <conformance/rules/rule_files.h>

#include <algorithm>

// Bodies as such: what is there where CMS is due.
namespace sceplab::rules {

namespace {

using evidence::BodyKind;
using scep::Operation;

Place whole(const Body& body) { return place(body, body.facts.octets.location(), ""); }

Outcome decodes(const Body& body) {
    const MessageFacts& facts = body.facts;
    if (facts.kind == BodyKind::enveloped || facts.kind == BodyKind::messageData) {
        return Outcome::not_applicable();
    }
    if (facts.error) {
        return Outcome::violation(error_place(body.exchange, facts.side, *facts.error), "no CMS message: " + facts.error->to_string());
    }
    if (facts.kind == BodyKind::none) {
        return Outcome::violation(whole(body), "there is no message");
    }
    const bool cms = facts.kind == BodyKind::pki_message || facts.kind == BodyKind::certificates;
    return cms ? Outcome::pass() : Outcome::violation(whole(body), "the body is no CMS message");
}

// Of a bare file nothing says that it is meant to be a pkiMessage.
Outcome is_signed(const Body& body) {
    const MessageFacts& facts = body.facts;
    if (body.exchange.operation != Operation::PKIOperation) {
        return Outcome::not_applicable();
    }
    switch (facts.kind) {
    case BodyKind::pki_message:
        return Outcome::pass();
    case BodyKind::enveloped:
        return Outcome::violation(whole(body), "an EnvelopedData without a SignedData around it");
    case BodyKind::certificates:
        return Outcome::violation(whole(body), "certificates where a signed pkiMessage is due");
    case BodyKind::messageData:
        return Outcome::violation(whole(body), "a CertificationRequest in the clear, neither enveloped nor signed");
    default:
        return Outcome::not_applicable();
    }
}

Outcome no_trailing_octets(const Body& body) {
    if (body.facts.kind == BodyKind::none || body.facts.kind == BodyKind::other) {
        return Outcome::not_applicable();
    }
    const auto& deviations = body.facts.deviations;
    const auto trailing = std::ranges::find(deviations, scep::ber::DeviationKind::trailing_octets, &scep::ber::Deviation::kind);
    if (trailing == deviations.end()) {
        return Outcome::pass();
    }
    return Outcome::violation(place(body, trailing->where, ""), std::to_string(trailing->where.length) + " octets follow the ContentInfo");
}

// The certificates-only SignedData of a body: alone, signed (GetNextCACert), or decrypted (CertRep). What GetCACert gives is due to be one.
struct Degenerate {
    const scep::cms::SignedData* signed_data = nullptr;
    std::string path;
};

Degenerate degenerate(const Body& body) {
    const MessageFacts& facts = body.facts;
    if (body.exchange.operation == Operation::GetCACert && facts.message) {
        return {&facts.message->signed_data, "SignedData"};
    }
    if (facts.certs_only && facts.certs_only->signed_data) {
        return {&*facts.certs_only->signed_data, facts.message ? "SignedData.encapContentInfo.eContent.SignedData" : "SignedData"};
    }
    if (facts.message_data && facts.message_data->signed_data) {
        return {&*facts.message_data->signed_data, "messageData.SignedData"};
    }
    return {};
}

Outcome without_signers(const Body& body) {
    const auto [data, path] = degenerate(body);
    if (data == nullptr) {
        return Outcome::not_applicable();
    }
    if (data->signer_infos.empty()) {
        return Outcome::pass();
    }
    return Outcome::violation(place(body, data->signer_infos.whole().location(), path + ".signerInfos"),
                              "the certificates-only SignedData has " + std::to_string(data->signer_infos.size()) + " SignerInfos");
}

Outcome without_content(const Body& body) {
    const auto [data, path] = degenerate(body);
    if (data == nullptr || !data->signer_infos.empty()) {
        return Outcome::not_applicable();
    }
    const auto& content = data->encap_content_info.content;
    return content ? Outcome::violation(place(body, content->whole().location(), path + ".encapContentInfo.eContent"),
                                        "the certificates-only SignedData has an eContent of " + std::to_string(content->value().size()) +
                                            " octets")
                   : Outcome::pass();
}

Outcome not_empty(const Body& body) {
    const auto [data, path] = degenerate(body);
    if (data == nullptr || !data->signer_infos.empty()) {
        return Outcome::not_applicable();
    }
    const bool certificates = data->certificates && !data->certificates->empty();
    const bool crls = data->crls && !data->crls->empty();
    return certificates || crls ? Outcome::pass()
                                : Outcome::violation(place(body, data->whole.location(), path),
                                                     "the certificates-only SignedData holds neither certificates nor CRLs");
}

Outcome degenerate_version(const Body& body) {
    const auto [data, path] = degenerate(body);
    if (data == nullptr || !data->signer_infos.empty()) {
        return Outcome::not_applicable();
    }
    const int computed = data->computed_version();
    return data->version.equals(computed) ? Outcome::pass()
                                          : Outcome::violation(place(body, data->version.content.location(), path + ".version"),
                                                               "version is " + data->version.to_hex() +
                                                                   " (hexadecimal), its content makes it " + std::to_string(computed));
}

Outcome next_ca_is_signed(const Body& body) {
    if (body.exchange.operation != Operation::GetNextCACert ||
        (body.facts.kind != BodyKind::certificates && body.facts.kind != BodyKind::pki_message)) {
        return Outcome::not_applicable();
    }
    return body.facts.message ? Outcome::pass() : Outcome::violation(whole(body), "the next CA certificates are not signed");
}

}  // namespace

RuleSpan<Body> body_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Body>> rules{
        {.id = "message.decodes",
         .severity = error,
         .cite = {rfc8894, "3"},
         .says = "Where a message is due, the body is one that decodes",
         .covers = {"CMS-3-contentinfo", "CMS-5.1-sd-fields-order", "SCEP-4.3.1-response-is-certrep", "SCEP-4.3.1-response-binary",
                    "SCEP-4.2.1.1-single-der", "DER-truncated", "LEG-4.2-reply-certrep", "CMS-5.1-signerinfos-set", "CMS-10.2.4-ias",
                    "DER-8.1.2-minimal-tag", "DER-8.3-minimal-integer", "DER-8.19-oid-minimal", "DER-size", "DER-explicit-implicit-tags"},
         .check = decodes},
        {.id = "message.signed",
         .severity = error,
         .cite = {rfc8894, "3.2"},
         .says = "A pkiMessage is a SignedData, around the envelope and not inside of it",
         .covers = {"SCEP-3-outer-signeddata", "SCEP-3-two-layers", "SCEP-3.1-encrypt-then-sign", "LEG-2.1.1-keypair"},
         .check = is_signed},
        {.id = "message.no-trailing-octets",
         .severity = warning,
         .cite = {rfc8894, "4.1"},
         .says = "A body is one CMS value and nothing after it",
         .covers = {"SCEP-4.1-body-single-der", "DER-trailing"},
         .check = no_trailing_octets},
        {.id = "certificates-only.no-signers",
         .severity = error,
         .cite = {rfc8894, "3.4"},
         .says = "A certificates-only SignedData has no signers",
         .covers = {"SCEP-3.4-no-signers", "SCEP-2.2-cacert-in-clear", "SCEP-4.2.1.2-chain-degenerate"},
         .check = without_signers},
        {.id = "certificates-only.content-omitted",
         .severity = error,
         .cite = {rfc8894, "3.4"},
         .says = "A certificates-only SignedData has no content",
         .covers = {"SCEP-3.4-content-omitted", "CMS-5.2-degenerate-no-content", "LEG-3.3-content-omitted"},
         .check = without_content},
        {.id = "certificates-only.not-empty",
         .severity = warning,
         .cite = {rfc8894, "3.4"},
         .says = "A certificates-only SignedData carries a certificate or a CRL",
         .covers = {"SCEP-3.4-not-empty"},
         .check = not_empty},
        {.id = "version.certificates-only",
         .severity = error,
         .cite = {rfc5652, "5.1"},
         .says = "The version of a certificates-only SignedData is the one that its content makes it",
         .covers = {"CMS-5.1-version-1"},
         .check = degenerate_version},
        {.id = "next-ca.signed",
         .severity = error,
         .cite = {rfc8894, "4.7.1"},
         .says = "The answer to GetNextCACert is a SignedData with a signer",
         .covers = {"SCEP-4.7.1-signed-by-current-ca"},
         .check = next_ca_is_signed},
    };
    return rules;
}

}  // namespace sceplab::rules
