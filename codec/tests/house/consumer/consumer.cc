#include <scepcodec/scep/build.h>
#include <scepcodec/scep/pki_message.h>

#ifdef WITH_BOTAN
#include <scepcodec/botan/keys.h>
#endif

#include <iostream>

// Prints what the octets of a pkiMessage say, or why they do not decode.
static void tell(std::span<const std::uint8_t> octets) {
    const auto message = scep::PkiMessage::decode(scep::der::Input(octets));
    if (message) {
        std::cout << message->attributes.message_type->to_string() << ' ' << message->attributes.pki_status->to_string() << '\n';
    } else {
        std::cout << message.error().to_string() << '\n';
    }
}

int main() {
    auto builder = scep::build::cert_rep_pending({.transaction_id = "1"});
    const std::uint8_t octet = 1;
    builder.sid = scep::cms::encode_subject_key_identifier({&octet, 1});
    builder.digest_algorithm = scep::cms::encode_algorithm(scep::der::oid("2.16.840.1.101.3.4.2.1"));
    builder.signature_algorithm = scep::cms::encode_algorithm(scep::der::oid("1.2.840.113549.1.1.1"), scep::cms::Parameters::null);
    tell(builder.finish({&octet, 1}));

    const std::uint8_t no_message[] = {0x30, 0x03, 0x04, 0x01, 0x00};
    tell(no_message);

#ifdef WITH_BOTAN
    const auto key = scep::botan::PrivateKey::load(no_message);
    std::cout << (key ? "a key" : name(key.error().code)) << '\n';
#endif
}
