#pragma once

#include <conformance/evidence/summary.h>
#include <conformance/tree/node.h>

#include <nlohmann/json.hpp>

#include <map>

namespace sceplab::report {

// Octets of a message as the page has them: the how-manyth of its sources, and where in it.
struct Spot {
    std::size_t source = 0;
    std::uint32_t offset = 0;
    std::uint32_t length = 0;
};

// One side of an exchange as the page shows it: its octets, source by source, and their tree. What is normalised stands for the octets as
// they were received, so places in it are taken back to those. Secrets are not in it unless they are to be shown: neither as values nor as
// octets, and not in what they were decoded from either.
class MessageData {
public:
    // Adds to the sources of `facts` what the tree has to join.
    MessageData(evidence::ExchangeFacts& facts, const evidence::ExchangeSummary& summary, evidence::Side side, bool show_secrets);

    [[nodiscard]] bool empty() const { return m_shown.empty(); }
    [[nodiscard]] bool has_tree() const { return !m_nodes.empty(); }
    [[nodiscard]] std::optional<Spot> spot(scep::Location where) const;
    // {"sources": [...], "nodes": [...]}: what page.js reads.
    [[nodiscard]] nlohmann::ordered_json json(std::uint32_t first_source) const;

private:
    struct Range {
        std::uint32_t begin = 0;
        std::uint32_t end = 0;
    };

    void choose_sources(const evidence::ExchangeSummary& summary, evidence::Side side, std::size_t before);
    void hide_secrets(const std::vector<tree::Node>& nodes);
    void hide_credentials(evidence::Side side);
    void hide(scep::Location where);
    void join_ranges();
    [[nodiscard]] bool is_hidden(scep::Location where) const;
    [[nodiscard]] nlohmann::ordered_json tree_json(const std::vector<tree::Node>& nodes) const;

    const evidence::ExchangeFacts& m_facts;
    bool m_show_secrets;
    std::vector<tree::Node> m_nodes;
    std::vector<scep::SourceId> m_shown;
    std::map<scep::SourceId, std::size_t> m_place;            // of a source in m_shown
    std::map<scep::SourceId, std::vector<Range>> m_hidden; // ascending, apart
};

} // namespace sceplab::report
