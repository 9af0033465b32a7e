#include <conformance/tests/rules/rows.h>
#include <vectors/generate/exchanges/changes.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

namespace {

using namespace sceplab;
using test::Laboratory;
namespace data = boost::unit_test::data;

}  // namespace

BOOST_AUTO_TEST_SUITE(http_headers)

BOOST_DATA_TEST_CASE(requests, data::make(test::request_form_rows())) { test::check(sample); }
BOOST_DATA_TEST_CASE(answers, data::make(test::answer_form_rows())) { test::check(sample); }
BOOST_DATA_TEST_CASE(sequences, data::make(test::http_sequence_rows())) { test::check(sample); }

BOOST_AUTO_TEST_CASE(without_header_fields_nothing_is_said_of_them) {
    Laboratory lab;
    lab.local.ca_host.reset();
    input::Exchange exchange = make(lab.enrolment());
    exchange.request->fields.clear();
    exchange.response->fields.clear();
    lab.play(std::move(exchange));
    const auto result = lab.judge();
    BOOST_TEST(test::fired(result) == std::vector<std::string>{}, boost::test_tools::per_element());
    for (const char* rule : {"post.media-type", "post.content-length", "media-type.present"}) {
        BOOST_REQUIRE(test::tally(result, rule).not_performed.size() == 1U);
        BOOST_TEST(test::tally(result, rule).not_performed[0].reason == "the input has no header fields");
    }
}

BOOST_AUTO_TEST_CASE(the_first_escape_in_small_letters_is_placed_and_all_are_counted) {
    Laboratory lab;
    auto plan = test::get("operation=GetCACert&message=%4A%4a%4b", lab.ca_certificate());
    lab.play(plan);
    const auto result = lab.judge();
    const auto& violation = test::finding(result, "target.escapes-upper-case").violation;
    BOOST_TEST(violation.message == "2 percent escapes in small letters, the first \"%4a\"");
    BOOST_TEST(violation.place.where.offset == plan.target.find("%4a"));
    BOOST_TEST(violation.place.where.length == 3U);
}

BOOST_AUTO_TEST_CASE(a_content_type_is_told_as_it_was_sent) {
    Laboratory lab;
    test::play_changed(lab, lab.enrolment(), [](auto& exchange) { test::set_field(exchange.request->fields, "Content-Type", "Application/Octet-Stream; q=1"); });
    const auto result = lab.judge();
    const auto& violation = test::finding(result, "post.media-type").violation;
    BOOST_TEST(violation.message == "Content-Type is \"Application/Octet-Stream; q=1\" where application/x-pki-message is due");
    BOOST_TEST(violation.place.path == "Content-Type");
}

BOOST_AUTO_TEST_CASE(a_field_is_placed_at_its_value_in_the_head) {
    Laboratory lab;
    const std::string head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n";
    test::play_changed(lab, test::ca_certificate(lab), [&](auto& exchange) {
        exchange.response->head = *exchange.sources.add_captured(test::octets_of(head));
        test::set_field(exchange.response->fields, "Content-Type", "text/html");
    });
    const auto result = lab.judge();
    const auto& place = test::finding(result, "media-type.get-ca-cert").violation.place;
    BOOST_TEST(place.where.offset == head.find("text/html"));
    BOOST_TEST(place.where.length == 9U);
}

BOOST_AUTO_TEST_CASE(the_drafts_show_a_post_without_a_content_type) {
    Laboratory lab;
    test::play_changed(lab, lab.enrolment(), [](auto& exchange) { test::remove_field(exchange.request->fields, "Content-Type"); });
    BOOST_TEST(test::fired(lab.judge({.profile = "nourse", .pattern = "post.*"})).empty());
}

BOOST_AUTO_TEST_CASE(a_path_is_not_judged_where_the_ca_may_have_told_another) {
    Laboratory lab;
    lab.local.scep_path.reset();
    auto plan = lab.enrolment();
    plan.target = "/scep?operation=PKIOperation";
    lab.play(plan);
    const auto result = lab.judge({.pattern = "target.path-directed"});
    BOOST_TEST(test::fired(result).empty());
    BOOST_TEST(test::tally(result, "target.path-directed").not_performed.size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
