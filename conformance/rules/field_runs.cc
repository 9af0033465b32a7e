#include <conformance/rules/rule_files.h>
#include <conformance/rules/traces.h>

#include <array>
#include <map>
#include <utility>

// What conforms and breaks some receiver, told once a run and side, at the first message that has it. One row for each.
namespace sceplab::rules {

namespace {

using evidence::Dialect;
using scep::Operation;
using scep::PkiStatus;

enum class Of : std::uint8_t { requests, answers, both };

struct Row {
    Dialect dialect;
    Of of;
    std::string_view id;
    Citation cite;
    std::string_view says;
    const char* path;
    const char* message;
};

// clang-format off
constexpr std::array rows{
    Row{Dialect::indefinite_lengths, Of::both, "field.indefinite-lengths", {Document::rfc5652, "2"},
        "The message is in definite lengths", "",
        "the lengths are indefinite, which BER allows and RFC 5652 takes: the octets conform; decoders that know DER alone, and Go's older ber2der, break on them"},
    Row{Dialect::indefinite_envelope, Of::both, "field.indefinite-envelope", {Document::rfc5652, "2"},
        "The EnvelopedData is in definite lengths", "EnvelopedData",
        "the EnvelopedData has indefinite lengths inside of a SignedData in definite ones: the octets conform; servers that decode it again as DER break on it"},
    Row{Dialect::content_in_parts, Of::both, "field.content-in-parts", {Document::rfc5652, "5.4"},
        "The eContent is an OCTET STRING in one piece", "SignedData.encapContentInfo.eContent",
        "the eContent is a constructed OCTET STRING: the octets conform; receivers that digest its encoding instead of what its parts hold find another messageDigest"},
    Row{Dialect::encrypted_in_parts, Of::both, "field.encrypted-content-in-parts", {Document::rfc5652, "6.1"},
        "The encryptedContent is an OCTET STRING in one piece", "EnvelopedData.encryptedContentInfo.encryptedContent",
        "the encryptedContent is a constructed [0] IMPLICIT: the octets conform; receivers that do not join its parts, or take it for an EXPLICIT tag, cannot decrypt it"},
    Row{Dialect::sha1_with_rsa, Of::both, "field.sha1-with-rsa-signature", {Document::rfc3370, "3.2"},
        "The signatureAlgorithm of an RSA signature is rsaEncryption", "SignedData.signerInfos[0].signatureAlgorithm",
        "signatureAlgorithm is sha1WithRSAEncryption where rsaEncryption is the form that all have to take: the octets conform; some devices take rsaEncryption alone"},
    Row{Dialect::sha2_with_rsa, Of::both, "field.sha2-with-rsa-signature", {Document::rfc5754, "3.2"},
        "The signatureAlgorithm of an RSA signature is rsaEncryption", "SignedData.signerInfos[0].signatureAlgorithm",
        "signatureAlgorithm names RSA with its SHA-2 digest where rsaEncryption is the older form: the octets conform; strongSwan's openssl plugin and Go's older pkcs7 know rsaEncryption alone"},
    Row{Dialect::sha1_digest, Of::answers, "field.sha1-reply", {Document::rfc8894, "7.9"},
        "A reply is not signed over SHA-1", "SignedData.signerInfos[0].digestAlgorithm",
        "the reply is signed over SHA-1: the octets conform where the CA has nothing better; systems whose policy forbids SHA-1 call the signature wrong though it is right"},
};
// clang-format on

constexpr bool concerns(Of of, Side side) { return of == Of::both || (of == Of::requests) == (side == Side::request); }

template <std::size_t row>
Outcome once_a_side(const Run& run) {
    const Row& what = rows[row];
    Outcome out = Outcome::pass();
    bool any = false;
    for (const Side side : {Side::request, Side::response}) {
        const ExchangeRecord* first = nullptr;
        std::size_t count = 0;
        const auto where = [&](const ExchangeRecord& record) {
            return (side == Side::request ? record.request_dialects : record.response_dialects)[static_cast<std::size_t>(what.dialect)];
        };
        for (const ExchangeRecord& record : run.exchanges) {
            any = true;
            if (concerns(what.of, side) && where(record)) {
                first = first == nullptr ? &record : first;
                ++count;
            }
        }
        if (first != nullptr) {
            out.add({first->exchange, side, *where(*first), what.path},
                    what.message + (count > 1 ? " (" + std::to_string(count) + " messages)" : std::string()));
        }
    }
    return any ? out : Outcome::not_applicable();
}

template <std::size_t... row>
void add_family(std::vector<Rule<Run>>& rules, std::index_sequence<row...>) {
    (rules.push_back({.id = rows[row].id,
                      .severity = Severity::notice,
                      .cite = rows[row].cite,
                      .says = rows[row].says,
                      .covers = {},
                      .check = once_a_side<row>}),
     ...);
}

// The client heard the capabilities and never asked again.
Outcome goes_on_after_capabilities(const Run& run) {
    const ExchangeRecord* last = nullptr;
    for (const ExchangeRecord& record : run.exchanges) {
        if (record.http.operation != Operation::GetCACaps) {
            return record.http.operation ? Outcome::pass() : Outcome::not_applicable();
        }
        last = record.response_is_capabilities ? &record : last;
    }
    return last == nullptr
               ? Outcome::not_applicable()
               : Outcome::violation({last->exchange, Side::request, last->http.target, "request-target"},
                                    "nothing follows the answer to GetCACaps: the octets conform; clients that misread the capabilities, "
                                    "or want another media type or form of text, stop here");
}

// The same certificate again and again, and no request: the client finds no key in it that it can use.
Outcome goes_on_after_certificate(const Run& run) {
    const ExchangeRecord* last = nullptr;
    std::size_t asked = 0;
    for (const ExchangeRecord& record : run.exchanges) {
        if (!record.http.operation || record.http.operation == Operation::PKIOperation ||
            record.http.operation == Operation::GetNextCACert) {
            return record.http.operation ? Outcome::pass() : Outcome::not_applicable();
        }
        if (record.http.operation == Operation::GetCACert) {
            last = &record;
            ++asked;
        }
    }
    if (last == nullptr) {
        return Outcome::not_applicable();
    }
    constexpr std::size_t most = 2; // some ask for more than one certificate by turns
    return asked <= most
               ? Outcome::pass()
               : Outcome::violation(
                     {last->exchange, Side::request, last->http.target, "request-target"},
                     "GetCACert is asked " + std::to_string(asked) +
                         " times and no PKIOperation follows: the octets conform; Windows does so where no certificate has the key "
                         "usage that it wants for encryption, Apple where it finds no RA certificates that it can use");
}

// NDES and Intune give passwords that work once.
Outcome challenge_not_spent(const Run& run) {
    std::map<std::uint64_t, const ExchangeRecord*> spent;
    Outcome out = Outcome::pass();
    bool any = false;
    for (const ExchangeRecord& record : run.exchanges) {
        if (!record.challenge.present) {
            continue;
        }
        any = true;
        const auto before = spent.find(record.challenge.hash);
        if (before != spent.end() && record.pki_status == PkiStatus::FAILURE && record.transaction != before->second->transaction) {
            const std::string path = "messageData.certificationRequestInfo.attributes.challengePassword";
            out.add({record.exchange, Side::request, record.challenge.where, path},
                    "the challengePassword was taken before, in exchange " + std::to_string(before->second->exchange) +
                        ", and is refused now: one that works once is spent",
                    {{before->second->exchange, Side::request, before->second->challenge.where, path}});
        } else if (record.pki_status == PkiStatus::SUCCESS) {
            spent.emplace(record.challenge.hash, &record);
        }
    }
    return any ? out : Outcome::not_applicable();
}

std::vector<Rule<Run>> make_rules() {
    using enum Document;
    using enum Severity;
    std::vector<Rule<Run>> rules{
        {.id = "field.goes-on-after-capabilities",
         .severity = notice,
         .cite = {practice, "-"},
         .says = "A client that heard the capabilities goes on",
         .covers = {},
         .check = goes_on_after_capabilities},
        {.id = "field.goes-on-after-ca-certificate",
         .severity = notice,
         .cite = {practice, "-"},
         .says = "A client that has the CA certificate sends a request",
         .covers = {},
         .check = goes_on_after_certificate},
        {.id = "field.challenge-not-spent",
         .severity = notice,
         .cite = {rfc8894, "2.4"},
         .says = "A challengePassword that brought a certificate is not refused later",
         .covers = {},
         .check = challenge_not_spent},
    };
    add_family(rules, std::make_index_sequence<rows.size()>());
    return rules;
}

} // namespace

RuleSpan<Run> field_runs_rules() {
    static const std::vector<Rule<Run>> rules = make_rules();
    return rules;
}

} // namespace sceplab::rules
