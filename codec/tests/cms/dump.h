// The values a walk meets, as text: for comparing two decodings field by field.
#pragma once

#include "walk.h"

#include <string>
#include <vector>

namespace sceptest {

class Dump : public Visitor {
public:
    void value(const char* field, scep::der::Input content) override {
        lines.push_back(std::string(field) + " " + scep::der::to_hex(content.octets()));
    }
    void structure(scep::der::Input whole) override { structures.push_back(whole.location()); }
    void error(const scep::Error& error) override { errors.push_back(error.to_string()); }

    std::vector<std::string> lines;
    std::vector<scep::Location> structures;
    std::vector<std::string> errors;
};

[[nodiscard]] inline Dump dump(scep::der::Input message, scep::Sources* sources = nullptr) {
    Dump out;
    walk(message, out, sources);
    return out;
}

} // namespace sceptest
