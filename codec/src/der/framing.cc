#include <scepcodec/der/framing.h>
#include <scepcodec/der/reader.h>
#include <scepcodec/der/set_order.h>

#include <algorithm>
#include <array>

namespace scep::der {

namespace {

constexpr std::uint8_t constructed = 0x20;  // in an identifier octet

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
    while (true) {
        while (at == end) {
            if (depth == 0) {
                return elements;
            }
            end = outer_ends[--depth];
        }
        const std::uint8_t identifier = input[at];
        PlainHeader header;
        if (!read_plain_header(input.data() + at, end - at, header) || !is_plain_identifier(identifier)) [[unlikely]] {
            Reader reader(input.slice(at, end - at));
            const Element found = reader.any(nullptr);
            if (reader.failed()) {
                return std::unexpected(*reader.error());
            }
            header = {found.header_size(), found.value().size()};
        }
        if (++elements > limits.elements) [[unlikely]] {
            return failure(ErrorCode::limit_elements, input.slice(at, header.size));
        }
        const std::uint32_t value = at + header.size;
        if ((identifier & constructed) == 0) {
            at = value + header.length;
            continue;
        }
        if (depth == most_depth) [[unlikely]] {
            return failure(ErrorCode::limit_depth, input.slice(at, header.size));
        }
        if (identifier != tag::SEQUENCE.octet() && identifier != tag::SET.octet() && is_string_type(Tag::from_octet(identifier))) [[unlikely]] {
            return failure(ErrorCode::constructed_string, input.slice(at, header.size));
        }
        if (with_set_order && identifier == tag::SET.octet()) {
            const Input members = input.slice(value, header.length);
            if (Cursor(members).next_size() != members.size() && first_out_of_order(members)) [[unlikely]] {
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
