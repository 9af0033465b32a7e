#include <vectors/run/own_paths.h>

#include <scepcodec/der/reader.h>

#include <span>

namespace sceplab::vectors {

namespace {

using scep::der::Element;
using scep::der::Reader;
using scep::der::Tag;
namespace tag = scep::der::tag;

struct Field;
// What a constructed value holds: fields in their order, or elements of one kind, counted.
struct Shape {
    std::span<const Field> fields = {};
    const Shape* each = nullptr;
};
struct Field {
    const char* name; // nullptr: what an EXPLICIT tag holds
    Tag tag;          // none: any
    bool optional = false;
    const Shape* inside = nullptr;
};
constexpr Shape leaf{};

constexpr Field attribute_value_fields[] = {{"type", tag::OBJECT_IDENTIFIER}, {"value", tag::none}};
constexpr Shape attribute_type_and_value{attribute_value_fields};
constexpr Shape rdn{{}, &attribute_type_and_value};
constexpr Shape name{{}, &rdn};
constexpr Field algorithm_fields[] = {{"algorithm", tag::OBJECT_IDENTIFIER}, {"parameters", tag::none, true}};
constexpr Shape algorithm{algorithm_fields};
constexpr Field key_fields[] = {{"algorithm", tag::SEQUENCE, false, &algorithm}, {"subjectPublicKey", tag::BIT_STRING}};
constexpr Shape public_key{key_fields};
constexpr Field extension_fields[] = {
    {"extnID", tag::OBJECT_IDENTIFIER}, {"critical", tag::BOOLEAN, true}, {"extnValue", tag::OCTET_STRING}};
constexpr Shape extension{extension_fields};
constexpr Shape extensions{{}, &extension};
constexpr Field explicit_extensions_fields[] = {{nullptr, tag::SEQUENCE, false, &extensions}};
constexpr Shape explicit_extensions{explicit_extensions_fields};

constexpr Field validity_fields[] = {{"notBefore", tag::none}, {"notAfter", tag::none}};
constexpr Shape validity{validity_fields};
constexpr Field tbs_certificate_fields[] = {
    {"version", tag::context_constructed(0), true},
    {"serialNumber", tag::INTEGER},
    {"signature", tag::SEQUENCE, false, &algorithm},
    {"issuer", tag::SEQUENCE, false, &name},
    {"validity", tag::SEQUENCE, false, &validity},
    {"subject", tag::SEQUENCE, false, &name},
    {"subjectPublicKeyInfo", tag::SEQUENCE, false, &public_key},
    {"issuerUniqueID", tag::context(1), true},
    {"subjectUniqueID", tag::context(2), true},
    {"extensions", tag::context_constructed(3), true, &explicit_extensions},
};
constexpr Shape tbs_certificate{tbs_certificate_fields};
constexpr Field certificate_fields[] = {{"tbsCertificate", tag::SEQUENCE, false, &tbs_certificate},
                                        {"signatureAlgorithm", tag::SEQUENCE, false, &algorithm},
                                        {"signatureValue", tag::BIT_STRING}};
constexpr Shape certificate{certificate_fields};

constexpr Field revoked_fields[] = {
    {"userCertificate", tag::INTEGER}, {"revocationDate", tag::none}, {"crlEntryExtensions", tag::SEQUENCE, true, &extensions}};
constexpr Shape revoked{revoked_fields};
constexpr Shape revoked_list{{}, &revoked};
constexpr Field tbs_list_fields[] = {
    {"version", tag::INTEGER, true},
    {"signature", tag::SEQUENCE, false, &algorithm},
    {"issuer", tag::SEQUENCE, false, &name},
    {"thisUpdate", tag::none},
    {"nextUpdate", tag::UTCTime, true},
    {"nextUpdate", tag::GeneralizedTime, true},
    {"revokedCertificates", tag::SEQUENCE, true, &revoked_list},
    {"crlExtensions", tag::context_constructed(0), true, &explicit_extensions},
};
constexpr Shape tbs_list{tbs_list_fields};
constexpr Field list_fields[] = {{"tbsCertList", tag::SEQUENCE, false, &tbs_list},
                                 {"signatureAlgorithm", tag::SEQUENCE, false, &algorithm},
                                 {"signatureValue", tag::BIT_STRING}};
constexpr Shape certificate_list{list_fields};

constexpr Shape values{{}, &leaf};
constexpr Field attribute_fields[] = {{"attrType", tag::OBJECT_IDENTIFIER}, {"attrValues", tag::SET, false, &values}};
constexpr Shape attribute{attribute_fields};
constexpr Shape attributes{{}, &attribute};
constexpr Field info_fields[] = {
    {"version", tag::INTEGER},
    {"subject", tag::SEQUENCE, false, &name},
    {"subjectPKInfo", tag::SEQUENCE, false, &public_key},
    {"attributes", tag::context_constructed(0), true, &attributes},
};
constexpr Shape info{info_fields};
constexpr Field request_fields[] = {{"certificationRequestInfo", tag::SEQUENCE, false, &info},
                                    {"signatureAlgorithm", tag::SEQUENCE, false, &algorithm},
                                    {"signature", tag::BIT_STRING}};
constexpr Shape request{request_fields};

constexpr Field issuer_and_subject_fields[] = {{"issuer", tag::SEQUENCE, false, &name}, {"subject", tag::SEQUENCE, false, &name}};
constexpr Shape issuer_and_subject{issuer_and_subject_fields};
constexpr Field issuer_and_serial_fields[] = {{"issuer", tag::SEQUENCE, false, &name}, {"serialNumber", tag::INTEGER}};
constexpr Shape issuer_and_serial{issuer_and_serial_fields};

constexpr const Shape* shapes[] = {&certificate, &certificate_list, &request, &issuer_and_subject, &issuer_and_serial};

bool holds(const Element& element, scep::Location place) {
    const scep::Location own = element.whole().location();
    return place.offset >= own.offset && place.offset + place.length <= own.offset + own.length;
}

void descend(const Shape& shape, const Element& outer, scep::Location place, std::string& path) {
    auto next = shape.fields.begin();
    std::size_t index = 0;
    for (Reader reader(outer.value()); !reader.at_end(); ++index) {
        const Element child = reader.any(nullptr);
        if (reader.failed()) {
            return;
        }
        const Shape* inside = shape.each;
        const char* step = nullptr;
        if (inside == nullptr) {
            while (next != shape.fields.end() && next->tag != tag::none && next->tag != child.tag()) {
                ++next;
            }
            if (next == shape.fields.end()) {
                return;
            }
            step = next->name;
            inside = next->inside;
            ++next;
        }
        if (!holds(child, place)) {
            continue;
        }
        if (shape.each != nullptr) {
            path += '[' + std::to_string(index) + ']';
        } else if (step != nullptr) {
            path += (path.empty() ? "" : ".") + std::string(step);
        }
        if (inside != nullptr) {
            descend(*inside, child, place, path);
        }
        return;
    }
}

} // namespace

std::string field_at(Structure structure, scep::der::Input whole, scep::Location place) {
    std::string path;
    Reader reader(whole);
    const Element outer = reader.any(nullptr);
    if (!reader.failed()) {
        descend(*shapes[static_cast<std::size_t>(structure)], outer, place, path);
    }
    return path;
}

} // namespace sceplab::vectors
