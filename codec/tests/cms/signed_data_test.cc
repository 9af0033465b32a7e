#include "dump.h"
#include "samples.h"

#include <scepcodec/der/writer.h>
#include <scepcodec/x509/oids.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <set>

using namespace scep;
using namespace sceptest;
namespace data = boost::unit_test::data;
using der::Writer;

namespace {

struct Row {
    const char* name;
    std::int64_t version;
    std::vector<std::int64_t> signer_versions;
    bool key_identifier;
    std::optional<std::uint32_t> certificates;
    std::optional<std::uint32_t> crls;
    std::optional<std::uint32_t> signed_attributes; // of the first signer
    bool content;
};
std::ostream& operator<<(std::ostream& out, const Row& row) { return out << row.name; }

const Row rows[] = {
    {"signed", 1, {1}, false, 1, std::nullopt, 4, true},
    {"signed, key identifier", 3, {3}, true, 1, std::nullopt, 4, true},
    {"signed, two signers", 1, {1, 1}, false, 2, std::nullopt, 4, true},
    {"signed, no attributes", 1, {1}, false, 1, std::nullopt, std::nullopt, true},
    {"signed, no certificates", 1, {1}, false, std::nullopt, std::nullopt, 4, true},
    {"signed, more certificates", 1, {1}, false, 2, std::nullopt, 4, true},
    {"signed, other content type", 3, {1}, false, 1, std::nullopt, 4, true},
    {"signed, no content", 1, {1}, false, 1, std::nullopt, 4, false},
    {"certificates and CRL", 1, {}, false, 2, 1, std::nullopt, false},
    {"certificates only", 1, {}, false, 2, 1, std::nullopt, false},
    {"CertRep FAILURE", 1, {1}, false, 1, std::nullopt, 10, false},
};

cms::SignedData decode(const Octets& octets) {
    const auto out = cms::SignedData::decode_content_info(der::Input(octets));
    BOOST_REQUIRE_MESSAGE(out, (out ? std::string() : out.error().to_string()));
    return *out;
}

std::size_t count(std::string_view text, std::string_view part) {
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + part.size())) {
        ++found;
    }
    return found;
}

using Place = std::pair<std::uint32_t, std::uint32_t>;

// Offset and size of each TLV that asn1parse sees; it leaves alone what is inside of OCTET STRINGs, so those that hold one are given to it
// by themselves.
void add_places(const Octets& octets, std::uint32_t base, std::set<Place>& places) {
    for (const Asn1Line& line : asn1parse(octets)) {
        places.insert({base + line.offset, line.header_size + line.length});
        const Octets content(octets.begin() + line.offset + line.header_size,
                             octets.begin() + line.offset + line.header_size + line.length);
        const auto header = der::read_header(der::Input(content));
        if (line.text.find("OCTET STRING") != std::string::npos && header && header->tag == der::tag::SEQUENCE &&
            header->size + header->length == content.size()) {
            add_places(content, base + line.offset + line.header_size, places);
        }
    }
}

const std::vector<std::string> der_samples = [] {
    std::vector<std::string> names;
    for (const std::string& name : sample_names()) {
        if (!name.ends_with("BER")) {
            names.push_back(name);
        }
    }
    return names;
}();

} // namespace

BOOST_AUTO_TEST_SUITE(signed_data)

BOOST_DATA_TEST_CASE(forms, data::make(rows), row) {
    const Octets octets = sample(row.name);
    const cms::SignedData signed_data = decode(octets);
    BOOST_TEST(signed_data.version.equals(row.version));
    BOOST_TEST(signed_data.computed_version() == row.version);
    BOOST_TEST(signed_data.certificates_only() == row.signer_versions.empty());
    BOOST_TEST(signed_data.signer_infos.size() == row.signer_versions.size());
    std::size_t index = 0;
    for (const auto& signer : signed_data.signer_infos) {
        BOOST_REQUIRE(signer);
        BOOST_TEST(signer->version.equals(row.signer_versions[index]));
        BOOST_TEST(signer->sid.subject_key_identifier.has_value() == row.key_identifier);
        BOOST_TEST(signer->sid.issuer_and_serial_number.has_value() != row.key_identifier);
        if (index++ == 0) {
            BOOST_TEST(((signer->signed_attrs ? std::optional(signer->signed_attrs->size()) : std::nullopt) == row.signed_attributes));
        }
        BOOST_TEST(!signer->unsigned_attrs.has_value());
    }
    BOOST_TEST(((signed_data.certificates ? std::optional(signed_data.certificates->size()) : std::nullopt) == row.certificates));
    BOOST_TEST(((signed_data.crls ? std::optional(signed_data.crls->size()) : std::nullopt) == row.crls));
    BOOST_TEST(signed_data.encap_content_info.e_content.has_value() == row.content);
}

BOOST_DATA_TEST_CASE(forms_as_openssl_prints_them, data::make(rows), row) {
    const Octets octets = sample(row.name);
    const std::string text = openssl_text({"cms", "-cmsout", "-print", "-noout", "-inform", "DER"}, octets);
    BOOST_TEST(count(text, "d.certificate:") == row.certificates.value_or(0));
    BOOST_TEST(count(text, "d.crl:") == row.crls.value_or(0));
    BOOST_TEST(count(text, "d.issuerAndSerialNumber:") == (row.key_identifier ? 0 : row.signer_versions.size()));
    BOOST_TEST(count(text, "d.subjectKeyIdentifier:") == (row.key_identifier ? 1u : 0u));
    BOOST_TEST(count(text, "eContent: <ABSENT>") == (row.content ? 0u : 1u));
    BOOST_TEST(count(text, "d.signedData: \n    version: " + std::to_string(row.version)) == 1u);
}

// Each structure that is shown stands where OpenSSL sees a TLV of that size.
BOOST_DATA_TEST_CASE(every_structure_is_a_tlv_of_openssl, data::make(der_samples), name) {
    const Octets octets = sample(name);
    std::set<Place> theirs;
    add_places(octets, 0, theirs);
    const Dump ours = dump(der::Input(octets));
    BOOST_TEST(ours.errors.empty());
    BOOST_TEST(ours.structures.size() > 4);
    for (const Location where : ours.structures) {
        BOOST_TEST(theirs.contains({where.offset, where.length}), where.offset << ".." << where.offset + where.length);
    }
}

BOOST_AUTO_TEST_CASE(content_is_what_was_signed) {
    const Octets octets = sample("signed");
    const cms::SignedData signed_data = decode(octets);
    const auto content = signed_data.encap_content_info.e_content->contiguous();
    const std::string theirs = openssl_text({"cms", "-verify", "-noverify", "-inform", "DER", "-binary"}, octets);
    BOOST_TEST(content->text() == theirs);
    BOOST_TEST(signed_data.encap_content_info.e_content_type.to_string() == "1.2.840.113549.1.7.1");
}

BOOST_DATA_TEST_CASE(sid_names_the_signers_certificate, data::make(std::vector<std::string>{"signed", "signed, key identifier"}), name) {
    const Octets octets = sample(name);
    const cms::SignedData signed_data = decode(octets);
    const auto signer = *signed_data.signer_infos.begin();
    const Octets own = certificate("client");
    const Octets other = certificate("second");
    BOOST_TEST(signer->sid.matches(*x509::Certificate::decode(der::Input(own))));
    BOOST_TEST(!signer->sid.matches(*x509::Certificate::decode(der::Input(other))));
}

BOOST_AUTO_TEST_CASE(sid_matches_by_both_issuer_and_serial) {
    const Octets own = certificate("client");
    const auto certificate_view = *x509::Certificate::decode(der::Input(own));
    const auto matches = [&](const Octets& identifier) {
        der::Reader reader{der::Input(identifier)};
        const auto read = cms::CertificateIdentifier::read(reader, "sid");
        BOOST_REQUIRE(!reader.failed());
        return read.matches(certificate_view);
    };
    BOOST_TEST(matches(cms::encode_issuer_and_serial_number(subject_of("client"), serial_of("client"))));
    BOOST_TEST(!matches(cms::encode_issuer_and_serial_number(subject_of("client"), serial_of("second"))));
    BOOST_TEST(!matches(cms::encode_issuer_and_serial_number(subject_of("second"), serial_of("client"))));
    BOOST_TEST(!matches(cms::encode_subject_key_identifier({})));
}

BOOST_AUTO_TEST_CASE(certificates_and_crls_keep_their_octets) {
    const Octets octets = sample("certificates only");
    const cms::SignedData signed_data = decode(octets);
    std::multiset<Octets> found;
    for (const auto& choice : *signed_data.certificates) {
        const auto view = choice->certificate();
        BOOST_REQUIRE(view);
        found.insert(Octets(view->whole.begin(), view->whole.end()));
    }
    BOOST_TEST((found == std::multiset<Octets>{certificate("client"), certificate("ec")}));
    const auto list = (*signed_data.crls->begin())->certificate_list();
    BOOST_REQUIRE(list);
    BOOST_TEST(Octets(list->whole.begin(), list->whole.end()) == crl(), boost::test_tools::per_element());
    BOOST_TEST(list->revoked_certificates->list()->size() == 2u);
}

// Hand-made SignedData around what a row is about.
struct Parts {
    std::int64_t version = 1;
    Octets encap_content_info = hex("300b06092a864886f70d010701");
    Octets certificates = {};
    Octets crls = {};
    Octets signer_infos = hex("3100");
};
Octets signed_data_of(const Parts& parts) {
    return der::encode([&](Writer& w) {
        w.sequence([&] {
            w.oid(cms::oids::id_signedData);
            w.constructed(der::tag::context_constructed(0), [&] {
                w.sequence([&] {
                    w.integer(parts.version);
                    w.set([] {});
                    w.raw(parts.encap_content_info);
                    w.raw(parts.certificates);
                    w.raw(parts.crls);
                    w.raw(parts.signer_infos);
                });
            });
        });
    });
}

// PKCS#7 allows any type as the content (Authenticode, Apple's MDM signatures).
struct ContentRow {
    const char* encap_content_info;
    bool content;
    bool octet_string;
    std::uint32_t size;
};
std::ostream& operator<<(std::ostream& out, const ContentRow& row) { return out << row.encap_content_info; }
const ContentRow content_rows[] = {
    {"300b06092a864886f70d010701", false, false, 0},                       // absent
    {"300f06092a864886f70d010701a0020400", true, true, 0},                 // empty
    {"301006092a864886f70d010701a003040100", true, true, 1},               // one octet
    {"301206092a864886f70d010701a0053003020105", true, false, 0},          // SEQUENCE
    {"300f06092a864886f70d010701a0020500", true, false, 0},                // NULL
    {"301706092a864886f70d010701a00a24080402aabb0402ccdd", true, true, 4}, // in parts
};

BOOST_DATA_TEST_CASE(content_of_any_type, data::make(content_rows), row) {
    const Octets octets = signed_data_of({.encap_content_info = hex(row.encap_content_info)});
    const cms::SignedData signed_data = decode(octets);
    const auto& content = signed_data.encap_content_info;
    BOOST_TEST(content.content.has_value() == row.content);
    BOOST_TEST(content.e_content.has_value() == row.octet_string);
    BOOST_TEST((content.e_content ? content.e_content->size() : 0u) == row.size);
}

// RFC 5652, 5.1: the version that follows from what is inside.
struct VersionRow {
    const char* name;
    const char* encap_content_info;
    const char* certificates;
    const char* crls;
    const char* signer_infos;
    int version;
};
std::ostream& operator<<(std::ostream& out, const VersionRow& row) { return out << row.name; }
const char* const id_data = "300b06092a864886f70d010701";
const VersionRow version_rows[] = {
    {"nothing but data", id_data, "", "", "3100", 1},
    {"other content", "300506032a0304", "", "", "3100", 3},
    {"a certificate", id_data, "a0023000", "", "3100", 1},
    {"extendedCertificate", id_data, "a002a000", "", "3100", 1},
    {"v1AttrCert", id_data, "a002a100", "", "3100", 3},
    {"v2AttrCert", id_data, "a004a100a200", "", "3100", 4},
    {"other certificate", id_data, "a004a200a300", "", "3100", 5},
    {"a CRL", id_data, "", "a1023000", "3100", 1},
    {"other revocation information", id_data, "", "a102a100", "3100", 5},
    {"other revocation beats v2AttrCert", id_data, "a002a200", "a1043000a100", "3100", 5},
    {"signer of version 3", id_data, "", "",
     "311930170201038001aa300406022a03300406022a0304030102"
     "03",
     3},
};

BOOST_DATA_TEST_CASE(computed_version_of_signed_data, data::make(version_rows), row) {
    const Octets octets = signed_data_of({.version = 9,
                                          .encap_content_info = hex(row.encap_content_info),
                                          .certificates = hex(row.certificates),
                                          .crls = hex(row.crls),
                                          .signer_infos = hex(row.signer_infos)});
    const cms::SignedData signed_data = decode(octets);
    BOOST_TEST(signed_data.version.equals(9));
    BOOST_TEST(signed_data.computed_version() == row.version);
}

// Other forms of CertificateChoices are kept; certificate() says what they are not.
BOOST_AUTO_TEST_CASE(other_certificate_forms_are_kept) {
    const Octets octets = signed_data_of({.certificates = hex("a006a30406022a03")});
    const cms::SignedData signed_data = decode(octets);
    const auto choice = *signed_data.certificates->begin();
    BOOST_REQUIRE(choice);
    BOOST_TEST((choice->element.tag() == der::tag::context_constructed(3)));
    const auto view = choice->certificate();
    BOOST_REQUIRE(!view);
    BOOST_TEST((view.error().code == ErrorCode::unexpected_tag));
    BOOST_TEST(view.error().where.offset == choice->element.whole().offset());
}

// Errors name the field and the octets, and one bad element does not hide the next.
BOOST_AUTO_TEST_CASE(one_bad_signer_does_not_hide_the_next) {
    const Octets good = hex("30170201038001aa300406022a03300406022a030403010203");
    Octets signers = hex("311e3003020105");
    signers.insert(signers.end(), good.begin(), good.end());
    const Octets octets = signed_data_of({.signer_infos = signers});
    const cms::SignedData signed_data = decode(octets);
    std::vector<std::string> outcome;
    for (const auto& signer : signed_data.signer_infos) {
        outcome.push_back(signer ? "ok" : signer.error().to_string());
    }
    BOOST_REQUIRE(outcome.size() == 2u);
    const std::string place = std::to_string(octets.size() - good.size());
    BOOST_TEST(outcome[0] == "signerInfos[0].sid: SEQUENCE or [0] expected, the value ends at " + place);
    BOOST_TEST(outcome[1] == "ok");
}

struct ErrorRow {
    const char* octets;
    const char* text;
};
std::ostream& operator<<(std::ostream& out, const ErrorRow& row) { return out << row.octets; }
const ErrorRow error_rows[] = {
    {"", "ContentInfo: SEQUENCE expected, the value ends at 0"},
    {"3000", "ContentInfo.contentType: OBJECT IDENTIFIER expected, the value ends at 2"},
    {"300b06092a864886f70d010702", "ContentInfo.content: missing_content at 0..13"},
    {"300b06092a864886f70d010703", "ContentInfo.contentType: unexpected_content_type at 4..13"},
    {"300f06092a864886f70d010702a0020500", "SignedData: SEQUENCE expected, NULL at 15..17"},
    {"301206092a864886f70d010702a0053003020101", "SignedData.digestAlgorithms: SET expected, the value ends at 20"},
    {"300f06092a864886f70d010702a002300000", "ContentInfo: trailing_data at 17..18"},
    {"308006092a864886f70d010702", "ContentInfo: indefinite_length at 0..2"},
    {"30810b06092a864886f70d010702", "ContentInfo: non_minimal_length at 0..3"},
};

BOOST_DATA_TEST_CASE(errors_tell_field_and_place, data::make(error_rows), row) {
    const Octets octets = hex(row.octets);
    const auto out = cms::SignedData::decode_content_info(der::Input(octets));
    BOOST_REQUIRE(!out);
    BOOST_TEST(out.error().to_string() == row.text);
}

BOOST_AUTO_TEST_CASE(unsigned_attributes_are_read) {
    const Octets octets = signed_data_of({.signer_infos = hex("312330210201038001aa300406022a03300406022a030403010203a1083006"
                                                              "06022a033100")});
    const cms::SignedData signed_data = decode(octets);
    const auto signer = *signed_data.signer_infos.begin();
    BOOST_REQUIRE_MESSAGE(signer, (signer ? std::string() : signer.error().to_string()));
    BOOST_REQUIRE(signer->unsigned_attrs);
    const auto attribute = *signer->unsigned_attrs->begin();
    BOOST_REQUIRE(attribute);
    BOOST_TEST(attribute->type.to_string() == "1.2.3");
    BOOST_TEST(attribute->values.empty());
    BOOST_TEST(!attribute->value().has_value());
}

BOOST_AUTO_TEST_SUITE_END()
