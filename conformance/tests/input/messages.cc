#include "messages.h"

#include <scepcodec/scep/build.h>

#include <fmt/format.h>
#include <sceptest.h>

#include <boost/test/unit_test.hpp>

namespace messages {

using wire::Octets;

Octets pki_message(std::string_view type, std::string_view transaction_id, std::string_view sender_nonce,
                   std::string_view recipient_nonce) {
    scep::build::Transaction transaction;
    transaction.transaction_id = transaction_id;
    transaction.sender_nonce.assign(sender_nonce.begin(), sender_nonce.end());
    transaction.recipient_nonce.assign(recipient_nonce.begin(), recipient_nonce.end());
    auto message = scep::build::pki_message(
        transaction, {.message_type = std::string(type), .pki_status = {}, .fail_info = {}, .fail_info_text = {}}, Octets{0x30, 0x00});
    message.sid = scep::cms::encode_issuer_and_serial_number(scep::build::encode_name({}), Octets{1});
    message.digest_algorithm = scep::cms::encode_algorithm(scep::der::oid("2.16.840.1.101.3.4.2.1"));
    message.signature_algorithm = scep::cms::encode_algorithm(scep::der::oid("1.2.840.113549.1.1.11"));
    message.message_digest = Octets(32, 0);
    return message.finish(Octets(256, 0));
}

Octets certificate() {
    static const Octets made = [] {
        const sceptest::TemporaryFolder folder;
        const auto key = (folder.path() / "key.pem").string();
        const auto out = (folder.path() / "certificate.der").string();
        const auto run = sceptest::run({"openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                                        "-subj", "/CN=test", "-keyout", key, "-out", out, "-outform", "DER"});
        BOOST_REQUIRE_EQUAL(run.exit_code, 0);
        return sceptest::read_file(out);
    }();
    return made;
}

Octets gzipped(const Octets& octets) {
    const auto run = sceptest::run({"gzip", "-nc"}, {.input = {reinterpret_cast<const char*>(octets.data()), octets.size()}});
    BOOST_REQUIRE_EQUAL(run.exit_code, 0);
    return {run.out.begin(), run.out.end()};
}

std::string base64(const Octets& octets, std::size_t line, std::string_view end) {
    constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string all;
    for (std::size_t i = 0; i < octets.size(); i += 3) {
        std::uint32_t group = 0;
        for (std::size_t k = 0; k < 3; ++k) {
            group = group << 8 | (i + k < octets.size() ? octets[i + k] : 0u);
        }
        for (std::size_t k = 0; k < 4; ++k) {
            all += i + k > octets.size() ? '=' : digits[group >> (18 - 6 * k) & 63];
        }
    }
    if (line == 0) {
        return all;
    }
    std::string out;
    for (std::size_t i = 0; i < all.size(); i += line) {
        out += all.substr(i, line);
        out += end;
    }
    return out;
}

std::string pem(std::string_view label, const Octets& octets) {
    return fmt::format("-----BEGIN {0}-----\n{1}-----END {0}-----\n", label, base64(octets, 64));
}

std::string hex(const Octets& octets, std::string_view between) {
    std::string out;
    for (const std::uint8_t octet : octets) {
        out += (out.empty() ? "" : std::string(between)) + fmt::format("{:02x}", octet);
    }
    return out;
}

} // namespace messages
