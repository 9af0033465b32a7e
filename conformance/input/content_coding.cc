#include <conformance/input/content_coding.h>

#include <conformance/input/gzip.h>

#include <boost/beast/core/string.hpp>

namespace sceplab::input {

std::optional<std::vector<std::uint8_t>> decode_content(const std::vector<HeaderField>& fields, std::span<const std::uint8_t> body,
                                                        std::size_t limit) {
    const auto coding = find(fields, "Content-Encoding");
    if (!coding || (!boost::beast::iequals({coding->data(), coding->size()}, "gzip") &&
                    !boost::beast::iequals({coding->data(), coding->size()}, "x-gzip"))) {
        return std::nullopt;
    }
    return gunzip(body, limit);
}

} // namespace sceplab::input
