#include "process.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <sys/wait.h>
#include <unistd.h>

namespace bench {

namespace {

// The messages as files, for as long as the run.
class Files {
public:
    explicit Files(const Messages& messages) {
        std::string name = (std::filesystem::temp_directory_path() / "bench-messages-XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr) {
            give_up("no temporary folder");
        }
        m_folder = name;
        for (const auto* list : {&messages.each_type, &messages.twins, &messages.bulk}) {
            for (const Message& message : *list) {
                write(message.name + ".der", message.octets);
                write(message.name + ".signer", message.signer->certificate);
                write(message.name + ".recipient", message.recipient->certificate);
                write(message.name + ".key", message.recipient->key_der);
            }
        }
        for (std::size_t i = 0; i < messages.chains.size(); ++i) {
            write("certificates-only, " + std::to_string(messages.chains[i].size()) + ".der", messages.certs_only[i]);
        }
    }
    ~Files() { std::filesystem::remove_all(m_folder); }
    Files(const Files&) = delete;
    Files& operator=(const Files&) = delete;

    [[nodiscard]] std::string path(const std::string& name) const { return (m_folder / name).string(); }

private:
    void write(const std::string& name, View octets) const {
        std::ofstream(m_folder / name, std::ios::binary)
            .write(reinterpret_cast<const char*>(octets.data()), static_cast<std::streamsize>(octets.size()));
    }

    std::filesystem::path m_folder;
};

Octets from_hex(std::string_view digits) {
    Octets out(digits.size() / 2);
    for (std::size_t i = 0; i < out.size(); ++i) {
        std::from_chars(digits.data() + 2 * i, digits.data() + 2 * i + 2, out[i], 16);
    }
    return out;
}

} // namespace

Process::Process(const std::string& command) {
    int to[2];
    int from[2];
    if (pipe2(to, O_CLOEXEC) != 0 || pipe2(from, O_CLOEXEC) != 0) {
        give_up("no pipes");
    }
    m_process = fork();
    if (m_process == 0) {
        dup2(to[0], STDIN_FILENO);
        dup2(from[1], STDOUT_FILENO);
        execl("/bin/sh", "sh", "-c", ("exec " + command).c_str(), nullptr);
        _exit(127);
    }
    close(to[0]);
    close(from[1]);
    m_to = fdopen(to[1], "w");
    m_from = fdopen(from[0], "r");
    m_version = answer();
}

Process::~Process() {
    std::fclose(m_to);
    std::fclose(m_from);
    waitpid(m_process, nullptr, 0);
}

std::string Process::answer() {
    std::string out;
    for (int c = 0; (c = std::getc(m_from)) != '\n';) {
        if (c == EOF) {
            give_up("the program ended");
        }
        out += static_cast<char>(c);
    }
    return out;
}

std::string Process::ask(const std::string& line) {
    std::fputs((line + "\n").c_str(), m_to);
    std::fflush(m_to);
    return answer();
}

void Process::read(const std::string& work, const std::string& path, Reading& reading) {
    const std::string fields = ask("read\t" + work + "\t" + path);
    for (std::size_t at = 0; at < fields.size();) {
        const std::size_t equals = fields.find('=', at);
        const std::size_t end = std::min(fields.find('\t', equals), fields.size());
        const std::string_view all(fields);
        reading.put(all.substr(at, equals - at), View(from_hex(all.substr(equals + 1, end - equals - 1))));
        at = end + 1;
    }
}

double Process::seconds(const std::string& work, const std::string& path) {
    return std::strtod(ask("time\t" + work + "\t" + path).c_str(), nullptr) * 1e-9;
}

std::string enter_process(Suite& suite, const Messages& messages, std::string_view name, const std::string& command) {
    static const Files files(messages);
    doing(std::string(name));
    const auto process = std::make_shared<Process>(command);
    const auto column = std::ranges::find(column::all, name, [](const char* one) { return std::string_view(one); });
    if (column == std::end(column::all)) {
        give_up("no such column");
    }
    const auto enter = [&](const std::string& case_name, const std::string& work, const std::string& file) {
        suite.contend(
            case_name, *column, [=](Reading* reading) { process->read(work, files.path(file), *reading); },
            [=] { return process->seconds(work, files.path(file)); });
    };
    const bool holds_keys = name == column::bouncy_castle; // Go's library takes the key of the certificate that it has just parsed
    for (const auto* list : {&messages.each_type, &messages.twins}) {
        for (const Message& message : *list) {
            if (!message.opened_too() || (message.in_ber() && name == column::go)) {
                continue; // Go's library does not join an eContent in parts
            }
            enter("parse " + message.name, "parse", message.name);
            enter("verify " + message.name, "verify", message.name);
            if (holds_keys) {
                enter("verify " + message.name + ", held key", "verify held", message.name);
            }
            enter("open " + message.name, message.codes.message_type == "3" ? "open answer" : "open request", message.name);
        }
    }
    for (const auto& chain : messages.chains) {
        const std::string chain_name = "certificates-only, " + std::to_string(chain.size());
        enter(chain_name, "certificates", chain_name);
    }
    for (const Message& message : messages.bulk) {
        enter("open CertRep, CRL of " + message.name, "open", message.name);
    }
    return process->version();
}

} // namespace bench
