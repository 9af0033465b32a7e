#include "openssl.h"

#include <scepcodec/botan/keys.h>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <functional>

using namespace bridgetest;
using namespace scep;

namespace {

using Made = std::function<std::string(const std::string& key_file)>;

struct Form {
    const char* what;
    const char* key;
    const char* password;
    Made make;
};
std::ostream& operator<<(std::ostream& out, const Form& row) { return out << row.what << " " << row.key; }

Made with(std::vector<std::string> arguments) {
    return [arguments](const std::string& key_file) {
        std::vector<std::string> all = arguments;
        all.insert(all.begin() + 1, {"-in", key_file});
        return openssl_ok(all);
    };
}

const std::vector<Form> forms{
    {"PKCS#8 PEM", "rsa:2048", "", with({"pkcs8", "-topk8", "-nocrypt"})},
    {"PKCS#8 DER", "rsa:2048", "", with({"pkcs8", "-topk8", "-nocrypt", "-outform", "DER"})},
    {"PKCS#8 PEM", "ec:P-384", "", with({"pkcs8", "-topk8", "-nocrypt"})},
    {"PKCS#8 DER", "ec:P-256", "", with({"pkcs8", "-topk8", "-nocrypt", "-outform", "DER"})},
    {"encrypted PEM, AES-256", "rsa:2048", "pass", with({"pkcs8", "-topk8", "-v2", "aes-256-cbc", "-passout", "pass:pass"})},
    {"encrypted DER, AES-128, SHA-1", "ec:P-256", "pass",
     with({"pkcs8", "-topk8", "-v2", "aes-128-cbc", "-v2prf", "hmacWithSHA1", "-passout", "pass:pass", "-outform", "DER"})},
    {"encrypted PEM, 3DES", "rsa:2048", "pass", with({"pkcs8", "-topk8", "-v2", "des3", "-passout", "pass:pass"})},
    {"RSAPrivateKey PEM", "rsa:2048", "", with({"rsa", "-traditional"})},
    {"RSAPrivateKey DER", "rsa:2048", "", with({"rsa", "-traditional", "-outform", "DER"})},
    {"RSAPrivateKey PEM", "rsa:512", "", with({"rsa", "-traditional"})},
    {"encrypted RSAPrivateKey, DES", "rsa:2048", "pass", with({"rsa", "-traditional", "-des", "-passout", "pass:pass"})},
    {"encrypted RSAPrivateKey, 3DES", "rsa:2048", "pass", with({"rsa", "-traditional", "-des3", "-passout", "pass:pass"})},
    {"encrypted RSAPrivateKey, AES-192", "rsa:2048", "pass", with({"rsa", "-traditional", "-aes192", "-passout", "pass:pass"})},
    {"encrypted ECPrivateKey, AES-256", "ec:P-256", "pass", with({"ec", "-aes256", "-passout", "pass:pass"})},
    {"ECPrivateKey PEM", "ec:P-256", "", with({"ec"})},
    {"ECPrivateKey DER", "ec:P-521", "", with({"ec", "-outform", "DER"})},
    {"EC PARAMETERS before the key", "ec:P-256", "",
     [](const std::string& key_file) {
         return openssl_ok({"ecparam", "-name", "prime256v1"}) + openssl_ok({"ec", "-in", key_file});
     }},
    {"text and a certificate before the key", "rsa:2048", "",
     [](const std::string& key_file) {
         const auto certificate = sceptest::read_file(identity("rsa:2048", 1).certificate_file);
         return "Bag Attributes\n" + std::string(certificate.begin(), certificate.end()) + "Key Attributes\n" +
                openssl_ok({"pkcs8", "-topk8", "-nocrypt", "-in", key_file});
     }},
    {"CRLF", "rsa:2048", "",
     [](const std::string& key_file) {
         std::string out;
         for (const char c : openssl_ok({"pkcs8", "-topk8", "-nocrypt", "-in", key_file})) {
             out += c == '\n' ? "\r\n" : std::string(1, c);
         }
         return out;
     }},
};

std::string outcome(OctetsView octets, std::string_view password = {}) {
    const auto key = botan::PrivateKey::load(octets, password);
    return key ? key->algorithm() : std::string(name(key.error().code));
}

} // namespace

BOOST_AUTO_TEST_SUITE(keys)

BOOST_DATA_TEST_CASE(each_form_is_read_and_is_the_key, forms) {
    const Identity& owner = identity(sample.key);
    const auto key = need(botan::PrivateKey::load(view(sample.make(owner.key_file)), sample.password));
    const auto info = owner.decoded().subject_public_key_info.whole;
    BOOST_TEST(info.same_octets(key.public_key_info()));
    const bool rsa = std::string_view(sample.key).starts_with("rsa");
    BOOST_TEST(key.algorithm() == (rsa ? "RSA" : "ECDSA"));
    BOOST_TEST(key.modulus_octets() == (rsa ? std::stoul(std::string(sample.key + 4)) / 8 : 0U));
}

BOOST_DATA_TEST_CASE(each_form_cut_anywhere_is_an_error, forms) {
    const std::string whole = sample.make(identity(sample.key).key_file);
    const bool pem = whole.find("-----END") != std::string::npos;
    // PEM without its last newline is whole.
    const std::size_t end = pem ? whole.rfind("-----END") : whole.size();
    const std::size_t step = pem ? 7 : 1;
    for (std::size_t size = 0; size < end; size += step) {
        const std::string result = outcome(view(whole).first(size), sample.password);
        if (result == "RSA" || result == "ECDSA") {
            BOOST_ERROR(size << " octets of " << whole.size() << " are read as a key");
        }
    }
}

BOOST_AUTO_TEST_CASE(a_wrong_password_is_an_invalid_key) {
    const std::string encrypted = with({"pkcs8", "-topk8", "-v2", "aes-256-cbc", "-passout", "pass:pass"})(identity("rsa:2048").key_file);
    BOOST_TEST(outcome(view(encrypted), "pass") == "RSA");
    BOOST_TEST(outcome(view(encrypted), "past") == "invalid_key");
    BOOST_TEST(outcome(view(encrypted)) == "invalid_key");
    const std::string traditional = with({"rsa", "-traditional", "-aes128", "-passout", "pass:pass"})(identity("rsa:2048").key_file);
    BOOST_TEST(outcome(view(traditional), "pass") == "RSA");
    BOOST_TEST(outcome(view(traditional), "past") == "invalid_key");
    BOOST_TEST(outcome(view(traditional)) == "invalid_key");
}

BOOST_AUTO_TEST_CASE(what_is_no_private_key_is_invalid) {
    const Identity& owner = identity("rsa:2048");
    BOOST_TEST(outcome({}) == "invalid_key");
    BOOST_TEST(outcome(view("garbage")) == "invalid_key");
    BOOST_TEST(outcome(view("-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n")) == "invalid_key");
    BOOST_TEST(outcome(view("-----BEGIN PRIVATE KEY-----\n!!!!\n-----END PRIVATE KEY-----\n")) == "invalid_key");
    BOOST_TEST(outcome(Octets(1000, 0)) == "invalid_key");
    BOOST_TEST(outcome(Octets(1000, 0x30)) == "invalid_key");
    BOOST_TEST(outcome(owner.certificate) == "invalid_key");
    BOOST_TEST(outcome(sceptest::read_file(owner.certificate_file)) == "invalid_key");
    for (const char* form : {"PEM", "DER"}) {
        BOOST_TEST(outcome(view(openssl_ok({"pkey", "-in", owner.key_file, "-pubout", "-outform", form}))) == "invalid_key");
    }
}

BOOST_AUTO_TEST_CASE(keys_that_cannot_be_used_here_are_unsupported) {
    const Identity& owner = identity("rsa:2048");
    BOOST_TEST(outcome(view(openssl_ok({"rsa", "-in", owner.key_file, "-traditional", "-camellia128", "-passout", "pass:pass"})), "pass") ==
               "unsupported_algorithm");
    BOOST_TEST(outcome(view(openssl_ok({"genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:secp224r1"}))) ==
               "unsupported_algorithm");
    BOOST_TEST(outcome(view(openssl_ok({"pkcs8", "-topk8", "-v1", "PBE-SHA1-3DES", "-passout", "pass:pass", "-in", owner.key_file})),
                       "pass") == "unsupported_algorithm");
    BOOST_TEST(outcome(view(openssl_ok({"genpkey", "-algorithm", "ED448"}))) == "unsupported_algorithm");
}

BOOST_AUTO_TEST_CASE(public_keys_tell_their_kind) {
    const auto kind = [](const char* of) {
        const auto key = need(botan::PublicKey::load(identity(of).decoded().subject_public_key_info));
        return key.algorithm() + " " + std::to_string(key.bits());
    };
    BOOST_TEST(kind("rsa:2048") == "RSA 2048");
    BOOST_TEST(kind("rsa:512") == "RSA 512");
    BOOST_TEST(kind("ec:P-384") == "ECDSA 384");
    BOOST_TEST(kind("ed25519") == "Ed25519 255");
}

BOOST_AUTO_TEST_CASE(a_public_key_that_is_none_is_an_error) {
    const auto whole = identity("rsa:2048").decoded().subject_public_key_info.whole;
    const auto outcome_of = [](OctetsView octets) {
        const auto info = need(x509::SubjectPublicKeyInfo::decode(der::Input(octets)));
        const auto key = botan::PublicKey::load(info);
        return key ? key->algorithm() : std::string(name(key.error().code));
    };
    Octets changed(whole.begin(), whole.end());
    // rsaEncryption becomes an algorithm nobody knows; then its BIT STRING holds no RSAPublicKey.
    changed[14] = 0x7f;
    BOOST_TEST(outcome_of(changed) == "unsupported_algorithm");
    changed.assign(whole.begin(), whole.end());
    changed[24] = 0x04;
    BOOST_TEST(outcome_of(changed) == "invalid_key");
}

BOOST_AUTO_TEST_CASE(the_content_key_is_decrypted_or_random) {
    const auto key = identity("rsa:2048").key();
    const auto decrypt = [&](const Octets& octets, const char* padding) { return key.decrypt_key(octets, 16, padding); };
    const auto once = need(decrypt(Octets(256, 1), "PKCS1v15"));
    BOOST_TEST(once.size() == 16U);
    BOOST_TEST((once != need(decrypt(Octets(256, 1), "PKCS1v15"))));
    BOOST_TEST(need(decrypt(Octets(256, 0xff), "PKCS1v15")).size() == 16U);
    BOOST_TEST(need(decrypt(Octets(300, 1), "PKCS1v15")).size() == 16U);
    BOOST_TEST(need(decrypt({}, "PKCS1v15")).size() == 16U);
    BOOST_TEST(name(decrypt(Octets(256, 1), "ISO9796").error().code) == name(ErrorCode::unsupported_algorithm));
    BOOST_TEST(name(identity("ec:P-256").key().decrypt_key(Octets(64, 1), 16, "PKCS1v15").error().code) ==
               name(ErrorCode::unsupported_algorithm));
}

BOOST_AUTO_TEST_SUITE_END()
