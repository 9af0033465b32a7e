#include <conformance/rules/leaves.h>

namespace sceplab::rules {

using evidence::CertificateFacts;

const CertificateFacts* issued_by(const CertificateFacts& issuer, const std::vector<CertificateFacts>& all) {
    return issuer.issued < 0 ? nullptr : &all[static_cast<std::size_t>(issuer.issued)];
}

std::vector<const CertificateFacts*> leaves(const std::vector<CertificateFacts>& all) {
    std::vector<const CertificateFacts*> out;
    for (const CertificateFacts& each : all) {
        if (each.issued < 0) {
            out.push_back(&each);
        }
    }
    return out;
}

std::string certificate_path(const CertificateFacts& certificate) {
    return "messageData.SignedData.certificates[" + std::to_string(certificate.index) + "]";
}

Place certificate_place(const Signed& reply, const CertificateFacts& certificate) {
    return place(reply, certificate.certificate.whole.location(), certificate_path(certificate));
}

}  // namespace sceplab::rules
