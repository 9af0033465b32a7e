#include <vectors/generate/families.h>

namespace sceplab::vectors {

File enveloped_data() { return {"enveloped-data", "EnvelopedData to open.", {}}; }

}  // namespace sceplab::vectors
