#include <vectors/generate/exchanges/changes.h>
#include <vectors/generate/exchanges/rows.h>

#include <scepcodec/botan/encrypt.h>
#include <scepcodec/x509/oids.h>

namespace sceplab::vectors {

namespace {

using scep::der::Input;

void request_changed(Laboratory& lab, const std::function<void(MessagePlan&)>& change) {
    auto plan = lab.enrolment();
    change(*plan.request);
    lab.play(plan);
}

void reply_changed(Laboratory& lab, const std::function<void(MessagePlan&)>& change) {
    auto plan = lab.enrolment();
    change(*plan.reply);
    lab.play(plan);
}

template <ContentCipher cipher>
void request_in(Laboratory& lab) {
    request_changed(lab, [](MessagePlan& plan) { plan.cipher = cipher; });
}
template <ContentCipher cipher>
void reply_in(Laboratory& lab) {
    reply_changed(lab, [](MessagePlan& plan) { plan.cipher = cipher; });
}
template <Digest digest>
void request_over(Laboratory& lab) {
    request_changed(lab, [](MessagePlan& plan) { plan.digest = digest; });
}
template <Digest digest>
void reply_over(Laboratory& lab) {
    reply_changed(lab, [](MessagePlan& plan) { plan.digest = digest; });
}
template <Digest digest>
void csr_over(Laboratory& lab) {
    request_changed(lab, [&](MessagePlan& plan) {
        plan.content =
            lab.csr(parties().client, [](auto& builder) { builder.challenge_password = "YW5vdGhlciBzZWNyZXQgYnkgZGlnZXN0"; }, digest);
    });
}
template <Digest digest>
void by_oaep(Laboratory& lab) {
    auto plan = lab.enrolment();
    const Octets content = *plan.request->content;
    plan.request->envelope = [content](scep::cms::EnvelopedDataParts& parts) {
        const auto certificate = *scep::x509::Certificate::decode(Input(Laboratory::ca_certificate()));
        const auto recipient = *scep::botan::Recipient::key_transport(
            certificate, {.algorithm = scep::botan::KeyTransport::id_RSAES_OAEP, .oaep_digest = digest});
        parts = *scep::botan::encrypt_parts(content, {&recipient, 1}, ContentCipher::aes128_CBC, case_randomness());
    };
    lab.play(plan);
}

// An enrolment with a CA that announces nothing newer.
void by_draft(Laboratory& lab, ContentCipher cipher, Digest digest) {
    lab.ask_capabilities("POSTPKIOperation\nRenewal\n");
    auto plan = with_id(lab.enrolment(), hex_of_key(parties().client, Digest::md5));
    for (MessagePlan* message : {&*plan.request, &*plan.reply}) {
        message->cipher = cipher;
        message->digest = digest;
    }
    lab.play(plan);
}

Octets with_key_identifier() {
    const Octets value = scep::der::encode([](scep::der::Writer& w) { w.octet_string(Octets(20, 7)); });
    return make({.issuer = &parties().client,
                 .subject = parties().client.name(),
                 .public_key_info = parties().client.public_key_info(),
                 .more_extensions = {scep::build::encode_extension(scep::x509::oids::id_ce_subjectKeyIdentifier, false, value)}});
}

} // namespace

const Rows& variant_rows() {
    static const Rows rows{
        {"a request in AES-192",
         request_in<ContentCipher::aes192_CBC>,
         {"algorithm.aes-is-128-cbc"},
         "rfc8894",
         "The capability AES promises AES-128 in CBC mode alone; a CA may not know the longer key."},
        {"a reply in AES-192",
         reply_in<ContentCipher::aes192_CBC>,
         {"algorithm.aes-is-128-cbc"},
         "rfc8894",
         "The client may not know the longer key."},
        {"a reply in AES-256",
         reply_in<ContentCipher::aes256_CBC>,
         {"algorithm.aes-is-128-cbc"},
         "rfc8894",
         "The client may not know the longer key."},
        {"a reply in triple DES",
         reply_in<ContentCipher::des_ede3_cbc>,
         {"algorithm.reply-not-weaker"},
         "rfc8894",
         "A request in AES is answered in triple DES, as servers with one configured cipher do."},
        {"a request over SHA-384",
         request_over<Digest::sha384>,
         {"algorithm.sha2-is-256"},
         "rfc8894",
         "A digest of SHA-2 that is not SHA-256."},
        {"a request over SHA-512",
         request_over<Digest::sha512>,
         {"algorithm.announced", "algorithm.sha2-is-256"},
         "rfc8894",
         "The longest digest of SHA-2, for which there is a capability, and the CA does not announce it."},
        {"a request over SHA-224",
         request_over<Digest::sha224>,
         {"algorithm.sha2-is-256"},
         "rfc8894",
         "The shortest digest of SHA-2, which no capability announces."},
        {"a reply over SHA-384",
         reply_over<Digest::sha384>,
         {"algorithm.sha2-is-256"},
         "rfc8894",
         "A reply over a digest that the client need not know."},
        {"a reply over SHA-224",
         reply_over<Digest::sha224>,
         {"algorithm.sha2-is-256"},
         "rfc8894",
         "A reply over the shortest digest of SHA-2."},
        {"a reply over SHA-1",
         reply_over<Digest::sha1>,
         {"algorithm.reply-not-weaker", "field.sha1-reply"},
         "rfc8894",
         "A request over SHA-256 is answered over SHA-1, which hosts with a strict policy do not verify."},
        {"a CertificationRequest over SHA-384",
         csr_over<Digest::sha384>,
         {},
         "rfc8894",
         "The digest inside the envelope is another than that of the message around it."},
        {"a CertificationRequest over SHA-512",
         csr_over<Digest::sha512>,
         {},
         "rfc8894",
         "The digest inside the envelope is the longest one, that of the message is not."},
        {"a CertificationRequest over SHA-1",
         csr_over<Digest::sha1>,
         {},
         "rfc8894",
         "An old library signs the CertificationRequest, a newer one the message."},
        {"OAEP with SHA-256",
         by_oaep<Digest::sha256>,
         {"field.no-oaep"},
         "rfc8894",
         "The parameters name the digest of OAEP and of its MGF1; who assumes SHA-1 does not open the envelope."},
        {"OAEP with SHA-512",
         by_oaep<Digest::sha512>,
         {"field.no-oaep"},
         "rfc8894",
         "The longest digest of OAEP that a key of 2048 bits has room for."},
        {"a signer by subjectKeyIdentifier",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.request->certificate = with_key_identifier();
             plan.request->sid = scep::botan::IdentifierForm::subjectKeyIdentifier;
             plan.reply->recipients = {plan.request->certificate};
             lab.play(plan);
         },
         {},
         "rfc8894",
         "The SignerInfo names its certificate by key identifier and is of version 3, and so is the SignedData."},
        {"a request in AES-256 by the rules for more of CMS",
         request_in<ContentCipher::aes256_CBC>,
         {"algorithm.aes-is-128-cbc"},
         "cms-extended",
         "The profile that allows more forms of recipients does not change what AES means."},
        {"an exchange in single DES by the drafts",
         [](Laboratory& lab) { by_draft(lab, ContentCipher::des_cbc, Digest::sha1); },
         {"algorithm.no-des", "algorithm.no-des", "field.sha1-reply"},
         "nourse",
         "The drafts had single DES, and devices of their time have nothing else."},
        {"an exchange over MD5 by the drafts",
         [](Laboratory& lab) { by_draft(lab, ContentCipher::des_ede3_cbc, Digest::md5); },
         {"algorithm.no-md5", "algorithm.no-md5"},
         "nourse",
         "The drafts had MD5, and devices of their time have nothing else."},
        {"an exchange in triple DES over SHA-1 by the drafts",
         [](Laboratory& lab) { by_draft(lab, ContentCipher::des_ede3_cbc, Digest::sha1); },
         {"field.sha1-reply"},
         "nourse",
         "What the drafts had that was strong for their time."},
        {"indefinite lengths where DER is asked for",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.request->octets = make_indefinite;
             lab.play(plan);
         },
         {"field.indefinite-lengths"},
         "strict-der",
         "Even who asks for DER asks it of what is signed and of certificates; the lengths of the CMS around them are free."},
        {"octets after the message where DER is asked for",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.request->octets = [](Octets& octets) { octets.insert(octets.end(), {0, 0}); };
             lab.play(plan);
         },
         {"message.no-trailing-octets"},
         "strict-der",
         "An encoding of DER ends where its length says."},
    };
    return rows;
}

} // namespace sceplab::vectors
