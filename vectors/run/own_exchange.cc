#include <vectors/run/own.h>

#include <conformance/evidence/facts_document.h>
#include <conformance/evidence/investigator.h>
#include <conformance/input/transcript.h>
#include <conformance/rules/engine.h>
#include <conformance/rules/registry.h>

#include <algorithm>
#include <stdexcept>

namespace sceplab::vectors {

namespace {

const Json& keys_of(const Json& request) {
    static const Json none = Json::array();
    const auto found = request.find("keys");
    if (found != request.end() && !found->is_array()) {
        throw std::invalid_argument("keys is no list");
    }
    return found == request.end() ? none : *found;
}

// The certificate of a key; facts name it as the file that it is in vectors/v1/keys.
std::vector<std::shared_ptr<const evidence::KnownCertificate>> certificate_named(const evidence::JsonValue& name, const Json& keys) {
    for (const Json& key : keys) {
        if (key.value("name", "") + ".der" == name.text()) {
            return {evidence::know(octets_of(key, "certificate"))};
        }
    }
    name.refuse("no key has this name");
}

evidence::Settings settings_of(const Json& request) {
    evidence::Settings out;
    const Json& keys = keys_of(request);
    for (const Json& key : keys) {
        const std::string pem = key.at("privateKey");
        auto loaded = scep::botan::PrivateKey::load({reinterpret_cast<const std::uint8_t*>(pem.data()), pem.size()});
        if (!loaded) {
            throw std::invalid_argument("keys: " + loaded.error().to_string());
        }
        out.keys.push_back(std::move(*loaded));
    }
    if (request.contains("facts")) {
        const nlohmann::json facts = request["facts"];
        out.local = evidence::read_facts(evidence::JsonValue(facts),
                                         [&](const evidence::JsonValue& name) { return certificate_named(name, keys); });
    }
    out.challenges = request.value("challenges", std::vector<std::string>());
    return out;
}

} // namespace

// A rule that "without" names is not asked, so that a test can tell what it is good for.
Answer own_exchange(const Json& request) try {
    const auto profile = rules::Profile::named(request.value("profile", "rfc8894"));
    if (!profile) {
        return skipped("no such profile");
    }
    const std::string without = request.value("without", "");
    const auto ids = rules::all_rules();
    if (!without.empty() && std::ranges::find(ids, std::string_view(without), &rules::RuleInfo::id) == ids.end()) {
        return skipped("no such rule: " + without);
    }
    evidence::Investigator investigator(settings_of(request));
    rules::Engine engine(*profile, "*", without);
    std::string damage;
    input::read_transcript(request.at("transcript").dump(), 0,
                           {.exchange = [&](input::Exchange&& exchange) { engine.judge(investigator.investigate(std::move(exchange))); },
                            .damage = [&](input::Damage&& found) { damage = std::move(found.reason); }});
    if (!damage.empty()) {
        return skipped("the transcript cannot be read: " + damage);
    }
    rules::Result result;
    engine.finish(result);
    Answer out = accepted();
    out.findings.emplace();
    for (const rules::Finding& each : result.findings) {
        out.findings->emplace_back(each.rule.id);
        if (each.rule.severity == rules::Severity::error) {
            out.state = Answer::State::reject;
            out.reason = std::string(each.rule.id) + ": " + each.violation.message;
        }
    }
    std::ranges::sort(*out.findings);
    return out;
} catch (const evidence::JsonMisfit& misfit) {
    return skipped("facts: " + misfit.text());
}

} // namespace sceplab::vectors
