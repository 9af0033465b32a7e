#include <conformance/input/message_exchange.h>

#include <conformance/input/message.h>
#include <conformance/input/url.h>

namespace sceplab::input {

void add_message(Exchange& exchange, std::vector<std::uint8_t> file, std::string_view name, bool response) {
    const Content content = read_content(std::move(file), name, exchange.sources);
    if (response) {
        exchange.response = Response{};
        exchange.response->body = content.body;
        return;
    }
    Request request;
    const auto found = content.kind == ContentKind::text ? find_target(content.body.text()) : std::nullopt;
    if (found) {
        request = request_of(content.body, *found, exchange.sources);
    } else {
        request.body = content.body;
    }
    exchange.request = std::move(request);
}

} // namespace sceplab::input
