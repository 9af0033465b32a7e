#include <vectors/generate/exchanges/rows.h>
#include <vectors/generate/parts.h>
#include <vectors/generate/structures.h>

#include <conformance/evidence/strict_der.h>
#include <scepcodec/cms/oids.h>
#include <scepcodec/der/reader.h>
#include <scepcodec/x509/oids.h>

namespace sceplab::vectors {

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

}  // namespace sceplab::vectors
