#include "tolerant.h"

#include <scepcodec/scep/pki_message.h>

namespace scep {

namespace {

Result<void> read(der::Input input, PkiMessage& out) {
    der::Reader reader(input);
    out.content_info.read_fields(reader, nullptr);
    if (const Result<void> end = reader.finish(cms::ContentInfo::asn1_name); !end) {
        return std::unexpected(end.error());
    }
    if (const Result<void> content = out.signed_data.read_content_of(out.content_info); !content) {
        return content;
    }
    if (out.signed_data.signer_infos.empty()) {
        Error error;
        error.code = ErrorCode::signer_count;
        error.where = out.signed_data.signer_infos.whole().location();
        error.path.enclose("signerInfos");
        return std::unexpected(error.in(cms::SignedData::asn1_name));
    }
    der::Reader signers(out.signed_data.signer_infos.value());
    out.signer_info.read_fields(signers, nullptr);
    if (signers.failed()) {
        return std::unexpected(signers.error()->in("signerInfos", 0).in(cms::SignedData::asn1_name));
    }
    if (out.signer_info.signed_attrs) {
        if (const Result<void> collected = out.attributes.collect_from(*out.signer_info.signed_attrs); !collected) {
            return std::unexpected(collected.error().in("signerInfos", 0).in(cms::SignedData::asn1_name));
        }
    }
    return {};
}

}  // namespace

Result<PkiMessage> PkiMessage::decode(der::Input input) {
    Result<PkiMessage> out;
    if (const Result<void> done = read(input, *out); !done) {
        out = std::unexpected(done.error());
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
