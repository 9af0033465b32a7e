#include <vectors/generate/exchanges/rows.h>
#include <vectors/generate/parts.h>
#include <vectors/generate/structures.h>

#include <scepcodec/x509/oids.h>

namespace sceplab::vectors {

namespace {

namespace oids = scep::x509::oids;
namespace tag = scep::der::tag;

void issued(Laboratory& lab, const std::function<void(CertificateParts&)>& change) {
    auto plan = lab.enrolment();
    plan.reply->content = lab.certificates({make_certificate(change)});
    lab.play(plan);
}

// Of GetCert: nothing is compared with a request for it.
void found(Laboratory& lab, const std::function<void(CertificateParts&)>& change) {
    auto plan = lab.get_cert();
    plan.reply->content = lab.certificates({make_certificate(change)});
    lab.play(plan);
}

void crl(Laboratory& lab, const std::function<void(CrlParts&)>& change) {
    auto plan = lab.get_crl();
    plan.reply->content = lab.certificates({}, {make_crl(change)});
    lab.play(plan);
}

Octets extension(const scep::der::OidConstant& id, const Octets& value) { return scep::build::encode_extension(id, false, value); }

Octets key_identifier(std::uint8_t octet) { return extension(oids::id_ce_subjectKeyIdentifier, octet_string(Octets(20, octet))); }
Octets authority_identifier(std::uint8_t octet) {
    return extension(oids::id_ce_authorityKeyIdentifier, sequence({tlv(tag::context(0), Octets(20, octet))}));
}

// The CA's own certificate with these extensions besides its usages.
Octets ca_with(const std::vector<Octets>& extensions) {
    return make_certificate([&](CertificateParts& parts) {
        parts.serial_number = integer(1);
        parts.subject = parties().ca.name();
        parts.subject_pk_info = parties().ca.public_key_info();
        parts.extensions = {scep::build::encode_extension(oids::id_ce_keyUsage, true, Octets{3, 2, 1, 0xa6})};
        parts.extensions.insert(parts.extensions.end(), extensions.begin(), extensions.end());
    });
}

Octets is_ca() { return scep::build::encode_extension(oids::id_ce_basicConstraints, true, sequence({Octets{1, 1, 0xff}})); }

Octets sha512() { return scep::cms::encode_algorithm(oids::sha512WithRSAEncryption, scep::cms::Parameters::null); }

Octets generalized(std::string_view characters) { return tlv(tag::GeneralizedTime, text(characters)); }
Octets utc(std::string_view characters) { return tlv(tag::UTCTime, text(characters)); }

Octets alternative_name(std::string_view name) { return extension(oids::id_ce_subjectAltName, sequence({tlv(tag::context(2), text(name))})); }

// A request for these extensions, and a certificate with those.
void asked_and_issued(Laboratory& lab, const std::vector<Octets>& asked, const std::vector<Octets>& given) {
    auto plan = lab.enrolment();
    plan.request->content = lab.csr(parties().client, [&](auto& builder) { builder.extensions = asked; });
    plan.reply->content = lab.certificates({make_certificate([&](CertificateParts& parts) { parts.extensions = given; })});
    lab.play(plan);
}

}  // namespace

const Rows& certificate_rows() {
    static const Rows rows{
        {"extensions in version 1",
         [](Laboratory& lab) { found(lab, [](auto& parts) { parts.version.clear(); }); },
         {"certificate.version"}},
        {"a negative serial number",
         [](Laboratory& lab) { issued(lab, [](auto& parts) { parts.serial_number = integer(-5); }); },
         {"certificate.serial-number"}},
        {"a serial number of 21 octets",
         [](Laboratory& lab) { issued(lab, [](auto& parts) { parts.serial_number = tlv(tag::INTEGER, Octets(21, 0x11)); }); },
         {"certificate.serial-number"}},
        {"another algorithm inside of the signature",
         [](Laboratory& lab) { found(lab, [](auto& parts) { parts.signature = sha512(); }); },
         {"certificate.algorithms-equal"}},
        {"GeneralizedTime before 2050",
         [](Laboratory& lab) {
             issued(lab, [](auto& parts) { parts.validity = sequence({utc("260101000000Z"), generalized("20280101000000Z")}); });
         },
         {"certificate.validity-form"}},
        {"GeneralizedTime of the year 9999",
         [](Laboratory& lab) {
             issued(lab, [](auto& parts) { parts.validity = sequence({utc("260101000000Z"), generalized("99991231235959Z")}); });
         },
         {},
         "rfc8894", "99991231235959Z is how RFC 5280 says that a certificate has no end; a clock of 32 bits reads it as a time long past."},
        {"notBefore after notAfter",
         [](Laboratory& lab) { found(lab, [](auto& parts) { parts.validity = sequence({utc("280101000000Z"), utc("260101000000Z")}); }); },
         {"certificate.validity-order"}},
        {"an empty issuer",
         [](Laboratory& lab) {
             introduce_with(lab, lab.certificates({lab.ca_certificate(), make_certificate([](auto& parts) { parts.issuer = sequence({}); })}));
         },
         {"ca-certificates.whole-chain", "certificate.issuer-present", "get-ca-cert.leaves-belong"}},
        {"keyUsage twice",
         [](Laboratory& lab) { found(lab, [](auto& parts) { parts.extensions.push_back(parts.extensions.front()); }); },
         {"certificate.extensions-unique"}},
        {"authorityKeyIdentifier of another CA",
         [](Laboratory& lab) {
             introduce_with(lab, lab.certificates({lab.ca_certificate(), ca_with({is_ca(), key_identifier(1)})}));
             found(lab, [](auto& parts) { parts.extensions.push_back(authority_identifier(2)); });
         },
         {"certificate.authority-key"}},
        {"authorityKeyIdentifier of the CA",
         [](Laboratory& lab) {
             introduce_with(lab, lab.certificates({lab.ca_certificate(), ca_with({is_ca(), key_identifier(1)})}));
             found(lab, [](auto& parts) { parts.extensions.push_back(authority_identifier(1)); });
         },
         {},
         "rfc8894", "The identifier in the certificate is that of its issuer, whom another certificate of the same name does not shadow."},
        {"a CA without basicConstraints", [](Laboratory& lab) { introduce_with(lab, ca_with({})); }, {"ca-certificates.fingerprint", "certificate.ca-basic-constraints"}},
    };
    return rows;
}

const Rows& crl_rows() {
    static const Rows rows{
        {"CRL extensions in version 1",
         [](Laboratory& lab) {
             crl(lab, [](auto& parts) {
                 parts.version.clear();
                 parts.crl_extensions = context(0, sequence({extension(oids::id_ce_cRLNumber, integer(1))}));
             });
         },
         {"crl.version"}},
        {"a CRL with another algorithm inside of the signature",
         [](Laboratory& lab) { crl(lab, [](auto& parts) { parts.signature = sha512(); }); },
         {"crl.algorithms-equal"}},
        {"a CRL without nextUpdate", [](Laboratory& lab) { crl(lab, [](auto& parts) { parts.next_update.clear(); }); }, {"crl.next-update-present"}},
    };
    return rows;
}

const Rows& issued_certificate_rows() {
    static const Rows rows{
        {"a certificate with a broken signature",
         [](Laboratory& lab) {
             Octets certificate = lab.issued(parties().client);
             certificate.back() ^= 1;
             auto plan = lab.enrolment();
             plan.reply->content = lab.certificates({certificate});
             lab.play(plan);
         },
         {"issued.signed-by-ca"}},
        {"a certificate that is out of date",
         [](Laboratory& lab) { issued(lab, [](auto& parts) { parts.validity = sequence({utc("260101000000Z"), utc("261231000000Z")}); }); },
         {"issued.in-validity"}},
        {"a certificate for tomorrow",
         [](Laboratory& lab) { issued(lab, [](auto& parts) { parts.validity = sequence({utc("270102000000Z"), utc("280101000000Z")}); }); },
         {"issued.in-validity"}},
        {"another keyUsage than was asked for",
         [](Laboratory& lab) {
             asked_and_issued(lab, {extension(oids::id_ce_keyUsage, {3, 2, 7, 0x80})}, {extension(oids::id_ce_keyUsage, {3, 2, 5, 0xa0})});
         },
         {"issued.extensions-as-requested"}},
        {"no subjectAltName though one was asked for",
         [](Laboratory& lab) { asked_and_issued(lab, {alternative_name("a.example")}, {extension(oids::id_ce_keyUsage, {3, 2, 5, 0xa0})}); },
         {"issued.extensions-as-requested"}},
        {"the subjectAltName that was asked for",
         [](Laboratory& lab) { asked_and_issued(lab, {alternative_name("a.example")}, {alternative_name("a.example")}); },
         {},
         "rfc8894", "The certificate has the name of the request and no other."},
        {"a name that was not asked for",
         [](Laboratory& lab) { asked_and_issued(lab, {}, {alternative_name("bank.example")}); },
         {"issued.names-as-requested"}},
    };
    return rows;
}

}  // namespace sceplab::vectors
