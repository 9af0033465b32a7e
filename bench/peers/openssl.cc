#include "openssl.h"

namespace bench::openssl {

void fail() {
    std::array<char, 256> reason{};
    ERR_error_string_n(ERR_peek_last_error(), reason.data(), reason.size());
    give_up(std::string("OpenSSL: ") + reason.data());
}

const Nids& nids() {
    static const Nids made = [] {
        const auto create = [](const char* oid, const char* name) { return OBJ_create(oid, name, name); };
        return Nids{.message_type = create("2.16.840.1.113733.1.9.2", "messageType"),
                    .pki_status = create("2.16.840.1.113733.1.9.3", "pkiStatus"),
                    .fail_info = create("2.16.840.1.113733.1.9.4", "failInfo"),
                    .sender_nonce = create("2.16.840.1.113733.1.9.5", "senderNonce"),
                    .recipient_nonce = create("2.16.840.1.113733.1.9.6", "recipientNonce"),
                    .transaction_id = create("2.16.840.1.113733.1.9.7", "transactionID")};
    }();
    return made;
}

HeldIdentity::HeldIdentity(const bench::Identity& from)
    : certificate(decoded<d2i_X509>(from.certificate)), key(decoded<d2i_AutoPrivateKey>(from.key_der)) {
    X509_check_purpose(certificate.get(), -1, 0); // fills the caches
    needed(X509_get0_pubkey(certificate.get()));
}

const EVP_CIPHER* cipher_of(const Message& message) {
    return message.cipher == scep::botan::ContentCipher::des_ede3_cbc ? EVP_des_ede3_cbc() : EVP_aes_128_cbc();
}

void read_inner(const Message& message, View data, Reading* reading) {
    tell(reading, "messageData", data);
    const auto subject = [&](const X509_NAME* name) {
        benchmark::DoNotOptimize(name);
        if (reading != nullptr) {
            reading->put("inner subject", View(encoded<i2d_X509_NAME>(name)));
        }
    };
    if (message.codes.message_type == "3") {
        const Cms certs_only(decoded<d2i_CMS_ContentInfo>(data));
        const Certificates certificates(needed(CMS_get1_certs(certs_only.get())));
        subject(X509_get_subject_name(sk_X509_value(certificates.get(), 0)));
    } else {
        const Owned<X509_REQ, X509_REQ_free> request(decoded<d2i_X509_REQ>(data));
        subject(X509_REQ_get_subject_name(request.get()));
    }
}

} // namespace bench::openssl
