// GnuTLS, and libtasn1 below it, by the calls that certtool makes. "accept" is, of
//   DerValue              asn1_der_decoding2 with ASN1_DECODE_FLAG_STRICT_DER takes the whole input as a type of one line
//   BerValue              the same without the flag; no call of it looks at everything inside of a value: ANY is skipped
//   Certificate           gnutls_x509_crt_import
//   CertificateList       gnutls_x509_crl_import
//   CertificationRequest  gnutls_x509_crq_import, gnutls_x509_crq_verify
//   CertificatesOnly      gnutls_pkcs7_import, every certificate and CRL in it is imported, no signature is there
//   SignedData            gnutls_pkcs7_import, gnutls_pkcs7_verify_direct of each signature by the certificate inside that it names
//   PkiMessage            as SignedData, where there is no content; with content only a refusal is an answer, since it opens no
//   EnvelopedData
// An algorithm that GnuTLS does not know is skipped; one that it knows and holds for weak is refused.
#include "adapter.h"

#include <gnutls/abstract.h>
#include <gnutls/crypto.h>
#include <gnutls/pkcs7.h>
#include <gnutls/x509.h>
#include <libtasn1.h>

#include <array>
#include <cstdio>
#include <unistd.h>

using namespace peers;

namespace {

void needed(int result) {
    switch (result) {
    case GNUTLS_E_UNKNOWN_PK_ALGORITHM:
    case GNUTLS_E_UNKNOWN_HASH_ALGORITHM:
    case GNUTLS_E_UNKNOWN_ALGORITHM:
    case GNUTLS_E_UNSUPPORTED_SIGNATURE_ALGORITHM:
    case GNUTLS_E_UNIMPLEMENTED_FEATURE:
    case GNUTLS_E_NO_EMBEDDED_DATA: // content that is elsewhere may not be empty
    case GNUTLS_E_ECC_UNSUPPORTED_CURVE:
        throw Unknown(gnutls_strerror(result));
    default:
        break;
    }
    if (result < 0) {
        throw Refused(gnutls_strerror(result));
    }
}

gnutls_datum_t datum(View octets) { return {const_cast<unsigned char*>(octets.data()), static_cast<unsigned>(octets.size())}; }
View view(const gnutls_datum_t& datum) { return {datum.data, datum.size}; }

// Memory that GnuTLS gave.
struct Datum {
    gnutls_datum_t value{nullptr, 0};
    Datum() = default;
    Datum(const Datum&) = delete;
    Datum& operator=(const Datum&) = delete;
    ~Datum() { gnutls_free(value.data); }
};

// A handle, made and unmade by the functions that it names.
template <class T, int (*make)(T*), void (*unmake)(T)>
struct Handle {
    T value = nullptr;
    Handle() { needed(make(&value)); }
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    ~Handle() { unmake(value); }
};
using Certificate = Handle<gnutls_x509_crt_t, gnutls_x509_crt_init, gnutls_x509_crt_deinit>;
using CertificateList = Handle<gnutls_x509_crl_t, gnutls_x509_crl_init, gnutls_x509_crl_deinit>;
using Request = Handle<gnutls_x509_crq_t, gnutls_x509_crq_init, gnutls_x509_crq_deinit>;
using Pkcs7 = Handle<gnutls_pkcs7_t, gnutls_pkcs7_init, gnutls_pkcs7_deinit>;

// Each type as libtasn1 spells it; the name of the definition has no spaces.
constexpr const char* definitions = R"(Vectors { }
DEFINITIONS IMPLICIT TAGS ::= BEGIN
BOOLEANType ::= BOOLEAN
INTEGERType ::= INTEGER
ENUMERATEDType ::= ENUMERATED { zero(0) }
BIT-STRINGType ::= BIT STRING
OCTET-STRINGType ::= OCTET STRING
NULLType ::= NULL
OBJECT-IDENTIFIERType ::= OBJECT IDENTIFIER
UTF8StringType ::= UTF8String
NumericStringType ::= NumericString
PrintableStringType ::= PrintableString
TeletexStringType ::= TeletexString
IA5StringType ::= IA5String
VisibleStringType ::= VisibleString
UniversalStringType ::= UniversalString
BMPStringType ::= BMPString
UTCTimeType ::= UTCTime
GeneralizedTimeType ::= GeneralizedTime
SEQUENCEType ::= SEQUENCE OF ANY
SETType ::= SET OF ANY
SEQUENCE-OF-INTEGERType ::= SEQUENCE OF INTEGER
SET-OF-INTEGERType ::= SET OF INTEGER
SET-OF-OCTET-STRINGType ::= SET OF OCTET STRING
SEQUENCE-OF-ANYType ::= SEQUENCE OF ANY
SET-OF-ANYType ::= SET OF ANY
END
)";

asn1_node tree() {
    static const asn1_node made = [] {
        std::string name = "/tmp/vectors-asn1-XXXXXX";
        if (const char* folder = std::getenv("TMPDIR")) {
            name = std::string(folder) + "/vectors-asn1-XXXXXX";
        }
        const int file = mkstemp(name.data());
        const std::string_view all = definitions;
        asn1_node out = nullptr;
        char why[ASN1_MAX_ERROR_DESCRIPTION_SIZE] = "the definitions cannot be written";
        const bool well = file >= 0 && write(file, all.data(), all.size()) == static_cast<ssize_t>(all.size()) &&
                          asn1_parser2tree(name.c_str(), &out, why) == ASN1_SUCCESS;
        close(file);
        unlink(name.c_str());
        if (!well) {
            throw std::runtime_error(why);
        }
        return out;
    }();
    return made;
}

struct Element {
    asn1_node node = nullptr;
    Element() = default;
    Element(const Element&) = delete;
    Element& operator=(const Element&) = delete;
    ~Element() { asn1_delete_structure(&node); }

    [[nodiscard]] Octets value() const {
        int size = 0;
        Octets out;
        int result = asn1_read_value(node, "", nullptr, &size);
        if (result == ASN1_MEM_ERROR) {
            out.resize(static_cast<std::size_t>(size));
            result = asn1_read_value(node, "", out.data(), &size);
        }
        if (result != ASN1_SUCCESS) {
            throw Refused(asn1_strerror(result));
        }
        return out;
    }
};

Accepted value(const Case& asked, unsigned flags) {
    std::string name = asked.as;
    std::ranges::replace(name, ' ', '-');
    Element element;
    if (asn1_create_element(tree(), ("Vectors." + name + "Type").c_str(), &element.node) != ASN1_SUCCESS) {
        throw Unknown("no definition of type " + asked.as);
    }
    int size = static_cast<int>(asked.input.size());
    char why[ASN1_MAX_ERROR_DESCRIPTION_SIZE] = "";
    if (const int result = asn1_der_decoding2(&element.node, asked.input.data(), &size, flags, why); result != ASN1_SUCCESS) {
        throw Refused(asn1_strerror(result));
    }
    Accepted out;
    const TypeName type = type_name(asked.as);
    if (type.outer == "SEQUENCE" || type.outer == "SET") {
        int count = 0;
        if (asn1_number_of_elements(element.node, "", &count) == ASN1_SUCCESS) {
            out.fields["value"] = std::to_string(count);
        }
    } else if (asked.as == "OCTET STRING") {
        out.fields["value"] = hex(element.value());
    } else if (asked.as == "BOOLEAN" || asked.as == "OBJECT IDENTIFIER") {
        Octets read = element.value();
        read.pop_back(); // of a text in C
        out.fields["value"] = text(read);
    }
    return out;
}

Accepted certificate(const Case& asked) {
    const Certificate made;
    const gnutls_datum_t der = datum(asked.input);
    needed(gnutls_x509_crt_import(made.value, &der, GNUTLS_X509_FMT_DER));
    return {};
}

Accepted certificate_list(const Case& asked) {
    const CertificateList made;
    const gnutls_datum_t der = datum(asked.input);
    needed(gnutls_x509_crl_import(made.value, &der, GNUTLS_X509_FMT_DER));
    return {};
}

Accepted certification_request(const Case& asked) {
    const Request made;
    const gnutls_datum_t der = datum(asked.input);
    needed(gnutls_x509_crq_import(made.value, &der, GNUTLS_X509_FMT_DER));
    needed(gnutls_x509_crq_verify(made.value, 0));
    Accepted out;
    char password[256];
    std::size_t size = sizeof password;
    if (gnutls_x509_crq_get_challenge_password(made.value, password, &size) == 0) {
        out.fields["challengePassword"] = std::string(password);
    }
    return out;
}

void import(const Pkcs7& into, View octets) {
    const gnutls_datum_t der = datum(octets);
    needed(gnutls_pkcs7_import(into.value, &der, GNUTLS_X509_FMT_DER));
}

Accepted certificates_only(const Case& asked) {
    const Pkcs7 message;
    import(message, asked.input);
    const int signers = gnutls_pkcs7_get_signature_count(message.value);
    needed(signers);
    if (signers > 0) {
        throw Refused("there are signers");
    }
    const int count = gnutls_pkcs7_get_crt_count(message.value);
    needed(count);
    Json certificates = Json::array();
    for (unsigned i = 0; i < static_cast<unsigned>(count); ++i) {
        Datum octets;
        needed(gnutls_pkcs7_get_crt_raw2(message.value, i, &octets.value));
        const Certificate made;
        needed(gnutls_x509_crt_import(made.value, &octets.value, GNUTLS_X509_FMT_DER));
        std::array<unsigned char, 32> digest{};
        needed(gnutls_hash_fast(GNUTLS_DIG_SHA256, octets.value.data, octets.value.size, digest.data()));
        certificates.push_back(hex(digest));
    }
    const int lists = gnutls_pkcs7_get_crl_count(message.value);
    needed(lists);
    for (unsigned i = 0; i < static_cast<unsigned>(lists); ++i) {
        Datum octets;
        needed(gnutls_pkcs7_get_crl_raw2(message.value, i, &octets.value));
        const CertificateList made;
        needed(gnutls_x509_crl_import(made.value, &octets.value, GNUTLS_X509_FMT_DER));
    }
    return {.fields = {{"certificates", certificates}}, .plaintext = {}};
}

struct SignatureInfo {
    gnutls_pkcs7_signature_info_st value{};
    SignatureInfo(gnutls_pkcs7_t message, unsigned at) { needed(gnutls_pkcs7_get_signature_info(message, at, &value)); }
    SignatureInfo(const SignatureInfo&) = delete;
    SignatureInfo& operator=(const SignatureInfo&) = delete;
    ~SignatureInfo() { gnutls_pkcs7_signature_info_deinit(&value); }
};

bool named(const gnutls_pkcs7_signature_info_st& signature, gnutls_x509_crt_t certificate) {
    std::array<unsigned char, 256> octets{};
    std::size_t size = octets.size();
    const auto same = [&](const gnutls_datum_t& with) { return std::ranges::equal(View(octets).first(size), view(with)); };
    if (signature.issuer_keyid.data != nullptr) {
        return gnutls_x509_crt_get_subject_key_id(certificate, octets.data(), &size, nullptr) == 0 && same(signature.issuer_keyid);
    }
    Datum issuer;
    return gnutls_x509_crt_get_serial(certificate, octets.data(), &size) == 0 && same(signature.signer_serial) &&
           gnutls_x509_crt_get_raw_issuer_dn(certificate, &issuer.value) == 0 &&
           std::ranges::equal(view(issuer.value), view(signature.issuer_dn));
}

void verify(const Pkcs7& message, unsigned at) {
    const SignatureInfo signature(message.value, at);
    for (unsigned i = 0;; ++i) {
        Datum octets;
        if (gnutls_pkcs7_get_crt_raw2(message.value, i, &octets.value) < 0) {
            throw Refused("no certificate of the signer");
        }
        const Certificate certificate;
        needed(gnutls_x509_crt_import(certificate.value, &octets.value, GNUTLS_X509_FMT_DER));
        if (named(signature.value, certificate.value)) {
            needed(gnutls_pkcs7_verify_direct(message.value, certificate.value, at, nullptr, 0));
            return;
        }
    }
}

Accepted signed_data(const Case& asked) {
    const Pkcs7 message;
    import(message, asked.input);
    const int signers = gnutls_pkcs7_get_signature_count(message.value);
    needed(signers);
    if (signers == 0) {
        throw Refused("no signers");
    }
    for (unsigned at = 0; at < static_cast<unsigned>(signers); ++at) {
        verify(message, at);
    }
    Accepted out;
    if (const char* type = gnutls_pkcs7_get_embedded_data_oid(message.value)) {
        out.fields["eContentType"] = type;
    }
    if (Datum content; gnutls_pkcs7_get_embedded_data(message.value, 0, &content.value) == 0) {
        out.fields["eContent"] = hex(view(content.value));
    }
    return out;
}

Accepted pki_message(const Case& asked) {
    if (signed_data(asked).fields.value("eContent", "").empty()) {
        return {};
    }
    throw Unknown("the signature holds; GnuTLS opens no EnvelopedData");
}

} // namespace

int main(int argc, char** argv) {
    return serve(argc, argv, std::string("GnuTLS ") + gnutls_check_version(nullptr) + ", libtasn1 " + asn1_check_version(nullptr),
                 {
                     {"DerValue", [](const Case& asked) { return value(asked, ASN1_DECODE_FLAG_STRICT_DER); }},
                     {"BerValue", [](const Case& asked) { return value(asked, 0); }},
                     {"Certificate", certificate},
                     {"CertificateList", certificate_list},
                     {"CertificationRequest", certification_request},
                     {"CertificatesOnly", certificates_only},
                     {"SignedData", signed_data},
                     {"PkiMessage", pki_message},
                 },
                 "GnuTLS opens no EnvelopedData");
}
