#pragma once

#include "peers.h"

#include <memory>

namespace bench {

// A contender that is a program of its own, alive for the whole run. It first says its version in a line, then answers each line
//
//     read TAB work TAB path      with what it read, after it has warmed up: "field=hex TAB field=hex ..."
//     time TAB work TAB path      with the nanoseconds of processor time of one operation, the mean over 20 ms
//
// where `path`.der is the message, and `path`.signer, .recipient (certificates) and .key (PKCS#8) are what is held for it. The works are
// parse, verify, verify held, open, open request, open answer, certificates.
class Process {
public:
    explicit Process(const std::string& command);
    ~Process();
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;

    [[nodiscard]] const std::string& version() const { return m_version; }
    void read(const std::string& work, const std::string& path, Reading& reading);
    [[nodiscard]] double seconds(const std::string& work, const std::string& path);

private:
    std::string ask(const std::string& line);
    std::string answer();

    FILE* m_to = nullptr;
    FILE* m_from = nullptr;
    int m_process = 0;
    std::string m_version;
};

// `name=command`, where the name is a column. Gives its version.
std::string enter_process(Suite& suite, const Messages& messages, std::string_view name, const std::string& command);

} // namespace bench
