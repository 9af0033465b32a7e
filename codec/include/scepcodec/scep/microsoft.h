#pragma once

#include <scepcodec/der/values.h>

// What NDES adds to a CertRep.
namespace scep::microsoft {

namespace oids {
inline constexpr auto enrollScepError = der::oid("1.3.6.1.4.1.311.21.33");         // an HRESULT as decimal text, signed: "-2147024809"
inline constexpr auto enrollScepServerMessage = der::oid("1.3.6.1.4.1.311.21.38"); // "Issued"
} // namespace oids

struct Hresult {
    std::uint32_t code = 0;

    // Its symbol in winerror.h; empty where it is none that NDES is known to give.
    [[nodiscard]] std::string_view symbol() const;
    // "0x80070057 E_INVALIDARG"
    [[nodiscard]] std::string to_string() const;
};

// The value of the attribute: signed or unsigned decimal, or hexadecimal after 0x. Nothing where it is neither, or does not fit 32 bits.
[[nodiscard]] std::optional<Hresult> hresult(const der::Element& value);

} // namespace scep::microsoft
