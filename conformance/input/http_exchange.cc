#include <conformance/input/http_exchange.h>

#include <conformance/input/content_coding.h>

namespace sceplab::input {

namespace {

// What is over the limit of a source is left out, and the message is not complete then.
scep::der::Input add(scep::Sources& sources, std::vector<std::uint8_t> octets, bool& complete) {
    if (octets.size() > sources.limits().bytes) {
        octets.resize(sources.limits().bytes);
        complete = false;
    }
    const auto added = sources.add_captured(std::move(octets));
    complete = complete && added.has_value();
    return added ? *added : scep::der::Input{};
}

// The body of a message without its content coding.
std::vector<std::uint8_t> body_of(HttpMessage& message) {
    if (!message.malformed) {
        if (auto decoded = decode_content(message.fields, message.body, HttpParser::max_body)) {
            return std::move(*decoded);
        }
    }
    return std::move(message.body);
}

Request make_request(HttpMessage&& message, scep::Sources& sources) {
    Request request;
    auto body = body_of(message);
    request.time = message.begin.time;
    request.method = std::move(message.method);
    request.version = std::move(message.version);
    request.fields = std::move(message.fields);
    request.malformed = std::move(message.malformed);
    request.complete = message.complete;
    request.head = add(sources, std::move(message.head), request.complete);
    request.target = request.head.slice(static_cast<std::uint32_t>(message.target_offset), static_cast<std::uint32_t>(message.target_size));
    if (!body.empty()) {
        request.body = add(sources, std::move(body), request.complete);
    }
    return request;
}

Response make_response(HttpMessage&& message, scep::Sources& sources) {
    Response response;
    auto body = body_of(message);
    response.time = message.begin.time;
    response.status = message.status;
    response.version = std::move(message.version);
    response.fields = std::move(message.fields);
    response.malformed = std::move(message.malformed);
    response.complete = message.complete;
    response.head = add(sources, std::move(message.head), response.complete);
    response.body = add(sources, std::move(body), response.complete);
    return response;
}

} // namespace

Exchange make_exchange(std::optional<HttpMessage> request, std::optional<HttpMessage> response) {
    Exchange exchange;
    if (request) {
        exchange.request = make_request(std::move(*request), exchange.sources);
    }
    if (response) {
        exchange.response = make_response(std::move(*response), exchange.sources);
    }
    return exchange;
}

} // namespace sceplab::input
