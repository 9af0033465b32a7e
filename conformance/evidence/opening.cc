#include <conformance/evidence/layers.h>
#include <conformance/evidence/opening.h>

#include <scepcodec/botan/decrypt.h>

#include <algorithm>

namespace sceplab::evidence {

namespace {

using scep::ErrorCode;

bool holds(const x509::Certificate& certificate, const botan::PrivateKey& key) {
    return std::ranges::equal(certificate.subject_public_key_info.whole, key.public_key_info());
}

// Whether one of the recipients is known to be this key's owner.
bool is_addressed(const cms::EnvelopedData& enveloped, const botan::PrivateKey& key, const OpeningHelp& help) {
    const auto is_named = [&](const x509::Certificate& certificate) {
        return std::ranges::any_of(enveloped.recipient_infos, [&](const Result<cms::RecipientInfo>& recipient) {
            const auto* ktri = recipient ? std::get_if<cms::KeyTransRecipientInfo>(&recipient->choice) : nullptr;
            return ktri != nullptr && ktri->rid.matches(certificate);
        });
    };
    // Octets are compared sooner than names.
    return std::ranges::any_of(help.certificates, [&](const x509::Certificate& each) { return holds(each, key) && is_named(each); });
}

std::string algorithm_reason(const scep::Error& error, const scep::Sources& sources) {
    const auto algorithm = x509::AlgorithmIdentifier::decode(sources.at(error.where));
    return algorithm ? "algorithm " + algorithm->algorithm.to_string() + " is not supported" : "an algorithm is not supported";
}

struct Attempt {
    Decryption outcome = Decryption::not_performed;
    std::string reason;
    std::optional<Input> plaintext;
};

// `expected`: the key is the recipient's, so that a failure is the message's and not the key's.
Attempt judge(const Result<Input>& opened, bool expected, const scep::Sources& sources) {
    if (opened) {
        return {Decryption::ok, {}, *opened};
    }
    switch (opened.error().code) {
        case ErrorCode::unsupported_algorithm: return {Decryption::not_performed, algorithm_reason(opened.error(), sources), {}};
        case ErrorCode::missing_content: return {Decryption::not_performed, "there is no encryptedContent", {}};
        case ErrorCode::invalid_parameters: return {Decryption::failed, "the parameters of the content cipher are malformed", {}};
        case ErrorCode::decryption_failed:
            return expected ? Attempt{Decryption::failed, "the recipient's key does not open it", {}} : Attempt{Decryption::not_performed, "no key that fits", {}};
        default: return {Decryption::not_performed, "no key that fits", {}};
    }
}

// The attempt that says most.
void keep_better(Attempt& best, Attempt next) {
    const auto weight = [](const Attempt& attempt) {
        const bool says_why = attempt.reason != "no key" && attempt.reason != "no key that fits";
        return static_cast<int>(attempt.outcome == Decryption::ok) * 4 + static_cast<int>(attempt.outcome == Decryption::failed) * 2 + static_cast<int>(says_why);
    };
    if (best.reason == "no key" || weight(next) > weight(best)) {
        best = std::move(next);
    }
}

Attempt try_keys(const cms::EnvelopedData& enveloped, const Settings& settings, const OpeningHelp& help, scep::Sources& sources) {
    Attempt best{Decryption::not_performed, "no key", {}};
    std::vector<const botan::PrivateKey*> keys;
    std::ranges::transform(settings.keys, std::back_inserter(keys), [](const auto& key) { return &key; });
    std::ranges::stable_partition(keys, [&](const auto* key) { return is_addressed(enveloped, *key, help); });
    for (const botan::PrivateKey* key : keys) {
        keep_better(best, judge(botan::decrypt(enveloped, *key, sources, botan::is_one_sequence), is_addressed(enveloped, *key, help), sources));
        if (best.outcome == Decryption::ok) {
            break;
        }
    }
    return best;
}

bool has_password_recipient(const cms::EnvelopedData& enveloped) {
    for (const Result<cms::RecipientInfo>& recipient : enveloped.recipient_infos) {
        if (recipient && std::holds_alternative<cms::PasswordRecipientInfo>(recipient->choice)) {
            return true;
        }
    }
    return false;
}

// The passwords in turn: those of the command line may be another's, the challengePassword of the request is the one that is due.
void try_passwords(Attempt& best, Envelope& envelope, const Settings& settings, const OpeningHelp& help, scep::Sources& sources) {
    const auto opens = [&](const std::string& password, PasswordForm form, bool expected) {
        // A wrong password gives a random key, as a wrong private key does: one time in 256 the padding fits all the same.
        Attempt attempt = judge(botan::decrypt(*envelope.enveloped_data, password, sources, botan::is_one_sequence), false, sources);
        if (attempt.reason == "no key that fits" && expected) {
            attempt = {Decryption::failed, "the challengePassword of the request does not open it", {}};
        }
        keep_better(best, std::move(attempt));
        if (best.outcome != Decryption::ok) {
            return false;
        }
        envelope.opened_by = form;
        envelope.password = password;
        return true;
    };
    for (const std::string& challenge : settings.challenges) {
        if (opens(challenge, PasswordForm::characters, false)) {
            return;
        }
    }
    if (!help.challenge || opens(help.challenge->utf8, PasswordForm::characters, true)) {
        return;
    }
    if (help.challenge->octets != help.challenge->utf8) {
        opens(help.challenge->octets, PasswordForm::attribute_octets, true);
    }
}

}  // namespace

void open_envelope(MessageFacts& facts, const Settings& settings, const OpeningHelp& help, scep::Sources& sources) {
    if (!facts.envelope || !facts.envelope->enveloped_data) {
        return;
    }
    Envelope& envelope = *facts.envelope;
    if (!settings.cryptography) {
        envelope.reason = switched_off().reason;
        return;
    }
    Attempt best = try_keys(*envelope.enveloped_data, settings, help, sources);
    if (best.outcome != Decryption::ok && has_password_recipient(*envelope.enveloped_data)) {
        try_passwords(best, envelope, settings, help, sources);
    }
    envelope.decryption = best.outcome;
    envelope.reason = best.reason;
    if (best.plaintext) {
        facts.message_data = decode_message_data(*best.plaintext, sources);
        const auto& deviations = facts.message_data->deviations;
        facts.ber = facts.ber || any_framing(deviations);
    }
}

}  // namespace sceplab::evidence
