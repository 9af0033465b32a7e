#pragma once

#include <conformance/evidence/summary.h>

#include <deque>
#include <initializer_list>

namespace sceplab::evidence {

// The summaries of a run, some hundred octets each: packed as they come, unpacked as they are looked at.
class ExchangeSummaries {
public:
    class Iterator {
    public:
        using value_type = ExchangeSummary;
        using difference_type = std::ptrdiff_t;

        Iterator() = default;
        Iterator(const ExchangeSummaries* all, std::size_t at) : m_all(all), m_at(at) {}
        [[nodiscard]] ExchangeSummary operator*() const { return (*m_all)[m_at]; }
        Iterator& operator++() {
            ++m_at;
            return *this;
        }
        Iterator operator++(int) { return {m_all, m_at++}; }
        [[nodiscard]] bool operator==(const Iterator&) const = default;

    private:
        const ExchangeSummaries* m_all = nullptr;
        std::size_t m_at = 0;
    };

    ExchangeSummaries() = default;
    ExchangeSummaries(std::initializer_list<ExchangeSummary> summaries) {
        for (const ExchangeSummary& each : summaries) {
            push_back(each);
        }
    }

    // What is kept of a summary. Reports count sources through, and transactions may be known later than all else: both can still be set.
    struct Packed {
        std::uint32_t first_source = 0;
        std::uint32_t input = 0;
        std::optional<std::uint32_t> transaction;
        std::string octets;
    };
    [[nodiscard]] static Packed pack(const ExchangeSummary& summary);

    void push_back(Packed&& packed) { m_packed.push_back(std::move(packed)); }
    void push_back(const ExchangeSummary& summary) { m_packed.push_back(pack(summary)); }
    void replace(std::size_t at, const ExchangeSummary& summary);
    // A copy, const so that nobody thinks to change the one that is kept; `at` is less than size().
    [[nodiscard]] const ExchangeSummary operator[](std::size_t at) const;
    // Single members, without unpacking the others.
    [[nodiscard]] std::uint32_t first_source(std::size_t at) const { return m_packed[at].first_source; }
    [[nodiscard]] std::uint32_t input(std::size_t at) const { return m_packed[at].input; }
    [[nodiscard]] std::vector<SourceSummary> sources(std::size_t at) const;
    [[nodiscard]] std::optional<scep::SourceKind> source_kind(std::size_t at, scep::SourceId id) const;

    [[nodiscard]] std::size_t size() const { return m_packed.size(); }
    [[nodiscard]] bool empty() const { return m_packed.empty(); }
    [[nodiscard]] Iterator begin() const { return {this, 0}; }
    [[nodiscard]] Iterator end() const { return {this, size()}; }

private:
    std::deque<Packed> m_packed;
};

}  // namespace sceplab::evidence
