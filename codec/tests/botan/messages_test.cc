#include "openssl.h"

#include <scepcodec/botan/decrypt.h>
#include <scepcodec/botan/encrypt.h>
#include <scepcodec/botan/sign.h>
#include <scepcodec/botan/verify.h>
#include <scepcodec/scep/certs_only.h>
#include <scepcodec/scep/pki_message.h>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <functional>

using namespace bridgetest;
using namespace scep;

namespace {

const std::array common_name{build::NamePart{der::oid("2.5.4.3"), "client", der::tag::PrintableString}};

const build::Transaction transaction{.transaction_id = "8E63-abc",
                                     .sender_nonce = Octets(16, 0x11),
                                     .recipient_nonce = Octets(16, 0x22),
                                     .signing_time = 1'790'000'000,
                                     .other_attributes = {}};

Octets certification_request() {
    auto signer = need(botan::Signer::make(identity("rsa:2048").key()));
    return need(botan::sign(build::CertificationRequestBuilder{.subject = build::encode_name(common_name),
                                                               .subject_pk_info = {},
                                                               .challenge_password = "secret",
                                                               .extensions = {},
                                                               .other_attributes = {},
                                                               .signature_algorithm = {}},
                            signer));
}
Octets issuer_and_subject() {
    const auto issuer = identity("rsa:2048", 1).decoded().subject.whole;
    return build::encode_issuer_and_subject(issuer.octets(), build::encode_name(common_name));
}
Octets issuer_and_serial_number() {
    const auto issuer = identity("rsa:2048", 1).decoded();
    return cms::encode_issuer_and_serial_number(issuer.subject.whole.octets(), Octets{0x01, 0x00});
}
Octets certificates_only() {
    return cms::encode_certificates_only(std::vector{identity("rsa:2048").certificate, identity("rsa:2048", 1).certificate});
}

struct Kind {
    const char* name;
    Octets (*message_data)(); // none: no envelope
    cms::SignedDataBuilder (*build)(const build::Transaction&, Octets);
    const char* message_type;
    const char* pki_status;
    const char* fail_info;
    MessageDataKind data_kind;
};
std::ostream& operator<<(std::ostream& out, const Kind& row) { return out << row.name; }

const std::array kinds{
    Kind{"PKCSReq", certification_request, build::pkcs_req, "19", "", "", MessageDataKind::CertificationRequest},
    Kind{"RenewalReq", certification_request, build::renewal_req, "17", "", "", MessageDataKind::CertificationRequest},
    Kind{"CertPoll", issuer_and_subject, build::cert_poll, "20", "", "", MessageDataKind::IssuerAndSubject},
    Kind{"GetCert", issuer_and_serial_number, build::get_cert, "21", "", "", MessageDataKind::IssuerAndSerialNumber},
    Kind{"GetCRL", issuer_and_serial_number, build::get_crl, "22", "", "", MessageDataKind::IssuerAndSerialNumber},
    Kind{"CertRep SUCCESS", certificates_only, build::cert_rep_success, "3", "0", "", MessageDataKind::SignedData},
    Kind{"CertRep FAILURE", nullptr,
         [](const build::Transaction& t, Octets) { return build::cert_rep_failure(t, FailInfo::badCertId, "no such one"); }, "3", "2", "4",
         MessageDataKind::unknown},
    Kind{"CertRep PENDING", nullptr, [](const build::Transaction& t, Octets) { return build::cert_rep_pending(t); }, "3", "3", "",
         MessageDataKind::unknown},
};

// The values of an attribute, as openssl prints them.
std::string attribute(const std::string& listing, const std::string& oid) {
    const std::size_t start = listing.find("(" + oid + ")");
    if (start == std::string::npos) {
        return {};
    }
    const std::size_t values = listing.find("set:", start);
    return listing.substr(values, listing.find("object:", values) - values);
}

} // namespace

BOOST_AUTO_TEST_SUITE(messages)

BOOST_DATA_TEST_CASE(openssl_verifies_and_opens_each_kind, kinds) {
    const Identity& sender = identity("rsa:2048");
    const Identity& recipient = identity("rsa:2048", 1);
    botan::Random random;
    auto signer = need(botan::Signer::make(sender.key()));
    const Octets data = sample.message_data == nullptr ? Octets{} : sample.message_data();
    Octets envelope;
    if (sample.message_data != nullptr) {
        envelope = need(
            botan::encrypt(data, need(botan::Recipient::key_transport(recipient.decoded())), botan::ContentCipher::aes128_CBC, random));
    }
    const Octets message = need(botan::sign(sample.build(transaction, envelope), signer, {.certificate = sender.certificate}));

    BOOST_TEST(verified_by_openssl(message, sender) == envelope, boost::test_tools::per_element());
    if (sample.message_data != nullptr) {
        BOOST_TEST(decrypted_by_openssl(envelope, recipient) == data, boost::test_tools::per_element());
    }
    const std::string listing = openssl_ok({"cms", "-cmsout", "-print", "-inform", "DER", "-in", file(message)});
    const auto shows = [&](const char* oid, std::string_view value) {
        const std::string shown = attribute(listing, oid);
        BOOST_TEST((value.empty() ? shown.empty() : shown.find(value) != std::string::npos),
                   oid << " is not " << value << " in " << listing);
    };
    const auto printable = [](std::string_view text) {
        return text.empty() ? std::string() : std::string("PRINTABLESTRING:").append(text).append("\n");
    };
    shows("2.16.840.1.113733.1.9.2", printable(sample.message_type));
    shows("2.16.840.1.113733.1.9.3", printable(sample.pki_status));
    shows("2.16.840.1.113733.1.9.4", printable(sample.fail_info));
    shows("2.16.840.1.113733.1.9.5", "OCTET STRING");
    shows("2.16.840.1.113733.1.9.6", "OCTET STRING");
    shows("2.16.840.1.113733.1.9.7", printable("8E63-abc"));
    shows("1.2.840.113549.1.9.5", "UTCTIME");
    shows("1.3.6.1.5.5.7.24.1", *sample.fail_info == '\0' ? "" : "UTF8STRING:no such one");

    Sources sources;
    const auto decoded = need(PkiMessage::decode(need(sources.add_view(message))));
    BOOST_TEST(decoded.attributes.message_type->raw().text() == sample.message_type);
    BOOST_TEST(decoded.signed_data.version.equals(decoded.signed_data.computed_version()));
    BOOST_TEST(decoded.attributes.sender_nonce.value->value().same_octets(transaction.sender_nonce));
    const auto key = need(botan::PublicKey::load(sender.decoded().subject_public_key_info));
    const auto check = botan::verify(decoded.signer_info, decoded.signed_data.encap_content_info, key);
    BOOST_TEST(name(check.overall().verdict) == "valid");
    BOOST_TEST((check.order == botan::SignedAttrsOrder::as_sent));
    BOOST_TEST(decoded.pkcs_pki_envelope().has_value() == (sample.message_data != nullptr));
    if (const auto inner = decoded.pkcs_pki_envelope()) {
        const auto plaintext =
            need(botan::decrypt(need(cms::EnvelopedData::decode_content_info(*inner)), recipient.key(), sources, &botan::is_one_sequence));
        BOOST_TEST((message_data_kind(plaintext) == sample.data_kind));
        BOOST_TEST(plaintext.same_octets(data));
    }
}

BOOST_AUTO_TEST_CASE(openssl_prints_the_certificates_of_a_certificates_only_message) {
    const std::string listing = openssl_ok({"pkcs7", "-inform", "DER", "-in", file(certificates_only()), "-print_certs", "-noout"});
    BOOST_TEST(listing.find("CN = rsa:2048#0") != std::string::npos, listing);
    BOOST_TEST(listing.find("CN = rsa:2048#1") != std::string::npos, listing);
}

BOOST_AUTO_TEST_CASE(openssl_verifies_the_answer_to_get_next_ca_cert) {
    const Identity& authority = identity("rsa:2048", 1);
    auto signer = need(botan::Signer::make(authority.key()));
    const Octets inner = certificates_only();
    const Octets message = need(botan::sign(build::next_ca_cert(inner), signer, {.certificate = authority.certificate}));
    BOOST_TEST(verified_by_openssl(message, authority) == inner, boost::test_tools::per_element());
    BOOST_TEST(need(CertsOnly::decode(der::Input(inner))).certificate_count() == 2U);
}

BOOST_AUTO_TEST_CASE(a_key_that_cannot_encrypt_enrols_with_a_password) {
    const Identity& client = identity("ec:P-256");
    botan::Random random;
    auto signer = need(botan::Signer::make(client.key()));
    const Octets data = certification_request();
    const Octets envelope =
        need(botan::encrypt(data, need(botan::Recipient::password("secret")), botan::ContentCipher::aes128_CBC, random));
    const Octets message = need(botan::sign(build::pkcs_req(transaction, envelope), signer, {.certificate = client.certificate}));
    BOOST_TEST(verified_by_openssl(message, client) == envelope, boost::test_tools::per_element());
    BOOST_TEST(octets(openssl_ok({"cms", "-decrypt", "-binary", "-inform", "DER", "-in", file(envelope), "-pwri_password", "secret"})) ==
                   data,
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
