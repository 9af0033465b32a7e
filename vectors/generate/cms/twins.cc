#include <vectors/generate/cms/twins.h>

#include <algorithm>
#include <array>

namespace sceplab::vectors {

namespace {

bool is_streamed(std::string_view path) {
    // Each element of these is a unit of its own.
    constexpr std::array apart{".certificates[", ".crls[", ".sid", ".rid", ".signedAttrs", "lgorithm", "originator"};
    return !path.empty() && std::ranges::none_of(apart, [&](std::string_view each) { return path.contains(each); });
}

bool is_outermost(std::string_view path) { return path.starts_with("ContentInfo"); }

// The string that a message is about: eContent or encryptedContent.
bool is_content(std::string_view path) { return path.ends_with(".eContent.value") || path.ends_with(".encryptedContent"); }

template <class Where>
void frame(Field& root, Framing framing, Where&& where) {
    each_field(root, [&](Field& field) {
        if (field.constructed() && is_streamed(field.path) && where(field.path)) {
            field.framing = framing;
        }
    });
}

constexpr auto everywhere = [](std::string_view) { return true; };

std::vector<std::size_t> equal_parts(const Field& field, std::size_t size) {
    return std::vector<std::size_t>((field.value.size() + size - 1) / size, size);
}

template <class Parts>
void split(Field& root, Parts&& parts, Framing framing = Framing::der, bool nested = false) {
    each_field(root, [&](Field& field) {
        if (is_content(field.path)) {
            field.parts = parts(field);
            field.framing = framing;
            field.nested_parts = nested;
        }
    });
}

constexpr auto in_one = [](const Field& field) { return std::vector{field.value.size()}; };
template <std::size_t size>
constexpr auto in = [](const Field& field) { return equal_parts(field, size); };

constexpr std::array without_content{
    TwinForm{"indefinite lengths",
             "Every constructed encoding around the content has indefinite length; a reader of definite lengths alone refuses what "
             "openssl cms -stream writes.",
             Result::valid, [](Field& root) { frame(root, Framing::indefinite, everywhere); }},
    TwinForm{"indefinite lengths outside",
             "Only the ContentInfo and its content have indefinite length; a reader must take definite lengths inside indefinite ones.",
             Result::valid, [](Field& root) { frame(root, Framing::indefinite, is_outermost); }},
    TwinForm{"indefinite lengths inside",
             "Only what is inside of the content has indefinite length, so that ends of contents stand inside a definite length; a reader "
             "that looks for BER at the first octets alone misses it.",
             Result::valid,
             [](Field& root) { frame(root, Framing::indefinite, [](std::string_view path) { return !is_outermost(path); }); }},
    TwinForm{"indefinite lengths by turns",
             "Every second level has indefinite length; a reader that switches its mode once for all loses count of the ends of contents.",
             Result::valid,
             [](Field& root) {
                 frame(root, Framing::indefinite, [](std::string_view path) { return std::ranges::count(path, '.') % 2 == 1; });
             }},
    TwinForm{"long lengths", "Lengths are in four octets where one or two are enough: legal in BER, refused by readers of DER.",
             Result::acceptable, [](Field& root) { frame(root, Framing::long_length, everywhere); }},
    TwinForm{"long lengths outside", "Only the ContentInfo and its content have lengths of four octets, legal in BER.", Result::acceptable,
             [](Field& root) { frame(root, Framing::long_length, is_outermost); }},
};

constexpr std::array with_content{
    TwinForm{"content in one part",
             "The content string is constructed, of a single part; a reader that takes the value of the string for the content takes the "
             "header of the part along.",
             Result::valid, [](Field& root) { split(root, in_one); }},
    TwinForm{"content in one part, indefinite", "The content string is constructed, of one part, in indefinite length; all else is DER.",
             Result::valid, [](Field& root) { split(root, in_one, Framing::indefinite); }},
    TwinForm{"content in parts of 16 octets",
             "The content string is in parts that end with the blocks of a cipher and of no digest; each part has its header, which is no "
             "content.",
             Result::valid, [](Field& root) { split(root, in<16>); }},
    TwinForm{"content in parts of 7 octets",
             "The parts of the content string end within blocks; whoever decrypts or pads part by part goes wrong.", Result::valid,
             [](Field& root) { split(root, in<7>); }},
    TwinForm{"content in parts of one octet",
             "Every octet of the content string is a part; more header than content, and no reason to give up.", Result::valid,
             [](Field& root) { split(root, in<1>); }},
    TwinForm{"content in parts of uneven sizes",
             "Parts of 1, 2, 3, 5, 8 octets and the rest: sizes are the sender's choice, the reader only joins.", Result::valid,
             [](Field& root) { split(root, [](const Field&) { return std::vector<std::size_t>{1, 2, 3, 5, 8}; }, Framing::indefinite); }},
    TwinForm{"an empty part first", "The first part is empty; a reader that takes an empty part for the end loses the content.",
             Result::valid,
             [](Field& root) { split(root, [](const Field& field) { return std::vector<std::size_t>{0, field.value.size()}; }); }},
    TwinForm{"an empty part between", "An empty part stands between two others; a reader that takes it for the end has half the content.",
             Result::valid,
             [](Field& root) { split(root, [](const Field&) { return std::vector<std::size_t>{8, 0, 8}; }, Framing::indefinite); }},
    TwinForm{"an empty part last",
             "The last part is empty; a reader that finishes a cipher at the last part with octets has done it too early or twice.",
             Result::valid,
             [](Field& root) { split(root, [](const Field& field) { return std::vector<std::size_t>{field.value.size(), 0}; }); }},
    TwinForm{"parts within parts",
             "Each part is constructed itself, of one part; X.690, 8.7.3.2 allows it, few readers go deeper than one level.", Result::valid,
             [](Field& root) { split(root, in<16>, Framing::der, true); }},
    TwinForm{"parts within parts, indefinite",
             "Each part is constructed itself and all have indefinite length; ends of contents follow each other.", Result::valid,
             [](Field& root) { split(root, in<16>, Framing::indefinite, true); }},
    TwinForm{"indefinite lengths and parts",
             "Indefinite lengths everywhere and the content in parts, as a sender writes who does not know the length before.",
             Result::valid,
             [](Field& root) {
                 frame(root, Framing::indefinite, everywhere);
                 split(root, in<16>, Framing::indefinite);
             }},
    TwinForm{"indefinite lengths and parts of one octet", "Indefinite lengths everywhere and every octet of the content a part.",
             Result::valid,
             [](Field& root) {
                 frame(root, Framing::indefinite, everywhere);
                 split(root, in<1>, Framing::indefinite);
             }},
    TwinForm{"indefinite lengths outside, definite parts",
             "The ContentInfo has indefinite length, the content is in parts of definite length.", Result::valid,
             [](Field& root) {
                 frame(root, Framing::indefinite, is_outermost);
                 split(root, in<16>);
             }},
    TwinForm{"parts of long lengths", "The content string and its parts have lengths of four octets, legal in BER.", Result::acceptable,
             [](Field& root) { split(root, in<16>, Framing::long_length); }},
};

constexpr auto all_forms = [] {
    std::array<TwinForm, without_content.size() + with_content.size()> out{};
    std::ranges::copy(without_content, out.begin());
    std::ranges::copy(with_content, out.begin() + without_content.size());
    return out;
}();

} // namespace

std::span<const TwinForm> twin_forms() { return all_forms; }
std::span<const TwinForm> twin_forms_without_content() { return without_content; }

Octets twin(Field message, const TwinForm& form) {
    form.rewrite(message);
    return write_field(message);
}

} // namespace sceplab::vectors
