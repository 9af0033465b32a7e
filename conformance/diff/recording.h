#pragma once

#include <conformance/evidence/facts.h>
#include <conformance/rules/result.h>

#include <memory>
#include <vector>

namespace sceplab::diff {

// A run whose octets are still held, with what the rules said of it. exchanges[i]->index is i.
struct Recording {
    std::vector<std::unique_ptr<evidence::ExchangeFacts>> exchanges;
    rules::Result result;
};

}  // namespace sceplab::diff
