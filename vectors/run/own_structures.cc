#include <vectors/run/own.h>
#include <vectors/run/own_paths.h>
#include <vectors/run/own_text.h>

#include <conformance/evidence/strict_der.h>
#include <conformance/rules/extension_values.h>
#include <scepcodec/botan/verify.h>
#include <scepcodec/cms/signed_data.h>
#include <scepcodec/der/framing.h>
#include <scepcodec/der/set_order.h>
#include <scepcodec/scep/pki_message.h>
#include <scepcodec/x509/oids.h>

#include <algorithm>
#include <set>

namespace sceplab::vectors {

namespace {

using scep::der::Element;
using scep::der::Input;
namespace tag = scep::der::tag;
namespace oids = scep::x509::oids;

// What is wrong, and where; nothing more is looked at then.
using Fault = std::optional<Answer>;

// The type of a group is the first step of the codec's path.
Answer rejected_at(const scep::Error& error, std::string_view type) {
    std::string path = error.path.to_string();
    if (path.starts_with(type)) {
        path.erase(0, type.size());
        path.erase(0, path.starts_with('.') ? 1 : 0);
    }
    return path.empty() ? rejected(error.to_string()) : rejected(error.to_string(), path);
}

// The error of an element of a list that stands in `field`, which is made of the fields around it.
Answer rejected_in(const scep::Error& error, const std::string& field) {
    const std::string path = error.path.to_string();
    const std::size_t step = path.find_first_of("[.");
    return rejected(error.to_string(), field + (step == std::string::npos ? "" : path.substr(step)));
}

// RelativeDistinguishedName ::= SET SIZE (1..MAX) OF AttributeTypeAndValue
Fault fault_of(const scep::x509::Name& name, const std::string& field) {
    std::size_t at = 0;
    for (const auto& rdn : name.rdns) {
        const std::string place = field + '[' + std::to_string(at++) + ']';
        if (!rdn) {
            return rejected_in(rdn.error(), field);
        }
        if (rdn->attributes.empty()) {
            return rejected("a RelativeDistinguishedName without an attribute", place);
        }
        for (const auto& attribute : rdn->attributes) {
            if (!attribute) {
                return rejected_in(attribute.error(), place);
            }
        }
    }
    return std::nullopt;
}

// The values whose types RFC 5280 gives and SCEP looks at.
std::string value_fault(const scep::x509::Extension& extension) {
    scep::der::Reader reader(extension.extn_value);
    if (extension.extn_id == oids::id_ce_subjectKeyIdentifier) {
        reader.octet_string("subjectKeyIdentifier");
    } else if (extension.extn_id == oids::id_ce_basicConstraints) {
        reader.nested(tag::SEQUENCE, "basicConstraints", [](scep::der::Reader& r) {
            if (r.peek() == tag::BOOLEAN) {
                r.boolean("cA");
            }
            if (r.peek() == tag::INTEGER && r.integer("pathLenConstraint").negative()) {
                r.fail(scep::ErrorCode::integer_out_of_range, r.rest().location(), "pathLenConstraint");
            }
        });
    } else if (extension.extn_id == oids::id_ce_cRLNumber) {
        reader.integer("cRLNumber");
    } else {
        return rules::fault_in(extension);
    }
    const auto whole = reader.finish(true, nullptr);
    return whole ? "" : whole.error().to_string();
}

// Extensions ::= SEQUENCE SIZE (1..MAX) OF Extension, no extnID twice (RFC 5280, 4.2)
Fault fault_of(const scep::x509::Extensions& extensions, const std::string& field) {
    if (extensions.empty()) {
        return rejected("no extensions in the list of them", field);
    }
    std::set<std::string> seen;
    std::size_t at = 0;
    for (const auto& extension : extensions) {
        const std::string place = field + '[' + std::to_string(at++) + ']';
        if (!extension) {
            return rejected_in(extension.error(), field);
        }
        if (!seen.insert(extension->extn_id.to_string()).second) {
            return rejected("an extension of a type that came before", place);
        }
        if (std::string fault = value_fault(*extension); !fault.empty()) {
            return rejected(std::move(fault), place + ".extnValue");
        }
    }
    return std::nullopt;
}

// What the decoders do not look at, since it is inside of values.
Fault der_fault(Structure structure, Input whole) {
    if (const auto framing = scep::der::check_der(whole); !framing) {
        return rejected(framing.error().to_string(), field_at(structure, whole, framing.error().where));
    }
    const auto faults = evidence::der_faults(whole);
    if (faults.empty()) {
        return std::nullopt;
    }
    return rejected(faults.front().what, field_at(structure, whole, faults.front().where));
}

Json oids_of(const scep::x509::Extensions& extensions) {
    Json out = Json::array();
    for (const auto& extension : extensions) {
        out.push_back(extension->extn_id.to_string());
    }
    return out;
}

Fault fault_of(const scep::x509::Certificate& certificate) {
    const std::int64_t version = certificate.version ? certificate.version->to_int64().value_or(-1) : 0;
    if (version < 0 || version > 2) {
        return rejected("no version that X.509 has", "tbsCertificate.version");
    }
    if (auto fault = fault_of(certificate.issuer, "tbsCertificate.issuer")) {
        return fault;
    }
    if (auto fault = fault_of(certificate.subject, "tbsCertificate.subject")) {
        return fault;
    }
    if (certificate.extensions) {
        if (version != 2) {
            return rejected("extensions in a certificate that is not v3", "tbsCertificate.extensions");
        }
        if (auto fault = fault_of(*certificate.extensions, "tbsCertificate.extensions")) {
            return fault;
        }
    }
    if (!certificate.signature.whole.same_octets(certificate.signature_algorithm.whole)) {
        return rejected("signatureAlgorithm is not the signature of the TBSCertificate", "signatureAlgorithm");
    }
    return der_fault(Structure::Certificate, certificate.whole);
}

Fault fault_of(const scep::x509::RevokedCertificate& entry, bool v2, const std::string& place) {
    if (!entry.crl_entry_extensions) {
        return std::nullopt;
    }
    return v2 ? fault_of(*entry.crl_entry_extensions, place + ".crlEntryExtensions")
              : rejected("extensions in a list that is not v2", place + ".crlEntryExtensions");
}

Fault fault_of(const scep::x509::CertificateList& list, Json& revoked) {
    const bool v2 = list.version && list.version->equals(1);
    if (list.version && !v2) {
        return rejected("version is v2 where it is there", "tbsCertList.version");
    }
    if (auto fault = fault_of(list.issuer, "tbsCertList.issuer")) {
        return fault;
    }
    if (list.revoked_certificates) {
        const std::string field = "tbsCertList.revokedCertificates";
        const auto entries = list.revoked_certificates->list();
        if (!entries) {
            return rejected_in(entries.error(), field);
        }
        std::size_t at = 0;
        for (const auto& entry : *entries) {
            if (!entry) {
                return rejected_in(entry.error(), field);
            }
            if (auto fault = fault_of(*entry, v2, field + '[' + std::to_string(at++) + ']')) {
                return fault;
            }
            revoked.push_back(decimal(entry->user_certificate.content));
        }
    }
    if (list.crl_extensions) {
        if (!v2) {
            return rejected("extensions in a list that is not v2", "tbsCertList.crlExtensions");
        }
        if (auto fault = fault_of(*list.crl_extensions, "tbsCertList.crlExtensions")) {
            return fault;
        }
    }
    if (!list.signature.whole.same_octets(list.signature_algorithm.whole)) {
        return rejected("signatureAlgorithm is not the signature of the TBSCertList", "signatureAlgorithm");
    }
    return der_fault(Structure::CertificateList, list.whole);
}

} // namespace

Answer own_certificate(const Json& request) {
    const auto octets = octets_of(request);
    const auto certificate = scep::x509::Certificate::decode(Input(octets));
    if (!certificate) {
        return rejected_at(certificate.error(), "Certificate");
    }
    if (auto fault = fault_of(*certificate)) {
        return *fault;
    }
    Answer out = accepted();
    out.fields["version"] = certificate->version ? decimal(certificate->version->content) : "0";
    out.fields["serialNumber"] = decimal(certificate->serial_number.content);
    out.fields["issuer"] = *rfc4514(certificate->issuer);
    out.fields["subject"] = *rfc4514(certificate->subject);
    out.fields["notBefore"] = certificate->validity.not_before.to_string();
    out.fields["notAfter"] = certificate->validity.not_after.to_string();
    out.fields["extensions"] = certificate->extensions ? oids_of(*certificate->extensions) : Json::array();
    return out;
}

Answer own_certificate_list(const Json& request) {
    const auto octets = octets_of(request);
    const auto list = scep::x509::CertificateList::decode(Input(octets));
    if (!list) {
        return rejected_at(list.error(), "CertificateList");
    }
    Json revoked = Json::array();
    if (auto fault = fault_of(*list, revoked)) {
        return *fault;
    }
    Answer out = accepted();
    out.fields["version"] = list->version ? decimal(list->version->content) : "0";
    out.fields["issuer"] = *rfc4514(list->issuer);
    out.fields["thisUpdate"] = list->this_update.to_string();
    if (list->next_update) {
        out.fields["nextUpdate"] = list->next_update->to_string();
    }
    out.fields["revokedCertificates"] = std::move(revoked);
    out.fields["extensions"] = list->crl_extensions ? oids_of(*list->crl_extensions) : Json::array();
    return out;
}

namespace {

// DirectoryString, and IA5String, which is met in its place.
bool may_be_password(scep::der::Tag type) {
    constexpr scep::der::Tag types[] = {tag::PrintableString, tag::UTF8String,      tag::TeletexString,
                                        tag::BMPString,       tag::UniversalString, tag::IA5String};
    return std::ranges::find(types, type) != std::end(types);
}

Fault fault_of(const scep::x509::Attribute& attribute, const std::string& place) {
    namespace pkcs10 = scep::pkcs10::oids;
    if (attribute.values.empty()) {
        return rejected("an attribute without a value", place + ".attrValues");
    }
    const bool password = attribute.type == pkcs10::challengePassword;
    const bool extensions = attribute.type == pkcs10::extensionRequest || attribute.type == pkcs10::microsoftCertExtensions;
    if ((password || extensions) && attribute.values.size() != 1) {
        return rejected("several values of an attribute that has one", place + ".attrValues");
    }
    const std::string first = place + ".attrValues[0]";
    const auto value = attribute.value();
    if (password && !may_be_password(value->tag())) {
        return rejected("a challengePassword that is no DirectoryString", first);
    }
    if (extensions) {
        scep::der::Reader reader(value->whole());
        const auto list = reader.finish(scep::x509::Extensions::read(reader, tag::SEQUENCE, nullptr), nullptr);
        return list ? fault_of(*list, first) : rejected(list.error().to_string(), first);
    }
    return std::nullopt;
}

Fault fault_of(const scep::pkcs10::CertificationRequest& csr) {
    const std::string info = "certificationRequestInfo";
    if (!csr.version.equals(0)) {
        return rejected("no version that PKCS #10 has", info + ".version");
    }
    if (auto fault = fault_of(csr.subject, info + ".subject")) {
        return fault;
    }
    if (csr.attributes) {
        std::size_t at = 0;
        for (const auto& attribute : *csr.attributes) {
            if (!attribute) {
                return rejected_in(attribute.error(), info + ".attributes");
            }
            if (auto fault = fault_of(*attribute, info + ".attributes[" + std::to_string(at++) + ']')) {
                return fault;
            }
        }
        if (scep::der::first_out_of_order(csr.attributes->value())) {
            return rejected("attributes that are not in the order of DER", info + ".attributes");
        }
    }
    if (auto fault = der_fault(Structure::CertificationRequest, csr.whole)) {
        return fault;
    }
    const auto check = scep::botan::verify(csr, csr.certification_request_info);
    return check.verdict == scep::botan::Verdict::valid ? Fault() : rejected(check.reason, "signature");
}

} // namespace

Answer own_certification_request(const Json& request) {
    const auto octets = octets_of(request);
    const auto csr = scep::pkcs10::CertificationRequest::decode(Input(octets));
    if (!csr) {
        return rejected_at(csr.error(), "CertificationRequest");
    }
    if (auto fault = fault_of(*csr)) {
        return *fault;
    }
    Answer out = accepted();
    out.fields["version"] = decimal(csr->version.content);
    out.fields["subject"] = *rfc4514(csr->subject);
    out.fields["attributes"] = Json::array();
    if (csr->attributes) {
        for (const auto& attribute : *csr->attributes) {
            out.fields["attributes"].push_back(attribute->type.to_string());
        }
    }
    if (const auto password = csr->challenge_password()) {
        out.fields["challengePassword"] = *scep::der::utf8_text(*password);
    }
    return out;
}

Answer own_issuer_and_subject(const Json& request) {
    const auto octets = octets_of(request);
    const auto names = scep::IssuerAndSubject::decode(Input(octets));
    if (!names) {
        return rejected_at(names.error(), "IssuerAndSubject");
    }
    for (const auto& [name, field] : {std::pair{names->issuer, "issuer"}, std::pair{names->subject, "subject"}}) {
        if (auto fault = fault_of(name, field)) {
            return *fault;
        }
    }
    if (auto fault = der_fault(Structure::IssuerAndSubject, names->whole)) {
        return *fault;
    }
    Answer out = accepted();
    out.fields["issuer"] = *rfc4514(names->issuer);
    out.fields["subject"] = *rfc4514(names->subject);
    return out;
}

Answer own_issuer_and_serial_number(const Json& request) {
    const auto octets = octets_of(request);
    const auto id = scep::der::decode<scep::cms::IssuerAndSerialNumber>(Input(octets));
    if (!id) {
        return rejected_at(id.error(), "IssuerAndSerialNumber");
    }
    if (auto fault = fault_of(id->issuer, "issuer")) {
        return *fault;
    }
    if (auto fault = der_fault(Structure::IssuerAndSerialNumber, id->whole)) {
        return *fault;
    }
    Answer out = accepted();
    out.fields["issuer"] = *rfc4514(id->issuer);
    out.fields["serialNumber"] = decimal(id->serial_number.content);
    return out;
}

} // namespace sceplab::vectors
