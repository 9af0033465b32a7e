#include <vectors/generate/families.h>

namespace sceplab::vectors {

File names() { return {"names", "What the messages of CertPoll, GetCert and GetCRL hold.", {}}; }

}  // namespace sceplab::vectors
