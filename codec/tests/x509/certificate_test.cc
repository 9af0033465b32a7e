// Certificates made by the openssl program; what it prints of them is the witness.
#include "certificates.h"
#include "hostile.h"

#include <scepcodec/der/writer.h>
#include <scepcodec/x509/oids.h>

#include <boost/test/data/test_case.hpp>

#include <algorithm>
#include <sstream>
#include <string>

using namespace scep;
using namespace scep::x509;
using der::Input;
namespace data = boost::unit_test::data;
using sceptest::CertificateRecipe;
using sceptest::ec_key;
using sceptest::ed25519_key;
using sceptest::hex_of;
using sceptest::must;
using sceptest::Openssl;
using sceptest::rsa_key;

namespace {

const std::string long_text(60, 'o');

const std::vector<CertificateRecipe> recipes{
    {"RSA, CA",
     rsa_key,
     "/C=DE/O=Example/CN=RSA Root",
     {"-days", "30", "-addext", "basicConstraints=critical,CA:TRUE,pathlen:3", "-addext", "keyUsage=critical,keyCertSign,cRLSign",
      "-addext", "subjectKeyIdentifier=hash"}},
    {"RSA, leaf",
     rsa_key,
     "/CN=host.example",
     {"-days", "30", "-addext", "basicConstraints=CA:FALSE", "-addext", "keyUsage=digitalSignature,keyEncipherment", "-addext",
      "subjectAltName=DNS:host.example,IP:10.0.0.1", "-addext", "extendedKeyUsage=serverAuth,clientAuth", "-addext", "1.2.3.4=DER:0500"}},
    {"EC",
     ec_key,
     "/CN=EC",
     {"-days", "30", "-addext", "keyUsage=critical,nonRepudiation,dataEncipherment,keyAgreement", "-addext",
      "subjectKeyIdentifier=00:11:22"}},
    {"Ed25519", ed25519_key, "/CN=Ed25519", {"-days", "30", "-addext", "keyUsage=digitalSignature,decipherOnly"}},
    {"v1", ec_key, "/C=US/CN=version one", {}, {}, true},
    {"serial 0", ec_key, "/CN=s", {"-set_serial", "0"}},
    {"serial 127", ec_key, "/CN=s", {"-set_serial", "0x7f"}},
    {"serial 128", ec_key, "/CN=s", {"-set_serial", "0x80"}},
    {"serial of 20 octets", ec_key, "/CN=s", {"-set_serial", "0xff00112233445566778899aabbccddeeff00112233"}},
    {"negative serial", ec_key, "/CN=s", {"-set_serial", "-129"}},
    {"until 2049 and after", ec_key, "/CN=t", {"-days", "36500"}},
    {"empty subject", ec_key, "/", {"-days", "1"}},
    {"long name",
     ec_key,
     "/C=DE/ST=" + long_text + "/L=" + long_text + "/O=" + long_text + "/OU=" + long_text + "/OU=" + long_text + "/CN=" + long_text,
     {"-days", "30"}},
    {"many types",
     ec_key,
     "/DC=example/UID=u1/GN=Given/SN=Sur/serialNumber=42/street=Road 1/title=Dr/emailAddress=a@b.example/unstructuredName=host.example",
     {"-days", "30"}},
    {"several values", ec_key, "/C=DE/O=Example+OU=Unit+CN=three in one/CN=last", {"-days", "30"}},
    {"to be escaped", ec_key, "/O=Comma, Plus\\+ and \"Quotes\"/OU=<a>;b\\\\c/CN=#hash", {"-days", "30"}},
    {"UTF-8", ec_key, "/O=M\u00fcller \u20ac/CN=\u65e5\u672c", {"-days", "30"}, "string_mask = utf8only"},
    {"T61String", ec_key, "/O=M\u00fcller/CN=\u00e9t\u00e9", {"-days", "30"}, "string_mask = MASK:0x4"},
    {"BMPString", ec_key, "/O=M\u00fcller \u20ac/CN=\u65e5\u672c", {"-days", "30"}, "string_mask = MASK:0x800"},
    {"UniversalString", ec_key, "/O=M\u00fcller \u20ac", {"-days", "30"}, "string_mask = MASK:0x100"},
};

// The value of a line "name=value".
std::string line(const std::string& text, const std::string& name) {
    std::istringstream lines(text);
    for (std::string one; std::getline(lines, one);) {
        if (one.starts_with(name + "=")) {
            return one.substr(name.size() + 1);
        }
    }
    return "no " + name;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
        text.replace(at, from.size(), to);
    }
    return text;
}

std::string upper(std::string text) {
    std::ranges::transform(text, text.begin(), [](char c) { return c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c; });
    return text;
}

// As openssl prints a serial number.
std::string serial_text(const der::Integer& serial) {
    if (!serial.negative()) {
        return upper(hex_of(serial.magnitude()));
    }
    std::ostringstream text;
    const std::int64_t value = -serial.to_int64().value();
    text << std::hex << std::uppercase << value;
    return "-" + (text.str().size() % 2 == 0 ? "" : std::string("0")) + text.str();
}

std::string usage_text(const der::BitString& usage) {
    constexpr std::array<std::pair<KeyUsage, const char*>, 7> named{{{KeyUsage::digitalSignature, "Digital Signature"},
                                                                     {KeyUsage::nonRepudiation, "Non Repudiation"},
                                                                     {KeyUsage::keyEncipherment, "Key Encipherment"},
                                                                     {KeyUsage::dataEncipherment, "Data Encipherment"},
                                                                     {KeyUsage::keyAgreement, "Key Agreement"},
                                                                     {KeyUsage::keyCertSign, "Certificate Sign"},
                                                                     {KeyUsage::cRLSign, "CRL Sign"}}};
    std::string text;
    for (const auto& [bit, name] : named) {
        if (usage.bit(static_cast<std::uint32_t>(bit))) {
            text += (text.empty() ? "" : ", ") + std::string(name);
        }
    }
    if (usage.bit(8)) {
        text += (text.empty() ? "" : ", ") + std::string("Decipher Only");
    }
    return text;
}

// The line after the one that names an extension, without spaces around it; empty where there is none.
std::string extension_line(const std::string& text, const std::string& name) {
    const std::size_t at = text.find("X509v3 " + name + ":");
    if (at == std::string::npos) {
        return {};
    }
    const std::size_t start = text.find_first_not_of(' ', text.find('\n', at) + 1);
    const std::string found = text.substr(start, text.find('\n', start) - start);
    return found.substr(0, found.find_last_not_of(' ') + 1);
}

std::size_t occurrences(const std::string& text, const std::string& what) {
    std::size_t count = 0;
    for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += what.size()) {
        ++count;
    }
    return count;
}

const CertificateRecipe& recipe(const std::string& what) { return *std::ranges::find(recipes, what, &CertificateRecipe::what); }

} // namespace

BOOST_DATA_TEST_CASE(every_field_is_what_openssl_prints, data::make(recipes), recipe) {
    const Openssl openssl;
    const auto octets = sceptest::make_certificate(openssl, recipe);
    const Certificate certificate = must(Certificate::decode(Input(octets)));
    const std::string fields = openssl.text({"x509", "-in", "cert.pem", "-noout", "-serial", "-subject", "-issuer", "-startdate",
                                             "-enddate", "-dateopt", "iso_8601", "-nameopt", "esc_2253,utf8,sname,sep_comma_plus_space"});
    const std::string text = openssl.text({"x509", "-in", "cert.pem", "-noout", "-text"});

    BOOST_TEST(certificate.whole.size() == octets.size());
    BOOST_TEST(certificate.version.has_value() == (text.find("Version: 1 ") == std::string::npos));
    const std::int64_t version = certificate.version ? certificate.version->to_int64().value() : 0;
    BOOST_TEST(text.find("Version: " + std::to_string(version + 1) + " (0x" + std::to_string(version) + ")") != std::string::npos);
    BOOST_TEST(serial_text(certificate.serial_number) == line(fields, "serial"));
    BOOST_TEST(certificate.subject.to_string() == replaced(line(fields, "subject"), " + ", "+"));
    BOOST_TEST(certificate.issuer.to_string() == replaced(line(fields, "issuer"), " + ", "+"));
    BOOST_TEST(certificate.self_issued());
    BOOST_TEST(certificate.validity.not_before.to_string() == replaced(line(fields, "notBefore"), " ", "T"));
    BOOST_TEST(certificate.validity.not_after.to_string() == replaced(line(fields, "notAfter"), " ", "T"));

    const std::size_t extensions = certificate.extensions ? certificate.extensions->size() : 0;
    BOOST_TEST(extensions == occurrences(text, "X509v3 ") - occurrences(text, "X509v3 extensions:") + occurrences(text, "1.2.3.4:"));
    std::size_t critical = 0;
    if (certificate.extensions) {
        for (const Result<Extension>& extension : *certificate.extensions) {
            critical += must(extension).critical ? 1u : 0u;
        }
    }
    BOOST_TEST(critical == occurrences(text, ": critical"));
    const auto identifier = certificate.subject_key_identifier();
    BOOST_TEST((identifier ? upper(hex_of(*identifier)) : "") == replaced(extension_line(text, "Subject Key Identifier"), ":", ""));
    const auto usage = certificate.key_usage();
    BOOST_TEST((usage ? usage_text(*usage) : "") == extension_line(text, "Key Usage"));
    const auto ca = certificate.basic_constraints_ca();
    const std::string constraints = extension_line(text, "Basic Constraints");
    BOOST_TEST((ca ? (*ca ? "CA:TRUE" : "CA:FALSE") : "") == constraints.substr(0, constraints.find(',')));
}

BOOST_DATA_TEST_CASE(the_octets_that_are_signed_and_the_key_are_exact, data::make(recipes), recipe) {
    const Openssl openssl;
    const auto octets = sceptest::make_certificate(openssl, recipe);
    const Certificate certificate = must(Certificate::decode(Input(octets)));
    openssl.write("public.pem", openssl.text({"x509", "-in", "cert.pem", "-noout", "-pubkey"}));
    std::ignore = openssl.text({"pkey", "-pubin", "-in", "public.pem", "-outform", "DER", "-out", "public.der"});
    BOOST_TEST(hex_of(certificate.subject_public_key_info.whole) == hex_of(openssl.file("public.der")));

    BOOST_TEST((certificate.signature_algorithm.algorithm == certificate.signature.algorithm));
    BOOST_TEST(certificate.signature_value.unused_bits == 0);
    openssl.write("tbs", std::vector<std::uint8_t>(certificate.tbs_certificate.begin(), certificate.tbs_certificate.end()));
    const auto& signature = certificate.signature_value.octets;
    openssl.write("signature", std::vector<std::uint8_t>(signature.begin(), signature.end()));
    const bool ed25519 = certificate.signature_algorithm.algorithm == oids::id_Ed25519;
    BOOST_TEST(
        openssl.accepts(ed25519 ? std::vector<std::string>{"pkeyutl", "-verify", "-pubin", "-inkey", "public.pem", "-rawin", "-in", "tbs",
                                                           "-sigfile", "signature"}
                                : std::vector<std::string>{"dgst", "-sha256", "-verify", "public.pem", "-signature", "signature", "tbs"}));
}

BOOST_AUTO_TEST_CASE(an_algorithm_has_its_parameters) {
    const Openssl openssl;
    const auto rsa = sceptest::make_certificate(openssl, recipe("RSA, leaf"));
    const Certificate with_null = must(Certificate::decode(Input(rsa)));
    BOOST_TEST((with_null.signature_algorithm.algorithm == oids::sha256WithRSAEncryption));
    BOOST_TEST((with_null.subject_public_key_info.algorithm.algorithm == oids::rsaEncryption));
    BOOST_TEST(with_null.signature_algorithm.parameters.has_value());
    BOOST_TEST(with_null.signature_algorithm.parameters_absent_or_null());
    const auto ec = sceptest::make_certificate(openssl, recipe("EC"));
    const Certificate with_curve = must(Certificate::decode(Input(ec)));
    BOOST_TEST((with_curve.signature_algorithm.algorithm == oids::ecdsa_with_SHA256));
    BOOST_TEST(!with_curve.signature_algorithm.parameters.has_value());
    BOOST_TEST(with_curve.signature_algorithm.parameters_absent_or_null());
    BOOST_TEST(!with_curve.subject_public_key_info.algorithm.parameters_absent_or_null());
    const auto no_null = sceptest::hex("30 06 06 01 2a 05 01 00");
    BOOST_TEST(!must(AlgorithmIdentifier::decode(Input(no_null))).parameters_absent_or_null());
}

BOOST_AUTO_TEST_CASE(an_extension_is_found_by_its_oid) {
    const Openssl openssl;
    const auto octets = sceptest::make_certificate(openssl, recipe("RSA, leaf"));
    const Certificate certificate = must(Certificate::decode(Input(octets)));
    const auto own = certificate.extension(der::oid("1.2.3.4"));
    BOOST_REQUIRE(own);
    BOOST_TEST(hex_of(own->extn_value) == "0500");
    BOOST_TEST(!own->critical);
    BOOST_TEST(certificate.extension(oids::id_ce_extKeyUsage).has_value());
    BOOST_TEST(!certificate.extension(oids::id_ce_cRLNumber).has_value());
}

namespace {

// A certificate of leaf values of our own, for what openssl would not make.
std::vector<std::uint8_t> crafted(const std::vector<std::pair<der::OidConstant, std::vector<std::uint8_t>>>& extensions,
                                  std::string_view last_field = {}) {
    using namespace der;
    return encode([&](Writer& w) {
        const auto algorithm = [&] { w.sequence([&] { w.oid(oids::id_Ed25519); }); };
        const auto name = [&] { w.sequence([] {}); };
        w.sequence([&] {
            w.sequence([&] {
                w.constructed(tag::context_constructed(0), [&] { w.integer(2); });
                w.integer(1);
                algorithm();
                name();
                w.sequence([&] {
                    w.time(0);
                    w.time(4000000000);
                });
                name();
                w.sequence([&] {
                    algorithm();
                    w.bit_string({});
                });
                w.primitive(tag::context(1), std::string_view("\0a", 2));
                w.primitive(tag::context(2), std::string_view("\0b", 2));
                w.constructed(tag::context_constructed(3), [&] {
                    w.sequence([&] {
                        for (const auto& [id, value] : extensions) {
                            w.sequence([&] {
                                w.oid(id);
                                w.octet_string(value);
                            });
                        }
                    });
                    w.raw(sceptest::hex(last_field));
                });
            });
            algorithm();
            w.bit_string({});
        });
    });
}

struct ValueRow {
    std::string what;
    der::OidConstant id;
    std::string value;
    std::string read; // "" where it does not decode
    friend std::ostream& operator<<(std::ostream& out, const ValueRow& row) { return out << row.what << ' ' << row.value; }
};

const std::vector<ValueRow> extension_values{
    {"key usage", oids::id_ce_keyUsage, "03 02 07 80", "80"},
    {"key usage", oids::id_ce_keyUsage, "03 01 00", "-"},
    {"key usage", oids::id_ce_keyUsage, "03 02 07 80 00", ""},
    {"key usage", oids::id_ce_keyUsage, "03 02 07 81", ""},
    {"key usage", oids::id_ce_keyUsage, "04 02 07 80", ""},
    {"key usage", oids::id_ce_keyUsage, "", ""},
    {"subject key identifier", oids::id_ce_subjectKeyIdentifier, "04 02 aa bb", "aabb"},
    {"subject key identifier", oids::id_ce_subjectKeyIdentifier, "04 00", "-"},
    {"subject key identifier", oids::id_ce_subjectKeyIdentifier, "04 02 aa bb cc", ""},
    {"subject key identifier", oids::id_ce_subjectKeyIdentifier, "04 03 aa bb", ""},
    {"basic constraints", oids::id_ce_basicConstraints, "30 00", "no"},
    {"basic constraints", oids::id_ce_basicConstraints, "30 03 01 01 ff", "yes"},
    {"basic constraints", oids::id_ce_basicConstraints, "30 03 01 01 00", "no"},
    {"basic constraints", oids::id_ce_basicConstraints, "30 06 01 01 ff 02 01 00", "yes"},
    {"basic constraints", oids::id_ce_basicConstraints, "30 03 02 01 00", "no"},
    {"basic constraints", oids::id_ce_basicConstraints, "30 03 01 01 01", ""},
    {"basic constraints", oids::id_ce_basicConstraints, "30 05 01 01 ff 02 00", ""},
    {"basic constraints", oids::id_ce_basicConstraints, "30 05 01 01 ff 05 00", ""},
    {"basic constraints", oids::id_ce_basicConstraints, "30 03 01 01 ff 05 00", ""},
};

} // namespace

BOOST_DATA_TEST_CASE(an_extension_value_decodes_to_its_last_octet_or_not_at_all, data::make(extension_values), row) {
    const auto octets = crafted({{row.id, sceptest::hex(row.value)}});
    const Certificate certificate = must(Certificate::decode(Input(octets)));
    const auto shown = [](const std::optional<Input>& value) { return !value ? "" : value->empty() ? "-" : hex_of(*value); };
    const auto usage = certificate.key_usage();
    const auto ca = certificate.basic_constraints_ca();
    BOOST_TEST(shown(usage ? std::optional(usage->octets) : std::nullopt) == (row.what == "key usage" ? row.read : ""));
    BOOST_TEST(shown(certificate.subject_key_identifier()) == (row.what == "subject key identifier" ? row.read : ""));
    BOOST_TEST((ca ? (*ca ? "yes" : "no") : "") == (row.what == "basic constraints" ? row.read : ""));
}

BOOST_AUTO_TEST_CASE(the_first_of_two_extensions_counts_and_unique_ids_are_passed_over) {
    const auto octets =
        crafted({{oids::id_ce_keyUsage, sceptest::hex("03 02 07 80")}, {oids::id_ce_keyUsage, sceptest::hex("03 02 06 40")}});
    const Certificate certificate = must(Certificate::decode(Input(octets)));
    BOOST_TEST(certificate.extensions.value().size() == 2u);
    BOOST_TEST(certificate.key_usage().value().bit(0));
    BOOST_TEST(certificate.subject.empty());
}

BOOST_AUTO_TEST_CASE(an_error_in_the_extensions_names_them) {
    const auto trailing = crafted({}, "05 00");
    BOOST_TEST(
        Certificate::decode(Input(trailing)).error().to_string().starts_with("Certificate.tbsCertificate.extensions: trailing_data at "));
    auto octets = crafted({{oids::id_ce_keyUsage, sceptest::hex("03 02 07 80")}, {der::oid("1.2.3"), {}}});
    const auto at = std::ranges::search(octets, sceptest::hex("06 02 2a 03")).begin();
    BOOST_REQUIRE(at != octets.end());
    *at = 0x05;
    const Certificate certificate = must(Certificate::decode(Input(octets)));
    auto second = certificate.extensions.value().begin();
    BOOST_TEST((*second).has_value());
    ++second;
    BOOST_TEST((*second).error().to_string().starts_with("extensions[1].extnID: OBJECT IDENTIFIER expected, NULL at "));
}

BOOST_AUTO_TEST_CASE(decoding_and_walking_a_certificate_allocates_nothing) {
    const Openssl openssl;
    const auto octets = sceptest::make_certificate(openssl, recipe("RSA, leaf"));
    const sceptest::AllocationCount count;
    const auto certificate = Certificate::decode(Input(octets));
    std::size_t steps = 0;
    if (certificate) {
        for (const Result<Extension>& extension : *certificate->extensions) {
            steps += extension ? 1u : 0u;
        }
        for (const Result<RelativeDistinguishedName>& rdn : certificate->subject.rdns) {
            for (const Result<AttributeTypeAndValue>& attribute : rdn->attributes) {
                steps += attribute ? 1u : 0u;
            }
        }
        steps += certificate->key_usage() && certificate->basic_constraints_ca() && certificate->self_issued() ? 1u : 0u;
    }
    for (std::uint32_t size = 0; size < octets.size(); ++size) {
        steps += Certificate::decode(Input(octets).slice(0, size)) ? 1000u : 0u;
    }
    const std::size_t allocations = count.allocations();
    BOOST_TEST(steps >= 7u);
    BOOST_TEST(steps < 1000u);
    BOOST_TEST(allocations == 0u);
}

BOOST_DATA_TEST_CASE(a_damaged_certificate_is_survived, data::make({"RSA, leaf", "several values"}), what) {
    const Openssl openssl;
    sceptest::survives<Certificate>(sceptest::make_certificate(openssl, recipe(what)),
                                    [](sceptest::Walk& walk, const Certificate& certificate) { walk.see(certificate); });
}
