#include <vectors/generate/plan.h>

#include <botan/base64.h>

#include <algorithm>

namespace sceplab::vectors {

namespace {

using scep::der::Input;

Octets envelope(const MessagePlan& plan) {
    std::vector<scep::botan::Recipient> recipients;
    for (const Octets& certificate : plan.recipients) {
        recipients.push_back(*scep::botan::Recipient::key_transport(*scep::x509::Certificate::decode(Input(certificate))));
    }
    if (plan.password) {
        recipients.push_back(*scep::botan::Recipient::password(*plan.password, {.iterations = 1000}));
    }
    auto parts = *scep::botan::encrypt_parts(*plan.content, recipients, plan.cipher, case_randomness());
    if (plan.envelope) {
        plan.envelope(parts);
    }
    return scep::cms::encode_enveloped_data(parts);
}

Octets octets_of(std::string_view text) { return {text.begin(), text.end()}; }

// The media type of an answer (RFC 8894, 3.5.2, 4.2.1, 4.3.1, 4.7.1).
std::string_view media_type(const ExchangePlan& plan, Input body) {
    const auto asks = [&](std::string_view operation) { return plan.target.find(operation) != std::string::npos; };
    if (plan.status != 200 || asks("GetCACaps")) {
        return "text/plain";
    }
    if (asks("GetNextCACert")) {
        return "application/x-x509-next-ca-cert";
    }
    if (asks("GetCACert")) {
        return scep::x509::Certificate::decode(body) ? "application/x-x509-ca-cert" : "application/x-x509-ca-ra-cert";
    }
    return "application/x-pki-message";
}

}  // namespace

scep::botan::Random& case_randomness() {
    static scep::botan::Random random = scep::botan::Random::deterministic(octets_of("plan"));
    return random;
}

void begin_case(std::string_view name) { case_randomness() = scep::botan::Random::deterministic(octets_of(name)); }

Octets make(const MessagePlan& plan) {
    std::optional<Octets> content;
    if (plan.content) {
        content = plan.encrypted ? envelope(plan) : *plan.content;
    }
    auto builder = scep::build::pki_message(plan.transaction, plan.codes, std::move(content));
    if (plan.signed_data) {
        plan.signed_data(builder);
    }
    Octets out =
        *scep::botan::sign(std::move(builder), plan.signer->signer(plan.digest), {plan.certificate, plan.sid, plan.certificate_included});
    if (plan.octets) {
        plan.octets(out);
    }
    return out;
}

std::string base64(OctetsView octets) { return Botan::base64_encode(octets.data(), octets.size()); }

std::string percent_escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        c == '+' ? out += "%2B" : c == '/' ? out += "%2F" : c == '=' ? out += "%3D" : out += c;
    }
    return out;
}

input::Exchange make(const ExchangePlan& plan) {
    input::Exchange out;
    out.connection = 1;
    const Octets request = plan.request_body ? *plan.request_body : plan.request ? make(*plan.request) : Octets{};
    const bool in_query = plan.method == "GET" && !request.empty();
    std::string target = plan.target;
    if (in_query) {
        target += "&message=" + (plan.escape ? plan.escape(base64(request)) : percent_escaped(base64(request)));
    }
    out.request.emplace();
    out.request->time = plan.time ? std::optional(*plan.time * 1'000'000) : std::nullopt;
    out.request->method = plan.method;
    out.request->target = *out.sources.add_captured(octets_of(target));
    out.request->version = "HTTP/1.1";
    out.request->fields = {{"Host", plan.host}};
    if (plan.method == "POST" && !request.empty()) {
        out.request->fields.push_back({"Content-Type", "application/x-pki-message"});
        out.request->fields.push_back({"Content-Length", std::to_string(request.size())});
    }
    out.request->body = *out.sources.add_captured(in_query ? Octets{} : request);
    if (plan.answered) {
        out.ended = input::Ending::answered;
        out.response.emplace();
        out.response->time = out.request->time;
        out.response->status = plan.status;
        out.response->version = "HTTP/1.1";
        out.response->body = *out.sources.add_captured(plan.reply_body ? *plan.reply_body : plan.reply ? make(*plan.reply) : Octets{});
        out.response->fields = {{"Content-Type", std::string(media_type(plan, out.response->body))},
                                {"Content-Length", std::to_string(out.response->body.size())}};
        for (const input::HeaderField& field : plan.reply_fields) {
            std::erase_if(out.response->fields, [&](const input::HeaderField& other) { return other.name == field.name; });
            out.response->fields.push_back(field);
        }
    }
    return out;
}

}  // namespace sceplab::vectors
