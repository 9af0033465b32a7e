#include <conformance/rules/common.h>
#include <conformance/rules/recipient_certificate.h>
#include <conformance/rules/rule_files.h>

#include <array>

// KEMRecipientInfo (RFC 9629), an extension that SCEP does not foresee: sizes that its algorithms fix.
namespace sceplab::rules {

namespace {

using scep::cms::KEMRecipientInfo;
using scep::der::OidConstant;

struct Size {
    OidConstant algorithm;
    std::uint32_t octets;
};
// RFC 3565, 2.3.2
constexpr std::array wraps{
    Size{scep::der::oid("2.16.840.1.101.3.4.1.5"), 16},   // id-aes128-wrap
    Size{scep::der::oid("2.16.840.1.101.3.4.1.25"), 24},  // id-aes192-wrap
    Size{scep::der::oid("2.16.840.1.101.3.4.1.45"), 32},  // id-aes256-wrap
};
// FIPS 203, 8, by RFC 9936
constexpr std::array ciphertexts{
    Size{scep::der::oid("2.16.840.1.101.3.4.4.1"), 768},   // ML-KEM-512
    Size{scep::der::oid("2.16.840.1.101.3.4.4.2"), 1088},  // ML-KEM-768
    Size{scep::der::oid("2.16.840.1.101.3.4.4.3"), 1568},  // ML-KEM-1024
};

template <std::size_t n>
const Size* find(const std::array<Size, n>& sizes, const scep::der::Oid& algorithm) {
    for (const Size& each : sizes) {
        if (algorithm == each.algorithm) {
            return &each;
        }
    }
    return nullptr;
}

template <class F>
Outcome each_kem(const Enveloped& message, F&& look) {
    if (!has_recipient(message, scep::der::tag::context_constructed(4))) {
        return Outcome::not_applicable();
    }
    Outcome out = Outcome::pass();
    bool any = false;
    each_recipient(message, [&](const scep::cms::RecipientInfo& info, std::int32_t index) {
        const auto* other = std::get_if<scep::cms::OtherRecipientInfo>(&info.choice);
        if (other != nullptr && other->kem) {
            any = true;
            look(*other->kem, recipient_path(index), out);
        }
    });
    return any ? out : Outcome::not_applicable();
}

Outcome kek_length(const Enveloped& message) {
    return each_kem(message, [&](const KEMRecipientInfo& kem, const std::string& path, Outcome& out) {
        const auto length = kem.kek_length.to_int64();
        const Size* wrap = find(wraps, kem.wrap.algorithm);
        const Place where = place(message, kem.kek_length.content.location(), path + ".kekLength");
        if (!length || *length < 1 || *length > 65535) {
            out.add(where, "kekLength is 0x" + kem.kek_length.to_hex() + ", not 1 to 65535");
        } else if (wrap != nullptr && *length != wrap->octets) {
            out.add(where, "kekLength is " + std::to_string(*length) + ", wrap " + kem.wrap.algorithm.to_string() + " takes " + std::to_string(wrap->octets),
                    {place(message, kem.wrap.whole.location(), path + ".wrap")});
        }
    });
}

Outcome ciphertext(const Enveloped& message) {
    return each_kem(message, [&](const KEMRecipientInfo& kem, const std::string& path, Outcome& out) {
        const Size* size = find(ciphertexts, kem.kem.algorithm);
        if (size == nullptr) {
            return;
        }
        if (kem.kemct.size() != size->octets) {
            out.add(place(message, kem.kemct.location(), path + ".kemct"), "kemct has " + std::to_string(kem.kemct.size()) + " octets, " +
                                                                               kem.kem.algorithm.to_string() + " gives " + std::to_string(size->octets));
        }
        if (kem.kem.parameters) {
            out.add(place(message, kem.kem.whole.location(), path + ".kem"), "ML-KEM has parameters where none are due");
        }
    });
}

}  // namespace

RuleSpan<Enveloped> kem_recipients_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Enveloped>> rules{
        {.id = "kem.kek-length",
         .severity = error,
         .cite = {rfc9629, "3"},
         .says = "kekLength of a KEM recipient is the one that its key wrap takes",
         .covers = {"KEM-keklength-consistent"},
         .check = kek_length},
        {.id = "kem.ciphertext-length",
         .severity = warning,
         .cite = {rfc9936, "3"},
         .says = "The ciphertext of ML-KEM has the length of its parameter set, and its identifier no parameters",
         .covers = {"KEM-kemct-length"},
         .check = ciphertext},
    };
    return rules;
}

}  // namespace sceplab::rules
