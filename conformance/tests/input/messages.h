#pragma once

#include "wire.h"

#include <scepcodec/cms/build.h>

// Messages for the tests. Nothing here is signed or encrypted: inputs are told apart by their shape.
namespace messages {

wire::Octets pki_message(std::string_view type, std::string_view transaction_id, std::string_view sender_nonce,
                         std::string_view recipient_nonce);
wire::Octets certificate(); // self-signed, made by OpenSSL

// By the gzip program.
wire::Octets gzipped(const wire::Octets& octets);
std::string base64(const wire::Octets& octets, std::size_t line = 0, std::string_view end = "\n");
std::string pem(std::string_view label, const wire::Octets& octets);
std::string hex(const wire::Octets& octets, std::string_view between = {});

} // namespace messages
