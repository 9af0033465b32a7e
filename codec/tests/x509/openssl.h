// The openssl program as a witness, with a folder of its own for the files it reads and writes.
#pragma once

#include <sceptest.h>

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace sceptest {

class Openssl {
public:
    // What it prints; the test fails where it does, and is skipped where there is no openssl.
    std::string text(std::vector<std::string> arguments) const {
        arguments.insert(arguments.begin(), "openssl");
        std::string command;
        for (const std::string& argument : arguments) {
            command += argument + ' ';
        }
        const RunResult result = run(arguments, {.directory = m_folder.path(), .environment = {"LC_ALL=C", "TZ=UTC"}});
        if (result.exit_code == 127) {
            skip("openssl is not installed");
        }
        BOOST_REQUIRE_MESSAGE(result.exit_code == 0, command << "gave " << result.exit_code << ": " << result.err);
        return result.out;
    }

    // Whether it ends well.
    [[nodiscard]] bool accepts(std::vector<std::string> arguments) const {
        arguments.insert(arguments.begin(), "openssl");
        return run(arguments, {.directory = m_folder.path()}).exit_code == 0;
    }

    // The octets it writes to the file given by -out.
    std::vector<std::uint8_t> made(std::vector<std::string> arguments) const {
        arguments.insert(arguments.end(), {"-out", "made.out"});
        std::ignore = text(arguments);
        return file("made.out");
    }

    [[nodiscard]] std::vector<std::uint8_t> file(std::string_view name) const { return read_file(m_folder.path() / name); }

    template <class Content>
    void write(std::string_view name, const Content& content) const {
        std::ignore = m_folder.write(name, content);
    }

private:
    TemporaryFolder m_folder;
};

} // namespace sceptest
