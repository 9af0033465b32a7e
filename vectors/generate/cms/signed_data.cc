#include <vectors/generate/cms/signed.h>
#include <vectors/generate/families.h>

#include <scepcodec/cms/oids.h>

namespace sceplab::vectors {

Json expected(const SignedPlan& plan) {
    const bool data = std::ranges::equal(plan.type.content(), scep::cms::oids::id_data.content());
    const auto signer = *scep::botan::Signer::make(plan.signer->key(), plan.digest, plan.scheme);
    Json out = {{"version", data && plan.sid == IdentifierForm::issuerAndSerialNumber ? "1" : "3"},
                {"eContentType", scep::der::Oid{scep::der::Input(plan.type.content())}.to_string()}};
    if (plan.content) {
        out["eContent"] = hex(*plan.content);
    }
    out["certificates"] = plan.included ? "1" : "0";
    out["crls"] = "0";
    out["digestAlgorithm"] = dotted(signer.digest_algorithm());
    out["signatureAlgorithm"] = dotted(signer.signature_algorithm());
    return out;
}

Field usual_message() {
    static const Octets octets = make_signed({});
    return read_signed_data(octets);
}

const Json& usual_fields() {
    static const Json fields = expected({});
    return fields;
}

File signed_data() {
    Cases cases("signed-data", "SignedData");
    signed_choices(cases);
    signed_fields(cases);
    signed_attributes(cases);
    signed_signers(cases);
    signed_rsa(cases);
    signed_other_keys(cases);
    return {"signed-data",
            "Each input is a ContentInfo that should be a SignedData whose signers' certificates are inside; every signature has to be "
            "verified (RFC 5652, 5.6), trust "
            "is not asked for.",
            {cases.take()}};
}

} // namespace sceplab::vectors
