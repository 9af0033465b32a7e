#include <conformance/rules/leaves.h>

namespace sceplab::rules {

using evidence::CertificateFacts;

const CertificateFacts* issued_by(const CertificateFacts& issuer, const std::vector<CertificateFacts>& all) {
    for (const CertificateFacts& each : all) {
        // A self-issued certificate names its issuer without being issued by another of the same name.
        const bool itself = each.index == issuer.index || same_name(each.certificate.subject, issuer.certificate.subject);
        if (!itself && same_name(each.certificate.issuer, issuer.certificate.subject)) {
            return &each;
        }
    }
    return nullptr;
}

std::vector<const CertificateFacts*> leaves(const std::vector<CertificateFacts>& all) {
    std::vector<const CertificateFacts*> out;
    for (const CertificateFacts& each : all) {
        if (issued_by(each, all) == nullptr) {
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
