#pragma once

#include "allocations.h"
#include "contender.h"

#include <filesystem>
#include <string>
#include <vector>

namespace bench {

// One contender at one case.
struct Measured {
    std::string contender;
    Heap heap;
    std::vector<double> rounds;        // seconds of one operation, in the order they were run
    std::vector<std::string> not_read; // fields of the reference

    [[nodiscard]] double median() const;
    // Half of the distance between the second fastest and the second slowest round, as a part of the median.
    [[nodiscard]] double spread() const;
};

struct Row {
    const Case* of = nullptr;
    std::vector<Measured> measured;

    [[nodiscard]] const Measured* by(std::string_view contender) const;
};

struct Machine {
    std::vector<std::pair<std::string, std::string>> lines; // name, value
};
[[nodiscard]] Machine machine(std::vector<std::pair<std::string, std::string>> versions);

// Markdown: times as multiples of ours, what ours took, the heap, and what is not read.
[[nodiscard]] std::string markdown(const std::vector<Row>& rows, const Machine& on);
[[nodiscard]] std::string json(const std::vector<Row>& rows, const Machine& on);

// Puts the text between the two marks of a document.
void replace_marked(const std::filesystem::path& document, const std::string& text);

} // namespace bench
