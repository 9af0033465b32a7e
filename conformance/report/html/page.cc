#include <conformance/report/html/page.h>

#include <conformance/report/exchange_line.h>
#include <conformance/report/html/assets.h>
#include <conformance/report/html/element.h>
#include <conformance/report/html/message_data.h>
#include <conformance/report/html/rule_table.h>
#include <conformance/report/json_text.h>
#include <conformance/report/where.h>

#include <fmt/format.h>

#include <map>
#include <sstream>

namespace sceplab::report {

namespace {

using evidence::ExchangeSummary;
using evidence::MessageSummary;
using evidence::Side;
using html::add_text;
using html::attribute;
using html::element;
using pugi::xml_node;

constexpr std::size_t most_octets_kept = 16u << 20;
constexpr std::size_t most_data = 24u << 20; // of trees and octets, as text
constexpr std::size_t most_exchanges = 2'000;
constexpr std::size_t most_findings = 5'000;

std::string key_of(std::uint32_t exchange, Side side) { return fmt::format("{}-{}", exchange, evidence::name(side)); }

class Document {
public:
    Document(const rules::Result& result, std::vector<evidence::ExchangeFacts>& kept, const Options& options)
        : m_result(result), m_kept(kept), m_options(options) {
        for (std::size_t i = 0; i < result.findings.size(); ++i) {
            const rules::Place& place = result.findings[i].violation.place;
            m_findings[is_run(place, result) ? std::string() : key_of(place.exchange, place.side)].push_back(i);
        }
    }

    std::string render() {
        add_data();
        xml_node body = m_document.append_child("body");
        xml_node skip = element(body, "a", "skip", "Skip to the conversation");
        attribute(skip, "href", "#conversation");
        header(body);
        xml_node main = element(body, "main");
        errors(main);
        findings(main);
        conversation(main);
        add_rule_table(main, m_result);
        return text();
    }

private:
    // What the panels show, as text for the page, while there is room for it.
    void add_data() {
        std::size_t size = 0;
        for (evidence::ExchangeFacts& facts : m_kept) {
            if (facts.index >= std::min(m_result.exchanges.size(), most_exchanges)) {
                break;
            }
            const ExchangeSummary& summary = m_result.exchanges[facts.index];
            for (const Side side : {Side::request, Side::response}) {
                MessageData data(facts, summary, side, m_options.show_secrets);
                if (data.empty()) {
                    continue;
                }
                std::string json = json_for_html(data.json(summary.first_source));
                size += json.size();
                if (size > most_data) {
                    return;
                }
                m_data.emplace(key_of(facts.index, side), std::pair(std::move(data), std::move(json)));
            }
            m_shown = facts.index + 1;
        }
    }

    void header(xml_node body) const {
        xml_node head = element(body, "header", "top");
        element(head, "h1", nullptr, "SCEP conformance");
        xml_node of = element(head, "p", "of");
        for (std::size_t i = 0; i < m_result.inputs.size() && i < 8; ++i) {
            element(of, "span", "input", m_result.inputs[i]);
        }
        if (m_result.inputs.size() > 8) {
            element(of, "span", nullptr, fmt::format("and {} more", m_result.inputs.size() - 8));
        }
        xml_node figures = element(head, "ul", "figures");
        const auto figure = [&](std::size_t count, std::string_view noun, const char* classes) {
            xml_node item = element(figures, "li", count > 0 ? classes : "none");
            element(item, "b", nullptr, std::to_string(count));
            add_text(item, counted(count, noun).substr(std::to_string(count).size()));
        };
        std::size_t held = 0;
        for (const rules::Tally& tally : m_result.rules) {
            held += tally.pass > 0 && tally.violated == 0 ? 1 : 0;
        }
        figure(m_result.exchanges.size(), "exchange", nullptr);
        figure(m_result.count(rules::Severity::error), "error", "error");
        figure(m_result.count(rules::Severity::warning), "warning", "warning");
        figure(m_result.count(rules::Severity::notice), "notice", "notice");
        figure(held, "rule", "held");
        add_text(figures.last_child(), " conform");
        if (const std::size_t gaps = m_result.not_performed(); gaps > 0) {
            figure(gaps, "check", "gap");
            add_text(figures.last_child(), " not performed");
        }
        xml_node nav = element(head, "nav");
        attribute(nav, "aria-label", "Report");
        for (const char* part : {"Findings", "Conversation", "Rules"}) {
            std::string target = part;
            target[0] = static_cast<char>(target[0] - 'A' + 'a');
            attribute(element(nav, "a", nullptr, part), "href", '#' + target);
        }
        element(head, "p", "tool", fmt::format("sceplab {}, profile {}", m_result.version, m_result.profile));
    }

    static xml_node section(xml_node main, const char* id, std::string_view title) {
        xml_node out = element(main, "section");
        attribute(out, "id", id);
        attribute(out, "aria-labelledby", fmt::format("{}-title", id));
        attribute(element(out, "h2", nullptr, title), "id", fmt::format("{}-title", id));
        return out;
    }

    void errors(xml_node main) const {
        if (m_result.errors.empty()) {
            return;
        }
        xml_node list = element(section(main, "errors", "What could not be read"), "ul", "errors");
        for (const input::Damage& damage : m_result.errors) {
            xml_node item = element(list, "li");
            element(item, "b", nullptr, input_name(m_result, damage.input));
            add_text(item, damage.unusable ? ": " + damage.reason : fmt::format(": {} (at offset {})", damage.reason, damage.offset));
        }
    }

    void findings(xml_node main) const {
        xml_node out = section(main, "findings", "Findings");
        if (m_result.findings.empty()) {
            element(out, "p", "quiet", m_result.exchanges.empty() ? "Nothing was judged." : "None: nothing that was judged deviates.");
            return;
        }
        xml_node list = element(out, "ol", "index");
        for (std::size_t i = 0; i < std::min(m_result.findings.size(), most_findings); ++i) {
            const rules::Finding& finding = m_result.findings[i];
            const rules::Place& place = finding.violation.place;
            xml_node item = element(list, "li", std::string(name(finding.rule.severity)).c_str());
            if (is_run(place, m_result) || place.exchange >= most_exchanges) {
                attribute(item, "id", fmt::format("f{}", i));
                describe(item, i, is_run(place, m_result) ? "the whole run" : fmt::format("exchange {}", place.exchange));
                continue;
            }
            level(item, finding);
            attribute(element(item, "a", nullptr, finding.violation.message), "href", fmt::format("#f{}", i));
            element(item, "small", nullptr, fmt::format("#{} {}", place.exchange, evidence::name(place.side)));
        }
        if (m_result.findings.size() > most_findings) {
            element(out, "p", "quiet", fmt::format("{} more are not listed here.", m_result.findings.size() - most_findings));
        }
    }

    static void level(xml_node item, const rules::Finding& finding) {
        element(item, "span", "level", name(finding.rule.severity));
        add_text(item, " ");
    }

    // The finding in full: level, sentence, places, rule. It is a link to its octets where the page has them.
    void describe(xml_node item, std::size_t number, std::string_view at) const {
        const rules::Finding& finding = m_result.findings[number];
        const rules::Violation& violation = finding.violation;
        level(item, finding);
        xml_node sentence = element(item, "a", "says", violation.message);
        link(sentence, violation.place, fmt::format("f{}", number), false);
        xml_node small = element(item, "small");
        add_text(small, at.empty() ? where(violation.place, m_result) : std::string(at));
        for (std::size_t i = 0; i < violation.related.size(); ++i) {
            const rules::Place& place = violation.related[i];
            const std::string exchange = place.exchange != violation.place.exchange ? fmt::format("#{} ", place.exchange) : std::string();
            add_text(small, i == 0 ? " · compare " : ", ");
            link(element(small, "a", "related", (is_run(place, m_result) ? std::string() : exchange) + where(place, m_result)), place,
                 fmt::format("f{}-{}", number, i + 1), true);
        }
        add_text(small, " · ");
        attribute(element(small, "a", "rule", finding.rule.id), "href", fmt::format("#rule-{}", finding.rule.id));
        add_text(small, " · ");
        cite(small, finding.rule.cite);
    }

    // Where the octets are on the page, as page.js reads it. `own`: the link is its own target, not the entry around it.
    void link(xml_node anchor, const rules::Place& place, const std::string& id, bool own) const {
        const auto found = is_run(place, m_result) ? m_data.end() : m_data.find(key_of(place.exchange, place.side));
        const std::optional<Spot> spot = found == m_data.end() ? std::nullopt : found->second.first.spot(place.where);
        if (own) {
            attribute(anchor, "id", id);
        }
        if (!spot) {
            return;
        }
        attribute(anchor, "href", '#' + id);
        xml_node holder = own ? anchor : anchor.parent();
        attribute(holder, "data-message", found->first);
        attribute(holder, "data-spot", fmt::format("{},{},{}", spot->source, spot->offset, spot->length));
    }

    void conversation(xml_node main) {
        xml_node out = section(main, "conversation", "Conversation");
        if (m_shown < m_result.exchanges.size() && m_shown < most_exchanges) {
            element(out, "p", "quiet", fmt::format("From exchange {} on the octets are left out: the page would be too large.", m_shown));
        }
        std::optional<std::uint32_t> input;
        for (const ExchangeSummary& exchange : m_result.exchanges) {
            if (exchange.index >= most_exchanges) {
                element(out, "p", "quiet", fmt::format("{} more exchanges are not shown.", m_result.exchanges.size() - most_exchanges));
                break;
            }
            if (m_result.inputs.size() > 1 && input != exchange.input) {
                element(out, "h3", "input", input_name(m_result, exchange.input));
            }
            input = exchange.input;
            add_exchange(out, exchange);
        }
        if (m_result.exchanges.empty()) {
            element(out, "p", "quiet", "No exchanges.");
        }
    }

    void add_exchange(xml_node parent, const ExchangeSummary& exchange) {
        xml_node out = element(parent, "section", "exchange");
        attribute(out, "id", fmt::format("x{}", exchange.index));
        attribute(out, "aria-label", fmt::format("exchange {}", exchange.index));
        xml_node title = element(out, "h3");
        element(title, "span", "number", fmt::format("#{}", exchange.index));
        add_text(title, fmt::format(" {}", exchange.operation.value_or("message")));
        std::string facts = exchange.method.value_or("");
        const auto add = [&](const std::string& fact) { facts += (facts.empty() || fact.empty() ? "" : " · ") + fact; };
        add(exchange.time.value_or(""));
        add(exchange.transaction ? fmt::format("transaction {}", *exchange.transaction) : std::string());
        element(title, "small", nullptr, facts);
        message(out, exchange, Side::request, exchange.request);
        message(out, exchange, Side::response, exchange.response);
    }

    void message(xml_node parent, const ExchangeSummary& exchange, Side side, const std::optional<MessageSummary>& summary) {
        const bool asks = side == Side::request;
        const std::string key = key_of(exchange.index, side);
        if (!summary && !m_findings.contains(key) && (asks || !exchange.method)) {
            return;
        }
        xml_node out = element(parent, "article", asks ? "message request" : "message response");
        xml_node title = element(out, "h4");
        element(title, "span", "who", asks ? "Client" : "Server");
        const bool has_message = summary && summary->bytes > 0;
        add_text(title, ' ' + (!asks         ? answer_text(exchange, Style(false))
                               : has_message ? message_text(*summary)
                               : summary     ? exchange.operation.value_or("request")
                                             : std::string("no request")));
        if (summary) {
            facts(out, *summary);
        }
        if (const auto found = m_findings.find(key); found != m_findings.end()) {
            xml_node list = element(out, "ol", "findings");
            for (const std::size_t number : found->second) {
                xml_node item = element(list, "li", std::string(name(m_result.findings[number].rule.severity)).c_str());
                attribute(item, "id", fmt::format("f{}", number));
                describe(item, number, {});
            }
        }
        if (const auto found = m_data.find(key); found != m_data.end()) {
            xml_node details = element(out, "details", "octets");
            attribute(details, "data-key", key);
            element(details, "summary", nullptr, found->second.first.has_tree() ? "Structure and octets" : "Octets");
            element(details, "div", "panel", "These need JavaScript.");
        }
    }

    void facts(xml_node parent, const MessageSummary& message) const {
        xml_node list = element(parent, "dl");
        const auto fact = [&](std::string_view term, const std::string& value, const char* classes = nullptr) {
            if (!value.empty()) {
                xml_node pair = element(list, "div");
                element(pair, "dt", nullptr, term);
                element(pair, "dd", classes, value);
            }
        };
        const auto because = [](std::string_view reason) { return reason.empty() ? std::string() : fmt::format(", {}", reason); };
        fact("subject", message.subject.value_or(""));
        fact("transactionID", message.transaction_id.value_or(""), "code");
        fact("senderNonce", message.sender_nonce.value_or(""), "code");
        fact("recipientNonce", message.recipient_nonce.value_or(""), "code");
        if (message.signature) {
            fact("signature", std::string(name(message.signature->verdict)) + because(message.signature->reason),
                 message.signature->verdict == scep::botan::Verdict::invalid ? "bad" : nullptr);
        }
        if (message.decryption) {
            fact("decryption", std::string(name(*message.decryption)) + because(message.decryption_reason));
        }
        fact("messageData", message.message_data.value_or(""));
        if (message.challenge_password) {
            fact("challengePassword", m_options.show_secrets ? *message.challenge_password : "(hidden)");
        }
        for (const evidence::CertificateSummary& certificate : message.certificates) {
            fact("certificate", fmt::format("{} ({}), issued by {}", certificate.subject, name(certificate.role), certificate.issuer));
        }
        fact("error", message.error.value_or(""), "bad");
        if (message.bytes > 0) {
            fact("size", counted(message.bytes, "octet") + (message.encoding ? ", " + *message.encoding : std::string()));
        }
        if (!list.first_child()) {
            parent.remove_child(list);
        }
    }

    std::string text() const {
        std::ostringstream body;
        m_document.first_child().print(body, "", pugi::format_raw | pugi::format_no_empty_element_tags, pugi::encoding_utf8);
        std::string html = body.str();
        html.resize(html.size() - std::string_view("</body>").size());
        std::string out = fmt::format("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                                      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '{}'; "
                                      "script-src '{}'; base-uri 'none'; form-action 'none'\">\n"
                                      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                                      "<meta name=\"color-scheme\" content=\"light dark\">\n<title>SCEP conformance</title>\n<style>",
                                      assets::page_css_hash, assets::page_js_hash);
        out.append(assets::page_css).append("</style>\n</head>\n").append(html);
        for (const auto& [key, data] : m_data) {
            out += fmt::format("\n<script type=\"application/json\" id=\"data-{}\">{}</script>", key, data.second);
        }
        out.append("\n<script>").append(assets::page_js).append("</script>\n</body>\n</html>\n");
        return out;
    }

    const rules::Result& m_result;
    std::vector<evidence::ExchangeFacts>& m_kept;
    const Options& m_options;
    std::map<std::string, std::vector<std::size_t>> m_findings; // by message; "" for the run
    std::map<std::string, std::pair<MessageData, std::string>> m_data;
    std::size_t m_shown = 0; // exchanges whose octets the page has
    pugi::xml_document m_document;
};

} // namespace

void Page::keep(evidence::ExchangeFacts&& facts) {
    for (scep::SourceId id = 0; id < facts.sources().size(); ++id) {
        m_octets += facts.sources()[id].octets.size();
    }
    m_full = m_full || m_octets > most_octets_kept;
    if (!m_full) {
        m_kept.push_back(std::move(facts));
    }
}

std::string Page::render(const rules::Result& result) { return Document(result, m_kept, m_options).render(); }

} // namespace sceplab::report
