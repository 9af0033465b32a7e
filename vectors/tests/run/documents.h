#pragma once

#include <sceptest.h>

#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <functional>

// A folder with a small document of vectors and the schema.
namespace sceplab::vectors::test {

using Json = nlohmann::ordered_json;

[[nodiscard]] inline Json small_document() {
    const Json note = {{"bugType", "DER_ENCODING"}, {"description", "A length in more octets than it needs."}, {"effect", ""}, {"links", Json::array()}, {"cves", Json::array()}};
    const Json good = {{"id", "der-0001"}, {"name", "one"}, {"comment", "The INTEGER one."}, {"flags", Json::array()}, {"result", "valid"}, {"input", "020101"}, {"fields", {{"value", "1"}}}};
    const Json bad = {{"id", "der-0002"}, {"name", "long length"}, {"comment", "The INTEGER one with a length of two octets."}, {"flags", {"NonMinimal"}}, {"result", "invalid"}, {"input", "02810101"}};
    return {{"schema", "sceplab-vectors-1.schema.json"},
            {"algorithm", "SCEP"},
            {"generatorVersion", "1"},
            {"numberOfTests", 2},
            {"header", Json::array({"One value in DER."})},
            {"notes", {{"NonMinimal", note}}},
            {"testGroups", Json::array({{{"type", "DerValue"}, {"as", "INTEGER"}, {"tests", Json::array({good, bad})}}})}};
}

class Documents {
public:
    explicit Documents(const std::function<void(Json&)>& change = {}) {
        std::ifstream in(sceptest::source_dir() / "vectors/generate/sceplab-vectors-1.schema.json");
        Json schema = Json::parse(in);
        schema["definitions"]["flag"]["enum"] = {"NonMinimal"};
        write("sceplab-vectors-1.schema.json", schema.dump());
        Json document = small_document();
        if (change) {
            change(document);
        }
        write("der.json", document.dump());
    }
    void write(const std::string& name, const std::string& text) const { m_folder.write(name, text); }
    [[nodiscard]] std::filesystem::path path() const { return m_folder.path(); }

private:
    sceptest::TemporaryFolder m_folder;
};

}  // namespace sceplab::vectors::test
