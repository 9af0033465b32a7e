#include <vectors/generate/der/topics.h>
#include <vectors/generate/families.h>

namespace sceplab::vectors {

File ber() {
    File out{"ber", "Decodes one value as the type that the group names, and accepts it where it is BER; tells what it is in DER.", {}};
    out.groups.push_back(ber_lengths());
    for (const auto topic : {ber_strings, ber_values}) {
        for (Group& group : topic()) {
            out.groups.push_back(std::move(group));
        }
    }
    out.groups.push_back(ber_structures());
    return out;
}

} // namespace sceplab::vectors
