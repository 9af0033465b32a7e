#include <scepcodec/der/error.h>

namespace scep {

std::string_view name(ErrorCode code) {
    switch (code) {
        case ErrorCode::end_of_input: return "end_of_input";
        case ErrorCode::truncated: return "truncated";
        case ErrorCode::invalid_tag: return "invalid_tag";
        case ErrorCode::reserved_length: return "reserved_length";
        case ErrorCode::length_too_large: return "length_too_large";
        case ErrorCode::indefinite_length: return "indefinite_length";
        case ErrorCode::non_minimal_length: return "non_minimal_length";
        case ErrorCode::constructed_string: return "constructed_string";
        case ErrorCode::missing_end_of_contents: return "missing_end_of_contents";
        case ErrorCode::unexpected_end_of_contents: return "unexpected_end_of_contents";
        case ErrorCode::unexpected_tag: return "unexpected_tag";
        case ErrorCode::trailing_data: return "trailing_data";
        case ErrorCode::invalid_boolean: return "invalid_boolean";
        case ErrorCode::invalid_integer: return "invalid_integer";
        case ErrorCode::integer_out_of_range: return "integer_out_of_range";
        case ErrorCode::invalid_null: return "invalid_null";
        case ErrorCode::invalid_oid: return "invalid_oid";
        case ErrorCode::invalid_bit_string: return "invalid_bit_string";
        case ErrorCode::invalid_time: return "invalid_time";
        case ErrorCode::invalid_string: return "invalid_string";
        case ErrorCode::limit_bytes: return "limit_bytes";
        case ErrorCode::limit_depth: return "limit_depth";
        case ErrorCode::limit_elements: return "limit_elements";
        case ErrorCode::unexpected_content_type: return "unexpected_content_type";
        case ErrorCode::signer_count: return "signer_count";
        case ErrorCode::missing_content: return "missing_content";
        case ErrorCode::missing_attribute: return "missing_attribute";
        case ErrorCode::invalid_base64: return "invalid_base64";
        case ErrorCode::invalid_percent_escape: return "invalid_percent_escape";
        case ErrorCode::invalid_hex: return "invalid_hex";
        case ErrorCode::invalid_pem: return "invalid_pem";
        case ErrorCode::missing_parameter: return "missing_parameter";
        case ErrorCode::unsupported_algorithm: return "unsupported_algorithm";
        case ErrorCode::invalid_key: return "invalid_key";
        case ErrorCode::key_mismatch: return "key_mismatch";
        case ErrorCode::invalid_parameters: return "invalid_parameters";
        case ErrorCode::decryption_failed: return "decryption_failed";
        case ErrorCode::internal_error: return "internal_error";
        case ErrorCode::unsorted_set_of: return "unsorted_set_of";
    }
    return "unknown_error";
}

namespace {

std::string_view universal_name(std::uint32_t number) {
    switch (number) {
        case 1: return "BOOLEAN";
        case 2: return "INTEGER";
        case 3: return "BIT STRING";
        case 4: return "OCTET STRING";
        case 5: return "NULL";
        case 6: return "OBJECT IDENTIFIER";
        case 10: return "ENUMERATED";
        case 12: return "UTF8String";
        case 16: return "SEQUENCE";
        case 17: return "SET";
        case 18: return "NumericString";
        case 19: return "PrintableString";
        case 20: return "TeletexString";
        case 22: return "IA5String";
        case 23: return "UTCTime";
        case 24: return "GeneralizedTime";
        case 26: return "VisibleString";
        case 28: return "UniversalString";
        case 30: return "BMPString";
        default: return {};
    }
}

}  // namespace

std::string to_string(der::Tag tag) {
    const auto numbered = [&](std::string_view class_name) { return std::string("[").append(class_name).append(std::to_string(tag.number())).append("]"); };
    switch (tag.tag_class()) {
        case der::TagClass::context: return numbered("");
        case der::TagClass::application: return numbered("APPLICATION ");
        case der::TagClass::private_: return numbered("PRIVATE ");
        case der::TagClass::universal: break;
    }
    const bool always_constructed = tag.number() == 16 || tag.number() == 17;
    std::string text(universal_name(tag.number()));
    if (text.empty()) {
        text = numbered("UNIVERSAL ");
    }
    if (tag.constructed() != always_constructed) {
        text.insert(0, tag.constructed() ? "constructed " : "primitive ");
    }
    return text;
}

std::string FieldPath::to_string() const {
    std::string text = m_truncated ? "..." : "";
    for (std::size_t i = 0; i < size(); ++i) {
        const Step step = (*this)[i];
        if (step.name != nullptr) {
            if (i > 0) {
                text += '.';
            }
            text += step.name;
        }
        if (step.index >= 0) {
            text += '[' + std::to_string(step.index) + ']';
        }
    }
    return text;
}

std::string Error::to_string() const {
    std::string text = path.to_string();
    if (!text.empty()) {
        text += ": ";
    }
    if (expected == der::tag::none) {
        text += name(code);
    } else {
        text += scep::to_string(expected);
        if (or_expected != der::tag::none) {
            text += " or " + scep::to_string(or_expected);
        }
        text += " expected, ";
        text += code == ErrorCode::end_of_input ? std::string("the value ends") : scep::to_string(actual);
    }
    text += " at " + std::to_string(where.offset);
    if (where.length > 0) {
        text += ".." + std::to_string(std::uint64_t{where.offset} + where.length);
    }
    return text;
}

}  // namespace scep
