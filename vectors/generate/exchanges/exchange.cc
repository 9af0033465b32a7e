#include <vectors/generate/exchanges/comment.h>
#include <vectors/generate/exchanges/transcript.h>
#include <vectors/generate/families.h>
#include <vectors/generate/keys.h>

namespace sceplab::vectors {

namespace {

Case case_of(const Entry& entry) {
    const Row& row = *entry.row;
    Laboratory lab;
    play(row, lab);
    Case out;
    out.name = name_of(entry);
    out.comment = comment_of(*entry.table, row);
    out.result = result_of(row);
    out.flags = flags_of(row);
    out.members = told(lab);
    if (row.profile != "rfc8894") {
        out.members["profile"] = row.profile;
    }
    out.members["findings"] = row.findings;
    return out;
}

Group new_group() {
    Group out;
    out.type = "Exchange";
    out.members["keys"] = Json::array(
        {key("ca", parties().ca, Laboratory::ca_certificate()), key("client", parties().client, parties().client.self_signed())});
    return out;
}

} // namespace

// A group for each table.
File exchange() {
    File out{"exchange",
             "Exchanges of a client and a CA, alone and one after the other: which rules of SCEP, CMS, X.509 and HTTP they break.",
             {}};
    const Table* table = nullptr;
    for (const Entry& entry : entries()) {
        if (entry.table != table) {
            out.groups.push_back(new_group());
            table = entry.table;
        }
        out.groups.back().cases.push_back(case_of(entry));
    }
    return out;
}

} // namespace sceplab::vectors
