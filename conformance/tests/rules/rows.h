#pragma once

#include <conformance/tests/support/laboratory.h>

#include <ostream>

// Deviations: what is played, and every finding that it gives, in alphabetical order of the rules. A client and a CA that are introduced to
// each other come first.
namespace sceplab::test {

struct Row {
    const char* name;
    void (*play)(Laboratory&);
    std::vector<std::string> findings;
    std::string_view profile = "rfc8894";
};
inline std::ostream& operator<<(std::ostream& out, const Row& row) { return out << row.name; }

// Plays a row; a client and a CA that are introduced to each other come first.
[[nodiscard]] rules::Result play(const Row& row);
// Plays it and compares the whole list.
void check(const Row& row);

using Rows = std::vector<Row>;
[[nodiscard]] const Rows& algorithm_rows();
[[nodiscard]] const Rows& attribute_rows();
[[nodiscard]] const Rows& body_rows();
[[nodiscard]] const Rows& content_rows();
[[nodiscard]] const Rows& draft_rows();
[[nodiscard]] const Rows& envelope_form_rows();
[[nodiscard]] const Rows& fail_info_rows();
[[nodiscard]] const Rows& http_rows();
[[nodiscard]] const Rows& issued_rows();
[[nodiscard]] const Rows& next_ca_rows();
[[nodiscard]] const Rows& named_ca_rows();
[[nodiscard]] const Rows& nonce_rows();
[[nodiscard]] const Rows& query_rows();
[[nodiscard]] const Rows& recipient_rows();
[[nodiscard]] const Rows& refusal_rows();
[[nodiscard]] const Rows& signed_attribute_rows();
[[nodiscard]] const Rows& signed_data_rows();
[[nodiscard]] const Rows& signer_rows();
[[nodiscard]] const Rows& status_rows();
[[nodiscard]] const Rows& transaction_rows();
[[nodiscard]] const Rows& version_rows();
// Guards
[[nodiscard]] const Rows& guard_rows_message();

[[nodiscard]] const Rows& request_form_rows();
[[nodiscard]] const Rows& answer_form_rows();
[[nodiscard]] const Rows& http_sequence_rows();
[[nodiscard]] const Rows& capability_rows();
[[nodiscard]] const Rows& algorithm_choice_rows();
[[nodiscard]] const Rows& ca_certificate_rows();
[[nodiscard]] const Rows& polling_rows();
[[nodiscard]] const Rows& habit_rows();
[[nodiscard]] const Rows& guard_rows_http();


// Every row in which a rule fires.
[[nodiscard]] std::vector<Row> all_rows();
// What must be borne: rows in which no error and no warning fires. The catalogue names them.
[[nodiscard]] std::vector<Row> all_guards();

}  // namespace sceplab::test
