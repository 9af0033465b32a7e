#pragma once

#include <conformance/evidence/facts.h>
#include <conformance/report/options.h>
#include <conformance/rules/result.h>

#include <string>
#include <vector>

namespace sceplab::report {

// The report as one HTML file that loads nothing: the findings, the exchanges as a conversation with each message as a tree beside its
// octets, and every rule with what it said. It keeps octets, which no other report does, up to a limit that the page tells where it is met.
class Page {
public:
    explicit Page(const Options& options) : m_options(options) {}

    // An exchange that was judged and summarised; in their order.
    void keep(evidence::ExchangeFacts&& facts);
    // To be called once, last.
    [[nodiscard]] std::string render(const rules::Result& result);

private:
    Options m_options;
    std::vector<evidence::ExchangeFacts> m_kept; // the first ones of the run
    std::size_t m_octets = 0;
    bool m_full = false;
};

} // namespace sceplab::report
