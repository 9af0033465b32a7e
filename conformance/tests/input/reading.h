#pragma once

#include "wire.h"

#include <conformance/input/read.h>

#include <filesystem>
#include <iosfwd>

// What read() gives, as text that a test can write down.
namespace reading {

struct Result {
    std::vector<sceplab::input::Exchange> exchanges;
    std::vector<sceplab::input::Damage> damage;

    // One line an exchange: "1 GET /scep?operation=GetCACaps [] -> 200 [body]"; see reading.cc.
    [[nodiscard]] std::vector<std::string> lines() const;
    [[nodiscard]] std::string only_damage() const; // the reason, where there is exactly one
};

Result read(const std::string& argument);
Result read(const std::filesystem::path& path);
Result read_octets(const wire::Octets& octets);
Result read_packets(const std::vector<wire::Packet>& packets, const wire::Format& format = {});

std::string text(scep::der::Input octets);

} // namespace reading
