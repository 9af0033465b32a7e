#include <conformance/tests/support/laboratory.h>

#include <sceptest.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <ostream>

// Who wrote real messages is told, or nothing is: never another's name.
namespace {

namespace data = boost::unit_test::data;

struct Producers {
    const char* input;
    std::vector<std::string> names; // in the order of the report
};
std::ostream& operator<<(std::ostream& out, const Producers& row) { return out << row.input; }

const std::string go = "Go's pkcs7 (micromdm/scep, step-ca)";
const std::string micromdm = "scepclient of micromdm";
const std::string bouncy_castle = "Bouncy Castle (EJBCA, jscep's servlet)";

const std::vector<Producers> bundled{
    {"cert-poll-refused", {}},
    {"certmonger", {"certmonger", go}},
    {"certmonger-wrong-challenge", {"certmonger", go}},
    {"enrol", {micromdm, go}},
    {"get-ca-caps", {}},
    {"get-ca-cert", {}},
    {"get-cert-refused", {}},
    {"http-1.0", {go}},
    {"no-answer", {micromdm}},
    {"renewal", {micromdm, go}},
    {"reply-rejected", {"strongSwan", go}},
    {"wrong-challenge", {micromdm, go}},
};

const std::vector<Producers> corpus{
    {"live/jscep-client-f2bae83__jscep-servlet-ra__enrol/capture.pcapng", {"jscep with Bouncy Castle", bouncy_castle}},
    {"live/jscep-client-f2bae83__jscep-servlet-ra__getcrl/capture.pcapng", {"jscep with Bouncy Castle", bouncy_castle}},
    {"live/strongswan-pki-5.9.8__jscep-servlet-ra__pending-des3/capture.pcapng", {"strongSwan", bouncy_castle}},
    {"live/micromdm-scepclient-2.1.0__micromdm-scepserver-2.1.0__renewal/capture.pcapng", {micromdm, go}},
    {"public/ejbca/ciscopix.der", {}},
    {"public/ejbca/ciscovpn.der", {}},
    {"public/ejbca/javascepclient.der", {}},
    {"public/ejbca/openscep.der", {}},
    {"public/ejbca/sscep.der", {}},
    {"public/jscep/mvnlog-L1773.der", {}},
    {"public/jscep/scep_req2.der", {"cryptlib"}},
    {"public/micromdm-scep/PKCSReq.der", {"Apple's MDM client"}},
    {"public/rustcrypto-cms/cms_ber.der", {}},
    {"public/rustcrypto-cms/scep_der.der", {"Apple's MDM client"}},
    {"public/smallstep-scep/CertRep.der", {go}},
    {"public/smallstep-scep/CertRep_NoCertificatesForSigners.der", {"Microsoft NDES"}},
};

std::vector<std::string> producers(const std::filesystem::path& input) {
    const auto run = sceptest::run({sceptest::sceplab(), "replay", "--rules", "producer.*", "--quiet", input.native()});
    const std::string text(run.out.begin(), run.out.end());
    std::vector<std::string> names;
    constexpr std::string_view mark = "encodes like ";
    for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at + 1)) {
        const auto name = at + mark.size();
        names.push_back(text.substr(name, text.find(':', name) - name));
    }
    return names;
}

} // namespace

BOOST_AUTO_TEST_SUITE(producer)

BOOST_DATA_TEST_CASE(bundled_captures, data::make(bundled)) {
    const auto found = producers(sceptest::source_dir() / "vectors" / "captures" / sample.input / "capture.pcapng");
    BOOST_TEST(found == sample.names, boost::test_tools::per_element());
}

BOOST_DATA_TEST_CASE(real_messages, data::make(corpus)) {
    const auto folder = sceptest::corpus();
    if (!folder) {
        return;
    }
    const auto found = producers(*folder / sample.input);
    BOOST_TEST(found == sample.names, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
