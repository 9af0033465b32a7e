#pragma once

#include <scepcodec/cms/enveloped_data.h>

#include <optional>
#include <vector>

namespace sceplab::evidence {

// The RecipientInfos of an envelope. The first ones are decoded once, for all who look; of a crowd, the others are decoded as they are looked at.
class Recipients {
public:
    using Decoded = scep::Result<scep::cms::RecipientInfo>;
    using List = scep::der::ListOf<scep::cms::RecipientInfo>;

    Recipients() = default;
    explicit Recipients(const List& list) : m_list(list) {
        constexpr std::int32_t most = 16;
        for (auto each = list.begin(); each != list.end() && each.index() < most; ++each) {
            m_decoded.push_back(*each);
        }
    }

    [[nodiscard]] bool empty() const { return m_list.empty(); }
    [[nodiscard]] std::uint32_t size() const { return m_list.size(); }
    [[nodiscard]] scep::der::Input whole() const { return m_list.whole(); }

    class iterator {
    public:
        using value_type = Decoded;
        using difference_type = std::ptrdiff_t;
        using iterator_concept = std::input_iterator_tag;

        explicit iterator(const Recipients& all) : m_all(&all), m_at(all.m_list.begin()) {}

        // Stays until the next step.
        [[nodiscard]] const Decoded& operator*() const {
            const auto index = static_cast<std::size_t>(m_at.index());
            return index < m_all->m_decoded.size() ? m_all->m_decoded[index] : m_other.emplace(*m_at);
        }
        [[nodiscard]] scep::der::Input whole() const { return m_at.whole(); }
        [[nodiscard]] std::int32_t index() const { return m_at.index(); }
        iterator& operator++() {
            ++m_at;
            return *this;
        }
        void operator++(int) { ++*this; }
        [[nodiscard]] bool operator==(std::default_sentinel_t end) const { return m_at == end; }

    private:
        const Recipients* m_all = nullptr;
        List::iterator m_at;
        mutable std::optional<Decoded> m_other;
    };
    [[nodiscard]] iterator begin() const { return iterator(*this); }
    [[nodiscard]] std::default_sentinel_t end() const { return {}; }

private:
    List m_list;
    std::vector<Decoded> m_decoded;
};

}  // namespace sceplab::evidence
