#include "dump.h"
#include "rebuild.h"
#include "samples.h"

#include <sceptest.h>

#include <scepcodec/ber/normalise.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace scep;
using namespace sceptest;
namespace data = boost::unit_test::data;

namespace {

ber::Normalised normalised(const Octets& octets, Sources& sources) {
    const auto out = ber::normalise(*sources.add_captured(octets), sources);
    BOOST_REQUIRE_MESSAGE(out, (out ? std::string() : out.error().to_string()));
    return *out;
}

// A strict-DER message comes back byte for byte; of one in BER, its normalised form does.
void check_round_trip(const Octets& octets) {
    Sources sources;
    const ber::Normalised framing = normalised(octets, sources);
    const Rebuilt rebuilt = rebuild(framing.der);
    BOOST_TEST(rebuilt.octets == Octets(framing.der.begin(), framing.der.end()), boost::test_tools::per_element());
    if (!framing.changed) {
        BOOST_TEST(rebuilt.octets.size() + (framing.deviations.empty() ? 0 : octets.size() - framing.der.size()) == octets.size());
    }
}

// The tolerant decoding of what came and the strict decoding of its normalised form give the same values.
void check_same_fields(const Octets& octets) {
    Sources sources;
    const auto captured = *sources.add_captured(octets);
    const Dump original = dump(captured, &sources);
    const ber::Normalised framing = normalised(octets, sources);
    const Octets alone(framing.der.begin(), framing.der.end());
    Sources other;
    const Dump strict = dump(*other.add_view(alone), &other);
    BOOST_TEST(original.lines == strict.lines, boost::test_tools::per_element());
    BOOST_TEST(original.errors == strict.errors, boost::test_tools::per_element());
    BOOST_TEST(!original.lines.empty());
}

} // namespace

BOOST_AUTO_TEST_SUITE(round_trip)

BOOST_DATA_TEST_CASE(sample_from_leaf_values, data::make(sample_names()), name) { check_round_trip(sample(name)); }

BOOST_DATA_TEST_CASE(bundled_message_from_leaf_values, data::make(bundled_names()), name) { check_round_trip(message_file(name)); }

BOOST_DATA_TEST_CASE(corpus_message_from_leaf_values, data::make(corpus_names()), name) { check_round_trip(message_file(name)); }

BOOST_DATA_TEST_CASE(sample_fields_survive_normalising, data::make(sample_names()), name) { check_same_fields(sample(name)); }

BOOST_DATA_TEST_CASE(bundled_fields_survive_normalising, data::make(bundled_names()), name) { check_same_fields(message_file(name)); }

BOOST_DATA_TEST_CASE(corpus_fields_survive_normalising, data::make(corpus_names()), name) { check_same_fields(message_file(name)); }

// OpenSSL reads the same BER and writes DER of its own.
BOOST_DATA_TEST_CASE(ber_fields_equal_openssl_der, data::make(std::vector<std::string>{"signed, BER", "ktri, BER"}), name) {
    const Octets octets = sample(name);
    const Octets theirs = openssl({"cms", "-cmsout", "-inform", "DER", "-outform", "DER"}, octets);
    Sources sources;
    const Dump ours = dump(*sources.add_captured(octets), &sources);
    const Dump reencoded = dump(der::Input(theirs));
    BOOST_TEST(reencoded.errors.empty());
    BOOST_TEST(ours.errors.empty());
    // encryptedContent in one part or in two is one value.
    const auto joined = [](const Dump& values) {
        std::string text;
        std::string previous;
        for (const std::string& line : values.lines) {
            const std::string field = line.substr(0, line.find(' '));
            text += field == previous && field.ends_with("Content") ? line.substr(line.find(' ') + 1) : "\n" + line;
            previous = field;
        }
        return text;
    };
    BOOST_TEST(joined(ours) == joined(reencoded));
}

BOOST_AUTO_TEST_CASE(the_ber_samples_are_ber) {
    for (const std::string name : {"signed, BER", "ktri, BER"}) {
        Sources sources;
        BOOST_TEST(normalised(sample(name), sources).changed);
    }
}

// The rebuilding itself sees what it should: one leaf changed, and the result is another.
BOOST_AUTO_TEST_CASE(rebuilding_follows_the_values) {
    Octets octets = sample("PKCSReq");
    const auto decoded = PkiMessage::decode(der::Input(octets));
    BOOST_REQUIRE(decoded);
    octets[decoded->attributes.sender_nonce.value->value().offset()] ^= 1;
    const Rebuilt rebuilt = rebuild(der::Input(octets));
    BOOST_TEST(rebuilt.octets == octets, boost::test_tools::per_element());
    BOOST_TEST(rebuilt.octets != sample("PKCSReq"));
}

BOOST_AUTO_TEST_SUITE_END()
