#include "pem_key.h"

#include "cbc.h"

#include <botan/data_src.h>
#include <botan/hash.h>
#include <botan/hex.h>
#include <botan/pem.h>

#include <algorithm>
#include <array>

namespace scep::botan {

namespace {

struct PemCipher {
    std::string_view name;
    ContentCipher cipher;
};
constexpr std::array pem_ciphers{
    PemCipher{"DES-CBC", ContentCipher::des_cbc},        PemCipher{"DES-EDE3-CBC", ContentCipher::des_ede3_cbc},
    PemCipher{"AES-128-CBC", ContentCipher::aes128_CBC}, PemCipher{"AES-192-CBC", ContentCipher::aes192_CBC},
    PemCipher{"AES-256-CBC", ContentCipher::aes256_CBC},
};

Secret derive(std::string_view password, OctetsView salt, std::size_t octets) {
    const auto md5 = Botan::HashFunction::create_or_throw("MD5");
    Secret key;
    Secret block;
    while (key.size() < octets) {
        md5->update(block);
        md5->update(password);
        md5->update(salt);
        block = md5->final();
        key.insert(key.end(), block.begin(), block.end());
    }
    key.resize(octets);
    return key;
}

std::string_view without_spaces(std::string_view text) {
    constexpr std::string_view spaces = " \t\r\n";
    text.remove_prefix(std::min(text.find_first_not_of(spaces), text.size()));
    return text.substr(0, text.find_last_not_of(spaces) + 1);
}

// `info` is the value of DEK-Info: the cipher's name and its IV in hexadecimal.
Result<Secret> decipher(Secret octets, std::string_view info, std::string_view password) {
    const std::size_t comma = std::min(info.find(','), info.size());
    const auto found = std::ranges::find(pem_ciphers, without_spaces(info.substr(0, comma)), &PemCipher::name);
    if (found == pem_ciphers.end()) {
        return std::unexpected(make_error(ErrorCode::unsupported_algorithm));
    }
    const CipherTraits& cipher = traits(found->cipher);
    const Octets iv = Botan::hex_decode(without_spaces(info.substr(std::min(comma + 1, info.size()))));
    if (iv.size() != cipher.block_octets || octets.empty() || octets.size() % cipher.block_octets != 0) {
        return std::unexpected(make_error(ErrorCode::invalid_key));
    }
    decrypt_cbc(cipher, derive(password, OctetsView(iv).first(8), cipher.key_octets), iv, octets);
    const Unpadded unpadded = unpad(octets, cipher.block_octets);
    if (!unpadded.fits) {
        return std::unexpected(make_error(ErrorCode::invalid_key));
    }
    octets.resize(unpadded.size);
    return octets;
}

} // namespace

Result<Secret> pem_private_key(std::string_view text, std::string_view password) {
    // A file may hold parameters or certificates before its key.
    const std::size_t key = text.find("PRIVATE KEY-----");
    const std::size_t begin = key == std::string_view::npos ? key : text.rfind("-----BEGIN ", key);
    if (begin == std::string_view::npos) {
        return std::unexpected(make_error(ErrorCode::invalid_key));
    }
    std::string block(text.substr(begin));
    std::string info;
    if (const std::size_t headers = block.find("Proc-Type:"), end = block.find("-----END"); headers < end) {
        const std::size_t dek = block.find("DEK-Info:", headers);
        if (dek >= end) {
            return std::unexpected(make_error(ErrorCode::invalid_key));
        }
        const std::size_t line_end = std::min(block.find('\n', dek), end);
        info = block.substr(dek + 9, line_end - dek - 9);
        block.erase(headers, line_end - headers);
    }
    Botan::DataSource_Memory source(block);
    std::string label;
    Secret octets = Botan::PEM_Code::decode(source, label);
    return info.empty() ? Result<Secret>(std::move(octets)) : decipher(std::move(octets), info, password);
}

} // namespace scep::botan
