#include <vectors/generate/families.h>

namespace sceplab::vectors {

File signed_data() { return {"signed-data", "SignedData to verify.", {}}; }

}  // namespace sceplab::vectors
