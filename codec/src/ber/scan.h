#pragma once

#include <scepcodec/ber/normalise.h>
#include <scepcodec/der/reader.h>

#include <memory_resource>
#include <optional>

namespace scep::ber {

// An encoding whose DER differs from what was received: its own framing, or that of something inside of it. In the order of their beginnings.
struct Change {
    der::Input received;       // end-of-contents octets included
    std::uint32_t length = 0;  // of its value in DER
};

// Octets of a whole element; of a part of a string, `der` is what it adds to the string's value.
struct Size {
    std::uint32_t received = 0;
    std::uint64_t der = 0;  // may pass 4 GiB where `received` does not
};

inline constexpr std::uint32_t end_of_contents_size = 2;

// Walks every TLV reached through constructed encodings, checks the framing, and notes what is not DER. One object for one walk.
class Scanner {
public:
    Scanner(const Limits& limits, std::pmr::memory_resource* memory) : m_limits(limits), m_deviations(memory), m_changes(memory) {
        m_deviations.reserve(usual);
        m_changes.reserve(usual);
    }

    // The first TLV of `input`. Nothing after a failure, which error() tells.
    std::optional<Size> element(der::Input input) {
        m_input_size = input.size();
        return element(input, 0, der::tag::none);
    }

    [[nodiscard]] const Error& error() const { return *m_error; }
    // A SET OF that is among the changes is not judged yet: its order is that of what is written.
    [[nodiscard]] std::pmr::vector<Deviation>& deviations() { return m_deviations; }
    [[nodiscard]] const std::pmr::vector<Change>& changes() const { return m_changes; }
    // Of all strings; parts that have parts themselves are not counted.
    [[nodiscard]] std::uint32_t parts() const { return m_parts; }

private:
    // `part_of` is the string type it must be a part of, or none.
    std::optional<Size> element(der::Input input, std::uint32_t depth, der::Tag part_of);
    bool is_der(const der::Header& header, der::Input input, std::uint32_t depth);
    std::optional<Size> primitive(const der::Header& header, der::Input input, der::Tag part_of);
    std::optional<Size> constructed(const der::Header& header, der::Input input, std::uint32_t depth, bool is_part);
    bool count(der::Input header);
    std::nullopt_t fail(ErrorCode code, der::Input where);
    void note(DeviationKind kind, der::Input where) { m_deviations.push_back({kind, where.location()}); }

    static constexpr std::size_t usual = 32;  // a BER message has that many, or fewer

    const Limits& m_limits;
    std::pmr::vector<Deviation> m_deviations;
    std::pmr::vector<Change> m_changes;
    std::optional<Error> m_error;
    std::uint32_t m_elements = 0;
    std::uint32_t m_parts = 0;
    std::uint32_t m_input_size = 0;
    std::uint64_t m_in_vain = 0;  // octets
    bool m_bits_ended = false;  // a part of the BIT STRING at hand had unused bits: it is the last one
};

// der::read_header(), with short ways for what is met most.
[[nodiscard]] std::expected<der::Header, ErrorCode> header_of(der::Input input);
// Octets of the identifier of an element that was read.
[[nodiscard]] std::uint32_t identifier_size(der::Input element);

}  // namespace scep::ber
