#include <conformance/rules/subjects.h>

namespace sceplab::rules {

Place place(const ExchangeFacts& exchange, Side side, scep::Location where, std::string path) {
    return {exchange.index, side, where, std::move(path)};
}

Place attribute_place(const Signed& message, const scep::AttributeSlot& slot) {
    const Side side = message.facts.side;
    const auto& signed_attrs = message.message.signer_info.signed_attrs;
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

Place error_place(const ExchangeFacts& exchange, Side side, const scep::Error& error) {
    return place(exchange, side, error.where, error.path.to_string());
}

}  // namespace sceplab::rules
