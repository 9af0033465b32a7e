#include <conformance/rules/common.h>
#include <conformance/rules/rule_files.h>

#include <scepcodec/x509/oids.h>

#include <algorithm>

// An envelope is there for the one it is for: by his key where that can encrypt, else by the challengePassword (RFC 8894, 3.1, 3.2.2).
namespace sceplab::rules {

namespace {

using scep::cms::KeyTransRecipientInfo;
using scep::cms::PasswordRecipientInfo;
using scep::x509::Certificate;

bool takes_key_transport(const Certificate& certificate) {
    namespace oids = scep::x509::oids;
    const auto& algorithm = certificate.subject_public_key_info.algorithm.algorithm;
    return algorithm == oids::rsaEncryption || algorithm == oids::id_RSAES_OAEP;
}

// Keys that only sign. Of any other kind nothing is said.
bool only_signs(const Certificate& certificate) {
    namespace oids = scep::x509::oids;
    const auto& algorithm = certificate.subject_public_key_info.algorithm.algorithm;
    return algorithm == oids::id_ecPublicKey || algorithm == oids::id_dsa || algorithm == oids::id_Ed25519;
}

// Whose key an envelope may be for: the CA's certificates, or the signer of the request that is answered.
std::vector<const Certificate*> possible_recipients(const Message& message) {
    std::vector<const Certificate*> out;
    if (message.facts.side == Side::response) {
        const auto* request = message.exchange.side(Side::request);
        if (request != nullptr && request->signature && request->signature->signer.certificate) {
            out.push_back(&*request->signature->signer.certificate);
        }
        return out;
    }
    for (const auto* known : {&message.exchange.server.ca_certificates, &message.exchange.server.next_ca_certificates}) {
        std::ranges::transform(*known, std::back_inserter(out), [](const auto& each) { return &each->view; });
    }
    return out;
}

std::string path_of(std::int32_t index) { return "EnvelopedData.recipientInfos[" + std::to_string(index) + "]"; }

Outcome form_fits_key(const Enveloped& message) {
    const auto possible = possible_recipients(message);
    if (possible.empty()) {
        return Outcome::not_performed("the certificate of the recipient is not known");
    }
    const bool all_take_transport = std::ranges::all_of(possible, [](const Certificate* each) { return takes_key_transport(*each); });
    Outcome out = Outcome::pass();
    const auto& recipients = message.facts.envelope->recipients;
    for (auto each = recipients.begin(); each != recipients.end(); ++each) {
        const auto& recipient = *each;
        if (!recipient) {
            continue;
        }
        if (std::holds_alternative<PasswordRecipientInfo>(recipient->choice) && all_take_transport) {
            out.add(place(message, each.whole().location(), path_of(each.index())), "a password where the recipient's RSA key can encrypt");
        }
        const auto* ktri = std::get_if<KeyTransRecipientInfo>(&recipient->choice);
        const auto is_named = [&](const Certificate* one) { return ktri != nullptr && only_signs(*one) && ktri->rid.matches(*one); };
        if (std::ranges::any_of(possible, is_named)) {
            out.add(place(message, each.whole().location(), path_of(each.index())),
                    "key transport to " + describe(ktri->rid) + ", whose key cannot encrypt");
        }
    }
    return out;
}

// The request that has the challengePassword: this one, or the one that is answered.
const scep::pkcs10::CertificationRequest* request_with_challenge(const Message& message) {
    const auto* request = message.facts.side == Side::request ? &message.facts : message.exchange.side(Side::request);
    const auto* data = request != nullptr && request->message_data ? &*request->message_data : nullptr;
    return data != nullptr && data->certification_request ? &*data->certification_request : nullptr;
}

Outcome password_is_challenge(const Enveloped& message) {
    const auto& recipients = message.facts.envelope->recipients;
    for (auto each = recipients.begin(); each != recipients.end(); ++each) {
        const auto& recipient = *each;
        if (!recipient || !std::holds_alternative<PasswordRecipientInfo>(recipient->choice)) {
            continue;
        }
        const auto& password = message.facts.envelope->password;
        const auto* csr = request_with_challenge(message);
        if (!password || csr == nullptr) {
            return Outcome::not_performed(password ? "no CertificationRequest was opened" : message.facts.envelope->reason);
        }
        const auto challenge = csr->challenge_password();
        if (!challenge) {
            return Outcome::not_applicable();
        }
        return scep::der::utf8_text(*challenge) == password || challenge->value().text() == *password
                   ? Outcome::pass()
                   : Outcome::violation(place(message, each.whole().location(), path_of(each.index())),
                                        "the password that opens the envelope is not the challengePassword of the CertificationRequest");
    }
    return Outcome::not_applicable();
}

Outcome content_there(const Enveloped& message) {
    const auto& info = message.enveloped.encrypted_content_info;
    if (info.encrypted_content && info.encrypted_content->size() > 0) {
        return Outcome::pass();
    }
    return Outcome::violation(place(message, info.whole.location(), "EnvelopedData.encryptedContentInfo"),
                              info.encrypted_content ? "encryptedContent has no octets" : "there is no encryptedContent");
}

}  // namespace

RuleSpan<Enveloped> envelope_form_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Enveloped>> rules{
        {.id = "envelope.content-present",
         .severity = error,
         .cite = {rfc8894, "3.2.2"},
         .says = "An envelope holds its encryptedContent",
         .covers = {"SCEP-3.2.2-encrypted-content-present"},
         .check = content_there},
        {.id = "recipient.fits-key",
         .severity = warning,
         .cite = {rfc8894, "3.1"},
         .says = "An envelope is by key transport where the recipient's key can encrypt, else by password",
         .covers = {"SCEP-3.1-keytrans-if-capable", "SCEP-3.1-pwri-if-not-capable"},
         .check = form_fits_key},
        {.id = "recipient.password-is-challenge",
         .severity = warning,
         .cite = {rfc8894, "3.1"},
         .says = "The password of an envelope is the challengePassword of the request",
         .covers = {"SCEP-3.1-pwri-password-is-challenge"},
         .check = password_is_challenge},
    };
    return rules;
}

}  // namespace sceplab::rules
