// The witness of the bridge's tests: the OpenSSL command line, and identities made with it.
#pragma once

#include <scepcodec/botan/keys.h>
#include <scepcodec/cms/build.h>
#include <scepcodec/x509/certificate.h>

#include "sceptest.h"

#include <ostream>
#include <string>
#include <vector>

namespace bridgetest {

using scep::cms::Octets;
using scep::cms::OctetsView;

// openssl with these arguments; `cms`, `enc` and the like get the legacy provider too, for DES and RC2.
[[nodiscard]] sceptest::RunResult openssl(std::vector<std::string> arguments);
// The same, demanded to succeed; gives its standard output.
std::string openssl_ok(const std::vector<std::string>& arguments);

// The folder of this process's keys, certificates and messages.
[[nodiscard]] const sceptest::TemporaryFolder& folder();
// Writes octets to a new file there.
[[nodiscard]] std::string file(OctetsView octets);
[[nodiscard]] std::string file(std::string_view text);
// A name for a file that a program will write.
[[nodiscard]] std::string new_name();

[[nodiscard]] inline OctetsView view(std::string_view text) { return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}; }
[[nodiscard]] inline Octets octets(std::string_view text) { return {view(text).begin(), view(text).end()}; }

// A key with its certificate, made by openssl once for the process.
struct Identity {
    std::string key_file;         // PEM, PKCS#8
    std::string certificate_file; // PEM
    Octets certificate;           // DER

    [[nodiscard]] scep::botan::PrivateKey key() const;
    [[nodiscard]] scep::x509::Certificate decoded() const { return scep::x509::Certificate::decode(scep::der::Input(certificate)).value(); }
};
// `kind` is "rsa:2048", "ec:P-256": -newkey's words. `number` tells identities of one kind apart.
[[nodiscard]] const Identity& identity(const std::string& kind, int number = 0);

// What verifies or decrypts with openssl gives these octets; the test fails where it does not.
[[nodiscard]] Octets verified_by_openssl(OctetsView message, const Identity& signer);
[[nodiscard]] Octets decrypted_by_openssl(OctetsView envelope, const Identity& recipient);

// A value or a failed test with the error in it.
template <class T>
T need(scep::Result<T> result) {
    if (!result) {
        throw std::runtime_error(result.error().to_string());
    }
    return std::move(*result);
}

} // namespace bridgetest
