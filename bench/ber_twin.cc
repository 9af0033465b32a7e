#include "ber_twin.h"

#include <scepcodec/der/reader.h>

#include <algorithm>

namespace bench {

namespace {

using scep::der::Element;
using scep::der::Input;
using scep::der::Reader;
namespace tag = scep::der::tag;

constexpr std::uint32_t part = 1000;

void append(Octets& out, View octets) { out.insert(out.end(), octets.begin(), octets.end()); }

void in_parts(Octets& out, std::uint8_t identifier, Input value) {
    out.insert(out.end(), {static_cast<std::uint8_t>(identifier | 0x20), 0x80});
    for (std::uint32_t at = 0; at < value.size(); at += part) {
        const Input piece = value.slice(at, part);
        out.insert(out.end(), {0x04, 0x82, static_cast<std::uint8_t>(piece.size() >> 8), static_cast<std::uint8_t>(piece.size())});
        append(out, piece.octets());
    }
    out.insert(out.end(), {0x00, 0x00});
}

void write(Octets& out, const Element& element, unsigned depth, std::uint8_t parent) {
    const std::uint8_t identifier = element.whole()[0];
    const bool long_octets = identifier == 0x04 || identifier == 0x80;
    if (!element.tag().constructed()) {
        if (long_octets && element.value().size() > part) {
            in_parts(out, identifier, element.value());
        } else {
            append(out, element.whole().octets());
        }
        return;
    }
    // ContentInfo, [0], SignedData or EnvelopedData, and their members: what lies deeper is signed, or small. Certificates stand one level
    // higher.
    constexpr unsigned streamed = 5;
    if (depth > streamed || (parent == 0xa0 && depth == streamed && identifier == 0x30)) {
        append(out, element.whole().octets());
        return;
    }
    out.insert(out.end(), {identifier, 0x80});
    Reader inside(element.value());
    while (!inside.at_end()) {
        write(out, inside.any(nullptr), depth + 1, identifier);
    }
    out.insert(out.end(), {0x00, 0x00});
}

} // namespace

Octets ber_twin(View der) {
    Octets out;
    Reader reader{Input(der)};
    write(out, reader.any(nullptr), 1, 0);
    return out;
}

} // namespace bench
