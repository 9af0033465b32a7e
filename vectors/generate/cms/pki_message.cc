#include <vectors/generate/families.h>

namespace sceplab::vectors {

File pki_message() { return {"pki-message", "SCEP messages.", {}}; }

}  // namespace sceplab::vectors
