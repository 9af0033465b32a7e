#include <conformance/tests/rules/rows.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

// What conforms gives no finding, whatever the kind of exchange.
namespace {

using namespace sceplab;
using test::Laboratory;
namespace data = boost::unit_test::data;

void is_silent(Laboratory& lab) {
    lab.local.secret_required = true;
    const rules::Result result = lab.judge();
    for (const rules::Finding& each : result.findings) {
        BOOST_TEST_ERROR(each.rule.id << ": " << each.violation.message << " (" << each.violation.place.path << ")");
    }
    for (const rules::Tally& each : result.rules) {
        for (const auto& not_performed : each.not_performed) {
            BOOST_TEST_ERROR(each.rule.id << " not performed: " << not_performed.reason);
        }
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(conforming)

BOOST_DATA_TEST_CASE(operations, data::make(test::operation_rows())) { test::check(sample); }
BOOST_DATA_TEST_CASE(sequences, data::make(test::sequence_rows())) { test::check(sample); }
BOOST_DATA_TEST_CASE(attacks, data::make(test::attack_rows())) { test::check(sample); }
BOOST_DATA_TEST_CASE(twins, data::make(test::twin_rows())) { test::check(sample); }

BOOST_AUTO_TEST_CASE(enrolment_by_post) {
    Laboratory lab;
    lab.introduce();
    lab.play(lab.enrolment());
    is_silent(lab);
}

BOOST_AUTO_TEST_CASE(enrolment_by_get_where_post_is_not_announced) {
    Laboratory lab;
    lab.ask_capabilities("AES\nSHA-256\n");
    lab.ask_ca_certificate();
    auto plan = lab.enrolment();
    plan.method = "GET";
    lab.play(plan);
    is_silent(lab);
}

BOOST_AUTO_TEST_CASE(pending_polls_then_success) {
    Laboratory lab;
    lab.introduce();
    const auto first = lab.pending();
    lab.play(first);
    lab.play(lab.poll(first, scep::PkiStatus::PENDING));
    lab.play(lab.poll(first, scep::PkiStatus::SUCCESS));
    is_silent(lab);
}

BOOST_AUTO_TEST_CASE(refusals) {
    Laboratory lab;
    lab.introduce();
    lab.play(lab.refused());
    auto with_text = lab.refused();
    with_text.reply->codes.fail_info_text = "not today";
    lab.play(with_text);
    is_silent(lab);
}

BOOST_AUTO_TEST_CASE(renewal) {
    Laboratory lab;
    lab.introduce();
    lab.play(lab.enrolment());
    lab.play(lab.renewal());
    is_silent(lab);
}

BOOST_AUTO_TEST_CASE(queries) {
    Laboratory lab;
    lab.introduce();
    lab.play(lab.get_cert());
    lab.play(lab.get_crl());
    is_silent(lab);
}

BOOST_AUTO_TEST_CASE(next_ca_certificate) {
    Laboratory lab;
    lab.introduce();
    lab.play(lab.get_next_ca_cert());
    is_silent(lab);
}

BOOST_AUTO_TEST_CASE(enrolment_with_a_key_that_cannot_encrypt) {
    Laboratory lab;
    lab.introduce();
    lab.play(lab.enrolment_with_password());
    is_silent(lab);
}

BOOST_AUTO_TEST_SUITE_END()
