#include <vectors/generate/families.h>

namespace sceplab::vectors {

File der() { return {"der", "One value in DER.", {}}; }

}  // namespace sceplab::vectors
