#include <vectors/generate/structures.h>

#include <scepcodec/cms/build.h>
#include <scepcodec/der/writer.h>
#include <scepcodec/pkcs10/certification_request.h>
#include <scepcodec/scep/build.h>
#include <scepcodec/x509/oids.h>

namespace sceplab::vectors {

using scep::der::Writer;
namespace tag = scep::der::tag;

Octets tlv(scep::der::Tag tag, const Octets& content) {
    return scep::der::encode([&](Writer& w) { w.primitive(tag, content); });
}

Octets joined(const std::vector<Octets>& pieces) {
    Octets out;
    for (const Octets& piece : pieces) {
        out.insert(out.end(), piece.begin(), piece.end());
    }
    return out;
}

Octets sequence(const std::vector<Octets>& pieces) { return tlv(tag::SEQUENCE, joined(pieces)); }
Octets set(const std::vector<Octets>& pieces) { return tlv(tag::SET, joined(pieces)); }
Octets context(std::uint32_t number, const Octets& content) { return tlv(tag::context_constructed(number), content); }
Octets octet_string(const Octets& content) { return tlv(tag::OCTET_STRING, content); }
Octets integer(std::int64_t value) { return scep::der::encode([&](Writer& w) { w.integer(value); }); }
Octets encoded(const scep::der::OidConstant& oid) { return scep::der::encode([&](Writer& w) { w.oid(oid); }); }
Octets text(std::string_view characters) { return {characters.begin(), characters.end()}; }

void introduce_with(Laboratory& lab, const Octets& certificates) {
    lab.forget();
    lab.ask_capabilities("AES\r\nGetNextCACert\r\nPOSTPKIOperation\r\nRenewal\r\nSCEPStandard\r\nSHA-256\r\n");
    auto plan = lab.get_next_ca_cert();
    plan.target = "/cgi-bin/pkiclient.exe?operation=GetCACert";
    plan.reply_body = certificates;
    lab.play(plan);
}

namespace {

Octets copy(scep::cms::OctetsView octets) { return {octets.begin(), octets.end()}; }

Octets time(std::int64_t seconds) { return scep::der::encode([&](Writer& w) { w.time(seconds); }); }

Octets signed_structure(const Party& signer, const Octets& to_be_signed, const Octets& algorithm, const std::vector<Octets>& more = {}) {
    const Octets signature = *signer.signer().sign(to_be_signed);
    const Octets bits = scep::der::encode([&](Writer& w) { w.bit_string(signature); });
    return sequence({to_be_signed, algorithm, bits, joined(more)});
}

}  // namespace

Octets make_csr(const Party& key, const std::function<void(CsrParts&)>& change) {
    CsrParts parts;
    parts.version = integer(0);
    parts.subject = key.name();
    parts.subject_pk_info = key.public_key_info();
    parts.attributes = {{scep::cms::encode_attribute(scep::pkcs10::oids::challengePassword, tlv(tag::PrintableString, text(long_secret)))}};
    parts.signature_algorithm = copy(key.signer().certificate_signature_algorithm());
    change(parts);
    const Octets info = sequence({parts.version, parts.subject, parts.subject_pk_info, parts.attributes ? context(0, joined(*parts.attributes)) : Octets{}});
    return signed_structure(key, info, parts.signature_algorithm, parts.more);
}

Octets make_certificate(const std::function<void(CertificateParts&)>& change) {
    const Party& ca = parties().ca;
    CertificateParts parts;
    parts.version = context(0, integer(2));
    parts.serial_number = integer(4660);
    parts.signature = parts.signature_algorithm = copy(ca.signer().certificate_signature_algorithm());
    parts.issuer = ca.name();
    parts.validity = sequence({time(not_before), time(not_after)});
    parts.subject = parties().client.name();
    parts.subject_pk_info = parties().client.public_key_info();
    parts.extensions = {scep::build::encode_extension(scep::x509::oids::id_ce_keyUsage, true, Octets{0x03, 0x02, 0x05, 0xa0})};
    change(parts);
    const Octets extensions = parts.extensions.empty() ? Octets{} : context(3, sequence(parts.extensions));
    const Octets tbs = sequence({parts.version, parts.serial_number, parts.signature, parts.issuer, parts.validity, parts.subject, parts.subject_pk_info, extensions});
    return signed_structure(ca, tbs, parts.signature_algorithm);
}

Octets make_crl(const std::function<void(CrlParts&)>& change) {
    const Party& ca = parties().ca;
    CrlParts parts;
    parts.version = integer(1);
    parts.signature = parts.signature_algorithm = copy(ca.signer().certificate_signature_algorithm());
    parts.issuer = ca.name();
    parts.this_update = time(not_before);
    parts.next_update = time(not_after);
    change(parts);
    const Octets list = sequence({parts.version, parts.signature, parts.issuer, parts.this_update, parts.next_update, parts.crl_extensions});
    return signed_structure(ca, list, parts.signature_algorithm);
}

}  // namespace sceplab::vectors
