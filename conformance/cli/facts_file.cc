#include <conformance/cli/facts_file.h>

#include <conformance/cli/json_value.h>
#include <conformance/cli/materials.h>
#include <conformance/evidence/facts_document.h>

#include <fmt/format.h>

#include <filesystem>

namespace sceplab::cli {

Loaded<evidence::LocalFacts> read_facts(const std::string& path) {
    const auto folder = std::filesystem::path(path).parent_path();
    return read_json(path, [&](const JsonValue& document) {
        return evidence::read_facts(document, [&](const JsonValue& name) -> std::vector<std::shared_ptr<const evidence::KnownCertificate>> {
            const auto loaded = load_certificates(folder / name.text());
            if (!loaded) {
                name.refuse(fmt::format("{}: {}", loaded.error().input, loaded.error().reason));
            }
            return {loaded->begin(), loaded->end()};
        });
    });
}

} // namespace sceplab::cli
