#include <vectors/generate/families.h>

namespace sceplab::vectors {

File ber() { return {"ber", "One value in BER.", {}}; }

}  // namespace sceplab::vectors
