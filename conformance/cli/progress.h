#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace sceplab::cli {

// How far a long run is, on one line of a terminal that is written over and taken away at the end. Where standard error is no terminal there is none; where
// standard output is one, and so shows the report soon, it waits for a second.
class Progress {
public:
    explicit Progress(bool quiet);
    ~Progress() { erase(); }
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    void begin(const std::string& input);
    void exchange();
    // Before anything else is written to standard error.
    void erase();

private:
    using Clock = std::chrono::steady_clock;

    bool m_on;
    bool m_visible = false;
    std::size_t m_exchanges = 0;
    std::string m_input;
    Clock::time_point m_next;
};

}  // namespace sceplab::cli
