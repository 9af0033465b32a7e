#include <conformance/input/stream.h>

#include <conformance/input/gzip.h>

#include <algorithm>

namespace sceplab::input {

namespace {

constexpr std::size_t max_layers = 2;

// The octets that were looked at, then the rest.
class Rejoined final : public OctetReader {
public:
    Rejoined(std::vector<std::uint8_t> start, File rest) : m_start(std::move(start)), m_rest(std::move(rest)) {}

    std::size_t read(std::span<std::uint8_t> to) override {
        if (m_given < m_start.size()) {
            const std::size_t now = std::min(to.size(), m_start.size() - m_given);
            std::copy_n(m_start.begin() + static_cast<std::ptrdiff_t>(m_given), now, to.begin());
            m_given += now;
            return now;
        }
        return std::fread(to.data(), 1, to.size(), m_rest.get());
    }

private:
    std::vector<std::uint8_t> m_start;
    File m_rest;
    std::size_t m_given = 0;
};

} // namespace

std::expected<Stream, std::string> Stream::open(File file) {
    Stream stream;
    stream.m_rest = std::move(file);
    for (;;) {
        stream.m_can_wind_back = std::fseek(stream.m_rest.get(), 0, SEEK_CUR) == 0 && stream.m_problems.empty();
        auto start = read_rest(stream.m_rest.get(), look);
        if (!start) {
            return std::unexpected(std::move(start.error()));
        }
        stream.m_start = std::move(*start);
        if (!is_gzip(stream.m_start)) {
            return stream;
        }
        if (stream.m_problems.size() == max_layers) {
            return std::unexpected("compressed with gzip more than twice");
        }
        auto problem = std::make_shared<std::optional<std::string>>();
        stream.m_rest = file_of(gunzip(stream.take(), max_expanded, problem));
        stream.m_problems.push_back(std::move(problem));
    }
}

File Stream::take() {
    if (m_can_wind_back) {
        std::rewind(m_rest.get());
        return std::move(m_rest);
    }
    return file_of(std::make_unique<Rejoined>(std::move(m_start), std::move(m_rest)));
}

std::optional<std::string> Stream::problem() const {
    for (const auto& problem : m_problems) {
        if (*problem) {
            return *problem;
        }
    }
    return std::nullopt;
}

} // namespace sceplab::input
