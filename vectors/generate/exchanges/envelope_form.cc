#include <vectors/generate/exchanges/rows.h>

#include <scepcodec/der/writer.h>
#include <scepcodec/x509/oids.h>

namespace sceplab::vectors {

namespace {

// KeyTransRecipientInfo for a key that takes none; what it holds is never opened.
Octets key_transport_to(const Party& party) {
    return scep::cms::encode_key_trans_recipient_info(
        scep::cms::encode_issuer_and_serial_number(party.name(), integer_content(1)),
        scep::cms::encode_algorithm(scep::x509::oids::rsaEncryption, scep::cms::Parameters::null), Octets(256, 0x5a));
}

}  // namespace

const Rows& envelope_form_rows() {
    static const Rows rows{
        {"a request by password to an RSA key",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.request->recipients.clear();
             plan.request->password = "secret";
             lab.tell_challenge("secret");
             lab.play(plan);
         },
         {"recipient.fits-key", "recipient.password-is-challenge"}},
        {"a reply by password to an RSA key",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.reply->recipients.clear();
             plan.reply->password = "secret";
             lab.tell_challenge("secret");
             lab.play(plan);
         },
         {"recipient.fits-key", "recipient.password-is-challenge"}},
        {"a reply by key transport to an EC key",
         [](Laboratory& lab) {
             auto plan = lab.enrolment_with_password();
             plan.reply->recipients = {};
             plan.reply->envelope = [](auto& parts) {
                 parts.recipient_infos = {key_transport_to(parties().ec_client)};
                 parts.version = 0;
             };
             lab.play(plan);
         },
         {"recipient.fits-key"}},
        {"a reply by another password than the challengePassword",
         [](Laboratory& lab) {
             auto plan = lab.enrolment_with_password();
             plan.reply->password = "another";
             lab.tell_challenge("another");
             lab.play(plan);
         },
         {"recipient.password-is-challenge"}},
        {"a request by another password than its challengePassword",
         [](Laboratory& lab) {
             auto plan = lab.enrolment_with_password();
             plan.request->recipients.clear();
             plan.request->password = "another";
             lab.tell_challenge("another");
             lab.play(plan);
         },
         {"recipient.fits-key", "recipient.password-is-challenge"}},
        {"an envelope without octets",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.request->envelope = [](auto& parts) { parts.encrypted_content.clear(); };
             lab.play(plan);
         },
         {"content.decodes", "envelope.content-present"}},
    };
    return rows;
}

}  // namespace sceplab::vectors
