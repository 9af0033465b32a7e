#include <conformance/evidence/investigator.h>

#include <scepcodec/botan/verify.h>

#include <algorithm>

namespace sceplab::evidence {

std::shared_ptr<KnownCertificate> know(std::vector<std::uint8_t> octets) {
    auto known = std::make_shared<KnownCertificate>();
    known->octets = std::move(octets);
    const Result<x509::Certificate> view = x509::Certificate::decode(Input(known->octets));
    if (!view) {
        return nullptr;
    }
    known->view = *view;
    std::ranges::copy_n(botan::sha256(known->octets).begin(), static_cast<std::ptrdiff_t>(known->sha256.size()), known->sha256.begin());
    return known;
}

}  // namespace sceplab::evidence
