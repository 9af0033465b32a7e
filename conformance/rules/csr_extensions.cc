#include <conformance/rules/common.h>
#include <conformance/rules/extension_values.h>
#include <conformance/rules/rule_files.h>

#include <scepcodec/der/reader.h>
#include <scepcodec/scep/oids.h>

#include <set>

// The extensions that a CertificationRequest asks for (RFC 2985, 5.4.2; RFC 5280, 4.2).
namespace sceplab::rules {

namespace {

using scep::der::OidConstant;
using scep::x509::Attribute;
using scep::x509::Extension;
using scep::x509::Extensions;
namespace oids = scep::pkcs10::oids;

constexpr const char* attributes_path = "messageData.certificationRequestInfo.attributes";
constexpr auto id_ce = scep::der::oid("2.5.29");

bool is_extension_request(const Attribute& attribute) {
    return attribute.type == oids::extensionRequest || attribute.type == oids::microsoftCertExtensions;
}

scep::Result<Extensions> extensions_in(const scep::der::Element& value) {
    scep::der::Reader reader(value.whole());
    auto list = Extensions::read(reader, scep::der::tag::SEQUENCE, "extensionRequest");
    return reader.finish(std::move(list), nullptr);
}

// The extensionRequest under whichever of its types, with its path.
std::optional<std::pair<Attribute, std::string>> extension_request(const Csr& request) {
    const auto& attributes = request.csr.attributes;
    if (attributes) {
        for (auto each = attributes->begin(); each != attributes->end(); ++each) {
            if (const auto attribute = *each; attribute && is_extension_request(*attribute)) {
                return std::pair(*attribute, std::string(attributes_path) + "[" + std::to_string(each.index()) + "]");
            }
        }
    }
    return std::nullopt;
}

// Asks of each extension that decodes; those that do not are told by csr.extension-request-single.
template <class F>
Outcome each_extension(const Csr& request, F&& look) {
    const auto found = extension_request(request);
    const auto value = found ? found->first.value() : std::nullopt;
    const auto list = value ? extensions_in(*value) : std::unexpected(scep::Error{});
    if (!list) {
        return Outcome::not_applicable();
    }
    Outcome out = Outcome::pass();
    for (auto each = list->begin(); each != list->end(); ++each) {
        if (const auto extension = *each) {
            look(*extension, found->second + ".extensions[" + std::to_string(each.index()) + "]", out);
        }
    }
    return out;
}

// An attribute that holds an extension of RFC 5280, whatever its type.
bool holds_extensions(const Attribute& attribute) {
    const auto value = attribute.value();
    const auto list = value ? extensions_in(*value) : std::unexpected(scep::Error{});
    if (!list || list->empty()) {
        return false;
    }
    const auto first = *list->begin();
    return first && first->extn_id.content.slice(0, id_ce.size).same_octets(id_ce.content());
}

Outcome request_type(const Csr& request) {
    const auto& attributes = request.csr.attributes;
    if (!attributes) {
        return Outcome::not_applicable();
    }
    Outcome out = Outcome::not_applicable();
    for (auto each = attributes->begin(); each != attributes->end(); ++each) {
        const auto attribute = *each;
        if (!attribute || !(is_extension_request(*attribute) || holds_extensions(*attribute))) {
            continue;
        }
        // The type of the drafts has a rule of its own.
        if (attribute->type == oids::extensionRequest || attribute->type == scep::oids::extensionReq) {
            out = out.state() == Outcome::State::not_applicable ? Outcome::pass() : out;
            continue;
        }
        const char* whose = attribute->type == oids::microsoftCertExtensions ? "Microsoft's" : "an unknown";
        out.add(place(request, attribute->whole.location(), std::string(attributes_path) + "[" + std::to_string(each.index()) + "]"),
                "extensions are asked for under " + std::string(whose) + " type " + attribute->type.to_string() + " instead of extensionRequest");
    }
    return out;
}

Outcome request_value(const Csr& request) {
    const auto found = extension_request(request);
    if (!found) {
        return Outcome::not_applicable();
    }
    const auto& [attribute, path] = *found;
    const Place where = place(request, attribute.whole.location(), path);
    if (attribute.values.size() != 1) {
        return Outcome::violation(where, "extensionRequest has " + std::to_string(attribute.values.size()) + " values");
    }
    const auto list = extensions_in(*attribute.value());
    if (!list) {
        return Outcome::violation(where, "the value of extensionRequest is no Extensions: " + list.error().to_string());
    }
    for (auto each = list->begin(); each != list->end(); ++each) {
        if (const auto extension = *each; !extension) {
            return Outcome::violation(where, "the value of extensionRequest is no Extensions: " + extension.error().to_string());
        }
    }
    return list->empty() ? Outcome::violation(where, "extensionRequest asks for no extension") : Outcome::pass();
}

Outcome unique(const Csr& request) {
    std::set<std::string_view> seen;
    return each_extension(request, [&](const Extension& extension, std::string path, Outcome& out) {
        if (!seen.insert(extension.extn_id.content.text()).second) {
            out.add(place(request, extension.whole.location(), std::move(path)), "the extension " + extension.extn_id.to_string() + " is asked for again");
        }
    });
}

Outcome values(const Csr& request) {
    return each_extension(request, [&](const Extension& extension, std::string path, Outcome& out) {
        if (std::string fault = fault_in(extension); !fault.empty()) {
            out.add(place(request, extension.extn_value.location(), std::move(path)), std::move(fault));
        }
    });
}

}  // namespace

RuleSpan<Csr> csr_extensions_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Csr>> rules{
        {.id = "csr.extension-request-type",
         .severity = notice,
         .cite = {rfc2985, "5.4.2"},
         .says = "Extensions are asked for in the attribute extensionRequest",
         .covers = {"P9-5.4.2-extreq-oid"},
         .check = request_type},
        {.id = "csr.extension-request-value",
         .severity = warning,
         .cite = {rfc2985, "5.4.2"},
         .says = "extensionRequest has one value, which is one Extension or more",
         .covers = {"P9-5.4.2-extreq-single"},
         .check = request_value},
        {.id = "csr.extensions-unique",
         .severity = warning,
         .cite = {rfc5280, "4.2"},
         .says = "No extension is asked for twice",
         .covers = {"P9-ext-unique"},
         .check = unique},
        {.id = "csr.extension-values",
         .severity = warning,
         .cite = {rfc5280, "4.2.1"},
         .says = "keyUsage, extKeyUsage and subjectAltName that are asked for hold what their types say",
         .covers = {"P9-ext-ku", "P9-ext-eku", "P9-ext-san", "P9-ext-upn"},
         .check = values},
    };
    return rules;
}

}  // namespace sceplab::rules
