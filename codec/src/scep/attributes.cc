#include <scepcodec/cms/oids.h>
#include <scepcodec/scep/attributes.h>

#include <array>

namespace scep {

namespace {

struct Row {
    der::OidConstant type;
    AttributeSlot TransactionAttributes::* slot;
};

constexpr std::array rows{
    Row{oids::messageType, &TransactionAttributes::message_type_slot},
    Row{oids::pkiStatus, &TransactionAttributes::pki_status_slot},
    Row{oids::failInfo, &TransactionAttributes::fail_info_slot},
    Row{oids::senderNonce, &TransactionAttributes::sender_nonce},
    Row{oids::recipientNonce, &TransactionAttributes::recipient_nonce},
    Row{oids::transactionID, &TransactionAttributes::transaction_id},
    Row{oids::extensionReq, &TransactionAttributes::extension_req},
    Row{oids::failInfoText, &TransactionAttributes::fail_info_text},
    Row{cms::oids::id_contentType, &TransactionAttributes::content_type},
    Row{cms::oids::id_messageDigest, &TransactionAttributes::message_digest},
    Row{cms::oids::id_signingTime, &TransactionAttributes::signing_time},
};

}  // namespace

Result<TransactionAttributes> TransactionAttributes::collect(const x509::Attributes& signed_attrs) {
    TransactionAttributes out;
    for (const Result<x509::Attribute>& attribute : signed_attrs) {
        if (!attribute) {
            return std::unexpected(attribute.error());
        }
        const Row* row = nullptr;
        for (const Row& candidate : rows) {
            if (attribute->type == candidate.type) {
                row = &candidate;
            }
        }
        if (row == nullptr) {
            ++out.others;
            continue;
        }
        AttributeSlot& slot = out.*(row->slot);
        ++slot.occurrences;
        slot.values += attribute->values.size();
        if (!slot.whole) {
            slot.whole = attribute->whole;
        }
        if (!slot.value) {
            slot.value = attribute->value();
        }
    }
    if (const auto& value = out.message_type_slot.value) {
        out.message_type = code_message_type(*value);
    }
    if (const auto& value = out.pki_status_slot.value) {
        out.pki_status = code_pki_status(*value);
    }
    if (const auto& value = out.fail_info_slot.value) {
        out.fail_info = code_fail_info(*value);
    }
    return out;
}

}  // namespace scep
