// What the builders write, as OpenSSL sees it.
#include "../cms/samples.h"

#include <scepcodec/cms/enveloped_data.h>
#include <scepcodec/cms/oids.h>
#include <scepcodec/der/set_order.h>
#include <scepcodec/der/writer.h>
#include <scepcodec/pkcs10/certification_request.h>
#include <scepcodec/scep/oids.h>
#include <scepcodec/scep/pki_message.h>
#include <scepcodec/x509/oids.h>

#include <sceptest.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace scep;
using namespace sceptest;
namespace data = boost::unit_test::data;

namespace {

// "depth text" of each TLV.
std::vector<std::string> lines(const Octets& octets) {
    std::vector<std::string> out;
    for (const Asn1Line& line : asn1parse(octets)) {
        std::string text = line.text.substr(6);
        const auto colon = text.find(':');
        const auto end = text.find_last_not_of(' ', colon == std::string::npos ? colon : colon - 1);
        out.push_back(std::to_string(line.depth) + " " + text.substr(0, end + 1) + (colon == std::string::npos ? "" : text.substr(colon)));
    }
    return out;
}

cms::SignedDataBuilder small() {
    cms::SignedDataBuilder out;
    out.e_content = octets_of("x");
    out.sid = cms::encode_issuer_and_serial_number(hex("3000"), hex("05"));
    out.digest_algorithm = cms::encode_algorithm(x509::oids::id_sha256);
    out.signature_algorithm = cms::encode_algorithm(x509::oids::rsaEncryption, cms::Parameters::null);
    out.message_digest = hex("aa");
    return out;
}

cms::SignedData decode(const Octets& octets) {
    const auto out = cms::SignedData::decode_content_info(der::Input(octets));
    BOOST_REQUIRE_MESSAGE(out, (out ? std::string() : out.error().to_string()));
    return *out;
}

} // namespace

BOOST_AUTO_TEST_SUITE(builders)

BOOST_AUTO_TEST_CASE(signed_data_octet_by_octet) {
    const std::vector<std::string> expected{
        "0 SEQUENCE",
        "1 OBJECT:pkcs7-signedData",
        "1 cont [ 0 ]",
        "2 SEQUENCE",
        "3 INTEGER:01",
        "3 SET",
        "4 SEQUENCE",
        "5 OBJECT:sha256",
        "3 SEQUENCE",
        "4 OBJECT:pkcs7-data",
        "4 cont [ 0 ]",
        "5 OCTET STRING:x",
        "3 SET",
        "4 SEQUENCE",
        "5 INTEGER:01",
        "5 SEQUENCE",
        "6 SEQUENCE",
        "6 INTEGER:05",
        "5 SEQUENCE",
        "6 OBJECT:sha256",
        "5 cont [ 0 ]",
        "6 SEQUENCE",
        "7 OBJECT:messageDigest",
        "7 SET",
        "8 OCTET STRING      [HEX DUMP]:AA",
        "6 SEQUENCE",
        "7 OBJECT:contentType",
        "7 SET",
        "8 OBJECT:pkcs7-data",
        "5 SEQUENCE",
        "6 OBJECT:rsaEncryption",
        "6 NULL",
        "5 OCTET STRING      [HEX DUMP]:0102",
    };
    BOOST_TEST(lines(small().finish(hex("0102"))) == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(to_be_signed_is_the_set_and_differs_in_its_tag_alone) {
    cms::SignedDataBuilder complete = small();
    complete.signed_attrs = build::pkcs_req(transaction(), octets_of("envelope")).signed_attrs;
    const Octets to_be_signed = complete.signed_attrs_to_be_signed();
    BOOST_TEST(to_be_signed[0] == 0x31);
    const Octets octets = complete.finish(hex("00"));
    const auto signer = *decode(octets).signer_infos.begin();
    const der::Input written = signer->signed_attrs->whole();
    BOOST_TEST(written[0] == 0xa0);
    BOOST_TEST(written.from(1).same_octets(std::span(to_be_signed).subspan(1)));
    BOOST_TEST(signer->signed_attrs->size() == 6u);
}

// Sorted, whatever the order given.
BOOST_DATA_TEST_CASE(sets_are_sorted, data::make(std::vector<bool>{false, true}), reversed) {
    cms::SignedDataBuilder builder = small();
    builder.certificates = {hex("3003020105"), hex("3000"), hex("30020500")};
    builder.crls = {hex("30020500"), hex("3000")};
    builder.signed_attrs = build::cert_rep_failure(transaction(), FailInfo::badTime, "late").signed_attrs;
    builder.unsigned_attrs = {cms::encode_attribute(der::oid("1.2.9"), hex("0500")), cms::encode_attribute(der::oid("1.2.3"), hex("0500"))};
    if (reversed) {
        std::ranges::reverse(builder.certificates);
        std::ranges::reverse(builder.crls);
        std::ranges::reverse(builder.signed_attrs);
        std::ranges::reverse(builder.unsigned_attrs);
    }
    static const Octets first = builder.finish(hex("00"));
    const Octets octets = builder.finish(hex("00"));
    BOOST_TEST(octets == first, boost::test_tools::per_element());
    const cms::SignedData signed_data = decode(octets);
    const auto signer = *signed_data.signer_infos.begin();
    BOOST_TEST(!der::first_out_of_order(signed_data.certificates->value()).has_value());
    BOOST_TEST(!der::first_out_of_order(signed_data.crls->value()).has_value());
    BOOST_TEST(!der::first_out_of_order(signer->signed_attrs->value()).has_value());
    BOOST_TEST(!der::first_out_of_order(signer->unsigned_attrs->value()).has_value());
    BOOST_TEST(signer->unsigned_attrs->size() == 2u);
}

struct ViewsRow {
    const char* name;
    build::Codes codes;
    bool key_identifier;
    std::size_t id_length;
    std::optional<std::size_t> content;
};
std::ostream& operator<<(std::ostream& out, const ViewsRow& row) { return out << row.name; }
const ViewsRow views_rows[] = {
    {"PKCSReq", {"19", "", "", ""}, false, 40, 1500},
    {"key identifier", {"19", "", "", ""}, true, 40, 1500},
    {"no content", {"3", "2", "2", "text"}, false, 40, std::nullopt},
    {"empty content", {"3", "0", "", ""}, false, 1, 0},
    {"long attributes", {"19", "", "", ""}, false, 1000, 10},
};

// Over views: the same octets, and one allocation, that of the message.
BOOST_DATA_TEST_CASE(views_write_what_the_builder_writes, data::make(views_rows), row) {
    build::Transaction transaction{.transaction_id = std::string(row.id_length, 'a'),
                                   .sender_nonce = Octets(16, 1),
                                   .recipient_nonce = {},
                                   .signing_time = {},
                                   .other_attributes = {cms::encode_attribute(der::oid("1.2.3"), hex("0500"))}};
    std::optional<Octets> content;
    if (row.content) {
        content = Octets(*row.content, 0x30);
    }
    cms::SignedDataBuilder builder = build::pki_message(transaction, row.codes, content);
    builder.certificates = {hex("3003020105"), hex("a200"), hex("3000")};
    builder.crls = {hex("30020500")};
    builder.sid =
        row.key_identifier ? cms::encode_subject_key_identifier(hex("0a0b")) : cms::encode_issuer_and_serial_number(hex("3000"), hex("05"));
    builder.digest_algorithm = cms::encode_algorithm(x509::oids::id_sha256);
    builder.signature_algorithm = cms::encode_algorithm(x509::oids::rsaEncryption, cms::Parameters::null);
    builder.message_digest = Octets(32, 2);
    builder.unsigned_attrs = {cms::encode_attribute(der::oid("1.2.9"), hex("0500"))};

    const Octets certificates = hex("3003020105 a200 3000");
    const Octets signature(256, 3);
    const AllocationCount count;
    const auto attributes = build::encode_attributes(transaction, row.codes);
    const cms::SignedDataViews views{.e_content = content,
                                     .certificates = certificates,
                                     .crls = builder.crls[0],
                                     .sid = builder.sid,
                                     .digest_algorithm = builder.digest_algorithm,
                                     .signature_algorithm = builder.signature_algorithm,
                                     .message_digest = builder.message_digest,
                                     .signed_attrs = attributes.octets(),
                                     .unsigned_attrs = builder.unsigned_attrs[0],
                                     .version = {},
                                     .signer_info_version = {}};
    const Octets message = views.finish(signature);
    const std::size_t allocations = count.allocations();
    BOOST_TEST(message == builder.finish(signature), boost::test_tools::per_element());
    BOOST_TEST(views.signed_attrs_to_be_signed() == builder.signed_attrs_to_be_signed(), boost::test_tools::per_element());
    if (row.id_length < 100) {
        BOOST_TEST(allocations == 1u);
    }
}

BOOST_AUTO_TEST_CASE(attributes_of_a_request_are_those_of_its_type) {
    const auto request = build::encode_attributes(transaction(), MessageType::GetCRL);
    const auto by_codes =
        build::encode_attributes(transaction(), {.message_type = "22", .pki_status = {}, .fail_info = {}, .fail_info_text = {}});
    BOOST_TEST(der::to_hex(request.octets()) == der::to_hex(by_codes.octets()));
}

// RFC 5652, 5.1.
struct VersionRow {
    const char* name;
    std::vector<const char*> certificates;
    std::vector<const char*> crls;
    bool key_identifier;
    bool other_content;
    std::optional<std::int64_t> signer_version;
    std::int64_t version;
};
std::ostream& operator<<(std::ostream& out, const VersionRow& row) { return out << row.name; }
const VersionRow version_rows[] = {
    {"plain", {"3000"}, {"3000"}, false, false, std::nullopt, 1},
    {"key identifier", {"3000"}, {}, true, false, std::nullopt, 3},
    {"other content type", {"3000"}, {}, false, true, std::nullopt, 3},
    {"signer of version 3", {}, {}, false, false, 3, 3},
    {"key identifier, signer of version 1", {}, {}, true, false, 1, 1},
    {"v1AttrCert", {"3000", "a100"}, {}, false, false, std::nullopt, 3},
    {"v2AttrCert", {"3000", "a200"}, {}, false, false, std::nullopt, 4},
    {"other certificate", {"a300"}, {}, false, false, std::nullopt, 5},
    {"other crl", {}, {"3000", "a100"}, true, false, std::nullopt, 5},
};

BOOST_DATA_TEST_CASE(signed_data_version, data::make(version_rows), row) {
    cms::SignedDataBuilder builder = small();
    for (const char* certificate : row.certificates) {
        builder.certificates.push_back(hex(certificate));
    }
    for (const char* crl : row.crls) {
        builder.crls.push_back(hex(crl));
    }
    if (row.key_identifier) {
        builder.sid = cms::encode_subject_key_identifier(hex("0a0b"));
    }
    if (row.other_content) {
        builder.e_content_type = der::oid("1.2.3.4");
    }
    builder.signer_info_version = row.signer_version;
    const Octets octets = builder.finish(hex("00"));
    const cms::SignedData signed_data = decode(octets);
    BOOST_TEST(signed_data.version.equals(row.version));
    BOOST_TEST(signed_data.computed_version() == row.version);
    const auto signer = *signed_data.signer_infos.begin();
    BOOST_TEST(signer->version.equals(row.signer_version.value_or(row.key_identifier ? 3 : 1)));
}

BOOST_AUTO_TEST_CASE(versions_may_be_told) {
    cms::SignedDataBuilder builder = small();
    builder.version = 42;
    builder.signer_info_version = 7;
    const Octets octets = builder.finish(hex("00"));
    const cms::SignedData signed_data = decode(octets);
    BOOST_TEST(signed_data.version.equals(42));
    BOOST_TEST((*signed_data.signer_infos.begin())->version.equals(7));
}

BOOST_AUTO_TEST_CASE(certificates_only_octet_by_octet) {
    const std::vector<std::string> expected{
        "0 SEQUENCE", "1 OBJECT:pkcs7-signedData", "1 cont [ 0 ]", "2 SEQUENCE", "3 INTEGER:01", "3 SET",
        "3 SEQUENCE", "4 OBJECT:pkcs7-data",       "3 cont [ 0 ]", "4 SEQUENCE", "3 SET"};
    BOOST_TEST(lines(cms::encode_certificates_only(std::vector<Octets>{hex("3000")})) == expected, boost::test_tools::per_element());
    const Octets with_crl = cms::encode_certificates_only({}, std::vector<Octets>{hex("3000")});
    BOOST_TEST(lines(with_crl)[8] == "3 cont [ 1 ]");
    const Octets other = cms::encode_certificates_only(std::vector<Octets>{hex("a300")});
    BOOST_TEST(decode(other).version.equals(5));
}

struct EnvelopeRow {
    const char* name;
    std::vector<int> recipients; // 0 ktri by issuer, 1 ktri by key identifier, 2 pwri
    std::int64_t version;
};
std::ostream& operator<<(std::ostream& out, const EnvelopeRow& row) { return out << row.name; }
const EnvelopeRow envelope_rows[] = {
    {"issuer and serial", {0}, 0}, {"key identifier", {1}, 2}, {"both", {0, 1}, 2}, {"password", {2}, 3}, {"all", {0, 1, 2}, 3},
};

BOOST_DATA_TEST_CASE(enveloped_data_version, data::make(envelope_rows), row) {
    cms::EnvelopedDataParts parts;
    const Octets rsa = cms::encode_algorithm(x509::oids::rsaEncryption, cms::Parameters::null);
    for (const int recipient : row.recipients) {
        const Octets rid =
            recipient == 1 ? cms::encode_subject_key_identifier(hex("0a")) : cms::encode_issuer_and_serial_number(hex("3000"), hex("05"));
        parts.recipient_infos.push_back(
            recipient == 2 ? cms::encode_password_recipient_info(cms::encode_pbkdf2_algorithm(hex("0102"), 1000),
                                                                 cms::encode_algorithm(cms::oids::id_alg_PWRI_KEK), hex("aa"))
                           : cms::encode_key_trans_recipient_info(rid, rsa, hex("bb")));
    }
    parts.content_encryption_algorithm = cms::encode_cbc_algorithm(cms::oids::aes256_CBC, Octets(16, 1));
    parts.encrypted_content = Octets(16, 2);
    const Octets octets = cms::encode_enveloped_data(parts);
    const auto enveloped = cms::EnvelopedData::decode_content_info(der::Input(octets));
    BOOST_REQUIRE(enveloped);
    BOOST_TEST(enveloped->version.equals(row.version));
    BOOST_TEST(enveloped->computed_version() == row.version);
    BOOST_TEST(enveloped->recipient_infos.size() == row.recipients.size());
    BOOST_TEST(!der::first_out_of_order(enveloped->recipient_infos.value()).has_value());
    const std::string theirs = openssl_text({"cms", "-cmsout", "-print", "-noout", "-inform", "DER"}, octets);
    BOOST_TEST(theirs.find("d.envelopedData: \n    version: " + std::to_string(row.version)) != std::string::npos);
    BOOST_TEST((theirs.find("d.pwri:") != std::string::npos) == (std::ranges::count(row.recipients, 2) > 0));
}

// OpenSSL opens an envelope whose cryptography it did itself and whose octets are ours.
BOOST_AUTO_TEST_CASE(openssl_decrypts_our_envelope) {
    const Octets key(16, 0x31);
    const Octets iv(16, 0x07);
    const Octets plain = sample("CertificationRequest");
    cms::EnvelopedDataParts parts;
    const Octets encrypted_key = openssl({"pkeyutl", "-encrypt", "-certin", "-inkey", key_file("ca.pem")}, key);
    parts.recipient_infos = {cms::encode_key_trans_recipient_info(cms::encode_issuer_and_serial_number(subject_of("ca"), serial_of("ca")),
                                                                  cms::encode_algorithm(x509::oids::rsaEncryption, cms::Parameters::null),
                                                                  encrypted_key)};
    parts.content_encryption_algorithm = cms::encode_cbc_algorithm(cms::oids::aes128_CBC, iv);
    parts.encrypted_content = openssl({"enc", "-aes-128-cbc", "-K", der::to_hex(key), "-iv", der::to_hex(iv)}, plain);
    const Octets theirs =
        openssl({"cms", "-decrypt", "-binary", "-inform", "DER", "-inkey", key_file("ca.key"), "-recip", key_file("ca.pem")},
                cms::encode_enveloped_data(parts));
    BOOST_TEST(theirs == plain, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(certification_request_as_openssl_reads_it) {
    const std::string text = openssl_text({"req", "-inform", "DER", "-noout", "-text", "-verify"}, sample("CertificationRequest"));
    BOOST_TEST(text.find("CN = client") != std::string::npos);
    BOOST_TEST(text.find("challengePassword        :secret") != std::string::npos);
    BOOST_TEST(text.find("X509v3 Key Usage: critical") != std::string::npos);
    BOOST_TEST(text.find("Digital Signature, Key Encipherment") != std::string::npos);
}

struct PasswordRow {
    std::string password;
    der::Tag tag;
};
std::ostream& operator<<(std::ostream& out, const PasswordRow& row) { return out << row.password; }
const PasswordRow password_rows[] = {
    {"Secret 1 '()+,-./:=?", der::tag::PrintableString}, {"secret!", der::tag::UTF8String}, {"a@b", der::tag::UTF8String},
    {"gr\xc3\xbc\xc3\x9f", der::tag::UTF8String},        {"a*b", der::tag::UTF8String},     {"", der::tag::PrintableString},
};

BOOST_DATA_TEST_CASE(challenge_password_type, data::make(password_rows), row) {
    build::CertificationRequestBuilder request;
    request.subject = hex("3000");
    request.subject_pk_info = hex("300a300506032b65700301"
                                  "00");
    request.signature_algorithm = cms::encode_algorithm(x509::oids::id_Ed25519);
    request.challenge_password = row.password;
    const Octets octets = request.finish(hex("00"));
    const auto decoded = pkcs10::CertificationRequest::decode(der::Input(octets));
    BOOST_REQUIRE_MESSAGE(decoded, (decoded ? std::string() : decoded.error().to_string()));
    const auto password = decoded->challenge_password();
    BOOST_REQUIRE(password);
    BOOST_TEST((password->tag() == row.tag));
    BOOST_TEST(password->value().text() == row.password);
}

// The names of SCEP's attribute values are in the types that RFC 8894, 3.2.1 asks for.
BOOST_AUTO_TEST_CASE(attribute_types_of_the_rfc) {
    const Octets octets = sample("CertRep FAILURE");
    const auto message = PkiMessage::decode(der::Input(octets));
    BOOST_REQUIRE(message);
    const TransactionAttributes& attributes = message->attributes;
    for (const AttributeSlot* slot :
         {&attributes.message_type_slot, &attributes.pki_status_slot, &attributes.fail_info_slot, &attributes.transaction_id}) {
        BOOST_TEST((slot->value->tag() == der::tag::PrintableString));
        BOOST_TEST(slot->values == 1u);
    }
    BOOST_TEST((attributes.sender_nonce.value->tag() == der::tag::OCTET_STRING));
    BOOST_TEST((attributes.recipient_nonce.value->tag() == der::tag::OCTET_STRING));
    BOOST_TEST((attributes.fail_info_text.value->tag() == der::tag::UTF8String));
    BOOST_TEST((attributes.signing_time.value->tag() == der::tag::UTCTime));
    BOOST_TEST((attributes.content_type.value->tag() == der::tag::OBJECT_IDENTIFIER));
}

BOOST_AUTO_TEST_CASE(what_is_empty_is_left_out) {
    build::Transaction bare;
    const cms::SignedDataBuilder message =
        build::pki_message(bare, {.message_type = {}, .pki_status = {}, .fail_info = {}, .fail_info_text = {}}, std::nullopt);
    BOOST_TEST(message.signed_attrs.empty());
    BOOST_TEST(!message.e_content.has_value());
    BOOST_TEST(build::cert_rep_pending(bare).signed_attrs.size() == 2u);
    BOOST_TEST(build::cert_rep_failure(bare, FailInfo::badAlg).signed_attrs.size() == 3u);
    BOOST_TEST(build::next_ca_cert(hex("3000")).signed_attrs.empty());
}

BOOST_AUTO_TEST_CASE(names_and_extensions) {
    const std::vector<build::NamePart> parts{{der::oid("2.5.4.6"), "DE", der::tag::PrintableString}, {der::oid("2.5.4.3"), "\xc3\xa4"}};
    const Octets encoded = build::encode_name(parts);
    BOOST_TEST(lines(encoded) ==
                   (std::vector<std::string>{"0 SEQUENCE", "1 SET", "2 SEQUENCE", "3 OBJECT:countryName", "3 PRINTABLESTRING:DE", "1 SET",
                                             "2 SEQUENCE", "3 OBJECT:commonName", "3 UTF8STRING:\xc3\xa4"}),
               boost::test_tools::per_element());
    const auto view = x509::Name::decode(der::Input(encoded));
    BOOST_TEST(view->to_string() == "C=DE, CN=\xc3\xa4");
    BOOST_TEST(der::to_hex(build::encode_extension(x509::oids::id_ce_keyUsage, false, hex("0500"))) == "30090603551d0f04020500");
    BOOST_TEST(der::to_hex(build::encode_extension(x509::oids::id_ce_keyUsage, true, hex("0500"))) == "300c0603551d0f0101ff04020500");
}

BOOST_AUTO_TEST_CASE(algorithm_identifiers) {
    BOOST_TEST(der::to_hex(cms::encode_algorithm(der::oid("1.2.3"))) == "300406022a03");
    BOOST_TEST(der::to_hex(cms::encode_algorithm(der::oid("1.2.3"), cms::Parameters::null)) == "300606022a030500");
    BOOST_TEST(der::to_hex(cms::encode_algorithm(der::oid("1.2.3"), hex("3000"))) == "300606022a033000");
    BOOST_TEST(der::to_hex(cms::encode_cbc_algorithm(der::oid("1.2.3"), hex("aabb"))) == "300806022a030402aabb");
    BOOST_TEST(der::to_hex(cms::encode_pbkdf2_algorithm(hex("aa"), 256)) == "301406092a864886f70d01050c30070401aa02020100");
    BOOST_TEST(der::to_hex(cms::encode_pbkdf2_algorithm(hex("aa"), 1, cms::encode_algorithm(der::oid("1.2.3")))) ==
               "301906092a864886f70d01050c300c0401aa020101300406022a03");
}

BOOST_AUTO_TEST_SUITE_END()
