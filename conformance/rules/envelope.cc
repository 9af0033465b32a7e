#include <conformance/rules/common.h>
#include <conformance/rules/recipient_certificate.h>
#include <conformance/rules/rule_files.h>
#include <conformance/rules/traces.h>

#include <scepcodec/x509/oids.h>

#include <algorithm>
#include <map>

// The EnvelopedData without opening it (RFC 5652, 6).
namespace sceplab::rules {

namespace {

namespace cms_oids = scep::cms::oids;
namespace oids = scep::x509::oids;

Outcome has_recipient(const Enveloped& message) {
    const auto& all = message.facts.envelope->recipients;
    return all.empty() ? Outcome::violation(place(message, all.whole().location(), "EnvelopedData.recipientInfos"), "there is no RecipientInfo")
                       : Outcome::pass();
}

Outcome recipients_decode(const Enveloped& message) {
    const auto& all = message.facts.envelope->recipients;
    for (auto each = all.begin(); each != all.end(); ++each) {
        if (const auto& recipient = *each; !recipient) {
            return Outcome::violation(place(message, recipient.error().where, recipient_path(each.index())),
                                      "the RecipientInfo does not decode: " + recipient.error().to_string());
        }
    }
    return all.empty() ? Outcome::not_applicable() : Outcome::pass();
}

Outcome key_encryption(const Enveloped& message) {
    Outcome out = Outcome::not_applicable();
    each_recipient(message, [&](const scep::cms::RecipientInfo& info, std::int32_t index) {
        const auto* ktri = std::get_if<scep::cms::KeyTransRecipientInfo>(&info.choice);
        if (ktri == nullptr) {
            return;
        }
        const auto& algorithm = ktri->key_encryption_algorithm;
        if (algorithm.algorithm == oids::rsaEncryption || algorithm.algorithm == oids::id_RSAES_OAEP) {
            out = out.state() == Outcome::State::not_applicable ? Outcome::pass() : out;
        } else {
            out.add(place(message, algorithm.whole.location(), recipient_path(index) + ".keyEncryptionAlgorithm"),
                    "keyEncryptionAlgorithm is " + algorithm.algorithm.to_string() + ", neither rsaEncryption nor id-RSAES-OAEP");
        }
    });
    return out;
}

Outcome known_other(const Enveloped& message) {
    Outcome out = Outcome::not_applicable();
    each_recipient(message, [&](const scep::cms::RecipientInfo& info, std::int32_t index) {
        const auto* other = std::get_if<scep::cms::OtherRecipientInfo>(&info.choice);
        if (other == nullptr) {
            return;
        }
        if (other->ori_type == cms_oids::id_ori_kem) {
            out = out.state() == Outcome::State::not_applicable ? Outcome::pass() : out;
        } else {
            out.add(place(message, other->ori_type.content.location(), recipient_path(index) + ".oriType"), "oriType is " + other->ori_type.to_string() + ", not id-ori-kem");
        }
    });
    return out;
}

Outcome no_originator(const Enveloped& message) {
    const auto& all = message.facts.envelope->recipients;
    const bool agreement = std::ranges::any_of(
        all, [](const auto& each) { return each && std::holds_alternative<scep::cms::KeyAgreeRecipientInfo>(each->choice); });
    const auto& info = message.enveloped.originator_info;
    return info && !agreement
               ? Outcome::violation(place(message, info->whole().location(), "EnvelopedData.originatorInfo"),
                                    "an originatorInfo of " + std::to_string(info->value().size()) + " octets, for which SCEP has no use")
               : Outcome::pass();
}

Outcome no_unprotected(const Enveloped& message) {
    const auto& attributes = message.enveloped.unprotected_attrs;
    return attributes ? Outcome::violation(place(message, attributes->whole().location(), "EnvelopedData.unprotectedAttrs"),
                                           std::to_string(attributes->size()) + " unprotectedAttrs, for which SCEP has no use")
                      : Outcome::pass();
}

// Octets of a block; 0 for a cipher whose block is not known.
std::uint32_t block(const scep::der::Oid& cipher) {
    if (cipher == cms_oids::aes128_CBC || cipher == cms_oids::aes192_CBC || cipher == cms_oids::aes256_CBC) {
        return 16;
    }
    return cipher == cms_oids::des_ede3_cbc || cipher == cms_oids::des_cbc || cipher == cms_oids::rc2_cbc ? 8 : 0;
}

Outcome whole_blocks(const Enveloped& message) {
    const auto& info = message.enveloped.encrypted_content_info;
    const std::uint32_t octets = block(info.content_encryption_algorithm.algorithm);
    const std::uint32_t size = info.encrypted_content ? info.encrypted_content->size() : 0;
    // No octets at all have a rule of their own.
    if (octets == 0 || size == 0) {
        return Outcome::not_applicable();
    }
    return size % octets == 0
               ? Outcome::pass()
               : Outcome::violation(place(message, info.encrypted_content->element().whole().location(), "EnvelopedData.encryptedContentInfo.encryptedContent"),
                                    "encryptedContent has " + std::to_string(size) + " octets, no whole blocks of " + std::to_string(octets));
}

Outcome iv_not_zero(const Enveloped& message) {
    const auto& algorithm = message.enveloped.encrypted_content_info.content_encryption_algorithm;
    if (block(algorithm.algorithm) == 0 || !algorithm.parameters || algorithm.parameters->tag() != scep::der::tag::OCTET_STRING) {
        return Outcome::not_applicable();
    }
    const Input iv = algorithm.parameters->value();
    const bool zero = !iv.empty() && std::ranges::all_of(iv, [](std::uint8_t octet) { return octet == 0; });
    return zero ? Outcome::violation(place(message, iv.location(), "EnvelopedData.encryptedContentInfo.contentEncryptionAlgorithm.parameters"),
                                     "the IV is " + std::to_string(iv.size()) + " octets of zero")
                : Outcome::pass();
}

// Values that no two messages share; the same message sent again is one message.
class FirstUses {
public:
    FirstUses(std::string path, std::string what) : m_path(std::move(path)), m_what(std::move(what)) {}

    void look_at(const ExchangeRecord& record, Side side, const evidence::Trace& value, const evidence::Trace& message, Outcome& out) {
        if (!value.present) {
            return;
        }
        const auto [use, first] = m_uses.try_emplace(value.hash, Use{record.exchange, side, value.where, message.hash});
        if (!first && use->second.message != message.hash) {
            out.add({record.exchange, side, value.where, m_path}, m_what + " of another message", {{use->second.exchange, use->second.side, use->second.where, m_path}});
        }
    }
    [[nodiscard]] bool empty() const { return m_uses.empty(); }

private:
    struct Use {
        std::uint32_t exchange;
        Side side;
        scep::Location where;
        std::uint64_t message;
    };
    std::map<std::uint64_t, Use> m_uses;
    std::string m_path;
    std::string m_what;
};

Outcome never_twice(const Run& run, FirstUses uses, evidence::Trace ExchangeRecord::*of_request, evidence::Trace ExchangeRecord::*of_response) {
    Outcome out = Outcome::pass();
    for (const ExchangeRecord& record : run.exchanges) {
        uses.look_at(record, Side::request, record.*of_request, record.request_message, out);
        uses.look_at(record, Side::response, record.*of_response, record.response_message, out);
    }
    return uses.empty() ? Outcome::not_applicable() : out;
}

Outcome fresh_iv(const Run& run) {
    return never_twice(run, {"EnvelopedData.encryptedContentInfo.contentEncryptionAlgorithm.parameters", "the IV"}, &ExchangeRecord::request_iv,
                       &ExchangeRecord::response_iv);
}

Outcome fresh_kem_ciphertext(const Run& run) {
    return never_twice(run, {"EnvelopedData.recipientInfos[0].kemct", "the kemct"}, &ExchangeRecord::request_kemct, &ExchangeRecord::response_kemct);
}

}  // namespace

RuleSpan<Enveloped> envelope_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Enveloped>> rules{
        {.id = "recipient.present",
         .severity = error,
         .cite = {rfc5652, "6.1"},
         .says = "An EnvelopedData has a recipient",
         .covers = {"CMS-6.1-recipient-min1"},
         .check = has_recipient},
        {.id = "recipient.decodes",
         .severity = warning,
         .cite = {rfc5652, "6.2"},
         .says = "Each RecipientInfo decodes",
         .covers = {"CMS-6.2.4-pwri-structure", "CMS-6.2.5-ori-structure", "CMS-10.2.4-ias", "KEM-fields"},
         .check = recipients_decode},
        {.id = "recipient.key-encryption-algorithm",
         .severity = warning,
         .cite = {rfc5652, "6.2.1"},
         .says = "A key is transported by rsaEncryption or RSAES-OAEP",
         .covers = {"CMS-6.2.1-keyenc-alg"},
         .check = key_encryption},
        {.id = "recipient.other-type-known",
         .severity = warning,
         .cite = {rfc9629, "3"},
         .says = "An OtherRecipientInfo is one for a KEM",
         .covers = {"KEM-ori-oid", "CMS-6.2.5-ori-structure"},
         .check = known_other},
        {.id = "envelope.no-originator-info",
         .severity = notice,
         .cite = {rfc5652, "6.1"},
         .says = "An envelope without key agreement has no originatorInfo",
         .covers = {"CMS-6.1-originatorinfo-absent"},
         .check = no_originator},
        {.id = "envelope.no-unprotected-attributes",
         .severity = notice,
         .cite = {rfc5652, "6.1"},
         .says = "An envelope has no unprotectedAttrs",
         .covers = {"CMS-6.1-unprotectedattrs-absent"},
         .check = no_unprotected},
        {.id = "envelope.whole-blocks",
         .severity = warning,
         .cite = {rfc5652, "6.3"},
         .says = "encryptedContent of a block cipher is one whole block or more",
         .covers = {"CMS-6.3-ciphertext-blocks"},
         .check = whole_blocks},
        {.id = "envelope.iv-not-zero",
         .severity = warning,
         .cite = {rfc5652, "14"},
         .says = "The IV of an envelope is not all zeros",
         .covers = {"ALG-iv-not-reused"},
         .check = iv_not_zero},
    };
    return rules;
}

RuleSpan<Run> run_envelope_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Run>> rules{
        {.id = "envelope.iv-fresh",
         .severity = warning,
         .cite = {rfc5652, "14"},
         .says = "No two messages have the same IV, except the same message sent again",
         .covers = {"ALG-iv-not-reused"},
         .check = fresh_iv},
        {.id = "kem.ciphertext-fresh",
         .severity = error,
         .cite = {rfc9629, "7"},
         .says = "No two messages have the same kemct, except the same message sent again",
         .covers = {"KEM-fresh"},
         .check = fresh_kem_ciphertext},
    };
    return rules;
}

}  // namespace sceplab::rules
