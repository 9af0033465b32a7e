#include <vectors/generate/exchanges/changes.h>
#include <vectors/generate/exchanges/rows.h>

#include <scepcodec/der/writer.h>

namespace sceplab::vectors {

namespace {

constexpr std::string_view nourse = "nourse";

Octets digest_of_key(const Party& party, Digest digest) { return party.signer(digest).digest(party.public_key_info()); }
ExchangePlan enrolment(Laboratory& lab) { return with_id(lab.enrolment(), hex_of_key(parties().client, Digest::sha256)); }

// The outermost TLV with an indefinite length.
Octets indefinite(const Octets& value) {
    const auto header = *scep::der::read_header(scep::der::Input(value));
    Octets out{value[0], 0x80};
    out.insert(out.end(), value.begin() + header.size, value.end());
    out.insert(out.end(), {0, 0});
    return out;
}

}  // namespace

std::string hex_of_key(const Party& party, Digest digest) { return scep::der::to_hex(digest_of_key(party, digest)); }

ExchangePlan with_id(ExchangePlan plan, std::string id) {
    plan.request->transaction.transaction_id = id;
    plan.reply->transaction.transaction_id = id;
    return plan;
}

const Rows& draft_rows() {
    static const Rows rows{
        {"an enrolment as the drafts have it", [](Laboratory& lab) { lab.play(enrolment(lab)); }, {},
         nourse, "The transactionID is the hash of the key in hexadecimal digits."},
        {"an enrolment with an empty challengePassword by an existing certificate",
         [](Laboratory& lab) {
             auto plan = lab.renewal();
             plan.request->codes.message_type = "19";
             plan.request->content = lab.csr(parties().other, [](auto& builder) {
                 builder.subject = parties().client.name();
                 builder.challenge_password = "";
             });
             lab.play(with_id(plan, hex_of_key(parties().other, Digest::sha1)));
         },
         {},
         nourse, "The drafts renew with a PKCSReq that the old certificate signs, with an attribute of no characters where nothing is to be told."},
        {"the same without one",
         [](Laboratory& lab) {
             auto plan = lab.renewal();
             plan.request->codes.message_type = "19";
             lab.play(with_id(plan, hex_of_key(parties().other, Digest::md5)));
         },
         {"csr.challenge-password-in-renewal", "renewal.empty-challenge-password"},
         nourse},
        {"a signer by subjectKeyIdentifier",
         [](Laboratory& lab) {
             auto plan = enrolment(lab);
             plan.request->octets = changing([](auto& parts) {
                 parts.version = 1;
                 parts.signers[0].version = 3;
                 parts.signers[0].sid = scep::cms::encode_subject_key_identifier(Octets(20, 0x11));
             });
             lab.play(plan);
         },
         {"pkcs7.constructs", "signer.certificate-included"},
         nourse},
        {"a recipient by password",
         [](Laboratory& lab) {
             auto plan = lab.enrolment_with_password();
             plan.reply->envelope = [](auto& parts) { parts.version = 0; };
             lab.play(with_id(plan, hex_of_key(parties().ec_client, Digest::sha512)));
         },
         {"algorithm.rsa-alone", "pkcs7.constructs"},
         nourse},
        {"SignedData of version 3",
         [](Laboratory& lab) {
             auto plan = enrolment(lab);
             plan.request->octets = changing([](auto& parts) { parts.version = 3; });
             lab.play(plan);
         },
         {"pkcs7.signed-data-version"},
         nourse},
        {"EnvelopedData of version 2",
         [](Laboratory& lab) {
             auto plan = enrolment(lab);
             plan.request->envelope = [](auto& parts) { parts.version = 2; };
             lab.play(plan);
         },
         {"pkcs7.enveloped-data-version"},
         nourse},
        {"a RenewalReq",
         [](Laboratory& lab) { lab.play(lab.renewal()); },
         {"message-type.of-the-drafts", "renewal.empty-challenge-password"},
         nourse},
        {"a transactionID that is no hash",
         [](Laboratory& lab) { lab.play(lab.enrolment()); },
         {"transaction-id.is-key-hash"},
         nourse},
        {"the hash in base64", [](Laboratory& lab) { lab.play(with_id(lab.enrolment(), base64(digest_of_key(parties().client, Digest::sha1)))); }, {"field.transaction-id-portable"}, nourse},
        {"the hash of another key",
         [](Laboratory& lab) { lab.play(with_id(lab.enrolment(), hex_of_key(parties().other, Digest::sha256))); },
         {"transaction-id.is-key-hash"},
         nourse},
        {"a query whose transactionID is no number",
         [](Laboratory& lab) { lab.play(with_id(lab.get_cert(), "my query")); },
         {"transaction-id.of-query-is-number"},
         nourse},
        {"a query whose transactionID is a number", [](Laboratory& lab) { lab.play(with_id(lab.get_cert(), "17")); }, {},
         nourse, "No key is asked for, so that there is none to take a hash of."},
        {"one key, two transactionIDs",
         [](Laboratory& lab) {
             lab.play(enrolment(lab));
             lab.play(with_id(lab.enrolment(), hex_of_key(parties().client, Digest::sha1)));
         },
         {"ca-certificates.fetched-anew", "transaction.same-key-same-id"},
         nourse},
        {"a CRL beside the certificate",
         [](Laboratory& lab) {
             auto plan = enrolment(lab);
             plan.reply->content = lab.certificates({lab.issued(parties().client)}, {make_crl(parties().ca)});
             lab.play(plan);
         },
         {"issued.no-crl"},
         nourse},
        {"a certificates-only SignedData of indefinite length",
         [](Laboratory& lab) {
             auto plan = enrolment(lab);
             plan.reply->content = indefinite(*plan.reply->content);
             lab.play(plan);
         },
         {"content.der"},
         nourse},
        {"the same where DER is asked for",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.reply->content = indefinite(*plan.reply->content);
             lab.play(plan);
         },
         {"content.der"},
         "strict-der"},
    };
    return rows;
}

}  // namespace sceplab::vectors
