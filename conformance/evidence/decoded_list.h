#pragma once

#include <scepcodec/der/list.h>

#include <optional>
#include <vector>

namespace sceplab::evidence {

// A list whose first elements are decoded once, for all who look; those of a crowd behind them are decoded as they are looked at.
template <class T>
class DecodedList {
public:
    using Decoded = scep::Result<T>;
    using List = scep::der::ListOf<T>;

    DecodedList() = default;
    explicit DecodedList(const List& list) : m_list(list) {
        constexpr std::uint32_t most = 16;
        m_first.reserve(list.size() < most ? list.size() : most);
        for (auto each = list.begin(); each != list.end() && m_first.size() < most; ++each) {
            m_first.push_back(*each);
        }
    }

    [[nodiscard]] const std::vector<Decoded>& first() const { return m_first; }
    [[nodiscard]] bool empty() const { return m_list.empty(); }
    [[nodiscard]] std::uint32_t size() const { return m_list.size(); }
    [[nodiscard]] scep::der::Input whole() const { return m_list.whole(); }

    class iterator {
    public:
        using value_type = Decoded;
        using difference_type = std::ptrdiff_t;
        using iterator_concept = std::input_iterator_tag;

        explicit iterator(const DecodedList& all) : m_all(&all), m_at(all.m_list.begin()) {}

        // Stays until the next step.
        [[nodiscard]] const Decoded& operator*() const {
            const auto index = static_cast<std::size_t>(m_at.index());
            if (index < m_all->m_first.size()) {
                return m_all->m_first[index];
            }
            return m_other ? *m_other : m_other.emplace(*m_at);
        }
        // The octets of the element, whether it decodes or not.
        [[nodiscard]] scep::der::Input whole() const { return m_at.whole(); }
        [[nodiscard]] std::int32_t index() const { return m_at.index(); }
        iterator& operator++() {
            ++m_at;
            m_other.reset();
            return *this;
        }
        void operator++(int) { ++*this; }
        [[nodiscard]] bool operator==(std::default_sentinel_t end) const { return m_at == end; }

    private:
        const DecodedList* m_all;
        typename List::iterator m_at;
        mutable std::optional<Decoded> m_other;
    };
    [[nodiscard]] iterator begin() const { return iterator(*this); }
    [[nodiscard]] std::default_sentinel_t end() const { return {}; }

private:
    List m_list;
    std::vector<Decoded> m_first;
};

} // namespace sceplab::evidence
