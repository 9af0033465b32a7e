#include "messages.h"

#include <conformance/tree/text.h>

#include <scepcodec/cms/enveloped_data.h>
#include <scepcodec/der/writer.h>
#include <scepcodec/pkcs10/certification_request.h>
#include <scepcodec/scep/oids.h>
#include <scepcodec/x509/oids.h>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <memory>

namespace {

using namespace sceplab::tree;
using scep::ber::DeviationKind;
using scep::der::encode;
using scep::der::Writer;
using tree_test::Built;
using tree_test::find;
using tree_test::find_note;
using tree_test::Octets;
using tree_test::openssl_message;

// Attribute { type, SET { value } } as a SignerInfo of a ContentInfo has it.
Octets signed_with(const scep::der::OidConstant& type, scep::der::Tag value_tag, std::string_view value) {
    return encode([&](Writer& w) {
        w.sequence([&] {
            w.oid(scep::cms::oids::id_signedData);
            w.constructed(scep::der::tag::context_constructed(0), [&] {
                w.sequence([&] {
                    w.integer(1);
                    w.set([] {});
                    w.sequence([&] { w.oid(scep::cms::oids::id_data); });
                    w.set([&] {
                        w.sequence([&] {
                            w.integer(1);
                            w.primitive(scep::der::tag::context(0), std::string_view("key"));
                            w.sequence([&] { w.oid(scep::x509::oids::id_sha256); });
                            w.constructed(scep::der::tag::context_constructed(0), [&] {
                                w.sequence([&] {
                                    w.oid(type);
                                    w.set([&] { w.primitive(value_tag, value); });
                                });
                            });
                            w.sequence([&] { w.oid(scep::x509::oids::rsaEncryption); });
                            w.octet_string({});
                        });
                    });
                });
            });
        });
    });
}

struct Code {
    scep::der::OidConstant type;
    std::string_view value;
    std::string_view attribute;
    std::string_view meaning;
};
std::ostream& operator<<(std::ostream& out, const Code& row) { return out << row.attribute << ' ' << row.value; }

const std::vector<Code> codes{
    {scep::oids::messageType, "3", "messageType", "CertRep"},  {scep::oids::messageType, "17", "messageType", "RenewalReq"},
    {scep::oids::messageType, "19", "messageType", "PKCSReq"}, {scep::oids::messageType, "20", "messageType", "CertPoll"},
    {scep::oids::messageType, "22", "messageType", "GetCRL"},  {scep::oids::messageType, "99", "messageType", "not a known code"},
    {scep::oids::pkiStatus, "0", "pkiStatus", "SUCCESS"},      {scep::oids::pkiStatus, "3", "pkiStatus", "PENDING"},
    {scep::oids::failInfo, "0", "failInfo", "badAlg"},         {scep::oids::failInfo, "4", "failInfo", "badCertId"},
    {scep::der::oid("1.3.6.1.4.1.311.21.33"), "-2147024809", "enrollScepError", "0x80070057 E_INVALIDARG"},
    {scep::der::oid("1.3.6.1.4.1.311.21.33"), "no number", "enrollScepError", "not an HRESULT"},
};

struct Field {
    std::string_view file;
    std::string_view label;
    std::string_view value;
    std::string_view note;
};
std::ostream& operator<<(std::ostream& out, const Field& row) { return out << row.file << ' ' << row.label; }

// What was asked of OpenSSL, found at the field's name.
const std::vector<Field> fields{
    {"request.der", "CertificationRequest", "", ""},
    {"request.der", "subject", "", "C=NZ, O=Wetas, CN=device 1"},
    {"request.der", "modulus", "*", ""},
    {"request.der", "publicExponent", "65537", ""},
    {"request.der", "attributes[0]", "", "challengePassword"},
    {"request.der", "attributes[1]", "", "extensionRequest"},
    {"request.der", "GeneralNames[0]", "device1.example", "dNSName"},
    {"request.der", "GeneralNames[1]", "urn:x", "uniformResourceIdentifier"},
    {"request.der", "GeneralNames[2]", "0a000001", "iPAddress 10.0.0.1"},
    {"request.der", "GeneralNames[3]", "", "directoryName"},
    {"request.der", "KeyUsage", "a0", "digitalSignature, keyEncipherment"},
    {"request.der", "ExtKeyUsageSyntax[0]", "1.3.6.1.5.5.7.3.2", "id-kp-clientAuth"},
    {"certificate.der", "tbsCertificate", "", ""},
    {"certificate.der", "issuer", "", "CN=Test CA"},
    {"certificate.der", "extensions[0]", "", "basicConstraints"},
    {"certificate.der", "cA", "TRUE", ""},
    {"certificate.der", "pathLenConstraint", "0", ""},
    {"certificate.der", "fullName[0]", "http://ca.example/crl", "uniformResourceIdentifier"},
    {"certificate.der", "accessLocation", "http://ca.example/ocsp", "uniformResourceIdentifier"},
    {"certificate.der", "policyIdentifier", "1.2.3.4", ""},
    {"certificate-ec.der", "subjectPublicKey", "*", ""},
    {"certificate-ec.der", "r", "*", ""},
    {"certificate-ec.der", "signatureAlgorithm", "", "ecdsa-with-SHA256"},
    {"crl.der", "CertificateList", "", ""},
    {"crl.der", "userCertificate", "427", "01ab"},
    {"crl.der", "revocationDate", "2024-01-01T00:00:00Z", ""},
    {"crl.der", "CRLReason", "1", "keyCompromise"},
    {"crl.der", "CRLNumber", "7", ""},
    {"certs-only.der", "crls[0]", "", "CertificateList"},
    {"certs-only.der", "certificates[0]", "", "Certificate"},
    {"certs-only.der", "signerInfos", "", ""},
    {"enveloped.der", "recipientInfos[0]", "", "KeyTransRecipientInfo"},
    {"enveloped.der", "rid", "", "issuerAndSerialNumber"},
    {"enveloped.der", "contentEncryptionAlgorithm", "", "id-aes128-CBC"},
    {"enveloped-ec.der", "recipientInfos[0]", "", "KeyAgreeRecipientInfo"},
    {"enveloped-ec.der", "originatorKey", "", ""},
    {"enveloped-ec.der", "recipientEncryptedKeys[0]", "", "RecipientEncryptedKey"},
    {"enveloped-kek.der", "recipientInfos[0]", "", "KEKRecipientInfo"},
    {"enveloped-kek.der", "keyIdentifier", "c0ffee", ""},
    {"enveloped-password.der", "recipientInfos[0]", "", "PasswordRecipientInfo"},
    {"enveloped-password.der", "iterationCount", "2048", ""},
    {"enveloped-oaep.der", "keyEncryptionAlgorithm", "", "id-RSAES-OAEP"},
    {"signed.der", "ContentInfo", "", "id-signedData"},
    {"signed.der", "encapContentInfo", "", "EncapsulatedContentInfo"},
    {"signed.der", "EnvelopedData", "", ""},
    {"signed.der", "signedAttrs[0]", "", "contentType"},
    {"signed-ec.der", "s", "*", ""},
    {"signed-pss.der", "sid", "*", "subjectKeyIdentifier"},
    {"signed-pss.der", "maskGenAlgorithm", "", ""},
};

} // namespace

BOOST_AUTO_TEST_SUITE(content)

BOOST_DATA_TEST_CASE(a_field_has_its_name_value_and_meaning, boost::unit_test::data::make(fields), row) {
    const Built built(openssl_message(std::string(row.file)));
    const Node& node = find(built.nodes, row.label);
    BOOST_TEST(!node.error.has_value());
    BOOST_TEST(node.note == row.note);
    if (row.value == "*") {
        BOOST_TEST((!node.value.empty() || !node.children.empty()));
    } else {
        BOOST_TEST(node.value == row.value);
    }
}

BOOST_DATA_TEST_CASE(a_code_has_its_name, boost::unit_test::data::make(codes), row) {
    const Built built(signed_with(row.type, scep::der::tag::PrintableString, row.value));
    const Node& attribute = find(built.nodes, "signedAttrs[0]");
    BOOST_TEST(attribute.note == row.attribute);
    const Node& value = find(attribute.children, "attrValues[0]");
    BOOST_TEST(value.value == row.value);
    BOOST_TEST(value.note == row.meaning);
}

BOOST_AUTO_TEST_CASE(nothing_is_amiss_in_what_openssl_makes) {
    const auto look = [](const auto& self, const std::vector<Node>& nodes) -> void {
        for (const Node& node : nodes) {
            BOOST_TEST_CONTEXT(node.label) {
                BOOST_TEST(!node.error.has_value());
                BOOST_TEST(node.note.find("missing") == std::string::npos);
            }
            self(self, node.children);
        }
    };
    for (const auto& [name, octets] : tree_test::openssl_messages()) {
        BOOST_TEST_CONTEXT(name) { look(look, Built(octets).nodes); }
    }
}

BOOST_AUTO_TEST_CASE(the_password_is_a_secret_and_nothing_else_is) {
    const Built built(openssl_message("request.der"));
    const Node& value = find(find(built.nodes, "attributes[0]").children, "attrValues[0]");
    BOOST_TEST(value.secret);
    BOOST_TEST(value.value == "open sesame");
    BOOST_TEST(!find(built.nodes, "attributes[1]").secret);
    BOOST_TEST(!find(built.nodes, "subject").secret);
}

BOOST_AUTO_TEST_CASE(the_password_is_a_secret_where_nothing_tells_the_structure) {
    const Built built(encode([](Writer& w) {
        w.set([&] {
            w.oid(scep::pkcs10::oids::challengePassword);
            w.set([&] { w.utf8_string("open sesame"); });
        });
    }));
    BOOST_TEST(find(built.nodes, "").label.empty());
    const std::string shown = text(built.nodes);
    BOOST_TEST(shown.find("sesame") == std::string::npos);
    BOOST_TEST(text(built.nodes, {.show_secrets = true}).find("\"open sesame\"") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_missing_field_and_one_that_does_not_belong_are_told) {
    // A SEQUENCE that begins as IssuerAndSerialNumber, and goes on.
    const Built issuer(encode([](Writer& w) {
        w.sequence([&] {
            w.sequence([] {});
            w.integer(5);
            w.null();
        });
    }));
    BOOST_TEST(issuer.nodes[0].label == "IssuerAndSerialNumber");
    BOOST_REQUIRE_EQUAL(issuer.nodes[0].children.size(), 3u);
    BOOST_TEST((issuer.nodes[0].children[2].error == scep::ErrorCode::unexpected_tag));

    const Built content(encode([](Writer& w) {
        w.sequence([&] {
            w.oid(scep::cms::oids::id_envelopedData);
            w.constructed(scep::der::tag::context_constructed(0), [&] { w.sequence([&] { w.integer(0); }); });
        });
    }));
    BOOST_TEST(find(content.nodes, "EnvelopedData").note == "missing: recipientInfos, encryptedContentInfo");
}

BOOST_AUTO_TEST_CASE(values_of_the_plain_types) {
    struct Row {
        Octets octets;
        std::string_view value;
        std::optional<scep::ErrorCode> error;
    };
    using enum scep::ErrorCode;
    const std::vector<Row> rows{
        {{0x01, 0x01, 0xff}, "TRUE", {}},
        {{0x01, 0x01, 0x01}, "01", invalid_boolean},
        {{0x02, 0x02, 0xff, 0x00}, "-256", {}},
        {{0x02, 0x09, 0x00, 0xff, 0, 0, 0, 0, 0, 0, 1}, "0x00ff00000000000001", {}},
        {{0x02, 0x00}, "", invalid_integer},
        {{0x02, 0x02, 0x00, 0x01}, "1", invalid_integer},
        {{0x03, 0x02, 0x03, 0xa8}, "a8", {}},
        {{0x03, 0x02, 0x09, 0xa8}, "09a8", invalid_bit_string},
        {{0x04, 0x02, 0xca, 0xfe}, "cafe", {}},
        {{0x05, 0x00}, "", {}},
        {{0x05, 0x01, 0x00}, "00", invalid_null},
        {{0x06, 0x03, 0x55, 0x04, 0x03}, "2.5.4.3", {}},
        {{0x06, 0x02, 0x55, 0x80}, "5580", invalid_oid},
        {{0x0a, 0x01, 0x04}, "4", {}},
        {{0x13, 0x03, 'a', 'b', 'c'}, "abc", {}},
        {{0x13, 0x02, 'a', '*'}, "a\\x2a", invalid_string},
        {{0x0c, 0x02, 0xc3, 0xbc}, "ü", {}},
        {{0x0c, 0x03, 0xe2, 0x80, 0xae}, "\\xe2\\x80\\xae", {}},
        {{0x1e, 0x04, 0x00, 'h', 0x00, 'i'}, "hi", {}},
        {{0x17, 0x0d, '2', '6', '1', '1', '2', '3', '1', '6', '4', '6', '0', '8', 'Z'}, "2026-11-23T16:46:08Z", {}},
        {{0x17, 0x03, 'a', 0x1b, 'b'}, "a\\x1bb", invalid_time},
        {{0x85, 0x02, 0x12, 0x34}, "1234", {}},
        {{0x5f, 0x81, 0x01, 0x01, 0x07}, "07", {}},
    };
    for (const Row& row : rows) {
        BOOST_TEST_CONTEXT(scep::der::to_hex(row.octets)) {
            const Built built(row.octets);
            BOOST_REQUIRE_EQUAL(built.nodes.size(), 1u);
            BOOST_TEST(built.nodes[0].value == row.value);
            BOOST_TEST((built.nodes[0].error == row.error));
        }
    }
}

BOOST_AUTO_TEST_CASE(a_long_value_is_cut_at_the_limit_and_says_so) {
    const Octets octets = encode([](Writer& w) { w.octet_string(Octets(100'000, 0xab)); });
    const Built built(octets, {.value_octets = 16});
    BOOST_TEST(built.nodes[0].value == std::string(16 * 2, ' ').replace(0, 32, "abababababababababababababababab"));
    BOOST_TEST(built.nodes[0].shortened);
    BOOST_TEST(built.nodes[0].length() == 100'000u);
    // Not in the middle of a character.
    const Octets umlauts = encode([](Writer& w) { w.utf8_string("aüüüüüüü"); });
    BOOST_TEST(Built(umlauts, {.value_octets = 8}).nodes[0].value == "aüüü");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(ber)

BOOST_AUTO_TEST_CASE(deviations_stand_at_their_nodes) {
    // SEQUENCE, indefinite { SET { 2, 1 }, INTEGER with a long length, constructed OCTET STRING }, and two octets more
    const Octets octets{0x30, 0x80, 0x31, 0x06, 0x02, 0x01, 0x02, 0x02, 0x01, 0x01, 0x02, 0x81, 0x01,
                        0x05, 0x24, 0x05, 0x04, 0x03, 0x01, 0x02, 0x03, 0x00, 0x00, 0xde, 0xad};
    const Built built(octets);
    tree_test::check_whole(built);
    BOOST_REQUIRE_EQUAL(built.nodes.size(), 2u);
    const Node& sequence = built.nodes[0];
    BOOST_TEST((sequence.deviations == std::vector{DeviationKind::indefinite_length}));
    BOOST_TEST(sequence.indefinite);
    BOOST_TEST(sequence.end == 2u);
    BOOST_REQUIRE_EQUAL(sequence.children.size(), 3u);
    BOOST_TEST((sequence.children[0].deviations == std::vector{DeviationKind::unsorted_set_of}));
    BOOST_TEST((sequence.children[1].deviations == std::vector{DeviationKind::non_minimal_length}));
    BOOST_TEST((sequence.children[2].deviations == std::vector{DeviationKind::constructed_string}));
    BOOST_TEST((built.nodes[1].deviations == std::vector{DeviationKind::trailing_octets}));
    BOOST_TEST(built.nodes[1].value == "dead");
    BOOST_TEST(!built.nodes[1].is_tlv());
}

// The normaliser is another walk over the same octets.
BOOST_DATA_TEST_CASE(they_are_those_that_the_normaliser_records,
                     boost::unit_test::data::make({"signed-ber.der", "enveloped-password-ber.der", "signed.der"}), name) {
    Built built(tree_test::openssl_message(name));
    std::vector<std::pair<std::uint32_t, DeviationKind>> ours;
    const auto collect = [&](const auto& self, const std::vector<Node>& nodes) -> void {
        for (const Node& node : nodes) {
            for (const DeviationKind kind : node.deviations) {
                if (node.where.source == 0 && (kind != DeviationKind::unsorted_set_of || node.tag == scep::der::tag::SET)) {
                    ours.emplace_back(node.where.offset, kind);
                }
            }
            if (node.tag.constructed()) {
                self(self, node.children);
            }
        }
    };
    collect(collect, built.nodes);
    std::vector<std::pair<std::uint32_t, DeviationKind>> theirs;
    const auto normalised = scep::ber::normalise(built.message, built.sources);
    BOOST_REQUIRE(normalised.has_value());
    for (const scep::ber::Deviation& deviation : normalised->deviations) {
        theirs.emplace_back(deviation.where.offset, deviation.kind);
    }
    std::ranges::sort(ours);
    std::ranges::sort(theirs);
    BOOST_TEST((ours == theirs));
    BOOST_TEST(ours.empty() == (std::string_view(name) == "signed.der"));
}

BOOST_AUTO_TEST_CASE(an_e_content_in_parts_is_joined_and_gone_into) {
    const Built built(tree_test::openssl_message("signed-ber.der"));
    const Node& e_content = find(find(built.nodes, "eContent").children, "eContent");
    BOOST_TEST(e_content.tag.constructed());
    const Node& joined = find_note(e_content.children, "id-envelopedData");
    BOOST_TEST((joined.layer == scep::SourceKind::normalised));
    BOOST_TEST(joined.where.offset == 0u);
    BOOST_TEST(joined.where.source != 0u);
    // The joined octets are the message that was signed.
    const auto octets = built.sources[joined.where.source].octets;
    BOOST_TEST(octets.same_octets(tree_test::openssl_message("enveloped.der")));
    // And the offsets map back to the parts.
    const auto origin = built.sources.in_parent(joined.where);
    BOOST_REQUIRE(origin.has_value());
    BOOST_TEST(built.message.slice(origin->offset, 2).same_octets(octets.slice(0, 2)));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(layers)

namespace {

// A decrypted source below the octets that `envelope` shows as encryptedContent.
scep::der::Input decrypt(scep::der::Input envelope, scep::Sources& sources, const Octets& content) {
    const auto enveloped = scep::cms::EnvelopedData::decode_content_info(envelope);
    BOOST_REQUIRE(enveloped.has_value());
    const auto& encrypted = *enveloped->encrypted_content_info.encrypted_content;
    const scep::der::Input part = *encrypted.begin();
    const auto owner = std::make_shared<const Octets>(content);
    return *sources.add_owned(scep::SourceKind::decrypted, envelope.source(), owner, *owner, {{0, part.offset()}});
}

} // namespace

BOOST_AUTO_TEST_CASE(decrypted_octets_stand_below_the_encrypted_content) {
    scep::Sources sources;
    const auto message = *sources.add_captured(openssl_message("enveloped-password.der"));
    const std::vector layers{decrypt(message, sources, tree_test::plaintext())};
    const auto nodes = build(message, sources, layers);
    const Node& encrypted = find(nodes, "encryptedContent");
    BOOST_REQUIRE_EQUAL(encrypted.children.size(), 1u);
    const Node& request = encrypted.children[0];
    BOOST_TEST(request.label == "CertificationRequest");
    BOOST_TEST((request.layer == scep::SourceKind::decrypted));
    BOOST_TEST(request.where.source == layers[0].source());
    BOOST_TEST(request.where.offset == 0u);
    BOOST_TEST(text(nodes).find("open sesame") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(they_find_their_place_through_normalised_sources) {
    scep::Sources sources;
    const auto message = *sources.add_captured(openssl_message("enveloped-password-ber.der"));
    const auto normalised = scep::ber::normalise(message, sources);
    BOOST_REQUIRE(normalised.has_value() && normalised->changed);
    const std::vector layers{decrypt(normalised->der, sources, tree_test::plaintext())};
    const auto nodes = build(message, sources, layers);
    const Node& encrypted = find(nodes, "encryptedContent");
    BOOST_TEST(encrypted.note.find(" part") != std::string::npos);
    BOOST_TEST(find(encrypted.children, "CertificationRequest").where.source == layers[0].source());
}

BOOST_AUTO_TEST_CASE(a_layer_of_another_message_is_not_shown) {
    scep::Sources sources;
    const auto other = *sources.add_captured(openssl_message("enveloped-password.der"));
    const auto message = *sources.add_captured(openssl_message("enveloped.der"));
    const std::vector layers{decrypt(other, sources, tree_test::plaintext())};
    BOOST_TEST(find(build(message, sources, layers), "encryptedContent").children.empty());
}

BOOST_AUTO_TEST_CASE(decrypted_octets_that_are_nothing_are_hidden) {
    scep::Sources sources;
    const auto message = *sources.add_captured(openssl_message("enveloped-password.der"));
    const std::vector layers{decrypt(message, sources, Octets{0x04, 0xff, 'p', 'w'})};
    const auto nodes = build(message, sources, layers);
    const Node& octets = find(nodes, "encryptedContent").children.at(0);
    BOOST_TEST(!octets.is_tlv());
    BOOST_TEST(octets.error.has_value());
    BOOST_TEST(octets.secret);
    BOOST_TEST(text(nodes).find("7077") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(decrypted_octets_that_are_no_message_are_hidden) {
    scep::Sources sources;
    const auto message = *sources.add_captured(openssl_message("enveloped-password.der"));
    const std::vector layers{decrypt(message, sources, Octets{0x0c, 0x02, 'p', 'w'})};
    const auto nodes = build(message, sources, layers);
    BOOST_TEST(text(nodes).find("UTF8String (hidden)") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
