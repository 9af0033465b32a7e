#include <vectors/run/own.h>

namespace sceplab::vectors {

Answer own_certificate(const Json&) { return skipped("not yet"); }
Answer own_certificate_list(const Json&) { return skipped("not yet"); }
Answer own_certification_request(const Json&) { return skipped("not yet"); }
Answer own_issuer_and_subject(const Json&) { return skipped("not yet"); }
Answer own_issuer_and_serial_number(const Json&) { return skipped("not yet"); }

}  // namespace sceplab::vectors
