#pragma once

#include <scepcodec/ber/normalise.h>
#include <scepcodec/der/limits.h>

#include <optional>
#include <string>
#include <vector>

// The annotated tree of a message: every TLV as it was received, with its field's name, what it says and what it means.
namespace sceplab::tree {

// What somebody has to say of a node.
struct Remark {
    std::string level;    // "error"
    std::string rule;     // whose it is: an id
    std::string text;
    std::string citation;
};

// One TLV, or octets that are none. Texts hold no control characters; octets that are no text are escaped as \xNN.
struct Node {
    std::string label;        // the field: "signedAttrs[3]"; the type where nothing names a field: "SignedData"; empty where unknown
    scep::der::Tag tag;       // none: octets that are no TLV
    scep::Location where;     // header, content, end-of-contents octets; clamped to what is there
    std::uint32_t header = 0; // octets of identifier and length
    std::uint32_t end = 0;    // end-of-contents octets
    bool indefinite = false;
    bool set_of = false;      // its children have no order of their own
    std::string value;      // of a primitive encoding; its first octets where it is long
    bool shortened = false; // the content has more octets than `value` shows
    std::string note;       // what it means: "PKCSReq", "id-sha256", "CN=..."
    bool secret = false;    // hidden unless the reader asks for secrets
    std::vector<scep::ber::DeviationKind> deviations;
    std::optional<scep::ErrorCode> error;  // what is wrong with this encoding; its children are then what could be read
    std::optional<scep::SourceKind> layer; // the root of octets that stand in another source than the parent's: how they were made
    std::vector<Remark> remarks;
    std::vector<Node> children;

    [[nodiscard]] bool is_tlv() const { return header != 0; }
    [[nodiscard]] std::uint32_t length() const { return where.length - header - end; }
};

struct Options {
    scep::Limits limits{.depth = 64, .elements = 250'000};
    std::uint32_t value_octets = 256; // a longer value is cut there
};

} // namespace sceplab::tree
