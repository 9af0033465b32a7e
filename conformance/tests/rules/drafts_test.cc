#include <conformance/tests/rules/rows.h>
#include <vectors/generate/exchanges/changes.h>

#include <sceptest.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

namespace {

using namespace sceplab;
using test::Laboratory;
namespace data = boost::unit_test::data;

}  // namespace

BOOST_AUTO_TEST_SUITE(drafts)

BOOST_DATA_TEST_CASE(deviations, data::make(test::draft_rows())) { test::check(sample); }

BOOST_AUTO_TEST_CASE(the_hash_may_be_over_any_form_of_the_key) {
    const auto& client = test::parties().client;
    const auto info = client.public_key_info();
    const auto key = *scep::x509::SubjectPublicKeyInfo::decode(scep::der::Input(info));
    // RSAPublicKey of 2048 bits: SEQUENCE and INTEGER in the long form, then the sign octet.
    const auto modulus = key.subject_public_key.octets.slice(9, 256);
    for (const auto octets : {key.whole.octets(), key.subject_public_key.octets.octets(), modulus.octets()}) {
        std::string id = scep::der::to_hex(client.signer(test::Digest::md5).digest(octets));
        for (char& c : id) {
            c = c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c;
        }
        Laboratory lab;
        lab.introduce();
        lab.play(test::with_id(lab.enrolment(), id));
        BOOST_TEST(test::fired(lab.judge({.profile = "nourse"})) == std::vector<std::string>{}, boost::test_tools::per_element());
    }
}

// Python's int.from_bytes(hashlib.sha256(key).digest(), "big") is the witness.
BOOST_AUTO_TEST_CASE(the_hash_may_be_a_decimal_number) {
    Laboratory lab;
    lab.introduce();
    const std::string hex = test::hex_of_key(test::parties().client, test::Digest::sha256);
    const auto python = sceptest::run({"python3", "-c", "print(int('" + hex + "', 16), end='')"});
    BOOST_REQUIRE(python.exit_code == 0);
    lab.play(test::with_id(lab.enrolment(), python.out));
    BOOST_TEST(test::fired(lab.judge({.profile = "nourse"})) == std::vector<std::string>{},
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
