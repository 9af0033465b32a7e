// Which exchanges of HTTP are SCEP.
#include "check.h"

#include <conformance/input/scep_traffic.h>

#include <ostream>

using namespace wire;
using sceplab::input::is_scep_content;
using sceplab::input::is_scep_target;

namespace {

struct Row {
    const char* target;
    bool scep;
};
std::ostream& operator<<(std::ostream& out, const Row& row) { return out << row.target; }

const Row rows[] = {
    {"/any?operation=GetCACaps", true},
    {"/any?operation=getcacert", true},
    {"/any?x=1&OPERATION=PKIOPERATION&message=MII", true},
    {"/any?operation=PKI%4fperation", true},
    {"/any?operation=GetNextCACert", true},
    {"/any?operation=GetCRL", false},
    {"/any?operation=", false},
    {"/any?operations=GetCACert", false},
    {"/any?message=operation%3dGetCACert", false},
    {"http://proxy.example/any?operation=GetCACert", true},
    {"/scep", true},
    {"/SCEP/", true},
    {"/scep?message=MII", true},
    {"/certsrv/mscep/mscep.dll?operation=unknown", true},
    {"/cgi-bin/pkiclient.exe", true},
    {"/ejbca/publicweb/apply/scep/alias/pkiclient.exe", true},
    {"/cgi-bin/pkiclient%2eexe", true},
    {"http://host/scep", true},
    {"/inscept", false},
    {"/index.html?next=/scep", false},
    {"*", false},
    {"", false},
};

} // namespace

BOOST_AUTO_TEST_SUITE(scep_traffic)

BOOST_DATA_TEST_CASE(targets, boost::unit_test::data::make(rows), row) { BOOST_TEST(is_scep_target(row.target) == row.scep); }

BOOST_AUTO_TEST_CASE(content_types) {
    for (const char* type : {"application/x-pki-message", "Application/X-PKI-Message; charset=x", "application/x-x509-ca-cert",
                             "application/x-x509-ca-ra-cert", "application/x-x509-next-ca-cert"}) {
        BOOST_TEST(is_scep_content({{"content-type", type}}), type);
    }
    for (const char* type : {"text/plain", "application/pkix-cert", "application/x-pki-messages", ""}) {
        BOOST_TEST(!is_scep_content({{"Content-Type", type}}), type);
    }
    BOOST_TEST(!is_scep_content({}));
}

BOOST_AUTO_TEST_CASE(other_http_is_passed_over) {
    std::vector<Packet> packets;
    Talk(packets)
        .open()
        .client(get("/index.html"))
        .server(answer("<html>", "text/html"))
        .client(get("/any"))
        .server(answer("reply"))
        .client(post("/upload", "data", "text/plain"))
        .server(answer("thanks", "text/plain"))
        .client(get("/scep?operation=GetCACaps"))
        .server(answer("gone", "text/html", "404 Not Found"))
        .close();
    check_lines(reading::read_packets(packets).lines(),
                {"1 GET /any [] -> 200 [reply]", "1 GET /scep?operation=GetCACaps [] -> 404 [gone]"});
}

BOOST_AUTO_TEST_CASE(an_open_request_of_others_does_not_change_the_order) {
    std::vector<Packet> packets;
    Talk other(packets, {"10.0.0.2", 1});
    other.open().client(get("/events"));
    Talk(packets, {"10.0.0.2", 2}).open().client(get("/scep?operation=GetCACaps")).server(answer("AES")).close();
    other.server("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\nevent");
    check_lines(reading::read_packets(packets).lines(), {"2 GET /scep?operation=GetCACaps [] -> 200 [AES]"});
}

BOOST_AUTO_TEST_CASE(absolute_targets) {
    std::vector<Packet> packets;
    Talk(packets).open().client(get("http://ca.example/x?operation=GetCACaps")).server(answer("AES", "text/plain"));
    check_lines(reading::read_packets(packets).lines(), {"1 GET http://ca.example/x?operation=GetCACaps [] -> 200 [AES]"});
}

BOOST_AUTO_TEST_SUITE_END()
