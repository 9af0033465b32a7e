#include "table.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <fstream>
#include <iterator>
#include <sstream>
#include <thread>

namespace bench {

namespace {

std::vector<double> sorted(std::vector<double> values) {
    std::ranges::sort(values);
    return values;
}

std::string number(double value, const char* format) {
    char out[32];
    std::snprintf(out, sizeof out, format, value);
    return out;
}

// Three digits that count.
std::string rounded(double value) {
    return value >= 99.5 ? number(value, "%.0f") : value >= 9.95 ? number(value, "%.1f") : number(value, "%.2f");
}

std::string scaled(double value, double step, std::span<const char* const> units) {
    std::size_t unit = 0;
    while (value >= step && unit + 1 < units.size()) {
        value /= step;
        ++unit;
    }
    return rounded(value) + " " + units[unit];
}
std::string time_text(double seconds) {
    static constexpr const char* units[] = {"ns", "µs", "ms", "s"};
    return scaled(seconds * 1e9, 1000, units);
}
std::string rate_text(double per_second) {
    static constexpr const char* units[] = {"/s", "k/s", "M/s", "G/s"};
    return scaled(per_second, 1000, units);
}
std::string size_text(double octets) {
    static constexpr const char* units[] = {"B", "kB", "MB", "GB"};
    return scaled(octets, 1000, units);
}
std::string spread_text(const Measured& one) { return " ±" + number(one.spread() * 100, "%.0f") + " %"; }

// The columns that have anything to show.
std::vector<std::string> columns(const std::vector<Row>& rows) {
    std::vector<std::string> out;
    for (const char* name : column::all) {
        if (std::ranges::any_of(rows, [&](const Row& row) { return row.by(name) != nullptr; })) {
            out.emplace_back(name);
        }
    }
    return out;
}

using Cell = std::function<std::string(const Row&, const Measured&)>;

void table(std::ostream& out, const std::vector<Row>& rows, const std::vector<std::string>& names, const Cell& cell) {
    out << "| case |";
    for (const std::string& name : names) {
        out << ' ' << name << " |";
    }
    out << "\n|---|";
    for (std::size_t i = 0; i < names.size(); ++i) {
        out << "--:|";
    }
    out << '\n';
    for (const Row& row : rows) {
        out << "| " << row.of->name << " |";
        for (const std::string& name : names) {
            const Measured* measured = row.by(name);
            out << ' ' << (measured == nullptr ? "" : cell(row, *measured)) << " |";
        }
        out << '\n';
    }
}

void what_is_not_read(std::ostream& out, const std::vector<Row>& rows) {
    std::map<std::string, std::map<std::string, std::vector<std::string>>> lines; // contender, fields, cases
    for (const Row& row : rows) {
        for (const Measured& one : row.measured) {
            if (!one.not_read.empty() && one.contender != column::floor) {
                std::string fields;
                for (const std::string& field : one.not_read) {
                    fields += (fields.empty() ? "" : ", ") + field;
                }
                lines[one.contender][fields].push_back(row.of->name);
            }
        }
    }
    if (lines.empty()) {
        return;
    }
    out << "\n`*` reads less of the message than the others:\n\n";
    for (const auto& [contender, fields] : lines) {
        for (const auto& [names, cases] : fields) {
            out << "- " << contender << " does not read " << names << " (" << cases.front()
                << (cases.size() > 1 ? " and " + std::to_string(cases.size() - 1) + " more" : "") << ")\n";
        }
    }
}

// Where sceplab is behind, by contender, the farthest first.
void who_is_ahead(std::ostream& out, const std::vector<Row>& rows) {
    std::map<std::string, std::vector<std::pair<double, std::string>>> ahead;
    for (const Row& row : rows) {
        const Measured* ours = row.by(column::ours);
        for (const Measured& one : row.measured) {
            if (ours != nullptr && one.contender != column::floor && one.median() < ours->median()) {
                ahead[one.contender].emplace_back(one.median() / ours->median(), row.of->name);
            }
        }
    }
    out << "\nAhead of sceplab:" << (ahead.empty() ? " nobody.\n" : "\n\n");
    for (auto& [contender, cases] : ahead) {
        std::ranges::sort(cases);
        out << "- " << contender << ":";
        for (const auto& [ratio, name] : cases) {
            out << (ratio == cases.front().first ? " " : "; ") << name << ' ' << number(ratio, "%.2f");
        }
        out << '\n';
    }
}

std::string value_in_file(const char* path, std::string_view key) {
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with(key)) {
            const std::size_t start = line.find_first_of(":=");
            std::string value = line.substr(line.find_first_not_of(" \t\"", start + 1));
            return value.ends_with('"') ? value.substr(0, value.size() - 1) : value;
        }
    }
    return "unknown";
}

} // namespace

double Measured::median() const {
    const auto values = sorted(rounds);
    const std::size_t middle = values.size() / 2;
    return values.empty() ? 0 : values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

double Measured::spread() const {
    const auto values = sorted(rounds);
    if (values.size() < 4) {
        return values.empty() ? 0 : (values.back() - values.front()) / 2 / median();
    }
    return (values[values.size() - 2] - values[1]) / 2 / median();
}

const Measured* Row::by(std::string_view contender) const {
    const auto found = std::ranges::find(measured, contender, &Measured::contender);
    return found == measured.end() ? nullptr : &*found;
}

Machine machine(std::vector<std::pair<std::string, std::string>> versions) {
    const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
    const std::chrono::year_month_day date(today);
    char text[16];
    std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                  static_cast<unsigned>(date.day()));
    Machine out{{{"date", text},
                 {"processor", value_in_file("/proc/cpuinfo", "model name") + ", family " + value_in_file("/proc/cpuinfo", "cpu family") +
                                   " model " + value_in_file("/proc/cpuinfo", "model\t") + ", " +
                                   std::to_string(std::thread::hardware_concurrency()) + " cores"},
                 {"system", value_in_file("/etc/os-release", "PRETTY_NAME")},
                 {"compiler", std::string("g++ ") + __VERSION__}}};
    std::ranges::move(versions, std::back_inserter(out.lines));
    return out;
}

std::string markdown(const std::vector<Row>& rows, const Machine& on) {
    std::ostringstream out;
    for (const auto& [name, value] : on.lines) {
        out << "- " << name << ": " << value << '\n';
    }
    out << "\nTimes, sceplab = 1; 12 is twelve times as long. Median of the rounds ± half the distance from the second fastest to the "
           "second slowest.\n\n";
    const auto names = columns(rows);
    table(out, rows, names, [](const Row& row, const Measured& one) {
        const Measured* ours = row.by(column::ours);
        if (ours == nullptr || &one == ours) {
            return time_text(one.median()) + spread_text(one);
        }
        const bool less = !one.not_read.empty() && one.contender != column::floor;
        return (less ? "\\*" : "") + rounded(one.median() / ours->median()) + spread_text(one);
    });
    who_is_ahead(out, rows);
    what_is_not_read(out, rows);
    out << "\nWhat sceplab does in a second, and what the bare primitives and OpenSSL's CMS take.\n\n"
           "| case | octets | messages | octets/s | bare primitives | OpenSSL CMS |\n|---|--:|--:|--:|--:|--:|\n";
    for (const Row& row : rows) {
        const Measured* ours = row.by(column::ours);
        if (ours == nullptr) {
            continue;
        }
        const auto time_of = [&](const char* name) { return row.by(name) == nullptr ? std::string() : time_text(row.by(name)->median()); };
        out << "| " << row.of->name << " | " << size_text(static_cast<double>(row.of->octets)) << " | "
            << rate_text(static_cast<double>(row.of->messages) / ours->median()) << " | "
            << size_text(static_cast<double>(row.of->octets) / ours->median()) << "/s | " << time_of(column::floor) << " | "
            << time_of(column::openssl_cms) << " |\n";
    }
    out << "\nHeap: allocations of one operation, and the most in use at once beyond what was before.\n\n";
    std::vector<std::string> in_process;
    std::ranges::copy_if(names, std::back_inserter(in_process),
                         [](const std::string& name) { return name != column::bouncy_castle && name != column::go; });
    table(out, rows, in_process, [](const Row& row, const Measured& one) {
        return row.of->processes ? std::string()
                                 : std::to_string(one.heap.allocations) +
                                       (one.heap.peak == 0 ? "" : ", " + size_text(static_cast<double>(one.heap.peak)));
    });
    return out.str();
}

std::string json(const std::vector<Row>& rows, const Machine& on) {
    nlohmann::ordered_json out;
    for (const auto& [name, value] : on.lines) {
        out["machine"][name] = value;
    }
    for (const Row& row : rows) {
        nlohmann::ordered_json one{
            {"case", row.of->name}, {"what", row.of->what}, {"octets", row.of->octets}, {"messages", row.of->messages}};
        for (const Measured& measured : row.measured) {
            const double median = measured.median();
            const Measured* ours = row.by(column::ours);
            nlohmann::ordered_json entry{{"contender", measured.contender},
                                         {"seconds", median},
                                         {"spread", measured.spread()},
                                         {"bytes_per_second", static_cast<double>(row.of->octets) / median},
                                         {"messages_per_second", static_cast<double>(row.of->messages) / median},
                                         {"allocations", measured.heap.allocations},
                                         {"peak_octets", measured.heap.peak},
                                         {"rounds", measured.rounds}};
            if (ours != nullptr) {
                entry["ratio"] = median / ours->median();
            }
            if (!measured.not_read.empty()) {
                entry["not_read"] = measured.not_read;
            }
            one["contenders"].push_back(std::move(entry));
        }
        out["cases"].push_back(std::move(one));
    }
    return out.dump(2) + "\n";
}

void replace_marked(const std::filesystem::path& document, const std::string& text) {
    constexpr std::string_view begin = "<!-- table: begin -->\n";
    constexpr std::string_view end = "<!-- table: end -->";
    std::ifstream in(document);
    std::string whole(std::istreambuf_iterator<char>(in), {});
    const std::size_t from = whole.find(begin);
    const std::size_t to = whole.find(end);
    if (from == std::string::npos || to == std::string::npos) {
        give_up(document.string() + " has no marks for the table");
    }
    whole.replace(from + begin.size(), to - from - begin.size(), text);
    std::ofstream(document) << whole;
}

} // namespace bench
