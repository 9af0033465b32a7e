#include <vectors/run/own.h>
#include <vectors/run/own_text.h>

#include <scepcodec/ber/normalise.h>
#include <scepcodec/der/framing.h>
#include <scepcodec/der/reader.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace sceplab::vectors {

namespace {

using scep::ErrorCode;
using scep::Result;
using scep::der::Element;
using scep::der::Input;
using scep::der::Reader;
using scep::der::Tag;
namespace tag = scep::der::tag;

enum class Rules : std::uint8_t { der, ber };

std::unexpected<scep::Error> failure(ErrorCode code, const Element& element, Tag expected = tag::none) {
    scep::Error error;
    error.code = code;
    error.where = element.whole().location();
    error.expected = expected;
    error.actual = element.tag();
    return std::unexpected(error);
}

// What to_text makes of the value, if there is one.
template <class T, class F>
Result<std::string> as_text(const Result<T>& value, F&& to_text) {
    return value ? Result<std::string>(to_text(*value)) : std::unexpected(value.error());
}

// The value of an element whose tag is the type's: its text, as `fields` have it.
Result<std::string> boolean(const Element& element, Rules rules) {
    const Input content = element.value();
    if (rules == Rules::ber && content.size() == 1) {
        return content[0] != 0 ? "TRUE" : "FALSE";
    }
    return as_text(scep::der::decode_boolean(element), [](bool value) { return value ? "TRUE" : "FALSE"; });
}

Result<std::string> integer(const Element& element, Rules) {
    if (!scep::der::valid_integer(element.value())) {
        return failure(ErrorCode::invalid_integer, element);
    }
    return decimal(element.value());
}

Result<std::string> bit_string(const Element& element, Rules rules) {
    const Input content = element.value();
    if (rules == Rules::ber && content.size() > 1 && content[0] < 8) {
        return scep::der::to_hex(content.from(1).octets()) + '/' + std::to_string(content[0]);
    }
    return as_text(scep::der::decode_bit_string(element), [](const scep::der::BitString& bits) {
        return scep::der::to_hex(bits.octets.octets()) + '/' + std::to_string(bits.unused_bits);
    });
}

Result<std::string> octet_string(const Element& element, Rules) { return scep::der::to_hex(element.value().octets()); }

Result<std::string> null(const Element& element, Rules) {
    if (!element.value().empty()) {
        return failure(ErrorCode::invalid_null, element);
    }
    return std::string();
}

Result<std::string> object_identifier(const Element& element, Rules) {
    return as_text(scep::der::decode_oid(element), [](const scep::der::Oid& value) { return value.to_string(); });
}

Result<std::string> time(const Element& element, Rules) {
    return as_text(scep::der::decode_time(element), [](const scep::der::Time& value) { return value.to_string(); });
}

Result<std::string> characters(const Element& element, Rules) {
    const auto text = scep::der::utf8_text(element);
    if (!text) {
        return failure(ErrorCode::invalid_string, element);
    }
    return *text;
}

// The number of elements, each of which is of that type.
Result<std::string> elements(const Element& element, Rules rules, std::string_view of);

Result<std::string> any_elements(const Element& element, Rules rules) { return elements(element, rules, "ANY"); }

struct Type {
    std::string_view name;
    Tag tag;
    Result<std::string> (*value)(const Element&, Rules);
};

constexpr std::array types{
    Type{"BOOLEAN", tag::BOOLEAN, boolean},
    Type{"INTEGER", tag::INTEGER, integer},
    Type{"ENUMERATED", tag::ENUMERATED, integer},
    Type{"BIT STRING", tag::BIT_STRING, bit_string},
    Type{"OCTET STRING", tag::OCTET_STRING, octet_string},
    Type{"NULL", tag::NULL_, null},
    Type{"OBJECT IDENTIFIER", tag::OBJECT_IDENTIFIER, object_identifier},
    Type{"UTCTime", tag::UTCTime, time},
    Type{"GeneralizedTime", tag::GeneralizedTime, time},
    Type{"UTF8String", tag::UTF8String, characters},
    Type{"NumericString", tag::NumericString, characters},
    Type{"PrintableString", tag::PrintableString, characters},
    Type{"TeletexString", tag::TeletexString, characters},
    Type{"IA5String", tag::IA5String, characters},
    Type{"VisibleString", tag::VisibleString, characters},
    Type{"UniversalString", tag::UniversalString, characters},
    Type{"BMPString", tag::BMPString, characters},
    Type{"SEQUENCE", tag::SEQUENCE, any_elements},
    Type{"SET", tag::SET, any_elements},
};

// Of any type: the known ones are held to their contents, and to being primitive or constructed.
Result<std::string> any_value(const Element& element, Rules rules) {
    const Tag found = element.tag();
    const auto type = std::ranges::find_if(types, [&](const Type& each) { return each.tag.as_primitive() == found.as_primitive(); });
    if (type != types.end()) {
        return type->tag == found ? type->value(element, rules) : failure(ErrorCode::unexpected_tag, element, type->tag);
    }
    return found.constructed() ? any_elements(element, rules) : std::string("0");
}

Result<std::string> value_as(const Element& element, Rules rules, std::string_view as) {
    if (as == "ANY") {
        const auto valid = any_value(element, rules);
        return valid && !element.tag().constructed() ? std::string("0") : valid;
    }
    for (const auto& [prefix, list] :
         {std::pair{std::string_view("SET OF "), tag::SET}, std::pair{std::string_view("SEQUENCE OF "), tag::SEQUENCE}}) {
        if (as.starts_with(prefix)) {
            if (element.tag() != list) {
                return failure(ErrorCode::unexpected_tag, element, list);
            }
            return elements(element, rules, as.substr(prefix.size()));
        }
    }
    const auto* const type = std::ranges::find(types, as, &Type::name);
    if (type == types.end()) {
        return failure(ErrorCode::internal_error, element);
    }
    return type->tag == element.tag() ? type->value(element, rules) : failure(ErrorCode::unexpected_tag, element, type->tag);
}

Result<std::string> elements(const Element& element, Rules rules, std::string_view of) {
    std::uint32_t count = 0;
    for (Reader reader(element.value()); !reader.at_end(); ++count) {
        const Element each = reader.any(nullptr);
        if (reader.failed()) {
            return std::unexpected(*reader.error());
        }
        if (const auto value = value_as(each, rules, of); !value) {
            return std::unexpected(value.error());
        }
    }
    return std::to_string(count);
}

bool is_known(std::string_view as) {
    for (const std::string_view prefix : {"SET OF ", "SEQUENCE OF "}) {
        while (as.starts_with(prefix)) {
            as.remove_prefix(prefix.size());
        }
    }
    return as == "ANY" || std::ranges::find(types, as, &Type::name) != types.end();
}

// What the group names; throws where it is no type.
std::string type_of(const Json& request) {
    std::string as = request.at("as");
    if (!is_known(as)) {
        throw std::invalid_argument("no such type: " + as);
    }
    return as;
}

Result<std::string> value_of(Input input, Rules rules, std::string_view as) {
    Reader reader(input);
    const auto element = reader.finish(reader.any(nullptr), nullptr);
    return element ? value_as(*element, rules, as) : std::unexpected(element.error());
}

Answer answer(const Result<std::string>& value) {
    if (!value) {
        return rejected(value.error().to_string());
    }
    Answer out = accepted();
    out.fields["value"] = *value;
    return out;
}

} // namespace

Answer own_der_value(const Json& request) {
    const auto octets = octets_of(request);
    const Input input(octets);
    const auto framing = scep::der::check_der(input);
    if (!framing) {
        return rejected(framing.error().to_string());
    }
    return answer(value_of(input, Rules::der, type_of(request)));
}

Answer own_ber_value(const Json& request) {
    scep::Sources sources;
    const auto input = sources.add_captured(octets_of(request));
    const auto normalised = scep::ber::normalise(*input, sources);
    if (!normalised) {
        return rejected(normalised.error().to_string());
    }
    for (const scep::ber::Deviation& deviation : normalised->deviations) {
        if (deviation.kind == scep::ber::DeviationKind::trailing_octets) {
            return rejected("octets after the value");
        }
    }
    Answer out = answer(value_of(normalised->der, Rules::ber, type_of(request)));
    if (out.state == Answer::State::accept) {
        out.fields["der"] = scep::der::to_hex(normalised->der.octets());
    }
    return out;
}

} // namespace sceplab::vectors
