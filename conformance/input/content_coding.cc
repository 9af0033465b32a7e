#include <conformance/input/content_coding.h>

#include <boost/beast/core/string.hpp>
#include <boost/beast/zlib/inflate_stream.hpp>
#include <boost/crc.hpp>

#include <algorithm>

namespace sceplab::input {

namespace {

namespace zlib = boost::beast::zlib;
using Octets = std::span<const std::uint8_t>;

// The header of a gzip member (RFC 1952, 2.3): ten octets, then the optional fields that its flags name. Gives what follows.
std::optional<Octets> skip_header(Octets member) {
    enum Flag : std::uint8_t { header_crc = 2, extra = 4, name = 8, comment = 16 };
    constexpr std::size_t fixed = 10;
    if (member.size() < fixed || member[0] != 0x1f || member[1] != 0x8b || member[2] != 8) {
        return std::nullopt;
    }
    const std::uint8_t flags = member[3];
    std::size_t size = fixed;
    if ((flags & extra) != 0) {
        if (member.size() < size + 2) {
            return std::nullopt;
        }
        size += 2u + member[size] + (member[size + 1] << 8);
    }
    for (const Flag text : {name, comment}) {
        if ((flags & text) != 0) {
            const Octets rest = member.subspan(std::min(size, member.size()));
            size += static_cast<std::size_t>(std::ranges::find(rest, 0) - rest.begin()) + 1;
        }
    }
    size += (flags & header_crc) != 0 ? 2 : 0;
    if (size > member.size()) {
        return std::nullopt;
    }
    return member.subspan(size);
}

std::uint32_t little_endian_32(Octets octets) {
    return octets[0] | octets[1] << 8 | octets[2] << 16 | static_cast<std::uint32_t>(octets[3]) << 24;
}

std::optional<std::vector<std::uint8_t>> gunzip(Octets member, std::size_t limit) {
    const auto deflated = skip_header(member);
    if (!deflated) {
        return std::nullopt;
    }
    zlib::inflate_stream inflate;
    zlib::z_params params;
    params.next_in = deflated->data();
    params.avail_in = deflated->size();
    std::vector<std::uint8_t> out;
    boost::beast::error_code error;
    constexpr std::size_t step = 64u << 10;
    while (!error && out.size() < limit) {
        const std::size_t before = out.size();
        out.resize(std::min(before + step, limit));
        params.next_out = out.data() + before;
        params.avail_out = out.size() - before;
        inflate.write(params, zlib::Flush::sync, error);
        out.resize(out.size() - params.avail_out);
    }
    constexpr std::size_t trailer = 8;
    if (error != zlib::error::end_of_stream || params.avail_in < trailer) {
        return std::nullopt;
    }
    const Octets check = deflated->last(params.avail_in);
    boost::crc_32_type crc;
    crc.process_bytes(out.data(), out.size());
    if (little_endian_32(check) != crc.checksum() || little_endian_32(check.subspan(4)) != static_cast<std::uint32_t>(out.size())) {
        return std::nullopt;
    }
    return out;
}

} // namespace

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
