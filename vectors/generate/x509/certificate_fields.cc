#include <vectors/generate/parts.h>
#include <vectors/generate/x509/test_keys.h>
#include <vectors/generate/x509/topics.h>

#include <scepcodec/x509/oids.h>

// The fields of a TBSCertificate in their order (RFC 5280, 4.1), and what is around it.
namespace sceplab::vectors {

namespace {

namespace oids = scep::x509::oids;
namespace tag = scep::der::tag;

using Change = std::function<void(CertificateParts&)>;

Octets as_it_is() {
    return make_certificate([](CertificateParts&) {});
}

Octets utc(std::string_view characters) { return string_value(tag::UTCTime, characters); }
Octets generalized(std::string_view characters) { return string_value(tag::GeneralizedTime, characters); }

Octets with_validity(const Octets& from, const Octets& until) {
    return make_certificate([&](CertificateParts& parts) { parts.validity = sequence({from, until}); });
}

// The whole taken apart into the three that are signed and sign, and put together otherwise.
Octets outer(const std::function<void(std::vector<Octets>&)>& change) {
    const Octets whole = as_it_is();
    const scep::der::Input input(whole);
    std::vector<Octets> members;
    scep::der::Reader reader(input.from(scep::der::read_header(input)->size));
    while (!reader.at_end()) {
        const auto element = reader.any(nullptr).whole();
        members.emplace_back(element.begin(), element.end());
    }
    change(members);
    return sequence(members);
}

void versions(GroupRows& rows) {
    const auto of_version = [](const Octets& version, bool extensions) {
        return make_certificate([&](CertificateParts& parts) {
            parts.version = version;
            if (!extensions) {
                parts.extensions.clear();
            }
        });
    };
    const Json none = Json::array();
    rows.valid("version-3", as_it_is(), certificate_as_made(), "a certificate as CAs make them: v3, keyUsage");
    rows.valid("self-signed-ca", parties().ca.self_signed_ca(),
               certificate_as_made({{"serialNumber", "1"},
                                    {"subject", "CN=Test CA"},
                                    {"notAfter", "2030-01-01T00:00:00Z"},
                                    {"extensions", {"2.5.29.19", "2.5.29.15"}}}),
               "a CA's own certificate: issuer and subject are the same octets");
    rows.valid(
        "signed-by-ecdsa",
        make({.issuer = &parties().ec_client, .subject = parties().client.name(), .public_key_info = parties().client.public_key_info()}),
        certificate_as_made({{"issuer", "CN=ec device"}}), "an RSA key in a certificate that ECDSA signed, whose signature is itself DER");
    rows.valid("version-1", of_version({}, false), certificate_as_made({{"version", "0"}, {"extensions", none}}),
               "v1 is told by leaving the version out");
    rows.valid("version-2", of_version(context(0, integer(1)), false), certificate_as_made({{"version", "1"}, {"extensions", none}}),
               "v2 without the unique identifiers it was made for");
    rows.valid("version-3-without-extensions", of_version(context(0, integer(2)), false), certificate_as_made({{"extensions", none}}),
               "v3 may have no extensions");
    rows.invalid("version-1-encoded", of_version(context(0, integer(0)), false), {"DefaultEncoded"},
                 "v1 is the DEFAULT and is left out in DER (X.690, 11.5)", "tbsCertificate.version");
    rows.invalid("version-1-with-extensions", of_version({}, true), {"VersionMismatch"}, "extensions are for v3 alone (RFC 5280, 4.1.2.9)",
                 "tbsCertificate.extensions");
    rows.invalid("version-2-with-extensions", of_version(context(0, integer(1)), true), {"VersionMismatch"}, "extensions in v2",
                 "tbsCertificate.extensions");
    rows.invalid("version-4", of_version(context(0, integer(3)), true), {"VersionMismatch"}, "a version that X.509 does not have",
                 "tbsCertificate.version");
    rows.invalid("version-negative", of_version(context(0, integer(-1)), true), {"VersionMismatch"}, "version -1",
                 "tbsCertificate.version");
    rows.invalid("version-2-32-plus-2", of_version(context(0, integer(4294967298)), true), {"VersionMismatch"},
                 "version 2^32 + 2, which is v3 where it is kept in 32 bits", "tbsCertificate.version");
    rows.invalid("version-padded", of_version(context(0, hex("02 02 00 02")), true), {"PaddedInteger"},
                 "version 2 with a superfluous octet", "tbsCertificate.version");
    rows.invalid("version-not-tagged", of_version(integer(2), true), {"FieldWrongType"},
                 "version without its [0] is taken for the serialNumber, and all that follows moves", "tbsCertificate.signature");
    rows.invalid("version-implicit", of_version(tlv(tag::context(0), {2}), true), {"FieldWrongType"}, "[0] IMPLICIT where EXPLICIT is due",
                 "tbsCertificate.serialNumber");
    rows.invalid("version-empty", of_version(context(0, {}), true), {"FieldMissing"}, "[0] with nothing in it", "tbsCertificate.version");
    rows.invalid("version-twice-inside", of_version(context(0, joined({integer(2), integer(2)})), true), {"FieldDoubled"},
                 "two versions in one [0]", "tbsCertificate.version");
    rows.invalid("version-twice", of_version(joined({context(0, integer(2)), context(0, integer(2))}), true), {"FieldDoubled"},
                 "two versions", "tbsCertificate.serialNumber");
}

void serial_numbers(GroupRows& rows) {
    const auto of_serial = [](const Octets& serial) {
        return make_certificate([&](CertificateParts& parts) { parts.serial_number = serial; });
    };
    rows.valid("serial-128", of_serial(integer(128)), certificate_as_made({{"serialNumber", "128"}}),
               "the sign octet 00 is no part of the number, and due");
    rows.valid("serial-20-octets", of_serial(hex("02 14 7f ff ff ff ff ff ff ff ff ff ff ff ff ff ff ff ff ff ff ff")),
               certificate_as_made({{"serialNumber", "730750818665451459101842416358141509827966271487"}}),
               "the longest serialNumber that RFC 5280, 4.1.2.2 allows");
    rows.acceptable("serial-0", of_serial(integer(0)), certificate_as_made({{"serialNumber", "0"}}), {"SerialNumberPolicy"},
                    "serialNumber is to be positive, and receivers should be prepared for zero (RFC 5280, 4.1.2.2)");
    rows.acceptable("serial-negative", of_serial(integer(-5)), certificate_as_made({{"serialNumber", "-5"}}), {"SerialNumberPolicy"},
                    "a negative serialNumber, from CAs that forgot the sign octet");
    rows.acceptable("serial-21-octets", of_serial(joined({hex("02 15 01"), Octets(20, 0)})),
                    certificate_as_made({{"serialNumber", "1461501637330902918203684832716283019655932542976"}}), {"SerialNumberPolicy"},
                    "2^160, one octet longer than allowed");
    rows.invalid("serial-padded", of_serial(hex("02 02 00 05")), {"PaddedInteger"},
                 "5 with a superfluous octet: revocation looks for another number", "tbsCertificate.serialNumber");
    rows.invalid("serial-empty", of_serial(hex("02 00")), {"EmptyContent"}, "an INTEGER of no octets", "tbsCertificate.serialNumber");
    rows.invalid("serial-missing", of_serial({}), {"FieldMissing"}, "without a serialNumber the signature stands in its place",
                 "tbsCertificate.serialNumber");
    rows.invalid("serial-twice", of_serial(joined({integer(4660), integer(4661)})), {"FieldDoubled"},
                 "two serialNumbers: one for who issues, one for who revokes", "tbsCertificate.signature");
    rows.invalid("serial-octet-string", of_serial(octet_string({0x12, 0x34})), {"FieldWrongType"}, "the same octets as an OCTET STRING",
                 "tbsCertificate.serialNumber");
}

void algorithms(GroupRows& rows) {
    const auto of_both = [](const Octets& inner, const Octets& outer_one) {
        return make_certificate([&](CertificateParts& parts) {
            parts.signature = inner;
            parts.signature_algorithm = outer_one;
        });
    };
    const Octets rsa = algorithm_with_null(oids::sha256WithRSAEncryption);
    rows.valid("algorithm-without-null", of_both(algorithm(oids::sha256WithRSAEncryption), algorithm(oids::sha256WithRSAEncryption)),
               certificate_as_made(), "RSA with absent parameters is to be accepted as well as NULL (RFC 4055, 5)");
    rows.valid("algorithm-unknown", of_both(algorithm(scep::der::oid("1.2.3.4")), algorithm(scep::der::oid("1.2.3.4"))),
               certificate_as_made(), "an algorithm that nobody knows is no reason not to decode");
    const Octets pss = sequence(
        {encoded(oids::id_RSASSA_PSS),
         sequence({context(0, algorithm_with_null(oids::id_sha256)),
                   context(1, sequence({encoded(oids::id_mgf1), algorithm_with_null(oids::id_sha256)})), context(2, integer(32))})});
    rows.valid("algorithm-pss", of_both(pss, pss), certificate_as_made(), "RSASSA-PSS, whose parameters are a structure of their own");
    rows.acceptable("algorithm-ecdsa-with-null",
                    of_both(algorithm_with_null(oids::ecdsa_with_SHA256), algorithm_with_null(oids::ecdsa_with_SHA256)),
                    certificate_as_made(), {"AlgorithmParameters"}, "ECDSA has no parameters (RFC 5758, 3.2); a NULL is met");
    rows.acceptable("algorithm-md5",
                    of_both(algorithm_with_null(oids::md5WithRSAEncryption), algorithm_with_null(oids::md5WithRSAEncryption)),
                    certificate_as_made(), {"WeakDigest"}, "MD5, which decodes and is to be trusted by nobody");
    rows.invalid("algorithm-differs", of_both(rsa, algorithm_with_null(oids::sha384WithRSAEncryption)), {"AlgorithmMismatch"},
                 "signatureAlgorithm is to be the signature of the TBSCertificate (RFC 5280, 4.1.1.2): the outer one is not signed",
                 "signatureAlgorithm");
    rows.invalid("algorithm-differs-in-null", of_both(rsa, algorithm(oids::sha256WithRSAEncryption)), {"AlgorithmMismatch"},
                 "NULL inside and nothing outside: not the same identifier", "signatureAlgorithm");
    rows.invalid("algorithm-null-with-content",
                 of_both(sequence({encoded(oids::sha256WithRSAEncryption), hex("05 01 00")}),
                         sequence({encoded(oids::sha256WithRSAEncryption), hex("05 01 00")})),
                 {"NullContent"}, "a NULL with an octet in it", "tbsCertificate.signature.parameters");
    rows.invalid("algorithm-missing-inside", of_both({}, rsa), {"FieldMissing"},
                 "without the inner signature the issuer stands in its place", "tbsCertificate.signature.algorithm");
    rows.invalid("algorithm-missing-outside", of_both(rsa, {}), {"FieldMissing"},
                 "without signatureAlgorithm the signature stands in its place", "signatureAlgorithm");
    rows.invalid("algorithm-empty", of_both(sequence({}), rsa), {"FieldMissing"}, "an AlgorithmIdentifier without an OBJECT IDENTIFIER",
                 "tbsCertificate.signature.algorithm");
    rows.invalid("algorithm-as-oid", of_both(encoded(oids::sha256WithRSAEncryption), rsa), {"FieldWrongType"},
                 "the OBJECT IDENTIFIER without its SEQUENCE", "tbsCertificate.signature");
    rows.invalid("algorithm-two-parameters", of_both(sequence({encoded(oids::sha256WithRSAEncryption), null(), null()}), rsa),
                 {"FieldDoubled"}, "two parameters", "tbsCertificate.signature");
    rows.invalid("algorithm-oid-padded", of_both(sequence({hex("06 0a 2a 86 48 86 f7 0d 01 01 80 0b"), null()}), rsa), {"OidForm"},
                 "the last arc of sha256WithRSAEncryption padded", "tbsCertificate.signature.algorithm");
    rows.invalid("algorithm-null-long-length", of_both(sequence({encoded(oids::sha256WithRSAEncryption), hex("05 81 00")}), rsa),
                 {"NonMinimalLength"}, "a NULL whose length takes two octets", "tbsCertificate.signature.parameters");
}

void validity(GroupRows& rows) {
    const auto made = [](const char* from, const char* until) { return certificate_as_made({{"notBefore", from}, {"notAfter", until}}); };
    rows.valid("validity-across-2050", with_validity(utc("491231235959Z"), generalized("20500101000000Z")),
               made("2049-12-31T23:59:59Z", "2050-01-01T00:00:00Z"), "UTCTime through 2049, GeneralizedTime from 2050 (RFC 5280, 4.1.2.5)");
    rows.valid("validity-1950", with_validity(utc("500101000000Z"), utc("280101000000Z")),
               made("1950-01-01T00:00:00Z", "2028-01-01T00:00:00Z"), "50 is 1950: notBefore would be after notAfter otherwise");
    rows.valid("validity-9999", with_validity(utc("260101000000Z"), generalized("99991231235959Z")),
               made("2026-01-01T00:00:00Z", "9999-12-31T23:59:59Z"), "no well-defined expiration date (RFC 5280, 4.1.2.5)");
    rows.valid("validity-one-second", with_validity(utc("260101000000Z"), utc("260101000000Z")),
               made("2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z"), "the same moment twice: both ends belong to the period");
    rows.acceptable("validity-reversed", with_validity(utc("280101000000Z"), utc("260101000000Z")),
                    made("2028-01-01T00:00:00Z", "2026-01-01T00:00:00Z"), {"ValidityPolicy"},
                    "notAfter is before notBefore: never valid, and yet a certificate");
    rows.acceptable("validity-generalized-before-2050", with_validity(generalized("20260101000000Z"), generalized("20280101000000Z")),
                    made("2026-01-01T00:00:00Z", "2028-01-01T00:00:00Z"), {"ValidityPolicy"},
                    "GeneralizedTime for a year that UTCTime is due for");
    rows.invalid("validity-no-seconds", with_validity(utc("2601010000Z"), utc("280101000000Z")), {"TimeForm"}, "notBefore without seconds",
                 "tbsCertificate.validity.notBefore");
    rows.invalid("validity-offset", with_validity(utc("260101000000Z"), utc("280101000000+0100")), {"TimeForm"}, "notAfter with an offset",
                 "tbsCertificate.validity.notAfter");
    rows.invalid("validity-fraction", with_validity(utc("260101000000Z"), generalized("20500101000000.5Z")), {"TimeFraction"},
                 "GeneralizedTime of certificates has no fractions (RFC 5280, 4.1.2.5.2)", "tbsCertificate.validity.notAfter");
    rows.invalid("validity-month-13", with_validity(utc("261301000000Z"), utc("280101000000Z")), {"TimeRange"}, "month 13",
                 "tbsCertificate.validity.notBefore");
    rows.invalid("validity-29-february-2027", with_validity(utc("260101000000Z"), utc("270229000000Z")), {"TimeRange"},
                 "2027 has no 29 February", "tbsCertificate.validity.notAfter");
    rows.invalid("validity-utc-time-empty", with_validity(utc(""), utc("280101000000Z")), {"EmptyContent"}, "a UTCTime of no characters",
                 "tbsCertificate.validity.notBefore");
    rows.invalid("validity-printable", with_validity(string_value(tag::PrintableString, "260101000000Z"), utc("280101000000Z")),
                 {"FieldWrongType"}, "a PrintableString with the characters of a UTCTime", "tbsCertificate.validity.notBefore");
    rows.invalid("validity-one-time", make_certificate([](CertificateParts& parts) { parts.validity = sequence({utc("260101000000Z")}); }),
                 {"FieldMissing"}, "no notAfter: valid for ever for who does not notice", "tbsCertificate.validity.notAfter");
    rows.invalid("validity-three-times", make_certificate([](CertificateParts& parts) {
                     parts.validity = sequence({utc("260101000000Z"), utc("280101000000Z"), utc("300101000000Z")});
                 }),
                 {"FieldDoubled"}, "a third time after notAfter", "tbsCertificate.validity");
    rows.invalid("validity-empty", make_certificate([](CertificateParts& parts) { parts.validity = sequence({}); }), {"FieldMissing"},
                 "a Validity without times", "tbsCertificate.validity.notBefore");
    rows.invalid("validity-missing", make_certificate([](CertificateParts& parts) { parts.validity = {}; }), {"FieldMissing"},
                 "without a validity the subject stands in its place", "tbsCertificate.validity.notBefore");
}

void unique_identifiers(GroupRows& rows) {
    // They stand between the key and the extensions.
    const auto with = [](const Octets& identifiers, const Octets& version = context(0, integer(2))) {
        return make_certificate([&](CertificateParts& parts) {
            parts.version = version;
            parts.subject_pk_info = joined({parts.subject_pk_info, identifiers});
            if (version != context(0, integer(2))) {
                parts.extensions.clear();
            }
        });
    };
    const Octets issuer = tlv(tag::context(1), {0x00, 0xa5});
    const Octets subject = tlv(tag::context(2), {0x00, 0x5a});
    rows.valid("unique-ids", with(joined({issuer, subject})), certificate_as_made(),
               "both unique identifiers, which CAs must not give and receivers must parse (RFC 5280, 4.1.2.8)");
    rows.valid("unique-id-of-issuer", with(issuer), certificate_as_made(), "issuerUniqueID alone");
    rows.valid("unique-id-v2", with(subject, context(0, integer(1))),
               certificate_as_made({{"version", "1"}, {"extensions", Json::array()}}), "subjectUniqueID in the version it was made for");
    rows.invalid("unique-ids-reversed", with(joined({subject, issuer})), {"FieldOrder"}, "[2] before [1]: fields out of their order",
                 "tbsCertificate");
    rows.invalid("unique-id-twice", with(joined({issuer, issuer})), {"FieldDoubled"}, "issuerUniqueID twice", "tbsCertificate");
    rows.invalid("unique-id-after-extensions", make_certificate([&](CertificateParts& parts) {
                     parts.subject_pk_info = joined({parts.subject_pk_info, context(3, sequence(parts.extensions)), issuer});
                     parts.extensions.clear();
                 }),
                 {"FieldOrder"}, "issuerUniqueID after the extensions", "tbsCertificate");
    rows.invalid("field-4-after-extensions", make_certificate([&](CertificateParts& parts) {
                     parts.subject_pk_info =
                         joined({parts.subject_pk_info, context(3, sequence(parts.extensions)), context(4, integer(1))});
                     parts.extensions.clear();
                 }),
                 {"TrailingOctets"}, "[4], which no TBSCertificate has, at the end of what is signed", "tbsCertificate");
}

void around(GroupRows& rows) {
    const Octets whole = as_it_is();
    rows.invalid("trailing-octet", joined({whole, {0}}), {"TrailingOctets"},
                 "an octet after the certificate: its hash changes and its signature does not");
    rows.invalid("trailing-certificate", joined({whole, whole}), {"TrailingOctets"}, "a second certificate after the first");
    rows.invalid("empty-sequence", sequence({}), {"FieldMissing"}, "a SEQUENCE with nothing in it", "tbsCertificate");
    rows.invalid("no-octets", Octets{}, {"TruncatedHeader"}, "nothing at all");
    rows.invalid("tbs-alone", outer([](std::vector<Octets>& members) { members.resize(1); }), {"FieldMissing"},
                 "the TBSCertificate and no signature", "signatureAlgorithm");
    rows.invalid("signature-missing", outer([](std::vector<Octets>& members) { members.resize(2); }), {"FieldMissing"},
                 "signatureAlgorithm and no signature", "signatureValue");
    rows.invalid("signature-twice", outer([](std::vector<Octets>& members) { members.push_back(members.back()); }), {"FieldDoubled"},
                 "two signatures");
    rows.invalid("signature-octet-string", outer([](std::vector<Octets>& members) { members[2] = octet_string(Octets(256, 1)); }),
                 {"FieldWrongType"}, "the signature is an OCTET STRING", "signatureValue");
    rows.invalid("signature-no-initial-octet", outer([](std::vector<Octets>& members) { members[2] = hex("03 00"); }), {"EmptyContent"},
                 "a BIT STRING without its initial octet", "signatureValue");
    rows.acceptable("signature-empty", outer([](std::vector<Octets>& members) { members[2] = hex("03 01 00"); }), certificate_as_made(),
                    {"SignatureForm"}, "a signature of no bits: a BIT STRING as any other, which verifies nothing");
    rows.acceptable("signature-unused-bits", outer([](std::vector<Octets>& members) { members[2] = hex("03 02 04 a0"); }),
                    certificate_as_made(), {"SignatureForm"}, "a signature of four bits: no algorithm gives one");
    rows.invalid(
        "signature-in-parts",
        outer([](std::vector<Octets>& members) { members[2] = joined({hex("23 82 01 05"), hex("03 82 01 01 00"), Octets(256, 1)}); }),
        {"ConstructedString"}, "the signature in constructed form, which is not signed and can be changed by anybody", "signatureValue");
    rows.invalid("tbs-indefinite", outer([](std::vector<Octets>& members) {
                     const scep::der::Input input(members[0]);
                     const auto content = input.from(scep::der::read_header(input)->size);
                     members[0] = joined({hex("30 80"), Octets(content.begin(), content.end()), hex("00 00")});
                 }),
                 {"IndefiniteLength"}, "the TBSCertificate with an indefinite length", "tbsCertificate");
    const scep::der::Input input(whole);
    const auto content = input.from(scep::der::read_header(input)->size);
    rows.invalid("outer-indefinite", joined({hex("30 80"), Octets(content.begin(), content.end()), hex("00 00")}), {"IndefiniteLength"},
                 "an indefinite length around it all, which is not signed");
    rows.invalid("outer-long-length",
                 joined({hex("30 84 00 00"), Octets(whole.begin() + 2, whole.begin() + 4), Octets(content.begin(), content.end())}),
                 {"NonMinimalLength"}, "a padded length around it all: another encoding with the same signature");
    rows.invalid("cut-in-signature", Octets(whole.begin(), whole.end() - 1), {"TruncatedValue"}, "the last octet is missing");
    rows.invalid("cut-in-half", Octets(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(whole.size() / 2)), {"TruncatedValue"},
                 "half a certificate");
    rows.invalid("as-pem", text("-----BEGIN CERTIFICATE-----\n"), {"TruncatedValue"},
                 "the first line of PEM, whose first octets 2d 2d are a tag and a length");
    rows.invalid("as-html", text("<html><body>Not found</body></html>"), {"TruncatedValue"}, "a web page, whose first octet 3c is a tag");
    rows.invalid("crl-in-its-place", make_crl([](CrlParts&) {}), {"FieldWrongType"},
                 "a CertificateList, whose thisUpdate stands where validity is due", "tbsCertificate.validity");
}

} // namespace

Group certificate_fields() {
    GroupRows rows("Certificate");
    versions(rows);
    serial_numbers(rows);
    algorithms(rows);
    validity(rows);
    unique_identifiers(rows);
    around(rows);
    return std::move(rows).take();
}

} // namespace sceplab::vectors
