#pragma once

#include <conformance/input/file.h>

#include <optional>

namespace sceplab::input {

// Whether octets begin like a gzip member (RFC 1952).
[[nodiscard]] bool is_gzip(std::span<const std::uint8_t> start);

// Takes gzip off, member after member, octets in, octets out. Holds no more than zlib's window.
class Inflater {
public:
    Inflater();
    ~Inflater();
    Inflater(const Inflater&) = delete;
    Inflater& operator=(const Inflater&) = delete;

    struct Step {
        std::size_t used = 0;
        std::size_t made = 0;
    };
    Step inflate(std::span<const std::uint8_t> in, std::span<std::uint8_t> out);

    // A member ended with these octets: its checksum and length held.
    [[nodiscard]] bool whole() const { return m_whole; }
    // The octets are no gzip from here on, or a checksum is wrong: zlib's words.
    [[nodiscard]] const std::optional<std::string>& problem() const { return m_problem; }

private:
    struct State;
    std::unique_ptr<State> m_state;
    std::optional<std::string> m_problem;
    bool m_whole = false;
};

// What is inside, where it is whole and at most `limit` octets; else nothing.
[[nodiscard]] std::optional<std::vector<std::uint8_t>> gunzip(std::span<const std::uint8_t> octets, std::size_t limit);

// What is inside of a gzip file, read as it comes. Where that is damaged, or longer than `limit`, it ends there, and `problem` tells.
[[nodiscard]] std::unique_ptr<OctetReader> gunzip(File file, std::uint64_t limit, std::shared_ptr<std::optional<std::string>> problem);

} // namespace sceplab::input
