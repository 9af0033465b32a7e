#include <scepcodec/scep/microsoft.h>

#include <algorithm>
#include <charconv>

namespace scep::microsoft {

namespace {

struct Row {
    std::uint32_t code;
    std::string_view symbol;
};

constexpr std::array rows{
    Row{0x00000000, "S_OK"},
    Row{0x80004005, "E_FAIL"},
    Row{0x8000ffff, "E_UNEXPECTED"},
    Row{0x80070002, "ERROR_FILE_NOT_FOUND"},
    Row{0x80070005, "E_ACCESSDENIED"},
    Row{0x8007000d, "ERROR_INVALID_DATA"},
    Row{0x8007000e, "E_OUTOFMEMORY"},
    Row{0x80070056, "ERROR_INVALID_PASSWORD"},
    Row{0x80070057, "E_INVALIDARG"},
    Row{0x80070490, "ERROR_NOT_FOUND"},
    Row{0x800706ba, "RPC_S_SERVER_UNAVAILABLE"},
    Row{0x80090004, "NTE_BAD_LEN"},
    Row{0x80090005, "NTE_BAD_DATA"},
    Row{0x80090006, "NTE_BAD_SIGNATURE"},
    Row{0x80090008, "NTE_BAD_ALGID"},
    Row{0x8009000d, "NTE_NO_KEY"},
    Row{0x80090010, "NTE_PERM"},
    Row{0x80090011, "NTE_NOT_FOUND"},
    Row{0x80090016, "NTE_BAD_KEYSET"},
    Row{0x80091001, "CRYPT_E_MSG_ERROR"},
    Row{0x80091002, "CRYPT_E_UNKNOWN_ALGO"},
    Row{0x80091004, "CRYPT_E_INVALID_MSG_TYPE"},
    Row{0x80091007, "CRYPT_E_HASH_VALUE"},
    Row{0x8009100f, "CRYPT_E_ATTRIBUTES_MISSING"},
    Row{0x80092004, "CRYPT_E_NOT_FOUND"},
    Row{0x80092009, "CRYPT_E_NO_MATCH"},
    Row{0x8009200c, "CRYPT_E_NO_DECRYPT_CERT"},
    Row{0x8009200d, "CRYPT_E_BAD_MSG"},
    Row{0x8009200e, "CRYPT_E_NO_SIGNER"},
    Row{0x80093102, "CRYPT_E_ASN1_EOD"},
    Row{0x8009310b, "CRYPT_E_ASN1_BADTAG"},
    Row{0x80094001, "CERTSRV_E_BAD_REQUESTSUBJECT"},
    Row{0x80094002, "CERTSRV_E_NO_REQUEST"},
    Row{0x80094003, "CERTSRV_E_BAD_REQUESTSTATUS"},
    Row{0x80094004, "CERTSRV_E_PROPERTY_EMPTY"},
    Row{0x80094005, "CERTSRV_E_INVALID_CA_CERTIFICATE"},
    Row{0x80094011, "CERTSRV_E_ENROLL_DENIED"},
    Row{0x80094800, "CERTSRV_E_UNSUPPORTED_CERT_TYPE"},
    Row{0x80094801, "CERTSRV_E_NO_CERT_TYPE"},
    Row{0x80094811, "CERTSRV_E_KEY_LENGTH"},
    Row{0x800b0101, "CERT_E_EXPIRED"},
    Row{0x800b0109, "CERT_E_UNTRUSTEDROOT"},
    Row{0x800b010a, "CERT_E_CHAINING"},
    Row{0x800b010c, "CERT_E_REVOKED"},
};

template <class T>
std::optional<T> number(std::string_view text, int base) {
    T value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

} // namespace

std::string_view Hresult::symbol() const {
    const auto found = std::ranges::find(rows, code, &Row::code);
    return found == rows.end() ? std::string_view() : found->symbol;
}

std::string Hresult::to_string() const {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out = "0x";
    for (int shift = 28; shift >= 0; shift -= 4) {
        out += digits[code >> shift & 0xf];
    }
    return symbol().empty() ? out : out + " " + std::string(symbol());
}

std::optional<Hresult> hresult(const der::Element& value) {
    const std::string_view text = value.value().text();
    if (text.starts_with("0x") || text.starts_with("0X")) {
        const auto code = number<std::uint32_t>(text.substr(2), 16);
        return code ? std::optional(Hresult{*code}) : std::nullopt;
    }
    if (const auto code = number<std::int32_t>(text, 10)) {
        return Hresult{static_cast<std::uint32_t>(*code)};
    }
    const auto code = number<std::uint32_t>(text, 10);
    return code ? std::optional(Hresult{*code}) : std::nullopt;
}

} // namespace scep::microsoft
