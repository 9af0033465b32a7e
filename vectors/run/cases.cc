#include <vectors/run/cases.h>

#include <vectors/run/json_text.h>
#include <vectors/run/schema.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <optional>
#include <set>

namespace sceplab::vectors {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view schema_name = "sceplab-vectors-1.schema.json";
// Of a test: what the author says of it, and what is expected.
constexpr std::array<std::string_view, 8> not_asked{"name", "comment", "flags", "result", "fields", "plaintext", "where", "findings"};

std::optional<std::string> text_of(const fs::path& path) {
    // A pipe would be waited for.
    std::error_code failed;
    std::ifstream in;
    if (fs::is_regular_file(path, failed)) {
        in.open(path, std::ios::binary);
    }
    if (!in.is_open()) {
        return {};
    }
    return std::string(std::istreambuf_iterator<char>(in), {});
}

class Loader {
public:
    void document(const fs::path& path) try {
        const auto text = text_of(path);
        if (!text) {
            return fault(path, "cannot be read");
        }
        const auto document = parse_json(*text);
        if (!document) {
            return fault(path, "is not JSON");
        }
        if (fits(path, *document)) {
            add(path, *document);
        }
    } catch (const std::exception& error) {
        // What may not be read, or is JSON and no schema.
        fault(path, error.what());
    }
    void fault(const fs::path& path, std::string reason) { m_out.faults.push_back({path, std::move(reason)}); }
    [[nodiscard]] Loaded loaded() && { return std::move(m_out); }

private:
    // Of the folder; read once. Nothing where there is none.
    const std::optional<Schema>& schema(const fs::path& folder) {
        const auto [found, added] = m_schemas.try_emplace(folder);
        if (added) {
            const auto text = text_of(folder / schema_name);
            const auto document = text ? parse_json(*text) : std::nullopt;
            if (document && document->is_object()) {
                found->second.emplace(nlohmann::json(*document));
            } else {
                fault(folder / schema_name, text ? "is not a JSON Schema" : "is missing");
            }
        }
        return found->second;
    }

    bool fits(const fs::path& path, const Json& document) {
        const auto& against = schema(path.parent_path());
        if (!against) {
            return false;
        }
        const auto wrong = against->wrong(nlohmann::json(document));
        if (wrong) {
            fault(path, *wrong);
        }
        return !wrong;
    }

    void add(const fs::path& path, const Json& document) {
        const std::string file = path.stem().string();
        std::size_t count = 0;
        for (const Json& group : document.at("testGroups")) {
            Json shared = group;
            shared.erase("tests");
            for (const Json& test : group.at("tests")) {
                const std::string id = test.at("id");
                // Whatever the schema beside the document lets through.
                if (const std::string result = test.at("result"); result != "valid" && result != "invalid" && result != "acceptable") {
                    fault(path, id + " has no result: " + result);
                }
                if (!m_ids.insert(id).second) {
                    fault(path, "the id " + id + " is there twice");
                }
                if (id.substr(0, id.rfind('-')) != file) {
                    fault(path, "the id " + id + " is none of this file");
                }
                if (test.value("input", "").size() % 2 != 0 || test.value("plaintext", "").size() % 2 != 0) {
                    fault(path, id + " has half an octet");
                }
                for (const Json& flag : test.at("flags")) {
                    if (!document.at("notes").contains(flag.get<std::string>())) {
                        fault(path, "the flag " + flag.get<std::string>() + " of " + id + " is in no note");
                    }
                }
                m_out.vectors.push_back({file, test, asked(test, shared)});
                ++count;
            }
        }
        if (document.at("numberOfTests") != count) {
            fault(path, "/numberOfTests: there are " + std::to_string(count) + " tests");
        }
    }

    static Json asked(const Json& test, const Json& shared) {
        Json out = {{"id", test.at("id")}};
        out.update(shared);
        for (const auto& [name, value] : test.items()) {
            if (std::ranges::find(not_asked, name) == not_asked.end()) {
                out[name] = value;
            }
        }
        return out;
    }

    Loaded m_out;
    std::map<fs::path, std::optional<Schema>> m_schemas;
    std::set<std::string> m_ids;
};

}  // namespace

Loaded load(std::span<const fs::path> documents_and_folders) {
    Loader loader;
    for (const fs::path& path : documents_and_folders) {
        std::error_code failed;
        if (!fs::is_directory(path, failed)) {
            loader.document(path);
            continue;
        }
        std::vector<fs::path> documents;
        const fs::directory_iterator entries(path, failed);
        if (failed) {
            loader.fault(path, failed.message());
            continue;
        }
        for (const auto& entry : entries) {
            if (entry.path().extension() == ".json" && entry.path().filename() != schema_name) {
                documents.push_back(entry.path());
            }
        }
        if (documents.empty()) {
            loader.fault(path, "holds no vectors");
        }
        std::ranges::sort(documents);
        for (const fs::path& document : documents) {
            loader.document(document);
        }
    }
    return std::move(loader).loaded();
}

}  // namespace sceplab::vectors
