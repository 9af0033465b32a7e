#include <conformance/tests/rules/rows.h>

#include <boost/test/unit_test.hpp>

namespace sceplab::test {

rules::Result play(const Row& row) {
    Laboratory lab;
    lab.introduce();
    row.play(lab);
    return lab.judge({.profile = row.profile});
}

void check(const Row& row) {
    const rules::Result result = play(row);
    const std::vector<std::string> ids = fired(result);
    BOOST_TEST(ids == row.findings, boost::test_tools::per_element());
    if (ids != row.findings) {
        BOOST_TEST_MESSAGE("in the row \"" << row.name << "\":");
        for (const rules::Finding& each : result.findings) {
            BOOST_TEST_MESSAGE(each.rule.id << ": " << each.violation.message << " (" << each.violation.place.path << ")");
        }
    }
}

std::vector<Row> all_rows() {
    std::vector<Row> rows;
    for (const auto& table : {algorithm_rows(), attribute_rows(), body_rows(), content_rows(), fail_info_rows(), http_rows(),
                              issued_rows(), next_ca_rows(), nonce_rows(), query_rows(), recipient_rows(), signed_attribute_rows(),
                              signed_data_rows(), signer_rows(), status_rows(), transaction_rows(), version_rows(), request_form_rows(),
                              answer_form_rows(), http_sequence_rows(), capability_rows(), algorithm_choice_rows(), get_ca_cert_rows(),
                              poll_matching_rows(), ca_certificate_rows(), polling_rows(), habit_rows(), offer_rows(), enrolment_rows(),
                              renewal_rows(), history_rows(), structure_rows(), cms_rows(), parameters_rows(), envelope_rows(),
                              password_rows(), kem_rows(), csr_rows(), certificate_rows(), crl_rows(), issued_certificate_rows(),
                              der_rows(), field_rows(), answer_rows(), draft_rows(), envelope_form_rows(), named_ca_rows(), refusal_rows()}) {
        rows.insert(rows.end(), table.begin(), table.end());
    }
    return rows;
}

std::vector<Row> all_guards() {
    std::vector<Row> rows;
    for (const auto& table : {guard_rows_http(), guard_rows_enrolment(), guard_rows_cms(), guard_rows_message()}) {
        rows.insert(rows.end(), table.begin(), table.end());
    }
    return rows;
}

}  // namespace sceplab::test
