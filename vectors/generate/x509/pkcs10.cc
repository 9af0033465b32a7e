#include <vectors/generate/families.h>
#include <vectors/generate/parts.h>
#include <vectors/generate/x509/request_cases.h>

#include <scepcodec/pkcs10/certification_request.h>
#include <scepcodec/x509/oids.h>

namespace sceplab::vectors {

namespace tag = scep::der::tag;

File pkcs10() {
    GroupRows rows("CertificationRequest");
    request_keys(rows);
    request_fields(rows);
    request_attributes(rows);
    return {"pkcs10",
            "Decodes one CertificationRequest, and accepts it where it is well formed (RFC 2986, in DER) and its own key verifies its "
            "signature.",
            {std::move(rows).take()}};
}

Octets attribute(const scep::der::OidConstant& type, const std::vector<Octets>& values) { return sequence({encoded(type), set(values)}); }

Octets challenge_password(const Octets& value) { return attribute(scep::pkcs10::oids::challengePassword, {value}); }

Octets request(const std::function<void(RequestParts&)>& change) {
    RequestParts parts;
    parts.version = integer(0);
    parts.subject = common_name("device");
    parts.attributes = context(0, challenge_password(string_value(tag::PrintableString, long_secret)));
    parts.signature_algorithm = algorithm_with_null(scep::x509::oids::sha256WithRSAEncryption);
    if (change) {
        change(parts);
    }
    if (parts.subject_pk_info.empty()) {
        parts.subject_pk_info = public_key_info(parts.key);
    }
    Octets info = sequence({parts.version, parts.subject, parts.subject_pk_info, parts.attributes});
    Octets signature = signature_of(parts.key, parts.scheme, info);
    if (parts.signed_octets) {
        parts.signed_octets(info);
    }
    if (parts.signature) {
        parts.signature(signature);
    }
    return sequence({info, parts.signature_algorithm, bit_string(signature), parts.more});
}

Json request_as_made(const Json& changed) {
    Json out = {{"version", "0"}, {"subject", "CN=device"}, {"attributes", {"1.2.840.113549.1.9.7"}}, {"challengePassword", long_secret}};
    out.update(changed);
    return out;
}

} // namespace sceplab::vectors
