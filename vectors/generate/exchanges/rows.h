#pragma once

#include <vectors/generate/laboratory.h>

#include <functional>
#include <ostream>
#include <span>

// Exchanges that differ from a conforming one in what their name says, with every finding that they give. They are cases of the vectors
// (exchange.cc) and the rows of the tests of the rules.
namespace sceplab::vectors {

struct Row {
    const char* name;
    std::function<void(Laboratory&)> play;
    std::vector<std::string> findings;  // in alphabetical order of the rules
    std::string_view profile = "rfc8894";
    std::string_view comment = {};      // of the case, where the name and the rules do not say enough
};
inline std::ostream& operator<<(std::ostream& out, const Row& row) { return out << row.name; }

// A client and a CA that are introduced to each other come first.
void play(const Row& row, Laboratory& lab);

using Rows = std::vector<Row>;
[[nodiscard]] const Rows& algorithm_rows();
[[nodiscard]] const Rows& attribute_rows();
[[nodiscard]] const Rows& body_rows();
[[nodiscard]] const Rows& content_rows();
[[nodiscard]] const Rows& fail_info_rows();
[[nodiscard]] const Rows& http_rows();
[[nodiscard]] const Rows& issued_rows();
[[nodiscard]] const Rows& next_ca_rows();
[[nodiscard]] const Rows& nonce_rows();
[[nodiscard]] const Rows& query_rows();
[[nodiscard]] const Rows& recipient_rows();
[[nodiscard]] const Rows& signed_attribute_rows();
[[nodiscard]] const Rows& signed_data_rows();
[[nodiscard]] const Rows& signer_rows();
[[nodiscard]] const Rows& status_rows();
[[nodiscard]] const Rows& transaction_rows();
[[nodiscard]] const Rows& version_rows();
[[nodiscard]] const Rows& request_form_rows();
[[nodiscard]] const Rows& answer_form_rows();
[[nodiscard]] const Rows& http_sequence_rows();
[[nodiscard]] const Rows& capability_rows();
[[nodiscard]] const Rows& algorithm_choice_rows();
[[nodiscard]] const Rows& get_ca_cert_rows();
[[nodiscard]] const Rows& poll_matching_rows();
[[nodiscard]] const Rows& ca_certificate_rows();
[[nodiscard]] const Rows& polling_rows();
[[nodiscard]] const Rows& habit_rows();
[[nodiscard]] const Rows& offer_rows();
[[nodiscard]] const Rows& enrolment_rows();
[[nodiscard]] const Rows& renewal_rows();
[[nodiscard]] const Rows& history_rows();
[[nodiscard]] const Rows& structure_rows();
[[nodiscard]] const Rows& cms_rows();
[[nodiscard]] const Rows& parameters_rows();
[[nodiscard]] const Rows& envelope_rows();
[[nodiscard]] const Rows& password_rows();
[[nodiscard]] const Rows& kem_rows();
[[nodiscard]] const Rows& csr_rows();
[[nodiscard]] const Rows& certificate_rows();
[[nodiscard]] const Rows& crl_rows();
[[nodiscard]] const Rows& issued_certificate_rows();
[[nodiscard]] const Rows& der_rows();
[[nodiscard]] const Rows& field_rows();
[[nodiscard]] const Rows& answer_rows();
[[nodiscard]] const Rows& draft_rows();
[[nodiscard]] const Rows& envelope_form_rows();
[[nodiscard]] const Rows& named_ca_rows();
[[nodiscard]] const Rows& refusal_rows();
[[nodiscard]] const Rows& attack_rows();
[[nodiscard]] const Rows& kind_rows();
[[nodiscard]] const Rows& variant_rows();

[[nodiscard]] const Rows& guard_rows_http();
[[nodiscard]] const Rows& guard_rows_enrolment();
[[nodiscard]] const Rows& guard_rows_cms();
[[nodiscard]] const Rows& guard_rows_message();

[[nodiscard]] const Rows& operation_rows();
[[nodiscard]] const Rows& sequence_rows();
[[nodiscard]] const Rows& twin_rows();

struct Table {
    std::string_view name;
    std::string_view about;  // what its rows are examples of
    const Rows& (*rows)();
};
// Those in which a rule fires.
[[nodiscard]] std::span<const Table> deviations();
// What must be borne: no error and no warning fires. The catalogue of requirements names them.
[[nodiscard]] std::span<const Table> guards();
// Each kind of exchange, alone and after others, in DER and in BER, as it should be.
[[nodiscard]] std::span<const Table> conforming();

// The rows that are cases: of all tables, less those that play what another row plays.
struct Entry {
    const Table* table;
    const Row* row;
};
[[nodiscard]] std::string name_of(const Entry& entry);  // "TABLE: NAME"
[[nodiscard]] std::vector<Entry> entries();

[[nodiscard]] std::vector<Row> all_rows();
[[nodiscard]] std::vector<Row> all_guards();

}  // namespace sceplab::vectors
