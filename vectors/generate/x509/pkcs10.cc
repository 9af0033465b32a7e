#include <vectors/generate/families.h>

namespace sceplab::vectors {

File pkcs10() { return {"pkcs10", "Certification requests.", {}}; }

}  // namespace sceplab::vectors
