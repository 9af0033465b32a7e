#include <conformance/tests/rules/rows.h>
#include <vectors/generate/parts.h>
#include <vectors/generate/structures.h>

#include <conformance/evidence/strict_der.h>
#include <scepcodec/der/reader.h>
#include <scepcodec/x509/oids.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

namespace sceplab::test {

namespace {

namespace oids = scep::x509::oids;
namespace tag = scep::der::tag;

// The value of an attribute that SCEP does not know.
void signed_value(Laboratory& lab, const Octets& value) {
    auto plan = lab.enrolment();
    plan.request->transaction.other_attributes = {scep::cms::encode_attribute(scep::der::oid("1.2.3"), value)};
    lab.play(plan);
}

void csr(Laboratory& lab, const std::function<void(CsrParts&)>& change) {
    auto plan = lab.refused();
    plan.request->content = make_csr(parties().client, change);
    lab.play(plan);
}

Octets csr_extension(const Octets& whole) {
    return scep::cms::encode_attribute(scep::der::oid("1.2.840.113549.1.9.14"), sequence({whole}));
}

Octets name_part(std::string_view value) { return sequence({encoded(scep::der::oid("2.5.4.11")), tlv(tag::UTF8String, text(value))}); }

// The outermost SEQUENCE with indefinite length; what is inside keeps its octets and its signature.
Octets indefinite(const Octets& whole) {
    const scep::der::Input input(whole);
    const auto content = input.from(scep::der::read_header(input)->size);
    return joined({Octets{0x30, 0x80}, Octets(content.begin(), content.end()), Octets{0, 0}});
}

void handed_over(Laboratory& lab, const Octets& certificate) {
    SignedDataParts parts;
    parts.e_content_type = encoded(scep::cms::oids::id_data);
    parts.certificates = {certificate};
    auto plan = lab.enrolment();
    plan.reply->content = put_together(parts);
    lab.play(plan);
}

Octets fault_extension(const Octets& value) { return scep::build::encode_extension(oids::id_ce_keyUsage, true, value); }

}  // namespace

const Rows& der_rows() {
    static const Rows rows{
        {"an attribute with a BOOLEAN of 01", [](Laboratory& lab) { signed_value(lab, {1, 1, 1}); }, {"signed-attributes.der"}},
        {"an attribute with a NULL of one octet", [](Laboratory& lab) { signed_value(lab, {5, 1, 0}); }, {"signed-attributes.der"}},
        {"an attribute with an INTEGER of a superfluous octet", [](Laboratory& lab) { signed_value(lab, {2, 2, 0, 1}); }, {"signed-attributes.der"}},
        {"an attribute with a string in parts",
         [](Laboratory& lab) { signed_value(lab, {0x24, 6, 4, 1, 1, 4, 1, 2}); },
         {"signature.valid", "signed-attributes.der"}},
        {"a CertificationRequest of indefinite length",
         [](Laboratory& lab) {
             auto plan = lab.refused();
             plan.request->content = indefinite(lab.csr(parties().client));
             lab.play(plan);
         },
         {"csr.der"}},
        {"critical FALSE in a CertificationRequest",
         [](Laboratory& lab) {
             csr(lab, [](auto& parts) {
                 parts.attributes->insert(parts.attributes->begin(), csr_extension(sequence({encoded(oids::id_ce_keyUsage), Octets{1, 1, 0}, octet_string({3, 2, 5, 0xa0})})));
             });
         },
         {"csr.der"}},
        {"keyUsage with zeros at its end",
         [](Laboratory& lab) {
             csr(lab, [](auto& parts) { parts.attributes->insert(parts.attributes->begin(), csr_extension(sequence({encoded(oids::id_ce_keyUsage), octet_string({3, 2, 0, 0xa0})}))); });
         },
         {"csr.der"}},
        {"an unsorted RelativeDistinguishedName",
         [](Laboratory& lab) { csr(lab, [](auto& parts) { parts.subject = sequence({set({name_part("b"), name_part("a")})}); }); },
         {"csr.der", "enrolment.signer-has-subject"}},
        {"a PrintableString of _ in the subject",
         [](Laboratory& lab) {
             csr(lab, [](auto& parts) {
                 parts.subject = sequence({set({sequence({encoded(scep::der::oid("2.5.4.3")), tlv(tag::PrintableString, text("a_b"))})})});
             });
         },
         {"csr.der", "enrolment.signer-has-subject"}},
        {"a certificate of indefinite length", [](Laboratory& lab) { handed_over(lab, indefinite(lab.issued(parties().client))); }, {"certificate.der"}},
        {"cA FALSE in a certificate",
         [](Laboratory& lab) {
             handed_over(lab, make_certificate([](auto& parts) {
                             parts.extensions.push_back(scep::build::encode_extension(oids::id_ce_basicConstraints, true, sequence({Octets{1, 1, 0}})));
                         }));
         },
         {"certificate.der"}},
        {"octets after the value of an extension",
         [](Laboratory& lab) { handed_over(lab, make_certificate([](auto& parts) { parts.extensions = {fault_extension({3, 2, 5, 0xa0, 0, 0})}; })); },
         {"certificate.der"}},
        {"a CRL of indefinite length",
         [](Laboratory& lab) {
             SignedDataParts parts;
             parts.e_content_type = encoded(scep::cms::oids::id_data);
             parts.crls = {indefinite(make_crl(parties().ca))};
             auto plan = lab.get_crl();
             plan.reply->content = put_together(parts);
             lab.play(plan);
         },
         {"crl.der"}},
    };
    return rows;
}

}  // namespace sceplab::test

namespace {

using namespace sceplab;
using test::Octets;
namespace data = boost::unit_test::data;

struct Fault {
    const char* name;
    Octets octets;
    std::optional<evidence::DerFaultKind> kind;
};
std::ostream& operator<<(std::ostream& out, const Fault& fault) { return out << fault.name; }

using enum evidence::DerFaultKind;
const std::vector<Fault> faults{
    {"a short definite SEQUENCE", {0x30, 3, 2, 1, 5}, {}},
    {"indefinite length", {0x30, 0x80, 2, 1, 5, 0, 0}, indefinite_length},
    {"a length in one octet too many", {0x30, 0x81, 3, 2, 1, 5}, non_minimal_length},
    {"a length with a zero in front", {0x04, 0x82, 0, 1, 7}, non_minimal_length},
    {"an OCTET STRING in parts", {0x24, 3, 4, 1, 7}, constructed_string},
    {"a UTCTime in parts, each of them half a time",
     {0x37, 17, 0x17, 6, '2', '6', '0', '1', '0', '1', 0x17, 7, '0', '0', '0', '0', '0', '0', 'Z'},
     constructed_string},
    {"an INTEGER of no octets", {2, 0}, integer},
    {"an INTEGER with 00 in front", {2, 2, 0, 0x7f}, integer},
    {"an INTEGER with 00 that makes it positive", {2, 2, 0, 0x80}, {}},
    {"an INTEGER with ff in front", {2, 2, 0xff, 0x80}, integer},
    {"an OID with 80 in front of an arc", {6, 3, 0x2a, 0x80, 3}, object_identifier},
    {"an OID that does not end", {6, 2, 0x2a, 0x83}, object_identifier},
    {"BOOLEAN 00", {1, 1, 0}, {}},
    {"BOOLEAN 01", {1, 1, 1}, boolean},
    {"NULL with content", {5, 1, 0}, null},
    {"unused bits that are set", {3, 2, 4, 0xff}, bit_string},
    {"UTCTime", {0x17, 13, '2', '6', '0', '1', '0', '1', '0', '0', '0', '0', '0', '0', 'Z'}, {}},
    {"UTCTime without seconds", {0x17, 11, '2', '6', '0', '1', '0', '1', '0', '0', '0', '0', 'Z'}, utc_time},
    {"GeneralizedTime with a fraction", {0x18, 17, '2', '0', '2', '6', '0', '1', '0', '1', '0', '0', '0', '0', '0', '0', '.', '5', 'Z'}, {}},
    {"GeneralizedTime with a fraction of zero", {0x18, 17, '2', '0', '2', '6', '0', '1', '0', '1', '0', '0', '0', '0', '0', '0', '.', '0', 'Z'}, generalized_time},
    {"GeneralizedTime in local time", {0x18, 14, '2', '0', '2', '6', '0', '1', '0', '1', '0', '0', '0', '0', '0', '0'}, generalized_time},
    {"a SET OF in order", {0x31, 6, 2, 1, 1, 2, 1, 2}, {}},
    {"a SET OF out of order", {0x31, 6, 2, 1, 2, 2, 1, 1}, unsorted_set_of},
    {"PrintableString with @", {0x13, 1, '@'}, characters},
    {"UTF8String that is none", {0x0c, 1, 0xc3}, characters},
    {"IA5String beyond 7f", {0x16, 1, 0xe4}, characters},
    {"critical FALSE", {0x30, 11, 6, 3, 0x55, 0x1d, 0x0e, 1, 1, 0, 4, 1, 5}, default_encoded},
    {"version v1", {0x30, 5, 0xa0, 3, 2, 1, 0}, default_encoded},
    {"keyUsage with zeros at its end", {0x30, 11, 6, 3, 0x55, 0x1d, 0x0f, 4, 4, 3, 2, 0, 0xa0}, named_bits},
    {"keyUsage in its shortest form", {0x30, 11, 6, 3, 0x55, 0x1d, 0x0f, 4, 4, 3, 2, 5, 0xa0}, {}},
    {"an octet after an extension's value", {0x30, 10, 6, 3, 0x55, 0x1d, 0x0e, 4, 3, 4, 0, 9}, trailing_octets},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(strict_der)

BOOST_DATA_TEST_CASE(deviations, data::make(test::der_rows())) { test::check(sample); }

BOOST_DATA_TEST_CASE(one_fault_is_found, data::make(faults)) {
    const auto found = evidence::der_faults(scep::der::Input(sample.octets));
    BOOST_REQUIRE(found.size() == (sample.kind ? 1U : 0U));
    BOOST_TEST((!sample.kind || found[0].kind == *sample.kind));
}

BOOST_AUTO_TEST_CASE(each_kind_is_told_once_and_depth_ends_the_walk) {
    Octets many;
    for (int i = 0; i < 100; ++i) {
        many.insert(many.end(), {1, 1, 1});
    }
    const auto found = evidence::der_faults(scep::der::Input(test::sequence({many})));
    BOOST_TEST(found.size() == 1U);
    Octets deep{1, 1, 1};
    for (int i = 0; i < 1000; ++i) {
        deep = test::sequence({deep});
    }
    BOOST_TEST(evidence::der_faults(scep::der::Input(deep)).empty());
}

BOOST_AUTO_TEST_CASE(characters_are_not_shown) {
    const auto found = evidence::der_faults(scep::der::Input(test::tlv(scep::der::tag::PrintableString, test::text("s@cret"))));
    BOOST_REQUIRE(found.size() == 1U);
    BOOST_TEST(found[0].what == "characters that no PrintableString has");
}

BOOST_AUTO_TEST_SUITE_END()
