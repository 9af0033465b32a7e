#include "samples.h"

#include <scepcodec/cms/enveloped_data.h>
#include <scepcodec/der/writer.h>
#include <scepcodec/x509/oids.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <array>

using namespace scep;
using namespace sceptest;
namespace data = boost::unit_test::data;
using der::Writer;

namespace {

cms::EnvelopedData decode(const Octets& octets) {
    const auto out = cms::EnvelopedData::decode_content_info(der::Input(octets));
    BOOST_REQUIRE_MESSAGE(out, (out ? std::string() : out.error().to_string()));
    return *out;
}

template <class T>
T only_recipient(const cms::EnvelopedData& enveloped) {
    BOOST_REQUIRE(enveloped.recipient_infos.size() == 1u);
    const auto recipient = *enveloped.recipient_infos.begin();
    BOOST_REQUIRE_MESSAGE(recipient, (recipient ? std::string() : recipient.error().to_string()));
    const T* form = std::get_if<T>(&recipient->choice);
    BOOST_REQUIRE(form != nullptr);
    return *form;
}

std::string print(const Octets& octets) { return openssl_text({"cms", "-cmsout", "-print", "-noout", "-inform", "DER"}, octets); }

struct Row {
    const char* name;
    std::int64_t version;
    std::vector<std::size_t> forms; // index of the CHOICE, in order
    std::vector<const char*> openssl;
};
std::ostream& operator<<(std::ostream& out, const Row& row) { return out << row.name; }
const Row rows[] = {
    {"ktri", 0, {0}, {"d.ktri:", "d.issuerAndSerialNumber:"}},
    {"ktri, key identifier", 2, {0}, {"d.ktri:", "d.subjectKeyIdentifier:"}},
    {"kari", 2, {1}, {"d.kari:", "d.originatorKey:", "d.issuerAndSerialNumber:"}},
    {"kari, key identifier", 2, {1}, {"d.kari:", "d.rKeyId:"}},
    {"kekri", 2, {2}, {"d.kekri:"}},
    {"pwri", 3, {3}, {"d.pwri:"}},
    {"four recipients", 3, {0, 1, 2, 3}, {"d.ktri:", "d.kari:", "d.kekri:", "d.pwri:"}},
    {"kemri", 3, {4}, {"d.ori:"}},
    {"kemri with ukm, and ori", 3, {4, 4}, {"d.ori:"}},
};

} // namespace

BOOST_AUTO_TEST_SUITE(enveloped_data)

BOOST_DATA_TEST_CASE(recipient_forms, data::make(rows), row) {
    const Octets octets = sample(row.name);
    const cms::EnvelopedData enveloped = decode(octets);
    BOOST_TEST(enveloped.version.equals(row.version));
    BOOST_TEST(enveloped.computed_version() == row.version);
    std::vector<std::size_t> forms;
    for (const auto& recipient : enveloped.recipient_infos) {
        BOOST_REQUIRE_MESSAGE(recipient, (recipient ? std::string() : recipient.error().to_string()));
        forms.push_back(recipient->choice.index());
    }
    std::ranges::sort(forms);
    BOOST_TEST(forms == row.forms, boost::test_tools::per_element());
    const std::string theirs = print(octets);
    for (const char* expected : row.openssl) {
        BOOST_TEST(theirs.find(expected) != std::string::npos, expected);
    }
    BOOST_TEST(theirs.find("d.envelopedData: \n    version: " + std::to_string(row.version)) != std::string::npos);
}

BOOST_AUTO_TEST_CASE(key_transport) {
    const Octets octets = sample("ktri");
    const auto ktri = only_recipient<cms::KeyTransRecipientInfo>(decode(octets));
    BOOST_TEST(ktri.version.equals(0));
    BOOST_TEST((ktri.key_encryption_algorithm.algorithm == x509::oids::rsaEncryption));
    BOOST_TEST(ktri.key_encryption_algorithm.parameters_absent_or_null());
    BOOST_TEST(ktri.encrypted_key.size() == 256u);
    const Octets ca = certificate("ca");
    BOOST_TEST(ktri.rid.matches(*x509::Certificate::decode(der::Input(ca))));
    // The key that decrypts the encryptedKey decrypts the content.
    const Octets key = openssl({"pkeyutl", "-decrypt", "-inkey", key_file("ca.key")}, ktri.encrypted_key.octets());
    const auto content = decode(octets).encrypted_content_info;
    const std::string plain = openssl_text({"enc", "-d", "-aes-128-cbc", "-K", der::to_hex(key), "-iv",
                                            der::to_hex(content.content_encryption_algorithm.parameters->value().octets())},
                                           content.encrypted_content->contiguous()->octets());
    BOOST_TEST(plain == openssl_text({"cms", "-decrypt", "-inform", "DER", "-inkey", key_file("ca.key"), "-binary"}, octets));
}

BOOST_AUTO_TEST_CASE(key_transport_by_key_identifier) {
    const Octets octets = sample("ktri, key identifier");
    const auto ktri = only_recipient<cms::KeyTransRecipientInfo>(decode(octets));
    BOOST_TEST(ktri.version.equals(2));
    BOOST_REQUIRE(ktri.rid.subject_key_identifier);
    const Octets ca = certificate("ca");
    BOOST_TEST(ktri.rid.subject_key_identifier->same_octets(*x509::Certificate::decode(der::Input(ca))->subject_key_identifier()));
}

BOOST_AUTO_TEST_CASE(key_agreement) {
    const Octets octets = sample("kari");
    const auto kari = only_recipient<cms::KeyAgreeRecipientInfo>(decode(octets));
    BOOST_TEST(kari.version.equals(3));
    BOOST_TEST((kari.originator.tag() == der::tag::context_constructed(1))); // originatorKey
    BOOST_TEST(!kari.ukm.has_value());
    BOOST_TEST(kari.key_encryption_algorithm.algorithm.to_string() == "1.3.133.16.840.63.0.2");
    BOOST_REQUIRE(kari.recipient_encrypted_keys.size() == 1u);
    const auto key = *kari.recipient_encrypted_keys.begin();
    BOOST_REQUIRE(key);
    BOOST_TEST((key->rid.tag() == der::tag::SEQUENCE));
    BOOST_TEST(key->rid.whole().same_octets(cms::encode_issuer_and_serial_number(subject_of("ec"), serial_of("ec"))));
    BOOST_TEST(key->encrypted_key.size() == 24u); // AES-128 key wrap of 16 octets
}

BOOST_AUTO_TEST_CASE(key_agreement_by_key_identifier) {
    const Octets octets = sample("kari, key identifier");
    const auto kari = only_recipient<cms::KeyAgreeRecipientInfo>(decode(octets));
    const auto key = *kari.recipient_encrypted_keys.begin();
    BOOST_REQUIRE(key);
    BOOST_TEST((key->rid.tag() == der::tag::context_constructed(0)));
}

BOOST_AUTO_TEST_CASE(key_encryption_key) {
    const Octets octets = sample("kekri");
    const auto kekri = only_recipient<cms::KEKRecipientInfo>(decode(octets));
    BOOST_TEST(kekri.version.equals(4));
    BOOST_TEST(der::to_hex(kekri.key_identifier.octets()) == "c0ffee");
    BOOST_TEST(kekri.key_encryption_algorithm.algorithm.to_string() == "2.16.840.1.101.3.4.1.5");
    BOOST_TEST(kekri.encrypted_key.size() == 24u);
}

BOOST_AUTO_TEST_CASE(password) {
    const Octets octets = sample("pwri");
    const auto pwri = only_recipient<cms::PasswordRecipientInfo>(decode(octets));
    BOOST_TEST(pwri.version.equals(0));
    BOOST_REQUIRE(pwri.key_derivation_algorithm);
    BOOST_TEST((pwri.key_derivation_algorithm->algorithm == cms::oids::id_PBKDF2));
    BOOST_TEST((pwri.key_encryption_algorithm.algorithm == cms::oids::id_alg_PWRI_KEK));
    BOOST_TEST(pwri.encrypted_key.size() == 32u);
}

BOOST_DATA_TEST_CASE(key_encapsulation, data::make(std::array{false, true}), with_ukm) {
    const Octets octets = sample(with_ukm ? "kemri with ukm, and ori" : "kemri");
    const cms::EnvelopedData enveloped = decode(octets);
    std::optional<cms::KEMRecipientInfo> kem;
    std::vector<std::string> others;
    for (const auto& recipient : enveloped.recipient_infos) {
        const auto& other = std::get<cms::OtherRecipientInfo>(recipient->choice);
        if (other.kem) {
            kem = other.kem;
        } else {
            others.push_back(other.ori_type.to_string() + " " + std::string(other.ori_value.value().text()));
        }
    }
    BOOST_REQUIRE(kem);
    BOOST_TEST(kem->version.equals(0));
    BOOST_TEST(kem->rid.subject_key_identifier->text() == "key identifier");
    BOOST_TEST(kem->kem.algorithm.to_string() == "2.16.840.1.101.3.4.4.2");
    BOOST_TEST(kem->kemct.size() == 48u);
    BOOST_TEST(kem->kdf.algorithm.to_string() == "1.2.840.113549.1.9.16.3.28");
    BOOST_TEST(kem->kek_length.equals(32));
    BOOST_TEST((kem->ukm ? kem->ukm->text() : "") == (with_ukm ? "ukm" : ""));
    BOOST_TEST(kem->wrap.algorithm.to_string() == "2.16.840.1.101.3.4.1.45");
    BOOST_TEST(kem->encrypted_key.size() == 40u);
    BOOST_TEST(others == (with_ukm ? std::vector<std::string>{"1.2.3.4 anything"} : std::vector<std::string>{}),
               boost::test_tools::per_element());
}

// Hand-made: what no tool makes.
struct Parts {
    const char* originator_info = "";
    const char* recipient_infos = "3100";
    const char* encrypted_content = "";
    const char* unprotected_attrs = "";
};
Octets enveloped_data_of(const Parts& parts) {
    return der::encode([&](Writer& w) {
        w.sequence([&] {
            w.oid(cms::oids::id_envelopedData);
            w.constructed(der::tag::context_constructed(0), [&] {
                w.sequence([&] {
                    w.integer(7);
                    w.raw(hex(parts.originator_info));
                    w.raw(hex(parts.recipient_infos));
                    w.sequence([&] {
                        w.oid(cms::oids::id_data);
                        w.raw(cms::encode_cbc_algorithm(cms::oids::des_cbc, Octets(8, 1)));
                        w.raw(hex(parts.encrypted_content));
                    });
                    w.raw(hex(parts.unprotected_attrs));
                });
            });
        });
    });
}

const char* const ktri_v0 = "311530130201008001aa300406022a030405aabbccddee";
const char* const ktri_v2 = "311530130201028001aa300406022a030405aabbccddee";

// RFC 5652, 6.1.
struct VersionRow {
    const char* name;
    Parts parts;
    int version;
};
std::ostream& operator<<(std::ostream& out, const VersionRow& row) { return out << row.name; }
const VersionRow version_rows[] = {
    {"ktri of version 0", {.recipient_infos = ktri_v0}, 0},
    {"ktri of version 2", {.recipient_infos = ktri_v2}, 2},
    {"unprotectedAttrs", {.recipient_infos = ktri_v0, .unprotected_attrs = "a100"}, 2},
    {"originatorInfo", {.originator_info = "a000", .recipient_infos = ktri_v0}, 2},
    {"originatorInfo with a certificate", {.originator_info = "a004a0023000", .recipient_infos = ktri_v0}, 2},
    {"originatorInfo with v2AttrCert", {.originator_info = "a004a002a200", .recipient_infos = ktri_v0}, 3},
    {"originatorInfo with another certificate", {.originator_info = "a004a002a300", .recipient_infos = ktri_v0}, 4},
    {"originatorInfo with another crl", {.originator_info = "a004a102a100", .recipient_infos = ktri_v0}, 4},
    {"pwri", {.recipient_infos = "310fa30d020100300406022a030402aabb"}, 3},
    {"ori", {.recipient_infos = "3108a40606022a030500"}, 3},
};

BOOST_DATA_TEST_CASE(computed_version_of_enveloped_data, data::make(version_rows), row) {
    const Octets octets = enveloped_data_of(row.parts);
    const cms::EnvelopedData enveloped = decode(octets);
    for (const auto& recipient : enveloped.recipient_infos) {
        BOOST_REQUIRE_MESSAGE(recipient, (recipient ? std::string() : recipient.error().to_string()));
    }
    BOOST_TEST(enveloped.version.equals(7));
    BOOST_TEST(enveloped.computed_version() == row.version);
}

struct ContentRow {
    const char* encrypted_content;
    std::optional<std::uint32_t> size;
    std::uint32_t parts;
};
std::ostream& operator<<(std::ostream& out, const ContentRow& row) { return out << row.encrypted_content; }
const ContentRow content_rows[] = {
    {"", std::nullopt, 0}, {"8000", 0, 1}, {"8003010203", 3, 1}, {"a0090402aabb0403ccddee", 5, 2}, {"a000", 0, 0},
};

BOOST_DATA_TEST_CASE(encrypted_content_in_any_form, data::make(content_rows), row) {
    const Octets octets = enveloped_data_of({.recipient_infos = ktri_v0, .encrypted_content = row.encrypted_content});
    const auto content = decode(octets).encrypted_content_info.encrypted_content;
    BOOST_TEST(((content ? std::optional(content->size()) : std::nullopt) == row.size));
    BOOST_TEST((content ? content->parts() : 0u) == row.parts);
}

// One bad recipient is an error of its own; the others are read.
struct BadRow {
    const char* recipient;
    const char* text; // without the place
};
std::ostream& operator<<(std::ostream& out, const BadRow& row) { return out << row.recipient; }
const BadRow bad_rows[] = {
    {"a500", "recipientInfos[1]: SEQUENCE expected, [5]"},
    {"3000", "recipientInfos[1].version: INTEGER expected, the value ends"},
    {"a1030201030000", "recipientInfos[1].originator: [0] expected, the value ends"},
    {"a203020104", "recipientInfos[1].kekid: SEQUENCE expected, the value ends"},
    {"a303020100", "recipientInfos[1].keyEncryptionAlgorithm: SEQUENCE expected, the value ends"},
    {"a40406022a03", "recipientInfos[1].oriValue: end_of_input"},
    {"a40f060b2a864886f70d0109100d030400", "recipientInfos[1].oriValue: SEQUENCE expected, OCTET STRING"},
    {"a412060b2a864886f70d0109100d033003020100", "recipientInfos[1].oriValue.rid: SEQUENCE or [0] expected, the value ends"},
};

BOOST_DATA_TEST_CASE(a_bad_recipient_hides_no_other, data::make(bad_rows), row) {
    const Octets good = hex(ktri_v0);
    Octets bad = hex(row.recipient);
    bad.resize(2u + bad[1]);
    const Octets set = der::encode([&](Writer& w) {
        w.set([&] {
            w.raw(std::span(good).subspan(2));
            w.raw(bad);
            w.raw(std::span(good).subspan(2));
        });
    });
    const std::string digits = der::to_hex(set);
    const Octets octets = enveloped_data_of({.recipient_infos = digits.c_str()});
    std::vector<std::string> outcome;
    for (const auto& recipient : decode(octets).recipient_infos) {
        outcome.push_back(recipient ? "ok" : recipient.error().to_string());
    }
    BOOST_REQUIRE(outcome.size() == 3u);
    BOOST_TEST(outcome[0] == "ok");
    BOOST_TEST(outcome[1].substr(0, outcome[1].rfind(" at ")) == row.text);
    BOOST_TEST(outcome[2] == "ok");
}

BOOST_AUTO_TEST_SUITE_END()
