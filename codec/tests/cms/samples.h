// The messages these tests look at: made here, bundled with the project, or in the corpus.
#pragma once

#include "openssl.h"

#include <scepcodec/scep/build.h>

#include <filesystem>

namespace sceptest {

// One of each kind and form, by OpenSSL or by the codec's builders. Made when asked for first.
[[nodiscard]] std::vector<std::string> sample_names();
[[nodiscard]] const Octets& sample(const std::string& name);

// Message files of vectors/captures, and of public/ in the corpus (the latter named "folder/file"). With nothing there, one empty name: a
// test over it skips.
[[nodiscard]] std::vector<std::string> bundled_names();
[[nodiscard]] std::vector<std::string> corpus_names();
// Reads one of either; skips the test where the name is empty.
[[nodiscard]] Octets message_file(const std::string& name);

// A builder's message completed: signed by `signer` with SHA-256, OpenSSL doing the cryptography.
[[nodiscard]] Octets sign(scep::cms::SignedDataBuilder builder, std::string_view signer = "client", bool by_key_identifier = false);
// The pkcsPKIEnvelope of `message_data` for the ca, by OpenSSL.
[[nodiscard]] Octets envelop(OctetsView message_data);
// Names of a certificate's own, encoded.
[[nodiscard]] Octets subject_of(std::string_view certificate_name);
[[nodiscard]] Octets serial_of(std::string_view certificate_name);
[[nodiscard]] Octets certification_request();
[[nodiscard]] scep::build::Transaction transaction();

} // namespace sceptest
