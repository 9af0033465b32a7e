#include <vectors/generate/exchanges/changes.h>
#include <vectors/generate/exchanges/rows.h>

#include <scepcodec/cms/oids.h>
#include <scepcodec/der/writer.h>

namespace sceplab::vectors {

namespace {

// A certificate that the client's certificate would have issued.
Octets child_of_client() {
    return make({.issuer = &parties().client, .subject = common_name("child"), .public_key_info = parties().other.public_key_info()});
}

void query(Laboratory& lab, ExchangePlan plan, Octets content) {
    plan.reply->content = std::move(content);
    lab.play(plan);
}

}  // namespace

void granted(Laboratory& lab, Octets content) {
    auto plan = lab.enrolment();
    plan.reply->content = std::move(content);
    lab.play(plan);
}

Octets in_order(std::vector<Octets> certificates) {
    SignedDataParts parts;
    parts.e_content_type = scep::der::encode([](scep::der::Writer& w) { w.oid(scep::cms::oids::id_data); });
    parts.certificates = std::move(certificates);
    return put_together(parts);
}

const Rows& issued_rows() {
    static const Rows rows{
        {"a CRL instead of a certificate",
         [](Laboratory& lab) { granted(lab, lab.certificates({}, {make_crl(parties().ca)})); },
         {"issued.certificate-present"}},
        {"a certificate for another key",
         [](Laboratory& lab) {
             granted(lab, in_order({make({.issuer = &parties().ca,
                                          .subject = parties().client.name(),
                                          .public_key_info = parties().other.public_key_info()})}));
         },
         {"issued.key-is-requested"}},
        {"a certificate that issued another of the set",
         [](Laboratory& lab) {
             granted(lab, in_order({lab.issued(parties().client), child_of_client()}));
         },
         {"issued.is-leaf"}},
        {"two leaves",
         [](Laboratory& lab) {
             granted(lab, in_order({lab.issued(parties().client), lab.issued(parties().other)}));
         },
         {"issued.only-leaf"}},
        {"the CA's certificate after it",
         [](Laboratory& lab) {
             granted(lab, in_order({lab.issued(parties().client), lab.ca_certificate()}));
         },
         {},
         "rfc8894", "The certificate of the CA comes along after the issued one; the client picks the one with its key, not the last."},
        {"the CA's certificate before it",
         [](Laboratory& lab) {
             granted(lab, in_order({lab.ca_certificate(), lab.issued(parties().client)}));
         },
         {"issued.first-of-set"}},
        {"another subject",
         [](Laboratory& lab) {
             granted(lab, in_order({make({.issuer = &parties().ca,
                                          .subject = common_name("someone"),
                                          .public_key_info = parties().client.public_key_info()})}));
         },
         {"issued.subject-is-requested"}},
        {"a CRL beside the certificate",
         [](Laboratory& lab) { granted(lab, lab.certificates({lab.issued(parties().client)}, {make_crl(parties().ca)})); },
         {},
         "rfc8894", "The degenerate SignedData may hold a CRL as well; the client takes the certificate from it."},
        {"a broken signature",
         [](Laboratory& lab) {
             Octets certificate = lab.issued(parties().client);
             certificate.back() ^= 1;
             granted(lab, in_order({certificate}));
         },
         {"issued.signed-by-ca"}},
        {"another issuer",
         [](Laboratory& lab) {
             granted(lab, in_order({make({.issuer = &parties().next_ca,
                                          .subject = parties().client.name(),
                                          .public_key_info = parties().client.public_key_info()})}));
         },
         {"issued.issuer-is-ca"}},
    };
    return rows;
}

const Rows& query_rows() {
    static const Rows rows{
        {"another certificate than asked for",
         [](Laboratory& lab) { query(lab, lab.get_cert(), lab.certificates({lab.issued(parties().client, 99)})); },
         {"get-cert.certificate-is-requested"}},
        {"the certificate asked for, and one it issued",
         [](Laboratory& lab) {
             query(lab, lab.get_cert(), in_order({lab.issued(parties().client), child_of_client()}));
         },
         {"get-cert.certificate-is-leaf"}},
        {"the certificate asked for, and its CA's",
         [](Laboratory& lab) {
             query(lab, lab.get_cert(), in_order({lab.ca_certificate(), lab.issued(parties().client)}));
         },
         {},
         "rfc8894", "The CA comes before the certificate that was asked for: the serial number tells which is which, not the place."},
        {"a certificate instead of a CRL",
         [](Laboratory& lab) { query(lab, lab.get_crl(), lab.certificates({lab.issued(parties().client)})); },
         {"get-crl.crl-present", "get-crl.no-certificates"}},
        {"the CRL of another CA",
         [](Laboratory& lab) { query(lab, lab.get_crl(), lab.certificates({}, {make_crl(parties().next_ca)})); },
         {"get-crl.issuer-is-requested"}},
        {"a CRL with a broken signature",
         [](Laboratory& lab) {
             Octets list = make_crl(parties().ca);
             list.back() ^= 1;
             query(lab, lab.get_crl(), lab.certificates({}, {list}));
         },
         {"get-crl.signature-valid"}},
        {"a CRL among the certificates",
         [](Laboratory& lab) {
             query(lab, lab.get_crl(), in_order({make_crl(parties().ca)}));
         },
         {"certificates.decode", "get-crl.crl-present", "get-crl.no-certificates"}},
        {"two CRLs",
         [](Laboratory& lab) {
             query(lab, lab.get_crl(), lab.certificates({}, {make_crl(parties().ca), make_crl(parties().next_ca)}));
         },
         {"get-crl.one-crl"}},
        {"a certificate beside the CRL",
         [](Laboratory& lab) { query(lab, lab.get_crl(), lab.certificates({lab.ca_certificate()}, {make_crl(parties().ca)})); },
         {"get-crl.no-certificates"}},
    };
    return rows;
}

}  // namespace sceplab::vectors
