#include <vectors/generate/exchanges/changes.h>
#include <vectors/generate/exchanges/rows.h>

#include <scepcodec/cms/oids.h>
#include <scepcodec/der/writer.h>
#include <scepcodec/x509/oids.h>

#include <algorithm>

namespace sceplab::vectors {

namespace {

// The length of an attribute in two octets where one is enough.
Octets with_long_length(const Octets& attribute) {
    Octets out{attribute[0], 0x81};
    out.insert(out.end(), attribute.begin() + 1, attribute.end());
    return out;
}

}  // namespace

void request_changed(Laboratory& lab, std::function<void(SignedDataParts&)> change) {
    auto plan = lab.enrolment();
    plan.request->octets = changing(std::move(change));
    lab.play(plan);
}

void sign_again(SignerParts& signer, bool sorted) {
    std::vector<Octets> attributes = *signer.attributes;
    if (sorted) {
        std::ranges::sort(attributes);
    }
    signer.signature = *parties().client.signer().sign(set_in_order(attributes));
}

const Rows& signed_data_rows() {
    static const Rows rows{
        {"two signers",
         [](Laboratory& lab) { request_changed(lab, [](auto& parts) { parts.signers.push_back(parts.signers[0]); }); },
         {"message.one-signer"}},
        {"a signature with one bit changed",
         [](Laboratory& lab) { request_changed(lab, [](auto& parts) { parts.signers[0].signature[7] ^= 1; }); },
         {"signature.valid"}},
        {"messageDigest of other octets",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.request->signed_data = [](auto& builder) { builder.message_digest = Octets(32, 0x11); };
             lab.play(plan);
         },
         {"message-digest.fits-content"}},
        {"digestAlgorithms without the signer's",
         [](Laboratory& lab) {
             request_changed(lab, [](auto& parts) { parts.digest_algorithms = {scep::cms::encode_algorithm(scep::x509::oids::id_sha1)}; });
         },
         {"digest-algorithms.signer-listed"}},
        {"two digestAlgorithms",
         [](Laboratory& lab) {
             request_changed(lab, [](auto& parts) {
                 parts.digest_algorithms.insert(parts.digest_algorithms.begin(), scep::cms::encode_algorithm(scep::x509::oids::id_sha1));
             });
         },
         {"digest-algorithms.one"}},
        {"messageDigest of the plaintext",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             const Octets digest = parties().client.signer().digest(*plan.request->content);
             plan.request->signed_data = [&](auto& builder) { builder.message_digest = digest; };
             lab.play(plan);
         },
         {"message-digest.fits-content"}},
    };
    return rows;
}

const Rows& signed_attribute_rows() {
    static const Rows rows{
        {"no signedAttrs, the signature over the content",
         [](Laboratory& lab) {
             request_changed(lab, [](auto& parts) {
                 const scep::der::Input whole(parts.e_content);
                 const scep::der::Input content = whole.from(scep::der::read_header(whole)->size);
                 parts.signers[0].attributes.reset();
                 parts.signers[0].signature = *parties().client.signer().sign(content.octets());
             });
         },
         {"message-type.present", "nonce.sender-present", "signed-attributes.present", "transaction-id.present"}},
        {"attributes in another order than they were signed in",
         [](Laboratory& lab) { request_changed(lab, [](auto& parts) { std::ranges::reverse(*parts.signers[0].attributes); }); },
         {"signed-attributes.sorted"}},
        {"attributes in another order, signed so",
         [](Laboratory& lab) {
             request_changed(lab, [](auto& parts) {
                 std::ranges::reverse(*parts.signers[0].attributes);
                 sign_again(parts.signers[0], false);
             });
         },
         {"signed-attributes.sorted"}},
        {"an attribute whose length is not minimal",
         [](Laboratory& lab) {
             request_changed(lab, [](auto& parts) {
                 Octets& last = parts.signers[0].attributes->back();
                 last = with_long_length(last);
             });
         },
         {"signed-attributes.der"}},
        {"no content-type",
         [](Laboratory& lab) {
             request_changed(lab, [](auto& parts) {
                 remove_attribute(parts.signers[0], scep::cms::oids::id_contentType);
                 sign_again(parts.signers[0]);
             });
         },
         {"content-type.present"}},
        {"content-type of something else",
         [](Laboratory& lab) {
             request_changed(lab, [](auto& parts) {
                 SignerParts& signer = parts.signers[0];
                 remove_attribute(signer, scep::cms::oids::id_contentType);
                 const Octets value = scep::der::encode([](scep::der::Writer& w) { w.oid(scep::cms::oids::id_envelopedData); });
                 signer.attributes->push_back(scep::cms::encode_attribute(scep::cms::oids::id_contentType, value));
                 std::ranges::sort(*signer.attributes);
                 sign_again(signer);
             });
         },
         {"content-type.equals-econtent-type"}},
        {"no message-digest",
         [](Laboratory& lab) {
             request_changed(lab, [](auto& parts) {
                 remove_attribute(parts.signers[0], scep::cms::oids::id_messageDigest);
                 sign_again(parts.signers[0]);
             });
         },
         {"message-digest.present"}},
        {"signing-time twice",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.request->transaction.signing_time = now;
             const Octets second = scep::der::encode([](scep::der::Writer& w) { w.time(now + 1); });
             plan.request->transaction.other_attributes = {scep::cms::encode_attribute(scep::cms::oids::id_signingTime, second)};
             lab.play(plan);
         },
         {"signed-attributes.one-value"}},
    };
    return rows;
}

const Rows& version_rows() {
    static const Rows rows{
        {"SignedData of version 3",
         [](Laboratory& lab) { request_changed(lab, [](auto& parts) { parts.version = 3; }); },
         {"version.signed-data"}},
        {"SignerInfo of version 2",
         [](Laboratory& lab) { request_changed(lab, [](auto& parts) { parts.signers[0].version = 2; }); },
         {"version.signer-info"}},
        {"EnvelopedData of version 2",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.request->envelope = [](auto& parts) { parts.version = 2; };
             lab.play(plan);
         },
         {"version.enveloped-data"}},
        {"KeyTransRecipientInfo of version 2 with issuerAndSerialNumber",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.request->envelope = [](auto& parts) {
                 // SEQUENCE in the long form of two octets, then INTEGER 0.
                 parts.recipient_infos[0].at(6) = 2;
                 parts.version = 2;
             };
             lab.play(plan);
         },
         {"version.recipient-info"}},
    };
    return rows;
}

const Rows& algorithm_rows() {
    static const Rows rows{
        {"a request in single DES",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.request->cipher = ContentCipher::des_cbc;
             lab.play(plan);
         },
         {"algorithm.aes-when-announced", "algorithm.no-des"}},
        {"a reply in single DES",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.reply->cipher = ContentCipher::des_cbc;
             lab.play(plan);
         },
         {"algorithm.no-des", "algorithm.reply-not-weaker"}},
        {"a request in triple DES",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.request->cipher = ContentCipher::des_ede3_cbc;
             lab.play(plan);
         },
         {"algorithm.aes-when-announced"}},
        {"a request in triple DES where AES is not announced",
         [](Laboratory& lab) {
             lab.ask_capabilities("DES3\nPOSTPKIOperation\nSHA-256\n");
             auto plan = lab.enrolment();
             plan.request->cipher = ContentCipher::des_ede3_cbc;
             plan.reply->cipher = ContentCipher::des_ede3_cbc;
             lab.play(plan);
         },
         {"capabilities.of-the-standard"}},
        {"a reply over MD5",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.reply->digest = Digest::md5;
             lab.play(plan);
         },
         {"algorithm.no-md5", "algorithm.reply-not-weaker"}},
        {"a CertificationRequest over MD5",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.request->content = lab.csr(parties().client, {}, Digest::md5);
             lab.play(plan);
         },
         {"algorithm.no-md5"}},
        {"a request over SHA-1",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.request->digest = Digest::sha1;
             lab.play(plan);
         },
         {"algorithm.sha256-when-announced"}},
        {"a request by GET",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.method = "GET";
             lab.play(plan);
         },
         {"method.post-when-announced"}},
    };
    return rows;
}

}  // namespace sceplab::vectors
