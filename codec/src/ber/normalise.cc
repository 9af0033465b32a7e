#include "emit.h"
#include "scan.h"

#include <scepcodec/ber/normalise.h>

#include <algorithm>
#include <array>
#include <cstddef>

namespace scep::ber {

using der::Input;

namespace {

// What a walk notes of a message of usual size stays in here; more goes to the heap.
class Notes {
public:
    [[nodiscard]] std::pmr::memory_resource* memory() { return &m_resource; }

private:
    std::array<std::byte, 6144> m_buffer;
    std::pmr::monotonic_buffer_resource m_resource{m_buffer.data(), m_buffer.size()};
};

std::unexpected<Error> limit_bytes(Input beyond) {
    Error error;
    error.code = ErrorCode::limit_bytes;
    error.where = beyond.location();
    return std::unexpected(error);
}

// What a Scanner has walked, in DER, with its map before it in one piece of memory.
struct Rewritten {
    std::shared_ptr<std::uint64_t[]> owner;  // aligned for points
    std::span<const std::uint8_t> octets;
    std::span<const OffsetPoint> map;
};

Rewritten rewrite(Scanner& scanner, const Size& size) {
    const std::size_t points = Emitter::most_points(scanner);
    Rewritten out;
    constexpr std::size_t unit = sizeof(std::uint64_t);
    static_assert(sizeof(OffsetPoint) == unit && alignof(OffsetPoint) <= alignof(std::uint64_t));
    out.owner = std::make_shared_for_overwrite<std::uint64_t[]>(points + (size.der + unit - 1) / unit);
    auto* const map = new (out.owner.get()) OffsetPoint[points];
    auto* const octets = reinterpret_cast<std::uint8_t*>(out.owner.get() + points);
    out.octets = {octets, size.der};
    out.map = Emitter(scanner.changes(), scanner.deviations()).write(octets, {map, points});
    return out;
}

}  // namespace

std::string_view name(DeviationKind kind) {
    switch (kind) {
        case DeviationKind::indefinite_length: return "indefinite length";
        case DeviationKind::constructed_string: return "constructed string";
        case DeviationKind::non_minimal_length: return "non-minimal length";
        case DeviationKind::trailing_octets: return "trailing octets";
        case DeviationKind::unsorted_set_of: return "unsorted SET OF";
    }
    return "unknown";
}

Result<Normalised> normalise(Input input, Sources& sources) {
    if (input.size() > sources.limits().bytes) {
        return limit_bytes(input.from(sources.limits().bytes));
    }
    Notes notes;
    Scanner scanner(sources.limits(), notes.memory());
    const std::optional<Size> size = scanner.element(input);
    if (!size) {
        return std::unexpected(scanner.error());
    }
    Normalised out;
    out.der = input.slice(0, size->received);
    out.changed = !scanner.changes().empty();
    std::pmr::vector<Deviation>& deviations = scanner.deviations();
    if (size->received < input.size()) {
        deviations.push_back({DeviationKind::trailing_octets, input.from(size->received).location()});
    }
    if (out.changed) {
        if (size->der > sources.limits().bytes) {
            return limit_bytes(out.der);
        }
        Rewritten rewritten = rewrite(scanner, *size);
        const Result<Input> added =
            sources.add_owned_with_map(SourceKind::normalised, input.source(), std::move(rewritten.owner), rewritten.octets, rewritten.map);
        if (!added) {
            return std::unexpected(added.error());
        }
        out.der = *added;
    }
    const auto offset = [](const Deviation& deviation) { return deviation.where.offset; };
    if (!std::ranges::is_sorted(deviations, {}, offset)) {
        std::ranges::stable_sort(deviations, {}, offset);
    }
    out.deviations.assign(deviations.begin(), deviations.end());
    return out;
}

Result<std::uint32_t> tlv_size(Input input, const Limits& limits) {
    if (input.size() > limits.bytes) {
        return limit_bytes(input.from(limits.bytes));
    }
    Notes notes;
    Scanner scanner(limits, notes.memory());
    const std::optional<Size> size = scanner.element(input);
    return size ? Result<std::uint32_t>(size->received) : std::unexpected(scanner.error());
}

Input original(Input element, const Sources& sources) {
    const auto from = sources.in_parent(element.location());
    if (!from || sources[element.source()].kind != SourceKind::normalised) {
        return element;
    }
    Notes notes;
    Scanner scanner(sources.limits(), notes.memory());
    const Input rest = sources[from->source].octets.from(from->offset);
    const std::optional<Size> size = scanner.element(rest);
    if (!size) {
        return element;
    }
    const Input received = rest.slice(0, size->received);
    const bool stands_together = element.same_octets(received) ||
                                 (!scanner.changes().empty() && size->der == element.size() && element.same_octets(rewrite(scanner, *size).octets));
    return stands_together ? received : element;
}

}  // namespace scep::ber
