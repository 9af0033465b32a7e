#include <vectors/generate/exchanges/rows.h>
#include <vectors/generate/structures.h>

#include <scepcodec/pkcs10/certification_request.h>
#include <scepcodec/x509/oids.h>

#include <algorithm>

namespace sceplab::vectors {

namespace {

using scep::cms::encode_attribute;
namespace oids = scep::x509::oids;
namespace pkcs10_oids = scep::pkcs10::oids;
namespace tag = scep::der::tag;

// A PKCSReq that the CA refuses, so that nothing is compared with what was issued.
void refused(Laboratory& lab, const std::function<void(CsrParts&)>& change) {
    auto plan = lab.refused();
    plan.request->content = make_csr(parties().client, change);
    lab.play(plan);
}

Octets challenge(scep::der::Tag type, const Octets& characters) { return encode_attribute(pkcs10_oids::challengePassword, tlv(type, characters)); }

void with_challenge(Laboratory& lab, const Octets& attribute) {
    refused(lab, [&](CsrParts& parts) { parts.attributes = {{attribute}}; });
}

Octets bmp(std::string_view characters) {
    Octets out;
    for (const char c : characters) {
        out.insert(out.end(), {0, static_cast<std::uint8_t>(c)});
    }
    return out;
}

Octets extension(const scep::der::OidConstant& id, const Octets& value) { return scep::build::encode_extension(id, false, value); }

// Beside the challengePassword, in the order of DER.
void with_request(Laboratory& lab, const Octets& value, const scep::der::OidConstant& type = pkcs10_oids::extensionRequest) {
    refused(lab, [&](CsrParts& parts) {
        parts.attributes->push_back(encode_attribute(type, value));
        std::ranges::sort(*parts.attributes);
    });
}

void with_extensions(Laboratory& lab, const std::vector<Octets>& extensions) { with_request(lab, sequence(extensions)); }

Octets dns_name(std::string_view name) { return tlv(tag::context(2), text(name)); }

// otherName with a user principal name of that string type.
Octets user_principal_name(scep::der::Tag type) {
    return context(0, joined({encoded(scep::der::oid("1.3.6.1.4.1.311.20.2.3")), context(0, tlv(type, text("a@example.org")))}));
}

}  // namespace

const Rows& csr_rows() {
    static const Rows rows{
        {"a fourth element", [](Laboratory& lab) { refused(lab, [](auto& parts) { parts.more = {integer(0)}; }); }, {"content.decodes"}},
        {"version 2", [](Laboratory& lab) { refused(lab, [](auto& parts) { parts.version = integer(2); }); }, {"csr.version"}},
        {"attributes left out",
         [](Laboratory& lab) { refused(lab, [](auto& parts) { parts.attributes.reset(); }); },
         {"csr.attributes-present", "csr.challenge-password-present"}},
        {"attributes in another order",
         [](Laboratory& lab) {
             refused(lab, [](auto& parts) { parts.attributes->insert(parts.attributes->begin(), encode_attribute(scep::der::oid("1.2.3"), octet_string(Octets(40, 1)))); });
         },
         {"csr.attributes-sorted"}},
        {"an attribute without a value",
         [](Laboratory& lab) {
             refused(lab, [](auto& parts) { parts.attributes->insert(parts.attributes->begin(), sequence({encoded(scep::der::oid("1.2.3")), set({})})); });
         },
         {"csr.attribute-values"}},
        {"an attribute twice",
         [](Laboratory& lab) { refused(lab, [](auto& parts) { parts.attributes->push_back(parts.attributes->front()); }); },
         {"csr.attributes-unique"}},
        {"ecdsa-with-SHA256 with an RSA key",
         [](Laboratory& lab) { refused(lab, [](auto& parts) { parts.signature_algorithm = scep::cms::encode_algorithm(oids::ecdsa_with_SHA256); }); },
         {"csr.signature-algorithm"}},
        {"rsaEncryption as signature algorithm",
         [](Laboratory& lab) {
             refused(lab, [](auto& parts) { parts.signature_algorithm = scep::cms::encode_algorithm(oids::rsaEncryption, scep::cms::Parameters::null); });
         },
         {"csr.signature-algorithm"}},
        {"an empty RelativeDistinguishedName",
         [](Laboratory& lab) { refused(lab, [](auto& parts) { parts.subject = sequence({set({})}); }); },
         {"csr.subject-structure", "enrolment.signer-has-subject"}},
        {"an even modulus",
         [](Laboratory& lab) {
             refused(lab, [](auto& parts) { parts.subject_pk_info.at(parts.subject_pk_info.size() - 6) &= 0xfe; });
         },
         {"csr.rsa-key", "enrolment.signer-has-key"}},
        {"an even exponent",
         [](Laboratory& lab) { refused(lab, [](auto& parts) { parts.subject_pk_info.back() = 0; }); },
         {"csr.rsa-key", "enrolment.signer-has-key"}},
        {"unstructuredName in place of challengePassword",
         [](Laboratory& lab) { with_challenge(lab, encode_attribute(scep::der::oid("1.2.840.113549.1.9.2"), tlv(tag::PrintableString, text("secret")))); },
         {"csr.challenge-password-present"}},
        {"challengePassword with two values",
         [](Laboratory& lab) {
             const std::vector<Octets> values{tlv(tag::PrintableString, text(long_secret)), tlv(tag::PrintableString, text(std::string(long_secret) + "s"))};
             with_challenge(lab, encode_attribute(pkcs10_oids::challengePassword, values));
         },
         {"csr.challenge-password-single"}},
        {"challengePassword of 256 characters",
         [](Laboratory& lab) { with_challenge(lab, challenge(tag::PrintableString, Octets(256, 'a'))); },
         {"csr.challenge-password-size"}},
        {"challengePassword of no characters",
         [](Laboratory& lab) { with_challenge(lab, challenge(tag::PrintableString, {})); },
         {"csr.challenge-password-size"}},
        {"challengePassword of 255 characters, in 510 octets",
         [](Laboratory& lab) {
             std::vector<Octets> characters(255, Octets{0xc3, 0xbc});
             with_challenge(lab, challenge(tag::UTF8String, joined(characters)));
         },
         {},
         "rfc8894", "The bound of PKCS #9 counts characters, not octets: who measures octets refuses the longest passwords that are not ASCII."},
        {"a BMPString that a PrintableString could be",
         [](Laboratory& lab) { with_challenge(lab, challenge(tag::BMPString, bmp(long_secret))); },
         {"csr.challenge-password-printable"}},
        {"extensions under Microsoft's type",
         [](Laboratory& lab) { with_request(lab, sequence({extension(oids::id_ce_keyUsage, {3, 2, 5, 0xa0})}), pkcs10_oids::microsoftCertExtensions); },
         {"csr.extension-request-type"}},
        {"extensions under an unknown type",
         [](Laboratory& lab) { with_request(lab, sequence({extension(oids::id_ce_keyUsage, {3, 2, 5, 0xa0})}), scep::der::oid("1.2.3.4.5.6.7.8.9.10")); },
         {"csr.extension-request-type"}},
        {"extensionRequest for nothing", [](Laboratory& lab) { with_request(lab, sequence({})); }, {"csr.extension-request-value"}},
        {"extensionRequest for an empty SEQUENCE", [](Laboratory& lab) { with_request(lab, sequence({sequence({})})); }, {"csr.extension-request-value"}},
        {"extensionRequest that is no SEQUENCE", [](Laboratory& lab) { with_request(lab, octet_string(Octets(20, 1))); }, {"csr.extension-request-value"}},
        {"subjectAltName twice",
         [](Laboratory& lab) {
             const Octets names = extension(oids::id_ce_subjectAltName, sequence({dns_name("a.example")}));
             with_extensions(lab, {names, names});
         },
         {"csr.extensions-unique"}},
        {"keyUsage as OCTET STRING",
         [](Laboratory& lab) { with_extensions(lab, {extension(oids::id_ce_keyUsage, octet_string({0xa0}))}); },
         {"csr.extension-values"}},
        {"keyUsage that asserts nothing",
         [](Laboratory& lab) { with_extensions(lab, {extension(oids::id_ce_keyUsage, {3, 1, 0})}); },
         {"csr.extension-values"}},
        {"extKeyUsage for nothing",
         [](Laboratory& lab) { with_extensions(lab, {extension(oids::id_ce_extKeyUsage, sequence({}))}); },
         {"csr.extension-values"}},
        {"subjectAltName without names",
         [](Laboratory& lab) { with_extensions(lab, {extension(oids::id_ce_subjectAltName, sequence({}))}); },
         {"csr.extension-values"}},
        {"an iPAddress of 5 octets",
         [](Laboratory& lab) { with_extensions(lab, {extension(oids::id_ce_subjectAltName, sequence({tlv(tag::context(7), Octets(5, 1))}))}); },
         {"csr.extension-values"}},
        {"a dNSName beyond ASCII",
         [](Laboratory& lab) { with_extensions(lab, {extension(oids::id_ce_subjectAltName, sequence({dns_name("\xc3\xbc.example")}))}); },
         {"csr.extension-values"}},
        {"a user principal name as IA5String",
         [](Laboratory& lab) { with_extensions(lab, {extension(oids::id_ce_subjectAltName, sequence({user_principal_name(tag::IA5String)}))}); },
         {"csr.extension-values"}},
        {"extensions that decode",
         [](Laboratory& lab) {
             with_extensions(lab, {extension(oids::id_ce_keyUsage, {3, 2, 5, 0xa0}),
                                   extension(oids::id_ce_extKeyUsage, sequence({encoded(scep::der::oid("1.3.6.1.5.5.7.3.2"))})),
                                   extension(oids::id_ce_subjectAltName, sequence({user_principal_name(tag::UTF8String), dns_name("a.example"),
                                                                                   tlv(tag::context(7), Octets(4, 1)), tlv(tag::context(7), Octets(16, 1))}))});
         },
         {},
         "rfc8894", "keyUsage, extKeyUsage and a subjectAltName with a userPrincipalName, a name and two addresses, each as its type has it."},
    };
    return rows;
}

}  // namespace sceplab::vectors
