#include <vectors/generate/families.h>

namespace sceplab::vectors {

File x509() { return {"x509", "Certificates and CRLs.", {}}; }

}  // namespace sceplab::vectors
