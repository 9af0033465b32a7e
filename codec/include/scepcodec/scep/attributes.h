#pragma once

#include <scepcodec/scep/oids.h>
#include <scepcodec/scep/types.h>
#include <scepcodec/x509/attribute.h>

namespace scep {

// One attribute type as it was met among the signedAttrs. What was sent more than once, or with several values or none, shows in the counts; every occurrence is reachable
// by walking the attributes.
struct AttributeSlot {
    std::uint32_t occurrences = 0;
    std::uint32_t values = 0;                  // of all occurrences
    std::optional<der::Element> value;         // the first value of the first occurrence that has one
    std::optional<der::Input> whole;           // the first occurrence

    [[nodiscard]] bool present() const { return occurrences > 0; }
};

// The transaction attributes (RFC 8894, 3.2.1) and the CMS ones they travel with, collected in one walk. Nothing here is demanded: what is missing, doubled or of the
// wrong type is for the reader to judge.
struct TransactionAttributes {
    AttributeSlot message_type_slot;
    AttributeSlot pki_status_slot;
    AttributeSlot fail_info_slot;
    AttributeSlot sender_nonce;
    AttributeSlot recipient_nonce;
    AttributeSlot transaction_id;
    AttributeSlot extension_req;
    AttributeSlot fail_info_text;
    AttributeSlot content_type;
    AttributeSlot message_digest;
    AttributeSlot signing_time;
    std::uint32_t others = 0;  // attributes of any other type

    std::optional<Coded<MessageType>> message_type;
    std::optional<Coded<PkiStatus>> pki_status;
    std::optional<Coded<FailInfo>> fail_info;

    // Errors: those of an Attribute's decoding, with its index in the path.
    [[nodiscard]] static Result<TransactionAttributes> collect(const x509::Attributes& signed_attrs);
    // The same in place, into one that is empty; after an error it holds what came before.
    [[nodiscard]] Result<void> collect_from(const x509::Attributes& signed_attrs);
};

}  // namespace scep
