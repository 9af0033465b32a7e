#include <vectors/run/own.h>

namespace sceplab::vectors {

Answer own_capabilities(const Json&) { return skipped("not yet"); }
Answer own_request_target(const Json&) { return skipped("not yet"); }

}  // namespace sceplab::vectors
