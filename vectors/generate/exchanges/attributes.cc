#include <vectors/generate/exchanges/rows.h>
#include <vectors/generate/parts.h>

#include <scepcodec/scep/oids.h>

namespace sceplab::vectors {

namespace {

namespace oids = scep::oids;
namespace tag = scep::der::tag;

// An enrolment or a refusal whose reply has these values of one attribute.
void reply_with(Laboratory& lab, const scep::der::OidConstant& type, std::vector<Octets> values, bool refused = false) {
    auto plan = refused ? lab.refused() : lab.enrolment();
    plan.reply->signed_data = [&](auto& builder) { set_attribute(builder, type, values); };
    lab.play(plan);
}

void id_of_type(Laboratory& lab, scep::der::Tag type, std::optional<std::string> second = std::nullopt) {
    auto plan = lab.enrolment();
    std::vector<Octets> values{string_value(type, plan.reply->transaction.transaction_id)};
    if (second) {
        values.push_back(string_value(type, *second));
    }
    plan.reply->signed_data = [&](auto& builder) { set_attribute(builder, oids::transactionID, values); };
    lab.play(plan);
}

void nonce_of_type(Laboratory& lab, const scep::der::OidConstant& type, bool recipient) {
    auto plan = lab.enrolment();
    const Octets value = recipient ? plan.reply->transaction.recipient_nonce : plan.reply->transaction.sender_nonce;
    const std::string text(value.begin(), value.end());
    plan.reply->signed_data = [&](auto& builder) { set_attribute(builder, type, {string_value(tag::UTF8String, text)}); };
    lab.play(plan);
}

void nonce_twice(Laboratory& lab, const scep::der::OidConstant& type, bool recipient) {
    auto plan = lab.enrolment();
    const Octets& value = recipient ? plan.reply->transaction.recipient_nonce : plan.reply->transaction.sender_nonce;
    const std::string text(value.begin(), value.end());
    plan.reply->transaction.other_attributes = {scep::cms::encode_attribute(type, string_value(tag::OCTET_STRING, text))};
    lab.play(plan);
}

}  // namespace

const Rows& attribute_rows() {
    static const Rows rows{
        {"transactionID as UTF8String", [](Laboratory& lab) { id_of_type(lab, tag::UTF8String); }, {"transaction-id.type"}},
        {"transactionID with a character that no PrintableString has",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.request->transaction.transaction_id = "device@example";
             plan.reply->transaction.transaction_id = "device@example";
             lab.play(plan);
         },
         {"transaction-id.type", "transaction-id.type"}},
        {"messageType as UTF8String",
         [](Laboratory& lab) { reply_with(lab, oids::messageType, {string_value(tag::UTF8String, "3")}); },
         {"message-type.type"}},
        {"pkiStatus as IA5String",
         [](Laboratory& lab) { reply_with(lab, oids::pkiStatus, {string_value(tag::IA5String, "0")}); },
         {"pki-status.type"}},
        {"failInfo as UTF8String",
         [](Laboratory& lab) { reply_with(lab, oids::failInfo, {string_value(tag::UTF8String, "2")}, true); },
         {"fail-info.type"}},
        {"failInfoText as PrintableString",
         [](Laboratory& lab) { reply_with(lab, oids::failInfoText, {string_value(tag::PrintableString, "no")}, true); },
         {"fail-info-text.type"}},
        {"failInfoText that is no UTF-8",
         [](Laboratory& lab) { reply_with(lab, oids::failInfoText, {string_value(tag::UTF8String, "\xff")}, true); },
         {"fail-info-text.type"}},
        {"senderNonce as UTF8String", [](Laboratory& lab) { nonce_of_type(lab, oids::senderNonce, false); }, {"nonce.sender-type"}},
        {"recipientNonce as UTF8String", [](Laboratory& lab) { nonce_of_type(lab, oids::recipientNonce, true); }, {"nonce.recipient-type"}},
        {"transactionID with two values",
         [](Laboratory& lab) { id_of_type(lab, tag::PrintableString, "transaction and more"); },
         {"transaction-id.single"}},
        {"messageType with two values",
         [](Laboratory& lab) {
             reply_with(lab, oids::messageType, {string_value(tag::PrintableString, "3"), string_value(tag::PrintableString, "3 ")});
         },
         {"message-type.single"}},
        {"pkiStatus with two values",
         [](Laboratory& lab) {
             reply_with(lab, oids::pkiStatus, {string_value(tag::PrintableString, "0"), string_value(tag::PrintableString, "2")});
         },
         {"pki-status.single"}},
        {"failInfo with two values",
         [](Laboratory& lab) {
             reply_with(lab, oids::failInfo, {string_value(tag::PrintableString, "2"), string_value(tag::PrintableString, "4")}, true);
         },
         {"fail-info.single"}},
        {"failInfoText with two values",
         [](Laboratory& lab) {
             reply_with(lab, oids::failInfoText, {string_value(tag::UTF8String, "a"), string_value(tag::UTF8String, "b")}, true);
         },
         {"fail-info-text.single"}},
        {"senderNonce twice", [](Laboratory& lab) { nonce_twice(lab, oids::senderNonce, false); }, {"nonce.sender-single"}},
        {"recipientNonce twice", [](Laboratory& lab) { nonce_twice(lab, oids::recipientNonce, true); }, {"nonce.recipient-single"}},
        {"reply without transactionID",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.reply->transaction.transaction_id.clear();
             lab.play(plan);
         },
         {"transaction-id.present"}},
        {"reply without messageType",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.reply->codes.message_type.clear();
             lab.play(plan);
         },
         {"message-type.present"}},
        {"messageType with a zero in front",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.request->codes.message_type = "019";
             lab.play(plan);
         },
         {"attributes.decimal-text"}},
        {"pkiStatus with a space",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.reply->codes.pki_status = "0 ";
             lab.play(plan);
         },
         {"attributes.decimal-text"}},
        {"messageType as INTEGER",
         [](Laboratory& lab) { reply_with(lab, oids::messageType, {string_value(tag::INTEGER, "\x03")}); },
         {"message-type.type"}},
        {"messageType 0",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.request->codes.message_type = "0";
             plan.reply = lab.reply(*plan.request, scep::PkiStatus::FAILURE);
             plan.reply->codes.fail_info = "2";
             lab.play(plan);
         },
         {"message-type.known"}},
        {"transactionID under the next arc",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.reply->signed_data = [&](auto& builder) {
                 remove_attribute(builder, oids::transactionID);
                 builder.signed_attrs.push_back(scep::cms::encode_attribute(
                     scep::der::oid("2.16.840.1.113733.1.9.9"), string_value(tag::PrintableString, plan.reply->transaction.transaction_id)));
             };
             lab.play(plan);
         },
         {"attributes.defined-oids", "transaction-id.present"}},
        {"failInfoText under the next arc",
         [](Laboratory& lab) {
             auto plan = lab.refused();
             plan.reply->transaction.other_attributes = {
                 scep::cms::encode_attribute(scep::der::oid("1.3.6.1.5.5.7.24.2"), string_value(tag::UTF8String, "no"))};
             lab.play(plan);
         },
         {"attributes.defined-oids"}},
        {"messageType 18",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.request->codes.message_type = "18";
             lab.play(plan);
         },
         {"message-type.known", "message-type.unknown-refused"}},
        {"a reply that calls itself PKCSReq",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.reply->codes.message_type = "19";
             lab.play(plan);
         },
         {"content.fits-message-type", "message-type.fits-direction"}},
        {"pkiStatus 1",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.reply->codes.pki_status = "1";
             lab.play(plan);
         },
         {"pki-status.known"}},
        {"failInfo 5",
         [](Laboratory& lab) {
             auto plan = lab.refused();
             plan.reply->codes.fail_info = "5";
             lab.play(plan);
         },
         {"fail-info.known"}},
        {"pkiStatus in a request",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.request->codes.pki_status = "3";
             lab.play(plan);
         },
         {"request.no-reply-attributes"}},
        {"recipientNonce in a PKCSReq",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.request->transaction.recipient_nonce = lab.nonce();
             lab.play(plan);
         },
         {"request.no-reply-attributes"}},
        {"recipientNonce in a CertPoll, as the drafts had it",
         [](Laboratory& lab) {
             const auto first = lab.pending();
             auto second = lab.poll(first, scep::PkiStatus::PENDING);
             second.request->transaction.recipient_nonce = first.reply->transaction.sender_nonce;
             lab.play(first);
             lab.play(second);
         },
         {},
         "rfc8894", "The poll takes up the nonce of the CertRep before it, which the RFC neither asks for nor forbids; refusing it shuts out older clients."},
        {"attributes that the RFC does not know",
         [](Laboratory& lab) {
             auto plan = lab.refused();
             plan.reply->transaction.other_attributes = {
                 scep::cms::encode_attribute(scep::der::oid("1.3.6.1.4.1.99999.1"), string_value(tag::PrintableString, "-2147024809"))};
             lab.play(plan);
         },
         {},
         "rfc8894", "A reply may have signed attributes of its maker beside those of SCEP; they are passed over."},
    };
    return rows;
}

}  // namespace sceplab::vectors
