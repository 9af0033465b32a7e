#include <vectors/generate/exchanges/rows.h>
#include <vectors/generate/parts.h>
#include <vectors/generate/structures.h>

#include <scepcodec/scep/oids.h>
#include <scepcodec/scep/pki_message.h>
#include <scepcodec/x509/oids.h>

#include <algorithm>

namespace sceplab::vectors {

namespace {

using scep::der::Input;
namespace oids = scep::x509::oids;
namespace cms_oids = scep::cms::oids;
namespace tag = scep::der::tag;

Octets copy(Input octets) { return {octets.begin(), octets.end()}; }

void request_changed(Laboratory& lab, std::function<void(SignedDataParts&)> change) {
    auto plan = lab.enrolment();
    plan.request->octets = changing(std::move(change));
    lab.play(plan);
}

// The same of a client with an EC key.
void ec_request_changed(Laboratory& lab, std::function<void(SignerParts&)> change) {
    auto plan = lab.enrolment_with_password();
    plan.request->octets = changing([change = std::move(change)](SignedDataParts& parts) { change(parts.signers[0]); });
    lab.play(plan);
}

void with_attribute(Laboratory& lab, const scep::der::OidConstant& type, const Octets& value) {
    auto plan = lab.enrolment();
    plan.request->transaction.other_attributes = {scep::cms::encode_attribute(type, value)};
    lab.play(plan);
}

void with_unsigned(Laboratory& lab, const scep::der::OidConstant& type) {
    auto plan = lab.enrolment();
    plan.request->signed_data = [&](auto& builder) {
        builder.unsigned_attrs = {scep::cms::encode_attribute(type, octet_string(Octets(16, 7)))};
    };
    lab.play(plan);
}

// The client signs the attributes with that digest, whatever the algorithms say.
void sign_again(SignerParts& signer, Digest digest) { signer.signature = *parties().client.signer(digest).sign(set_in_order(*signer.attributes)); }

// The fields of a SignedData in a ContentInfo, each encoded.
std::vector<Octets> fields_of(const Octets& message) {
    const auto data = scep::cms::SignedData::decode_content_info(Input(message));
    std::vector<Octets> fields{integer(*data->version.to_int64()), copy(data->digest_algorithms.whole()), copy(data->encap_content_info.whole)};
    if (data->certificates) {
        fields.push_back(copy(data->certificates->whole()));
    }
    fields.push_back(copy(data->signer_infos.whole()));
    return fields;
}

Octets message_of(const std::vector<Octets>& fields) { return sequence({encoded(cms_oids::id_signedData), context(0, sequence(fields))}); }

void with_fields(Laboratory& lab, std::function<void(std::vector<Octets>&)> change) {
    auto plan = lab.enrolment();
    plan.request->octets = [change = std::move(change)](Octets& octets) {
        std::vector<Octets> fields = fields_of(octets);
        change(fields);
        octets = message_of(fields);
    };
    lab.play(plan);
}

void answer_get_ca_cert(Laboratory& lab, Octets answer) {
    auto plan = lab.get_next_ca_cert();
    plan.target = "/cgi-bin/pkiclient.exe?operation=GetCACert";
    plan.reply_body = std::move(answer);
    lab.play(plan);
}

void reply_data(Laboratory& lab, const std::function<void(SignedDataParts&)>& change) {
    SignedDataParts parts;
    parts.e_content_type = encoded(cms_oids::id_data);
    parts.certificates = {lab.issued(parties().client)};
    change(parts);
    auto plan = lab.enrolment();
    plan.reply->content = put_together(parts);
    lab.play(plan);
}

Octets generalized(std::string_view characters) { return tlv(tag::GeneralizedTime, text(characters)); }

Octets printable_name(std::string_view name) {
    const scep::build::NamePart part{.type = scep::der::oid("2.5.4.3"), .value = std::string(name), .string_type = tag::PrintableString};
    return scep::build::encode_name({&part, 1});
}

constexpr auto algorithm_protection = scep::der::oid("1.2.840.113549.1.9.52");

// [1] IMPLICIT
Octets protecting(const scep::der::OidConstant& digest, const scep::der::OidConstant& signature) {
    return sequence({scep::cms::encode_algorithm(digest), context(1, joined({encoded(signature), Octets{5, 0}}))});
}

void with_parameters(Laboratory& lab, const Octets& encryption, ContentCipher cipher) {
    auto plan = lab.enrolment();
    plan.reply->cipher = cipher;
    plan.reply->envelope = [&](auto& parts) { parts.content_encryption_algorithm = encryption; };
    lab.play(plan);
}

}  // namespace

const Rows& structure_rows() {
    static const Rows rows{
        {"a ContentInfo without its content",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.request->octets = [](Octets& octets) { octets = sequence({encoded(cms_oids::id_signedData)}); };
             lab.play(plan);
         },
         {"message.decodes", "reply.to-readable-request"}},
        {"a ContentInfo with a third element",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.request->octets = [](Octets& octets) {
                 octets = sequence({encoded(cms_oids::id_signedData), context(0, sequence(fields_of(octets))), integer(0)});
             };
             lab.play(plan);
         },
         {"message.decodes", "reply.to-readable-request"}},
        {"crls before certificates",
         [](Laboratory& lab) {
             with_fields(lab, [](auto& fields) { fields.insert(fields.begin() + 3, context(1, make_crl(parties().ca))); });
         },
         {"message.decodes", "reply.to-readable-request"}},
        {"certificates-only without signerInfos",
         [](Laboratory& lab) {
             std::vector<Octets> fields = fields_of(lab.certificates({lab.ca_certificate()}));
             fields.pop_back();
             answer_get_ca_cert(lab, message_of(fields));
         },
         {"message.decodes"}},
        {"a version in two octets", [](Laboratory& lab) { with_fields(lab, [](auto& fields) { fields[0] = {2, 2, 0, 1}; }); }, {"message.decodes", "reply.to-readable-request"}},
        {"an OBJECT IDENTIFIER with an arc that starts with 80",
         [](Laboratory& lab) { request_changed(lab, [](auto& parts) { parts.e_content_type = {6, 3, 0x80, 0x2a, 3}; }); },
         {"message.decodes", "reply.to-readable-request"}},
        {"a tag number that is not minimal",
         [](Laboratory& lab) { with_fields(lab, [](auto& fields) { fields[1] = set({Octets{0x3f, 0x80, 0x10, 0}}); }); },
         {"message.decodes", "reply.to-readable-request"}},
        {"a length of four gigabytes",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.request->octets = [](Octets& octets) { std::ranges::copy(Octets{0x30, 0x84, 0xff, 0xff, 0xff, 0xff}, octets.begin()); };
             lab.play(plan);
         },
         {"message.decodes", "reply.to-readable-request"}},
        {"subjectKeyIdentifier under an EXPLICIT tag",
         [](Laboratory& lab) {
             request_changed(lab, [](auto& parts) {
                 parts.signers[0].sid = context(0, octet_string(Octets(20, 1)));
                 parts.signers[0].version = 3;
                 parts.version = 3;
             });
         },
         {"message.decodes", "reply.to-readable-request"}},
        {"issuerAndSerialNumber with the number first",
         [](Laboratory& lab) {
             request_changed(lab, [](auto& parts) { parts.signers[0].sid = sequence({integer(1), parties().client.name()}); });
         },
         {"message.decodes", "reply.to-readable-request"}},
    };
    return rows;
}

const Rows& cms_rows() {
    static const Rows rows{
        {"an RSA signature with a zero in front",
         [](Laboratory& lab) {
             request_changed(lab, [](auto& parts) { parts.signers[0].signature.insert(parts.signers[0].signature.begin(), 0); });
         },
         {"signature.encoding", "signature.valid"}},
        {"an ECDSA signature that is r and s side by side",
         [](Laboratory& lab) { ec_request_changed(lab, [](auto& signer) { signer.signature = Octets(64, 0x11); }); },
         {"signature.encoding", "signature.valid"}},
        {"ecdsa-with-SHA256 with an RSA key",
         [](Laboratory& lab) {
             request_changed(lab, [](auto& parts) { parts.signers[0].signature_algorithm = scep::cms::encode_algorithm(oids::ecdsa_with_SHA256); });
         },
         {"signature-algorithm.fits-key"}},
        {"sha1WithRSAEncryption where digestAlgorithm is SHA-256",
         [](Laboratory& lab) {
             request_changed(lab, [](auto& parts) {
                 parts.signers[0].signature_algorithm = scep::cms::encode_algorithm(oids::sha1WithRSAEncryption, scep::cms::Parameters::null);
                 sign_again(parts.signers[0], Digest::sha1);
             });
         },
         {"field.sha1-with-rsa-signature", "signature-algorithm.fits-digest"}},
        {"a DigestInfo of SHA-1 where digestAlgorithm is SHA-256",
         [](Laboratory& lab) { request_changed(lab, [](auto& parts) { sign_again(parts.signers[0], Digest::sha1); }); },
         {"signature.valid"}},
        {"CMSAlgorithmProtection of another digest",
         [](Laboratory& lab) { with_attribute(lab, algorithm_protection, protecting(oids::id_sha1, oids::rsaEncryption)); },
         {"signed-attributes.algorithm-protection"}},
        {"CMSAlgorithmProtection of another signature algorithm",
         [](Laboratory& lab) { with_attribute(lab, algorithm_protection, protecting(oids::id_sha256, oids::sha256WithRSAEncryption)); },
         {"signed-attributes.algorithm-protection"}},
        {"CMSAlgorithmProtection that is none",
         [](Laboratory& lab) { with_attribute(lab, algorithm_protection, integer(1)); },
         {"signed-attributes.algorithm-protection"}},
        {"CMSAlgorithmProtection that fits",
         [](Laboratory& lab) { with_attribute(lab, algorithm_protection, protecting(oids::id_sha256, oids::rsaEncryption)); },
         {},
         "rfc8894", "The attribute of RFC 6211 names the algorithms that the SignerInfo uses, and changes nothing where it is not known."},
        {"signing-time of 2027 as GeneralizedTime",
         [](Laboratory& lab) { with_attribute(lab, cms_oids::id_signingTime, generalized("20270101000000Z")); },
         {"signing-time.form"}},
        {"signing-time without seconds",
         [](Laboratory& lab) { with_attribute(lab, cms_oids::id_signingTime, tlv(tag::UTCTime, text("2701010000Z"))); },
         {"signed-attributes.der", "signing-time.form"}},
        {"signing-time a year before",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.request->transaction.signing_time = now - 365 * 86400;
             lab.play(plan);
         },
         {"signing-time.near"}},
        {"a countersignature that is signed",
         [](Laboratory& lab) { with_attribute(lab, scep::der::oid("1.2.840.113549.1.9.6"), sequence({})); },
         {"signed-attributes.no-countersignature"}},
        {"content-type in the unsignedAttrs",
         [](Laboratory& lab) { with_unsigned(lab, cms_oids::id_contentType); },
         {"unsigned-attributes.no-cms-attributes"}},
        {"recipientNonce in the unsignedAttrs",
         [](Laboratory& lab) { with_unsigned(lab, scep::oids::recipientNonce); },
         {"unsigned-attributes.no-scep-attributes"}},
        {"two certificates of one name and number",
         [](Laboratory& lab) {
             request_changed(lab, [](auto& parts) {
                 parts.certificates.push_back(make({.issuer = &parties().client,
                                                    .subject = parties().client.name(),
                                                    .public_key_info = parties().other.public_key_info(),
                                                    .serial = 1}));
             });
         },
         {"signer.identifier-unique"}},
        {"the issuer of the sid as PrintableString",
         [](Laboratory& lab) {
             request_changed(lab, [](auto& parts) {
                 parts.signers[0].sid = scep::cms::encode_issuer_and_serial_number(printable_name("device"), integer_content(1));
             });
         },
         {"signer.identifier-octets"}},
        {"an attribute certificate among the certificates",
         [](Laboratory& lab) {
             request_changed(lab, [](auto& parts) {
                 parts.certificates.push_back(context(2, {}));
                 parts.version = 4;
             });
         },
         {"certificates.x509-alone"}},
        {"a certificate that does not decode",
         [](Laboratory& lab) { request_changed(lab, [](auto& parts) { parts.certificates.push_back(sequence({integer(1)})); }); },
         {"certificates.decode"}},
        {"an OCSP answer among the crls",
         [](Laboratory& lab) {
             request_changed(lab, [](auto& parts) {
                 parts.crls.push_back(context(1, sequence({})));
                 parts.version = 5;
             });
         },
         {"crls.lists-alone"}},
        {"a CRL that does not decode",
         [](Laboratory& lab) { request_changed(lab, [](auto& parts) { parts.crls.push_back(sequence({integer(1)})); }); },
         {"crls.decode"}},
        {"certificates-only of type signedData",
         [](Laboratory& lab) {
             reply_data(lab, [](auto& parts) {
                 parts.e_content_type = encoded(cms_oids::id_signedData);
                 parts.version = 3;
             });
         },
         {"certificates-only.content-type-data"}},
        {"certificates-only with a digest algorithm",
         [](Laboratory& lab) { reply_data(lab, [](auto& parts) { parts.digest_algorithms = {scep::cms::encode_algorithm(oids::id_sha1)}; }); },
         {"certificates-only.no-digest-algorithms"}},
    };
    return rows;
}

const Rows& parameters_rows() {
    static const Rows rows{
        {"SHA-256 with an empty SEQUENCE",
         [](Laboratory& lab) {
             request_changed(lab, [](auto& parts) { parts.signers[0].digest_algorithm = scep::cms::encode_algorithm(oids::id_sha256, Octets{0x30, 0}); });
         },
         {"algorithm.digest-parameters"}},
        {"SHA-256 with NULL",
         [](Laboratory& lab) {
             request_changed(lab, [](auto& parts) {
                 parts.signers[0].digest_algorithm = scep::cms::encode_algorithm(oids::id_sha256, scep::cms::Parameters::null);
             });
         },
         {},
         "rfc8894", "The parameters of a digest algorithm may be absent or NULL, and both are the same algorithm."},
        {"rsaEncryption without parameters",
         [](Laboratory& lab) {
             request_changed(lab, [](auto& parts) { parts.signers[0].signature_algorithm = scep::cms::encode_algorithm(oids::rsaEncryption); });
         },
         {"algorithm.rsa-parameters"}},
        {"sha256WithRSAEncryption with INTEGER 1",
         [](Laboratory& lab) {
             request_changed(lab, [](auto& parts) {
                 parts.signers[0].signature_algorithm = scep::cms::encode_algorithm(oids::sha256WithRSAEncryption, integer(1));
             });
         },
         {"algorithm.rsa-parameters", "field.sha2-with-rsa-signature"}},
        {"ecdsa-with-SHA256 with NULL",
         [](Laboratory& lab) {
             ec_request_changed(lab, [](auto& signer) {
                 signer.signature_algorithm = scep::cms::encode_algorithm(oids::ecdsa_with_SHA256, scep::cms::Parameters::null);
             });
         },
         {"algorithm.ecdsa-parameters"}},
        {"AES with an IV of 8 octets",
         [](Laboratory& lab) {
             with_parameters(lab, scep::cms::encode_cbc_algorithm(cms_oids::aes128_CBC, Octets(8, 1)), ContentCipher::aes128_CBC);
         },
         {"algorithm.aes-parameters", "content.decodes"}},
        {"triple DES with NULL",
         [](Laboratory& lab) {
             with_parameters(lab, scep::cms::encode_algorithm(cms_oids::des_ede3_cbc, scep::cms::Parameters::null), ContentCipher::des_ede3_cbc);
         },
         {"algorithm.des-ede3-parameters", "algorithm.reply-not-weaker", "content.decodes"}},
    };
    return rows;
}

}  // namespace sceplab::vectors
