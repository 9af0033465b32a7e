#include <conformance/input/folder.h>

#include <conformance/input/message.h>
#include <conformance/input/message_exchange.h>
#include <conformance/input/recording.h>
#include <conformance/input/stream.h>
#include <conformance/input/url.h>

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <system_error>

namespace sceplab::input {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t max_files = 100'000;

// A file that takes part. The octets are read again when its exchange is made, so that a large folder is not held in memory.
struct Item {
    std::string path;
    std::string name;
    Recording recording = Recording::none;
    bool response = false;
    std::string pair_name = {}; // the name without the part that says which side it is; empty where none does
    Identity identity = {};
    Item* other = nullptr;
};

std::string lower(std::string text) {
    std::ranges::transform(text, text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return text;
}

// "03-req.der" and "03-resp.der" are both "03-"; nothing where a name says no side.
struct NamedSide {
    bool response = false;
    std::string pair_name;
};
std::optional<NamedSide> side_of_name(const std::string& name) {
    struct Mark {
        std::string_view text;
        bool response;
    };
    constexpr Mark marks[] = {{"pkcsreq", false}, {"certrep", true}, {"response", true}, {"request", false},
                              {"reply", true},    {"resp", true},    {"req", false},     {"rsp", true}};
    std::string stem = lower(fs::path(name).stem().string());
    for (const Mark& mark : marks) {
        if (const auto at = stem.rfind(mark.text); at != std::string::npos) {
            return NamedSide{mark.response, stem.erase(at, mark.text.size()) + '\n'};
        }
    }
    return std::nullopt;
}

bool takes_part(ContentKind kind) {
    return kind == ContentKind::pki_message || kind == ContentKind::certificates || kind == ContentKind::content_info ||
           kind == ContentKind::capabilities;
}

// One line with a target: anything longer is somebody's notes.
bool is_target_file(scep::der::Input text) {
    const std::string_view all = text.text();
    const auto last = all.find_last_not_of("\r\n");
    const std::string_view line = all.substr(0, last == std::string_view::npos ? 0 : last + 1);
    return line.find('\n') == std::string_view::npos && find_target(line).has_value();
}

std::expected<Stream, std::string> open_stream(const std::string& path) {
    auto file = open_file(path);
    return file ? Stream::open(std::move(*file)) : std::unexpected(file.error());
}

// Nothing where the file takes no part. Errors: why it cannot be read.
std::expected<std::optional<Item>, std::string> look_at(const fs::path& path) {
    Item item{.path = path.string(), .name = path.filename().string()};
    auto stream = open_stream(item.path);
    if (!stream) {
        return std::unexpected(stream.error());
    }
    item.recording = recording_of(stream->start());
    if (item.recording != Recording::none) {
        return item;
    }
    auto octets = read_rest(stream->take().get(), max_message_file);
    if (!octets) {
        return std::unexpected(octets.error());
    }
    scep::Sources sources;
    const Content content = read_content(std::move(*octets), item.name, sources);
    const bool target = content.kind == ContentKind::text && is_target_file(content.body);
    if (!target && !takes_part(content.kind)) {
        return std::optional<Item>();
    }
    item.identity = identify(content);
    const auto named = side_of_name(item.name);
    item.response = !target && item.identity.response.value_or(named && named->response);
    if (named && named->response == item.response) {
        item.pair_name = named->pair_name;
    }
    return item;
}

// Puts answers to requests that have none yet, by a key that both have; an empty key is none.
template <class RequestKey, class ResponseKey>
void pair_by(std::vector<Item>& items, RequestKey request_key, ResponseKey response_key, bool only_if_alone) {
    std::map<std::string, std::vector<Item*>> requests;
    std::map<std::string, std::vector<Item*>> responses;
    for (Item& item : items) {
        std::string key = item.recording != Recording::none || item.other != nullptr ? std::string{} : item.response ? response_key(item) : request_key(item);
        if (!key.empty()) {
            (item.response ? responses : requests)[std::move(key)].push_back(&item);
        }
    }
    for (auto& [key, answers] : responses) {
        const auto asked = requests.find(key);
        if (asked == requests.end() || (only_if_alone && (answers.size() > 1 || asked->second.size() > 1))) {
            continue;
        }
        for (std::size_t i = 0; i < std::min(answers.size(), asked->second.size()); ++i) {
            answers[i]->other = asked->second[i];
            asked->second[i]->other = answers[i];
        }
    }
}

std::string nonce_key(const std::string& transaction_id, const std::vector<std::uint8_t>& nonce) {
    return nonce.empty() || transaction_id.empty() ? std::string{} : transaction_id + '\n' + std::string(nonce.begin(), nonce.end());
}

void pair(std::vector<Item>& items) {
    pair_by(
        items, [](const Item& item) { return nonce_key(item.identity.transaction_id, item.identity.sender_nonce); },
        [](const Item& item) { return nonce_key(item.identity.transaction_id, item.identity.recipient_nonce); }, false);
    const auto by_name = [](const Item& item) { return item.pair_name; };
    pair_by(items, by_name, by_name, false);
    const auto by_transaction = [](const Item& item) { return item.identity.transaction_id; };
    pair_by(items, by_transaction, by_transaction, true);
}

void add_to(Exchange& exchange, const Item& item) {
    if (auto stream = open_stream(item.path)) {
        if (auto octets = read_rest(stream->take().get(), max_message_file)) {
            add_message(exchange, std::move(*octets), item.name, item.response);
        }
    }
}

} // namespace

void read_folder(const std::string& path, std::uint32_t input, const Sink& sink) {
    std::error_code error;
    std::vector<fs::path> paths;
    for (fs::directory_iterator entry(path, error); !error && entry != fs::directory_iterator() && paths.size() < max_files;
         entry.increment(error)) {
        std::error_code ignored;
        if (entry->is_regular_file(ignored)) {
            paths.push_back(entry->path());
        }
    }
    if (error) {
        sink.damage({input, 0, error.message(), true});
        return;
    }
    std::ranges::sort(paths);

    std::vector<Item> items;
    for (const fs::path& file : paths) {
        auto item = look_at(file);
        if (!item) {
            sink.damage({input, 0, fmt::format("{}: {}", file.filename().string(), item.error())});
        } else if (*item) {
            items.push_back(std::move(**item));
        }
    }
    pair(items);

    std::size_t given = 0;
    std::uint32_t connections = 0;
    for (const Item& item : items) {
        if (item.recording != Recording::none) {
            const Sink named{sink.exchange, [&](Damage&& damage) {
                                 damage.reason = fmt::format("{}: {}", item.name, damage.reason);
                                 damage.unusable = false;
                                 sink.damage(std::move(damage));
                             }};
            if (auto stream = open_stream(item.path)) {
                const CaptureSummary summary = read_recording(item.recording, stream->take(), input, connections, named);
                given += summary.exchanges;
                connections = summary.last_connection;
                if (auto problem = stream->problem()) {
                    named.damage({input, 0, std::move(*problem)});
                }
            }
        } else if (!item.response || item.other == nullptr) {
            Exchange exchange;
            exchange.input = input;
            add_to(exchange, item);
            if (item.other != nullptr) {
                add_to(exchange, *item.other);
            }
            if (exchange.request || exchange.response) {
                exchange.ended = exchange.response ? Ending::answered : Ending::capture;
                ++given;
                sink.exchange(std::move(exchange));
            }
        }
    }
    if (given == 0) {
        sink.damage({input, 0, fmt::format("no SCEP message in this folder: {} file{}", paths.size(), paths.size() == 1 ? "" : "s"), true});
    }
}

} // namespace sceplab::input
