#include <conformance/rules/common.h>
#include <conformance/rules/keys.h>
#include <conformance/rules/rule_files.h>

#include <scepcodec/der/set_order.h>
#include <scepcodec/x509/oids.h>

#include <algorithm>
#include <set>

// The CertificationRequest itself (RFC 2986, 4) and its challengePassword (RFC 2985, 5.4.1).
namespace sceplab::rules {

namespace {

using scep::pkcs10::CertificationRequest;
using scep::x509::Attribute;
namespace oids = scep::pkcs10::oids;
namespace tag = scep::der::tag;

constexpr const char* info_path = "messageData.certificationRequestInfo";

std::string attribute_path(std::int32_t index) { return std::string(info_path) + ".attributes[" + std::to_string(index) + "]"; }

// Asks of each attribute that decodes.
template <class F>
Outcome each_attribute(const Csr& request, F&& look) {
    const auto& attributes = request.csr.attributes;
    if (!attributes || attributes->empty()) {
        return Outcome::not_applicable();
    }
    Outcome out = Outcome::pass();
    for (auto each = attributes->begin(); each != attributes->end(); ++each) {
        if (const auto attribute = *each) {
            look(*attribute, attribute_path(each.index()), out);
        }
    }
    return out;
}

Outcome version(const Csr& request) {
    const auto& number = request.csr.version;
    return number.equals(0) ? Outcome::pass()
                            : Outcome::violation(place(request, number.content.location(), std::string(info_path) + ".version"),
                                                 "version is 0x" + number.to_hex() + " where v1 (0) is due");
}

Outcome attributes_present(const Csr& request) {
    return request.csr.attributes ? Outcome::pass()
                                  : Outcome::violation(place(request, request.csr.certification_request_info.location(), info_path),
                                                       "attributes [0] is left out, which is not OPTIONAL");
}

Outcome attributes_sorted(const Csr& request) {
    const auto& attributes = request.csr.attributes;
    if (!attributes) {
        return Outcome::not_applicable();
    }
    Input previous;
    for (auto each = attributes->begin(); each != attributes->end(); ++each) {
        if (scep::der::precedes(each.whole(), previous)) {
            return Outcome::violation(place(request, each.whole().location(), attribute_path(each.index())),
                                      "the attribute belongs before the one that precedes it");
        }
        previous = each.whole();
    }
    return Outcome::pass();
}

Outcome attributes_decode(const Csr& request) {
    const auto& attributes = request.csr.attributes;
    if (!attributes || attributes->empty()) {
        return Outcome::not_applicable();
    }
    for (auto each = attributes->begin(); each != attributes->end(); ++each) {
        const auto attribute = *each;
        if (!attribute) {
            return Outcome::violation(place(request, attribute.error().where, attribute_path(each.index())),
                                      "the attribute does not decode: " + attribute.error().to_string());
        }
        if (attribute->values.empty()) {
            return Outcome::violation(place(request, each.whole().location(), attribute_path(each.index())),
                                      "the attribute " + attribute->type.to_string() + " has no value");
        }
    }
    return Outcome::pass();
}

Outcome types_unique(const Csr& request) {
    std::set<std::string_view> seen;
    return each_attribute(request, [&](const Attribute& attribute, std::string path, Outcome& out) {
        if (!seen.insert(attribute.type.content.text()).second) {
            out.add(place(request, attribute.whole.location(), std::move(path)), "the attribute " + attribute.type.to_string() + " occurs again");
        }
    });
}

Outcome signature_algorithm(const Csr& request) {
    const auto& algorithm = request.csr.signature_algorithm;
    const SignatureKind* kind = signature_kind(algorithm.algorithm);
    const KeyKind key = kind_of(request.csr.subject_pk_info);
    if (kind == nullptr || key == KeyKind::other) {
        return Outcome::not_applicable();
    }
    const Place where = place(request, algorithm.whole.location(), "messageData.signatureAlgorithm");
    if (kind->key != key) {
        return Outcome::violation(where, "signatureAlgorithm " + algorithm.algorithm.to_string() + " is for a key of kind " + std::string(name(kind->key)) +
                                             ", the one in the request is " + std::string(name(key)));
    }
    const bool names_no_digest = algorithm.algorithm == scep::x509::oids::rsaEncryption || algorithm.algorithm == scep::x509::oids::id_ecPublicKey;
    return names_no_digest ? Outcome::violation(where, "signatureAlgorithm " + algorithm.algorithm.to_string() + " names a key and no digest") : Outcome::pass();
}

Outcome subject_structure(const Csr& request) {
    const auto wrong = [&](scep::Location where, std::int32_t index, std::string what) {
        return Outcome::violation(place(request, where, std::string(info_path) + ".subject[" + std::to_string(index) + "]"), std::move(what));
    };
    const auto& rdns = request.csr.subject.rdns;
    for (auto each = rdns.begin(); each != rdns.end(); ++each) {
        const auto rdn = *each;
        if (!rdn) {
            return wrong(rdn.error().where, each.index(), "the RelativeDistinguishedName does not decode: " + rdn.error().to_string());
        }
        if (rdn->attributes.empty()) {
            return wrong(each.whole().location(), each.index(), "the RelativeDistinguishedName is empty");
        }
        for (const auto& attribute : rdn->attributes) {
            if (!attribute) {
                return wrong(attribute.error().where, each.index(), "the AttributeTypeAndValue does not decode: " + attribute.error().to_string());
            }
        }
    }
    return Outcome::pass();
}

bool is_odd(const scep::der::Integer& number) { return !number.content.empty() && (number.content[number.content.size() - 1] & 1) == 1; }

Outcome rsa_key(const Csr& request) {
    if (kind_of(request.csr.subject_pk_info) != KeyKind::rsa || request.csr.subject_pk_info.subject_public_key.octets.empty()) {
        return Outcome::not_applicable();
    }
    const auto& info = request.csr.subject_pk_info;
    const Place where = place(request, info.whole.location(), std::string(info_path) + ".subjectPKInfo");
    const auto key = rsa_public_key(info);
    if (!key) {
        return Outcome::violation(where, "the subjectPublicKey is no SEQUENCE of a modulus and a publicExponent");
    }
    if (key->modulus.negative() || !is_odd(key->modulus)) {
        return Outcome::violation(where, "the modulus of " + std::to_string(key->modulus_octets()) + " octets is not an odd positive number");
    }
    const bool one = key->public_exponent.equals(1);
    return key->public_exponent.negative() || !is_odd(key->public_exponent) || one
               ? Outcome::violation(where, "publicExponent 0x" + key->public_exponent.to_hex() + " is not an odd number of 3 or more")
               : Outcome::pass();
}

// The attribute and what it holds are looked at; the secret itself is never shown.
struct Challenge {
    Attribute attribute;
    scep::der::Element value;
    std::string path;
};

std::expected<Challenge, Outcome> challenge(const Csr& request) {
    const auto& attributes = request.csr.attributes;
    const auto attribute = attributes ? scep::x509::find(*attributes, oids::challengePassword) : std::nullopt;
    const auto value = attribute ? attribute->value() : std::nullopt;
    if (!value) {
        return std::unexpected(Outcome::not_applicable());
    }
    return Challenge{*attribute, *value, std::string(info_path) + ".attributes.challengePassword"};
}

Outcome challenge_single(const Csr& request) {
    const auto found = challenge(request);
    if (!found) {
        return found.error();
    }
    return found->attribute.values.size() == 1 ? Outcome::pass()
                                               : Outcome::violation(place(request, found->attribute.values.whole().location(), found->path),
                                                                    "challengePassword has " + std::to_string(found->attribute.values.size()) + " values");
}

Outcome challenge_size(const Csr& request) {
    const auto found = challenge(request);
    const auto text = found ? scep::der::utf8_text(found->value) : std::nullopt;
    if (!text) {
        return Outcome::not_applicable();
    }
    // Clients of the drafts renew with an empty one, which has a rule of its own.
    const auto& signature = request.facts.signature;
    const bool renews = signature && signature->signer.certificate && !signature->signer.certificate->self_issued();
    if (text->empty() && renews) {
        return Outcome::not_applicable();
    }
    const auto characters = std::ranges::count_if(*text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; });
    return characters >= 1 && characters <= 255 ? Outcome::pass()
                                                : Outcome::violation(place(request, found->value.whole().location(), found->path),
                                                                     "challengePassword has " + std::to_string(characters) + " characters, not 1 to 255");
}

Outcome challenge_printable(const Csr& request) {
    const auto found = challenge(request);
    if (!found) {
        return found.error();
    }
    if (found->value.tag() == tag::PrintableString) {
        return Outcome::pass();
    }
    // What is no DirectoryString has a rule of its own.
    const auto text = found->value.tag() == tag::IA5String ? std::nullopt : scep::der::utf8_text(found->value);
    if (!text) {
        return Outcome::not_applicable();
    }
    constexpr std::string_view others = " '()+,-./:=?";
    const auto printable = [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || others.find(c) != std::string_view::npos;
    };
    return !text->empty() && std::ranges::all_of(*text, printable)
               ? Outcome::violation(place(request, found->value.whole().location(), found->path),
                                    "challengePassword is " + scep::to_string(found->value.tag()) + " though a PrintableString holds it")
               : Outcome::pass();
}

}  // namespace

RuleSpan<Csr> csr_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Csr>> rules{
        {.id = "csr.version",
         .severity = warning,
         .cite = {rfc2986, "4.1"},
         .says = "The version of a CertificationRequest is v1",
         .covers = {"P10-4.1-version-0"},
         .check = version},
        {.id = "csr.attributes-present",
         .severity = warning,
         .cite = {rfc2986, "4.1"},
         .says = "attributes [0] of a CertificationRequest is there, empty or not",
         .covers = {"P10-4.1-attributes-tag"},
         .check = attributes_present},
        {.id = "csr.attributes-sorted",
         .severity = warning,
         .cite = {rfc2986, "4.1"},
         .says = "The attributes of a CertificationRequest stand in the order of DER",
         .covers = {"P10-4.1-attributes-sorted", "DER-11.6-setof-sorted"},
         .check = attributes_sorted},
        {.id = "csr.attribute-values",
         .severity = warning,
         .cite = {rfc2986, "4.1"},
         .says = "Each attribute of a CertificationRequest decodes and has a value",
         .covers = {"P10-4.1-attribute-nonempty"},
         .check = attributes_decode},
        {.id = "csr.attributes-unique",
         .severity = warning,
         .cite = {rfc2986, "4.1"},
         .says = "No type of attribute occurs twice in a CertificationRequest",
         .covers = {"P10-4.1-attribute-unique"},
         .check = types_unique},
        {.id = "csr.signature-algorithm",
         .severity = warning,
         .cite = {rfc2986, "4.2"},
         .says = "The signature algorithm of a CertificationRequest names a digest and goes with the key in it",
         .covers = {"P10-4.2-sigalg"},
         .check = signature_algorithm},
        {.id = "csr.subject-structure",
         .severity = warning,
         .cite = {rfc2986, "4.1"},
         .says = "Each RelativeDistinguishedName of the subject decodes and holds an attribute",
         .covers = {"P10-4.1-subject-name"},
         .check = subject_structure},
        {.id = "csr.rsa-key",
         .severity = warning,
         .cite = {rfc2986, "4.1"},
         .says = "An RSA key in a CertificationRequest has an odd modulus and an odd exponent of 3 or more",
         .covers = {"P10-spki-rsa"},
         .check = rsa_key},
        {.id = "csr.challenge-password-single",
         .severity = warning,
         .cite = {rfc2985, "5.4.1"},
         .says = "challengePassword has one value",
         .covers = {"P9-5.4.1-challenge-single"},
         .check = challenge_single},
        {.id = "csr.challenge-password-size",
         .severity = warning,
         .cite = {rfc2985, "5.4.1"},
         .says = "challengePassword has 1 to 255 characters",
         .covers = {"P9-5.4.1-challenge-size"},
         .check = challenge_size},
        {.id = "csr.challenge-password-printable",
         .severity = notice,
         .cite = {rfc2985, "5.4.1"},
         .says = "challengePassword is a PrintableString where its characters allow it",
         .covers = {"P9-5.4.1-challenge-printable"},
         .check = challenge_printable},
    };
    return rules;
}

}  // namespace sceplab::rules
