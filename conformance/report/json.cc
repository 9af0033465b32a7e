#include <conformance/report/json.h>

#include <conformance/report/json_text.h>

namespace sceplab::report {

namespace {

using json_t = nlohmann::ordered_json;

template <class T>
json_t or_null(const std::optional<T>& value) {
    return value ? json_t(*value) : json_t(nullptr);
}
json_t or_null(const std::optional<scep::botan::Check>& check) { return check ? json_t(name(check->verdict)) : json_t(nullptr); }
json_t or_null(const std::string& text) { return text.empty() ? json_t(nullptr) : json_t(text); }

json_t errors(const rules::Result& result) {
    json_t out = json_t::array();
    for (const input::Damage& damage : result.errors) {
        const std::string input = damage.input < result.inputs.size() ? result.inputs[damage.input] : std::string();
        out.push_back({{"input", input}, {"offset", damage.offset}, {"reason", damage.reason}});
    }
    return out;
}

json_t signer(const evidence::MessageSummary& message) {
    if (!message.signature) {
        return nullptr;
    }
    const bool found = message.signer_found && *message.signer_found != evidence::Found::nowhere;
    return {{"found", found ? json_t(name(*message.signer_found)) : json_t(nullptr)},
            {"subject", or_null(message.signer_subject)},
            {"chain", message.signer_chain ? name(message.signer_chain->verdict) : name(scep::botan::Verdict::not_performed)},
            {"reason", message.signer_chain ? or_null(message.signer_chain->reason) : json_t(nullptr)}};
}

json_t decryption(const std::optional<evidence::Decryption>& decryption) {
    return decryption ? json_t(name(*decryption)) : json_t(nullptr);
}

// The members that both sides have, after those that a side begins with.
void add_message(json_t& out, const evidence::MessageSummary& message, const Options& options) {
    out["body"] = name(message.kind);
    out["error"] = or_null(message.error);
    out["messageType"] = or_null(message.message_type);
    out["pkiStatus"] = or_null(message.pki_status);
    out["failInfo"] = or_null(message.fail_info);
    out["failInfoText"] = or_null(message.fail_info_text);
    out["transactionID"] = or_null(message.transaction_id);
    out["senderNonce"] = or_null(message.sender_nonce);
    out["recipientNonce"] = or_null(message.recipient_nonce);
    out["encoding"] = or_null(message.encoding);
    out["digestAlgorithm"] = or_null(message.digest_algorithm);
    out["signatureAlgorithm"] = or_null(message.signature_algorithm);
    out["signature"] = or_null(message.signature);
    out["signatureReason"] = message.signature ? or_null(message.signature->reason) : json_t(nullptr);
    out["signer"] = signer(message);
    out["contentEncryptionAlgorithm"] = or_null(message.content_encryption_algorithm);
    out["decryption"] = decryption(message.decryption);
    out["decryptionReason"] = or_null(message.decryption_reason);
    out["messageData"] = or_null(message.message_data);
    out["subject"] = or_null(message.subject);
    const bool hide = message.challenge_password && !options.show_secrets;
    out["challengePassword"] = hide ? json_t("(hidden)") : or_null(message.challenge_password);
}

json_t request(const std::optional<evidence::MessageSummary>& message, const Options& options) {
    if (!message) {
        return nullptr;
    }
    json_t out{{"bytes", message->bytes}};
    add_message(out, *message, options);
    return out;
}

json_t certificates(const std::vector<evidence::CertificateSummary>& list) {
    json_t out = json_t::array();
    for (const evidence::CertificateSummary& certificate : list) {
        out.push_back({{"subject", certificate.subject},
                       {"issuer", certificate.issuer},
                       {"serial", certificate.serial},
                       {"sha256", certificate.sha256},
                       {"notBefore", certificate.not_before},
                       {"notAfter", certificate.not_after},
                       {"role", name(certificate.role)}});
    }
    return out;
}

json_t response(const std::optional<evidence::MessageSummary>& message, const Options& options) {
    if (!message) {
        return nullptr;
    }
    json_t out{{"bytes", message->bytes}, {"httpStatus", or_null(message->http_status)}, {"contentType", or_null(message->content_type)}};
    add_message(out, *message, options);
    out["certificates"] = certificates(message->certificates);
    out["crls"] = message->crls;
    out["capabilities"] = or_null(message->capabilities);
    return out;
}

json_t ending(const evidence::ExchangeSummary& exchange) {
    if (exchange.response) {
        return nullptr;
    }
    return name(exchange.ended == input::Ending::answered ? input::Ending::capture : exchange.ended);
}

using Put = std::function<void(const json_t&)>;

void exchanges(const rules::Result& result, const Options& options, const Put& put) {
    for (const evidence::ExchangeSummary& exchange : result.exchanges) {
        put({{"index", exchange.index},
                       {"input", exchange.input < result.inputs.size() ? result.inputs[exchange.input] : std::string()},
                       {"time", or_null(exchange.time)},
                       {"connection", or_null(exchange.connection)},
                       {"transaction", or_null(exchange.transaction)},
                       {"operation", or_null(exchange.operation)},
                       {"method", or_null(exchange.method)},
                       {"url", or_null(exchange.url)},
                       {"request", request(exchange.request, options)},
                       {"response", response(exchange.response, options)},
                       {"ended", ending(exchange)}});
    }
}

void sources(const rules::Result& result, const Put& put) {
    for (const evidence::ExchangeSummary& exchange : result.exchanges) {
        for (std::uint32_t id = 0; id < exchange.sources.size(); ++id) {
            const evidence::SourceSummary& source = exchange.sources[id];
            put({{"id", result.source_number(exchange.index, id)},
                           {"kind", scep::name(source.kind)},
                           {"exchange", exchange.index},
                           {"side", name(source.side)},
                           {"parent", source.parent ? json_t(result.source_number(exchange.index, *source.parent)) : json_t(nullptr)},
                           {"length", source.length}});
        }
    }
}

// A place in no exchange of the run is the run as a whole.
void add_place(json_t& out, const rules::Place& place, const rules::Result& result) {
    const bool somewhere = place.exchange < result.exchanges.size();
    const auto where = [&](json_t value) { return somewhere ? value : json_t(nullptr); };
    out["exchange"] = where(place.exchange);
    out["side"] = where(name(place.side));
    out["path"] = place.path;
    out["source"] = where(result.source_number(place.exchange, place.where.source));
    out["offset"] = where(place.where.offset);
    out["length"] = where(place.where.length);
}

json_t known(const rules::Finding& finding) {
    json_t out = json_t::array();
    for (const rules::KnownFailure* failure : finding.known) {
        out.push_back({{"id", failure->id}, {"breaks", failure->breaks}, {"link", failure->links.substr(0, failure->links.find(' '))}});
    }
    return out;
}

void findings(const rules::Result& result, const Put& put) {
    for (const rules::Finding& finding : result.findings) {
        json_t entry{{"rule", finding.rule.id}, {"severity", name(finding.rule.severity)}};
        add_place(entry, finding.violation.place, result);
        json_t related = json_t::array();
        for (const rules::Place& place : finding.violation.related) {
            json_t other = json_t::object();
            add_place(other, place, result);
            related.push_back(std::move(other));
        }
        entry["related"] = std::move(related);
        entry["message"] = finding.violation.message;
        entry["citation"] = to_string(finding.rule.cite);
        entry["requirements"] = finding.rule.covers;
        entry["known"] = known(finding);
        entry["expected"] = finding.expected ? json_t(result.expectations[*finding.expected].reason) : json_t(nullptr);
        put(entry);
    }
}

void tallies(const rules::Result& result, const Put& put) {
    for (const rules::Tally& tally : result.rules) {
        json_t not_performed = json_t::array();
        for (const rules::NotPerformed& entry : tally.not_performed) {
            not_performed.push_back({{"exchange", or_null(entry.exchange)},
                                     {"side", entry.exchange ? json_t(name(entry.side)) : json_t(nullptr)},
                                     {"reason", entry.reason}});
        }
        put({{"rule", tally.rule.id},
                       {"pass", tally.pass},
                       {"violated", tally.violated},
                       {"not_applicable", tally.not_applicable},
                       {"not_performed", std::move(not_performed)}});
    }
}

json_t expectations(const rules::Result& result) {
    json_t out = json_t::array();
    for (const rules::Expectation& entry : result.expectations) {
        out.push_back({{"rule", entry.rule},
                       {"exchange", or_null(entry.exchange)},
                       {"side", entry.side ? json_t(name(*entry.side)) : json_t(nullptr)},
                       {"input", or_null(entry.input)},
                       {"transactionID", or_null(entry.transaction_id)},
                       {"messageType", or_null(entry.message_type)},
                       {"reason", entry.reason},
                       {"state", name(entry.state)},
                       {"findings", entry.findings}});
    }
    return out;
}

// The document, element by element: the whole of it would be many times the size of the result.
class Document {
public:
    explicit Document(const Write& write) : m_write(write) { m_write("{"); }
    void member(const char* name, const json_t& value) {
        next(m_first, 1);
        m_write(json_t(name).dump() + ": " + indented(value, 1));
    }
    void array(const char* name, const std::function<void(const Put&)>& produce) {
        next(m_first, 1);
        m_write(json_t(name).dump() + ": [");
        bool first = true;
        produce([&](const json_t& element) {
            next(first, 2);
            m_write(indented(element, 2));
        });
        m_write(first ? "]" : "\n  ]");
    }
    void end() { m_write("\n}\n"); }

private:
    void next(bool& first, std::size_t depth) {
        m_write((first ? "\n" : ",\n") + std::string(2 * depth, ' '));
        first = false;
    }
    static std::string indented(const json_t& value, std::size_t depth) {
        std::string text = json_text(value);
        text.pop_back();
        const std::string line = "\n" + std::string(2 * depth, ' ');
        for (auto at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + line.size())) {
            text.replace(at, 1, line);
        }
        return text;
    }

    const Write& m_write;
    bool m_first = true;
};

} // namespace

void json(const rules::Result& result, const Options& options, const Write& write) {
    Document document(write);
    document.member("schema", "sceplab-report/1");
    document.member("tool", {{"version", result.version}, {"profile", result.profile}});
    document.member("inputs", result.inputs);
    document.member("errors", errors(result));
    document.array("exchanges", [&](const Put& put) { exchanges(result, options, put); });
    document.array("sources", [&](const Put& put) { sources(result, put); });
    document.array("findings", [&](const Put& put) { findings(result, put); });
    document.array("rules", [&](const Put& put) { tallies(result, put); });
    document.member("expectations", expectations(result));
    document.member("summary", {{"exchanges", result.exchanges.size()},
                                {"errors", result.count(rules::Severity::error)},
                                {"warnings", result.count(rules::Severity::warning)},
                                {"notices", result.count(rules::Severity::notice)},
                                {"expected", result.expected()},
                                {"unmet", result.count(rules::Expectation::State::unmet)},
                                {"not_performed", result.not_performed()}});
    document.end();
}

std::string json(const rules::Result& result, const Options& options) {
    std::string out;
    json(result, options, [&](std::string_view text) { out += text; });
    return out;
}

} // namespace sceplab::report
