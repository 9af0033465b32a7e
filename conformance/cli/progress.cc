#include <conformance/cli/progress.h>

#include <conformance/tree/legible.h>

#include <fmt/format.h>

#include <iostream>

#include <unistd.h>

namespace sceplab::cli {

Progress::Progress(bool quiet) : m_on(!quiet && isatty(STDERR_FILENO) == 1), m_next(Clock::now()) {
    if (isatty(STDOUT_FILENO) == 1) {
        m_next += std::chrono::seconds(1);
    }
}

void Progress::begin(const std::string& input) {
    constexpr std::size_t width = 50;
    m_input = tree::legible(input, width);
}

void Progress::exchange() {
    ++m_exchanges;
    if (!m_on || Clock::now() < m_next) {
        return;
    }
    m_next = Clock::now() + std::chrono::milliseconds(100);
    m_visible = true;
    std::cerr << fmt::format("\r\x1b[K{} exchange{}, {}", m_exchanges, m_exchanges == 1 ? "" : "s", m_input) << std::flush;
}

void Progress::erase() {
    if (m_visible) {
        std::cerr << "\r\x1b[K" << std::flush;
        m_visible = false;
    }
}

}  // namespace sceplab::cli
