#include "program.h"

#include <boost/test/unit_test.hpp>

// How far a long run is, on a terminal and nowhere else.
namespace {

using namespace sceplab::test;

// Runs sceplab with a terminal for standard error, and prints what the terminal got.
constexpr std::string_view with_terminal = R"(
import os, pty, subprocess, sys
ours, theirs = pty.openpty()
child = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=theirs)
os.close(theirs)
seen = b''
while True:
    try:
        part = os.read(ours, 4096)
    except OSError:
        break
    if not part:
        break
    seen += part
child.wait()
sys.stdout.write(seen.decode())
)";

std::string terminal(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"python3", "-c", std::string(with_terminal), sceptest::sceplab()});
    return sceptest::run(arguments).out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(progress)

BOOST_AUTO_TEST_CASE(one_line_that_is_taken_away) {
    const std::string enrol = captures_dir() / "enrol" / "capture.pcapng";
    for (const char* command : {"replay", "decode"}) {
        const std::string seen = terminal({command, enrol});
        BOOST_TEST(seen.starts_with("\r\x1b[K1 exchange, "), seen);
        BOOST_TEST(seen.ends_with("\r\x1b[K"), seen);
        BOOST_TEST(lines(seen) == 0U);
    }
    BOOST_TEST(terminal({"replay", "--quiet", enrol}) == "");
}

BOOST_AUTO_TEST_CASE(what_goes_wrong_stands_on_a_line_of_its_own) {
    const std::string seen = terminal({"replay", captures_dir() / "enrol" / "capture.pcapng", "/nowhere"});
    BOOST_TEST(seen.find("\r\x1b[Ksceplab: /nowhere: ") != std::string::npos, seen);
}

BOOST_AUTO_TEST_CASE(nothing_where_no_terminal_is) {
    BOOST_TEST(run_sceplab({"replay", captures_dir() / "enrol" / "capture.pcapng"}).err == "");
}

BOOST_AUTO_TEST_SUITE_END()
