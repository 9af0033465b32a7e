#pragma once

#include <conformance/input/file.h>

#include <optional>

namespace sceplab::input {

// A file or a pipe whose first octets can be looked at before it is read, with gzip taken off (twice at most). What is inside of gzip is not held in memory.
class Stream {
public:
    static constexpr std::size_t look = 4096;
    static constexpr std::uint64_t max_expanded = 1ull << 30;

    // Errors are the system's words, or say that there is gzip in gzip in gzip.
    [[nodiscard]] static std::expected<Stream, std::string> open(File file);

    // The first octets, `look` at most.
    [[nodiscard]] std::span<const std::uint8_t> start() const { return m_start; }
    // All octets, the first ones too. Once.
    [[nodiscard]] File take();
    // What was wrong with the gzip around it; known once all was read.
    [[nodiscard]] std::optional<std::string> problem() const;

private:
    File m_rest;
    std::vector<std::uint8_t> m_start;
    std::vector<std::shared_ptr<std::optional<std::string>>> m_problems;
    bool m_can_wind_back = false;
};

} // namespace sceplab::input
