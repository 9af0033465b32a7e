#include <vectors/generate/exchanges/rows.h>

namespace sceplab::vectors {

namespace {

constexpr Table deviation_tables[] = {
    {"algorithm", algorithm_rows},
    {"attribute", attribute_rows},
    {"body", body_rows},
    {"content", content_rows},
    {"fail info", fail_info_rows},
    {"http", http_rows},
    {"issued", issued_rows},
    {"next ca", next_ca_rows},
    {"nonce", nonce_rows},
    {"query", query_rows},
    {"recipient", recipient_rows},
    {"signed attribute", signed_attribute_rows},
    {"signed data", signed_data_rows},
    {"signer", signer_rows},
    {"status", status_rows},
    {"transaction", transaction_rows},
    {"version", version_rows},
    {"request form", request_form_rows},
    {"answer form", answer_form_rows},
    {"http sequence", http_sequence_rows},
    {"capability", capability_rows},
    {"algorithm choice", algorithm_choice_rows},
    {"get ca cert", get_ca_cert_rows},
    {"poll matching", poll_matching_rows},
    {"ca certificate", ca_certificate_rows},
    {"polling", polling_rows},
    {"habit", habit_rows},
    {"offer", offer_rows},
    {"enrolment", enrolment_rows},
    {"renewal", renewal_rows},
    {"history", history_rows},
    {"structure", structure_rows},
    {"cms", cms_rows},
    {"parameters", parameters_rows},
    {"envelope", envelope_rows},
    {"password", password_rows},
    {"kem", kem_rows},
    {"csr", csr_rows},
    {"certificate", certificate_rows},
    {"crl", crl_rows},
    {"issued certificate", issued_certificate_rows},
    {"der", der_rows},
    {"field", field_rows},
    {"answer", answer_rows},
    {"draft", draft_rows},
    {"envelope form", envelope_form_rows},
    {"named ca", named_ca_rows},
    {"refusal", refusal_rows},
};

constexpr Table guard_tables[] = {
    {"http", guard_rows_http},
    {"enrolment", guard_rows_enrolment},
    {"cms", guard_rows_cms},
    {"message", guard_rows_message},
};

std::vector<Row> rows_of(std::span<const Table> tables) {
    std::vector<Row> out;
    for (const Table& table : tables) {
        out.insert(out.end(), table.rows().begin(), table.rows().end());
    }
    return out;
}

}  // namespace

void play(const Row& row, Laboratory& lab) {
    begin_case(row.name);
    lab.introduce();
    row.play(lab);
}

std::span<const Table> deviations() { return deviation_tables; }
std::span<const Table> guards() { return guard_tables; }

std::vector<Row> all_rows() { return rows_of(deviation_tables); }
std::vector<Row> all_guards() { return rows_of(guard_tables); }

}  // namespace sceplab::vectors
