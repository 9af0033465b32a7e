#include <vectors/generate/families.h>
#include <vectors/generate/x509/topics.h>

namespace sceplab::vectors {

File x509() {
    return {"x509",
            "Decodes one Certificate or CertificateList, and accepts it where it is well formed: the structure of RFC 5280, in DER. "
            "Signatures, trust and time are not looked at.",
            {certificate_fields(), certificate_names(), certificate_keys(), certificate_extensions(), certificate_lists()}};
}

Json certificate_as_made(const Json& changed) {
    Json out = {{"version", "2"},
                {"serialNumber", "4660"},
                {"issuer", "CN=Test CA"},
                {"subject", "CN=device"},
                {"notBefore", "2026-01-01T00:00:00Z"},
                {"notAfter", "2028-01-01T00:00:00Z"},
                {"extensions", {"2.5.29.15"}}};
    out.update(changed);
    return out;
}

} // namespace sceplab::vectors
