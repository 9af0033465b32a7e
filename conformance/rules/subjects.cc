#include <conformance/rules/subjects.h>

namespace sceplab::rules {

Place place(const ExchangeFacts& exchange, Side side, scep::Location where, std::string path) {
    return {exchange.index, side, where, std::move(path)};
}

Place attribute_place(const Signed& message, const scep::AttributeSlot& slot) {
    const Side side = message.facts.side;
    const auto& signed_attrs = message.facts.signed_attrs;
    const std::string signer = "SignedData.signerInfos[0]";
    if (!signed_attrs) {
        return place(message.exchange, side, message.message.signer_info.whole.location(), signer);
    }
    if (!slot.whole) {
        return place(message.exchange, side, signed_attrs->whole().location(), signer + ".signedAttrs");
    }
    for (auto attribute = signed_attrs->begin(); attribute != signed_attrs->end(); ++attribute) {
        if (attribute.whole().location() == slot.whole->location()) {
            const std::string path = signer + ".signedAttrs[" + std::to_string(attribute.index()) + "]";
            const auto value = *attribute ? (*attribute)->value() : std::nullopt;
            return value ? place(message.exchange, side, value->whole().location(), path + ".attrValues[0]")
                         : place(message.exchange, side, slot.whole->location(), path);
        }
    }
    return place(message.exchange, side, slot.whole->location(), signer + ".signedAttrs");
}

namespace {

// Where the certificates-only SignedData of a message stands.
std::string handed_over_path(const MessageFacts& facts) {
    if (facts.message_data && facts.message_data->signed_data) {
        return "messageData.SignedData";
    }
    if (facts.certs_only && facts.certs_only->signed_data) {
        return facts.message ? "SignedData.encapContentInfo.eContent.SignedData" : "SignedData";
    }
    return {};
}

}  // namespace

std::vector<MetCertificate> met_certificates(const ExchangeFacts& exchange, const MessageFacts& facts) {
    std::vector<MetCertificate> out;
    const auto* signer = facts.signature && facts.signature->signer.certificate ? &*facts.signature->signer.certificate : nullptr;
    for (const evidence::IncludedCertificate& each : facts.included) {
        const bool is_signer = signer != nullptr && signer->whole.same_octets(each.certificate.whole);
        out.push_back({exchange, facts, each.certificate, is_signer ? MetCertificate::As::signer : MetCertificate::As::accompanying, {},
                       "SignedData.certificates[" + std::to_string(each.index) + "]"});
    }
    const std::string path = handed_over_path(facts);
    for (const evidence::CertificateFacts& each : facts.certificates) {
        out.push_back({exchange, facts, each.certificate, MetCertificate::As::handed_over, each.role,
                       path.empty() ? path : path + ".certificates[" + std::to_string(each.index) + "]"});
    }
    return out;
}

std::vector<MetCrl> met_crls(const ExchangeFacts& exchange, const MessageFacts& facts) {
    std::vector<MetCrl> out;
    const std::string path = handed_over_path(facts);
    for (const scep::x509::CertificateList& each : facts.crls) {
        out.push_back({exchange, facts, each, path + ".crls[" + std::to_string(out.size()) + "]"});
    }
    return out;
}

Place error_place(const ExchangeFacts& exchange, Side side, const scep::Error& error) {
    return place(exchange, side, error.where, error.path.to_string());
}

}  // namespace sceplab::rules
