#include <scepcodec/der/framing.h>
#include <scepcodec/der/reader.h>
#include <scepcodec/der/set_order.h>

#include <algorithm>
#include <array>

namespace scep::der {

namespace {

// What an identifier octet announces.
enum class Kind : std::uint8_t { primitive, constructed, set, constructed_string, other };  // other: the end of contents, or a tag of several octets

constexpr std::array<Kind, 256> kinds = [] {
    std::array<Kind, 256> out{};
    for (unsigned octet = 0; octet < out.size(); ++octet) {
        const auto identifier = static_cast<std::uint8_t>(octet);
        const Tag tag = Tag::from_octet(identifier);
        out[octet] = !is_plain_identifier(identifier) ? Kind::other
                     : !tag.constructed()             ? Kind::primitive
                     : tag == tag::SET                ? Kind::set
                     : is_string_type(tag)            ? Kind::constructed_string
                                                      : Kind::constructed;
    }
    return out;
}();

std::unexpected<Error> failure(ErrorCode code, Input header) {
    Error error;
    error.code = code;
    error.where = header.location();
    return std::unexpected(error);
}

template <bool with_set_order>
Result<std::uint32_t> walk(Input input, const Limits& limits) {
    std::array<std::uint32_t, 256> outer_ends;  // of the constructed encodings around
    const std::uint32_t most_depth = std::min<std::uint32_t>(limits.depth, outer_ends.size());
    std::uint32_t depth = 0;
    std::uint32_t elements = 0;
    std::uint32_t at = 0;
    std::uint32_t end = input.size();
    const std::uint8_t* const octets = input.data();
    while (true) {
        while (at == end) {
            if (depth == 0) {
                return elements;
            }
            end = outer_ends[--depth];
        }
        Kind kind = kinds[octets[at]];
        PlainHeader header{2, end - at >= 2 ? octets[at + 1] : 0x80U};
        if (header.length >= 0x80 || header.length > end - at - 2 || kind == Kind::other) [[unlikely]] {
            if (!read_plain_header(octets + at, end - at, header) || kind == Kind::other) {
                Reader reader(input.slice(at, end - at));
                const Element found = reader.any(nullptr);
                if (reader.failed()) {
                    return std::unexpected(*reader.error());
                }
                header = {found.header_size(), found.value().size()};
                kind = found.tag().constructed() ? Kind::constructed : Kind::primitive;
            }
        }
        if (++elements > limits.elements) [[unlikely]] {
            return failure(ErrorCode::limit_elements, input.slice(at, header.size));
        }
        const std::uint32_t value = at + header.size;
        if (kind == Kind::primitive) {
            at = value + header.length;
            continue;
        }
        if (depth == most_depth) [[unlikely]] {
            return failure(ErrorCode::limit_depth, input.slice(at, header.size));
        }
        if (kind == Kind::constructed_string) [[unlikely]] {
            return failure(ErrorCode::constructed_string, input.slice(at, header.size));
        }
        if (with_set_order && kind == Kind::set) {
            const bool has_one_short_member =
                header.length >= 2 && kinds[octets[value]] != Kind::other && octets[value + 1] < 0x80 && octets[value + 1] + 2U == header.length;
            if (!has_one_short_member && first_out_of_order(input.slice(value, header.length))) [[unlikely]] {
                return failure(ErrorCode::unsorted_set_of, input.slice(at, header.size + header.length));
            }
        }
        outer_ends[depth++] = end;
        end = value + header.length;
        at = value;
    }
}

}  // namespace

Result<std::uint32_t> check_framing(Input input, const Limits& limits) { return walk<false>(input, limits); }

Result<std::uint32_t> check_der(Input input, const Limits& limits) { return walk<true>(input, limits); }

}  // namespace scep::der
