#include <conformance/tests/rules/rows.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

namespace sceplab::test {

namespace {

void refused_with_content(Laboratory& lab, Octets content) {
    auto plan = lab.refused();
    plan.reply->content = std::move(content);
    plan.reply->encrypted = false;
    lab.play(plan);
}

}  // namespace

const Rows& status_rows() {
    static const Rows rows{
        {"reply without pkiStatus",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.reply->codes.pki_status.clear();
             lab.play(plan);
         },
         {"pki-status.present"}},
        {"FAILURE without failInfo",
         [](Laboratory& lab) {
             auto plan = lab.refused();
             plan.reply->codes.fail_info.clear();
             lab.play(plan);
         },
         {"fail-info.present"}},
        {"SUCCESS with failInfo",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.reply->codes.fail_info = "2";
             lab.play(plan);
         },
         {"fail-info.only-with-failure"}},
        {"PENDING with failInfo and failInfoText",
         [](Laboratory& lab) {
             auto plan = lab.pending();
             plan.reply->codes.fail_info = "2";
             plan.reply->codes.fail_info_text = "wait";
             lab.play(plan);
         },
         {"fail-info.only-with-failure", "fail-info.only-with-failure"}},
        {"SUCCESS without an envelope",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.reply->content.reset();
             lab.play(plan);
         },
         {"envelope.present-with-success"}},
        {"SUCCESS with an empty eContent",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.reply->content = Octets{};
             plan.reply->encrypted = false;
             lab.play(plan);
         },
         {"envelope.present-with-success"}},
        {"FAILURE with an empty eContent", [](Laboratory& lab) { refused_with_content(lab, {}); }, {"envelope.omitted-not-empty"}},
        {"FAILURE with the one octet 00", [](Laboratory& lab) { refused_with_content(lab, {0}); }, {"envelope.omitted"}},
        {"FAILURE with several octets",
         [](Laboratory& lab) {
             refused_with_content(lab, {'n', 'o', '!'});
         },
         {"envelope.omitted"}},
        {"PENDING with an envelope",
         [](Laboratory& lab) {
             auto plan = lab.pending();
             plan.reply->content = lab.certificates({lab.issued(parties().client)});
             lab.play(plan);
         },
         {"envelope.omitted"}},
    };
    return rows;
}

}  // namespace sceplab::test

namespace {

using namespace sceplab;
using test::Laboratory;
namespace data = boost::unit_test::data;

}  // namespace

BOOST_AUTO_TEST_SUITE(status)

BOOST_DATA_TEST_CASE(deviations, data::make(test::status_rows())) { test::check(sample); }

BOOST_AUTO_TEST_CASE(one_octet_is_an_error_and_no_octets_a_warning) {
    Laboratory lab;
    test::refused_with_content(lab, {0});
    test::refused_with_content(lab, {});
    const auto result = lab.judge();
    const auto& octet = test::finding(result, "envelope.omitted");
    BOOST_TEST(name(octet.rule.severity) == "error");
    BOOST_TEST(octet.violation.message == "FAILURE with an eContent of the one octet 00");
    BOOST_TEST(octet.violation.place.path == "SignedData.encapContentInfo.eContent");
    BOOST_TEST(octet.violation.place.where.length == 3U);
    const auto& nothing = test::finding(result, "envelope.omitted-not-empty");
    BOOST_TEST(name(nothing.rule.severity) == "warning");
    BOOST_TEST(nothing.violation.place.where.length == 2U);
}

BOOST_AUTO_TEST_SUITE_END()
