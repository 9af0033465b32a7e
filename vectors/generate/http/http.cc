#include <vectors/generate/families.h>
#include <vectors/generate/http/topics.h>

namespace sceplab::vectors {

File http() {
    File out{
        "http", "Reads the body of an answer to GetCACaps, or the target of an HTTP request, as RFC 8894, 3.5.2 and 4.1 have them.", {}};
    out.groups.push_back(capabilities());
    for (Group& group : request_targets()) {
        out.groups.push_back(std::move(group));
    }
    return out;
}

} // namespace sceplab::vectors
