#include <vectors/generate/exchanges/comment.h>
#include <vectors/generate/exchanges/transcript.h>
#include <vectors/generate/families.h>
#include <vectors/generate/keys.h>

namespace sceplab::vectors {

namespace {

Case case_of(const Table& table, const Row& row) {
    Laboratory lab;
    play(row, lab);
    Case out;
    out.name = std::string(table.name) + ": " + row.name;
    out.comment = comment_of(table, row);
    out.result = result_of(row);
    out.flags = flags_of(row);
    out.members = told(lab);
    if (row.profile != "rfc8894") {
        out.members["profile"] = row.profile;
    }
    out.members["findings"] = row.findings;
    return out;
}

Group group_of(const Table& table) {
    Group out;
    out.type = "Exchange";
    out.members["keys"] = Json::array({key("ca", parties().ca, Laboratory::ca_certificate()), key("client", parties().client, parties().client.self_signed())});
    for (const Row& row : table.rows()) {
        out.cases.push_back(case_of(table, row));
    }
    return out;
}

}  // namespace

File exchange() {
    File out{"exchange", "Exchanges of a client and a CA, alone and one after the other: which rules of SCEP, CMS, X.509 and HTTP they break.", {}};
    for (const auto& tables : {conforming(), deviations(), guards()}) {
        for (const Table& table : tables) {
            out.groups.push_back(group_of(table));
        }
    }
    return out;
}

}  // namespace sceplab::vectors
