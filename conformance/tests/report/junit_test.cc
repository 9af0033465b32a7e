#include "sample.h"

#include <conformance/report/junit.h>

#include <boost/test/unit_test.hpp>
#include <pugixml.hpp>

namespace {

using namespace sceplab;

pugi::xml_document parsed(const rules::Result& result, const report::Options& options = {}) {
    pugi::xml_document out;
    const std::string text = report::junit(result, options);
    BOOST_TEST_REQUIRE(static_cast<bool>(out.load_string(text.c_str(), pugi::parse_default | pugi::parse_declaration)), text);
    return out;
}

pugi::xml_node suite(const pugi::xml_document& document, const char* name) {
    return document.child("testsuites").find_child_by_attribute("testsuite", "name", name);
}
pugi::xml_node testcase(const pugi::xml_document& document, const char* in, const char* name) {
    return suite(document, in).find_child_by_attribute("testcase", "name", name);
}

// What the attributes of a suite must be, counted.
void check_counts(pugi::xml_node suite) {
    int tests = 0;
    int failures = 0;
    int errors = 0;
    int skipped = 0;
    for (const pugi::xml_node each : suite.children("testcase")) {
        ++tests;
        failures += each.child("failure") ? 1 : 0;
        errors += each.child("error") ? 1 : 0;
        skipped += each.child("skipped") ? 1 : 0;
    }
    BOOST_TEST(suite.attribute("tests").as_int() == tests);
    BOOST_TEST(suite.attribute("failures").as_int() == failures);
    BOOST_TEST(suite.attribute("errors").as_int() == errors);
    BOOST_TEST(suite.attribute("skipped").as_int() == skipped);
}

} // namespace

BOOST_AUTO_TEST_SUITE(junit_report)

BOOST_AUTO_TEST_CASE(a_suite_an_input_and_one_for_the_run) {
    const auto document = parsed(report_test::sample());
    std::vector<std::string> names;
    for (const pugi::xml_node each : document.child("testsuites").children("testsuite")) {
        names.emplace_back(each.attribute("name").value());
        check_counts(each);
    }
    BOOST_TEST((names == std::vector<std::string>{"capture.pcapng", "answer.der", "the whole run"}));
    const pugi::xml_node all = document.child("testsuites");
    BOOST_TEST(all.attribute("tests").as_int() == 13);
    BOOST_TEST(all.attribute("failures").as_int() == 1);
    BOOST_TEST(all.attribute("errors").as_int() == 1);
}

BOOST_AUTO_TEST_CASE(a_failure_names_the_octets_and_the_section) {
    const auto document = parsed(report_test::sample());
    const pugi::xml_node each = testcase(document, "capture.pcapng", "nonce.recipient-echoes-sender");
    BOOST_TEST(each.attribute("classname").value() == "nonce");
    BOOST_TEST(each.child("failure").attribute("type").value() == "error");
    BOOST_TEST(each.child("failure").attribute("message").value() ==
               "recipientNonce is empty, senderNonce of the request is 00112233445566778899aabbccddeeff");
    BOOST_TEST(each.child("failure").text().get() ==
               "exchange 1 of capture.pcapng, response SignedData.signerInfos[0].signedAttrs[3].attrValues[0] @1893+16\n"
               "  compared with exchange 1 of capture.pcapng, request SignedData.signerInfos[0].signedAttrs[2].attrValues[0] normalised "
               "@2201+16\n"
               "  recipientNonce of a CertRep is the senderNonce of its request [RFC 8894, 3.2.1.5]");
}

BOOST_AUTO_TEST_CASE(what_is_below_the_level_is_told_and_does_not_fail) {
    const auto document = parsed(report_test::sample());
    const pugi::xml_node warning = testcase(document, "capture.pcapng", "issued.key-is-requested");
    BOOST_TEST(!warning.child("failure"));
    BOOST_TEST(std::string_view(warning.child("system-out").text().get()).starts_with("not performed: no key (response of exchange 1)\nwarning: another key\n"));
    const auto strict = parsed(report_test::sample(), {.fail_on = rules::Severity::warning});
    BOOST_TEST(testcase(strict, "capture.pcapng", "issued.key-is-requested").child("failure").attribute("type").value() == "warning");
    BOOST_TEST(suite(strict, "capture.pcapng").attribute("failures").as_int() == 2);
    // A notice never does.
    BOOST_TEST(!testcase(strict, "the whole run", "nonce.sender-fresh").child("failure"));
}

BOOST_AUTO_TEST_CASE(passed_where_it_held_and_skipped_elsewhere) {
    const auto document = parsed(report_test::sample());
    BOOST_TEST(!testcase(document, "capture.pcapng", "transaction-id.equal-in-reply").first_child());
    BOOST_TEST(testcase(document, "answer.der", "transaction-id.equal-in-reply").child("skipped").text().get() ==
               "not applicable: nothing to judge");
    BOOST_TEST(testcase(document, "answer.der", "issued.key-is-requested").child("skipped").text().get() ==
               "not performed: no key (response of exchange 3)");
    BOOST_TEST(!testcase(document, "answer.der", "message.one-signer").first_child());
}

BOOST_AUTO_TEST_CASE(what_is_judged_over_the_run_stands_in_its_suite_alone) {
    const auto document = parsed(report_test::sample());
    BOOST_TEST(!testcase(document, "capture.pcapng", "nonce.sender-fresh"));
    BOOST_TEST(testcase(document, "the whole run", "nonce.sender-fresh"));
    BOOST_TEST(!testcase(document, "the whole run", "message.one-signer"));
}

BOOST_AUTO_TEST_CASE(damage_is_an_error_of_its_input) {
    const auto document = parsed(report_test::sample());
    BOOST_TEST(testcase(document, "capture.pcapng", "input").child("error").attribute("message").value() ==
               "a block reaches beyond the end of the file (at offset 4096)");
    BOOST_TEST(!testcase(document, "answer.der", "input").first_child());
}

BOOST_AUTO_TEST_CASE(nothing_that_xml_forbids) {
    rules::Result result = report_test::sample();
    const std::string hostile = "\x01\x1b[31m\xff\xc2\x85\xe2\x80\xae\xef\xbf\xbf]]><failure>&";
    result.inputs[0] = result.errors[0].reason = result.findings[0].violation.message = hostile;
    result.findings[0].violation.place.path = result.findings[0].violation.related[0].path = hostile;
    result.rules[1].not_performed[1].reason = hostile;
    const std::string text = report::junit(result);
    for (const std::string_view bad : {"\x01", "\x1b", "\xff", "\xc2\x85", "\xe2\x80\xae", "\xef\xbf\xbf", "]]><failure>"}) {
        BOOST_TEST(text.find(bad) == std::string::npos);
    }
    BOOST_TEST(suite(parsed(result), R"(\x01\x1b[31m\xff\xc2\x85\xe2\x80\xae\xef\xbf\xbf]]><failure>&)"));
}

BOOST_AUTO_TEST_CASE(an_empty_run) {
    const auto document = parsed(report_test::empty());
    BOOST_TEST(document.child("testsuites").attribute("tests").as_int() == 2);
    BOOST_TEST(document.child("testsuites").attribute("failures").as_int() == 0);
}

BOOST_AUTO_TEST_SUITE_END()
