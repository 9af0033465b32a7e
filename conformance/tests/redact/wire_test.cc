// What is written is read again as what it was, whatever its coding and however its connection ended.
#include <conformance/tests/input/check.h>
#include <conformance/tests/input/messages.h>

#include <conformance/redact/redact.h>

#include <fmt/format.h>

#include <algorithm>

using wire::Talk;

namespace {

struct Row {
    const char* name;
    void (*talk)(std::vector<wire::Packet>&);

    friend std::ostream& operator<<(std::ostream& out, const Row& row) { return out << row.name; }
};

std::string message(std::size_t size) { return "0\x82" + std::string(size, '\x05'); }

std::string caps() { return wire::get("/scep?operation=GetCACaps"); }

std::string gzip(std::string_view text) {
    const auto octets = messages::gzipped({text.begin(), text.end()});
    return {octets.begin(), octets.end()};
}

std::string head_of_answer(std::string_view fields) { return fmt::format("HTTP/1.1 200 OK\r\nContent-Type: application/x-pki-message\r\n{}\r\n", fields); }

const Row rows[] = {
    {"plain", [](auto& packets) { Talk(packets).open().client(caps()).server(wire::answer("AES")).close(); }},
    {"two in turn", [](auto& packets) { Talk(packets).open().client(caps()).server(wire::answer("AES")).client(caps()).server(wire::answer("DES3")).close(); }},
    {"at once", [](auto& packets) { Talk(packets).open().client(caps() + caps()).server(wire::answer("AES") + wire::answer("DES3")).close(); }},
    {"long", [](auto& packets) { Talk(packets).open().client(wire::post("/scep?operation=PKIOperation", message(70'000))).server(wire::answer(message(70'000))).close(); }},
    {"chunked", [](auto& packets) { Talk(packets).open().client(caps()).server(wire::chunked_answer("AES\nSHA-256", 3)).client(caps()).server(wire::answer("AES")).close(); }},
    {"chunked and empty", [](auto& packets) { Talk(packets).open().client(caps()).server(wire::chunked_answer("", 3)).client(caps()).server(wire::answer("AES")).close(); }},
    {"gzip",
     [](auto& packets) {
         const std::string body = gzip("AES\nSHA-256\n");
         Talk(packets).open().client(caps()).server(head_of_answer(fmt::format("Content-Encoding: gzip\r\nContent-Length: {}\r\n", body.size())) + body).client(caps()).server(wire::answer("AES")).close();
     }},
    {"gzip, longer than what is in it by a digit",
     [](auto& packets) {
         const std::string body = gzip(std::string(2000, 'A'));
         Talk(packets).open().client(caps()).server(head_of_answer(fmt::format("Content-Encoding: gzip\r\nContent-Length: {}\r\n", body.size())) + body).close();
     }},
    {"gzip that is none", [](auto& packets) { Talk(packets).open().client(caps()).server(head_of_answer("Content-Encoding: gzip\r\nContent-Length: 3\r\n") + "AES").close(); }},
    {"until the end", [](auto& packets) { Talk(packets).open().client(caps()).server(head_of_answer("") + "AES").server_fin().client_fin(); }},
    {"until the end, which is not captured", [](auto& packets) { Talk(packets).open().client(caps()).server(head_of_answer("") + "AES"); }},
    {"no body", [](auto& packets) { Talk(packets).open().client(caps()).server("HTTP/1.1 204 No Content\r\n\r\n").client(caps()).server(wire::answer("AES")).close(); }},
    {"HEAD", [](auto& packets) { Talk(packets).open().client("HEAD /scep?operation=GetCACaps HTTP/1.1\r\n\r\n").server(head_of_answer("Content-Length: 7\r\n")).client(caps()).server(wire::answer("AES")).close(); }},
    {"cut", [](auto& packets) { Talk(packets).open().client(caps()).server(head_of_answer("Content-Length: 30\r\n") + "AES").close(); }},
    {"no answer, FIN", [](auto& packets) { Talk(packets).open().client(caps()).close(); }},
    {"no answer, RST", [](auto& packets) { Talk(packets).open().client(caps()).server_rst(); }},
    {"no answer", [](auto& packets) { Talk(packets).open().client(caps()); }},
    {"octets lost between",
     [](auto& packets) { Talk(packets).open().client(caps()).server(head_of_answer("Content-Length: 30\r\n") + "AES").server_lost(27).client(caps()).server(wire::answer("AES")).close(); }},
    {"the answer alone", [](auto& packets) { Talk(packets).server(wire::answer(message(10))).close(); }},
    {"malformed answer", [](auto& packets) { Talk(packets).open().client(caps()).server("HTTP/1.1 200 OK\r\nContent Type: text\r\n\r\n" + message(10)).close(); }},
    {"line feeds alone", [](auto& packets) { Talk(packets).open().client(caps()).server("HTTP/1.1 200 OK\n\nAES").close(); }},
    {"the same port again",
     [](auto& packets) {
         for (int i = 0; i < 3; ++i) {
             Talk(packets, {"10.0.0.2", 40000}, {"10.0.0.1", 80}, 1000 + 100'000u * static_cast<unsigned>(i), 5000).open().client(caps()).server(wire::answer("AES")).close();
         }
     }},
    {"two connections at a time",
     [](auto& packets) {
         Talk one(packets, {"10.0.0.2", 40000});
         Talk two(packets, {"::7", 40001}, {"::8", 80});
         one.open();
         two.open();
         one.client(caps());
         two.client(caps()).server(wire::answer("DES3"));
         one.server(wire::answer("AES")).close();
         two.close();
     }},
};

struct Redacted {
    wire::Octets octets;
    std::size_t damaged = 0;
};

Redacted redact(const wire::Octets& capture) {
    const sceptest::TemporaryFolder folder;
    const auto before = folder.write("before", capture);
    const auto after = folder.path() / "after";
    std::FILE* const out = std::fopen(after.c_str(), "wb");
    BOOST_REQUIRE(out != nullptr);
    Redacted redacted;
    const auto report = sceplab::redact::redact(before, out, [&](const auto&) { ++redacted.damaged; });
    std::fclose(out);
    BOOST_REQUIRE_MESSAGE(report.has_value(), report.error());
    redacted.octets = sceptest::read_file(after);
    return redacted;
}

// Without the numbers of connections, which change where one could not go on.
Lines lines(const reading::Result& result) {
    Lines out;
    for (const auto& exchange : result.exchanges) {
        reading::Result one;
        out.push_back(fmt::format("{} {}", exchange.request ? reading::text(exchange.request->target) : "-", name(exchange.ended)));
        if (const auto& request = exchange.request) {
            out.back() += fmt::format(" [{}] {} {} {}", reading::text(request->body), request->complete, request->malformed.value_or("-"), *request->time);
        }
        if (const auto& response = exchange.response) {
            out.back() += fmt::format(" -> {} [{}] {} {} {}", response->status, reading::text(response->body), response->complete, response->malformed.value_or("-"), *response->time);
        }
    }
    return out;
}

} // namespace

BOOST_AUTO_TEST_SUITE(wire_form)

BOOST_DATA_TEST_CASE(is_read_as_before, boost::unit_test::data::make(rows), row) {
    std::vector<wire::Packet> packets;
    row.talk(packets);
    const auto capture = wire::capture_file(packets, {.pcapng = true});
    const auto before = reading::read_octets(capture);
    BOOST_REQUIRE(!before.exchanges.empty());
    const auto redacted = redact(capture);
    BOOST_TEST(redacted.damaged == before.damage.size());
    check_lines(lines(reading::read_octets(redacted.octets)), lines(before));
}

BOOST_AUTO_TEST_CASE(only_what_is_scep_is_written) {
    std::vector<wire::Packet> packets;
    Talk(packets, {"10.11.12.13", 40000}).open().client(wire::get("/private")).server(wire::answer("private", "text/html")).client(caps()).server(wire::answer("AES")).close();
    Talk(packets, {"10.11.12.14", 40001}).open().client(wire::get("/private")).server(wire::answer("private", "text/html")).close();
    const auto octets = redact(wire::capture_file(packets)).octets;
    const std::string text(octets.begin(), octets.end());
    BOOST_TEST(text.find("private") == std::string::npos);
    for (const std::string_view address : {std::string_view("\x0a\x0b\x0c", 3), std::string_view("\x0a\0\0\x01", 4)}) {
        BOOST_TEST(text.find(address) == std::string::npos);
    }
    BOOST_TEST(text.find("AES") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
