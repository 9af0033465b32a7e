#include "reading.h"

#include "sceptest.h"

#include <fmt/format.h>

namespace reading {

using namespace sceplab::input;

namespace {

std::string side_text(scep::der::Input body, bool complete, const std::optional<std::string>& malformed) {
    return fmt::format("[{}]{}{}", text(body), complete ? "" : " incomplete", malformed ? " malformed: " + *malformed : "");
}

std::string line(const Exchange& exchange) {
    std::string out = exchange.connection ? std::to_string(*exchange.connection) + " " : "";
    if (const auto& request = exchange.request) {
        out += request->method.empty() ? "" : fmt::format("{} {} ", request->method, text(request->target));
        out += side_text(request->body, request->complete, request->malformed);
    } else {
        out += "-";
    }
    out += " -> ";
    if (const auto& response = exchange.response) {
        out += response->status == 0 ? "" : std::to_string(response->status) + " ";
        out += side_text(response->body, response->complete, response->malformed);
    } else {
        out += name(exchange.ended);
    }
    return out;
}

} // namespace

std::string text(scep::der::Input octets) { return std::string(octets.text()); }

std::vector<std::string> Result::lines() const {
    std::vector<std::string> out;
    for (const Exchange& exchange : exchanges) {
        out.push_back(line(exchange));
    }
    return out;
}

std::string Result::only_damage() const { return damage.size() == 1 ? damage[0].reason : fmt::format("{} damages", damage.size()); }

Result read(const std::string& argument) {
    constexpr std::uint32_t input = 7;
    Result result;
    sceplab::input::read(argument, input,
                         {[&](Exchange&& exchange) { result.exchanges.push_back(std::move(exchange)); },
                          [&](Damage&& damage) { result.damage.push_back(std::move(damage)); }});
    return result;
}

Result read(const std::filesystem::path& path) { return read(path.string()); }

Result read_octets(const wire::Octets& octets) {
    const sceptest::TemporaryFolder folder;
    return read(folder.write("input", octets));
}

Result read_packets(const std::vector<wire::Packet>& packets, const wire::Format& format) {
    return read_octets(wire::capture_file(packets, format));
}

} // namespace reading
