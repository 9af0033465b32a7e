#include <conformance/input/gzip.h>

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <limits>
#include <new>

namespace sceplab::input {

namespace {

uInt as_uint(std::size_t size) { return static_cast<uInt>(std::min<std::size_t>(size, std::numeric_limits<uInt>::max())); }

class GzipReader final : public OctetReader {
public:
    GzipReader(File file, std::uint64_t limit, std::shared_ptr<std::optional<std::string>> problem)
        : m_file(std::move(file)), m_problem(std::move(problem)), m_left(limit), m_limit(limit) {}

    std::size_t read(std::span<std::uint8_t> to) override {
        while (!m_ended) {
            if (m_from == m_to && !m_file_ended) {
                m_from = 0;
                m_to = std::fread(m_octets.data(), 1, m_octets.size(), m_file.get());
                m_file_ended = m_to < m_octets.size();
            }
            const auto step = m_inflater.inflate(std::span(m_octets).subspan(m_from, m_to - m_from), to);
            m_from += step.used;
            if (step.made > m_left) {
                return end(fmt::format("expands to more than {} octets; decompress it, and give what is needed of it", m_limit));
            }
            m_left -= step.made;
            if (step.made > 0) {
                return step.made;
            }
            if (m_inflater.problem()) {
                // Octets behind a whole member that begin no other, as padding does.
                return end(m_inflater.whole() ? std::nullopt : std::optional("damaged gzip: " + *m_inflater.problem()));
            }
            if (m_from == m_to && m_file_ended) {
                return end(m_inflater.whole() ? std::nullopt : std::optional<std::string>("the gzip data is cut off"));
            }
        }
        return 0;
    }

private:
    std::size_t end(std::optional<std::string> problem) {
        m_ended = true;
        *m_problem = std::move(problem);
        return 0;
    }

    File m_file;
    Inflater m_inflater;
    std::shared_ptr<std::optional<std::string>> m_problem;
    std::array<std::uint8_t, 64u << 10> m_octets{};
    std::size_t m_from = 0;
    std::size_t m_to = 0;
    std::uint64_t m_left;
    std::uint64_t m_limit;
    bool m_file_ended = false;
    bool m_ended = false;
};

} // namespace

struct Inflater::State {
    z_stream stream{};
};

bool is_gzip(std::span<const std::uint8_t> start) { return start.size() >= 3 && start[0] == 0x1f && start[1] == 0x8b && start[2] == 8; }

Inflater::Inflater() : m_state(std::make_unique<State>()) {
    constexpr int gzip_only = 16;
    if (inflateInit2(&m_state->stream, gzip_only + MAX_WBITS) != Z_OK) {
        throw std::bad_alloc();
    }
}

Inflater::~Inflater() { inflateEnd(&m_state->stream); }

Inflater::Step Inflater::inflate(std::span<const std::uint8_t> in, std::span<std::uint8_t> out) {
    z_stream& stream = m_state->stream;
    if (m_problem || (in.empty() && m_whole)) {
        return {};
    }
    if (m_whole && in[0] != 0x1f) {
        m_problem = "octets behind it that are no gzip";
        return {};
    }
    if (m_whole) {
        inflateReset(&stream);
        m_whole = false;
    }
    stream.next_in = const_cast<Bytef*>(in.data());
    stream.avail_in = as_uint(in.size());
    stream.next_out = out.data();
    stream.avail_out = as_uint(out.size());
    const int result = ::inflate(&stream, Z_NO_FLUSH);
    const Step step{static_cast<std::size_t>(stream.next_in - in.data()), static_cast<std::size_t>(stream.next_out - out.data())};
    if (result == Z_STREAM_END) {
        m_whole = true;
    } else if (result != Z_OK && result != Z_BUF_ERROR) {
        m_problem = stream.msg != nullptr ? stream.msg : "not readable";
    }
    return step;
}

std::optional<std::vector<std::uint8_t>> gunzip(std::span<const std::uint8_t> octets, std::size_t limit) {
    constexpr std::size_t step = 64u << 10;
    Inflater inflater;
    std::vector<std::uint8_t> out;
    while (!octets.empty() || !inflater.whole()) {
        const std::size_t before = out.size();
        out.resize(std::min(before + step, limit));
        const auto [used, made] = inflater.inflate(octets, std::span(out).subspan(before));
        out.resize(before + made);
        octets = octets.subspan(used);
        if (inflater.problem() || (used == 0 && made == 0)) {
            return std::nullopt;
        }
    }
    return out;
}

std::unique_ptr<OctetReader> gunzip(File file, std::uint64_t limit, std::shared_ptr<std::optional<std::string>> problem) {
    return std::make_unique<GzipReader>(std::move(file), limit, std::move(problem));
}

} // namespace sceplab::input
