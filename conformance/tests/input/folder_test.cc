// Folders: what takes part, and which answer belongs to which request.
#include "check.h"
#include "messages.h"

#include <filesystem>

using messages::gzipped;
using sceptest::TemporaryFolder;

namespace {

const char* const nonce_a = "aaaaaaaaaaaaaaaa";
const char* const nonce_b = "bbbbbbbbbbbbbbbb";

wire::Octets request(std::string_view id, std::string_view nonce) { return messages::pki_message("19", id, nonce, {}); }
wire::Octets reply(std::string_view id, std::string_view nonce) { return messages::pki_message("3", id, "ssssssssssssssss", nonce); }

// Which of the written messages stand in an exchange: "request/response" by name.
struct Written {
    TemporaryFolder folder;
    std::vector<std::pair<std::string, wire::Octets>> files;

    void add(const std::string& name, const wire::Octets& octets) {
        folder.write(name, octets);
        files.emplace_back(name, octets);
    }
    std::string name_of(scep::der::Input body) const {
        for (const auto& [name, octets] : files) {
            if (body.same_octets(octets)) {
                return name;
            }
        }
        return "?";
    }
    Lines read() const {
        Lines out;
        for (const auto& exchange : reading::read(folder.path()).exchanges) {
            out.push_back((exchange.request ? name_of(exchange.request->body) : "-") + " / " +
                          (exchange.response ? name_of(exchange.response->body) : "-"));
        }
        return out;
    }
};

} // namespace

BOOST_AUTO_TEST_SUITE(folder)

BOOST_AUTO_TEST_CASE(paired_by_transaction_and_nonce) {
    Written written;
    written.add("1.der", reply("T1", nonce_b));
    written.add("2.der", reply("T1", nonce_a));
    written.add("3.der", request("T1", nonce_a));
    written.add("4.der", request("T1", nonce_b));
    written.add("5.der", request("T2", nonce_a));
    check_lines(written.read(), {"3.der / 2.der", "4.der / 1.der", "5.der / -"});
}

BOOST_AUTO_TEST_CASE(nonces_count_more_than_names) {
    Written written;
    written.add("01-req.der", request("T1", nonce_a));
    written.add("01-resp.der", reply("T1", nonce_b));
    written.add("02-req.der", request("T1", nonce_b));
    written.add("02-resp.der", reply("T1", nonce_a));
    check_lines(written.read(), {"01-req.der / 02-resp.der", "02-req.der / 01-resp.der"});
}

BOOST_AUTO_TEST_CASE(paired_by_name) {
    Written written;
    const auto certificate = messages::certificate();
    written.add("01-req.der", request("T1", nonce_a));
    written.add("01-resp.der", certificate); // no attributes
    written.add("b_request.der", request("T2", nonce_a));
    written.add("b_response.der", reply("T3", nonce_b)); // nothing agrees but the name
    written.add("c-PKCSReq.bin", request("T4", nonce_a));
    written.add("c-CertRep.bin", reply("T5", nonce_a));
    check_lines(written.read(), {"01-req.der / 01-resp.der", "b_request.der / b_response.der", "c-PKCSReq.bin / c-CertRep.bin"});
}

BOOST_AUTO_TEST_CASE(paired_by_transaction_alone) {
    Written written;
    written.add("a.der", request("T1", nonce_a));
    written.add("b.der", reply("T1", nonce_b)); // a nonce that answers nothing
    written.add("c.der", request("T2", nonce_a));
    written.add("d.der", request("T2", nonce_b));
    written.add("e.der", reply("T2", "cccccccccccccccc")); // to which of the two?
    check_lines(written.read(), {"a.der / b.der", "c.der / -", "d.der / -", "- / e.der"});
}

BOOST_AUTO_TEST_CASE(the_message_tells_its_side_not_the_name) {
    Written written;
    written.add("01-resp.der", request("T1", nonce_a));
    written.add("02-req.der", reply("T1", nonce_a));
    check_lines(written.read(), {"01-resp.der / 02-req.der"});
}

BOOST_AUTO_TEST_CASE(the_name_tells_where_the_message_does_not) {
    const TemporaryFolder folder;
    // EnvelopedData has no attributes.
    const wire::Octets envelope = scep::cms::encode_enveloped_data(
        {.recipient_infos = {}, .content_encryption_algorithm = {0x30, 0x00}, .encrypted_content = {1}, .version = {}});
    folder.write("x-resp.der", envelope);
    folder.write("x-req.der", envelope);
    const auto result = reading::read(folder.path());
    BOOST_REQUIRE_EQUAL(result.exchanges.size(), 1u);
    BOOST_TEST(result.exchanges[0].request.has_value());
    BOOST_TEST(result.exchanges[0].response.has_value());
}

BOOST_AUTO_TEST_CASE(what_is_no_message_is_passed_over) {
    Written written;
    const auto certificate = messages::certificate();
    written.folder.write("README", std::string_view("GET /scep?operation=GetCACaps\nand other notes\n"));
    written.folder.write("notes.txt", std::string_view("text"));
    written.folder.write("empty", std::string_view());
    written.folder.write("ca.pem", messages::pem("CERTIFICATE", certificate));
    written.folder.write("picture.png", std::string_view("\x89PNG\r\n\x1a\n\0\0", 10));
    const auto key = (written.folder.path() / "key").string();
    for (const auto& arguments : {std::vector<std::string>{"-out", key + ".pem"}, {"-outform", "DER", "-out", key + ".der"}}) {
        std::vector<std::string> command{"openssl", "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"};
        command.insert(command.end(), arguments.begin(), arguments.end());
        BOOST_REQUIRE_EQUAL(sceptest::run(command).exit_code, 0);
    }
    BOOST_REQUIRE_EQUAL(
        sceptest::run({"openssl", "req", "-new", "-key", key + ".pem", "-subj", "/CN=x", "-outform", "DER", "-out", key + ".csr"})
            .exit_code,
        0);
    BOOST_REQUIRE_EQUAL(sceptest::run({"openssl", "rsa", "-in", key + ".pem", "-outform", "DER", "-out", key + "2.der"}).exit_code,
                        1); // none of RSA
    std::filesystem::create_directory(written.folder.path() / "folder");
    const auto result = reading::read(written.folder.path());
    BOOST_TEST(result.exchanges.empty());
    check_contains(result.only_damage(), "no SCEP message in this folder: ");
    BOOST_TEST(result.damage[0].unusable);
    written.add("message.der", request("T1", nonce_a));
    check_lines(written.read(), {"message.der / -"});
}

BOOST_AUTO_TEST_CASE(other_clothing_in_a_folder) {
    const TemporaryFolder folder;
    const auto asked = request("T1", nonce_a);
    const auto answered = reply("T1", nonce_a);
    folder.write("1.b64", messages::base64(asked, 64));
    folder.write("2.pem", messages::pem("PKCS7", answered));
    const auto result = reading::read(folder.path());
    BOOST_REQUIRE_EQUAL(result.exchanges.size(), 1u);
    const auto& exchange = result.exchanges[0];
    BOOST_TEST(exchange.request->body.same_octets(asked));
    BOOST_TEST(exchange.response->body.same_octets(answered));
    BOOST_TEST(exchange.sources.size() == 4u);
    BOOST_TEST(*exchange.sources[exchange.response->body.source()].parent == 2u);
}

BOOST_AUTO_TEST_CASE(urls_and_capabilities_in_a_folder) {
    const TemporaryFolder folder;
    folder.write("01-req.txt", std::string_view("GET /scep?operation=GetCACaps HTTP/1.1\r\n"));
    folder.write("01-resp.txt", std::string_view("AES\nSHA-256\n"));
    const auto result = reading::read(folder.path());
    check_lines(result.lines(), {"GET /scep?operation=GetCACaps [] -> [AES\nSHA-256\n]"});
}

BOOST_AUTO_TEST_CASE(what_cannot_be_read_is_told) {
    const TemporaryFolder folder;
    folder.write("a.der", request("T1", nonce_a));
    auto octets = request("T2", nonce_a);
    for (int layer = 0; layer < 3; ++layer) {
        octets = gzipped(octets);
    }
    folder.write("b.der.gz", octets);
    const auto result = reading::read(folder.path());
    BOOST_TEST(result.exchanges.size() == 1u);
    BOOST_TEST(result.only_damage() == "b.der.gz: compressed with gzip more than twice");
    BOOST_TEST(!result.damage[0].unusable);
}

BOOST_AUTO_TEST_CASE(recordings_and_compressed_files_in_a_folder) {
    const TemporaryFolder folder;
    folder.write("a.har", std::string_view(R"({"log": {"entries": [{"connection": "443", "request": {"method": "GET", "url": "http://h/scep?operation=GetCACaps"},
        "response": {"status": 200, "content": {"text": "AES"}}}]}})"));
    folder.write("b.json", std::string_view(R"({"schema": "sceplab-transcript/1", "exchanges": [{"connection": 1, "request": {"method": "GET", "url": "/scep?operation=GetCACert"}}]})"));
    folder.write("c-req.der.gz", gzipped(request("T1", nonce_a)));
    folder.write("c-resp.der", reply("T1", nonce_a));
    const auto result = reading::read(folder.path());
    BOOST_TEST(result.damage.empty());
    BOOST_REQUIRE_EQUAL(result.exchanges.size(), 3u);
    BOOST_TEST(*result.exchanges[0].connection == 1u);
    BOOST_TEST(*result.exchanges[1].connection == 2u);
    BOOST_TEST(result.exchanges[2].request->body.same_octets(request("T1", nonce_a)));
    BOOST_TEST(result.exchanges[2].response->body.same_octets(reply("T1", nonce_a)));
}

BOOST_AUTO_TEST_CASE(captures_in_a_folder) {
    const TemporaryFolder folder;
    for (const char* name : {"b.pcap", "c.pcap"}) {
        std::vector<wire::Packet> packets;
        wire::Talk(packets).open().client(wire::get("/scep?operation=GetCACaps")).server(wire::answer("AES")).close();
        folder.write(name, wire::capture_file(packets));
    }
    auto cut = wire::capture_file({});
    cut.resize(30, 0);
    folder.write("d.pcap", cut);
    folder.write("a.der", messages::certificate());
    const auto result = reading::read(folder.path());
    BOOST_REQUIRE_EQUAL(result.exchanges.size(), 3u);
    BOOST_TEST(!result.exchanges[0].connection);
    BOOST_TEST(*result.exchanges[1].connection == 1u);
    BOOST_TEST(*result.exchanges[2].connection == 2u);
    BOOST_TEST(result.exchanges[2].input == 7u);
    check_contains(result.only_damage(), "d.pcap: ");
    BOOST_TEST(!result.damage[0].unusable);
}

BOOST_AUTO_TEST_SUITE_END()
