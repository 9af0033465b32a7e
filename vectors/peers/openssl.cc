// OpenSSL's libcrypto, by the calls that its commands make. "accept" is, of
//   DerValue              ASN1_item_d2i takes the whole input, and ASN1_item_i2d gives it back: d2i alone reads BER
//   BerValue              ASN1_item_d2i takes the whole input
//   Certificate           d2i_X509 takes the whole input, and the known extensions are read (no EXFLAG_INVALID)
//   CertificateList       d2i_X509_CRL takes the whole input
//   CertificationRequest  d2i_X509_REQ takes the whole input, X509_REQ_verify holds
//   CertificatesOnly      d2i_PKCS7 takes the whole input; it is signedData and has no signer
//   SignedData            d2i_CMS_ContentInfo takes the whole input, CMS_verify by the certificates inside, no chain asked for
//   EnvelopedData         CMS_decrypt with key and certificate, or with the password
//   PkiMessage            as SignedData, then as EnvelopedData where there is content
// Times are read by ASN1_TIME_to_tm and characters by ASN1_STRING_to_UTF8, which d2i leaves to the user. An algorithm that OpenSSL has not,
// or has in its legacy provider, is skipped.
#include "adapter.h"

#include <openssl/asn1t.h>
#include <openssl/bn.h>
#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pkcs7.h>
#include <openssl/sha.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

using namespace peers;

namespace {

void free_octets(unsigned char* octets) { OPENSSL_free(octets); }
void free_text(char* text) { OPENSSL_free(text); }
using Bio = Owned<BIO, BIO_free_all>;
using Cms = Owned<CMS_ContentInfo, CMS_ContentInfo_free>;

// The library's own words for its last error, and whether they are about an algorithm that it does not have.
[[noreturn]] void fail(bool algorithms = false) {
    std::string last = "refused";
    bool unknown = false;
    while (const unsigned long code = ERR_get_error()) {
        const char* reason = ERR_reason_error_string(code);
        if (reason == nullptr) {
            continue;
        }
        last = reason;
        for (const char* word :
             {"unsupported", "unknown cipher", "unknown digest", "unknown algorithm", "unknown signature", "not supported"}) {
            unknown = unknown || last.find(word) != std::string::npos;
        }
    }
    if (algorithms && unknown) {
        throw Unknown(last);
    }
    throw Refused(last);
}
template <class T>
T* needed(T* object) {
    if (object == nullptr) {
        fail();
    }
    return object;
}

template <auto d2i>
auto decoded(View octets) {
    ERR_clear_error();
    const unsigned char* at = octets.data();
    auto* object = needed(d2i(nullptr, &at, static_cast<long>(octets.size())));
    const bool whole = at == octets.data() + octets.size();
    return std::pair(object, whole);
}
void needed_whole(bool whole) {
    if (!whole) {
        throw Refused("octets after it");
    }
}

View memory(BIO* bio) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return {reinterpret_cast<const unsigned char*>(data), static_cast<std::size_t>(size)};
}
View octets_of(const ASN1_STRING* string) { return {ASN1_STRING_get0_data(string), static_cast<std::size_t>(ASN1_STRING_length(string))}; }
std::string dotted(const ASN1_OBJECT* oid) {
    const int size = OBJ_obj2txt(nullptr, 0, oid, 1);
    if (size < 0) {
        fail();
    }
    std::string out(static_cast<std::size_t>(size) + 1, '\0');
    OBJ_obj2txt(out.data(), size + 1, oid, 1);
    out.pop_back();
    return out;
}
std::string decimal(const ASN1_INTEGER* integer) {
    const Owned<BIGNUM, BN_free> number(needed(integer->type == V_ASN1_NEG_INTEGER || integer->type == V_ASN1_INTEGER
                                                   ? ASN1_INTEGER_to_BN(integer, nullptr)
                                                   : ASN1_ENUMERATED_to_BN(integer, nullptr)));
    return Owned<char, free_text>(needed(BN_bn2dec(number.get()))).get();
}

struct Type {
    int tag;
    const ASN1_ITEM* item;
};
const std::map<std::string, Type>& types() {
    static const std::map<std::string, Type> all = {
        {"BOOLEAN", {V_ASN1_BOOLEAN, ASN1_ITEM_rptr(ASN1_ANY)}},
        {"INTEGER", {V_ASN1_INTEGER, ASN1_ITEM_rptr(ASN1_INTEGER)}},
        {"ENUMERATED", {V_ASN1_ENUMERATED, ASN1_ITEM_rptr(ASN1_ENUMERATED)}},
        {"BIT STRING", {V_ASN1_BIT_STRING, ASN1_ITEM_rptr(ASN1_BIT_STRING)}},
        {"OCTET STRING", {V_ASN1_OCTET_STRING, ASN1_ITEM_rptr(ASN1_OCTET_STRING)}},
        {"NULL", {V_ASN1_NULL, ASN1_ITEM_rptr(ASN1_NULL)}},
        {"OBJECT IDENTIFIER", {V_ASN1_OBJECT, ASN1_ITEM_rptr(ASN1_OBJECT)}},
        {"UTF8String", {V_ASN1_UTF8STRING, ASN1_ITEM_rptr(ASN1_UTF8STRING)}},
        {"NumericString", {V_ASN1_NUMERICSTRING, ASN1_ITEM_rptr(ASN1_ANY)}},
        {"PrintableString", {V_ASN1_PRINTABLESTRING, ASN1_ITEM_rptr(ASN1_PRINTABLESTRING)}},
        {"TeletexString", {V_ASN1_T61STRING, ASN1_ITEM_rptr(ASN1_T61STRING)}},
        {"IA5String", {V_ASN1_IA5STRING, ASN1_ITEM_rptr(ASN1_IA5STRING)}},
        {"VisibleString", {V_ASN1_VISIBLESTRING, ASN1_ITEM_rptr(ASN1_VISIBLESTRING)}},
        {"UniversalString", {V_ASN1_UNIVERSALSTRING, ASN1_ITEM_rptr(ASN1_UNIVERSALSTRING)}},
        {"BMPString", {V_ASN1_BMPSTRING, ASN1_ITEM_rptr(ASN1_BMPSTRING)}},
        {"UTCTime", {V_ASN1_UTCTIME, ASN1_ITEM_rptr(ASN1_UTCTIME)}},
        {"GeneralizedTime", {V_ASN1_GENERALIZEDTIME, ASN1_ITEM_rptr(ASN1_GENERALIZEDTIME)}},
        {"SEQUENCE", {V_ASN1_SEQUENCE, ASN1_ITEM_rptr(ASN1_SEQUENCE_ANY)}},
        {"SET", {V_ASN1_SET, ASN1_ITEM_rptr(ASN1_SET_ANY)}},
        {"ANY", {V_ASN1_ANY, ASN1_ITEM_rptr(ASN1_ANY)}},
    };
    return all;
}
Type type_of(const std::string& name) {
    const auto found = types().find(name);
    if (found == types().end()) {
        throw Unknown("no item of type " + name);
    }
    return found->second;
}

struct Value {
    const ASN1_ITEM* item;
    ASN1_VALUE* value;
    Value(const ASN1_ITEM* of, View octets) : item(of) {
        const unsigned char* at = octets.data();
        ERR_clear_error();
        value = needed(ASN1_item_d2i(nullptr, &at, static_cast<long>(octets.size()), item));
        if (at != octets.data() + octets.size()) {
            ASN1_item_free(value, item);
            needed_whole(false);
        }
    }
    ~Value() { ASN1_item_free(value, item); }
    Value(const Value&) = delete;
    Value& operator=(const Value&) = delete;

    [[nodiscard]] Octets encoded() const {
        unsigned char* der = nullptr;
        const int size = ASN1_item_i2d(value, &der, item);
        if (size < 0) {
            fail();
        }
        const Owned<unsigned char, free_octets> owner(der);
        return {der, der + size};
    }
    template <class T>
    [[nodiscard]] T* as() const {
        return reinterpret_cast<T*>(value);
    }
};

// As every reader of a name does, and with the same checks of the characters.
std::string utf8(const ASN1_STRING* string) {
    unsigned char* out = nullptr;
    ERR_clear_error();
    const int size = ASN1_STRING_to_UTF8(&out, string);
    if (size < 0) {
        fail();
    }
    const Owned<unsigned char, free_octets> owner(out);
    return text({out, static_cast<std::size_t>(size)});
}

void needed_time(const ASN1_STRING* time) {
    tm parts{};
    if (ASN1_TIME_to_tm(time, &parts) != 1) {
        throw Refused("not a time");
    }
}

// Every level of it, as the command asn1parse goes through them; in DER, each comes back as it was.
void walk(View octets, bool der) {
    const Value any(ASN1_ITEM_rptr(ASN1_ANY), octets);
    const auto* type = any.as<ASN1_TYPE>();
    if (type->type == V_ASN1_SEQUENCE || type->type == V_ASN1_SET) {
        const Value all(type->type == V_ASN1_SEQUENCE ? ASN1_ITEM_rptr(ASN1_SEQUENCE_ANY) : ASN1_ITEM_rptr(ASN1_SET_ANY), octets);
        const auto* elements = all.as<ASN1_SEQUENCE_ANY>();
        for (int i = 0; i < sk_ASN1_TYPE_num(elements); ++i) {
            unsigned char* encoded = nullptr;
            const int size = i2d_ASN1_TYPE(sk_ASN1_TYPE_value(elements, i), &encoded);
            const Owned<unsigned char, free_octets> owner(encoded);
            walk({encoded, static_cast<std::size_t>(size)}, der);
        }
    }
    if (der && !std::ranges::equal(any.encoded(), octets)) {
        throw Refused("other octets when encoded again");
    }
}

Accepted any_value(const Case& asked, bool der) {
    const Bio sink(BIO_new(BIO_s_null()));
    ERR_clear_error();
    if (ASN1_parse(sink.get(), asked.input.data(), static_cast<long>(asked.input.size()), 0) != 1) {
        fail();
    }
    walk(asked.input, der);
    return {};
}

Accepted value(const Case& asked, bool der) {
    const TypeName name = type_name(asked.as);
    const Type type = type_of(name.outer);
    if (type.tag == V_ASN1_ANY) {
        return any_value(asked, der);
    }
    const Value read(type.item, asked.input);
    if (der && read.encoded() != asked.input) {
        throw Refused("other octets when encoded again");
    }
    Accepted out;
    switch (type.tag) {
    case V_ASN1_BOOLEAN:
    case V_ASN1_NUMERICSTRING: {
        const auto* any = read.as<ASN1_TYPE>();
        if (any->type != type.tag) {
            throw Refused("wrong tag");
        }
        out.fields["value"] = type.tag == V_ASN1_BOOLEAN ? (any->value.boolean != 0 ? "TRUE" : "FALSE") : utf8(any->value.asn1_string);
        break;
    }
    case V_ASN1_INTEGER:
    case V_ASN1_ENUMERATED:
        out.fields["value"] = decimal(read.as<ASN1_INTEGER>());
        break;
    case V_ASN1_OBJECT:
        out.fields["value"] = dotted(read.as<ASN1_OBJECT>());
        break;
    case V_ASN1_OCTET_STRING:
        out.fields["value"] = hex(octets_of(read.as<ASN1_STRING>()));
        break;
    case V_ASN1_UTF8STRING:
    case V_ASN1_PRINTABLESTRING:
    case V_ASN1_IA5STRING:
    case V_ASN1_VISIBLESTRING:
    case V_ASN1_UNIVERSALSTRING:
    case V_ASN1_BMPSTRING:
        out.fields["value"] = utf8(read.as<ASN1_STRING>());
        break;
    case V_ASN1_T61STRING:
        utf8(read.as<ASN1_STRING>());
        break; // read as Latin-1
    case V_ASN1_UTCTIME:
    case V_ASN1_GENERALIZEDTIME:
        needed_time(read.as<ASN1_STRING>());
        break;
    case V_ASN1_SEQUENCE:
    case V_ASN1_SET: {
        const auto* all = read.as<ASN1_SEQUENCE_ANY>();
        for (int i = 0; i < sk_ASN1_TYPE_num(all) && !name.element.empty(); ++i) {
            if (sk_ASN1_TYPE_value(all, i)->type != type_of(name.element).tag && name.element != "ANY" &&
                !(name.element == "INTEGER" && sk_ASN1_TYPE_value(all, i)->type == V_ASN1_NEG_INTEGER)) {
                throw Refused("wrong tag of an element");
            }
        }
        out.fields["value"] = std::to_string(sk_ASN1_TYPE_num(all));
        break;
    }
    default:
        break;
    }
    return out;
}

Accepted certificate(const Case& asked) {
    const auto [object, whole] = decoded<d2i_X509>(asked.input);
    const Owned<X509, X509_free> owner(object);
    needed_whole(whole);
    if ((X509_get_extension_flags(object) & EXFLAG_INVALID) != 0) {
        throw Refused("invalid extensions");
    }
    needed_time(X509_get0_notBefore(object));
    needed_time(X509_get0_notAfter(object));
    return {.fields = {{"serialNumber", decimal(X509_get0_serialNumber(object))}}, .plaintext = {}};
}

Accepted certificate_list(const Case& asked) {
    const auto [object, whole] = decoded<d2i_X509_CRL>(asked.input);
    const Owned<X509_CRL, X509_CRL_free> owner(object);
    needed_whole(whole);
    needed_time(X509_CRL_get0_lastUpdate(object));
    if (X509_CRL_get0_nextUpdate(object) != nullptr) {
        needed_time(X509_CRL_get0_nextUpdate(object));
    }
    return {};
}

Accepted certification_request(const Case& asked) {
    const auto [object, whole] = decoded<d2i_X509_REQ>(asked.input);
    const Owned<X509_REQ, X509_REQ_free> owner(object);
    needed_whole(whole);
    EVP_PKEY* key = X509_REQ_get0_pubkey(object);
    if (key == nullptr || X509_REQ_verify(object, key) != 1) {
        fail(true);
    }
    return {};
}

std::string digest_of(const X509* certificate) {
    unsigned char* der = nullptr;
    const int size = i2d_X509(certificate, &der);
    const Owned<unsigned char, free_octets> owner(der);
    unsigned char digest[SHA256_DIGEST_LENGTH];
    SHA256(der, static_cast<std::size_t>(size), digest);
    return hex(digest);
}

Accepted certificates_only(const Case& asked) {
    const auto [object, whole] = decoded<d2i_PKCS7>(asked.input);
    const Owned<PKCS7, PKCS7_free> owner(object);
    needed_whole(whole);
    if (!PKCS7_type_is_signed(object) || object->d.sign == nullptr) {
        throw Refused("not signedData");
    }
    if (sk_PKCS7_SIGNER_INFO_num(object->d.sign->signer_info) > 0) {
        throw Refused("there are signers");
    }
    Json certificates = Json::array();
    for (int i = 0; i < sk_X509_num(object->d.sign->cert); ++i) {
        certificates.push_back(digest_of(sk_X509_value(object->d.sign->cert, i)));
    }
    return {.fields = {{"certificates", certificates}}, .plaintext = {}};
}

Cms content_info(View octets) {
    const auto [object, whole] = decoded<d2i_CMS_ContentInfo>(octets);
    Cms owner(object);
    needed_whole(whole);
    return owner;
}

// The content that the signatures are of.
Octets verified(CMS_ContentInfo* message) {
    if (OBJ_obj2nid(CMS_get0_type(message)) != NID_pkcs7_signed) {
        throw Refused("not signedData");
    }
    ASN1_OCTET_STRING** inside = CMS_get0_content(message);
    // One without content is verified as one whose content is elsewhere, and empty.
    const Bio nothing(inside != nullptr && *inside == nullptr ? BIO_new_mem_buf("", 0) : nullptr);
    const Bio out(BIO_new(BIO_s_mem()));
    ERR_clear_error();
    if (CMS_verify(message, nullptr, nullptr, nothing.get(), out.get(), CMS_NO_SIGNER_CERT_VERIFY | CMS_BINARY) != 1) {
        fail(true);
    }
    const View content = memory(out.get());
    return {content.begin(), content.end()};
}

Octets opened(CMS_ContentInfo* message, const Case& asked) {
    const Bio out(BIO_new(BIO_s_mem()));
    ERR_clear_error();
    if (asked.password) {
        // It takes the octets as not its own to change.
        Octets password(asked.password->begin(), asked.password->end());
        if (CMS_decrypt_set1_password(message, password.data(), static_cast<ossl_ssize_t>(password.size())) != 1 ||
            CMS_decrypt(message, nullptr, nullptr, nullptr, out.get(), 0) != 1) {
            fail(true);
        }
    } else {
        if (!asked.recipient) {
            throw Unknown("no key");
        }
        const unsigned char* at = asked.recipient->private_key.data();
        const Owned<EVP_PKEY, EVP_PKEY_free> key(d2i_AutoPrivateKey(nullptr, &at, static_cast<long>(asked.recipient->private_key.size())));
        if (!key) {
            throw Unknown("a key of a kind that is not read");
        }
        const Owned<X509, X509_free> certificate(decoded<d2i_X509>(asked.recipient->certificate).first);
        if (CMS_decrypt(message, key.get(), certificate.get(), nullptr, out.get(), 0) != 1) {
            fail(true);
        }
    }
    const View content = memory(out.get());
    return {content.begin(), content.end()};
}

Accepted signed_data(const Case& asked) {
    const Cms message = content_info(asked.input);
    const Octets content = verified(message.get());
    return {.fields = {{"eContentType", dotted(CMS_get0_eContentType(message.get()))}, {"eContent", hex(content)}}, .plaintext = {}};
}

Accepted enveloped_data(const Case& asked) {
    return {.fields = Json::object(), .plaintext = opened(content_info(asked.input).get(), asked)};
}

Accepted pki_message(const Case& asked) {
    static const int message_type = OBJ_create("2.16.840.1.113733.1.9.2", "messageType", "messageType");
    static const int transaction_id = OBJ_create("2.16.840.1.113733.1.9.7", "transactionID", "transactionID");
    const Cms message = content_info(asked.input);
    const Octets content = verified(message.get());
    Accepted out;
    const CMS_SignerInfo* signer = sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(message.get()), 0);
    for (const auto& [name, nid] : {std::pair("messageType", message_type), std::pair("transactionID", transaction_id)}) {
        const auto* attribute =
            static_cast<const ASN1_STRING*>(CMS_signed_get0_data_by_OBJ(signer, OBJ_nid2obj(nid), -3, V_ASN1_PRINTABLESTRING));
        if (attribute == nullptr) {
            throw Refused(std::string("no single PrintableString as ") + name);
        }
        out.fields[name] = text(octets_of(attribute));
    }
    if (!content.empty()) {
        out.plaintext = opened(content_info(content).get(), asked);
    }
    return out;
}

} // namespace

int main(int argc, char** argv) {
    return serve(argc, argv, std::string("OpenSSL ") + OpenSSL_version(OPENSSL_VERSION_STRING),
                 {
                     {"DerValue", [](const Case& asked) { return value(asked, true); }},
                     {"BerValue", [](const Case& asked) { return value(asked, false); }},
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
