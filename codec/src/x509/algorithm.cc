#include <scepcodec/x509/algorithm.h>

namespace scep::x509 {

namespace {

void read_fields(der::Reader& reader, AlgorithmIdentifier& out) {
    out.algorithm = reader.oid("algorithm");
    out.parameters = reader.optional_any("parameters");
}

}  // namespace

AlgorithmIdentifier AlgorithmIdentifier::read(der::Reader& reader, const char* field) {
    AlgorithmIdentifier out;
    const der::Element sequence = reader.element(der::tag::SEQUENCE, field);
    out.whole = sequence.whole();
    reader.inside(sequence, field, [&](der::Reader& r) { read_fields(r, out); });
    return out;
}

AlgorithmIdentifier AlgorithmIdentifier::read_inside(der::Reader& reader, const der::Element& element, const char* field) {
    AlgorithmIdentifier out;
    reader.inside(element, field, [&](der::Reader& r) { read_fields(r, out); });
    out.whole = element.whole();
    return out;
}

SubjectPublicKeyInfo SubjectPublicKeyInfo::read(der::Reader& reader, const char* field) {
    SubjectPublicKeyInfo out;
    out.whole = reader.nested(der::tag::SEQUENCE, field, [&](der::Reader& r) {
        out.algorithm = AlgorithmIdentifier::read(r, "algorithm");
        out.subject_public_key = r.bit_string("subjectPublicKey");
    }).whole();
    return out;
}

}  // namespace scep::x509
