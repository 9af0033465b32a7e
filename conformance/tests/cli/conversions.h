#pragma once

#include <conformance/input/exchange.h>

#include <nlohmann/json.hpp>

#include <filesystem>
#include <string>
#include <vector>

// Writes exchanges that our reader took from a capture as other inputs, the way other programs would.
namespace sceplab::test {

[[nodiscard]] std::vector<input::Exchange> read_exchanges(const std::filesystem::path& path);

enum class Har { base64, characters }; // of request bodies: as Reqable and others write them, as mitmproxy does
[[nodiscard]] std::string as_har(const std::vector<input::Exchange>& exchanges, Har flavour);
[[nodiscard]] std::string as_transcript(const std::vector<input::Exchange>& exchanges);
// 000-req.der and so on; a GET is a file with its request line.
void as_folder(const std::vector<input::Exchange>& exchanges, const std::filesystem::path& folder);
// Lines of an access log, and what stands before the target in each.
inline constexpr std::string_view log_prefix = "192.0.2.7 - - [23/Nov/2026:16:33:30 +0000] \"GET ";
[[nodiscard]] std::string as_log(const std::vector<input::Exchange>& exchanges);

} // namespace sceplab::test
