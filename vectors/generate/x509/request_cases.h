#pragma once

#include <vectors/generate/group_rows.h>
#include <vectors/generate/x509/test_keys.h>

// The cases of pkcs10.json, by what they are about, and the requests they are made of.
namespace sceplab::vectors {

void request_keys(GroupRows& rows);
void request_fields(GroupRows& rows);
void request_attributes(GroupRows& rows);

// CertificationRequest (RFC 2986, 4) before it is signed; every member is encoded.
struct RequestParts {
    TestKey key = TestKey::rsa_2048;
    std::string scheme = "PKCS1v15(SHA-256)";
    Octets version;
    Octets subject;
    Octets subject_pk_info; // of `key`, unless a change sets it
    Octets attributes;      // with its [0]
    Octets signature_algorithm;
    // Last looks: at what is signed, at the signature, and at what follows it.
    std::function<void(Octets&)> signed_octets;
    std::function<void(Octets&)> signature;
    Octets more;
};
[[nodiscard]] Octets request(const std::function<void(RequestParts&)>& change = {});

// An attribute with these values.
[[nodiscard]] Octets attribute(const scep::der::OidConstant& type, const std::vector<Octets>& values);
[[nodiscard]] Octets challenge_password(const Octets& value);

// What a decoder reads of the request that nothing was changed in.
[[nodiscard]] Json request_as_made(const Json& changed = Json::object());

} // namespace sceplab::vectors
