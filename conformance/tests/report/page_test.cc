#include "sample.h"

#include <conformance/report/html/assets.h>
#include <conformance/report/html/page.h>

#include <boost/test/unit_test.hpp>

#include <algorithm>

// The page without octets; with them, and in a browser, it is looked at in tests/cli.
namespace {

using namespace sceplab;

std::string page(const rules::Result& result, const report::Options& options = {}) { return report::Page(options).render(result); }

std::size_t count(const std::string& text, std::string_view what) {
    std::size_t out = 0;
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + what.size())) {
        ++out;
    }
    return out;
}

bool has(const std::string& text, std::string_view what) { return text.find(what) != std::string::npos; }

} // namespace

BOOST_AUTO_TEST_SUITE(html_page)

BOOST_AUTO_TEST_CASE(each_finding_stands_once_with_an_address_and_leads_to_its_rule) {
    const std::string text = page(report_test::sample());
    for (const char* id : {"id=\"f0\"", "id=\"f1\"", "id=\"f2\""}) {
        BOOST_TEST(count(text, id) == 1U, id);
    }
    BOOST_TEST(has(text, "href=\"#f0\""));
    BOOST_TEST(has(text, "href=\"#rule-nonce.recipient-echoes-sender\""));
    BOOST_TEST(has(text, "id=\"rule-nonce.recipient-echoes-sender\""));
    BOOST_TEST(has(text, "href=\"https://www.rfc-editor.org/rfc/rfc8894.html#section-3.2.1.5\""));
}

BOOST_AUTO_TEST_CASE(what_held_and_what_was_not_performed) {
    const std::string text = page(report_test::sample());
    BOOST_TEST(has(text, "<div class=\"held\">held 3</div>"));
    BOOST_TEST(has(text, "<div class=\"error\">violated 1</div>"));
    BOOST_TEST(has(text, "not performed: no key – #1 response, #3 response"));
    BOOST_TEST(has(text, "not performed: the capture has no times – run"));
    BOOST_TEST(has(text, "not applicable"));
}

BOOST_AUTO_TEST_CASE(the_conversation) {
    const std::string text = page(report_test::sample());
    BOOST_TEST(has(text, "PKCSReq</h4>"));
    BOOST_TEST(has(text, "CertRep SUCCESS</h4>"));
    BOOST_TEST(has(text, "no answer, connection reset"));
    BOOST_TEST(has(text, "a block reaches beyond the end of the file (at offset 4096)"));
    BOOST_TEST(count(text, "class=\"message request\"") == 3U);
    BOOST_TEST(count(text, "class=\"message response\"") == 4U);
}

BOOST_AUTO_TEST_CASE(a_finding_of_a_side_that_is_not_there_has_a_place_too) {
    rules::Result result = report_test::sample();
    result.findings[0].violation.place = {3, evidence::Side::request, {0, 0, 0}, "request"};
    BOOST_TEST(count(page(result), "id=\"f0\"") == 1U);
}

BOOST_AUTO_TEST_CASE(secrets_are_hidden_unless_asked_for) {
    BOOST_TEST(!has(page(report_test::sample()), "sesame"));
    BOOST_TEST(has(page(report_test::sample(), {.show_secrets = true}), "open sesame"));
}

BOOST_AUTO_TEST_CASE(nothing_from_a_capture_is_markup) {
    rules::Result result = report_test::sample();
    const std::string hostile = "</script><script>alert(1)</script>\"onload=x <!-- \x1b\xe2\x80\xae";
    result.inputs = {hostile, hostile};
    result.errors[0].reason = hostile;
    evidence::ExchangeSummary& exchange = result.exchanges[1];
    exchange.time = exchange.operation = exchange.method = exchange.url = hostile;
    for (auto* message : {&*exchange.request, &*exchange.response}) {
        message->message_type = message->pki_status = message->fail_info_text = message->transaction_id = message->subject =
            message->sender_nonce = message->error = message->content_type = hostile;
    }
    exchange.response->certificates[0].subject = exchange.response->certificates[0].issuer = hostile;
    result.findings[0].violation.message = result.findings[0].violation.place.path = hostile;
    result.rules[1].not_performed[0].reason = hostile;
    const std::string text = page(result);
    // The page's own script, and no other.
    BOOST_TEST(count(text, "<script") == 1U);
    BOOST_TEST(count(text, "</script") == 1U);
    for (const std::string_view bad : {"<!-- ", "\x1b", "\xe2\x80\xae"}) {
        BOOST_TEST(!has(text, bad));
    }
    BOOST_TEST(has(text, "&lt;script&gt;alert(1)"));
}

BOOST_AUTO_TEST_CASE(the_page_allows_itself_only) {
    const std::string text = page(report_test::sample());
    BOOST_TEST(has(text, std::string("content=\"default-src 'none'; style-src '")
                             .append(report::assets::page_css_hash)
                             .append("'; script-src '")
                             .append(report::assets::page_js_hash)
                             .append("'; base-uri 'none'; form-action 'none'\"")));
    BOOST_TEST(!has(text, "src="));
    BOOST_TEST(!has(text, "style="));
    BOOST_TEST(!has(text, "<link"));
}

BOOST_AUTO_TEST_CASE(a_huge_run_is_cut_and_says_so) {
    rules::Result result = report_test::empty();
    for (std::uint32_t i = 0; i < 3000; ++i) {
        result.exchanges.emplace_back().index = i;
        rules::Finding finding = report_test::sample().findings[1];
        finding.violation.place.exchange = i;
        result.findings.insert(result.findings.end(), 2, finding);
    }
    const std::string text = page(result);
    BOOST_TEST(count(text, "class=\"exchange\"") == 2000U);
    BOOST_TEST(has(text, "1000 more exchanges are not shown."));
    BOOST_TEST(has(text, "1000 more are not listed here."));
    BOOST_TEST(has(text, "6000</b> warnings"));
}

BOOST_AUTO_TEST_SUITE_END()
