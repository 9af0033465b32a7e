#include "openssl.h"

#include <scepcodec/botan/decrypt.h>
#include <scepcodec/botan/encrypt.h>
#include <scepcodec/der/writer.h>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <array>

using namespace bridgetest;
using namespace scep;
using botan::ContentCipher;
using botan::Digest;
using botan::IdentifierForm;
using botan::KeyTransport;

namespace {

struct Cipher {
    ContentCipher cipher;
    const char* openssl_name;
};
std::ostream& operator<<(std::ostream& out, const Cipher& row) { return out << row.openssl_name; }
const std::array ciphers{
    Cipher{ContentCipher::des_cbc, "des-cbc"},        Cipher{ContentCipher::des_ede3_cbc, "des-ede3-cbc"},
    Cipher{ContentCipher::aes128_CBC, "aes-128-cbc"}, Cipher{ContentCipher::aes192_CBC, "aes-192-cbc"},
    Cipher{ContentCipher::aes256_CBC, "aes-256-cbc"},
};

struct Form {
    const char* key;
    botan::KeyTransportOptions options;
    const char* openssl_name;
    int version;
};
std::ostream& operator<<(std::ostream& out, const Form& row) {
    return out << row.key << " " << row.openssl_name << " " << static_cast<int>(row.options.oaep_digest) << " v" << row.version;
}
const std::array forms{
    Form{"rsa:2048", {KeyTransport::rsaEncryption, Digest::sha1, IdentifierForm::issuerAndSerialNumber}, "rsaEncryption", 0},
    Form{"rsa:2048", {KeyTransport::rsaEncryption, Digest::sha1, IdentifierForm::subjectKeyIdentifier}, "rsaEncryption", 2},
    Form{"rsa:2048", {KeyTransport::id_RSAES_OAEP, Digest::sha1, IdentifierForm::issuerAndSerialNumber}, "rsaesOaep", 0},
    Form{"rsa:2048", {KeyTransport::id_RSAES_OAEP, Digest::sha256, IdentifierForm::subjectKeyIdentifier}, "rsaesOaep", 2},
    Form{"rsa:2048", {KeyTransport::id_RSAES_OAEP, Digest::sha512, IdentifierForm::issuerAndSerialNumber}, "rsaesOaep", 0},
    Form{"rsa:512", {KeyTransport::rsaEncryption, Digest::sha1, IdentifierForm::issuerAndSerialNumber}, "rsaEncryption", 0},
    Form{"rsa:1023", {KeyTransport::id_RSAES_OAEP, Digest::sha1, IdentifierForm::issuerAndSerialNumber}, "rsaesOaep", 0},
    Form{"rsa:4096", {KeyTransport::rsaEncryption, Digest::sha1, IdentifierForm::issuerAndSerialNumber}, "rsaEncryption", 0},
};

// A SEQUENCE that ends in the given number of octets, to meet every length of padding.
Octets content(std::size_t size) {
    return der::encode([&](der::Writer& w) { w.sequence([&] { w.octet_string(Octets(size, 0x08)); }); });
}

Octets opened_by_us(OctetsView envelope, const auto& secret, Sources& sources) {
    const auto decoded = need(cms::EnvelopedData::decode_content_info(need(sources.add_view(envelope))));
    const der::Input plaintext = need(botan::decrypt(decoded, secret, sources, &botan::is_one_sequence));
    return {plaintext.begin(), plaintext.end()};
}

} // namespace

BOOST_AUTO_TEST_SUITE(encrypt)

BOOST_DATA_TEST_CASE(openssl_opens_each_cipher_and_recipient, boost::unit_test::data::make(ciphers) * forms, cipher, form) {
    const Identity& recipient = identity(form.key);
    botan::Random random;
    const auto to = need(botan::Recipient::key_transport(recipient.decoded(), form.options));
    const Octets plain = content(37);
    const Octets envelope = need(botan::encrypt(plain, to, cipher.cipher, random));
    BOOST_TEST(decrypted_by_openssl(envelope, recipient) == plain, boost::test_tools::per_element());
    Sources sources;
    BOOST_TEST(opened_by_us(envelope, recipient.key(), sources) == plain, boost::test_tools::per_element());
    const std::string listing = openssl_ok({"cms", "-cmsout", "-print", "-inform", "DER", "-in", file(envelope)});
    BOOST_TEST(listing.find(std::string("algorithm: ") + cipher.openssl_name) != std::string::npos, listing);
    BOOST_TEST(listing.find(std::string("algorithm: ") + form.openssl_name) != std::string::npos, listing);
    const auto decoded = need(cms::EnvelopedData::decode_content_info(der::Input(envelope)));
    BOOST_TEST(decoded.version.equals(form.version));
    BOOST_TEST(decoded.computed_version() == form.version);
}

struct Password {
    Digest prf;
    std::optional<ContentCipher> key_cipher;
};
std::ostream& operator<<(std::ostream& out, const Password& row) {
    return out << static_cast<int>(row.prf) << " " << row.key_cipher.has_value();
}
const std::array passwords{
    Password{Digest::sha1, std::nullopt},
    Password{Digest::sha224, std::nullopt},
    Password{Digest::sha256, ContentCipher::des_ede3_cbc},
    Password{Digest::sha384, std::nullopt},
    Password{Digest::sha512, ContentCipher::aes256_CBC},
};

BOOST_DATA_TEST_CASE(openssl_opens_each_cipher_and_password, boost::unit_test::data::make(ciphers) * passwords, cipher, row) {
    botan::Random random;
    const auto to = need(botan::Recipient::password("pass word", {.prf = row.prf, .iterations = 1000, .key_cipher = row.key_cipher}));
    const Octets plain = content(100);
    const Octets envelope = need(botan::encrypt(plain, to, cipher.cipher, random));
    const std::string out =
        openssl_ok({"cms", "-decrypt", "-binary", "-inform", "DER", "-in", file(envelope), "-pwri_password", "pass word"});
    BOOST_TEST(octets(out) == plain, boost::test_tools::per_element());
    Sources sources;
    BOOST_TEST(opened_by_us(envelope, std::string_view("pass word"), sources) == plain, boost::test_tools::per_element());
    BOOST_TEST(need(cms::EnvelopedData::decode_content_info(der::Input(envelope))).version.equals(3));
}

BOOST_DATA_TEST_CASE(every_length_of_padding_is_right, boost::unit_test::data::xrange(17)) {
    const Identity& recipient = identity("rsa:2048");
    botan::Random random;
    const auto to = need(botan::Recipient::key_transport(recipient.decoded()));
    const Octets plain = content(static_cast<std::size_t>(sample));
    const Octets envelope = need(botan::encrypt(plain, to, ContentCipher::aes128_CBC, random));
    BOOST_TEST(decrypted_by_openssl(envelope, recipient) == plain, boost::test_tools::per_element());
    Sources sources;
    BOOST_TEST(opened_by_us(envelope, recipient.key(), sources) == plain, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(each_of_several_recipients_opens_it) {
    const Identity& first = identity("rsa:2048");
    const Identity& second = identity("rsa:2048", 1);
    botan::Random random;
    const std::vector recipients{need(botan::Recipient::key_transport(first.decoded())),
                                 need(botan::Recipient::key_transport(second.decoded())),
                                 need(botan::Recipient::password("secret", {.iterations = 1000}))};
    const Octets plain = content(5);
    const Octets envelope = need(botan::encrypt(plain, recipients, ContentCipher::aes256_CBC, random));
    for (const Identity* recipient : {&first, &second}) {
        BOOST_TEST(decrypted_by_openssl(envelope, *recipient) == plain, boost::test_tools::per_element());
        Sources sources;
        BOOST_TEST(opened_by_us(envelope, recipient->key(), sources) == plain, boost::test_tools::per_element());
    }
    Sources sources;
    BOOST_TEST(opened_by_us(envelope, std::string_view("secret"), sources) == plain, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(keys_and_vectors_are_new_each_time_and_repeat_from_a_seed) {
    const auto to = need(botan::Recipient::key_transport(identity("rsa:2048").decoded()));
    botan::Random random;
    const Octets plain = content(5);
    BOOST_TEST(need(botan::encrypt(plain, to, ContentCipher::aes128_CBC, random)) !=
               need(botan::encrypt(plain, to, ContentCipher::aes128_CBC, random)));
    const auto seeded = [&](std::string_view seed) {
        auto repeatable = botan::Random::deterministic(view(seed));
        return need(botan::encrypt(plain, to, ContentCipher::aes128_CBC, repeatable));
    };
    BOOST_TEST(seeded("a") == seeded("a"), boost::test_tools::per_element());
    BOOST_TEST(seeded("a") != seeded("b"));
}

BOOST_AUTO_TEST_CASE(recipients_that_cannot_be_are_refused) {
    const auto code = [](const auto& result) { return result ? std::string_view("none") : name(result.error().code); };
    BOOST_TEST(code(botan::Recipient::key_transport(identity("ec:P-256").decoded())) == name(ErrorCode::unsupported_algorithm));
    BOOST_TEST(code(botan::Recipient::password("x", {.prf = Digest::md5})) == name(ErrorCode::unsupported_algorithm));
    BOOST_TEST(code(botan::Recipient::password("x", {.iterations = 0})) == name(ErrorCode::invalid_parameters));
    BOOST_TEST(code(botan::Recipient::password("x", {.iterations = 10'000'001})) == name(ErrorCode::invalid_parameters));
    botan::Random random;
    const auto small = need(botan::Recipient::key_transport(identity("rsa:512").decoded(), {KeyTransport::id_RSAES_OAEP, Digest::sha256}));
    BOOST_TEST(code(botan::encrypt(view("x"), small, ContentCipher::aes256_CBC, random)) == name(ErrorCode::invalid_key));
}

BOOST_AUTO_TEST_SUITE_END()
