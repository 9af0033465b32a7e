// CSRs made by the openssl program, and some that it would not make but reads; what it prints of them is the witness.
#include "../x509/hostile.h"
#include "../x509/openssl.h"

#include <scepcodec/der/writer.h>
#include <scepcodec/pkcs10/certification_request.h>
#include <scepcodec/x509/oids.h>

#include <boost/test/data/test_case.hpp>

#include <ostream>
#include <string>

using namespace scep;
using namespace scep::pkcs10;
using der::Input;
using der::Writer;
namespace data = boost::unit_test::data;
namespace tag = scep::der::tag;
using sceptest::hex;
using sceptest::hex_of;
using sceptest::must;
using sceptest::Openssl;

namespace {

struct Recipe {
    std::string what;
    std::vector<std::string> key; // arguments of openssl genpkey
    std::string subject;          // lines of the distinguished name section
    std::string attributes = {};  // lines of the attributes section of openssl's configuration
    std::string extensions = {};  // lines of the extensions section
    std::string options = {};     // lines of the request section
    std::string challenge = {};   // what is to be read
    der::Tag challenge_type = tag::none;
    std::uint32_t extension_count = 0;
    friend std::ostream& operator<<(std::ostream& out, const Recipe& recipe) { return out << recipe.what; }
};

const std::vector<std::string> rsa{"-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"};
const std::vector<std::string> ec{"-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"};

const std::vector<Recipe> recipes{
    {"RSA, plain", rsa, "C = US\nO = x\nCN = y"},
    {"RSA, challenge", rsa, "CN = y", "challengePassword = secret", "", "", "secret", tag::UTF8String},
    {"EC, extensions", ec, "CN = y", "", "subjectAltName = DNS:a.example\nkeyUsage = critical, digitalSignature", "", "", tag::none, 2},
    {"EC, both", ec, "O = A\n+OU = B\nCN = y", "challengePassword = 8e63-\u00fc", "subjectAltName = email:a@b.example", "", "8e63-\u00fc",
     tag::UTF8String, 1},
    {"EC, PrintableString", ec, "CN = y", "challengePassword = Plain 42", "", "string_mask = pkix", "Plain 42", tag::PrintableString},
    {"EC, T61String", ec, "CN = y", "challengePassword = under_score", "", "string_mask = MASK:0x4", "under_score", tag::TeletexString},
    {"EC, BMPString", ec, "CN = y", "challengePassword = wide\u20ac", "", "string_mask = MASK:0x800", "wide\u20ac", tag::BMPString},
    {"EC, another attribute first", ec, "CN = y", "unstructuredName = host.example\nchallengePassword = late",
     "basicConstraints = CA:FALSE", "", "late", tag::UTF8String, 1},
    {"Ed25519, empty subject", {"-algorithm", "ED25519"}, ""},
};

std::vector<std::uint8_t> make_request(const Openssl& openssl, const Recipe& recipe) {
    std::vector<std::string> key{"genpkey", "-out", "key.pem"};
    key.insert(key.end(), recipe.key.begin(), recipe.key.end());
    std::ignore = openssl.text(key);
    openssl.write("req.cnf", "[req]\nprompt = no\nutf8 = yes\ndistinguished_name = dn\n" + recipe.options + "\n" +
                                 (recipe.attributes.empty() ? "" : "attributes = attributes\n") +
                                 (recipe.extensions.empty() ? "" : "req_extensions = extensions\n") + "[dn]\n" + recipe.subject +
                                 "\n[attributes]\n" + recipe.attributes + "\n[extensions]\n" + recipe.extensions + "\n");
    std::vector<std::string> request{"req", "-new", "-config", "req.cnf", "-utf8", "-key", "key.pem", "-out", "csr.pem"};
    if (recipe.subject.empty()) {
        request.insert(request.end(), {"-subj", "/"});
    }
    std::ignore = openssl.text(request);
    std::ignore = openssl.text({"req", "-in", "csr.pem", "-outform", "DER", "-out", "csr.der"});
    return openssl.file("csr.der");
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

using Values = std::vector<std::pair<der::OidConstant, std::string>>; // the type, and the values as hexadecimal text

// A CSR with the attributes given, over an Ed25519 key of zeros; none at all where there is nothing.
std::vector<std::uint8_t> crafted(const std::optional<Values>& attributes) {
    return der::encode([&](Writer& w) {
        const auto algorithm = [&] { w.sequence([&] { w.oid(x509::oids::id_Ed25519); }); };
        w.sequence([&] {
            w.sequence([&] {
                w.integer(0);
                w.sequence([] {});
                w.sequence([&] {
                    algorithm();
                    w.bit_string(std::vector<std::uint8_t>(32));
                });
                if (attributes) {
                    w.constructed(tag::context_constructed(0), [&] {
                        for (const auto& [type, values] : *attributes) {
                            w.sequence([&] {
                                w.oid(type);
                                w.primitive(tag::SET, hex(values));
                            });
                        }
                    });
                }
            });
            algorithm();
            w.bit_string(std::vector<std::uint8_t>(64));
        });
    });
}

constexpr std::string_view usage_extension = "30 0b 06 03 55 1d 0f 04 04 03 02 07 80";

struct CraftedRow {
    std::string what;
    std::optional<Values> attributes;
    std::string challenge;  // "-" where there is none
    std::string extensions; // "-" where there is none, else their number, or the error
    bool by_openssl = true; // openssl reads the same
    friend std::ostream& operator<<(std::ostream& out, const CraftedRow& row) { return out << row.what; }
};

const std::string one_extension = "30 0d " + std::string(usage_extension);

const std::vector<CraftedRow> crafted_rows{
    {"no [0]", std::nullopt, "-", "-"},
    {"empty [0]", Values{}, "-", "-"},
    {"Microsoft's OID", Values{{oids::microsoftCertExtensions, one_extension}}, "-", "1"},
    {"PKCS#9's OID", Values{{oids::extensionRequest, one_extension}}, "-", "1"},
    {"both, PKCS#9's counts", Values{{oids::microsoftCertExtensions, one_extension}, {oids::extensionRequest, "30 00"}}, "-", "0", false},
    {"the challenge after others", Values{{der::oid("1.2.3"), "05 00"}, {oids::challengePassword, "13 02 61 62"}}, "ab", "-"},
    {"the first challenge", Values{{oids::challengePassword, "13 01 61"}, {oids::challengePassword, "13 01 62"}}, "a", "-"},
    {"the first value", Values{{oids::challengePassword, "13 01 61 13 01 62"}}, "a", "-"},
    {"a challenge of no value", Values{{oids::challengePassword, ""}}, "-", "-", false},
    {"a challenge of another type", Values{{oids::challengePassword, "04 01 61"}}, "\\x61", "-", false},
    {"extensions of no value", Values{{oids::extensionRequest, ""}}, "-", "-", false},
    {"extensions that are none", Values{{oids::extensionRequest, "04 01 61"}}, "-", "extensionRequest: SEQUENCE expected, OCTET STRING",
     false},
    {"extensions cut off", Values{{oids::extensionRequest, "30 03 30 05 06"}}, "-", "extensionRequest: truncated", false},
};

struct WrongRow {
    std::string what;
    std::string octets;
    std::string error;
    friend std::ostream& operator<<(std::ostream& out, const WrongRow& row) { return out << row.what; }
};

const std::string key_hex = "30 0c 30 05 06 03 2b 65 70 03 03 00 aa bb";

const std::vector<WrongRow> wrong_rows{
    {"nothing", "", "CertificationRequest: SEQUENCE expected, the value ends at 0"},
    {"no info", "30 00", "CertificationRequest.certificationRequestInfo: SEQUENCE expected, the value ends at 2"},
    {"no version", "30 02 30 00", "CertificationRequest.certificationRequestInfo.version: INTEGER expected, the value ends at 4"},
    {"no subject", "30 05 30 03 02 01 00", "CertificationRequest.certificationRequestInfo.subject: SEQUENCE expected, the value ends at 7"},
    {"no key", "30 07 30 05 02 01 00 30 00",
     "CertificationRequest.certificationRequestInfo.subjectPKInfo: SEQUENCE expected, the value ends at 9"},
    {"[1] for [0]", "30 17 30 15 02 01 00 30 00" + key_hex + "a1 00",
     "CertificationRequest.certificationRequestInfo: trailing_data at 23..25"},
    {"an attribute cut off", "30 19 30 17 02 01 00 30 00" + key_hex + "a0 02 30 05",
     "CertificationRequest.certificationRequestInfo.attributes: truncated at 25..27"},
    {"no algorithm", "30 15 30 13 02 01 00 30 00" + key_hex,
     "CertificationRequest.signatureAlgorithm: SEQUENCE expected, the value ends at 23"},
    {"no signature", "30 1a 30 13 02 01 00 30 00" + key_hex + "30 03 06 01 2a",
     "CertificationRequest.signature: BIT STRING expected, the value ends at 28"},
};

} // namespace

BOOST_DATA_TEST_CASE(every_field_is_what_openssl_prints, data::make(recipes), recipe) {
    const Openssl openssl;
    const auto octets = make_request(openssl, recipe);
    const CertificationRequest request = must(CertificationRequest::decode(Input(octets)));
    const std::string text = openssl.text({"req", "-in", "csr.pem", "-noout", "-text", "-nameopt", "esc_2253,utf8,sname,sep_comma_plus"});

    BOOST_TEST(request.version.equals(0));
    BOOST_TEST(contains(text, "Version: 1 (0x0)"));
    std::string subject = request.subject.to_string();
    for (std::size_t at = 0; (at = subject.find(", ", at)) != std::string::npos;) {
        subject.erase(at + 1, 1);
    }
    BOOST_TEST(contains(text, "Subject: " + subject + "\n"));

    openssl.write("public.pem", openssl.text({"req", "-in", "csr.pem", "-noout", "-pubkey"}));
    std::ignore = openssl.text({"pkey", "-pubin", "-in", "public.pem", "-outform", "DER", "-out", "public.der"});
    BOOST_TEST(hex_of(request.subject_pk_info.whole) == hex_of(openssl.file("public.der")));

    BOOST_TEST(request.attributes.has_value());
    const auto challenge = request.challenge_password();
    BOOST_TEST(challenge.has_value() == !recipe.challenge.empty());
    BOOST_TEST(contains(text, "challengePassword") == challenge.has_value());
    if (challenge) {
        BOOST_TEST(challenge->tag() == recipe.challenge_type);
        BOOST_TEST(der::display_text(*challenge) == recipe.challenge);
        // Of UTF8String and the 16-bit BMPString, openssl prints the raw octets.
        BOOST_TEST((challenge->tag() == tag::BMPString || contains(text, ":" + std::string(challenge->value().text()) + "\n")));
    }
    const auto extensions = request.extension_request();
    BOOST_TEST(extensions.has_value() == (recipe.extension_count > 0));
    BOOST_TEST(contains(text, "X509v3 ") == extensions.has_value());
    if (extensions) {
        BOOST_TEST(must(*extensions).size() == recipe.extension_count);
        for (const Result<x509::Extension>& extension : must(*extensions)) {
            BOOST_TEST(must(extension).extn_id.to_string().starts_with("2.5.29."));
        }
    }
}

BOOST_DATA_TEST_CASE(the_octets_that_are_signed_are_exact, data::make(recipes), recipe) {
    const Openssl openssl;
    const auto octets = make_request(openssl, recipe);
    const CertificationRequest request = must(CertificationRequest::decode(Input(octets)));
    openssl.write("public.pem", openssl.text({"req", "-in", "csr.pem", "-noout", "-pubkey"}));
    const Input info = request.certification_request_info;
    openssl.write("info", std::vector<std::uint8_t>(info.begin(), info.end()));
    openssl.write("signature", std::vector<std::uint8_t>(request.signature.octets.begin(), request.signature.octets.end()));
    const bool ed25519 = request.signature_algorithm.algorithm == x509::oids::id_Ed25519;
    BOOST_TEST(
        openssl.accepts(ed25519 ? std::vector<std::string>{"pkeyutl", "-verify", "-pubin", "-inkey", "public.pem", "-rawin", "-in", "info",
                                                           "-sigfile", "signature"}
                                : std::vector<std::string>{"dgst", "-sha256", "-verify", "public.pem", "-signature", "signature", "info"}));
}

BOOST_DATA_TEST_CASE(attributes_are_found_wherever_they_stand, data::make(crafted_rows), row) {
    const auto octets = crafted(row.attributes);
    const CertificationRequest request = must(CertificationRequest::decode(Input(octets)));
    BOOST_TEST(request.attributes.has_value() == row.attributes.has_value());
    if (request.attributes) {
        BOOST_TEST(request.attributes->size() == row.attributes->size());
    }
    const auto challenge = request.challenge_password();
    BOOST_TEST((challenge ? der::display_text(*challenge) : "-") == row.challenge);
    const auto extensions = request.extension_request();
    if (!extensions) {
        BOOST_TEST(row.extensions == "-");
    } else if (*extensions) {
        BOOST_TEST(std::to_string((*extensions)->size()) == row.extensions);
    } else {
        BOOST_TEST(extensions->error().to_string().starts_with(row.extensions));
        BOOST_TEST(sceptest::within(extensions->error().where, Input(octets)));
    }
    if (row.by_openssl) {
        const Openssl openssl;
        openssl.write("csr.der", octets);
        const std::string text = openssl.text({"req", "-inform", "DER", "-in", "csr.der", "-noout", "-text"});
        BOOST_TEST(contains(text, "X509v3 Key Usage:") == extensions.has_value());
        BOOST_TEST(contains(text, "challengePassword        :" + row.challenge + "\n") == challenge.has_value());
    }
}

BOOST_DATA_TEST_CASE(a_request_that_is_none_says_why, data::make(wrong_rows), row) {
    const auto octets = hex(row.octets);
    const auto request = CertificationRequest::decode(Input(octets));
    BOOST_REQUIRE(!request);
    BOOST_TEST(request.error().to_string() == row.error);
}

BOOST_AUTO_TEST_CASE(attributes_that_do_not_decode_hide_no_others) {
    auto octets = crafted(Values{{der::oid("1.2.3"), "05 00"}, {oids::challengePassword, "13 02 61 62"}});
    const auto at = std::ranges::search(octets, hex("06 02 2a 03")).begin();
    BOOST_REQUIRE(at != octets.end());
    *at = 0x04;
    const CertificationRequest request = must(CertificationRequest::decode(Input(octets)));
    BOOST_TEST(der::display_text(request.challenge_password().value()) == "ab");
    const auto first = *request.attributes.value().begin();
    BOOST_REQUIRE(!first);
    BOOST_TEST(first.error().to_string().starts_with("attributes[0].attrType: OBJECT IDENTIFIER expected, OCTET STRING at "));
}

BOOST_AUTO_TEST_CASE(an_attribute_is_found_by_type_and_gives_all_its_values) {
    const auto octets = crafted(Values{{der::oid("1.2.3"), "05 00 01 01 ff 02 01 07"}});
    const CertificationRequest request = must(CertificationRequest::decode(Input(octets)));
    BOOST_TEST(!find(*request.attributes, der::oid("1.2.4")).has_value());
    const auto attribute = find(*request.attributes, der::oid("1.2.3"));
    BOOST_REQUIRE(attribute);
    BOOST_TEST(attribute->values.size() == 3u);
    BOOST_TEST(attribute->value().value().tag() == tag::NULL_);
    std::string tags;
    for (const Result<x509::AttributeValue>& value : attribute->values) {
        tags += to_string(must(value).element.tag()) + ' ';
    }
    BOOST_TEST(tags == "NULL BOOLEAN INTEGER ");
    BOOST_TEST(hex_of(attribute->whole) == "300e"
                                           "06022a03"
                                           "3108"
                                           "0500"
                                           "0101ff"
                                           "020107");
}

BOOST_AUTO_TEST_CASE(decoding_a_request_allocates_nothing) {
    const auto octets = crafted(Values{{oids::challengePassword, "13 02 61 62"}, {oids::extensionRequest, one_extension}});
    const sceptest::AllocationCount count;
    int found = 0;
    const auto request = CertificationRequest::decode(Input(octets));
    if (request) {
        found += request->challenge_password() ? 1 : 0;
        found += request->extension_request() ? 1 : 0;
    }
    for (std::uint32_t size = 0; size < octets.size(); ++size) {
        found += CertificationRequest::decode(Input(octets).slice(0, size)) ? 100 : 0;
    }
    const std::size_t allocations = count.allocations();
    BOOST_TEST(found == 2);
    BOOST_TEST(allocations == 0u);
}

BOOST_AUTO_TEST_CASE(a_damaged_request_is_survived) {
    const Openssl openssl;
    const auto octets = make_request(openssl, *std::ranges::find(recipes, "EC, both", &Recipe::what));
    sceptest::survives<CertificationRequest>(octets, [](sceptest::Walk& walk, const CertificationRequest& request) {
        walk.see(request.whole);
        walk.see(request.certification_request_info);
        walk.see(request.version);
        walk.see(request.subject);
        walk.see(request.subject_pk_info);
        walk.see(request.attributes);
        walk.see(request.signature_algorithm);
        walk.see(request.signature);
        walk.see(request.challenge_password());
        if (const auto extensions = request.extension_request(); extensions && walk.good(*extensions)) {
            walk.see(**extensions);
        }
    });
}
