#pragma once

#include <map>
#include <string>

// The documents that the registry and the catalogue give: conformance/examples.tsv, conformance/doc/rules.md, conformance/doc/coverage.md.
namespace sceplab::test {

struct ExampleFinding {
    std::string path;
    std::string message;
};
using Examples = std::map<std::string, ExampleFinding, std::less<>>;  // by rule

// A finding of each rule from the tests' rows. Where it differs from the example in the program in random octets alone, the latter is kept.
[[nodiscard]] Examples examples();

[[nodiscard]] std::string render_examples(const Examples& examples);
[[nodiscard]] std::string render_rules(const Examples& examples);
[[nodiscard]] std::string render_coverage();

}  // namespace sceplab::test
