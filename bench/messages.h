#pragma once

#include "contender.h"

#include <scepcodec/botan/algorithm.h>
#include <scepcodec/botan/keys.h>
#include <scepcodec/scep/build.h>

#include <memory>
#include <optional>

namespace bench {

template <class T>
T needed(scep::Result<T> result, const char* what) {
    if (!result) {
        give_up(std::string(what) + ": " + result.error().to_string());
    }
    return std::move(*result);
}

struct Identity {
    Octets key_der; // PKCS#8
    Octets certificate;
    Octets subject; // Name
    scep::botan::PrivateKey key;
};

// A pkiMessage and all that it was made of.
struct Message {
    std::string name = {};
    scep::build::Transaction transaction = {};
    scep::build::Codes codes = {};
    std::optional<Octets> data = {}; // messageData, in the clear
    Octets inner_subject = {};       // of the CertificationRequest, or of the first certificate in a CertRep
    scep::botan::ContentCipher cipher = scep::botan::ContentCipher::aes128_CBC;
    const Identity* signer = nullptr;
    const Identity* recipient = nullptr;
    Octets octets = {};
    Octets envelope = {};
    Octets signed_attrs = {}; // what the signature covers
    Octets signature = {};

    // Whether it is verified and opened too, or only parsed and built.
    [[nodiscard]] bool opened_too() const { return name.starts_with("PKCSReq") || name == "CertRep SUCCESS"; }
    [[nodiscard]] bool in_ber() const { return name.ends_with("BER"); }
    // What each kind of work reads.
    [[nodiscard]] Reading parsed() const;
    [[nodiscard]] Reading verified() const;
    [[nodiscard]] Reading opened() const;
    [[nodiscard]] Reading built() const;
};

struct RevocationList {
    std::string size; // "10 kB"
    Octets octets = {};
    std::size_t revoked = 0;
};

// Everything that is measured, made in memory. The keys and nonces are the same in every run.
struct Messages {
    Identity authority;
    Identity client;
    std::deque<Message> each_type;          // one of every message type, in DER, AES-128-CBC, SHA-256
    std::deque<Message> twins;              // of the PKCSReq: 3DES, BER
    Octets ber_request;                     // the first of each_type: its octets in BER
    std::deque<std::vector<Octets>> chains; // 1, 3 and 100 certificates
    std::deque<Octets> certs_only;          // of the same
    std::deque<RevocationList> lists;
    std::deque<Message> bulk; // a CertRep for each of the lists
    std::string get_message;  // the PKCSReq as the value of message= in a GET
};
[[nodiscard]] std::unique_ptr<Messages> make_messages();

// One pass over every TLV header, nothing else: the least that a check of the framing can cost. DER that was made here; checks no bounds.
[[nodiscard]] std::size_t count_tlvs(View der);

} // namespace bench
