#include <conformance/report/html/message_data.h>

#include <conformance/tree/build.h>
#include <conformance/tree/legible.h>

#include <algorithm>
#include <set>

namespace sceplab::report {

namespace {

using evidence::BodyKind;
using evidence::Side;
using json_t = nlohmann::ordered_json;
using scep::Location;
using scep::SourceId;
using scep::SourceKind;

constexpr std::uint32_t most_octets_shown = 64u << 10; // of one source
constexpr std::uint32_t most_elements = 20'000;        // of one tree

bool has_structure(const evidence::MessageFacts& facts) {
    return facts.kind != BodyKind::none && facts.kind != BodyKind::capabilities && (facts.kind != BodyKind::other || facts.error);
}

std::string base64(std::span<const std::uint8_t> octets) {
    constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    out.reserve((octets.size() + 2) / 3 * 4);
    for (std::size_t at = 0; at < octets.size(); at += 3) {
        const std::size_t have = std::min<std::size_t>(octets.size() - at, 3);
        const auto octet = [&](std::size_t i) { return i < have ? unsigned{octets[at + i]} : 0u; };
        const unsigned group = octet(0) << 16 | octet(1) << 8 | octet(2);
        for (std::size_t i = 0; i < 4; ++i) {
            out += i <= have ? digits[(group >> (18 - 6 * i)) & 63] : '=';
        }
    }
    return out;
}

void used_sources(const std::vector<tree::Node>& nodes, std::set<SourceId>& out) {
    for (const tree::Node& node : nodes) {
        out.insert(node.where.source);
        used_sources(node.children, out);
    }
}

} // namespace

MessageData::MessageData(evidence::ExchangeFacts& facts, const evidence::ExchangeSummary& summary, Side side, bool show_secrets)
    : m_facts(facts), m_show_secrets(show_secrets) {
    const std::size_t before = facts.sources().size();
    if (const evidence::MessageFacts* message = facts.side(side); message != nullptr && has_structure(*message)) {
        std::vector<scep::der::Input> layers;
        if (message->message_data && !message->message_data->in_clear) {
            layers.push_back(message->message_data->octets);
        }
        const tree::Options options{.limits = {.depth = 64, .elements = most_elements}};
        m_nodes = tree::build(message->octets, facts.exchange.sources, layers, options);
    }
    choose_sources(summary, side, before);
    if (!show_secrets) {
        hide_secrets(m_nodes);
        hide_credentials(side);
        join_ranges();
    }
}

// All but what is normalised, unless the tree stands in it.
void MessageData::choose_sources(const evidence::ExchangeSummary& summary, Side side, std::size_t before) {
    std::set<SourceId> used;
    used_sources(m_nodes, used);
    const scep::Sources& sources = m_facts.sources();
    for (SourceId id = 0; id < sources.size(); ++id) {
        const bool of_side = id < summary.sources.size() ? summary.sources[id].side == side : id >= before;
        const bool in_tree = used.contains(id);
        if (in_tree || (of_side && sources[id].kind != SourceKind::normalised)) {
            m_place[id] = m_shown.size();
            m_shown.push_back(id);
            // What nobody could read may be anything.
            if (!in_tree && sources[id].kind == SourceKind::decrypted && !m_show_secrets) {
                hide(sources[id].octets.location());
            }
        }
    }
}

void MessageData::hide_secrets(const std::vector<tree::Node>& nodes) {
    for (const tree::Node& node : nodes) {
        // What the tree did not look at may hold anything.
        const bool unseen = node.error == scep::ErrorCode::limit_elements || node.error == scep::ErrorCode::limit_depth;
        if ((node.secret || unseen) && node.children.empty()) {
            hide({node.where.source, node.where.offset + node.header, node.length()});
        }
        hide_secrets(node.children);
    }
}

// Fields of the request's head that let others in.
void MessageData::hide_credentials(Side side) {
    constexpr std::string_view fields[] = {"authorization:", "proxy-authorization:", "cookie:"};
    const auto& request = m_facts.exchange.request;
    if (side != Side::request || !request || request->target.empty()) {
        return;
    }
    const scep::der::Input head = m_facts.sources()[request->target.source()].octets;
    std::string text(head.text());
    std::ranges::transform(text, text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    for (std::size_t line = 0; line < text.size();) {
        const std::size_t end = std::min(text.find('\n', line), text.size());
        for (const std::string_view field : fields) {
            if (text.compare(line, field.size(), field) == 0) {
                const std::size_t value = line + field.size();
                hide(head.slice(static_cast<std::uint32_t>(value), static_cast<std::uint32_t>(end - value)).location());
            }
        }
        line = end + 1;
    }
}

// There, and in what it was decoded from; ciphertext tells nothing.
void MessageData::hide(Location where) {
    const scep::Sources& sources = m_facts.sources();
    for (std::optional<Location> at = where; at && at->length > 0; at = sources.in_parent(*at)) {
        m_hidden[at->source].push_back({at->offset, at->offset + at->length});
        if (sources[at->source].kind == SourceKind::decrypted) {
            break;
        }
    }
}

void MessageData::join_ranges() {
    for (auto& [source, ranges] : m_hidden) {
        std::ranges::sort(ranges, {}, &Range::begin);
        std::vector<Range> apart;
        for (const Range& range : ranges) {
            if (!apart.empty() && range.begin <= apart.back().end) {
                apart.back().end = std::max(apart.back().end, range.end);
            } else {
                apart.push_back(range);
            }
        }
        ranges = std::move(apart);
    }
}

bool MessageData::is_hidden(Location where) const {
    const auto found = m_hidden.find(where.source);
    if (found == m_hidden.end() || where.length == 0) {
        return false;
    }
    const auto next = std::ranges::upper_bound(found->second, where.offset, {}, &Range::end);
    return next != found->second.end() && next->begin < where.offset + where.length;
}

std::optional<Spot> MessageData::spot(Location where) const {
    const scep::Sources& sources = m_facts.sources();
    while (where.source < sources.size()) {
        if (const auto place = m_place.find(where.source); place != m_place.end()) {
            // Octets that are not on the page cannot be pointed at.
            const std::uint32_t size = std::min(sources[where.source].octets.size(), most_octets_shown);
            const bool inside = where.offset < size || (where.offset == size && where.length == 0);
            return inside ? std::optional(Spot{place->second, where.offset, std::min(where.length, size - where.offset)}) : std::nullopt;
        }
        const auto parent = sources.in_parent(where);
        if (!parent) {
            break;
        }
        where = *parent;
    }
    return std::nullopt;
}

json_t MessageData::json(std::uint32_t first_source) const {
    json_t list = json_t::array();
    for (const SourceId id : m_shown) {
        const scep::Source& source = m_facts.sources()[id];
        const auto all = source.octets.octets();
        std::vector<std::uint8_t> octets(all.begin(), all.begin() + std::min<std::ptrdiff_t>(std::ssize(all), most_octets_shown));
        json_t hidden = json_t::array();
        if (const auto found = m_hidden.find(id); found != m_hidden.end()) {
            for (const Range& range : found->second) {
                const std::size_t begin = std::min<std::size_t>(range.begin, octets.size());
                const std::size_t end = std::min<std::size_t>(range.end, octets.size());
                std::fill(octets.begin() + static_cast<std::ptrdiff_t>(begin), octets.begin() + static_cast<std::ptrdiff_t>(end),
                          std::uint8_t{0});
                hidden.push_back({begin, end - begin});
            }
        }
        const bool joined = source.kind == SourceKind::normalised;
        list.push_back({{"kind", joined ? "joined" : scep::name(source.kind)},
                        {"number", joined ? json_t(nullptr) : json_t(first_source + id)},
                        {"length", source.octets.size()},
                        {"octets", base64(octets)},
                        {"hidden", std::move(hidden)}});
    }
    return {{"sources", std::move(list)}, {"nodes", tree_json(m_nodes)}};
}

json_t MessageData::tree_json(const std::vector<tree::Node>& nodes) const {
    json_t out = json_t::array();
    for (const tree::Node& node : nodes) {
        const Location content{node.where.source, node.where.offset + node.header, node.length()};
        const bool hidden = !m_show_secrets && (node.secret || is_hidden(content));
        std::string wrong;
        for (const scep::ber::DeviationKind deviation : node.deviations) {
            wrong += (wrong.empty() ? "" : ", ") + std::string(scep::ber::name(deviation));
        }
        if (node.error) {
            wrong += (wrong.empty() ? "" : ", ") + std::string(scep::name(*node.error));
        }
        const std::string value = node.value + (node.shortened ? "…" : "");
        const auto place = m_place.find(node.where.source);
        out.push_back(json_t::array({place == m_place.end() ? 0 : place->second, node.where.offset, node.where.length, node.header,
                                     node.is_tlv() ? scep::to_string(node.tag) : std::string(), node.label,
                                     hidden && !node.value.empty() ? std::string("(hidden)") : value, node.note, wrong,
                                     node.layer ? 1 : 0, tree_json(node.children)}));
    }
    return out;
}

} // namespace sceplab::report
