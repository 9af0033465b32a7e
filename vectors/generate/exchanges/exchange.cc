#include <vectors/generate/families.h>

namespace sceplab::vectors {

File exchange() { return {"exchange", "Exchanges of a client and a CA.", {}}; }

}  // namespace sceplab::vectors
