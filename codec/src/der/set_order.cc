#include <scepcodec/der/reader.h>
#include <scepcodec/der/set_order.h>

namespace scep::der {

std::optional<Input> first_out_of_order(Input set_value) {
    Reader reader(set_value);
    Input previous;
    while (!reader.at_end()) {
        const Input next = reader.any(nullptr).whole();
        if (reader.failed()) {
            return std::nullopt;
        }
        if (precedes(next, previous)) {
            return next;
        }
        previous = next;
    }
    return std::nullopt;
}

}  // namespace scep::der
