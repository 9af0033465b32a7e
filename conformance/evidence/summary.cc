#include <conformance/evidence/summary.h>

#include <algorithm>

namespace sceplab::evidence {

namespace {

// What a report takes of texts that a message may make as long as it likes.
constexpr std::size_t longest_text = 1000;
constexpr std::size_t longest_url = 120;
constexpr std::size_t longest_capability = 64;
constexpr std::size_t most_capabilities = 64;

std::string shortened(std::string_view text, std::size_t longest = longest_text) {
    const std::size_t octets = text.size();
    return octets <= longest ? std::string(text) : std::string(text.substr(0, longest)) + "... (" + std::to_string(octets) + " octets)";
}

std::optional<std::string> hex(const scep::AttributeSlot& slot) {
    return slot.value ? std::optional(shortened(scep::der::to_hex(slot.value->value().slice(0, longest_text).octets()))) : std::nullopt;
}

std::optional<std::string> text(const scep::AttributeSlot& slot) {
    return slot.value ? std::optional(shortened(scep::der::display_text(*slot.value))) : std::nullopt;
}

template <class T>
std::optional<std::string> code(const std::optional<scep::Coded<T>>& coded) {
    return coded ? std::optional(shortened(coded->to_string())) : std::nullopt;
}

void add_attributes(MessageSummary& out, const scep::TransactionAttributes& attributes) {
    out.message_type = code(attributes.message_type);
    out.pki_status = code(attributes.pki_status);
    out.fail_info = code(attributes.fail_info);
    out.fail_info_text = text(attributes.fail_info_text);
    out.transaction_id = text(attributes.transaction_id);
    out.sender_nonce = hex(attributes.sender_nonce);
    out.recipient_nonce = hex(attributes.recipient_nonce);
}

void add_message_data(MessageSummary& out, const MessageData& data) {
    if (data.kind != scep::MessageDataKind::unknown) {
        out.message_data = name(data.kind);
    }
    if (data.certification_request) {
        out.subject = shortened(data.certification_request->subject.to_string());
        if (const auto password = data.certification_request->challenge_password()) {
            out.challenge_password = shortened(scep::der::display_text(*password));
        }
    } else if (data.issuer_and_subject) {
        out.subject = shortened(data.issuer_and_subject->subject.to_string());
    }
}

CertificateSummary summarise(const CertificateFacts& facts) {
    const x509::Certificate& certificate = facts.certificate;
    return {.subject = shortened(certificate.subject.to_string()),
            .issuer = shortened(certificate.issuer.to_string()),
            .serial = certificate.serial_number.to_hex(),
            .sha256 = scep::der::to_hex(facts.sha256()),
            .not_before = certificate.validity.not_before.to_string(),
            .not_after = certificate.validity.not_after.to_string(),
            .role = facts.role};
}

bool is_cms(BodyKind kind) {
    return kind == BodyKind::pki_message || kind == BodyKind::certificates || kind == BodyKind::enveloped;
}

MessageSummary summarise(const MessageFacts& facts) {
    MessageSummary out;
    out.bytes = facts.octets.size();
    out.kind = facts.kind;
    if (is_cms(facts.kind)) {
        out.encoding = facts.ber ? "ber" : "der";
    }
    if (facts.message) {
        add_attributes(out, facts.message->attributes);
        out.digest_algorithm = facts.message->signer_info.digest_algorithm.algorithm.to_string();
        out.signature_algorithm = facts.message->signer_info.signature_algorithm.algorithm.to_string();
    }
    if (facts.signature) {
        out.signature = facts.signature->overall;
        out.signer_found = facts.signature->signer.found;
        if (facts.signature->signer.certificate) {
            out.signer_subject = facts.signature->signer.certificate->subject.to_string();
        }
        out.signer_chain = facts.signature->signer.chain;
    }
    if (facts.envelope && facts.envelope->enveloped_data) {
        out.content_encryption_algorithm = facts.envelope->enveloped_data->encrypted_content_info.content_encryption_algorithm.algorithm.to_string();
        out.decryption = facts.envelope->decryption;
        out.decryption_reason = facts.envelope->reason;
    }
    if (facts.message_data) {
        add_message_data(out, *facts.message_data);
    }
    for (const CertificateFacts& certificate : facts.certificates) {
        out.certificates.push_back(summarise(certificate));
    }
    out.crls = static_cast<std::uint32_t>(facts.crls.size());
    if (facts.capabilities) {
        out.capabilities.emplace();
        for (const http::Capability& line : facts.capabilities->lines) {
            if (out.capabilities->size() == most_capabilities) {
                out.capabilities->emplace_back("and " + std::to_string(facts.capabilities->lines.size() - most_capabilities) + " lines more");
                break;
            }
            out.capabilities->push_back(shortened(line.text.text(), longest_capability));
        }
    }
    if (facts.error) {
        out.error = facts.error->to_string();
    }
    return out;
}

// A source belongs to the side whose octets it came from: those of the request are made first.
std::vector<SourceSummary> list_sources(const ExchangeFacts& facts) {
    const scep::Sources& sources = facts.sources();
    const auto root = [&](scep::SourceId id) {
        while (sources[id].parent) {
            id = *sources[id].parent;
        }
        return id;
    };
    std::vector<scep::SourceId> of_response;
    if (const auto& response = facts.exchange.response) {
        for (const Input& octets : {response->head, response->body}) {
            if (octets.data() != nullptr) {
                of_response.push_back(root(octets.source()));
            }
        }
    }
    const bool response_alone = !facts.request;
    std::vector<SourceSummary> out;
    for (scep::SourceId id = 0; id < sources.size(); ++id) {
        const bool response = response_alone || std::ranges::find(of_response, root(id)) != of_response.end();
        out.push_back({sources[id].kind, response ? Side::response : Side::request, sources[id].parent, sources[id].octets.size()});
    }
    return out;
}

}  // namespace

ExchangeSummary outline(const ExchangeFacts& facts, std::uint32_t first_source) {
    ExchangeSummary out;
    out.first_source = first_source;
    out.index = facts.index;
    out.input = facts.exchange.input;
    out.connection = facts.exchange.connection;
    out.transaction = facts.transaction;
    out.ended = facts.exchange.ended;
    out.sources = list_sources(facts);
    return out;
}

ExchangeSummary summarise(const ExchangeFacts& facts, std::uint32_t first_source) {
    ExchangeSummary out = outline(facts, first_source);
    if (facts.target) {
        out.operation = facts.operation_text;
    } else if (facts.operation) {
        out.operation = name(*facts.operation);
    }
    std::optional<input::Timestamp> time;
    if (const auto& request = facts.exchange.request) {
        time = request->time;
        if (!request->method.empty()) {
            out.method = request->method;
        }
        if (!request->target.empty()) {
            out.url = shortened(request->target.text(), longest_url);
        }
        out.request = summarise(*facts.request);
        if (request->malformed) {
            out.request->error = *request->malformed;
        }
    }
    if (const auto& response = facts.exchange.response) {
        time = time ? time : response->time;
        out.response = summarise(*facts.response);
        if (response->status != 0) {
            out.response->http_status = response->status;
        }
        if (const auto type = input::find(response->fields, "Content-Type")) {
            out.response->content_type = shortened(*type);
        }
        if (response->malformed) {
            out.response->error = *response->malformed;
        }
    }
    if (time) {
        out.time = scep::der::format_time(*time / 1'000'000);
    }
    return out;
}

}  // namespace sceplab::evidence
