#include <conformance/tests/rules/rows.h>
#include <vectors/generate/parts.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

// What cannot be known is told with its reason, and is never taken for right or wrong.
namespace {

using namespace sceplab;
using test::Laboratory;
namespace data = boost::unit_test::data;

struct Unknown {
    const char* rule;
    const char* reason;
};
std::ostream& operator<<(std::ostream& out, const Unknown& unknown) { return out << unknown.rule; }

void is_not_performed(const rules::Result& result, const Unknown& expected) {
    const auto& tally = test::tally(result, expected.rule);
    BOOST_TEST(tally.pass == 0U);
    BOOST_TEST(tally.violated == 0U);
    BOOST_REQUIRE(!tally.not_performed.empty());
    BOOST_TEST(tally.not_performed.front().reason == expected.reason);
}

const std::vector<Unknown> without_key{
    {"content.decodes", "no key"},
    {"content.fits-message-type", "no key"},
    {"csr.signature-valid", "no key"},
    {"csr.subject-present", "no key"},
    {"csr.challenge-password-present", "no key"},
    {"csr.challenge-password-type", "no key"},
    {"enrolment.signer-has-subject", "no key"},
    {"enrolment.signer-has-key", "no key"},
    {"issued.certificate-present", "no key"},
    {"issued.key-is-requested", "no key"},
    {"issued.is-leaf", "no key"},
    {"issued.only-leaf", "no key"},
    {"issued.first-of-set", "no key"},
    {"issued.subject-is-requested", "no key"},
    {"issued.issuer-is-ca", "no key"},
    {"get-cert.certificate-is-requested", "no key"},
    {"get-cert.certificate-is-leaf", "no key"},
    {"get-crl.crl-present", "no key"},
    {"get-crl.issuer-is-requested", "no key"},
    {"get-crl.one-crl", "no key"},
    {"get-crl.no-certificates", "no key"},
    {"renewal.keeps-subject", "no key"},
    {"renewal.omits-challenge-password", "no key"},
    {"renewal.brings-new-certificate", "no key"},
    {"issued.polled-key-is-requested", "no key opens both the request and the reply"},
};

const std::vector<Unknown> without_introduction{
    {"recipient.request-to-ca", "no GetCACert answer before"},
    {"signer.reply-from-get-ca-cert", "no GetCACert answer before"},
    {"issued.issuer-is-ca", "no GetCACert answer before"},
    {"next-ca.signed-by-current-ca", "no GetCACert answer before"},
    {"next-ca.not-current", "no GetCACert answer before"},
    {"algorithm.aes-when-announced", "no GetCACaps answer before"},
    {"algorithm.sha256-when-announced", "no GetCACaps answer before"},
    {"method.post-when-announced", "no GetCACaps answer before"},
    {"renewal.announced", "no GetCACaps answer before"},
};

void play_one_of_each(Laboratory& lab) {
    lab.play(lab.enrolment());
    const auto first = lab.pending();
    lab.play(first);
    lab.play(lab.poll(first, scep::PkiStatus::SUCCESS));
    lab.play(lab.renewal());
    lab.play(lab.get_cert());
    lab.play(lab.get_crl());
    lab.play(lab.get_next_ca_cert());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(not_performed)

BOOST_DATA_TEST_CASE(without_a_key, data::make(without_key)) {
    Laboratory lab;
    lab.introduce();
    play_one_of_each(lab);
    is_not_performed(lab.judge({.keys = false}), sample);
}

BOOST_DATA_TEST_CASE(without_an_introduction, data::make(without_introduction)) {
    Laboratory lab;
    play_one_of_each(lab);
    lab.play(lab.refused(scep::FailInfo::badAlg));
    is_not_performed(lab.judge(), sample);
}

BOOST_AUTO_TEST_CASE(without_a_key_nothing_fires) {
    Laboratory lab;
    lab.introduce();
    play_one_of_each(lab);
    BOOST_TEST(test::fired(lab.judge({.keys = false})).empty());
}

BOOST_AUTO_TEST_CASE(without_the_signers_certificate) {
    Laboratory lab;
    lab.introduce();
    auto plan = lab.enrolment();
    plan.request->certificate_included = false;
    lab.play(plan);
    const auto result = lab.judge();
    for (const char* rule : {"enrolment.signer-has-subject", "renewal.has-renewal-type"}) {
        is_not_performed(result, {rule, "the signer's certificate is not known"});
    }
    is_not_performed(result, {"recipient.reply-to-signer", "the certificate of the request's signer is not known"});
    // The reply's signature can be judged.
    BOOST_TEST(test::tally(result, "signature.valid").pass == 1U);
    BOOST_TEST(test::tally(result, "signature.valid").not_performed.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_poll_without_its_request) {
    Laboratory lab;
    lab.introduce();
    const auto first = lab.pending();
    lab.play(lab.poll(first, scep::PkiStatus::SUCCESS));
    const auto result = lab.judge();
    is_not_performed(result, {"transaction.poll-after-request", "no PKCSReq or RenewalReq of this transactionID was captured"});
    is_not_performed(result, {"issued.polled-key-is-requested", "no PKCSReq or RenewalReq of this transactionID was captured"});
    BOOST_TEST(test::fired(result).empty());
}

BOOST_AUTO_TEST_CASE(a_renewal_at_a_time_that_is_not_known) {
    Laboratory lab;
    lab.introduce();
    auto plan = lab.renewal();
    plan.time.reset();
    lab.play(plan);
    is_not_performed(lab.judge(), {"renewal.signer-in-validity", "the time of the request is not known"});
}

BOOST_AUTO_TEST_SUITE_END()
