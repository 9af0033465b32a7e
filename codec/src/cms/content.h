#pragma once

#include <scepcodec/cms/signed_data.h>

namespace scep::cms {

// The forms of CertificateChoices and RevocationInfoChoice that RFC 5652, 5.1 and 6.1 compute a version from.
struct ChoiceForms {
    bool other = false;
    bool attribute_v2 = false;
    bool attribute_v1 = false;

    void add_certificate(der::Tag form) {
        attribute_v1 = attribute_v1 || form == der::tag::context_constructed(1);
        attribute_v2 = attribute_v2 || form == der::tag::context_constructed(2);
        other = other || form == der::tag::context_constructed(3);
    }
    void add_crl(der::Tag form) { other = other || form == der::tag::context_constructed(1); }
    void add(const std::optional<der::ListOf<CertificateChoice>>& certificates,
             const std::optional<der::ListOf<RevocationInfoChoice>>& crls);
};

// The content of a ContentInfo that must be of one type, as `out`; what was read of it where that fails.
template <class T>
[[nodiscard]] Result<void> read_content(const ContentInfo& info, const der::OidConstant& type, T& out) {
    const bool right_type = info.content_type == type;
    if (right_type && info.content) [[likely]] {
        der::Reader reader(info.content->whole());
        out.read_fields(reader, nullptr);
        return reader.finish(T::asn1_name);
    }
    Error error;
    error.code = right_type ? ErrorCode::missing_content : ErrorCode::unexpected_content_type;
    error.where = (right_type ? info.whole : info.content_type.content).location();
    error.path.enclose(right_type ? "content" : "contentType");
    return std::unexpected(error.in(ContentInfo::asn1_name));
}
template <class T>
[[nodiscard]] Result<T> decode_content(der::Input input, const der::OidConstant& type) {
    Result<T> out;
    der::Reader reader(input);
    const ContentInfo info = ContentInfo::read(reader, nullptr);
    Result<void> done = reader.finish(ContentInfo::asn1_name);
    if (done) {
        done = read_content(info, type, *out);
    }
    if (!done) {
        out = std::unexpected(done.error());
    }
    return out;
}

} // namespace scep::cms
