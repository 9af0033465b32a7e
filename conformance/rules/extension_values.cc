#include <conformance/rules/extension_values.h>

#include <scepcodec/der/reader.h>
#include <scepcodec/x509/oids.h>

namespace sceplab::rules {

namespace {

namespace oids = scep::x509::oids;
namespace tag = scep::der::tag;
using scep::der::Element;
using scep::der::Reader;

constexpr auto microsoft_upn = scep::der::oid("1.3.6.1.4.1.311.20.2.3");

std::string key_usage(Reader& reader) {
    const auto bits = reader.bit_string("keyUsage");
    if (reader.failed()) {
        return {};
    }
    for (std::uint32_t n = 0; n <= 8; ++n) {
        if (bits.bit(n)) {
            return {};
        }
    }
    return "keyUsage asserts nothing";
}

std::string extended_key_usage(Reader& reader) {
    std::size_t count = 0;
    reader.nested(tag::SEQUENCE, "extKeyUsage", [&](Reader& r) {
        while (!r.at_end()) {
            r.oid("KeyPurposeId");
            ++count;
        }
    });
    return count == 0 && !reader.failed() ? "extKeyUsage lists nothing" : "";
}

bool is_ia5(const Element& name) {
    for (const std::uint8_t octet : name.value()) {
        if (octet >= 0x80) {
            return false;
        }
    }
    return true;
}

// otherName [0] SEQUENCE { type-id, value [0] EXPLICIT }: a UPN is a UTF8String.
std::string other_name(const Element& name) {
    Reader reader(name.value());
    const auto type = reader.oid("type-id");
    std::optional<Element> value;
    reader.nested(tag::context_constructed(0), "value", [&](Reader& r) { value = r.any(nullptr); });
    if (!reader.finish(true, nullptr)) {
        return "an otherName is no type-id with a value [0]";
    }
    return type == microsoft_upn && value->tag() != tag::UTF8String ? "a user principal name is " + scep::to_string(value->tag()) + ", not UTF8String" : "";
}

std::string general_name(const Element& name) {
    if (name.tag().tag_class() != scep::der::TagClass::context || name.tag().number() > 8) {
        return "a GeneralName of tag " + scep::to_string(name.tag());
    }
    const std::uint32_t size = name.value().size();
    switch (name.tag().number()) {
        case 0: return other_name(name);
        case 1:
        case 2:
        case 6: return is_ia5(name) ? "" : "a rfc822Name, dNSName or URI with octets beyond IA5String";
        case 7: return size == 4 || size == 16 ? "" : "an iPAddress of " + std::to_string(size) + " octets, not 4 or 16";
        default: return {};
    }
}

std::string subject_alt_name(Reader& reader) {
    std::size_t count = 0;
    std::string fault;
    reader.nested(tag::SEQUENCE, "subjectAltName", [&](Reader& r) {
        while (!r.at_end()) {
            const Element name = r.any("GeneralName");
            ++count;
            if (!r.failed() && fault.empty()) {
                fault = general_name(name);
            }
        }
    });
    return count == 0 && !reader.failed() ? "subjectAltName holds no name" : fault;
}

}  // namespace

std::string fault_in(const scep::x509::Extension& extension) {
    Reader reader(extension.extn_value);
    std::string fault;
    if (extension.extn_id == oids::id_ce_keyUsage) {
        fault = key_usage(reader);
    } else if (extension.extn_id == oids::id_ce_extKeyUsage) {
        fault = extended_key_usage(reader);
    } else if (extension.extn_id == oids::id_ce_subjectAltName) {
        fault = subject_alt_name(reader);
    } else {
        return {};
    }
    const auto whole = reader.finish(true, nullptr);
    return whole ? fault : "the value does not decode: " + whole.error().to_string();
}

}  // namespace sceplab::rules
