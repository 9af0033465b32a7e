#include <vectors/run/own.h>

namespace sceplab::vectors {

Answer own_exchange(const Json&) { return skipped("not yet"); }

}  // namespace sceplab::vectors
