#include <vectors/generate/contributed.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <stdexcept>
#include <utility>

namespace sceplab::vectors {

namespace {

constexpr std::array<std::pair<std::string_view, Result>, 3> results{
    {{"valid", Result::valid}, {"invalid", Result::invalid}, {"acceptable", Result::acceptable}}};

Json take(Json& from, const char* member) {
    Json out = from.at(member);
    from.erase(member);
    return out;
}

Case case_of(Json test) {
    Case out;
    out.name = take(test, "name");
    out.comment = take(test, "comment");
    out.flags = take(test, "flags").get<std::vector<std::string>>();
    const std::string result = take(test, "result");
    const auto* const found = std::ranges::find(results, std::string_view(result), [](const auto& each) { return each.first; });
    if (found == results.end()) {
        throw std::runtime_error(out.name + ": no such result: " + result);
    }
    out.result = found->second;
    if (test.contains("id")) {
        throw std::runtime_error(out.name + ": ids are given, not brought");
    }
    out.members = std::move(test);
    return out;
}

}  // namespace

void add_contributed(File& file, const std::filesystem::path& folder) {
    const std::filesystem::path path = folder / (file.name + ".json");
    std::ifstream in(path);
    if (!in) {
        return;
    }
    try {
        for (Json members : Json::parse(in)) {
            Group group;
            group.type = take(members, "type");
            for (Json& test : take(members, "tests")) {
                group.cases.push_back(case_of(std::move(test)));
            }
            group.members = std::move(members);
            file.groups.push_back(std::move(group));
        }
    } catch (const std::exception& error) {
        throw std::runtime_error(path.string() + ": " + error.what());
    }
}

void check_contributed(const std::filesystem::path& folder, const std::set<std::string>& files) {
    if (!std::filesystem::is_directory(folder)) {
        return;
    }
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() != ".json" || !files.contains(entry.path().stem().string())) {
            throw std::runtime_error(entry.path().string() + ": is named after no file of v1");
        }
    }
}

}  // namespace sceplab::vectors
