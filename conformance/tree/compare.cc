#include <conformance/tree/compare.h>

#include <conformance/tree/legible.h>

#include <scepcodec/der/values.h>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace sceplab::tree {

namespace {

namespace tag = scep::der::tag;
using scep::ber::DeviationKind;
using scep::der::Input;

constexpr std::size_t says_width = 80;

// How a value may differ without meaning anything.
enum class Varies : std::uint8_t {
    no,
    freely,
    same_length,
    like_length, // a number in digits is longer or shorter by one or two
};

struct Row {
    std::string_view field;
    Varies varies;
};
// Attributes by their type.
constexpr std::array varying_attributes{
    Row{"senderNonce", Varies::same_length},   Row{"recipientNonce", Varies::same_length}, Row{"transactionID", Varies::like_length},
    Row{"messageDigest", Varies::freely},      Row{"signingTime", Varies::freely},
};
// Primitive values by the name of their field.
constexpr std::array varying_fields{
    Row{"signature", Varies::freely},
    Row{"signatureValue", Varies::freely},
    Row{"encryptedKey", Varies::same_length},
    Row{"kemct", Varies::same_length},
    Row{"encryptedContent", Varies::freely},
    Row{"aes-nonce", Varies::same_length},
    Row{"iv", Varies::same_length},
    Row{"salt", Varies::same_length},
    Row{"serialNumber", Varies::freely},
    Row{"userCertificate", Varies::freely},
    Row{"authorityCertSerialNumber", Varies::freely},
    Row{"CRLNumber", Varies::freely},
    Row{"modulus", Varies::same_length},
    Row{"subjectPublicKey", Varies::same_length},
    Row{"publicKey", Varies::same_length},
    Row{"notBefore", Varies::freely},
    Row{"notAfter", Varies::freely},
    Row{"thisUpdate", Varies::freely},
    Row{"nextUpdate", Varies::freely},
    Row{"revocationDate", Varies::freely},
    Row{"SubjectKeyIdentifier", Varies::same_length},
    Row{"keyIdentifier", Varies::same_length},
};

template <std::size_t Size>
Varies look_up(const std::array<Row, Size>& rows, std::string_view field) {
    const auto found = std::ranges::find(rows, field, &Row::field);
    return found == rows.end() ? Varies::no : found->varies;
}

bool same_word(std::string_view a, std::string_view b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    return std::ranges::equal(a, b, {}, lower, lower);
}

bool is_string_of_octets(scep::der::Tag t) { return t.as_primitive() == tag::OCTET_STRING || t.as_primitive() == tag::BIT_STRING; }

// The OBJECT IDENTIFIER that an attribute, an extension, an algorithm or a part of a name begins with.
const Node* type_of(const Node& node) {
    const Node* first = node.children.empty() ? nullptr : &node.children.front();
    if (first != nullptr && first->tag == tag::SEQUENCE && node.tag == tag::SET && node.children.size() == 1) {
        return type_of(*first); // RelativeDistinguishedName
    }
    return first != nullptr && first->tag == tag::OBJECT_IDENTIFIER && !first->error ? first : nullptr;
}

// What is known of the place of two nodes.
struct Place {
    std::string path;
    Varies varies = Varies::no; // of all values below
    bool asked_for = false;     // inside of the messageData of a client
    bool in_name = false;
};

class Comparer {
public:
    Comparer(const scep::Sources& a, const scep::Sources& b) : m_a(a), m_b(b) {}

    void lists(std::span<const Node> a, std::span<const Node> b, const Node* parent_a, const Node* parent_b, const Place& place) {
        std::map<std::string, std::vector<const Node*>> unmatched;
        for (const Node& node : b) {
            unmatched[key(node)].push_back(&node);
        }
        for (auto& [name, nodes] : unmatched) {
            std::ranges::reverse(nodes);
        }
        std::vector<const Node*> partners(a.size());
        std::map<const Node*, std::size_t> position; // in A, of what is matched in B
        for (std::size_t i = 0; i < a.size(); ++i) {
            if (auto& nodes = unmatched[key(a[i])]; !nodes.empty()) {
                partners[i] = nodes.back();
                position.emplace(nodes.back(), i);
                nodes.pop_back();
            }
        }
        order(a, b, partners, position, parent_a, parent_b, place);
        for (std::size_t i = 0; i < a.size(); ++i) {
            if (partners[i] != nullptr) {
                nodes(a[i], *partners[i], place);
            } else {
                Difference& only = add(DifferenceKind::only_a, inside(a[i], place).path, &a[i], nullptr);
                only.a_says = says(a[i]);
                only.matters = !somebodys_name(place);
            }
        }
        for (const Node& node : b) {
            if (!position.contains(&node)) {
                Difference& only = add(DifferenceKind::only_b, inside(node, place).path, nullptr, &node);
                only.b_says = says(node);
                only.matters = !somebodys_name(place);
            }
        }
    }

    [[nodiscard]] std::vector<Difference> take() { return std::move(m_out); }

private:
    Difference& add(DifferenceKind kind, const std::string& path, const Node* a, const Node* b) {
        Difference& out = m_out.emplace_back();
        out.kind = kind;
        out.path = path;
        out.a = a != nullptr ? std::optional(a->where) : std::nullopt;
        out.b = b != nullptr ? std::optional(b->where) : std::nullopt;
        return out;
    }

    // Others are called otherwise; the name that is asked for may be why it is refused.
    static bool somebodys_name(const Place& place) { return place.in_name && !place.asked_for; }

    // What is matched with what: by type, else by field, else by form.
    static std::string key(const Node& node) {
        if (const Node* type = type_of(node); type != nullptr && node.label.ends_with(']')) {
            return type->value;
        }
        if (!node.is_tlv()) {
            return "octets";
        }
        const std::size_t index = node.label.ends_with(']') ? node.label.rfind('[') : std::string::npos;
        return node.label.empty() ? scep::to_string(node.tag.as_primitive()) : node.label.substr(0, index);
    }

    static std::string says(const Node& node) {
        std::string out = node.is_tlv() ? scep::to_string(node.tag) : "octets";
        if (node.secret) {
            return out + " (hidden)";
        }
        if (!node.value.empty()) {
            out += ' ' + node.value + (node.shortened ? "…" : "");
        }
        return legible(out + (node.note.empty() ? "" : " " + node.note), says_width);
    }

    // The place of a node below another one's. Wrappers that have no name of their own do not show.
    static Place inside(const Node& node, const Place& around) {
        Place out = around;
        if (node.layer) {
            out.path.clear();
        }
        const std::string_view last = std::string_view(out.path).substr(out.path.rfind('.') + 1);
        if (node.label == "ContentInfo") {
            out.path.clear();
        } else if (node.label.ends_with(']')) {
            const Node* type = type_of(node);
            const bool titled = type != nullptr && !type->note.empty();
            const std::size_t bracket = node.label.rfind('[');
            if (out.path.empty()) {
                out.path = node.label.substr(0, bracket);
            }
            const std::string element = titled ? '[' + type->note + ']' : type != nullptr ? '[' + type->value + ']' : node.label.substr(bracket);
            // The parts of a name are a SET of one, mostly.
            out.path += type != nullptr && out.path.ends_with(element) ? "" : element;
        } else if (!node.label.empty() && node.label != "content" && !same_word(node.label, last)) {
            out.path += (out.path.empty() ? "" : ".") + node.label;
        }
        if (const Node* type = type_of(node); type != nullptr && type->label == "attrType") {
            out.varies = look_up(varying_attributes, type->note);
        }
        if (out.varies == Varies::no && (!node.tag.constructed() || is_string_of_octets(node.tag) || node.label == "encryptedContent")) {
            out.varies = node.label == "parameters" && around.path.ends_with("contentEncryptionAlgorithm") ? Varies::same_length
                                                                                                             : look_up(varying_fields, node.label);
            // The choice of a sid or rid.
            if (node.tag == tag::context(0) && node.note == "subjectKeyIdentifier") {
                out.varies = Varies::same_length;
            }
        }
        if (node.label == "CertificationRequest" || node.label == "IssuerAndSubject") {
            out.asked_for = true;
        }
        if (same_word(node.label, "issuer") || same_word(node.label, "subject")) {
            out.in_name = true;
        }
        return out;
    }

    void order(std::span<const Node> a, std::span<const Node> b, const std::vector<const Node*>& partners,
               const std::map<const Node*, std::size_t>& position, const Node* parent_a, const Node* parent_b, const Place& place) {
        std::vector<std::size_t> sequence;
        for (const Node& node : b) {
            if (const auto found = position.find(&node); found != position.end()) {
                sequence.push_back(found->second);
            }
        }
        if (std::ranges::is_sorted(sequence)) {
            return;
        }
        Difference& out = add(DifferenceKind::order, place.path, parent_a, parent_b);
        // The order of a SET OF in DER follows from the encodings of its elements; where only one is not so, that is told of its encoding.
        out.matters = !(parent_a != nullptr && parent_a->set_of && parent_b->set_of) || (is_unsorted(*parent_a) && is_unsorted(*parent_b));
        for (std::size_t i = 0; i < a.size(); ++i) {
            if (partners[i] != nullptr) {
                out.a_says += (out.a_says.empty() ? "" : ", ") + title(a[i]);
            }
        }
        for (const Node& node : b) {
            if (position.contains(&node)) {
                out.b_says += (out.b_says.empty() ? "" : ", ") + title(node);
            }
        }
        out.a_says = legible(out.a_says, 4 * says_width);
        out.b_says = legible(out.b_says, 4 * says_width);
    }

    static bool is_unsorted(const Node& node) { return std::ranges::find(node.deviations, DeviationKind::unsorted_set_of) != node.deviations.end(); }

    static std::string title(const Node& node) {
        const Node* type = type_of(node);
        return type == nullptr ? node.label : type->note.empty() ? type->value : type->note;
    }

    void nodes(const Node& a, const Node& b, const Place& around) {
        const Place place = inside(a, around);
        if (a.error != b.error) {
            Difference& out = add(DifferenceKind::error, place.path, &a, &b);
            out.a_says = a.error ? scep::name(*a.error) : "no error";
            out.b_says = b.error ? scep::name(*b.error) : "no error";
        }
        if (a.tag != b.tag && a.tag.as_primitive() != b.tag.as_primitive()) {
            Difference& out = add(DifferenceKind::type, place.path, &a, &b);
            out.a_says = says(a);
            out.b_says = says(b);
            return;
        }
        encoding(a, b, place);
        const std::span<const Node> of_a = contents(a);
        const std::span<const Node> of_b = contents(b);
        if (place.varies == Varies::freely && is_string_of_octets(a.tag)) {
            values(a, b, place);
        } else if (!of_a.empty() || !of_b.empty()) {
            held(a, b, of_a, of_b, place);
        } else {
            values(a, b, place);
        }
    }

    // Departures from DER, and the form of a string. That parts are joined is told by the type.
    void encoding(const Node& a, const Node& b, const Place& place) {
        const auto words = [](const Node& node) {
            std::string out;
            for (const DeviationKind deviation : node.deviations) {
                out += (out.empty() ? "" : ", ") + std::string(scep::ber::name(deviation));
            }
            if (node.label == "encryptedContent" && node.tag.constructed()) {
                out += out.empty() ? "in parts" : ", in parts";
            }
            return out.empty() ? "DER" : out;
        };
        const std::string of_a = words(a);
        const std::string of_b = words(b);
        if (of_a != of_b) {
            Difference& out = add(DifferenceKind::encoding, place.path, &a, &b);
            out.a_says = of_a;
            out.b_says = of_b;
        }
    }

    // What is inside of a node: of a string in parts and of what is encrypted, what was made of it.
    static std::span<const Node> contents(const Node& node) {
        const auto layer = std::ranges::find_if(node.children, [](const Node& child) { return child.layer.has_value(); });
        const auto before = static_cast<std::size_t>(layer - node.children.begin());
        if (layer != node.children.end()) {
            return std::span(node.children).subspan(before);
        }
        const bool parts = node.tag.constructed() && (is_string_of_octets(node.tag) || node.label == "encryptedContent");
        return parts ? std::span<const Node>() : std::span<const Node>(node.children);
    }

    void held(const Node& a, const Node& b, std::span<const Node> of_a, std::span<const Node> of_b, const Place& place) {
        const bool encrypted = a.label == "encryptedContent";
        if ((encrypted || !a.tag.constructed()) && of_a.empty() != of_b.empty()) {
            Difference& out = add(encrypted ? DifferenceKind::not_compared : DifferenceKind::value, place.path, &a, &b);
            out.matters = !encrypted && place.varies == Varies::no;
            const auto what = [&](std::span<const Node> of, const Node& node) {
                return of.empty() ? (encrypted ? "not decrypted" : says(node)) : encrypted ? "decrypted" : says(of.front());
            };
            out.a_says = what(of_a, a);
            out.b_says = what(of_b, b);
            return;
        }
        Place below = place;
        if (encrypted) {
            below.varies = Varies::no;
        }
        lists(of_a, of_b, &a, &b, below);
    }

    void values(const Node& a, const Node& b, const Place& place) {
        const Input of_a = content(a, m_a);
        const Input of_b = content(b, m_b);
        if (of_a.same_octets(of_b)) {
            return;
        }
        const Varies varies = somebodys_name(place) && a.label == "value" ? Varies::freely : place.varies;
        const std::uint32_t far = std::max(of_a.size(), of_b.size()) - std::min(of_a.size(), of_b.size());
        const bool by_length = (varies == Varies::same_length && far > 0) || (varies == Varies::like_length && far > 2);
        Difference& out = add(by_length ? DifferenceKind::length : DifferenceKind::value, place.path, &a, &b);
        out.matters = varies == Varies::no || by_length;
        out.a_says = by_length ? std::to_string(of_a.size()) + " octets" : says(a);
        out.b_says = by_length ? std::to_string(of_b.size()) + " octets" : says(b);
    }

    static Input content(const Node& node, const scep::Sources& sources) {
        const Input whole = sources.at(node.where);
        return node.is_tlv() ? whole.slice(node.header, node.length()) : whole;
    }

    const scep::Sources& m_a;
    const scep::Sources& m_b;
    std::vector<Difference> m_out;
};

} // namespace

std::string_view name(DifferenceKind kind) {
    switch (kind) {
    case DifferenceKind::only_a:
        return "only_a";
    case DifferenceKind::only_b:
        return "only_b";
    case DifferenceKind::type:
        return "type";
    case DifferenceKind::encoding:
        return "encoding";
    case DifferenceKind::order:
        return "order";
    case DifferenceKind::value:
        return "value";
    case DifferenceKind::length:
        return "length";
    case DifferenceKind::error:
        return "error";
    case DifferenceKind::not_compared:
        return "not_compared";
    }
    return "value";
}

std::vector<Difference> compare(const Compared& a, const Compared& b) {
    Comparer comparer(a.sources, b.sources);
    comparer.lists(a.nodes, b.nodes, nullptr, nullptr, Place{});
    return comparer.take();
}

} // namespace sceplab::tree
