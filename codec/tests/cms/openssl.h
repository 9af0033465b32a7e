// OpenSSL's command line as the witness, and the keys it makes for these tests.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sceptest {

using Octets = std::vector<std::uint8_t>;
using OctetsView = std::span<const std::uint8_t>;

// What `openssl ARGUMENTS` writes; the test fails where it fails.
[[nodiscard]] Octets openssl(const std::vector<std::string>& arguments, OctetsView input = {});
[[nodiscard]] std::string openssl_text(const std::vector<std::string>& arguments, OctetsView input = {});

// One TLV as `openssl asn1parse` tells it.
struct Asn1Line {
    std::uint32_t offset = 0;
    std::uint32_t depth = 0;
    std::uint32_t header_size = 0;
    std::uint32_t length = 0;
    std::string text; // "cons: SEQUENCE", "prim: OBJECT            :pkcs7-data"
};
[[nodiscard]] std::vector<Asn1Line> asn1parse(OctetsView der);

// Keys and certificates made once a process: ca and client are RSA-2048, ec and second are P-256; each has NAME.key and a self-signed
// NAME.pem with a subject key identifier. crl.der is the CA's, with two entries.
[[nodiscard]] std::filesystem::path key_file(std::string_view name);
[[nodiscard]] Octets certificate(std::string_view name);
[[nodiscard]] Octets crl();

// Octets from hexadecimal, white space between.
[[nodiscard]] Octets hex(std::string_view digits);
[[nodiscard]] Octets octets_of(std::string_view text);

} // namespace sceptest
