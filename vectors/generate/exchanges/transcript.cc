#include <vectors/generate/exchanges/transcript.h>

#include <conformance/evidence/facts.h>
#include <conformance/input/transcript.h>
#include <scepcodec/der/values.h>

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <stdexcept>

namespace sceplab::vectors {

namespace {

std::string text_of(scep::der::Input octets) { return {octets.begin(), octets.end()}; }

std::string time_text(input::Timestamp microseconds) {
    using namespace std::chrono;
    const sys_time<std::chrono::microseconds> time{std::chrono::microseconds(microseconds)};
    const auto day = floor<days>(time);
    const year_month_day date(day);
    const hh_mm_ss clock(time - day);
    const std::string fraction = clock.subseconds().count() == 0 ? "" : fmt::format(".{:06}", clock.subseconds().count());
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{}Z", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()), clock.hours().count(), clock.minutes().count(), clock.seconds().count(),
                       fraction);
}

// What requests and responses have both.
template <class Message>
void add_common(Json& out, const Message& message) {
    if (message.version != "HTTP/1.1") {
        out["version"] = message.version;
    }
    Json fields = Json::array();
    for (const input::HeaderField& field : message.fields) {
        fields.push_back({{"name", field.name}, {"value", field.value}});
    }
    out["headers"] = std::move(fields);
    if (!message.body.empty()) {
        out["body"] = base64(message.body.octets());
    }
    if (!message.complete) {
        out["complete"] = false;
    }
    if (message.malformed) {
        out["malformed"] = *message.malformed;
    }
}

template <class Message>
Json begun(const Message& message) {
    return message.time ? Json{{"time", time_text(*message.time)}} : Json::object();
}

Json exchange_text(const input::Exchange& exchange) {
    Json out = Json::object();
    if (exchange.connection) {
        out["connection"] = *exchange.connection;
    }
    if (const auto& request = exchange.request) {
        Json& told = out["request"] = begun(*request);
        told["method"] = request->method;
        told["url"] = text_of(request->target);
        add_common(told, *request);
    }
    if (const auto& response = exchange.response) {
        Json& told = out["response"] = begun(*response);
        told["status"] = response->status;
        add_common(told, *response);
    } else {
        out["ended"] = input::name(exchange.ended);
    }
    return out;
}

std::string_view hash_name(evidence::FingerprintHash hash) {
    constexpr std::string_view names[] = {"md5", "sha1", "sha256", "sha512"};
    return names[static_cast<std::size_t>(hash)];
}

Json facts_text(const evidence::LocalFacts& facts) {
    Json out = Json::object();
    const auto give = [&](const char* name, const auto& value) {
        if (value) {
            out[name] = *value;
        }
    };
    const auto give_codes = [&](const char* name, const std::vector<std::uint32_t>& codes) {
        if (!codes.empty()) {
            out[name] = codes;
        }
    };
    give("caHost", facts.ca_host);
    give("scepPath", facts.scep_path);
    for (const evidence::CaFingerprint& each : facts.ca_fingerprints) {
        out["caFingerprints"].push_back({{"algorithm", hash_name(each.hash)}, {"hex", scep::der::to_hex(each.octets)}});
    }
    for (std::size_t i = 0; i < facts.preloaded_ca_certificates.size(); ++i) {
        if (!std::ranges::equal(facts.preloaded_ca_certificates[i]->view.whole.octets(), Laboratory::ca_certificate())) {
            throw std::logic_error("a preloaded certificate that is no key of the group");
        }
        out["preloadedCaCertificates"].push_back("ca.der");
    }
    give("secretRequired", facts.secret_required);
    give("challengeSingleUse", facts.challenge_single_use);
    give_codes("privateMessageTypes", facts.private_message_types);
    give_codes("privatePkiStatuses", facts.private_pki_statuses);
    give_codes("privateFailInfos", facts.private_fail_infos);
    give("pollLimit", facts.poll_limit);
    give("pollInterval", facts.poll_interval);
    return out;
}

} // namespace

Json told(Laboratory& lab) {
    Json exchanges = Json::array();
    for (const input::Exchange& each : lab.exchanges()) {
        exchanges.push_back(exchange_text(each));
    }
    Json out = {{"transcript", {{"schema", input::transcript_schema}, {"exchanges", std::move(exchanges)}}}};
    if (Json facts = facts_text(lab.local); !facts.empty()) {
        out["facts"] = std::move(facts);
    }
    if (!lab.challenges().empty()) {
        out["challenges"] = lab.challenges();
    }
    return out;
}

} // namespace sceplab::vectors
