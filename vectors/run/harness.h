#pragma once

#include <vectors/run/answer.h>

#include <chrono>
#include <functional>
#include <stdexcept>
#include <string>

namespace sceplab::vectors {

// The harness does not keep to the contract, or cannot be started.
class HarnessFault : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

// A program that answers cases, one line for one line (vectors/README.md). It is started with the first question, killed where it does not
// answer in time (six times the limit for its first answer), and started again with the next question after its end.
class Harness {
public:
    Harness(std::string command, std::chrono::milliseconds limit);
    ~Harness();
    Harness(const Harness&) = delete;
    Harness& operator=(const Harness&) = delete;

    // Throws HarnessFault.
    [[nodiscard]] Answer ask(const Json& request);
    // Ends its input. Throws HarnessFault where it says more, does not end, or ends by another code than 0.
    void finish();

private:
    enum class Read : std::uint8_t { line, end, late };
    void start();
    // How it ended: "exit code 3", "signal 11".
    std::string stop();
    [[nodiscard]] bool wait_for(short event, std::chrono::steady_clock::time_point until) const;
    // What ended the question; the answer's line is then in m_line.
    Read exchange(std::string line);

    std::string m_command;
    std::chrono::milliseconds m_limit;
    int m_socket = -1;   // its standard input and output
    int m_process = -1;  // also the id of its process group
    bool m_fresh = false;  // nothing was asked yet
    std::string m_line;
    std::string m_rest;  // read, and after the line
};

}  // namespace sceplab::vectors
