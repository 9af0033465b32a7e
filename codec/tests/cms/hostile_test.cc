#include "samples.h"
#include "walk.h"

#include <sceptest.h>

#include <scepcodec/scep/certs_only.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <set>

using namespace scep;
using namespace sceptest;
namespace data = boost::unit_test::data;

namespace {

// Every place told is inside its source; every octet shown is there to be read.
class Bounds : public Visitor {
public:
    explicit Bounds(const Sources& sources) : m_sources(sources) {}

    void value(const char*, der::Input content) override {
        inside(content.location());
        for (const std::uint8_t octet : content) {
            m_sum += octet;
        }
    }
    void structure(der::Input whole) override { inside(whole.location()); }
    void error(const Error& error) override {
        inside(error.where);
        rendered += error.to_string().size();
    }

    bool good = true;
    std::size_t rendered = 0;

private:
    void inside(Location where) {
        good =
            good && where.source < m_sources.size() && std::uint64_t{where.offset} + where.length <= m_sources[where.source].octets.size();
    }

    const Sources& m_sources;
    unsigned m_sum = 0;
};

template <class T>
void note(Bounds& bounds, const Result<T>& result) {
    if (!result) {
        bounds.error(result.error());
    }
}

// A value or an error, from every way in.
bool survives(std::span<const std::uint8_t> octets) {
    Sources sources;
    const der::Input input = *sources.add_view(octets);
    Bounds bounds(sources);
    walk(input, bounds);
    walk(input, bounds, &sources);
    note(bounds, PkiMessage::decode(input));
    const auto message = PkiMessage::decode(input, sources);
    note(bounds, message);
    if (message) {
        walk(*message, bounds, &sources);
        for (const ber::Deviation& deviation : message->deviations) {
            bounds.structure(sources.at(deviation.where));
        }
        (void)message->signed_data.computed_version();
        if (const auto envelope = message->pkcs_pki_envelope()) {
            note(bounds, cms::EnvelopedData::decode_content_info(*envelope));
        }
    }
    note(bounds, CertsOnly::decode(input, sources));
    const auto enveloped = cms::EnvelopedData::decode_content_info(input);
    note(bounds, enveloped);
    if (enveloped) {
        (void)enveloped->computed_version();
    }
    return bounds.good;
}

void check_prefixes(const Octets& octets) {
    const std::size_t step = sanitized() && octets.size() > 4000 ? 3 : 1;
    for (std::size_t size = 0; size <= octets.size(); size += step) {
        // A copy of its own, so that reading beyond the end is seen.
        const Octets prefix(octets.begin(), octets.begin() + static_cast<std::ptrdiff_t>(size));
        if (!survives(prefix)) {
            BOOST_ERROR("a place outside the octets, with the first " << size << " of them");
        }
    }
}

// The places of all header octets, inside of strings that hold TLVs too.
void header_octets(der::Input input, std::set<std::uint32_t>& places) {
    while (!input.empty()) {
        const auto header = der::read_header(input);
        if (!header || header->length > input.size() - header->size) {
            return;
        }
        for (std::uint32_t at = 0; at < header->size; ++at) {
            places.insert(input.offset() + at);
        }
        const der::Input rest = input.from(header->size);
        if (header->indefinite) {
            input = rest;
            continue;
        }
        const bool holds_values =
            header->tag.constructed() || (header->tag == der::tag::OCTET_STRING && header->length > 4 && rest[0] == 0x30);
        if (holds_values) {
            header_octets(rest.slice(0, header->length), places);
        }
        input = rest.from(header->length);
    }
}

// The values that mean another framing. SCEPTEST_EXHAUSTIVE in the environment: all 255, which takes twenty times as long.
std::set<std::uint8_t> replacements(std::uint8_t octet) {
    std::set<std::uint8_t> out{0x00, 0x80, 0xff, static_cast<std::uint8_t>(octet + 1), static_cast<std::uint8_t>(octet - 1)};
    for (int bit = 0; bit < 8; ++bit) {
        out.insert(static_cast<std::uint8_t>(octet ^ (1 << bit)));
    }
    if (std::getenv("SCEPTEST_EXHAUSTIVE") != nullptr) {
        for (int value = 0; value < 256; ++value) {
            out.insert(static_cast<std::uint8_t>(value));
        }
    }
    out.erase(octet);
    return out;
}

void check_header_changes(Octets octets) {
    std::set<std::uint32_t> places;
    header_octets(der::Input(octets), places);
    BOOST_TEST(places.size() > 4);
    for (const std::uint32_t place : places) {
        const std::uint8_t before = octets[place];
        for (const std::uint8_t replacement : replacements(before)) {
            octets[place] = replacement;
            if (!survives(octets)) {
                BOOST_ERROR("a place outside the octets, with octet " << place << " made " << int{replacement});
            }
        }
        octets[place] = before;
    }
}

} // namespace

BOOST_AUTO_TEST_SUITE(hostile)

BOOST_DATA_TEST_CASE(every_prefix_of_a_sample, data::make(sample_names()), name) { check_prefixes(sample(name)); }

BOOST_DATA_TEST_CASE(every_prefix_of_a_bundled_message, data::make(bundled_names()), name) { check_prefixes(message_file(name)); }

BOOST_DATA_TEST_CASE(every_prefix_of_a_corpus_message, data::make(corpus_names()), name) { check_prefixes(message_file(name)); }

BOOST_DATA_TEST_CASE(every_header_octet_of_each_kind_changed, data::make(sample_names()), name) { check_header_changes(sample(name)); }

// The check sees what it is there to see.
BOOST_AUTO_TEST_CASE(a_place_outside_is_noticed) {
    Sources sources;
    const Octets octets(4, 0x30);
    (void)*sources.add_view(octets);
    Bounds bounds(sources);
    Error error;
    error.where = {0, 4, 0};
    bounds.error(error);
    BOOST_TEST(bounds.good);
    error.where = {0, 4, 1};
    bounds.error(error);
    BOOST_TEST(!bounds.good);
}

BOOST_AUTO_TEST_SUITE_END()
