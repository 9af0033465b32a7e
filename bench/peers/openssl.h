// What both OpenSSL contenders share.
#pragma once

#include "owned.h"
#include "peers.h"

#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/pkcs7.h>
#include <openssl/x509.h>

#include <array>
#include <memory>
#include <tuple>

namespace bench::openssl {

inline void free_certificates(STACK_OF(X509) * list) { sk_X509_pop_free(list, X509_free); }
inline void free_octets(unsigned char* octets) { OPENSSL_free(octets); }

using Bio = Owned<BIO, BIO_free_all>;
using Certificate = Owned<X509, X509_free>;
using Key = Owned<EVP_PKEY, EVP_PKEY_free>;
using Certificates = Owned<STACK_OF(X509), free_certificates>;
using Cms = Owned<CMS_ContentInfo, CMS_ContentInfo_free>;
using Pkcs7 = Owned<PKCS7, PKCS7_free>;

// Gives up with OpenSSL's own reason.
[[noreturn]] void fail();
template <class T>
T* needed(T* object) {
    if (object == nullptr) {
        fail();
    }
    return object;
}
inline void needed(int success) {
    if (success <= 0) {
        fail();
    }
}

template <auto i2d, class T>
Octets encoded(const T* object) {
    unsigned char* der = nullptr;
    const int size = i2d(object, &der);
    if (size < 0) {
        fail();
    }
    const Owned<unsigned char, free_octets> owner(der);
    return {der, der + size};
}
template <auto d2i>
auto decoded(View octets) {
    const unsigned char* at = octets.data();
    return needed(d2i(nullptr, &at, static_cast<long>(octets.size())));
}

inline View view(const ASN1_STRING* string) {
    return {ASN1_STRING_get0_data(string), static_cast<std::size_t>(ASN1_STRING_length(string))};
}
inline View memory(BIO* bio) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return {reinterpret_cast<const unsigned char*>(data), static_cast<std::size_t>(size)};
}
inline Bio memory_of(View octets) {
    // No octets are no null pointer to OpenSSL.
    return Bio(needed(BIO_new_mem_buf(octets.empty() ? static_cast<const void*>("") : octets.data(), static_cast<int>(octets.size()))));
}

// The attributes of SCEP, registered once; in the order of the RFC's section 3.2.1.
struct Nids {
    int message_type, pki_status, fail_info, sender_nonce, recipient_nonce, transaction_id;
};
const Nids& nids();

// A key and certificate that are held, parsed and with their caches filled.
struct HeldIdentity {
    Certificate certificate;
    Key key;

    explicit HeldIdentity(const bench::Identity& from);
};

// The transaction attributes of a message, as they are added when one is signed.
template <class Add>
void add_attributes(const Message& message, Add&& add) {
    const auto text = [](const std::string& from) { return View(reinterpret_cast<const unsigned char*>(from.data()), from.size()); };
    const std::array all{std::tuple{nids().transaction_id, V_ASN1_PRINTABLESTRING, text(message.transaction.transaction_id)},
                         std::tuple{nids().message_type, V_ASN1_PRINTABLESTRING, text(message.codes.message_type)},
                         std::tuple{nids().pki_status, V_ASN1_PRINTABLESTRING, text(message.codes.pki_status)},
                         std::tuple{nids().fail_info, V_ASN1_PRINTABLESTRING, text(message.codes.fail_info)},
                         std::tuple{nids().sender_nonce, V_ASN1_OCTET_STRING, View(message.transaction.sender_nonce)},
                         std::tuple{nids().recipient_nonce, V_ASN1_OCTET_STRING, View(message.transaction.recipient_nonce)}};
    for (const auto& [nid, type, value] : all) {
        if (!value.empty()) {
            add(nid, type, value);
        }
    }
}

const EVP_CIPHER* cipher_of(const Message& message);

// The subject inside of a messageData, which is read whole.
void read_inner(const Message& message, View data, Reading* reading);

// Encoded only where it is looked at: a peer that has parsed a certificate has done its work.
inline Octets octets_if(Reading* reading, const X509* certificate) {
    benchmark::DoNotOptimize(certificate);
    return reading == nullptr ? Octets() : encoded<i2d_X509>(certificate);
}

} // namespace bench::openssl
