#include <scepcodec/cms/oids.h>
#include <scepcodec/scep/attributes.h>

#include <algorithm>
#include <array>

namespace scep {

namespace {

struct Row {
    der::OidConstant type;
    AttributeSlot TransactionAttributes::* slot;
};

// What every message has comes first.
constexpr std::array rows{
    Row{oids::messageType, &TransactionAttributes::message_type_slot},
    Row{oids::transactionID, &TransactionAttributes::transaction_id},
    Row{oids::senderNonce, &TransactionAttributes::sender_nonce},
    Row{cms::oids::id_contentType, &TransactionAttributes::content_type},
    Row{cms::oids::id_messageDigest, &TransactionAttributes::message_digest},
    Row{oids::recipientNonce, &TransactionAttributes::recipient_nonce},
    Row{oids::pkiStatus, &TransactionAttributes::pki_status_slot},
    Row{cms::oids::id_signingTime, &TransactionAttributes::signing_time},
    Row{oids::failInfo, &TransactionAttributes::fail_info_slot},
    Row{oids::failInfoText, &TransactionAttributes::fail_info_text},
    Row{oids::extensionReq, &TransactionAttributes::extension_req},
};

AttributeSlot* slot_of(const der::Oid& type, TransactionAttributes& attributes) {
    for (const Row& row : rows) {
        if (type == row.type) {
            return &(attributes.*(row.slot));
        }
    }
    return nullptr;
}

// The error of the first attribute that does not decode, with its index.
Error first_error(const x509::Attributes& attributes) {
    for (const Result<x509::Attribute>& attribute : attributes) {
        if (!attribute) {
            return attribute.error();
        }
    }
    return {};
}

}  // namespace

Result<TransactionAttributes> TransactionAttributes::collect(const x509::Attributes& signed_attrs) {
    Result<TransactionAttributes> out;
    if (const Result<void> done = out->collect_from(signed_attrs); !done) {
        out = std::unexpected(done.error());
    }
    return out;
}

Result<void> TransactionAttributes::collect_from(const x509::Attributes& signed_attrs) {
    const auto count = [](AttributeSlot& slot, const x509::Attribute& attribute, const auto& value) {
        slot.values += attribute.values.size();
        if (slot.occurrences++ == 0) {
            slot.whole = attribute.whole;
        }
        if (!slot.value) {
            slot.value = value;
        }
    };
    x509::Attribute attribute;
    der::Element only;
    for (der::Cursor cursor(signed_attrs.value()); !cursor.at_end();) {
        const der::Cursor before = cursor;
        // A type that has a row needs no look at its octets.
        if (x509::Attribute::take_single_valued(cursor, attribute, only)) [[likely]] {
            if (AttributeSlot* const slot = slot_of(attribute.type, *this)) [[likely]] {
                count(*slot, attribute, only);
                continue;
            }
        }
        der::Reader reader(before.rest());
        attribute = x509::Attribute::read(reader, nullptr);
        if (reader.failed()) {
            return std::unexpected(first_error(signed_attrs));
        }
        if (AttributeSlot* const slot = slot_of(attribute.type, *this)) {
            count(*slot, attribute, attribute.value());
        } else {
            ++others;
        }
        cursor = der::Cursor(reader.rest());
    }
    if (const auto& value = message_type_slot.value) {
        message_type = code_message_type(*value);
    }
    if (const auto& value = pki_status_slot.value) {
        pki_status = code_pki_status(*value);
    }
    if (const auto& value = fail_info_slot.value) {
        fail_info = code_fail_info(*value);
    }
    return {};
}

}  // namespace scep
