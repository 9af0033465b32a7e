// The older of OpenSSL's two interfaces, which most SCEP programs in C are written with.
#include "openssl.h"

namespace bench {

using namespace openssl;

namespace {

constexpr int flags = PKCS7_BINARY | PKCS7_NOVERIFY;

PKCS7_SIGNER_INFO* signer_of(PKCS7* message) { return sk_PKCS7_SIGNER_INFO_value(PKCS7_get_signer_info(message), 0); }

View content_of(const PKCS7* message) {
    const PKCS7* content = message->d.sign->contents;
    return content->d.data == nullptr ? View() : view(content->d.data);
}

void read_fields(PKCS7* message, Reading* reading) {
    PKCS7_SIGNER_INFO* signer = signer_of(message);
    const auto attribute = [&](int nid) {
        const ASN1_TYPE* value = PKCS7_get_signed_attribute(signer, nid);
        return value == nullptr ? View() : view(value->value.asn1_string);
    };
    const Octets certificate = octets_if(reading, sk_X509_value(message->d.sign->cert, 0));
    Fields{.message_type = attribute(nids().message_type),
           .pki_status = attribute(nids().pki_status),
           .fail_info = attribute(nids().fail_info),
           .transaction_id = attribute(nids().transaction_id),
           .sender_nonce = attribute(nids().sender_nonce),
           .recipient_nonce = attribute(nids().recipient_nonce),
           .signer_certificate = certificate,
           .content = content_of(message)}
        .tell(reading);
}

struct Held {
    HeldIdentity signer;
    HeldIdentity recipient;
    Certificates signers;
    Owned<X509_STORE, X509_STORE_free> store;

    explicit Held(const Message& message)
        : signer(*message.signer), recipient(*message.recipient), signers(openssl::needed(sk_X509_new_null())), store(X509_STORE_new()) {
        X509_up_ref(signer.certificate.get());
        sk_X509_push(signers.get(), signer.certificate.get());
    }
};

void verify(PKCS7* message, const Held& held, bool held_key, Reading* reading) {
    tell_valid(reading, PKCS7_verify(message, held_key ? held.signers.get() : nullptr, held.store.get(), nullptr, nullptr,
                                     flags | (held_key ? PKCS7_NOINTERN : 0)) == 1);
}

Octets built(const Message& message, const Held& held) {
    const Certificates recipients(openssl::needed(sk_X509_new_null()));
    X509_up_ref(held.recipient.certificate.get());
    sk_X509_push(recipients.get(), held.recipient.certificate.get());
    const Pkcs7 enveloped(
        openssl::needed(PKCS7_encrypt(recipients.get(), memory_of(*message.data).get(), cipher_of(message), PKCS7_BINARY)));
    const Octets envelope = encoded<i2d_PKCS7>(enveloped.get());
    const Bio content = memory_of(envelope);
    const Pkcs7 out(openssl::needed(PKCS7_sign(nullptr, nullptr, nullptr, nullptr, PKCS7_BINARY | PKCS7_PARTIAL)));
    PKCS7_SIGNER_INFO* signer = openssl::needed(PKCS7_sign_add_signer(out.get(), held.signer.certificate.get(), held.signer.key.get(),
                                                                      EVP_sha256(), PKCS7_BINARY | PKCS7_NOSMIMECAP));
    add_attributes(message, [&](int nid, int type, View value) {
        ASN1_STRING* string = openssl::needed(ASN1_STRING_type_new(type));
        ASN1_STRING_set(string, value.data(), static_cast<int>(value.size()));
        openssl::needed(PKCS7_add_signed_attribute(signer, nid, type, string));
    });
    openssl::needed(PKCS7_final(out.get(), content.get(), PKCS7_BINARY));
    return encoded<i2d_PKCS7>(out.get());
}

void enter(Suite& suite, const Message& message, bool build) {
    suite.contend("parse " + message.name, column::openssl_pkcs7,
                  [&message](Reading* reading) { read_fields(Pkcs7(decoded<d2i_PKCS7>(message.octets)).get(), reading); });
    if (!message.data) {
        return;
    }
    const auto held = std::make_shared<Held>(message);
    if (build) {
        suite.contend("build " + message.name, column::openssl_pkcs7, [&message, held](Reading* reading) {
            const Octets octets = built(message, *held);
            benchmark::DoNotOptimize(octets.data());
            if (reading != nullptr) {
                read_built(octets, message, *reading);
            }
        });
    }
    if (!message.opened_too()) {
        return;
    }
    for (const bool held_key : {false, true}) {
        suite.contend("verify " + message.name + (held_key ? ", held key" : ""), column::openssl_pkcs7,
                      [&message, held, held_key](Reading* reading) {
                          const Pkcs7 decoded_message(decoded<d2i_PKCS7>(message.octets));
                          verify(decoded_message.get(), *held, held_key, reading);
                          read_fields(decoded_message.get(), reading);
                      });
    }
    suite.contend("open " + message.name, column::openssl_pkcs7, [&message, held](Reading* reading) {
        const Pkcs7 decoded_message(decoded<d2i_PKCS7>(message.octets));
        verify(decoded_message.get(), *held, true, reading);
        read_fields(decoded_message.get(), reading);
        const Pkcs7 envelope(decoded<d2i_PKCS7>(content_of(decoded_message.get())));
        const Bio out(openssl::needed(BIO_new(BIO_s_mem())));
        openssl::needed(
            PKCS7_decrypt(envelope.get(), held->recipient.key.get(), held->recipient.certificate.get(), out.get(), PKCS7_BINARY));
        read_inner(message, memory(out.get()), reading);
    });
}

} // namespace

void enter_openssl_pkcs7(Suite& suite, const Messages& messages) {
    for (const Message& message : messages.each_type) {
        enter(suite, message, true);
    }
    for (const Message& message : messages.twins) {
        enter(suite, message, false);
    }
    for (std::size_t i = 0; i < messages.chains.size(); ++i) {
        const View octets = messages.certs_only[i];
        suite.contend("certificates-only, " + std::to_string(messages.chains[i].size()), column::openssl_pkcs7, [octets](Reading* reading) {
            const Pkcs7 message(decoded<d2i_PKCS7>(octets));
            const STACK_OF(X509)* certificates = message->d.sign->cert;
            const int found = sk_X509_num(certificates);
            tell(reading, "first", View(octets_if(reading, sk_X509_value(certificates, 0))));
            tell(reading, "last", View(octets_if(reading, sk_X509_value(certificates, found - 1))));
            tell(reading, "certificates", static_cast<std::size_t>(found));
        });
    }
}

} // namespace bench
