#include <conformance/cli/run_vectors.h>

#include <conformance/cli/output.h>
#include <conformance/rules/glob.h>

#include <vectors/run/harness.h>
#include <vectors/run/own.h>
#include <vectors/run/run.h>

#include <chrono>
#include <cmath>
#include <cstdlib>
#include <iostream>

namespace sceplab::cli {

namespace {

namespace fs = std::filesystem;

// Where nothing is named: $SCEPLAB_VECTORS, the tree that the work is done in, then what was installed beside the program.
std::vector<fs::path> places(const VectorOptions& options) {
    if (!options.inputs.empty()) {
        return {options.inputs.begin(), options.inputs.end()};
    }
    if (const char* named = std::getenv("SCEPLAB_VECTORS")) {
        return {named};
    }
    std::error_code failed;
    const fs::path program = fs::read_symlink("/proc/self/exe", failed).parent_path();
    for (const fs::path& place : {fs::path("vectors/v1"), program / "../share/sceplab/vectors/v1"}) {
        if (fs::is_directory(place, failed)) {
            return {place};
        }
    }
    return {};
}

}  // namespace

int run_vectors(const VectorOptions& options) {
    if (options.harness && options.harness->find_first_not_of(" \t\n") == std::string::npos) {
        tell("--harness", "names no command");
        return exit_unusable;
    }
    if (!std::isfinite(options.seconds)) {
        tell("--timeout", "is no number of seconds");
        return exit_unusable;
    }
    const std::vector<fs::path> from = places(options);
    if (from.empty()) {
        tell("vectors/v1", "no vectors are here: name a folder of them, or set SCEPLAB_VECTORS");
        return exit_unusable;
    }
    vectors::Loaded loaded = vectors::load(from);
    for (const vectors::Fault& fault : loaded.faults) {
        tell(fault.path.string(), fault.reason);
    }
    if (!loaded.faults.empty()) {
        return exit_unusable;
    }
    std::erase_if(loaded.vectors, [&](const vectors::Vector& each) {
        return !rules::glob_matches(options.ids, each.test.at("id").get_ref<const std::string&>());
    });
    if (loaded.vectors.empty()) {
        tell(options.ids, options.ids == "*" ? "no document has a case" : "no case has such an id");
        return exit_unusable;
    }
    std::vector<vectors::Outcome> outcomes;
    try {
        if (!options.harness) {
            outcomes = vectors::run(loaded.vectors, vectors::own_answer, vectors::Told::all);
        } else {
            vectors::Harness harness(*options.harness, std::chrono::milliseconds(static_cast<long long>(options.seconds * 1000)));
            outcomes = vectors::run(loaded.vectors, [&](const vectors::Json& request) { return harness.ask(request); }, vectors::Told::some);
            harness.finish();
        }
    } catch (const vectors::HarnessFault& fault) {
        tell(*options.harness, fault.what());
        return exit_unusable;
    }
    const std::string harness = options.harness.value_or("sceplab");
    const std::string document = options.output.format == "json"    ? vectors::json(outcomes, harness)
                                 : options.output.format == "junit" ? vectors::junit(outcomes)
                                                                    : vectors::text(outcomes);
    if ((!options.junit.empty() && !write_document(vectors::junit(outcomes), options.junit)) ||
        !write_document(document, options.output.file)) {
        return exit_unusable;
    }
    return vectors::count(outcomes).unexpected == 0 ? exit_nothing_found : exit_findings;
}

int answer_vectors() {
    std::string fault;
    if (!vectors::serve(std::cin, std::cout, fault)) {
        tell("-", fault);
        return exit_unusable;
    }
    return exit_nothing_found;
}

}  // namespace sceplab::cli
