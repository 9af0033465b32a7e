#pragma once

#include <vectors/generate/cms/cases.h>
#include <vectors/generate/cms/material.h>

// The cases of enveloped-data by topic.
namespace sceplab::vectors {

// For the RSA key of 2048 bits.
void enveloped_choices(Cases& cases);    // algorithms, identifiers, sizes, BER
void enveloped_fields(Cases& cases);     // one field changed
void enveloped_content(Cases& cases);    // what is encrypted: padding, length, IV, cipher
void enveloped_keys(Cases& cases);       // the content key: PKCS#1 v1.5, OAEP
void enveloped_recipients(Cases& cases); // which, how many, of which form; what else is in the message
// For other keys, and for a password.
void enveloped_for(Cases& cases, const Party& recipient, const char* name);
void enveloped_passwords(Cases& cases);

inline constexpr std::string_view envelope_password = "cXVpdGUgZW50cm9waWMgc2VjcmV0";

// An EnvelopedData in pieces, each encoded; as it should be until one is exchanged.
struct EnvelopePieces {
    Octets content_type = encoded(scep::der::oid("1.2.840.113549.1.7.3"));
    Octets version = integer(0);
    Octets originator_info = {};
    std::vector<Octets> recipients = {}; // ours, where there is none
    Octets encrypted_type = encoded(scep::der::oid("1.2.840.113549.1.7.1"));
    Octets iv = {};
    std::string mode = "AES-128/CBC/NoPadding";
    Octets key = {};           // 16 octets at random
    Octets key_algorithm = {}; // rsaEncryption
    std::string key_padding = "PKCS1v15";
    std::optional<Octets> encrypted_key = {};     // else the key by key_padding
    std::optional<Octets> algorithm = {};         // else AES-128 with the IV
    Octets padded = {};                           // plaintext(), padded
    std::optional<Octets> ciphertext = {};        // else `padded` by `mode`
    std::optional<Octets> encrypted_content = {}; // the whole field; else [0] and the ciphertext
    Octets unprotected_attributes = {};

    EnvelopePieces();
    [[nodiscard]] Octets recipient() const;
    [[nodiscard]] Octets octets() const;
};
[[nodiscard]] Octets padded(const Octets& content, std::size_t block = 16);
[[nodiscard]] std::function<Octets()> envelope_with(const std::function<void(EnvelopePieces&)>& change);
[[nodiscard]] Octets recipient_identifier(const Party& party);
[[nodiscard]] Octets key_transport_info(const Octets& version, const Octets& rid, const Octets& algorithm, const Octets& encrypted_key);

[[nodiscard]] Json envelope_fields(std::string_view key_algorithm = "1.2.840.113549.1.1.1",
                                   std::string_view cipher = "2.16.840.1.101.3.4.1.2", std::string_view recipient = "ktri");
// Fields and plaintext of a case that may be accepted.
void opens(Case& which, const Json& fields = envelope_fields(), const Octets& content = plaintext());

} // namespace sceplab::vectors
