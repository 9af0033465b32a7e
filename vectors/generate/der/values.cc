#include <vectors/generate/der/topics.h>
#include <vectors/generate/families.h>

namespace sceplab::vectors {

File der() {
    File out{"der", "Decodes one value as the type that the group names, and accepts it where it is DER.", {}};
    for (const auto topic : {der_tags, der_lengths, der_numbers, der_bits, der_identifiers, der_times, der_characters, der_collections}) {
        for (Group& group : topic()) {
            out.groups.push_back(std::move(group));
        }
    }
    return out;
}

} // namespace sceplab::vectors
