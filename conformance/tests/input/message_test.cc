// One message in every clothing.
#include "check.h"
#include "messages.h"

#include <fmt/format.h>

#include <ostream>

using sceptest::TemporaryFolder;

namespace {

using messages::base64;
using messages::hex;
using messages::pem;

// As one program or another writes a hex dump.
struct Dump {
    std::string format = {}; // of the offset
    std::size_t group = 1;
    std::string half = {}; // between the eighth octet and the ninth, besides the space
    std::string characters = {};
    std::string end = "\n";
};

std::string dump(const wire::Octets& octets, const Dump& how) {
    constexpr std::size_t width = 16;
    std::string out;
    for (std::size_t at = 0; at < octets.size(); at += width) {
        out += fmt::format(fmt::runtime(how.format), at);
        std::string characters;
        for (std::size_t i = at; i < at + width; ++i) {
            const bool there = i < octets.size();
            out += there ? fmt::format("{:02x}", octets[i]) : "  ";
            out += i + 1 < at + width && (i + 1) % how.group == 0 ? (i + 1 == at + width / 2 && !how.half.empty() ? (how.half == " " ? "  " : how.half) : " ") : "";
            // Characters that look like digits are the ones that matter.
            characters += there ? (octets[i] >= 0x20 && octets[i] < 0x7f ? static_cast<char>(octets[i]) : 'a') : ' ';
        }
        out += (how.characters.empty() ? "" : fmt::format(fmt::runtime(how.characters), characters)) + how.end;
    }
    return out;
}

} // namespace

BOOST_AUTO_TEST_SUITE(message)

BOOST_AUTO_TEST_CASE(der) {
    const auto request = messages::pki_message("19", "T1", "0123456789abcdef", {});
    const auto result = reading::read_octets(request);
    BOOST_REQUIRE_EQUAL(result.exchanges.size(), 1u);
    const auto& exchange = result.exchanges[0];
    BOOST_TEST(exchange.request->body.same_octets(request));
    BOOST_TEST(exchange.request->method.empty());
    BOOST_TEST(exchange.request->target.empty());
    BOOST_TEST(!exchange.request->time);
    BOOST_TEST(!exchange.response);
    BOOST_TEST(!exchange.connection);
    BOOST_TEST(exchange.input == 7u);
    BOOST_TEST(exchange.sources.size() == 1u);
}

BOOST_AUTO_TEST_CASE(clothing) {
    const auto request = messages::pki_message("19", "T1", "0123456789abcdef", {});
    const std::pair<const char*, std::string> texts[] = {
        {"base64", base64(request)},
        {"base64 in lines", base64(request, 64)},
        {"base64 in lines, CRLF", base64(request, 76, "\r\n")},
        {"PEM", pem("PKCS7", request)},
        {"PEM of CMS", pem("CMS", request)},
        {"PEM of another label", pem("SCEP MESSAGE", request)},
        {"PEM behind words", "subject=CN = x\nissuer=CN = y\n\n" + pem("PKCS7", request)},
        {"xxd", dump(request, {.format = "{:08x}: ", .group = 2, .characters = "  {}"})},
        {"hexdump -C", dump(request, {.format = "{:08x}  ", .half = " ", .characters = "  |{}|"}) + fmt::format("{:08x}\n", request.size())},
        {"od -A x -t x1z", dump(request, {.format = "{:06x} ", .characters = "  >{}<"}) + fmt::format("{:06x}\n", request.size())},
        {"od -t x1", dump(request, {.format = "{:07o} "}) + fmt::format("{:07o}\n", request.size())},
        {"od -A d -t x1", dump(request, {.format = "{:07} "}) + fmt::format("{:07}\n", request.size())},
        {"Wireshark", dump(request, {.format = "{:04x}   ", .characters = "   {}"})},
        {"openssl asn1parse -dump", dump(request, {.format = "{:04x} - ", .half = "-", .characters = "   {}"})},
        {"a dump with CRLF", dump(request, {.format = "0x{:04x}:  ", .end = "\r\n"})},
        {"hexadecimal", hex(request)},
        {"hexadecimal with colons", hex(request, ":")},
        {"hexadecimal in groups", "  " + hex(request, " ") + "\n"},
    };
    for (const auto& [name, text] : texts) {
        BOOST_TEST_CONTEXT(name) {
            const TemporaryFolder folder;
            const auto result = reading::read(folder.write("message", text));
            BOOST_REQUIRE_EQUAL(result.exchanges.size(), 1u);
            const auto& exchange = result.exchanges[0];
            BOOST_TEST(exchange.request->body.same_octets(request));
            // The file is one source, what it says another, and places in it lead back to the file.
            BOOST_REQUIRE_EQUAL(exchange.sources.size(), 2u);
            const auto& derived = exchange.sources[exchange.request->body.source()];
            BOOST_TEST((derived.kind == scep::SourceKind::base64));
            BOOST_TEST(*derived.parent == 0u);
            BOOST_TEST(reading::text(exchange.sources[0].octets) == text);
            const auto last = exchange.request->body.from(exchange.request->body.size() - 3).location();
            BOOST_TEST(exchange.sources.in_capture(last).source == 0u);
            BOOST_TEST(exchange.sources.in_capture(last).offset > text.size() / 2);
        }
    }
}

BOOST_AUTO_TEST_CASE(which_side) {
    const auto reply = messages::pki_message("3", "T1", "fedcba9876543210", "0123456789abcdef");
    const auto certificate = messages::certificate();
    const auto certificates = scep::cms::encode_certificates_only(std::vector<wire::Octets>{certificate});
    const auto pem = messages::pem("CERTIFICATE", certificate);
    {
        const auto result = reading::read_octets({pem.begin(), pem.end()});
        BOOST_REQUIRE_EQUAL(result.exchanges.size(), 1u);
        BOOST_TEST(result.exchanges[0].response->body.same_octets(certificate));
    }
    for (const auto& response : {reply, certificate, certificates}) {
        const auto result = reading::read_octets(response);
        BOOST_REQUIRE_EQUAL(result.exchanges.size(), 1u);
        BOOST_REQUIRE(result.exchanges[0].response.has_value());
        BOOST_TEST(!result.exchanges[0].request);
        BOOST_TEST(result.exchanges[0].response->status == 0);
        BOOST_TEST(result.exchanges[0].response->body.same_octets(response));
        BOOST_TEST((result.exchanges[0].ended == sceplab::input::Ending::answered));
    }
    for (const char* type : {"17", "20", "21", "22", "99"}) {
        const auto result = reading::read_octets(messages::pki_message(type, "T1", "0123456789abcdef", {}));
        BOOST_REQUIRE_EQUAL(result.exchanges.size(), 1u);
        BOOST_TEST(result.exchanges[0].request.has_value(), type);
    }
}

BOOST_AUTO_TEST_CASE(capabilities) {
    const TemporaryFolder folder;
    const std::string_view texts[] = {"AES\nSHA-256\nPOSTPKIOperation\n", "aes\r\nrenewal", "SCEPStandard"};
    for (const auto text : texts) {
        const auto result = reading::read(folder.write("answer.txt", text));
        BOOST_REQUIRE_EQUAL(result.exchanges.size(), 1u);
        BOOST_TEST(reading::text(result.exchanges[0].response->body) == text);
    }
    BOOST_TEST(reading::read(folder.write("getcacaps.txt", "Unheard-Of")).exchanges.size() == 1u);
    BOOST_TEST(reading::read(folder.write("other.txt", "Unheard-Of")).only_damage() == "no SCEP message: text");
    BOOST_TEST(reading::read(folder.write("caps.txt", "AES is a word in a sentence")).only_damage() == "no SCEP message: text");
}

BOOST_AUTO_TEST_CASE(a_broken_message_is_handed_on) {
    auto request = messages::pki_message("19", "T1", "0123456789abcdef", {});
    request.resize(request.size() - 40);
    const auto result = reading::read_octets(request);
    BOOST_REQUIRE_EQUAL(result.exchanges.size(), 1u);
    BOOST_TEST(result.exchanges[0].request->body.same_octets(request));
    BOOST_TEST(reading::read_octets({0x30, 0x84, 0xff, 0xff, 0xff, 0xff, 0x06}).exchanges.size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(url)

namespace {

struct Row {
    const char* line;
    const char* method;
    const char* target;
    const char* version;
};
std::ostream& operator<<(std::ostream& out, const Row& row) { return out << row.line; }

const Row rows[] = {
    {"http://ca.example/scep?operation=GetCACaps", "GET", "http://ca.example/scep?operation=GetCACaps", ""},
    {"https://ca.example:8443/scep?operation=PKIOperation&message=MII%2B", "GET",
     "https://ca.example:8443/scep?operation=PKIOperation&message=MII%2B", ""},
    {"/scep?operation=PKIOperation&message=MII", "GET", "/scep?operation=PKIOperation&message=MII", ""},
    {"  /scep?operation=GetCACert\r", "GET", "/scep?operation=GetCACert", ""},
    {"/scep?message=MII A&operation=PKIOperation", "GET", "/scep?message=MII A&operation=PKIOperation", ""},
    {"GET /scep?operation=GetCACert&message=x HTTP/1.1", "GET", "/scep?operation=GetCACert&message=x", "HTTP/1.1"},
    {"POST /scep?operation=PKIOperation HTTP/1.0", "POST", "/scep?operation=PKIOperation", "HTTP/1.0"},
    {"10.0.0.2 - - [23/Nov/2026:16:33:30 +0000] \"GET /scep?operation=PKIOperation&message=MII%2BA HTTP/1.1\" 200 3681 \"-\" \"client\"",
     "GET", "/scep?operation=PKIOperation&message=MII%2BA", "HTTP/1.1"},
    {"10.0.0.2 \"GET /scep?operation=PKIOperation&message=MII A= HTTP/1.1\" 200", "GET",
     "/scep?operation=PKIOperation&message=MII A=", "HTTP/1.1"},
    {"level=info url=\"http://h/scep?operation=GetCACaps\" took=3ms", "GET", "http://h/scep?operation=GetCACaps", ""},
    {"2026-11-23 16:33:30 10.0.0.1 GET /certsrv/mscep/mscep.dll?operation=GetCACaps 80 - 200", "GET",
     "/certsrv/mscep/mscep.dll?operation=GetCACaps", ""},
    {"> GET /scep?operation=GetCACaps HTTP/1.1", "GET", "/scep?operation=GetCACaps", "HTTP/1.1"},
    {"Nov 23 16:33:30 lb haproxy[7]: 10.0.0.2:40000 [23/Nov/2026:16:33:30.123] scep~ ca/ca1 0/0/1/2/3 200 3681 - - ---- 1/1/0/0/0 0/0 \"GET "
     "/scep?operation=GetCACert HTTP/1.1\"",
     "GET", "/scep?operation=GetCACert", "HTTP/1.1"},
    {R"({"remote_addr":"10.0.0.2","request":"GET /scep?operation=GetCACert HTTP/1.1","status":200})", "GET", "/scep?operation=GetCACert", "HTTP/1.1"},
};

} // namespace

BOOST_DATA_TEST_CASE(lines, boost::unit_test::data::make(rows), row) {
    const TemporaryFolder folder;
    const auto result = reading::read(folder.write("line", std::string_view(row.line)));
    BOOST_REQUIRE_EQUAL(result.exchanges.size(), 1u);
    const auto& exchange = result.exchanges[0];
    BOOST_TEST(exchange.request->method == row.method);
    BOOST_TEST(reading::text(exchange.request->target) == row.target);
    BOOST_TEST(exchange.request->version == row.version);
    BOOST_TEST(!exchange.response);
    // The target is a view into the line.
    BOOST_TEST(exchange.request->target.offset() == std::string_view(row.line).find(row.target));
    BOOST_TEST(reading::text(exchange.sources[0].octets) == row.line);
}

BOOST_AUTO_TEST_CASE(on_the_command_line) {
    const std::string url = "http://ca.example/scep?operation=PKIOperation&message=MII";
    for (const std::string& argument : {url, std::string("/scep?operation=PKIOperation&message=MII"),
                                        std::string("/scep?operation=PKIOperation&message=") + std::string(20'000, 'M')}) {
        const auto result = reading::read(argument);
        BOOST_REQUIRE_EQUAL(result.exchanges.size(), 1u);
        BOOST_TEST(reading::text(result.exchanges[0].request->target) == argument);
        BOOST_TEST(result.exchanges[0].request->method == "GET");
        BOOST_TEST((result.exchanges[0].ended == sceplab::input::Ending::capture));
    }
    BOOST_TEST(reading::read(std::string("http://ca.example/index.html")).only_damage() == "no SCEP operation in this URL");
}

// IIS: path and query are fields of their own.
BOOST_AUTO_TEST_CASE(a_log_of_fields) {
    const std::string log = "#Software: Microsoft Internet Information Services 10.0\r\n"
                            "#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) sc-status\r\n"
                            "2026-11-23 16:33:29 10.0.0.1 GET /certsrv/mscep/mscep.dll - 80 - 10.0.0.2 Mozilla/4.0 200\r\n"
                            "2026-11-23 16:33:30 10.0.0.1 GET /certsrv/mscep/mscep.dll operation=PKIOperation&message=MII%2B 80 - 10.0.0.2 Mozilla/4.0 200\r\n"
                            "2026-11-23 16:33:31 10.0.0.1 POST /certsrv/mscep/mscep.dll message=x&operation=PKIOperation 80 - 10.0.0.2 - 500\r\n";
    const TemporaryFolder folder;
    const auto result = reading::read(folder.write("u_ex261123.log", log));
    check_lines(result.lines(), {"GET /certsrv/mscep/mscep.dll?operation=PKIOperation&message=MII%2B [] -> capture",
                                 "POST /certsrv/mscep/mscep.dll?message=x&operation=PKIOperation [] -> capture"});
    const auto& exchange = result.exchanges[0];
    const auto query = exchange.request->target.from(25).location();
    BOOST_TEST(exchange.sources.in_capture(query).source == 0u);
    BOOST_TEST(exchange.sources.in_capture(query).offset == std::string("2026-11-23 16:33:30 10.0.0.1 GET /certsrv/mscep/mscep.dll ").size());
}

BOOST_AUTO_TEST_CASE(a_whole_log) {
    std::string log;
    for (int i = 0; i < 5; ++i) {
        log += "10.0.0.2 - - [23/Nov/2026:16:33:30 +0000] \"GET /index.html HTTP/1.1\" 200 1\n";
        log += fmt::format("10.0.0.2 - - [23/Nov/2026:16:33:30 +0000] \"GET /scep?operation=GetCACaps&message={} HTTP/1.1\" 200 1\n", i);
    }
    const TemporaryFolder folder;
    const auto result = reading::read(folder.write("access.log", log));
    BOOST_REQUIRE_EQUAL(result.exchanges.size(), 5u);
    BOOST_TEST(reading::text(result.exchanges[4].request->target) == "/scep?operation=GetCACaps&message=4");
    BOOST_TEST(result.exchanges[4].request->target.offset() == std::string("10.0.0.2 - - [23/Nov/2026:16:33:30 +0000] \"GET ").size());
}

BOOST_AUTO_TEST_SUITE_END()
