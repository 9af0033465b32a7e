#include <conformance/input/recording.h>

#include <conformance/input/har.h>
#include <conformance/input/transcript.h>

#include <algorithm>

namespace sceplab::input {

namespace {

// The name of the first member of a JSON object that text begins with; empty where it does not.
std::string_view first_member(std::string_view text) {
    constexpr std::string_view space = " \t\r\n";
    constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
    if (text.starts_with(byte_order_mark)) {
        text.remove_prefix(byte_order_mark.size());
    }
    const auto brace = text.find_first_not_of(space);
    const auto quote = brace == std::string_view::npos || text[brace] != '{' ? std::string_view::npos : text.find_first_not_of(space, brace + 1);
    if (quote == std::string_view::npos || text[quote] != '"') {
        return {};
    }
    return text.substr(quote + 1, text.find('"', quote + 1) - quote - 1);
}

} // namespace

Recording recording_of(std::span<const std::uint8_t> start) {
    if (is_capture(start)) {
        return Recording::capture;
    }
    const std::string_view text(reinterpret_cast<const char*>(start.data()), start.size());
    const std::string_view member = first_member(text);
    if (member == "log") {
        return Recording::har;
    }
    const bool named = !member.empty() && text.find("\"sceplab-transcript/") != std::string_view::npos;
    return named || member == "exchanges" ? Recording::transcript : Recording::none;
}

CaptureSummary read_recording(Recording kind, File file, std::uint32_t input, std::uint32_t last_connection, const Sink& sink) {
    if (kind == Recording::capture) {
        return read_capture(std::move(file), input, last_connection, sink);
    }
    CaptureSummary summary{0, last_connection};
    const Sink counted{[&](Exchange&& exchange) {
                           if (exchange.connection) {
                               *exchange.connection += last_connection;
                               summary.last_connection = std::max(summary.last_connection, *exchange.connection);
                           }
                           sink.exchange(std::move(exchange));
                       },
                       sink.damage};
    summary.exchanges = kind == Recording::har ? read_har(file.get(), input, counted) : read_transcript(file.get(), input, counted);
    return summary;
}

} // namespace sceplab::input
