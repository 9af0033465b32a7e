#include <vectors/generate/exchanges/rows.h>

#include <algorithm>

namespace sceplab::vectors {

namespace {

constexpr Table deviation_tables[] = {
    {"algorithm", "The algorithms of an enrolment", algorithm_rows},
    {"attribute", "The transaction attributes", attribute_rows},
    {"body", "What the body holds", body_rows},
    {"content", "The content of a pkiMessage", content_rows},
    {"fail info", "A refusal and what was asked", fail_info_rows},
    {"http", "A message in the query of a GET", http_rows},
    {"issued", "The reply that grants an enrolment", issued_rows},
    {"next ca", "The answer to GetNextCACert", next_ca_rows},
    {"nonce", "The nonces", nonce_rows},
    {"query", "The answer to GetCert or GetCRL", query_rows},
    {"recipient", "For whom a message is enveloped", recipient_rows},
    {"signed attribute", "The signed attributes", signed_attribute_rows},
    {"signed data", "The SignedData of a request", signed_data_rows},
    {"signer", "Who signs", signer_rows},
    {"status", "pkiStatus and what comes with it", status_rows},
    {"transaction", "The course of a transaction", transaction_rows},
    {"version", "The versions of the CMS types", version_rows},
    {"request form", "The HTTP request", request_form_rows},
    {"answer form", "The HTTP answer", answer_form_rows},
    {"http sequence", "HTTP requests one after the other", http_sequence_rows},
    {"capability", "The answer to GetCACaps", capability_rows},
    {"algorithm choice", "Which algorithms are chosen", algorithm_choice_rows},
    {"get ca cert", "The answer to GetCACert", get_ca_cert_rows},
    {"poll matching", "Polls and the enrolments that they belong to", poll_matching_rows},
    {"ca certificate", "The certificates of the CA", ca_certificate_rows},
    {"polling", "The course of polling", polling_rows},
    {"habit", "What implementations do by habit", habit_rows},
    {"offer", "What the CA announces and what it does", offer_rows},
    {"enrolment", "The request of an enrolment and its grant", enrolment_rows},
    {"renewal", "A renewal", renewal_rows},
    {"history", "What a client and a CA did before", history_rows},
    {"structure", "The structure of a message", structure_rows},
    {"cms", "The CMS of a message", cms_rows},
    {"parameters", "The parameters of algorithms", parameters_rows},
    {"envelope", "The EnvelopedData", envelope_rows},
    {"password", "A recipient by password", password_rows},
    {"kem", "A recipient by key encapsulation", kem_rows},
    {"csr", "The CertificationRequest", csr_rows},
    {"certificate", "A certificate on the way", certificate_rows},
    {"crl", "A CRL on the way", crl_rows},
    {"issued certificate", "The issued certificate", issued_certificate_rows},
    {"der", "DER inside of the message", der_rows},
    {"field", "What is known to break implementations", field_rows},
    {"answer", "An answer that is no CertRep", answer_rows},
    {"draft", "An exchange as the drafts before the RFC had it", draft_rows},
    {"envelope form", "The form of the envelope", envelope_form_rows},
    {"named ca", "The CA that a request names", named_ca_rows},
    {"refusal", "What has to be refused", refusal_rows},
    {"attack", "What an attacker makes of exchanges", attack_rows},
    {"kind", "The other kinds of exchange", kind_rows},
    {"variant", "The algorithms and forms that a message may choose", variant_rows},
};

constexpr Table guard_tables[] = {
    {"borne http", "What HTTP and the texts of SCEP leave free", guard_rows_http},
    {"borne enrolment", "What an enrolment may be", guard_rows_enrolment},
    {"borne cms", "What CMS leaves free", guard_rows_cms},
    {"borne message", "What a message may hold", guard_rows_message},
};

constexpr Table conforming_tables[] = {
    {"operation", "An exchange of its kind", operation_rows},
    {"sequence", "Exchanges one after the other", sequence_rows},
    {"twin", "The same in BER", twin_rows},
};

// What they play is a case of another name.
constexpr std::string_view played_elsewhere[] = {
    "answer form: nothing in answer to an enrolment",
    "borne cms: a message taken apart and put together again",
    "borne enrolment: a client with an EC key",
    "borne enrolment: a refusal for policy",
    "borne enrolment: a renewal whose message the old key signs and whose request the new one",
    "borne enrolment: a renewal without a shared secret",
    "borne enrolment: a request that waits for the operator",
    "borne enrolment: nothing after SUCCESS",
    "borne http: PENDING in answer to an enrolment",
    "borne message: a CertRep without certificates",
    "borne message: a GetCert signed with a self-signed certificate",
    "borne message: the CA's certificate beside the issued one",
    "fail info: badCertId to a GetCert",
    "http: all escaped",
    "issued certificate: a certificate with a broken signature",
    "kind: a RenewalReq under another messageType",
    "named ca: no challengePassword, and the CA wants a secret",
    "poll matching: an enrolment after the pending one was refused",
    "refusal: badTime to a signingTime of last year",
    "transaction: a new request after an answer was lost",
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
std::span<const Table> conforming() { return conforming_tables; }

std::string name_of(const Entry& entry) { return std::string(entry.table->name) + ": " + entry.row->name; }

std::vector<Entry> entries() {
    std::vector<Entry> out;
    for (const auto& tables : {conforming(), deviations(), guards()}) {
        for (const Table& table : tables) {
            for (const Row& row : table.rows()) {
                if (std::ranges::find(played_elsewhere, name_of({&table, &row})) == std::end(played_elsewhere)) {
                    out.push_back({&table, &row});
                }
            }
        }
    }
    return out;
}

std::vector<Row> all_rows() { return rows_of(deviation_tables); }
std::vector<Row> all_guards() { return rows_of(guard_tables); }

}  // namespace sceplab::vectors
