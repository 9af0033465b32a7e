// NSS, by the calls that certutil and cmsutil make. "accept" is, of
//   DerValue              SEC_QuickDERDecodeItem with the template of the type
//   BerValue              SEC_ASN1DecodeItem with the template of the type
//   Certificate           CERT_NewTempCertificate
//   CertificateList       CERT_DecodeDERCrl
//   CertificationRequest  SEC_ASN1DecodeItem with its templates, CERT_VerifySignedDataWithPublicKeyInfo
//   CertificatesOnly      NSS_CMSMessage_CreateFromDER; it is signedData without signers, and each certificate is decoded
//   SignedData            the same with signers, NSS_CMSSignerInfo_Verify of each by the certificate inside that it names
//   EnvelopedData         NSS_CMSMessage_CreateFromDER decrypts while it decodes, with a key of the database
//   PkiMessage            as SignedData, then as EnvelopedData where there is content
// No call of it looks at everything inside of a value: ANY is skipped. Times are read by DER_UTCTimeToTime and DER_GeneralizedTimeToTime.
// The database is in a temporary folder: NSS finds the keys of recipients nowhere else.
#include "adapter.h"

#include <nspr/prerror.h>
#include <nspr/prprf.h>
#include <nss/cert.h>
#include <nss/certdb.h>
#include <nss/cms.h>
#include <nss/keyhi.h>
#include <nss/nss.h>
#include <nss/pk11pub.h>
#include <nss/secasn1.h>
#include <nss/secder.h>
#include <nss/secerr.h>
#include <nss/sechash.h>
#include <nss/secoid.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <set>

using namespace peers;

namespace {

[[noreturn]] void fail() {
    const PRErrorCode code = PR_GetError();
    const char* name = PR_ErrorToName(code);
    const std::string why = name != nullptr ? name : "refused";
    switch (code) {
    case SEC_ERROR_UNSUPPORTED_KEYALG:
    case SEC_ERROR_UNSUPPORTED_ELLIPTIC_CURVE:
    case SEC_ERROR_UNRECOGNIZED_OID:
    case SEC_ERROR_UNSUPPORTED_MESSAGE_TYPE:
        throw Unknown(why);
    default:
        throw Refused(why);
    }
}
template <class T>
T* needed(T* object) {
    if (object == nullptr) {
        fail();
    }
    return object;
}
void needed(SECStatus status) {
    if (status != SECSuccess) {
        fail();
    }
}

void free_arena(PLArenaPool* arena) { PORT_FreeArena(arena, PR_FALSE); }
using Arena = Owned<PLArenaPool, free_arena>;
using Message = Owned<NSSCMSMessage, NSS_CMSMessage_Destroy>;
using Certificate = Owned<CERTCertificate, CERT_DestroyCertificate>;

SECItem item(View octets) { return {siBuffer, const_cast<unsigned char*>(octets.data()), static_cast<unsigned>(octets.size())}; }
View view(const SECItem& from) { return {from.data, from.len}; }
// A list that ends with a null pointer, or is one.
template <class T>
std::size_t count(T** list) {
    std::size_t out = 0;
    while (list != nullptr && list[out] != nullptr) {
        ++out;
    }
    return out;
}

Certificate certificate_of(View octets) {
    SECItem der = item(octets);
    return Certificate(needed(CERT_NewTempCertificate(CERT_GetDefaultCertDB(), &der, nullptr, PR_FALSE, PR_TRUE)));
}

class Database {
public:
    Database() {
        std::string name = (std::filesystem::temp_directory_path() / "vectors-nss-XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr) {
            throw std::runtime_error("no temporary folder");
        }
        m_folder = name;
        if (NSS_InitReadWrite(("sql:" + name).c_str()) != SECSuccess || (m_slot = PK11_GetInternalKeySlot()) == nullptr ||
            PK11_InitPin(m_slot, nullptr, "") != SECSuccess) {
            throw std::runtime_error("NSS does not start");
        }
    }
    ~Database() {
        PK11_FreeSlot(m_slot);
        NSS_Shutdown();
        std::filesystem::remove_all(m_folder);
    }
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    void keep(const Key& key) {
        if (!m_kept.insert(key.name).second) {
            return;
        }
        const Certificate certificate = certificate_of(key.certificate);
        const Owned<SECKEYPublicKey, SECKEY_DestroyPublicKey> public_key(CERT_ExtractPublicKey(certificate.get()));
        SECItem* public_value = nullptr;
        switch (public_key ? public_key->keyType : nullKey) {
        case rsaKey:
            public_value = &public_key->u.rsa.modulus;
            break;
        case ecKey:
            public_value = &public_key->u.ec.publicValue;
            break;
        default:
            throw Unknown("a key of a kind that NSS does not import");
        }
        SECItem der = item(key.private_key);
        SECItem nickname = item(peers::view(key.name));
        if (PK11_ImportDERPrivateKeyInfo(m_slot, &der, &nickname, public_value, PR_TRUE, PR_TRUE, KU_ALL, nullptr) != SECSuccess ||
            PK11_ImportCert(m_slot, certificate.get(), CK_INVALID_HANDLE, key.name.c_str(), PR_FALSE) != SECSuccess) {
            throw std::runtime_error("a key cannot be imported: " + key.name + ": " + PR_ErrorToName(PR_GetError()));
        }
    }

private:
    std::filesystem::path m_folder;
    PK11SlotInfo* m_slot = nullptr;
    std::set<std::string> m_kept;
};
Database* database = nullptr;

// libnss3 gives these templates to nobody.
constexpr SEC_ASN1Template visible_string[] = {{SEC_ASN1_VISIBLE_STRING | SEC_ASN1_MAY_STREAM, 0, nullptr, sizeof(SECItem)}};
const SEC_ASN1Template sequence_of_integer[] = {{SEC_ASN1_SEQUENCE_OF, 0, SEC_ASN1_GET(SEC_IntegerTemplate), 0}};
const SEC_ASN1Template set_of_octet_string[] = {{SEC_ASN1_SET_OF, 0, SEC_ASN1_GET(SEC_OctetStringTemplate), 0}};
const SEC_ASN1Template set_of_integer[] = {{SEC_ASN1_SET_OF, 0, SEC_ASN1_GET(SEC_IntegerTemplate), 0}};

const SEC_ASN1Template* template_of(const std::string& name) {
    static const std::map<std::string, const SEC_ASN1Template*> all = {
        {"BOOLEAN", SEC_ASN1_GET(SEC_BooleanTemplate)},
        {"INTEGER", SEC_ASN1_GET(SEC_IntegerTemplate)},
        {"ENUMERATED", SEC_ASN1_GET(SEC_EnumeratedTemplate)},
        {"BIT STRING", SEC_ASN1_GET(SEC_BitStringTemplate)},
        {"OCTET STRING", SEC_ASN1_GET(SEC_OctetStringTemplate)},
        {"NULL", SEC_ASN1_GET(SEC_NullTemplate)},
        {"OBJECT IDENTIFIER", SEC_ASN1_GET(SEC_ObjectIDTemplate)},
        {"UTF8String", SEC_ASN1_GET(SEC_UTF8StringTemplate)},
        {"PrintableString", SEC_ASN1_GET(SEC_PrintableStringTemplate)},
        {"TeletexString", SEC_ASN1_GET(SEC_T61StringTemplate)},
        {"IA5String", SEC_ASN1_GET(SEC_IA5StringTemplate)},
        {"VisibleString", visible_string},
        {"UniversalString", SEC_ASN1_GET(SEC_UniversalStringTemplate)},
        {"BMPString", SEC_ASN1_GET(SEC_BMPStringTemplate)},
        {"UTCTime", SEC_ASN1_GET(SEC_UTCTimeTemplate)},
        {"GeneralizedTime", SEC_ASN1_GET(SEC_GeneralizedTimeTemplate)},
        {"SEQUENCE", SEC_ASN1_GET(SEC_SequenceOfAnyTemplate)},
        {"SEQUENCE OF ANY", SEC_ASN1_GET(SEC_SequenceOfAnyTemplate)},
        {"SEQUENCE OF INTEGER", sequence_of_integer},
        {"SET", SEC_ASN1_GET(SEC_SetOfAnyTemplate)},
        {"SET OF ANY", SEC_ASN1_GET(SEC_SetOfAnyTemplate)},
        {"SET OF INTEGER", set_of_integer},
        {"SET OF OCTET STRING", set_of_octet_string},
    };
    const auto found = all.find(name);
    if (found == all.end()) {
        throw Unknown("no template of type " + name);
    }
    return found->second;
}

using Decode = SECStatus (*)(PLArenaPool*, void*, const SEC_ASN1Template*, const SECItem*);

Accepted value(const Case& asked, Decode decode) {
    const SEC_ASN1Template* type = template_of(asked.as);
    const Arena arena(PORT_NewArena(DER_DEFAULT_CHUNKSIZE));
    SECItem der = item(asked.input);
    union {
        SECItem single;
        SECItem** list;
    } read = {};
    needed(decode(arena.get(), &read, type, &der));
    Accepted out;
    PRTime time = 0;
    if (asked.as.starts_with("SE")) {
        out.fields["value"] = std::to_string(count(read.list));
    } else if (asked.as == "OCTET STRING") {
        out.fields["value"] = hex(view(read.single));
    } else if (asked.as == "OBJECT IDENTIFIER") {
        const Owned<char, PR_smprintf_free> oid(CERT_GetOidString(&read.single));
        const std::string_view text = oid ? oid.get() : "";
        if (text.starts_with("OID.") && !text.contains("UNSUPPORTED")) {
            out.fields["value"] = text.substr(4);
        }
    } else if (asked.as == "UTCTime") {
        needed(DER_UTCTimeToTime(&time, &read.single));
    } else if (asked.as == "GeneralizedTime") {
        needed(DER_GeneralizedTimeToTime(&time, &read.single));
    }
    return out;
}

Accepted certificate(const Case& asked) {
    certificate_of(asked.input);
    return {};
}

Accepted certificate_list(const Case& asked) {
    SECItem der = item(asked.input);
    const Owned<CERTSignedCrl, SEC_DestroyCrl> made(needed(CERT_DecodeDERCrl(nullptr, &der, SEC_CRL_TYPE)));
    return {};
}

Accepted certification_request(const Case& asked) {
    const Arena arena(PORT_NewArena(DER_DEFAULT_CHUNKSIZE));
    SECItem der = item(asked.input);
    CERTSignedData outer{};
    needed(SEC_ASN1DecodeItem(arena.get(), &outer, SEC_ASN1_GET(CERT_SignedDataTemplate), &der));
    CERTCertificateRequest request{};
    needed(SEC_ASN1DecodeItem(arena.get(), &request, SEC_ASN1_GET(CERT_CertificateRequestTemplate), &outer.data));
    needed(CERT_VerifySignedDataWithPublicKeyInfo(&outer, &request.subjectPublicKeyInfo, nullptr));
    return {};
}

Message message_of(View octets) {
    SECItem der = item(octets);
    return Message(needed(NSS_CMSMessage_CreateFromDER(&der, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr)));
}
NSSCMSSignedData* signed_data_of(const Message& message) {
    NSSCMSContentInfo* outer = NSS_CMSMessage_GetContentInfo(message.get());
    if (NSS_CMSContentInfo_GetContentTypeTag(outer) != SEC_OID_PKCS7_SIGNED_DATA) {
        throw Refused("not signedData");
    }
    auto* data = static_cast<NSSCMSSignedData*>(NSS_CMSContentInfo_GetContent(outer));
    if (data == nullptr) {
        throw Refused("no content");
    }
    return data;
}

Accepted certificates_only(const Case& asked) {
    const Message message = message_of(asked.input);
    const NSSCMSSignedData* data = signed_data_of(message);
    if (count(data->signerInfos) > 0) {
        throw Refused("there are signers");
    }
    Json certificates = Json::array();
    for (std::size_t i = 0; i < count(data->rawCerts); ++i) {
        const SECItem& raw = *data->rawCerts[i];
        certificate_of(view(raw));
        std::array<unsigned char, 32> digest{};
        needed(PK11_HashBuf(SEC_OID_SHA256, digest.data(), raw.data, static_cast<PRInt32>(raw.len)));
        certificates.push_back(hex(digest));
    }
    return {.fields = {{"certificates", certificates}}, .plaintext = {}};
}

bool named(const NSSCMSSignerIdentifier& sid, CERTCertificate* certificate) {
    if (sid.identifierType == NSSCMSSignerID_IssuerSN) {
        return SECITEM_ItemsAreEqual(&sid.id.issuerAndSN->derIssuer, &certificate->derIssuer) != 0 &&
               SECITEM_ItemsAreEqual(&sid.id.issuerAndSN->serialNumber, &certificate->serialNumber) != 0;
    }
    return SECITEM_ItemsAreEqual(sid.id.subjectKeyID, &certificate->subjectKeyID) != 0;
}

CERTCertificate* signer_of(const NSSCMSSignedData* data, const NSSCMSSignerInfo* signer) {
    for (std::size_t i = 0; i < count(data->rawCerts); ++i) {
        Certificate made = certificate_of(view(*data->rawCerts[i]));
        if (named(signer->signerIdentifier, made.get())) {
            return made.release(); // the signer takes it over
        }
    }
    throw Refused("no certificate of the signer");
}

bool has_content(const NSSCMSSignedData* data) {
    return data->contentInfo.content.data != nullptr && data->contentInfo.content.data->data != nullptr;
}
View content_of(const NSSCMSSignedData* data) { return has_content(data) ? view(*data->contentInfo.content.data) : View(); }

void verify(NSSCMSSignedData* data, NSSCMSSignerInfo* signer) {
    signer->cert = signer_of(data, signer);
    const SECOidTag algorithm = SECOID_GetAlgorithmTag(&signer->digestAlg);
    std::array<unsigned char, 64> octets{};
    SECItem digest{};
    for (std::size_t i = 0; i < count(data->digestAlgorithms) && data->digests != nullptr; ++i) {
        if (SECOID_GetAlgorithmTag(data->digestAlgorithms[i]) == algorithm && data->digests[i] != nullptr) {
            digest = *data->digests[i];
        }
    }
    if (digest.data == nullptr) {
        if (has_content(data)) {
            throw Refused("no digest of the content");
        }
        // One without content is verified as one whose content is elsewhere, and empty.
        needed(PK11_HashBuf(algorithm, octets.data(), octets.data(), 0));
        digest = item(View(octets).first(HASH_ResultLenByOidTag(algorithm)));
    }
    if (NSS_CMSSignerInfo_Verify(signer, &digest, &data->contentInfo.contentTypeTag->oid) != SECSuccess) {
        const NSSCMSVerificationStatus status = NSS_CMSSignerInfo_GetVerificationStatus(signer);
        const std::string why = NSS_CMSUtil_VerificationStatusToString(status);
        if (status == NSSCMSVS_SignatureAlgorithmUnknown || status == NSSCMSVS_SignatureAlgorithmUnsupported) {
            throw Unknown(why);
        }
        throw Refused(why);
    }
}

NSSCMSSignedData* verified(const Message& message) {
    NSSCMSSignedData* data = signed_data_of(message);
    if (count(data->signerInfos) == 0) {
        throw Refused("no signers");
    }
    // Asked for, it is looked up.
    if (NSS_CMSContentInfo_GetContentTypeTag(&data->contentInfo) == SEC_OID_UNKNOWN || data->contentInfo.contentTypeTag == nullptr) {
        throw Unknown("a content type that NSS does not know");
    }
    for (std::size_t i = 0; i < count(data->signerInfos); ++i) {
        verify(data, data->signerInfos[i]);
    }
    return data;
}

Accepted signed_data(const Case& asked) {
    const Message message = message_of(asked.input);
    const NSSCMSSignedData* data = verified(message);
    Accepted out;
    // Another content type is decoded further, and its octets are not kept.
    if (data->contentInfo.contentTypeTag->offset == SEC_OID_PKCS7_DATA) {
        out.fields["eContent"] = hex(content_of(data));
    }
    return out;
}

Octets opened(View octets) {
    const Message message = message_of(octets);
    NSSCMSContentInfo* outer = NSS_CMSMessage_GetContentInfo(message.get());
    if (NSS_CMSContentInfo_GetContentTypeTag(outer) != SEC_OID_PKCS7_ENVELOPED_DATA) {
        throw Refused("not envelopedData");
    }
    const SECItem* content = NSS_CMSMessage_GetContent(message.get());
    if (content == nullptr) {
        fail();
    }
    return {content->data, content->data + content->len};
}

void hold_key(const Case& asked) {
    if (!asked.recipient) {
        throw Unknown("a recipient by password");
    }
    database->keep(*asked.recipient);
}

Accepted enveloped_data(const Case& asked) {
    hold_key(asked);
    return {.fields = Json::object(), .plaintext = opened(asked.input)};
}

Accepted pki_message(const Case& asked) {
    static constexpr unsigned char arc[] = {0x60, 0x86, 0x48, 0x01, 0x86, 0xf8, 0x45, 0x01, 0x09};
    const Message message = message_of(asked.input);
    const NSSCMSSignedData* data = verified(message);
    Accepted out;
    NSSCMSAttribute** attributes = data->signerInfos[0]->authAttr;
    for (std::size_t i = 0; i < count(attributes); ++i) {
        const View type = view(attributes[i]->type);
        if (type.size() != sizeof arc + 1 || !std::ranges::equal(type.first(sizeof arc), View(arc)) || count(attributes[i]->values) == 0) {
            continue;
        }
        const char* name = type.back() == 2 ? "messageType" : type.back() == 7 ? "transactionID" : nullptr;
        SECItem read{};
        const Arena arena(PORT_NewArena(DER_DEFAULT_CHUNKSIZE));
        if (name != nullptr &&
            SEC_QuickDERDecodeItem(arena.get(), &read, SEC_ASN1_GET(SEC_PrintableStringTemplate), attributes[i]->values[0]) == SECSuccess) {
            out.fields[name] = text(view(read));
        }
    }
    if (!content_of(data).empty()) {
        hold_key(asked);
        out.plaintext = opened(content_of(data));
    }
    return out;
}

} // namespace

int main(int argc, char** argv) {
    const bool version = argc > 1;
    std::unique_ptr<Database> made(version ? nullptr : new Database);
    database = made.get();
    return serve(argc, argv, std::string("NSS ") + NSS_GetVersion(),
                 {
                     {"DerValue", [](const Case& asked) { return value(asked, SEC_QuickDERDecodeItem); }},
                     {"BerValue", [](const Case& asked) { return value(asked, SEC_ASN1DecodeItem); }},
                     {"Certificate", certificate},
                     {"CertificateList", certificate_list},
                     {"CertificationRequest", certification_request},
                     {"CertificatesOnly", certificates_only},
                     {"SignedData", signed_data},
                     {"EnvelopedData", enveloped_data},
                     {"PkiMessage", pki_message},
                 },
                 "no call for this");
}
