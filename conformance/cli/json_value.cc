#include <conformance/cli/json_value.h>

#include <fmt/format.h>

namespace sceplab::cli::detail {

nlohmann::json parse_json(const std::string& path) {
    const auto octets = read_small_file(path);
    if (!octets) {
        throw octets.error();
    }
    try {
        return nlohmann::json::parse(octets->begin(), octets->end());
    } catch (const nlohmann::json::parse_error& error) {
        throw Unusable{path, fmt::format("not JSON: the octet at offset {} does not fit", error.byte == 0 ? 0 : error.byte - 1)};
    } catch (const nlohmann::json::exception&) {
        throw Unusable{path, "not JSON: a number is out of range"};
    }
}

} // namespace sceplab::cli::detail
