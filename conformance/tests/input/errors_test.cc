// Inputs that are none: one line each.
#include "check.h"
#include "messages.h"

#include <filesystem>
#include <ostream>

#include <unistd.h>

using sceptest::TemporaryFolder;

namespace {

struct Row {
    const char* name;
    std::string octets;
    const char* reason;
};
std::ostream& operator<<(std::ostream& out, const Row& row) { return out << row.name; }

const Row rows[] = {
    {"nothing", "", "empty file"},
    {"text", "Dear sir,\nthe CA is down.\n", "no SCEP message: text"},
    {"text that begins with the octet of a SEQUENCE", "0 errors found", "no SCEP message: text"},
    {"text that begins like hexadecimal", "30 days", "no SCEP message: text"},
    {"base64 of something else", "TWVzc2FnZSBpbiBhIGJvdHRsZQ==", "no SCEP message: text"},
    {"an HTML page", "<html><body>404</body></html>", "no SCEP message: text"},
    {"JSON", "{\"log\": {\"entries\": []}}", "no SCEP traffic: 0 HTTP requests, none of them SCEP"},
    {"a picture", std::string("\x89PNG\r\n\x1a\n\0\0", 10), "no SCEP message: neither ASN.1 nor a capture"},
    {"other JSON", "{\"a\": 1}", "JSON, but neither a HAR (\"log\") nor a transcript (\"schema\": \"sceplab-transcript/1\")"},
    {"gzip that is cut off", std::string("\x1f\x8b\x08\0\0", 5), "the gzip data is cut off"},
    {"gzip that is none", std::string("\x1f\x8b\x08\0\0\0\0\0\0\0\xff\xff", 12), "damaged gzip: invalid block type"},
    {"a certificate in PEM that does not decode", "-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n", "no SCEP message: text"},
    {"PEM that does not decode", "-----BEGIN PKCS7-----\n!!!!\n-----END PKCS7-----\n", "no SCEP message: text"},
};

} // namespace

BOOST_AUTO_TEST_SUITE(errors)

BOOST_DATA_TEST_CASE(files, boost::unit_test::data::make(rows), row) {
    const TemporaryFolder folder;
    const auto result = reading::read(folder.write("file", row.octets));
    BOOST_TEST(result.exchanges.empty());
    BOOST_TEST(result.only_damage() == row.reason);
    BOOST_REQUIRE_EQUAL(result.damage.size(), 1u);
    BOOST_TEST(result.damage[0].unusable);
    BOOST_TEST(result.damage[0].input == 7u);
    BOOST_TEST(row.reason == std::string_view(row.reason).substr(0, std::string_view(row.reason).find('\n')));
}

BOOST_AUTO_TEST_CASE(a_file_that_does_not_exist) {
    const TemporaryFolder folder;
    BOOST_TEST(reading::read(folder.path() / "none.pcap").only_damage() == "No such file or directory");
    BOOST_TEST(reading::read(folder.path() / "none" / "").only_damage() == "No such file or directory");
    BOOST_TEST(reading::read(std::string()).only_damage() == "No such file or directory");
    BOOST_TEST(reading::read(std::string(100'000, 'x')).only_damage() == "File name too long");
}

BOOST_AUTO_TEST_CASE(a_file_that_cannot_be_opened) {
    if (geteuid() == 0) {
        sceptest::skip("root may open every file");
    }
    const TemporaryFolder folder;
    const auto file = folder.write("file", std::string_view("x"));
    std::filesystem::permissions(file, std::filesystem::perms::none);
    BOOST_TEST(reading::read(file).only_damage() == "Permission denied");
}

BOOST_AUTO_TEST_CASE(keys_and_certificates) {
    const TemporaryFolder folder;
    const auto path = [&](const char* name) { return (folder.path() / name).string(); };
    const std::vector<std::string> commands[] = {
        {"genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:1024", "-out", path("pkcs8.pem")},
        {"pkey", "-in", path("pkcs8.pem"), "-outform", "DER", "-out", path("pkcs8.der")},
        {"rsa", "-in", path("pkcs8.pem"), "-traditional", "-out", path("pkcs1.pem")},
        {"rsa", "-in", path("pkcs8.pem"), "-traditional", "-outform", "DER", "-out", path("pkcs1.der")},
        {"ecparam", "-name", "prime256v1", "-genkey", "-noout", "-outform", "DER", "-out", path("ec.der")},
        {"pkcs8", "-topk8", "-in", path("pkcs8.pem"), "-passout", "pass:x", "-outform", "DER", "-out", path("encrypted.der")},
        {"pkcs8", "-topk8", "-in", path("pkcs8.pem"), "-passout", "pass:x", "-out", path("encrypted.pem")},
    };
    for (auto command : commands) {
        command.insert(command.begin(), "openssl");
        BOOST_REQUIRE_EQUAL(sceptest::run(command).exit_code, 0);
    }
    for (const char* name : {"pkcs8.pem", "pkcs8.der", "pkcs1.pem", "pkcs1.der", "ec.der", "encrypted.der", "encrypted.pem"}) {
        BOOST_TEST(reading::read(folder.path() / name).only_damage() == "a private key; give it with --key", name);
    }
    BOOST_REQUIRE_EQUAL(
        sceptest::run({"openssl", "pkey", "-in", path("pkcs8.pem"), "-pubout", "-outform", "DER", "-out", path("public.der")}).exit_code,
        0);
    BOOST_TEST(reading::read(folder.path() / "public.der").only_damage() == "no SCEP message: a public key");
}

BOOST_AUTO_TEST_CASE(a_capture_without_scep) {
    std::vector<wire::Packet> packets;
    wire::Talk(packets).open().client(wire::get("/index.html")).server(wire::answer("<html>", "text/html")).close();
    const auto result = reading::read_packets(packets);
    BOOST_TEST(result.exchanges.empty());
    BOOST_TEST(result.only_damage() == "no SCEP traffic: 8 packets, 1 TCP connection, 1 HTTP request, none of them SCEP");
    BOOST_TEST(result.damage[0].unusable);
}

BOOST_AUTO_TEST_CASE(a_capture_of_another_protocol) {
    std::vector<wire::Packet> packets;
    wire::Talk(packets, {"10.0.0.2", 1}, {"10.0.0.1", 22})
        .open()
        .client("SSH-2.0-client\r\n")
        .server("SSH-2.0-server\r\n")
        .client(std::string("\0\1\2", 3));
    wire::Talk(packets, {"10.0.0.2", 2}, {"10.0.0.1", 25})
        .open()
        .server("220 mail\r\n")
        .client("EHLO there\r\n")
        .server("250 ok\r\n")
        .close();
    const auto result = reading::read_packets(packets);
    BOOST_TEST(result.exchanges.empty());
    check_contains(result.only_damage(), "no SCEP traffic: 15 packets, 2 TCP connections");
}

BOOST_AUTO_TEST_CASE(a_capture_without_packets) {
    BOOST_TEST(reading::read_packets({}).only_damage() == "no SCEP traffic: 0 packets, 0 TCP connections");
    BOOST_TEST(reading::read_packets({}, {.pcapng = true}).only_damage() == "no SCEP traffic: 0 packets, 0 TCP connections");
}

BOOST_AUTO_TEST_CASE(a_capture_whose_head_is_cut) {
    auto octets = wire::capture_file({});
    octets.resize(12);
    const auto result = reading::read_octets(octets);
    BOOST_REQUIRE_EQUAL(result.damage.size(), 1u);
    BOOST_TEST(result.damage[0].unusable);
    check_contains(result.only_damage(), "truncated dump file");
}

BOOST_AUTO_TEST_CASE(names_of_endings) {
    using enum sceplab::input::Ending;
    for (const auto& [ending, text] :
         {std::pair{answered, "answered"}, {fin, "fin"}, {rst, "rst"}, {sceplab::input::Ending::capture, "capture"}}) {
        BOOST_TEST(name(ending) == text);
    }
}

BOOST_AUTO_TEST_SUITE_END()
