#include <vectors/generate/cms/pki.h>

#include <scepcodec/cms/oids.h>

#include <array>

namespace sceplab::vectors {

namespace {

using scep::FailInfo;
using scep::MessageType;

struct TypeRow {
    MessageType type;
    const char* comment;
};
constexpr std::array types{
    TypeRow{MessageType::PKCSReq, "A certificate is asked for with a shared secret: messageType 19 over a CertificationRequest."},
    TypeRow{MessageType::RenewalReq,
            "A certificate is asked for with an older one, which signs: messageType 17 over a CertificationRequest."},
    TypeRow{MessageType::CertPoll, "A pending request is asked about: messageType 20 over an IssuerAndSubject."},
    TypeRow{MessageType::GetCert, "A certificate is fetched: messageType 21 over an IssuerAndSerialNumber."},
    TypeRow{MessageType::GetCRL, "A CRL is fetched: messageType 22 over an IssuerAndSerialNumber."}};

struct FailRow {
    FailInfo why;
    const char* comment;
};
constexpr std::array reasons{
    FailRow{FailInfo::badAlg, "The algorithm is not supported: failInfo 0, whose text a test for truth takes for nothing."},
    FailRow{FailInfo::badMessageCheck, "The signature did not verify: failInfo 1."},
    FailRow{FailInfo::badRequest, "The transaction is not permitted: failInfo 2, the same text as pkiStatus FAILURE."},
    FailRow{FailInfo::badTime, "The time of signing was not close enough: failInfo 3, the same text as pkiStatus PENDING."},
    FailRow{FailInfo::badCertId, "No certificate was found: failInfo 4."}};

void kinds(const PkiCases& cases) {
    for (const TypeRow& row : types) {
        add(cases.requests, std::string(scep::name(row.type)), row.comment, Result::valid, {}, a_request(row.type));
    }
    add(cases.replies, "SUCCESS to PKCSReq",
        "The answer that grants a certificate: pkiStatus 0, and the certificate within a certificates-only SignedData within the envelope.",
        Result::valid, {}, a_success());
    add(cases.replies, "SUCCESS to GetCRL", "The certificates-only SignedData holds a CRL and no certificate.", Result::valid, {},
        *Laboratory().get_crl().reply);
    add(cases.replies, "SUCCESS to GetCert", "The certificate that was asked for comes as an issued one does.", Result::valid, {},
        *Laboratory().get_cert().reply);
    add(cases.replies, "PENDING", "pkiStatus 3: no envelope, and messageDigest is that of no octets.", Result::valid, {}, a_pending());
    for (const FailRow& row : reasons) {
        add(cases.replies, "FAILURE, " + std::string(scep::name(row.why)), row.comment, Result::valid, {}, a_failure(row.why));
    }
    const auto text_of = [&](std::string name, std::string comment, std::string words) {
        MessagePlan plan = a_failure();
        plan.codes.fail_info_text = std::move(words);
        add(cases.replies, "failInfoText, " + std::move(name), std::move(comment), Result::valid, {}, plan);
    };
    text_of("plain", "A text for people stands beside failInfo (RFC 8894, 3.2.1.4).", "challenge password expired");
    text_of("UTF-8", "The text is UTF-8 of two, three and four octets a character.",
            "abgelaufen: Schl\xc3\xbcssel \xe2\x82\xac \xf0\x9f\x94\x91");
    text_of("line breaks and markup", "The text holds line breaks, quotes and tags; who shows it in a page or a log has to escape it.",
            "<b>no</b>\r\n\"x\"; '--");
    text_of("of 300 characters", "The text needs a length of three octets.", std::string(300, 'x'));
    MessagePlan plan = a_success();
    plan.transaction.sender_nonce.clear();
    add(cases.replies, "SUCCESS without senderNonce",
        "The reply has no senderNonce, which RFC 8894, 3.2.1 asks for and 3.3.2 says that many leave out.", Result::acceptable,
        {"AttributeMissing"}, plan);
    for (const bool request : {true, false}) {
        MessagePlan timed = request ? a_request(MessageType::PKCSReq) : a_success();
        timed.transaction.signing_time = now;
        add(request ? cases.requests : cases.replies, request ? "PKCSReq with signingTime" : "SUCCESS with signingTime",
            "A signingTime stands among the attributes, which CMS allows and SCEP does not need.", Result::valid, {}, timed);
        timed.transaction.signing_time.reset();
        timed.transaction.other_attributes = {scep::cms::encode_attribute(scep::der::oid("1.3.6.1.4.1.99999.16"), octet_string({1}))};
        add(request ? cases.requests : cases.replies, request ? "PKCSReq with an unknown attribute" : "SUCCESS with an unknown attribute",
            "An attribute of a private type is signed along; it is passed over.", Result::valid, {}, timed);
    }
}

struct DigestRow {
    Digest digest;
    const char* name;
    bool weak;
};
constexpr std::array digests{DigestRow{Digest::md5, "MD5", true}, DigestRow{Digest::sha1, "SHA-1", true},
                             DigestRow{Digest::sha224, "SHA-224", false}, DigestRow{Digest::sha384, "SHA-384", false},
                             DigestRow{Digest::sha512, "SHA-512", false}};
struct CipherRow {
    ContentCipher cipher;
    const char* name;
    bool weak;
};
constexpr std::array ciphers{CipherRow{ContentCipher::des_cbc, "DES", true}, CipherRow{ContentCipher::des_ede3_cbc, "triple DES", true},
                             CipherRow{ContentCipher::aes192_CBC, "AES-192", false},
                             CipherRow{ContentCipher::aes256_CBC, "AES-256", false}};

void algorithms(const PkiCases& cases) {
    for (const bool request : {true, false}) {
        Cases& here = request ? cases.requests : cases.replies;
        const std::string kind = request ? "PKCSReq" : "SUCCESS";
        const auto base = [&] { return request ? a_request(MessageType::PKCSReq) : a_success(); };
        for (const DigestRow& row : digests) {
            MessagePlan plan = base();
            plan.digest = row.digest;
            add(here, kind + ", " + row.name, std::string("Digest and signature are by ") + row.name + '.',
                row.weak ? Result::acceptable : Result::valid,
                row.weak ? std::vector<std::string>{"CmsWeakDigest"} : std::vector<std::string>{}, plan);
        }
        for (const CipherRow& row : ciphers) {
            MessagePlan plan = base();
            plan.cipher = row.cipher;
            add(here, kind + ", " + row.name, std::string("The content is under ") + row.name + " in CBC mode.",
                row.weak ? Result::acceptable : Result::valid,
                row.weak ? std::vector<std::string>{"CmsWeakCipher"} : std::vector<std::string>{}, plan);
        }
        for (const auto& [scheme, name] : {std::pair{SignatureScheme::hashWithRSAEncryption, "sha256WithRSAEncryption"},
                                           std::pair{SignatureScheme::RSASSA_PSS, "PSS"}}) {
            const MessagePlan plan = base();
            Case& out = here.valid(kind + ", " + name, std::string("signatureAlgorithm is ") + name + ", where most write rsaEncryption.",
                                   [&, scheme = scheme] { return make_message(plan, scheme); });
            reads(out, plan, scheme);
        }
        struct SignerRow {
            const Party* party;
            const char* name;
        };
        for (const SignerRow& row :
             {SignerRow{&signers().rsa3072, "RSA 3072"}, SignerRow{&signers().rsa4096, "RSA 4096"}, SignerRow{&signers().p256, "P-256"},
              SignerRow{&signers().p384, "P-384"}, SignerRow{&signers().p521, "P-521"}}) {
            MessagePlan plan = base();
            plan.signer = row.party;
            plan.certificate = certificate_of(*row.party);
            add(here, kind + " signed by " + row.name,
                std::string("The signer's key is ") + row.name + ", the recipient's RSA 2048: they have nothing to do with each other.",
                Result::valid, {}, plan);
            plan.sid = IdentifierForm::subjectKeyIdentifier;
            if (row.party == &signers().p256 || row.party == &signers().rsa3072) {
                add(here, kind + " signed by " + row.name + ", subjectKeyIdentifier", "sid is a subjectKeyIdentifier.", Result::valid, {},
                    plan);
            }
        }
        MessagePlan two = base();
        two.recipients.insert(two.recipients.begin(), certificate_of(signers().other));
        add(here, kind + " for two recipients", "The envelope has two recipients and ours is one of them.", Result::valid, {}, two);
        MessagePlan with_password = base();
        with_password.password = "secret";
        add(here, kind + " for a key and a password", "The envelope has a recipient by password beside ours.", Result::valid, {},
            with_password);
        MessagePlan chain = base();
        chain.signed_data = [](scep::cms::SignedDataBuilder& builder) {
            builder.certificates = {certificate_of(signers().other), certificate_of(signers().p256)};
        };
        add(here, kind + " with three certificates", "Two certificates stand beside the signer's.", Result::valid, {}, chain);
    }
    MessagePlan md5_des = a_request(MessageType::PKCSReq);
    md5_des.digest = Digest::md5;
    md5_des.cipher = ContentCipher::des_cbc;
    add(cases.requests, "PKCSReq, MD5 and DES", "What a device of the year 2000 sends; whoever takes it downgrades itself.",
        Result::acceptable, {"CmsWeakDigest", "CmsWeakCipher"}, md5_des);
    MessagePlan sha1_des3 = a_success();
    sha1_des3.digest = Digest::sha1;
    sha1_des3.cipher = ContentCipher::des_ede3_cbc;
    add(cases.replies, "SUCCESS, SHA-1 and triple DES", "What NDES sends by default.", Result::acceptable,
        {"CmsWeakDigest", "CmsWeakCipher"}, sha1_des3);
}

} // namespace

void pki_choices(const PkiCases& cases) {
    kinds(cases);
    algorithms(cases);
}

} // namespace sceplab::vectors
