#include "sample.h"

#include <conformance/report/json.h>
#include <conformance/report/text.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <nlohmann/json.hpp>

#include <ostream>

// Known deviations held against the sample: what each of them fits, and what the reports say then.
namespace {

using namespace sceplab;
using rules::Expectation;
using State = Expectation::State;

// The errors of the sample's input would leave everything open.
rules::Result undamaged() {
    rules::Result out = report_test::sample();
    out.errors.clear();
    return out;
}

struct Fit {
    const char* name;
    Expectation expectation;
    std::vector<std::size_t> findings;  // of the sample, which has three: an error on #1, a warning on #1, a notice of the run
    State state;
};
std::ostream& operator<<(std::ostream& out, const Fit& row) { return out << row.name; }

Expectation of(std::string rule) {
    Expectation out;
    out.rule = std::move(rule);
    out.reason = "because";
    return out;
}
template <class T>
Expectation with(Expectation out, std::optional<T> Expectation::*member, T value) {
    out.*member = std::move(value);
    return out;
}

const std::vector<Fit> fits{
    {"by id", of("nonce.recipient-echoes-sender"), {0}, State::met},
    {"by pattern", of("nonce.*"), {0, 2}, State::met},
    {"every one", of("*"), {0, 1, 2}, State::met},
    {"its exchange", with(of("nonce.*"), &Expectation::exchange, 1u), {0}, State::met},
    {"another exchange", with(of("nonce.*"), &Expectation::exchange, 2u), {}, State::not_performed},  // a check over the run was not performed
    {"another exchange of a rule that was asked everywhere", with(of("nonce.recipient-*"), &Expectation::exchange, 2u), {}, State::unmet},
    {"its side", with(of("issued.*"), &Expectation::side, rules::Side::request), {1}, State::met},
    {"the other side", with(of("issued.*"), &Expectation::side, rules::Side::response), {}, State::not_performed},
    {"its input", with(of("*"), &Expectation::input, std::string("capture.*")), {0, 1}, State::met},
    {"another input", with(of("nonce.recipient-*"), &Expectation::input, std::string("answer.der")), {}, State::unmet},
    {"its transactionID", with(of("*"), &Expectation::transaction_id, std::string("8e63f0aa")), {0, 1}, State::met},
    {"another transactionID", with(of("nonce.recipient-*"), &Expectation::transaction_id, std::string("8e63f0a")), {}, State::unmet},
    {"a messageType of the request", with(of("*"), &Expectation::message_type, std::string("PKCSReq")), {0, 1}, State::met},
    {"a messageType of the answer", with(of("*"), &Expectation::message_type, std::string("CertRep")), {0, 1}, State::met},
    {"another messageType", with(of("nonce.recipient-*"), &Expectation::message_type, std::string("GetCRL")), {}, State::unmet},
    {"a rule that was not asked", of("status.*"), {}, State::not_performed},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(expectations)

BOOST_DATA_TEST_CASE(an_expectation_fits, boost::unit_test::data::make(fits), row) {
    rules::Result result = undamaged();
    rules::expect(result, {row.expectation});
    std::vector<std::size_t> expected;
    for (std::size_t i = 0; i < result.findings.size(); ++i) {
        if (result.findings[i].expected) {
            expected.push_back(i);
        }
    }
    BOOST_TEST(expected == row.findings, boost::test_tools::per_element());
    BOOST_TEST(result.expectations[0].findings == row.findings.size());
    BOOST_TEST(name(result.expectations[0].state) == name(row.state));
    BOOST_TEST(result.expected() == row.findings.size());
    BOOST_TEST(result.count(rules::Severity::error) + result.count(rules::Severity::warning) + result.count(rules::Severity::notice) ==
               result.findings.size() - row.findings.size());
}

BOOST_AUTO_TEST_CASE(damage_leaves_open_what_did_not_come) {
    rules::Result result = report_test::sample();
    rules::expect(result, {fits[5].expectation, of("nonce.*")});
    BOOST_TEST(name(result.expectations[0].state) == "not_performed");
    BOOST_TEST(name(result.expectations[1].state) == "met");
}

BOOST_AUTO_TEST_CASE(the_first_that_fits_gives_the_reason_and_the_others_are_met_too) {
    rules::Result result = undamaged();
    Expectation narrow = of("nonce.recipient-echoes-sender");
    narrow.reason = "the narrow one";
    rules::expect(result, {narrow, of("*")});
    BOOST_TEST(*result.findings[0].expected == 0u);
    BOOST_TEST(*result.findings[1].expected == 1u);
    BOOST_TEST(result.expectations[1].findings == 3u);
    BOOST_TEST(result.count(State::met) == 2u);
}

BOOST_AUTO_TEST_CASE(the_reports_tell) {
    rules::Result result = undamaged();
    rules::expect(result, {of("nonce.recipient-echoes-sender"), fits[5].expectation, fits.back().expectation});
    const auto json = nlohmann::json::parse(report::json(result));
    BOOST_TEST(json["findings"][0]["expected"] == "because");
    BOOST_TEST(json["findings"][1]["expected"] == nullptr);
    BOOST_TEST(json["summary"]["errors"] == 0);
    BOOST_TEST(json["summary"]["expected"] == 1);
    BOOST_TEST(json["summary"]["unmet"] == 1);
    BOOST_TEST(json["expectations"][1]["exchange"] == 2);
    BOOST_TEST(json["expectations"][1]["state"] == "unmet");
    BOOST_TEST(json["expectations"][2]["state"] == "not_performed");

    const std::string text = report::text(result);
    BOOST_TEST(text.find("      expected response SignedData.signerInfos[0].signedAttrs[3]") != std::string::npos, text);
    BOOST_TEST(text.find("(known: because)") != std::string::npos, text);
    BOOST_TEST(text.find("\nknown deviations\n  unmet    nonce.recipient-*: because\n  not_performed status.*: because\n") != std::string::npos, text);
    BOOST_TEST(text.find("4 exchanges, 0 errors, 1 warning, 1 notice, 1 expected, 1 expectation unmet, ") != std::string::npos, text);
    const std::string quiet = report::text(result, {.quiet = true});
    BOOST_TEST(quiet.find("\nunmet    nonce.recipient-*: because\n") != std::string::npos, quiet);
    BOOST_TEST(quiet.find("status.*") == std::string::npos, quiet);
}

BOOST_AUTO_TEST_SUITE_END()
