#include "openssl.h"

#include <scepcodec/botan/encrypt.h>
#include <scepcodec/botan/sign.h>
#include <scepcodec/botan/verify.h>
#include <scepcodec/der/writer.h>
#include <scepcodec/scep/pki_message.h>
#include <scepcodec/x509/oids.h>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>

using namespace bridgetest;
using namespace scep;
using botan::Digest;
using botan::SignatureScheme;

namespace {

const std::array common_name{build::NamePart{der::oid("2.5.4.3"), "bridge test", der::tag::UTF8String}};

struct Row {
    const char* key;
    Digest digest;
    SignatureScheme scheme;
    const char* openssl_name; // in the listing of the SignerInfo's algorithms
};
std::ostream& operator<<(std::ostream& out, const Row& row) {
    return out << row.key << " " << row.openssl_name << " " << static_cast<int>(row.digest);
}

const std::array schemes{
    Row{"rsa:2048", Digest::md5, SignatureScheme::rsaEncryption, "rsaEncryption"},
    Row{"rsa:2048", Digest::sha1, SignatureScheme::rsaEncryption, "rsaEncryption"},
    Row{"rsa:2048", Digest::sha224, SignatureScheme::rsaEncryption, "rsaEncryption"},
    Row{"rsa:2048", Digest::sha256, SignatureScheme::rsaEncryption, "rsaEncryption"},
    Row{"rsa:2048", Digest::sha384, SignatureScheme::rsaEncryption, "rsaEncryption"},
    Row{"rsa:2048", Digest::sha512, SignatureScheme::rsaEncryption, "rsaEncryption"},
    Row{"rsa:2048", Digest::md5, SignatureScheme::hashWithRSAEncryption, "md5WithRSAEncryption"},
    Row{"rsa:2048", Digest::sha1, SignatureScheme::hashWithRSAEncryption, "sha1WithRSAEncryption"},
    Row{"rsa:2048", Digest::sha224, SignatureScheme::hashWithRSAEncryption, "sha224WithRSAEncryption"},
    Row{"rsa:2048", Digest::sha256, SignatureScheme::hashWithRSAEncryption, "sha256WithRSAEncryption"},
    Row{"rsa:2048", Digest::sha384, SignatureScheme::hashWithRSAEncryption, "sha384WithRSAEncryption"},
    Row{"rsa:2048", Digest::sha512, SignatureScheme::hashWithRSAEncryption, "sha512WithRSAEncryption"},
    Row{"rsa:2048", Digest::sha1, SignatureScheme::RSASSA_PSS, "rsassaPss"},
    Row{"rsa:2048", Digest::sha256, SignatureScheme::RSASSA_PSS, "rsassaPss"},
    Row{"rsa:2048", Digest::sha384, SignatureScheme::RSASSA_PSS, "rsassaPss"},
    Row{"rsa:2048", Digest::sha512, SignatureScheme::RSASSA_PSS, "rsassaPss"},
    Row{"rsa:512", Digest::sha256, SignatureScheme::rsaEncryption, "rsaEncryption"},
    Row{"rsa:1023", Digest::sha256, SignatureScheme::RSASSA_PSS, "rsassaPss"},
    Row{"rsa:4096", Digest::sha256, SignatureScheme::rsaEncryption, "rsaEncryption"},
    Row{"ec:P-256", Digest::sha1, SignatureScheme::ECDSA, "ecdsa-with-SHA1"},
    Row{"ec:P-256", Digest::sha224, SignatureScheme::ECDSA, "ecdsa-with-SHA224"},
    Row{"ec:P-256", Digest::sha256, SignatureScheme::ECDSA, "ecdsa-with-SHA256"},
    Row{"ec:P-384", Digest::sha384, SignatureScheme::ECDSA, "ecdsa-with-SHA384"},
    Row{"ec:P-521", Digest::sha512, SignatureScheme::ECDSA, "ecdsa-with-SHA512"},
};

Octets name_of_subject() { return build::encode_name(common_name); }

botan::SignatureCheck verified_by_us(OctetsView message) {
    const auto decoded = need(PkiMessage::decode(der::Input(message)));
    const auto certificate = need(need(*decoded.signed_data.certificates->begin()).certificate());
    return botan::verify(decoded.signer_info, decoded.signed_data.encap_content_info,
                         need(botan::PublicKey::load(certificate.subject_public_key_info)));
}

} // namespace

BOOST_AUTO_TEST_SUITE(sign)

BOOST_DATA_TEST_CASE(openssl_accepts_each_digest_and_scheme, schemes) {
    const Identity& signer = identity(sample.key);
    auto make = need(botan::Signer::make(signer.key(), sample.digest, sample.scheme));
    const Octets content = octets("what is signed");
    cms::SignedDataBuilder builder;
    builder.e_content = content;
    const Octets message = need(botan::sign(builder, make, {.certificate = signer.certificate}));
    BOOST_TEST(verified_by_openssl(message, signer) == content, boost::test_tools::per_element());
    const std::string listing = openssl_ok({"cms", "-cmsout", "-print", "-inform", "DER", "-in", file(message)});
    BOOST_TEST(listing.find(std::string("algorithm: ") + sample.openssl_name, listing.find("signerInfos")) != std::string::npos, listing);
    BOOST_TEST(verified_by_us(message).overall().reason == "");
    BOOST_TEST((verified_by_us(message).overall().verdict == botan::Verdict::valid));
}

BOOST_AUTO_TEST_CASE(the_signer_may_be_named_by_key_identifier_and_left_out) {
    const Identity& signer = identity("rsa:2048");
    auto make = need(botan::Signer::make(signer.key()));
    cms::SignedDataBuilder builder;
    builder.e_content = octets("content");
    const Octets message = need(botan::sign(
        builder, make, {.certificate = signer.certificate, .form = botan::IdentifierForm::subjectKeyIdentifier, .embedded = false}));
    BOOST_TEST(verified_by_openssl(message, signer) == *builder.e_content, boost::test_tools::per_element());
    const auto decoded = need(PkiMessage::decode(der::Input(message)));
    BOOST_TEST(!decoded.signed_data.certificates.has_value());
    BOOST_TEST(decoded.signer_info.version.equals(3));
    BOOST_TEST(decoded.signer_info.sid.subject_key_identifier->same_octets(*signer.decoded().subject_key_identifier()));
}

BOOST_AUTO_TEST_CASE(a_certificate_is_embedded_once) {
    const Identity& signer = identity("rsa:2048");
    auto make = need(botan::Signer::make(signer.key()));
    cms::SignedDataBuilder builder;
    builder.certificates = {identity("ec:P-256").certificate, signer.certificate};
    const auto message = need(botan::sign(builder, make, {.certificate = signer.certificate}));
    BOOST_TEST(need(PkiMessage::decode(der::Input(message))).signed_data.certificates->size() == 2U);
}

BOOST_AUTO_TEST_CASE(what_the_builder_holds_is_kept) {
    const Identity& signer = identity("rsa:2048");
    auto make = need(botan::Signer::make(signer.key()));
    cms::SignedDataBuilder builder;
    builder.e_content = octets("content");
    builder.message_digest = Octets(32, 0x55);
    const Octets message = need(botan::sign(builder, make, {.certificate = signer.certificate}));
    const auto check = verified_by_us(message);
    BOOST_TEST((check.message_digest.verdict == botan::Verdict::invalid));
    BOOST_TEST((check.signature.verdict == botan::Verdict::valid));
    BOOST_TEST(openssl({"cms", "-verify", "-noverify", "-inform", "DER", "-in", file(message)}).exit_code != 0);
}

struct Refusal {
    const char* key;
    Digest digest;
    SignatureScheme scheme;
    ErrorCode code;
};
std::ostream& operator<<(std::ostream& out, const Refusal& row) { return out << row.key << " " << name(row.code); }
const std::array refusals{
    Refusal{"ec:P-256", Digest::sha256, SignatureScheme::rsaEncryption, ErrorCode::unsupported_algorithm},
    Refusal{"ec:P-256", Digest::sha256, SignatureScheme::RSASSA_PSS, ErrorCode::unsupported_algorithm},
    Refusal{"ec:P-256", Digest::md5, SignatureScheme::ECDSA, ErrorCode::unsupported_algorithm},
    Refusal{"rsa:2048", Digest::sha256, SignatureScheme::ECDSA, ErrorCode::unsupported_algorithm},
    Refusal{"rsa:512", Digest::sha512, SignatureScheme::rsaEncryption, ErrorCode::invalid_key},
    Refusal{"rsa:512", Digest::sha512, SignatureScheme::RSASSA_PSS, ErrorCode::invalid_key},
};

BOOST_DATA_TEST_CASE(what_does_not_go_together_is_refused, refusals) {
    auto signer = botan::Signer::make(identity(sample.key).key(), sample.digest, sample.scheme);
    const ErrorCode code = signer ? signer->sign(view("x")).error().code : signer.error().code;
    BOOST_TEST(name(code) == name(sample.code));
}

BOOST_AUTO_TEST_CASE(a_certificate_without_key_identifier_or_that_is_none_is_refused) {
    auto signer = need(botan::Signer::make(identity("rsa:2048").key()));
    const Octets bare = need(botan::self_signed_certificate(signer, name_of_subject(), 0, 1));
    const auto by_identifier =
        botan::sign(cms::SignedDataBuilder{}, signer, {.certificate = bare, .form = botan::IdentifierForm::subjectKeyIdentifier});
    BOOST_TEST(name(by_identifier.error().code) == name(ErrorCode::missing_attribute));
    BOOST_TEST(!botan::sign(cms::SignedDataBuilder{}, signer, {.certificate = view("none")}).has_value());
}

BOOST_DATA_TEST_CASE(openssl_accepts_the_request_and_its_attributes, (std::array{"rsa:2048", "ec:P-256"})) {
    auto signer = need(botan::Signer::make(identity(sample).key()));
    build::CertificationRequestBuilder builder;
    builder.subject = name_of_subject();
    builder.challenge_password = "pass word";
    const Octets alternative_name =
        der::encode([](der::Writer& w) { w.sequence([&] { w.primitive(der::tag::context(2), "host.example"); }); });
    builder.extensions.push_back(build::encode_extension(x509::oids::id_ce_subjectAltName, false, alternative_name));
    const Octets request = need(botan::sign(builder, signer));
    const std::string listing = openssl_ok({"req", "-inform", "DER", "-in", file(request), "-verify", "-noout", "-text"});
    BOOST_TEST(listing.find("CN = bridge test") != std::string::npos, listing);
    BOOST_TEST(listing.find(":pass word") != std::string::npos, listing);
    BOOST_TEST(listing.find("DNS:host.example") != std::string::npos, listing);
    const auto decoded = need(pkcs10::CertificationRequest::decode(der::Input(request)));
    BOOST_TEST((botan::verify(decoded, decoded.certification_request_info).verdict == botan::Verdict::valid));
    // The verdict of openssl req is in its words alone.
    const auto verdict = [](OctetsView csr) { return openssl({"req", "-inform", "DER", "-in", file(csr), "-verify", "-noout"}).err; };
    BOOST_TEST(verdict(request).find("verify OK") != std::string::npos);
    Octets broken = request;
    broken[30] ^= 1;
    BOOST_TEST(verdict(broken).find("verify OK") == std::string::npos);
}

BOOST_DATA_TEST_CASE(openssl_accepts_the_self_signed_certificate, (std::array{"rsa:2048", "ec:P-256"})) {
    auto signer = need(botan::Signer::make(identity(sample).key()));
    // 2020-01-01 to 2060-01-01: one UTCTime, one GeneralizedTime.
    const Octets certificate = need(botan::self_signed_certificate(signer, name_of_subject(), 1577836800, 2840140800, 300));
    const std::string pem = file(openssl_ok({"x509", "-inform", "DER", "-in", file(certificate)}));
    openssl_ok({"verify", "-check_ss_sig", "-CAfile", pem, "-partial_chain", pem});
    const std::string listing = openssl_ok({"x509", "-in", pem, "-noout", "-text"});
    const bool rsa = std::string_view(sample).starts_with("rsa");
    for (const std::string_view part :
         {"Version: 3", "Serial Number: 300", "Not After : Jan  1 00:00:00 2060 GMT", "Subject: CN = bridge test", "critical",
          rsa ? "Digital Signature, Key Encipherment" : "Digital Signature\n"}) {
        BOOST_TEST(listing.find(part) != std::string::npos, part << " in " << listing);
    }
    const auto decoded = need(x509::Certificate::decode(der::Input(certificate)));
    BOOST_TEST((botan::verify(decoded, decoded).verdict == botan::Verdict::valid));
}

BOOST_AUTO_TEST_CASE(a_certificate_for_another_names_its_issuer_and_key) {
    const Identity& authority = identity("rsa:2048");
    auto signer = need(botan::Signer::make(authority.key()));
    const Identity& client = identity("ec:P-256");
    x509::CertificateBuilder builder;
    builder.serial_number = {7};
    builder.issuer = Octets(authority.decoded().subject.whole.begin(), authority.decoded().subject.whole.end());
    builder.subject = name_of_subject();
    builder.not_after = 2840140800;
    const auto info = client.decoded().subject_public_key_info.whole;
    builder.subject_public_key_info = Octets(info.begin(), info.end());
    const Octets certificate = need(botan::sign(builder, signer));
    const std::string pem = file(openssl_ok({"x509", "-inform", "DER", "-in", file(certificate)}));
    openssl_ok({"verify", "-CAfile", authority.certificate_file, pem});
    BOOST_TEST(openssl_ok({"x509", "-in", pem, "-noout", "-text"}).find("Version: 1") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
