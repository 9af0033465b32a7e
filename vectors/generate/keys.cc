#include <vectors/generate/keys.h>

#include <scepcodec/der/values.h>

#include <botan/pem.h>

namespace sceplab::vectors {

Json key(std::string_view name, const Party& party, const Octets& certificate) {
    return {{"name", name},
            {"privateKey", Botan::PEM_Code::encode(party.pkcs8().data(), party.pkcs8().size(), "PRIVATE KEY")},
            {"certificate", scep::der::to_hex(certificate)}};
}

}  // namespace sceplab::vectors
