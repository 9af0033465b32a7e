#include <conformance/input/read.h>

#include <conformance/input/folder.h>
#include <conformance/input/message.h>
#include <conformance/input/message_exchange.h>
#include <conformance/input/recording.h>
#include <conformance/input/stream.h>
#include <conformance/input/url.h>

#include <algorithm>
#include <array>
#include <exception>
#include <filesystem>
#include <system_error>

#include <unistd.h>

namespace sceplab::input {

namespace {

namespace fs = std::filesystem;

void refuse(std::string reason, std::uint32_t input, const Sink& sink) { sink.damage({input, 0, std::move(reason), true}); }

// Every line that holds a target is a request.
bool read_lines(std::string_view text, std::uint32_t input, const Sink& sink) {
    bool any = false;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, end);
        if (find_target(line)) {
            any = true;
            Exchange exchange = exchange_of(line);
            exchange.input = input;
            sink.exchange(std::move(exchange));
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return any;
}

void read_message(std::vector<std::uint8_t> octets, std::string_view name, std::uint32_t input, const Sink& sink) {
    scep::Sources sources;
    const Content content = read_content(octets, name, sources);
    if (content.kind == ContentKind::text && read_lines(content.body.text(), input, sink)) {
        return;
    }
    if (auto reason = refusal(content.kind)) {
        const bool json = content.kind == ContentKind::text && (octets[0] == '{' || octets[0] == '[');
        refuse(json ? "JSON, but neither a HAR (\"log\") nor a transcript (\"schema\": \"sceplab-transcript/1\")" : std::move(*reason), input, sink);
        return;
    }
    Exchange exchange;
    exchange.input = input;
    add_message(exchange, std::move(octets), name, identify(content).response.value_or(false));
    exchange.ended = exchange.response ? Ending::answered : Ending::capture;
    sink.exchange(std::move(exchange));
}

void read_stream(File file, std::string_view name, std::uint32_t input, const Sink& sink) {
    auto stream = Stream::open(std::move(file));
    if (!stream) {
        refuse(stream.error(), input, sink);
        return;
    }
    const Recording kind = recording_of(stream->start());
    if (kind != Recording::none) {
        read_recording(kind, stream->take(), input, 0, sink);
    } else if (auto octets = read_rest(stream->take().get(), max_message_file); !octets) {
        refuse(octets.error(), input, sink);
    } else if (octets->size() >= max_message_file) {
        refuse("no capture, and too large for a message", input, sink);
    } else if (auto problem = stream->problem(); problem && octets->empty()) {
        refuse(std::move(*problem), input, sink);
        return;
    } else {
        read_message(std::move(*octets), name, input, sink);
    }
    if (auto problem = stream->problem()) {
        sink.damage({input, 0, std::move(*problem)});
    }
}

void read_argument(const std::string& argument, std::uint32_t input, const Sink& sink) {
    std::error_code error;
    const fs::file_status status = fs::status(argument, error);
    if (argument == "-") {
        const int copy = dup(STDIN_FILENO);
        if (File file(copy < 0 ? nullptr : fdopen(copy, "rb")); file) {
            read_stream(std::move(file), "-", input, sink);
        } else {
            refuse("standard input is closed", input, sink);
        }
    } else if (fs::is_directory(status)) {
        read_folder(argument, input, sink);
    } else if (!fs::exists(status) && is_url(argument)) {
        if (!read_lines(argument, input, sink)) {
            refuse("no SCEP operation in this URL", input, sink);
        }
    } else if (auto file = open_file(argument)) {
        read_stream(std::move(*file), fs::path(argument).filename().string(), input, sink);
    } else {
        refuse(file.error(), input, sink);
    }
}

} // namespace

void read(const std::string& argument, std::uint32_t input, const Sink& sink) {
    try {
        read_argument(argument, input, sink);
    } catch (const std::bad_alloc&) {
        throw;
    } catch (const std::exception& failure) {
        refuse(failure.what(), input, sink);
    }
}

} // namespace sceplab::input
