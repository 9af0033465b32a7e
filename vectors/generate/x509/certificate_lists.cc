#include <vectors/generate/parts.h>
#include <vectors/generate/x509/test_keys.h>
#include <vectors/generate/x509/topics.h>

#include <scepcodec/x509/oids.h>

// CertificateList (RFC 5280, 5).
namespace sceplab::vectors {

namespace {

namespace oids = scep::x509::oids;
namespace tag = scep::der::tag;
using scep::der::oid;

Octets utc(std::string_view characters) { return string_value(tag::UTCTime, characters); }
const Octets& revocation_date() {
    static const Octets out = utc("260601000000Z");
    return out;
}

Json read_as(const Json& changed = Json::object()) {
    Json out = {{"version", "1"},
                {"issuer", "CN=Test CA"},
                {"thisUpdate", "2026-01-01T00:00:00Z"},
                {"nextUpdate", "2028-01-01T00:00:00Z"},
                {"revokedCertificates", Json::array()},
                {"extensions", Json::array()}};
    out.update(changed);
    return out;
}

// revokedCertificates stands after nextUpdate.
Octets revoking(const Octets& list, const Octets& version = integer(1)) {
    return make_crl([&](CrlParts& parts) {
        parts.version = version;
        parts.next_update = joined({parts.next_update, list});
    });
}
Octets entry(std::int64_t serial, const Octets& extensions = {}) { return sequence({integer(serial), revocation_date(), extensions}); }
Octets reason(const Octets& value) { return sequence({extension(oid("2.5.29.21"), value)}); }

Octets with_extensions(const Octets& field, const Octets& version = integer(1)) {
    return make_crl([&](CrlParts& parts) {
        parts.version = version;
        parts.crl_extensions = field;
    });
}

constexpr const char* first = "tbsCertList.revokedCertificates[0]";

void fields(GroupRows& rows) {
    const Octets number = extension(oids::id_ce_cRLNumber, integer(7));
    const auto changed = [](const std::function<void(CrlParts&)>& change) { return make_crl(change); };
    const Octets plain = make_crl([](CrlParts&) {});
    rows.valid("crl-empty", plain, read_as(), "no certificate is revoked: the list of them is left out");
    rows.valid("crl-number", with_extensions(context(0, sequence({number}))), read_as({{"extensions", {"2.5.29.20"}}}),
               "with a cRLNumber, as RFC 5280, 5.2.3 wants it");
    rows.valid("crl-version-1", changed([](CrlParts& parts) { parts.version = {}; }), read_as({{"version", "0"}}),
               "v1 is told by leaving the version out: the first field is the signature then");
    rows.acceptable("crl-without-next-update", changed([](CrlParts& parts) { parts.next_update = {}; }),
                    Json{{"version", "1"}, {"issuer", "CN=Test CA"}, {"thisUpdate", "2026-01-01T00:00:00Z"}}, {"CrlPolicy"},
                    "nextUpdate is OPTIONAL, and RFC 5280, 5.1.2.5 wants it of every CA");
    rows.acceptable("crl-next-before-this", changed([](CrlParts& parts) { parts.next_update = utc("250101000000Z"); }),
                    read_as({{"nextUpdate", "2025-01-01T00:00:00Z"}}), {"CrlPolicy"}, "nextUpdate is before thisUpdate");
    rows.valid("crl-next-update-2050",
               changed([](CrlParts& parts) { parts.next_update = string_value(tag::GeneralizedTime, "20500101000000Z"); }),
               read_as({{"nextUpdate", "2050-01-01T00:00:00Z"}}), "nextUpdate as GeneralizedTime");
    rows.invalid("crl-version-1-encoded", changed([](CrlParts& parts) { parts.version = integer(0); }), {"VersionMismatch"},
                 "version is v2 where it is there (RFC 5280, 5.1.2.1)", "tbsCertList.version");
    rows.invalid("crl-version-3", changed([](CrlParts& parts) { parts.version = integer(2); }), {"VersionMismatch"},
                 "v3, which CRLs do not have", "tbsCertList.version");
    rows.invalid("crl-version-tagged", changed([](CrlParts& parts) { parts.version = context(0, integer(1)); }), {"FieldWrongType"},
                 "[0] around the version, as certificates have it", "tbsCertList.signature");
    rows.invalid("crl-version-1-with-extensions", with_extensions(context(0, sequence({number})), {}), {"VersionMismatch"},
                 "crlExtensions without version v2", "tbsCertList.crlExtensions");
    rows.invalid("crl-extensions-empty", with_extensions(context(0, sequence({}))), {"EmptyList"}, "[0] with an empty list: SIZE (1..MAX)",
                 "tbsCertList.crlExtensions");
    rows.invalid("crl-extensions-as-3", with_extensions(context(3, sequence({number}))), {"FieldWrongType"}, "[3], as certificates have it",
                 "tbsCertList");
    rows.invalid("crl-extension-doubled", with_extensions(context(0, sequence({number, extension(oids::id_ce_cRLNumber, integer(8))}))),
                 {"ExtensionDoubled"}, "two cRLNumbers", "tbsCertList.crlExtensions[1]");
    rows.invalid("crl-number-octets", with_extensions(context(0, sequence({extension(oids::id_ce_cRLNumber, octet_string({7}))}))),
                 {"FieldWrongType"}, "cRLNumber is no INTEGER", "tbsCertList.crlExtensions[0].extnValue");
    rows.invalid(
        "crl-critical-false",
        with_extensions(context(0, sequence({sequence({encoded(oids::id_ce_cRLNumber), hex("01 01 00"), octet_string(integer(7))})}))),
        {"DefaultEncoded"}, "critical FALSE is the DEFAULT and is left out in DER", "tbsCertList.crlExtensions[0].critical");
    rows.invalid("crl-without-this-update", changed([](CrlParts& parts) { parts.this_update = parts.next_update = {}; }), {"FieldMissing"},
                 "no thisUpdate", "tbsCertList.thisUpdate");
    rows.invalid("crl-this-update-no-seconds", changed([](CrlParts& parts) { parts.this_update = utc("2601010000Z"); }), {"TimeForm"},
                 "thisUpdate without seconds", "tbsCertList.thisUpdate");
    rows.invalid("crl-next-update-offset", changed([](CrlParts& parts) { parts.next_update = utc("280101000000+0000"); }), {"TimeForm"},
                 "nextUpdate with an offset", "tbsCertList.nextUpdate");
    rows.invalid("crl-three-times", changed([](CrlParts& parts) { parts.next_update = joined({parts.next_update, parts.next_update}); }),
                 {"FieldDoubled"}, "a third time after nextUpdate", "tbsCertList");
    rows.invalid("crl-without-issuer", changed([](CrlParts& parts) { parts.issuer = {}; }), {"FieldMissing"}, "no issuer",
                 "tbsCertList.issuer");
    rows.invalid("crl-issuer-empty-rdn", changed([](CrlParts& parts) { parts.issuer = sequence({set({})}); }), {"EmptyList"},
                 "an RDN of the issuer without attributes", "tbsCertList.issuer[0]");
    rows.invalid("crl-algorithm-differs",
                 changed([](CrlParts& parts) { parts.signature_algorithm = algorithm_with_null(oids::sha384WithRSAEncryption); }),
                 {"AlgorithmMismatch"}, "signatureAlgorithm is to be the signature of the TBSCertList (RFC 5280, 5.1.1.2)",
                 "signatureAlgorithm");
    rows.invalid("crl-trailing", joined({plain, {0}}), {"TrailingOctets"}, "an octet after the list");
    rows.invalid("crl-cut", Octets(plain.begin(), plain.end() - 1), {"TruncatedValue"}, "the last octet is missing");
    rows.invalid("crl-certificate-in-its-place", make_certificate([](CertificateParts&) {}), {"FieldWrongType"},
                 "a Certificate, which begins with [0]", "tbsCertList.signature");
}

void entries(GroupRows& rows) {
    rows.valid("crl-one", revoking(sequence({entry(5)})), read_as({{"revokedCertificates", {"5"}}}), "one certificate is revoked");
    rows.valid("crl-three-unsorted", revoking(sequence({entry(7), entry(5), entry(6)})),
               read_as({{"revokedCertificates", {"7", "5", "6"}}}), "the order of entries is the CA's");
    rows.valid("crl-serial-128", revoking(sequence({entry(128)})), read_as({{"revokedCertificates", {"128"}}}),
               "a serialNumber with a sign octet");
    rows.valid("crl-reason-key-compromise", revoking(sequence({entry(5, reason(hex("0a 01 01")))})),
               read_as({{"revokedCertificates", {"5"}}}), "with a reasonCode");
    rows.valid("crl-v1-entry", revoking(sequence({entry(5)}), {}), read_as({{"version", "0"}, {"revokedCertificates", {"5"}}}),
               "an entry in a list of v1");
    rows.acceptable("crl-reason-unspecified", revoking(sequence({entry(5, reason(hex("0a 01 00")))})),
                    read_as({{"revokedCertificates", {"5"}}}), {"CrlPolicy"}, "reasonCode 0 should be left out (RFC 5280, 5.3.1)");
    rows.acceptable("crl-reason-7", revoking(sequence({entry(5, reason(hex("0a 01 07")))})), read_as({{"revokedCertificates", {"5"}}}),
                    {"CrlPolicy"}, "reasonCode 7 is not used");
    rows.acceptable("crl-serial-twice", revoking(sequence({entry(5), entry(5)})), read_as({{"revokedCertificates", {"5", "5"}}}),
                    {"CrlPolicy"}, "one certificate is revoked twice");
    rows.acceptable("crl-empty-revoked", revoking(sequence({})), read_as(), {"CrlPolicy"},
                    "an empty list is to be left out (RFC 5280, 5.1.2.6), and many CAs write it");
    rows.acceptable("crl-300-entries", revoking(tlv(tag::SEQUENCE, repeated(300, entry(5)))), Json{{"version", "1"}},
                    {"CrlPolicy", "HugeValue"}, "three hundred entries");
    rows.invalid("crl-entry-serial-padded", revoking(sequence({sequence({hex("02 02 00 05"), revocation_date()})})), {"PaddedInteger"},
                 "a padded serialNumber does not match that of the certificate", "tbsCertList.revokedCertificates[0].userCertificate");
    rows.invalid("crl-entry-second-broken", revoking(sequence({entry(5), sequence({integer(6)})})), {"FieldMissing"},
                 "the second entry has no revocationDate: who stops there does not see the third",
                 "tbsCertList.revokedCertificates[1].revocationDate");
    rows.invalid("crl-entry-without-date", revoking(sequence({sequence({integer(5)})})), {"FieldMissing"},
                 "an entry without its revocationDate", "tbsCertList.revokedCertificates[0].revocationDate");
    rows.invalid("crl-entry-empty", revoking(sequence({sequence({})})), {"FieldMissing"}, "an entry with nothing in it",
                 "tbsCertList.revokedCertificates[0].userCertificate");
    rows.invalid("crl-entry-integer", revoking(sequence({integer(5)})), {"FieldWrongType"}, "a serialNumber in the place of an entry",
                 first);
    rows.invalid("crl-entry-fourth-member",
                 revoking(sequence({sequence({integer(5), revocation_date(), reason(hex("0a 01 01")), null()})})), {"TrailingOctets"},
                 "a fourth member of an entry", first);
    rows.invalid("crl-entry-extensions-empty", revoking(sequence({entry(5, sequence({}))})), {"EmptyList"},
                 "an empty list of extensions: SIZE (1..MAX)", "tbsCertList.revokedCertificates[0].crlEntryExtensions");
    rows.invalid("crl-entry-extensions-tagged", revoking(sequence({entry(5, context(0, reason(hex("0a 01 01"))))})), {"FieldWrongType"},
                 "[0] around the extensions of an entry, where there is none", first);
    rows.invalid("crl-entry-extensions-in-v1", revoking(sequence({entry(5, reason(hex("0a 01 01")))}), {}), {"VersionMismatch"},
                 "extensions of an entry without version v2", "tbsCertList.revokedCertificates[0].crlEntryExtensions");
    rows.acceptable("crl-entry-extension-doubled",
                 revoking(sequence(
                     {entry(5, sequence({extension(oid("2.5.29.21"), hex("0a 01 01")), extension(oid("2.5.29.21"), hex("0a 01 06"))}))})),
                 Json::object(), {"ExtensionDoubled"},
                    "two reasonCodes, compromised and on hold; RFC 5280 forbids it in words of certificates alone");
    rows.invalid("crl-revoked-set", revoking(set({entry(5)})), {"FieldWrongType"},
                 "the list of entries is a SET: who skips what is unknown sees no revocation", "tbsCertList");
    rows.invalid("crl-revoked-twice", revoking(joined({sequence({entry(5)}), sequence({entry(6)})})), {"FieldDoubled"},
                 "two lists of entries", "tbsCertList");
    rows.invalid("crl-date-missing-z", revoking(sequence({sequence({integer(5), utc("260601000000")})})), {"TimeForm"},
                 "a revocationDate in local time", "tbsCertList.revokedCertificates[0].revocationDate");
    rows.invalid("crl-revoked-before-next-update",
                 make_crl([](CrlParts& parts) { parts.this_update = joined({parts.this_update, sequence({entry(5)})}); }), {"FieldOrder"},
                 "the list of entries before nextUpdate", "tbsCertList");
}

} // namespace

Group certificate_lists() {
    GroupRows rows("CertificateList");
    fields(rows);
    entries(rows);
    return std::move(rows).take();
}

} // namespace sceplab::vectors
