#include <vectors/generate/exchanges/rows.h>

namespace sceplab::vectors {

namespace {

void announce(Laboratory& lab, std::string_view text) { lab.ask_capabilities(text); }

}  // namespace

const Rows& capability_rows() {
    static const Rows rows{
        {"capabilities separated by CR", [](Laboratory& lab) { announce(lab, "AES\rPOSTPKIOperation\rSHA-256"); }, {"capabilities.separated"}},
        {"capabilities in one line", [](Laboratory& lab) { announce(lab, "AES SHA-256 POSTPKIOperation\n"); }, {"capabilities.of-the-standard", "capabilities.separated"}},
        {"capabilities with commas", [](Laboratory& lab) { announce(lab, "SCEPStandard\nAES,SHA-256\n"); }, {"capabilities.separated"}},
        {"a keyword in small letters", [](Laboratory& lab) { announce(lab, "AES\npostpkioperation\nSHA-256\n"); }, {"capabilities.case-exact"}},
        {"a keyword without its hyphen", [](Laboratory& lab) { announce(lab, "AES\nPOSTPKIOperation\nSHA256\n"); }, {"capabilities.private-prefix", "capabilities.spelt-right"}},
        {"a keyword with the size of its key", [](Laboratory& lab) { announce(lab, "SCEPStandard\nAES-128\n"); }, {"capabilities.spelt-right"}},
        {"the keywords of the drafts",
         [](Laboratory& lab) { announce(lab, "GetNextCACert\nPOSTPKIOperation\nRenewal\nSHA-1\nDES3\n"); },
         {"capabilities.of-the-standard"}},
    };
    return rows;
}

}  // namespace sceplab::vectors
