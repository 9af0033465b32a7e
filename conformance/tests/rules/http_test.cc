#include <conformance/tests/rules/rows.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

namespace sceplab::test {

namespace {

std::string replaced(std::string text, std::string_view what, std::string_view with) {
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) {
        text.replace(at, what.size(), with);
    }
    return text;
}

// An enrolment by GET, to a CA that takes no POST; its base64 has a "+", a "/" and a "=".
ExchangePlan by_get(Laboratory& lab, std::function<std::string(std::string)> escape) {
    lab.ask_capabilities("AES\nSHA-256\n");
    ExchangePlan plan;
    std::string text;
    do {
        plan = lab.enrolment();
        plan.request_body = make(*plan.request);
        text = base64(*plan.request_body);
    } while (text.find('+') == std::string::npos || text.find('/') == std::string::npos || text.find('=') == std::string::npos);
    plan.method = "GET";
    plan.escape = std::move(escape);
    return plan;
}

std::string wrapped(const std::string& text) {
    std::string out;
    for (std::size_t at = 0; at < text.size(); at += 64) {
        out += percent_escaped(text.substr(at, 64)) + "%0A";
    }
    return out;
}

}  // namespace

const Rows& http_rows() {
    static const Rows rows{
        {"all escaped", [](Laboratory& lab) { lab.play(by_get(lab, percent_escaped)); }, {}},
        {"a bare +",
         [](Laboratory& lab) {
             lab.play(by_get(lab, [](const std::string& text) { return replaced(percent_escaped(text), "%2B", "+"); }));
         },
         {"get.plus-escaped"}},
        {"a bare /",
         [](Laboratory& lab) {
             lab.play(by_get(lab, [](const std::string& text) { return replaced(percent_escaped(text), "%2F", "/"); }));
         },
         {"get.slash-escaped"}},
        {"a bare =",
         [](Laboratory& lab) {
             lab.play(by_get(lab, [](const std::string& text) { return replaced(percent_escaped(text), "%3D", "="); }));
         },
         {"get.equals-escaped"}},
        {"a space for +",
         [](Laboratory& lab) {
             lab.play(by_get(lab, [](const std::string& text) { return replaced(percent_escaped(text), "%2B", "%20"); }));
         },
         {"get.no-space-for-plus"}},
        {"base64url",
         [](Laboratory& lab) {
             lab.play(by_get(lab, [](const std::string& text) { return percent_escaped(replaced(replaced(text, "+", "-"), "/", "_")); }));
         },
         {"get.base64-alphabet"}},
        {"lines", [](Laboratory& lab) { lab.play(by_get(lab, wrapped)); }, {"get.no-line-breaks"}},
        {"no padding",
         [](Laboratory& lab) { lab.play(by_get(lab, [](const std::string& text) { return percent_escaped(replaced(text, "=", "")); })); },
         {"get.padded"}},
        {"escaped twice",
         [](Laboratory& lab) {
             lab.play(by_get(lab, [](const std::string& text) { return replaced(percent_escaped(text), "%", "%25"); }));
         },
         {"get.escaped-once"}},
        {"base64 as the body of a POST",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             const std::string text = base64(make(*plan.request));
             plan.request_body = Octets(text.begin(), text.end());
             lab.play(plan);
         },
         {"post.binary"}},
        {"PEM as the body of a POST",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             const std::string text =
                 "-----BEGIN CMS-----\n" + replaced(wrapped(base64(make(*plan.request))), "%0A", "\n") + "-----END CMS-----\n";
             plan.request_body = Octets();
             for (const char c : replaced(replaced(replaced(text, "%2B", "+"), "%2F", "/"), "%3D", "=")) {
                 plan.request_body->push_back(static_cast<std::uint8_t>(c));
             }
             lab.play(plan);
         },
         {"post.not-pem"}},
        {"an operation that SCEP has not",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.target = "/cgi-bin/pkiclient.exe?operation=Enrol";
             lab.play(plan);
         },
         {"operation.known"}},
        {"a POST without an operation",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.target = "/cgi-bin/pkiclient.exe";
             lab.play(plan);
         },
         {"operation.known"}},
        {"an operation in small letters",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.target = "/cgi-bin/pkiclient.exe?operation=pkioperation";
             lab.play(plan);
         },
         {"operation.spelt-exactly"}},
    };
    return rows;
}

}  // namespace sceplab::test

namespace {

using namespace sceplab;
using test::Laboratory;
namespace data = boost::unit_test::data;

}  // namespace

BOOST_AUTO_TEST_SUITE(http)

BOOST_DATA_TEST_CASE(deviations, data::make(test::http_rows())) { test::check(sample); }

BOOST_AUTO_TEST_CASE(a_bare_plus_is_placed_at_its_octet_of_the_target) {
    Laboratory lab;
    auto plan = test::by_get(lab, [](const std::string& text) { return test::replaced(test::percent_escaped(text), "%2B", "+"); });
    const std::string target = plan.target + "&message=" + plan.escape(test::base64(*plan.request_body));
    lab.play(plan);
    const auto result = lab.judge();
    const auto& place = test::finding(result, "get.plus-escaped").violation.place;
    BOOST_TEST(place.path == "request-target.message");
    BOOST_TEST(place.where.source == 0U);
    BOOST_TEST(place.where.offset == target.find('+'));
    BOOST_TEST(place.where.length == 1U);
}

BOOST_AUTO_TEST_CASE(an_operation_is_placed_at_its_octets) {
    Laboratory lab;
    auto plan = lab.enrolment();
    plan.target = "/scep?operation=pkiOperation";
    lab.play(plan);
    const auto result = lab.judge();
    const auto& violation = test::finding(result, "operation.spelt-exactly").violation;
    BOOST_TEST(violation.message == "operation is \"pkiOperation\" where \"PKIOperation\" is due");
    BOOST_TEST(violation.place.where.offset == 16U);
    BOOST_TEST(violation.place.where.length == 12U);
}

BOOST_AUTO_TEST_SUITE_END()
