#include <vectors/generate/families.h>

namespace sceplab::vectors {

File certificates_only() { return {"certificates-only", "Degenerate SignedData.", {}}; }

}  // namespace sceplab::vectors
