#pragma once

#include <vectors/generate/case.h>
#include <vectors/generate/cms/fields.h>

// The same message in other encodings of BER (X.690, 8.1.3, 8.7). What is signed as it stands, certificates, CRLs and signedAttrs, stays
// DER.
namespace sceplab::vectors {

struct TwinForm {
    std::string_view name;
    std::string_view comment;
    Result result = Result::valid;
    void (*rewrite)(Field& root) = nullptr;
};
[[nodiscard]] std::span<const TwinForm> twin_forms();
// Those of messages that have no content to be in parts.
[[nodiscard]] std::span<const TwinForm> twin_forms_without_content();

// One row of twin_forms().
[[nodiscard]] Octets twin(Field message, const TwinForm& form);

} // namespace sceplab::vectors
