#include <conformance/tree/shape.h>

#include <scepcodec/x509/certificate.h>

#include <array>
#include <utility>

namespace sceplab::tree::shapes {

namespace {

namespace tag = scep::der::tag;
using scep::der::Element;
using scep::der::Oid;
using scep::der::oid;
using tag::context;

std::string name_text(const Element& element) {
    const auto decoded = scep::x509::Name::decode(element.whole());
    return decoded ? decoded->to_string() : std::string();
}

std::string serial_text(const Element& element) {
    return element.value().size() <= 8 ? scep::der::to_hex(element.value().octets()) : std::string();
}

std::string version_text(const Element& element) {
    const auto number = scep::der::Integer{element.value()}.to_int64();
    return number && *number >= 0 && *number < 9 ? "v" + std::to_string(*number + 1) : std::string();
}

std::string key_usage_text(const Element& element) {
    static constexpr std::array names{"digitalSignature", "nonRepudiation", "keyEncipherment", "dataEncipherment", "keyAgreement",
                                      "keyCertSign",      "cRLSign",        "encipherOnly",    "decipherOnly"};
    const auto bits = scep::der::decode_bit_string(element);
    std::string out;
    for (std::uint32_t n = 0; bits && n < names.size(); ++n) {
        if (bits->bit(n)) {
            out += (out.empty() ? "" : ", ") + std::string(names[n]);
        }
    }
    return out;
}

std::string crl_reason_text(const Element& element) {
    static constexpr std::array names{"unspecified",   "keyCompromise",        "cACompromise",    "affiliationChanged",
                                      "superseded",    "cessationOfOperation", "certificateHold", "",
                                      "removeFromCRL", "privilegeWithdrawn",   "aACompromise"};
    const auto number = scep::der::Integer{element.value()}.to_int64();
    return number && *number >= 0 && std::cmp_less(*number, names.size()) ? names[static_cast<std::size_t>(*number)] : std::string();
}

// Of four octets or of sixteen (RFC 5280, 4.2.1.6).
std::string ip_address_text(const Element& element) {
    const scep::der::Input octets = element.value();
    if (octets.size() != 4 && octets.size() != 16) {
        return "no address of IPv4 or IPv6";
    }
    std::string out;
    for (std::uint32_t i = 0; i < octets.size(); i += octets.size() == 4 ? 1 : 2) {
        out += (i == 0 ? "" : octets.size() == 4 ? "." : ":") +
               (octets.size() == 4 ? std::to_string(octets[i]) : scep::der::to_hex(octets.slice(i, 2).octets()));
    }
    return out;
}

const Shape* parameters_shape(Oid type);
const Shape* extension_shape(Oid type);
const Shape* public_key_shape(Oid type);
const Shape* signature_shape(Oid type);

constexpr Shape octets{.as = tag::OCTET_STRING};
constexpr Shape ip_address{.as = tag::OCTET_STRING, .meaning = ip_address_text};
constexpr Shape integer{.as = tag::INTEGER};
constexpr Shape ia5{.as = tag::IA5String};

// AlgorithmIdentifier
constexpr Shape open_parameters{.kind = Kind::open, .by_type = parameters_shape};
constexpr std::array algorithm_fields{
    Field{"algorithm", tag::OBJECT_IDENTIFIER},
    Field{.name = "parameters", .shape = &open_parameters, .optional = true},
};

// Name
constexpr std::array attribute_type_and_value_fields{Field{"type", tag::OBJECT_IDENTIFIER}, Field{"value"}};
constexpr Shape attribute_type_and_value{
    .kind = Kind::fields, .name = "AttributeTypeAndValue", .fields = attribute_type_and_value_fields, .titled = true};
constexpr Shape relative_distinguished_name{.kind = Kind::set, .name = "RelativeDistinguishedName", .of = &attribute_type_and_value};

} // namespace

constexpr Shape algorithm_identifier{
    .kind = Kind::fields, .name = "AlgorithmIdentifier", .fields = algorithm_fields, .titled = true, .gives_type = true};
constexpr Shape name{.kind = Kind::list, .name = "Name", .of = &relative_distinguished_name, .meaning = name_text};
constexpr Shape time{};
constexpr Shape serial_number{.meaning = serial_text};

namespace {

// Parameters
constexpr Shape explicit_algorithm{.kind = Kind::wrapper, .of = &algorithm_identifier};
constexpr Shape explicit_any{.kind = Kind::wrapper};
constexpr std::array pss_fields{
    Field{"hashAlgorithm", context(0), {}, &explicit_algorithm, true},
    Field{"maskGenAlgorithm", context(1), {}, &explicit_algorithm, true},
    Field{"saltLength", context(2), {}, &explicit_any, true},
    Field{"trailerField", context(3), {}, &explicit_any, true},
};
constexpr Shape pss_parameters{.kind = Kind::fields, .name = "RSASSA-PSS-params", .fields = pss_fields};
constexpr std::array oaep_fields{
    Field{"hashAlgorithm", context(0), {}, &explicit_algorithm, true},
    Field{"maskGenAlgorithm", context(1), {}, &explicit_algorithm, true},
    Field{"pSourceAlgorithm", context(2), {}, &explicit_algorithm, true},
};
constexpr Shape oaep_parameters{.kind = Kind::fields, .name = "RSAES-OAEP-params", .fields = oaep_fields};
constexpr std::array pbkdf2_fields{
    Field{"salt"},
    Field{"iterationCount", tag::INTEGER},
    Field{"keyLength", tag::INTEGER, {}, nullptr, true},
    Field{"prf", tag::SEQUENCE, {}, &algorithm_identifier, true},
};
constexpr Shape pbkdf2_parameters{.kind = Kind::fields, .name = "PBKDF2-params", .fields = pbkdf2_fields};
constexpr std::array rc2_fields{Field{"rc2ParameterVersion", tag::INTEGER, {}, nullptr, true}, Field{"iv", tag::OCTET_STRING}};
constexpr Shape rc2_parameters{.kind = Kind::fields, .name = "RC2-CBC-Parameter", .fields = rc2_fields};
constexpr std::array gcm_fields{Field{"aes-nonce", tag::OCTET_STRING}, Field{"aes-ICVlen", tag::INTEGER, {}, nullptr, true}};
constexpr Shape gcm_parameters{.kind = Kind::fields, .name = "GCMParameters", .fields = gcm_fields};

const Shape* parameters_shape(Oid type) {
    static constexpr std::array table{
        std::pair{oid("1.2.840.113549.1.1.10"), &pss_parameters},
        std::pair{oid("1.2.840.113549.1.1.7"), &oaep_parameters},
        std::pair{oid("1.2.840.113549.1.1.8"), &algorithm_identifier},
        std::pair{oid("1.2.840.113549.1.5.12"), &pbkdf2_parameters},
        std::pair{oid("1.2.840.113549.1.9.16.3.9"), &algorithm_identifier},
        std::pair{oid("1.2.840.113549.3.2"), &rc2_parameters},
        std::pair{oid("2.16.840.1.101.3.4.1.6"), &gcm_parameters},
        std::pair{oid("2.16.840.1.101.3.4.1.26"), &gcm_parameters},
        std::pair{oid("2.16.840.1.101.3.4.1.46"), &gcm_parameters},
        std::pair{oid("1.3.133.16.840.63.0.2"), &algorithm_identifier},
        std::pair{oid("1.3.132.1.11.0"), &algorithm_identifier},
        std::pair{oid("1.3.132.1.11.1"), &algorithm_identifier},
        std::pair{oid("1.3.132.1.11.2"), &algorithm_identifier},
        std::pair{oid("1.3.132.1.11.3"), &algorithm_identifier},
    };
    for (const auto& [id, shape] : table) {
        if (type == id) {
            return shape;
        }
    }
    return nullptr;
}

// GeneralName
constexpr std::array other_name_fields{Field{"type-id", tag::OBJECT_IDENTIFIER}, Field{"value", context(0), {}, &explicit_any}};
constexpr Shape other_name{.kind = Kind::fields, .name = "OtherName", .fields = other_name_fields, .titled = true};
constexpr Shape directory_name{.kind = Kind::wrapper, .of = &name};
constexpr Shape registered_id{.as = tag::OBJECT_IDENTIFIER};
constexpr std::array general_name_choices{
    Field{"otherName", context(0), {}, &other_name},
    Field{"rfc822Name", context(1), {}, &ia5},
    Field{"dNSName", context(2), {}, &ia5},
    Field{"directoryName", context(4), {}, &directory_name},
    Field{"uniformResourceIdentifier", context(6), {}, &ia5},
    Field{"iPAddress", context(7), {}, &ip_address},
    Field{"registeredID", context(8), {}, &registered_id},
};
constexpr Shape general_name{.kind = Kind::choice, .name = "GeneralName", .fields = general_name_choices};
constexpr Shape general_names{.kind = Kind::list, .name = "GeneralNames", .of = &general_name};

// Extensions
constexpr Shape key_identifier{.name = "SubjectKeyIdentifier"};
constexpr Shape key_usage{.name = "KeyUsage", .meaning = key_usage_text};
constexpr std::array basic_constraints_fields{Field{"cA", tag::BOOLEAN, {}, nullptr, true},
                                              Field{"pathLenConstraint", tag::INTEGER, {}, nullptr, true}};
constexpr Shape basic_constraints{.kind = Kind::fields, .name = "BasicConstraints", .fields = basic_constraints_fields};
constexpr Shape crl_number{.name = "CRLNumber"};
constexpr Shape crl_reason{.name = "CRLReason", .meaning = crl_reason_text};
constexpr Shape invalidity_date{.name = "InvalidityDate"};
constexpr std::array authority_key_identifier_fields{
    Field{"keyIdentifier", context(0), {}, &octets, true},
    Field{"authorityCertIssuer", context(1), {}, &general_names, true},
    Field{"authorityCertSerialNumber", context(2), {}, &integer, true},
};
constexpr Shape authority_key_identifier{.kind = Kind::fields, .name = "AuthorityKeyIdentifier", .fields = authority_key_identifier_fields};
constexpr Shape ext_key_usage{.kind = Kind::list, .name = "ExtKeyUsageSyntax"};
constexpr std::array distribution_point_name_choices{Field{"fullName", context(0), {}, &general_names},
                                                     Field{"nameRelativeToCRLIssuer", context(1), {}, &relative_distinguished_name}};
constexpr Shape distribution_point_name{.kind = Kind::choice, .name = "DistributionPointName", .fields = distribution_point_name_choices};
constexpr Shape explicit_distribution_point_name{.kind = Kind::wrapper, .of = &distribution_point_name};
constexpr Shape reason_flags{.as = tag::BIT_STRING};
constexpr std::array distribution_point_fields{
    Field{"distributionPoint", context(0), {}, &explicit_distribution_point_name, true},
    Field{"reasons", context(1), {}, &reason_flags, true},
    Field{"cRLIssuer", context(2), {}, &general_names, true},
};
constexpr Shape distribution_point{.kind = Kind::fields, .name = "DistributionPoint", .fields = distribution_point_fields};
constexpr Shape crl_distribution_points{.kind = Kind::list, .name = "CRLDistributionPoints", .of = &distribution_point};
constexpr std::array access_description_fields{Field{"accessMethod", tag::OBJECT_IDENTIFIER},
                                               Field{.name = "accessLocation", .shape = &general_name}};
constexpr Shape access_description{.kind = Kind::fields, .name = "AccessDescription", .fields = access_description_fields, .titled = true};
constexpr Shape authority_info_access{.kind = Kind::list, .name = "AuthorityInfoAccessSyntax", .of = &access_description};
constexpr std::array policy_qualifier_fields{Field{"policyQualifierId", tag::OBJECT_IDENTIFIER}, Field{"qualifier"}};
constexpr Shape policy_qualifier{.kind = Kind::fields, .name = "PolicyQualifierInfo", .fields = policy_qualifier_fields, .titled = true};
constexpr Shape policy_qualifiers{.kind = Kind::list, .of = &policy_qualifier};
constexpr std::array policy_fields{Field{"policyIdentifier", tag::OBJECT_IDENTIFIER},
                                   Field{"policyQualifiers", tag::SEQUENCE, {}, &policy_qualifiers, true}};
constexpr Shape policy{.kind = Kind::fields, .name = "PolicyInformation", .fields = policy_fields};
constexpr Shape certificate_policies{.kind = Kind::list, .name = "CertificatePolicies", .of = &policy};
constexpr Shape any_value{};

const Shape* extension_shape(Oid type) {
    static constexpr std::array table{
        std::pair{oid("2.5.29.14"), &key_identifier},
        std::pair{oid("2.5.29.15"), &key_usage},
        std::pair{oid("2.5.29.17"), &general_names},
        std::pair{oid("2.5.29.18"), &general_names},
        std::pair{oid("2.5.29.19"), &basic_constraints},
        std::pair{oid("2.5.29.20"), &crl_number},
        std::pair{oid("2.5.29.21"), &crl_reason},
        std::pair{oid("2.5.29.24"), &invalidity_date},
        std::pair{oid("2.5.29.29"), &general_names},
        std::pair{oid("2.5.29.31"), &crl_distribution_points},
        std::pair{oid("2.5.29.32"), &certificate_policies},
        std::pair{oid("2.5.29.35"), &authority_key_identifier},
        std::pair{oid("2.5.29.37"), &ext_key_usage},
        std::pair{oid("2.5.29.46"), &crl_distribution_points},
        std::pair{oid("1.3.6.1.5.5.7.1.1"), &authority_info_access},
        std::pair{oid("1.3.6.1.5.5.7.1.11"), &authority_info_access},
    };
    for (const auto& [id, shape] : table) {
        if (type == id) {
            return shape;
        }
    }
    return &any_value;
}

constexpr Shape open_extension{.kind = Kind::open, .by_type = extension_shape};
constexpr Shape extn_value{.kind = Kind::holder, .of = &open_extension};
constexpr std::array extension_fields{
    Field{"extnID", tag::OBJECT_IDENTIFIER},
    Field{"critical", tag::BOOLEAN, {}, nullptr, true},
    Field{"extnValue", tag::OCTET_STRING, {}, &extn_value},
};
constexpr Shape extension{.kind = Kind::fields, .name = "Extension", .fields = extension_fields, .titled = true};

} // namespace

constexpr Shape extensions{.kind = Kind::list, .name = "Extensions", .of = &extension};

namespace {

// SubjectPublicKeyInfo, signatures
constexpr std::array rsa_public_key_fields{Field{"modulus", tag::INTEGER}, Field{"publicExponent", tag::INTEGER}};
constexpr Shape rsa_public_key{.kind = Kind::fields, .name = "RSAPublicKey", .fields = rsa_public_key_fields};
constexpr Shape dsa_public_key{.name = "DSAPublicKey"};
constexpr std::array ecdsa_fields{Field{"r", tag::INTEGER}, Field{"s", tag::INTEGER}};
constexpr Shape ecdsa_signature{.kind = Kind::fields, .name = "ECDSA-Sig-Value", .fields = ecdsa_fields};

const Shape* public_key_shape(Oid type) {
    return type == oid("1.2.840.113549.1.1.1") ? &rsa_public_key : type == oid("1.2.840.10040.4.1") ? &dsa_public_key : nullptr;
}
const Shape* signature_shape(Oid type) {
    static constexpr std::array types{oid("1.2.840.10045.4.1"),   oid("1.2.840.10045.4.3.1"), oid("1.2.840.10045.4.3.2"),
                                      oid("1.2.840.10045.4.3.3"), oid("1.2.840.10045.4.3.4"), oid("1.2.840.10045.2.1")};
    for (const auto& id : types) {
        if (type == id) {
            return &ecdsa_signature;
        }
    }
    return nullptr;
}
constexpr Shape open_public_key{.kind = Kind::open, .by_type = public_key_shape};
constexpr Shape public_key_bits{.kind = Kind::holder, .of = &open_public_key};
constexpr std::array subject_public_key_info_fields{Field{"algorithm", tag::SEQUENCE, {}, &algorithm_identifier},
                                                    Field{"subjectPublicKey", tag::BIT_STRING, {}, &public_key_bits}};

constexpr Shape open_signature{.kind = Kind::open, .by_type = signature_shape};

} // namespace

constexpr Shape signature_bits{.kind = Kind::holder, .of = &open_signature};
constexpr Shape subject_public_key_info{.kind = Kind::fields, .name = "SubjectPublicKeyInfo", .fields = subject_public_key_info_fields};

namespace {

// Certificate
constexpr Shape version_number{.meaning = version_text};
constexpr Shape explicit_version{.kind = Kind::wrapper, .of = &version_number};
constexpr Shape explicit_extensions{.kind = Kind::wrapper, .of = &extensions};
constexpr std::array validity_fields{Field{"notBefore", tag::UTCTime, tag::GeneralizedTime, &time},
                                     Field{"notAfter", tag::UTCTime, tag::GeneralizedTime, &time}};
constexpr Shape validity{.kind = Kind::fields, .fields = validity_fields};
constexpr Shape unique_identifier{.as = tag::BIT_STRING};
constexpr std::array tbs_certificate_fields{
    Field{"version", context(0), {}, &explicit_version, true},
    Field{"serialNumber", tag::INTEGER, {}, &serial_number},
    Field{"signature", tag::SEQUENCE, {}, &algorithm_identifier},
    Field{"issuer", tag::SEQUENCE, {}, &name},
    Field{"validity", tag::SEQUENCE, {}, &validity},
    Field{"subject", tag::SEQUENCE, {}, &name},
    Field{"subjectPublicKeyInfo", tag::SEQUENCE, {}, &subject_public_key_info},
    Field{"issuerUniqueID", context(1), {}, &unique_identifier, true},
    Field{"subjectUniqueID", context(2), {}, &unique_identifier, true},
    Field{"extensions", context(3), {}, &explicit_extensions, true},
};
constexpr Shape tbs_certificate{.kind = Kind::fields, .name = "TBSCertificate", .fields = tbs_certificate_fields};
constexpr std::array certificate_fields{
    Field{"tbsCertificate", tag::SEQUENCE, {}, &tbs_certificate},
    Field{"signatureAlgorithm", tag::SEQUENCE, {}, &algorithm_identifier},
    Field{"signatureValue", tag::BIT_STRING, {}, &signature_bits},
};

// CertificateList
constexpr std::array revoked_certificate_fields{
    Field{"userCertificate", tag::INTEGER, {}, &serial_number},
    Field{"revocationDate", tag::UTCTime, tag::GeneralizedTime, &time},
    Field{"crlEntryExtensions", tag::SEQUENCE, {}, &extensions, true},
};
constexpr Shape revoked_certificate{.kind = Kind::fields, .name = "RevokedCertificate", .fields = revoked_certificate_fields};
constexpr Shape revoked_certificates{.kind = Kind::list, .of = &revoked_certificate};
constexpr std::array tbs_cert_list_fields{
    Field{"version", tag::INTEGER, {}, &version_number, true},
    Field{"signature", tag::SEQUENCE, {}, &algorithm_identifier},
    Field{"issuer", tag::SEQUENCE, {}, &name},
    Field{"thisUpdate", tag::UTCTime, tag::GeneralizedTime, &time},
    Field{"nextUpdate", tag::UTCTime, tag::GeneralizedTime, &time, true},
    Field{"revokedCertificates", tag::SEQUENCE, {}, &revoked_certificates, true},
    Field{"crlExtensions", context(0), {}, &explicit_extensions, true},
};
constexpr Shape tbs_cert_list{.kind = Kind::fields, .name = "TBSCertList", .fields = tbs_cert_list_fields};
constexpr std::array certificate_list_fields{
    Field{"tbsCertList", tag::SEQUENCE, {}, &tbs_cert_list},
    Field{"signatureAlgorithm", tag::SEQUENCE, {}, &algorithm_identifier},
    Field{"signatureValue", tag::BIT_STRING, {}, &signature_bits},
};

} // namespace

constexpr Shape certificate{.kind = Kind::fields, .name = "Certificate", .fields = certificate_fields};
constexpr Shape certificate_list{.kind = Kind::fields, .name = "CertificateList", .fields = certificate_list_fields};

} // namespace sceplab::tree::shapes
