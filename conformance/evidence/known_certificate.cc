#include <conformance/evidence/investigator.h>

namespace sceplab::evidence {

std::shared_ptr<KnownCertificate> know(std::vector<std::uint8_t> octets) {
    auto known = std::make_shared<KnownCertificate>();
    known->octets = std::move(octets);
    const Result<x509::Certificate> view = x509::Certificate::decode(Input(known->octets));
    if (!view) {
        return nullptr;
    }
    known->view = *view;
    return known;
}

}  // namespace sceplab::evidence
