// gzip around every kind of input, checked against the gzip program.
#include "check.h"
#include "messages.h"

#include <conformance/input/gzip.h>

using messages::gzipped;
using sceptest::TemporaryFolder;

namespace {

wire::Octets octets_of(std::string_view text) { return {text.begin(), text.end()}; }

wire::Octets capture() {
    std::vector<wire::Packet> packets;
    wire::Talk(packets).open().client(wire::get("/scep?operation=GetCACaps")).server(wire::answer("AES")).close();
    return wire::capture_file(packets, {.pcapng = true});
}

struct Kind {
    const char* name;
    wire::Octets octets;

    friend std::ostream& operator<<(std::ostream& out, const Kind& kind) { return out << kind.name; }
};

std::vector<Kind> kinds() {
    return {{"pcapng", capture()},
            {"HAR", octets_of(R"({"log": {"entries": [{"request": {"method": "GET", "url": "http://h/scep?operation=GetCACaps"}}]}})")},
            {"transcript", octets_of(R"({"schema": "sceplab-transcript/1", "exchanges": [{"request": {"method": "GET", "url": "/scep?operation=GetCACaps"}}]})")},
            {"DER", messages::pki_message("19", "T1", "0123456789abcdef", {})},
            {"base64", octets_of(messages::base64(messages::pki_message("19", "T1", "0123456789abcdef", {})))},
            {"log", octets_of("GET /scep?operation=GetCACaps HTTP/1.1\n")}};
}

} // namespace

BOOST_AUTO_TEST_SUITE(gzip)

BOOST_DATA_TEST_CASE(is_taken_off, boost::unit_test::data::make(kinds()), kind) {
    const auto plain = reading::read_octets(kind.octets);
    BOOST_REQUIRE_EQUAL(plain.exchanges.size(), 1u);
    for (const auto& octets : {gzipped(kind.octets), gzipped(gzipped(kind.octets))}) {
        const auto result = reading::read_octets(octets);
        check_lines(result.lines(), plain.lines());
        BOOST_TEST(result.damage.empty());
    }
    const auto thrice = reading::read_octets(gzipped(gzipped(gzipped(kind.octets))));
    BOOST_TEST(thrice.only_damage() == "compressed with gzip more than twice");
    BOOST_TEST(thrice.damage[0].unusable);
}

BOOST_AUTO_TEST_CASE(members_one_after_another) {
    auto octets = gzipped(octets_of("GET /scep?operation=GetCACaps HTTP/1.1\n"));
    const auto second = gzipped(octets_of("GET /scep?operation=GetCACert HTTP/1.1\n"));
    octets.insert(octets.end(), second.begin(), second.end());
    octets.insert(octets.end(), 512, 0); // as tapes pad
    const auto result = reading::read_octets(octets);
    BOOST_TEST(result.exchanges.size() == 2u);
    BOOST_TEST(result.damage.empty());
}

BOOST_AUTO_TEST_CASE(what_is_whole_is_judged) {
    const auto whole = gzipped(capture());
    auto cut = whole;
    cut.resize(whole.size() - 8);
    auto changed = whole;
    changed[whole.size() - 6] ^= 1; // of the checksum
    const auto without_trailer = reading::read_octets(cut);
    BOOST_TEST(without_trailer.exchanges.size() == 1u);
    BOOST_TEST(without_trailer.only_damage() == "the gzip data is cut off");
    BOOST_TEST(!without_trailer.damage[0].unusable);
    BOOST_TEST(reading::read_octets(changed).only_damage() == "damaged gzip: incorrect data check");
    for (std::size_t size = 0; size < whole.size(); ++size) {
        const auto result = reading::read_octets({whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)});
        BOOST_TEST(!result.damage.empty());
    }
}

BOOST_AUTO_TEST_CASE(expansion_is_bounded) {
    // 40 kB of gzip: 40 MB of zeros, twice compressed some hundred octets.
    const auto bomb = gzipped(gzipped(wire::Octets(40u << 20, 0)));
    BOOST_TEST(bomb.size() < 4096u);
    BOOST_TEST(reading::read_octets(bomb).only_damage() == "no SCEP message: neither ASN.1 nor a capture");

    const TemporaryFolder folder;
    const auto path = folder.write("zeros.gz", gzipped(wire::Octets(1000, 0)));
    const auto problem = std::make_shared<std::optional<std::string>>();
    const auto file = sceplab::input::file_of(sceplab::input::gunzip(std::move(*sceplab::input::open_file(path)), 999, problem));
    BOOST_TEST(sceplab::input::read_rest(file.get(), 5000)->size() == 0u);
    check_contains(problem->value_or(""), "expands to more than 999 octets");
    BOOST_TEST(!sceplab::input::gunzip(gzipped(wire::Octets(1000, 0)), 999));
    BOOST_TEST(sceplab::input::gunzip(gzipped(wire::Octets(1000, 7)), 1000)->size() == 1000u);
}

BOOST_AUTO_TEST_SUITE_END()
