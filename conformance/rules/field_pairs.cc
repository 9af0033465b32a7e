#include <conformance/rules/common.h>
#include <conformance/rules/rule_files.h>

#include <scepcodec/x509/oids.h>

// Replies that conform and that the client who asked cannot read, and requests that NDES cannot.
namespace sceplab::rules {

namespace {

namespace oids = scep::x509::oids;
using scep::x509::AlgorithmIdentifier;

constexpr auto aes = scep::der::oid("2.16.840.1.101.3.4.1");
constexpr auto sha2 = scep::der::oid("2.16.840.1.101.3.4.2");

bool is_below(const AlgorithmIdentifier& algorithm, const scep::der::OidConstant& arc) {
    return algorithm.algorithm.content.slice(0, arc.size).same_octets(arc.content());
}

const AlgorithmIdentifier* cipher(const MessageFacts& facts) {
    const auto* envelope = enveloped_data(facts);
    return envelope != nullptr ? &envelope->encrypted_content_info.content_encryption_algorithm : nullptr;
}

// A client that speaks of old algorithms, to a CA that did not say it has newer ones.
Outcome digest_of_request(const Pair& pair) {
    const auto& server = pair.request.exchange.server;
    const AlgorithmIdentifier& asked = pair.request.message.signer_info.digest_algorithm;
    const AlgorithmIdentifier& given = pair.reply.message.signer_info.digest_algorithm;
    if (!server.capabilities || server.announces("SHA-256") || is_below(asked, sha2)) {
        return Outcome::not_applicable();
    }
    return is_below(given, sha2)
               ? Outcome::violation(place(pair.reply, given.whole.location(), "SignedData.signerInfos[0].digestAlgorithm"),
                                    "the reply is signed over " + given.algorithm.to_string() + " where the request was over " +
                                        asked.algorithm.to_string() +
                                        ", and the CA announced no SHA-256: the octets conform; clients that know the older digest alone "
                                        "cannot verify it")
               : Outcome::pass();
}

Outcome cipher_of_request(const Pair& pair) {
    const auto& server = pair.request.exchange.server;
    const AlgorithmIdentifier* asked = cipher(pair.request.facts);
    const AlgorithmIdentifier* given = cipher(pair.reply.facts);
    if (!server.capabilities || server.announces("AES") || asked == nullptr || given == nullptr || is_below(*asked, aes)) {
        return Outcome::not_applicable();
    }
    return is_below(*given, aes)
               ? Outcome::violation(
                     place(pair.reply, given->whole.location(), "EnvelopedData.encryptedContentInfo.contentEncryptionAlgorithm"),
                     "the reply is in " + given->algorithm.to_string() + " where the request was in " + asked->algorithm.to_string() +
                         ", and the CA announced no AES: the octets conform; clients that know the older cipher alone cannot open it")
               : Outcome::pass();
}

bool is_microsoft(const ExchangeFacts& exchange) {
    const evidence::Traits traits = evidence::traits(exchange, Side::response);
    return traits.has(evidence::Trait::server_iis) || traits.has(evidence::Trait::microsoft_attribute);
}

Outcome ndes_takes_it(const Pair& pair) {
    const AlgorithmIdentifier* asked = cipher(pair.request.facts);
    if (asked == nullptr || !is_microsoft(pair.reply.exchange)) {
        return Outcome::not_applicable();
    }
    const bool is_new = is_below(*asked, aes) || is_below(pair.request.message.signer_info.digest_algorithm, sha2);
    const bool refused = pair.reply.facts.pki_status() == scep::PkiStatus::FAILURE;
    const AlgorithmIdentifier* given = cipher(pair.reply.facts);
    const bool answered_otherwise = is_below(*asked, aes) && given != nullptr && !is_below(*given, aes);
    if (!is_new || (!refused && !answered_otherwise)) {
        return Outcome::pass();
    }
    return Outcome::violation(place(pair.request, asked->whole.location(), "EnvelopedData.encryptedContentInfo.contentEncryptionAlgorithm"),
                              "Microsoft's server " +
                                  (refused ? std::string("refuses") : "answers in " + given->algorithm.to_string() + " to") +
                                  " a request in " + asked->algorithm.to_string() + " signed over " +
                                  pair.request.message.signer_info.digest_algorithm.algorithm.to_string() +
                                  ": the request conforms; versions of NDES handle AES and SHA-2 wrongly");
}

Outcome portable_id(const Request& request) {
    const std::string id = request.facts.transaction_id();
    const auto mark = id.find_first_of("+/=");
    return mark == std::string::npos
               ? Outcome::pass()
               : Outcome::violation(
                     attribute_place(request, request.attributes.transaction_id),
                     "the transactionID " + quoted(id) + " has \"" + id[mark] +
                         "\", which a PrintableString may have: it conforms; servers that take letters and digits alone refuse it");
}

} // namespace

RuleSpan<Pair> field_pairs_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Pair>> rules{
        {.id = "field.reply-digest-of-request",
         .severity = notice,
         .cite = {rfc8894, "3.5.2"},
         .says = "A reply is signed over the older digest of its request where the CA announced no newer one",
         .covers = {},
         .check = digest_of_request},
        {.id = "field.reply-cipher-of-request",
         .severity = notice,
         .cite = {rfc8894, "3.5.2"},
         .says = "A reply is in the older cipher of its request where the CA announced no newer one",
         .covers = {},
         .check = cipher_of_request},
        {.id = "field.ndes-takes-algorithms",
         .severity = notice,
         .cite = {rfc8894, "3.5.2"},
         .says = "Microsoft's server takes a request in AES and over SHA-2",
         .covers = {},
         .check = ndes_takes_it},
    };
    return rules;
}

RuleSpan<Request> field_identifier_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Request>> rules{
        {.id = "field.transaction-id-portable",
         .severity = notice,
         .cite = {rfc8894, "3.2.1.1"},
         .says = "transactionID has no characters that servers are known to refuse",
         .covers = {},
         .check = portable_id},
    };
    return rules;
}

} // namespace sceplab::rules
