#pragma once

#include "../contender.h"
#include "../messages.h"

#include <benchmark/benchmark.h>

namespace bench {

// Each peer enters the cases it can do. Nothing that a message does not change is made anew: keys, stores and name tables are held.
void enter_ours(Suite& suite, const Messages& messages);
void enter_floor(Suite& suite, const Messages& messages);
void enter_botan(Suite& suite, const Messages& messages);
void enter_openssl_cms(Suite& suite, const Messages& messages);
void enter_openssl_pkcs7(Suite& suite, const Messages& messages);
void enter_gnutls(Suite& suite, const Messages& messages);
void enter_nss(Suite& suite, const Messages& messages);
void enter_ksba(Suite& suite, const Messages& messages);

// Reads a message that a contender built, with OpenSSL, as Message::built() tells it.
void read_built(View octets, const Message& made_of, Reading& reading);

// A query value without its percent escapes, for peers that know base64 alone.
[[nodiscard]] Octets unescaped(std::string_view value);

// The fields of a pkiMessage as views; empty where there is none.
struct Fields {
    View message_type;
    View pki_status;
    View fail_info;
    View transaction_id;
    View sender_nonce;
    View recipient_nonce;
    View signer_certificate;
    View content;

    void tell(Reading* reading) const {
        benchmark::DoNotOptimize(*this);
        if (reading == nullptr) {
            return;
        }
        const auto put = [&](const char* field, View value) {
            if (!value.empty()) {
                reading->put(field, value);
            }
        };
        put("messageType", message_type);
        put("pkiStatus", pki_status);
        put("failInfo", fail_info);
        put("transactionID", transaction_id);
        put("senderNonce", sender_nonce);
        put("recipientNonce", recipient_nonce);
        put("signer certificate", signer_certificate);
        put("content", content);
    }
};

inline void tell(Reading* reading, const char* field, View value) {
    benchmark::DoNotOptimize(value);
    if (reading != nullptr) {
        reading->put(field, value);
    }
}
inline void tell(Reading* reading, const char* field, std::size_t value) {
    benchmark::DoNotOptimize(value);
    if (reading != nullptr) {
        reading->put(field, value);
    }
}
inline void tell_valid(Reading* reading, bool valid) {
    if (!valid) {
        give_up("a valid signature was found invalid");
    }
    if (reading != nullptr) {
        reading->put("signature", std::string_view("valid"));
    }
}

} // namespace bench
