#pragma once

#include <scepcodec/cms/signed_data.h>

namespace scep::cms {

// The content of a ContentInfo that must be of one type.
template <class T>
[[nodiscard]] Result<T> decode_content(der::Input input, const der::OidConstant& type) {
    const Result<ContentInfo> info = ContentInfo::decode(input);
    if (!info) {
        return std::unexpected(info.error());
    }
    const bool right_type = info->content_type == type;
    if (right_type && info->content) {
        return T::decode(info->content->whole());
    }
    Error error;
    error.code = right_type ? ErrorCode::missing_content : ErrorCode::unexpected_content_type;
    error.where = (right_type ? info->whole : info->content_type.content).location();
    error.path.enclose(right_type ? "content" : "contentType");
    return std::unexpected(error.in(ContentInfo::asn1_name));
}

}  // namespace scep::cms
