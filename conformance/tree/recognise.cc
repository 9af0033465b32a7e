#include <conformance/tree/shape.h>

#include <scepcodec/ber/normalise.h>
#include <scepcodec/der/reader.h>

#include <vector>

namespace sceplab::tree {

namespace {

namespace der = scep::der;
namespace tag = scep::der::tag;
using der::Element;
using der::Input;

// The first TLV; where it is damaged, what is there of it.
std::optional<Element> first_of(Input octets) {
    const auto header = der::read_header(octets);
    if (!header || header->tag == tag::none) {
        return std::nullopt;
    }
    std::uint32_t size = octets.size();
    if (!header->indefinite) {
        size = header->length < octets.size() - header->size ? header->size + header->length : octets.size();
    } else if (const auto found = scep::ber::tlv_size(octets)) {
        size = *found;
    }
    return Element(header->tag, octets.slice(0, size), header->size);
}

std::vector<Element> inside(const Element& element) {
    constexpr std::size_t enough = 5;
    std::vector<Element> out;
    for (Input rest = element.value(); out.size() < enough;) {
        const auto next = first_of(rest);
        if (!next) {
            break;
        }
        out.push_back(*next);
        rest = rest.from(next->whole().size());
    }
    return out;
}

bool has(const std::vector<Element>& elements, std::size_t index, der::Tag wanted) {
    return index < elements.size() && elements[index].tag() == wanted;
}

// Certificate, CertificateList and CertificationRequest are all SEQUENCE { SEQUENCE, AlgorithmIdentifier, BIT STRING }.
const Shape* recognise_signed(const Element& to_be_signed) {
    const auto fields = inside(to_be_signed);
    if (has(fields, 0, tag::context_constructed(0))) {
        return &shapes::certificate;
    }
    const std::size_t first = has(fields, 0, tag::INTEGER) ? 1 : 0;
    if (has(fields, first + 2, tag::UTCTime) || has(fields, first + 2, tag::GeneralizedTime)) {
        return &shapes::certificate_list;
    }
    // version, subject, subjectPKInfo, attributes; a v1 certificate has serialNumber, signature, issuer, validity, subject.
    return fields.size() > 4 ? &shapes::certificate : &shapes::certification_request;
}

} // namespace

const Shape* recognise(Input value) {
    const auto outer = first_of(value);
    if (!outer || outer->tag() != tag::SEQUENCE) {
        return nullptr;
    }
    const auto fields = inside(*outer);
    if (has(fields, 0, tag::OBJECT_IDENTIFIER)) {
        return has(fields, 1, tag::context_constructed(0)) || fields.size() == 1 ? &shapes::content_info : nullptr;
    }
    if (!has(fields, 0, tag::SEQUENCE)) {
        return nullptr;
    }
    if (has(fields, 1, tag::INTEGER)) {
        return &shapes::issuer_and_serial_number;
    }
    if (has(fields, 1, tag::BIT_STRING)) {
        return &shapes::subject_public_key_info;
    }
    if (has(fields, 1, tag::SEQUENCE)) {
        return has(fields, 2, tag::BIT_STRING) ? recognise_signed(fields[0]) : &shapes::issuer_and_subject;
    }
    // Cut off inside its first field, which is then the to-be-signed part: nothing else is long.
    return fields.size() == 1 ? recognise_signed(fields[0]) : nullptr;
}

} // namespace sceplab::tree
