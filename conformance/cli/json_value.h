#pragma once

#include <conformance/cli/unusable.h>
#include <conformance/evidence/json_value.h>

namespace sceplab::cli {

using evidence::JsonValue;

namespace detail {
[[nodiscard]] nlohmann::json parse_json(const std::string& path);
}

// What `read` makes of the file's document.
template <class Read>
[[nodiscard]] auto read_json(const std::string& path, Read&& read) -> Loaded<decltype(read(std::declval<const JsonValue&>()))> {
    try {
        const nlohmann::json document = detail::parse_json(path);
        return read(JsonValue(document));
    } catch (const evidence::JsonMisfit& misfit) {
        return std::unexpected(Unusable{path, misfit.text()});
    } catch (const Unusable& unusable) {
        return std::unexpected(unusable);
    }
}

} // namespace sceplab::cli
