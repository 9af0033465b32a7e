#include <vectors/run/own.h>

namespace sceplab::vectors {

Answer own_certificates_only(const Json&) { return skipped("not yet"); }
Answer own_signed_data(const Json&) { return skipped("not yet"); }
Answer own_enveloped_data(const Json&) { return skipped("not yet"); }
Answer own_pki_message(const Json&) { return skipped("not yet"); }

}  // namespace sceplab::vectors
