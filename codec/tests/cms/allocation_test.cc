#include "samples.h"
#include "walk.h"

#include <sceptest.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace scep;
using namespace sceptest;
namespace data = boost::unit_test::data;

namespace {

class Counter : public Visitor {
public:
    void value(const char*, der::Input content) override { octets += content.size(); }
    void structure(der::Input) override { ++structures; }
    void error(const Error&) override { ++errors; }

    std::size_t octets = 0;
    std::size_t structures = 0;
    std::size_t errors = 0;
};

struct Outcome {
    std::size_t allocations = 0;
    Counter met;
    bool decoded = false;
    ErrorCode code = ErrorCode::internal_error;
};

Outcome decode_and_walk(der::Input input) {
    Outcome out;
    const AllocationCount count;
    const auto message = PkiMessage::decode(input);
    if (message) {
        walk(*message, out.met);
        out.decoded = true;
    } else {
        out.code = message.error().code;
    }
    walk(input, out.met);
    out.allocations = count.allocations();
    return out;
}

const std::vector<std::string> pki_messages{"PKCSReq", "PKCSReq, key identifier", "RenewalReq",      "CertPoll",        "GetCert",
                                            "GetCRL",  "CertRep SUCCESS",         "CertRep FAILURE", "CertRep PENDING", "odd attributes",
                                            "signed"};

} // namespace

BOOST_AUTO_TEST_SUITE(allocation)

BOOST_DATA_TEST_CASE(decoding_and_walking_allocates_nothing, data::make(pki_messages), name) {
    const Octets octets = sample(name);
    const Outcome outcome = decode_and_walk(der::Input(octets));
    BOOST_TEST(outcome.decoded);
    BOOST_TEST(outcome.met.errors == 0u);
    BOOST_TEST(outcome.met.structures > 50u);
    BOOST_TEST(outcome.allocations == 0u);
}

BOOST_DATA_TEST_CASE(every_other_kind_allocates_nothing, data::make(sample_names()), name) {
    const Octets octets = sample(name);
    BOOST_TEST(decode_and_walk(der::Input(octets)).allocations == 0u);
}

BOOST_DATA_TEST_CASE(errors_allocate_nothing, data::make(pki_messages), name) {
    Octets octets = sample(name);
    std::size_t errors = 0;
    for (std::size_t at = 0; at < octets.size(); at += 7) {
        octets[at] ^= 0x21;
        const Outcome outcome = decode_and_walk(der::Input(octets));
        octets[at] ^= 0x21;
        errors += outcome.met.errors;
        BOOST_REQUIRE_EQUAL(outcome.allocations, 0u);
    }
    BOOST_TEST(errors > 20u);
}

BOOST_AUTO_TEST_CASE(truncated_messages_allocate_nothing) {
    const Octets octets = sample("PKCSReq");
    for (std::uint32_t size = 0; size < octets.size(); size += 5) {
        const Outcome outcome = decode_and_walk(der::Input(octets).slice(0, size));
        BOOST_TEST(!outcome.decoded);
        BOOST_REQUIRE_EQUAL(outcome.allocations, 0u);
    }
}

// With Sources at hand too, as long as the message is DER.
BOOST_AUTO_TEST_CASE(tolerant_decoding_of_der_allocates_nothing) {
    const Octets octets = sample("PKCSReq");
    Sources sources;
    const der::Input input = *sources.add_view(octets);
    const AllocationCount count;
    const auto message = PkiMessage::decode(input, sources);
    const std::size_t allocations = count.allocations();
    BOOST_TEST(message.has_value());
    BOOST_TEST(allocations == 0u);
    BOOST_TEST(sources.size() == 1u);
}

// The counter counts.
BOOST_AUTO_TEST_CASE(rendering_an_error_does_allocate) {
    const auto message = PkiMessage::decode(der::Input{});
    BOOST_REQUIRE(!message);
    const AllocationCount count;
    (void)(message.error().to_string() + std::string(100, ' '));
    BOOST_TEST(count.allocations() > 0u);
}

BOOST_AUTO_TEST_SUITE_END()
