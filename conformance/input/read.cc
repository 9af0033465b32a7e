#include <conformance/input/read.h>

#include <conformance/input/capture.h>
#include <conformance/input/folder.h>
#include <conformance/input/message.h>
#include <conformance/input/message_exchange.h>
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
        if (const auto found = find_target(line)) {
            any = true;
            Exchange exchange = exchange_of(line, *found);
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
        refuse(json ? "JSON (HAR or transcript) is not supported yet" : std::move(*reason), input, sink);
        return;
    }
    Exchange exchange;
    exchange.input = input;
    add_message(exchange, std::move(octets), name, identify(content).response.value_or(false));
    exchange.ended = exchange.response ? Ending::answered : Ending::capture;
    sink.exchange(std::move(exchange));
}

// What cannot be wound back, a pipe, is held in memory.
void read_stream(File file, std::string_view name, std::uint32_t input, const Sink& sink) {
    constexpr std::size_t magic_size = 4;
    constexpr std::size_t max_pipe = 256u << 20;
    const bool can_wind_back = std::fseek(file.get(), 0, SEEK_CUR) == 0;
    auto octets = read_rest(file.get(), can_wind_back ? magic_size : max_pipe);
    if (!octets) {
        refuse(octets.error(), input, sink);
        return;
    }
    if (!can_wind_back && octets->size() == max_pipe) {
        refuse("too large for a pipe; save it to a file", input, sink);
        return;
    }
    if (is_capture(*octets)) {
        if (can_wind_back) {
            std::rewind(file.get());
        } else {
            file.reset(fmemopen(octets->data(), octets->size(), "rb"));
        }
        static_cast<void>(read_capture(std::move(file), input, 0, sink));
        return;
    }
    if (octets->size() >= 2 && (*octets)[0] == 0x1f && (*octets)[1] == 0x8b) {
        refuse("compressed with gzip; decompress it first", input, sink);
        return;
    }
    if (can_wind_back) {
        const auto rest = read_rest(file.get(), max_message_file);
        if (!rest) {
            refuse(rest.error(), input, sink);
            return;
        }
        octets->insert(octets->end(), rest->begin(), rest->end());
    }
    if (octets->size() >= max_message_file) {
        refuse("no capture, and too large for a message", input, sink);
        return;
    }
    read_message(std::move(*octets), name, input, sink);
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
    } catch (const std::exception& failure) {
        refuse(failure.what(), input, sink);
    }
}

} // namespace sceplab::input
