#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

// What no capture can know of its client and server: `--facts FILE` tells it. Every member may be absent; a rule that needs an absent one is not performed.
namespace sceplab::evidence {

struct KnownCertificate;

enum class FingerprintHash : std::uint8_t { md5, sha1, sha256, sha512 };

// Over the Certificate as received (RFC 8894, 2.2).
struct CaFingerprint {
    FingerprintHash hash = FingerprintHash::sha256;
    std::vector<std::uint8_t> octets;
};

struct LocalFacts {
    std::optional<std::string> ca_host;             // as in the Host field: name or address, with the port where it is not 80
    std::optional<std::string> scep_path;           // "/cgi-bin/pkiclient.exe"
    std::vector<CaFingerprint> ca_fingerprints;     // one of them is the CA's; empty: not known
    std::vector<std::shared_ptr<const KnownCertificate>> preloaded_ca_certificates;  // the client has them without asking GetCACert
    std::optional<bool> secret_required;            // the CA wants a challengePassword in each PKCSReq
    std::optional<bool> challenge_single_use;       // the CA takes each challengePassword once
    std::vector<std::uint32_t> private_message_types;  // codes that both sides have agreed upon
    std::vector<std::uint32_t> private_pki_statuses;
    std::vector<std::uint32_t> private_fail_infos;
    std::optional<std::uint32_t> poll_limit;        // CertPolls of one transaction
    std::optional<std::uint32_t> poll_interval;     // seconds between two CertPolls, at the least
};

}  // namespace sceplab::evidence
