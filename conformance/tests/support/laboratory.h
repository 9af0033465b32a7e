#pragma once

#include <conformance/rules/engine.h>
#include <vectors/generate/laboratory.h>

// The laboratory, and someone who listens and judges.
namespace sceplab::test {

using namespace vectors;

struct Judging {
    bool keys = true;
    std::string_view profile = "rfc8894";
    std::string_view pattern = "*";
};

class Laboratory : public vectors::Laboratory {
public:
    // To be called once.
    [[nodiscard]] rules::Result judge(const Judging& judging = {}) { return test::Laboratory::judge(*this, judging); }
    [[nodiscard]] static rules::Result judge(vectors::Laboratory& lab, const Judging& judging);
};

// The rules that fired, in alphabetical order, as often as they did.
[[nodiscard]] std::vector<std::string> fired(const rules::Result& result);
// The finding of that rule; the test fails where there is not one.
[[nodiscard]] const rules::Finding& finding(const rules::Result& result, std::string_view rule);
[[nodiscard]] const rules::Tally& tally(const rules::Result& result, std::string_view rule);

}  // namespace sceplab::test
