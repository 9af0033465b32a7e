#pragma once

#include <conformance/rules/common.h>

#include <functional>

// Recipients that a certificate belongs to, and the certificate where it is known. Private to the room.
namespace sceplab::rules {

// "EnvelopedData.recipientInfos[0]"
[[nodiscard]] std::string recipient_path(std::int32_t index);

struct NamedRecipient {
    const scep::cms::RecipientInfo& info;
    const scep::cms::CertificateIdentifier& rid;
    std::int32_t index = 0;

    [[nodiscard]] std::string path() const { return recipient_path(index); }
    [[nodiscard]] const scep::cms::KeyTransRecipientInfo* key_trans() const { return std::get_if<scep::cms::KeyTransRecipientInfo>(&info.choice); }
    [[nodiscard]] const scep::cms::KEMRecipientInfo* kem() const {
        const auto* other = std::get_if<scep::cms::OtherRecipientInfo>(&info.choice);
        return other != nullptr && other->kem ? &*other->kem : nullptr;
    }
};

// The RecipientInfos that decode, with their indexes; of an attacker's crowd the first sixteen.
void each_recipient(const Enveloped& message, const std::function<void(const scep::cms::RecipientInfo&, std::int32_t index)>& look);

// Whether one of them has this tag; tells without decoding any.
[[nodiscard]] bool has_recipient(const Enveloped& message, scep::der::Tag tag);

// Asks of each named recipient whose certificate GetCACert or GetNextCACert gave or signed the request. Not applicable where none is named, not performed
// where none of their certificates is known.
[[nodiscard]] Outcome each_recipient_certificate(const Enveloped& message,
                                                 const std::function<void(const NamedRecipient&, const scep::x509::Certificate&, Outcome&)>& look);

}  // namespace sceplab::rules
