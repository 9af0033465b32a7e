#include "tolerant.h"

#include <scepcodec/scep/pki_message.h>

namespace scep {

Result<PkiMessage> PkiMessage::decode(der::Input input) {
    PkiMessage out;
    const Result<cms::ContentInfo> info = cms::ContentInfo::decode(input);
    if (!info) {
        return std::unexpected(info.error());
    }
    const Result<cms::SignedData> signed_data = cms::SignedData::decode_content_info(input);
    if (!signed_data) {
        return std::unexpected(signed_data.error());
    }
    out.content_info = *info;
    out.signed_data = *signed_data;
    if (out.signed_data.signer_infos.empty()) {
        Error error;
        error.code = ErrorCode::signer_count;
        error.where = out.signed_data.signer_infos.whole().location();
        error.path.enclose("signerInfos");
        return std::unexpected(error.in(cms::SignedData::asn1_name));
    }
    const Result<cms::SignerInfo> signer = *out.signed_data.signer_infos.begin();
    if (!signer) {
        return std::unexpected(signer.error().in(cms::SignedData::asn1_name));
    }
    out.signer_info = *signer;
    if (out.signer_info.signed_attrs) {
        const Result<TransactionAttributes> attributes = TransactionAttributes::collect(*out.signer_info.signed_attrs);
        if (!attributes) {
            return std::unexpected(attributes.error().in("signerInfos", 0).in(cms::SignedData::asn1_name));
        }
        out.attributes = *attributes;
    }
    return out;
}

Result<PkiMessage> PkiMessage::decode(der::Input input, Sources& sources) {
    return decode_tolerant<PkiMessage>(input, sources, cms::ContentInfo::asn1_name);
}

std::optional<der::Input> PkiMessage::pkcs_pki_envelope() const {
    const auto& content = signed_data.encap_content_info.e_content;
    if (!content || content->size() == 0) {
        return std::nullopt;
    }
    return content->contiguous();
}

IssuerAndSubject IssuerAndSubject::read(der::Reader& reader, const char* field) {
    IssuerAndSubject out;
    out.whole = reader.nested(der::tag::SEQUENCE, field, [&](der::Reader& r) {
        out.issuer = x509::Name::read(r, "issuer");
        out.subject = x509::Name::read(r, "subject");
    }).whole();
    return out;
}

std::string_view name(MessageDataKind kind) {
    switch (kind) {
        case MessageDataKind::CertificationRequest: return "CertificationRequest";
        case MessageDataKind::IssuerAndSubject: return "IssuerAndSubject";
        case MessageDataKind::IssuerAndSerialNumber: return "IssuerAndSerialNumber";
        case MessageDataKind::SignedData: return "SignedData";
        case MessageDataKind::unknown: return "unknown";
    }
    return "unknown";
}

// Told by the first TLVs inside the outermost SEQUENCE: an OID, a Name and an INTEGER, two Names, or a SEQUENCE that starts with the version.
MessageDataKind message_data_kind(der::Input message_data) {
    const auto outer = der::read_header(message_data);
    if (!outer || outer->tag != der::tag::SEQUENCE) {
        return MessageDataKind::unknown;
    }
    const der::Input inside = message_data.from(outer->size);
    const auto first = der::read_header(inside);
    if (!first) {
        return MessageDataKind::unknown;
    }
    if (first->tag == der::tag::OBJECT_IDENTIFIER) {
        return MessageDataKind::SignedData;
    }
    if (first->tag != der::tag::SEQUENCE) {
        return MessageDataKind::unknown;
    }
    const auto inner = der::read_header(inside.slice(first->size, first->length));
    if (inner && inner->tag == der::tag::INTEGER) {
        return MessageDataKind::CertificationRequest;
    }
    // A Name holds sets; a Certificate, which starts with a SEQUENCE too, does not.
    if (inner && inner->tag != der::tag::SET) {
        return MessageDataKind::unknown;
    }
    der::Reader reader(inside);
    reader.any(nullptr);
    if (reader.peek() == der::tag::INTEGER) {
        return MessageDataKind::IssuerAndSerialNumber;
    }
    return reader.peek() == der::tag::SEQUENCE ? MessageDataKind::IssuerAndSubject : MessageDataKind::unknown;
}

}  // namespace scep
