#include <vectors/generate/families.h>

namespace sceplab::vectors {

File http() { return {"http", "Texts of SCEP over HTTP.", {}}; }

}  // namespace sceplab::vectors
