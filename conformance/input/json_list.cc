#include <conformance/input/json_list.h>

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace sceplab::input {

namespace {

using nlohmann::json;

// The octets of a file as the iterators that the parser wants, counted.
struct Counted {
    std::FILE* file;
    int now = 0;
    std::uint64_t position = 0; // of `now`
    std::uint64_t end = JsonList::max_element;
    bool too_long = false;

    explicit Counted(std::FILE* from) : file(from), now(std::getc(from)) {}
    void next() {
        too_long = too_long || ++position >= end;
        now = std::getc(file);
    }
    [[nodiscard]] bool ended() const { return now == EOF || too_long; }
};

class Octet {
public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = char;

    explicit Octet(Counted* from = nullptr) : m_from(from) {}
    char operator*() const { return static_cast<char>(m_from->now); }
    Octet& operator++() {
        m_from->next();
        return *this;
    }
    Octet operator++(int) {
        Octet before = *this;
        ++*this;
        return before;
    }
    bool operator==(const Octet& other) const { return ended() == other.ended(); }
    bool operator!=(const Octet& other) const { return !(*this == other); }

private:
    [[nodiscard]] bool ended() const { return m_from == nullptr || m_from->ended(); }
    Counted* m_from;
};

// The parser's words without its number and place, which are told otherwise.
std::string reason_of(const json::exception& error) {
    constexpr int out_of_range = 400;  // and what follows, up to 499: the library quotes the number, however long
    if (error.id / 100 * 100 == out_of_range) {
        return "a number is out of range";
    }
    const std::string_view words = error.what();
    const auto colon = words.find(": ");
    return std::string(colon == std::string_view::npos ? words : words.substr(colon + 2));
}

// Builds one element after the other from the parser's events.
class Builder final : public json::json_sax_t {
public:
    Builder(Counted& octets, const JsonList& list) : m_octets(octets), m_list(list) {}

    bool null() override { return scalar(nullptr); }
    bool boolean(bool value) override { return scalar(value); }
    bool number_integer(number_integer_t value) override { return scalar(value); }
    bool number_unsigned(number_unsigned_t value) override { return scalar(value); }
    bool number_float(number_float_t value, const string_t&) override { return scalar(value); }
    bool string(string_t& value) override { return scalar(std::move(value)); }
    bool binary(binary_t&) override { return false; }
    bool start_object(std::size_t) override { return open(json::object(), false); }
    bool start_array(std::size_t) override { return open(json::array(), true); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }

    bool key(string_t& name) override {
        Level& level = m_levels.back();
        const auto matched = static_cast<std::size_t>(std::max(level.matched, 0));
        level.key_matches = level.matched >= 0 && matched < m_list.path.size() && name == m_list.path[matched];
        level.wanted = m_list.wanted.empty() || std::ranges::find(m_list.wanted, name) != m_list.wanted.end();
        level.key = std::move(name);
        return true;
    }

    bool parse_error(std::size_t position, const std::string&, const json::exception& error) override {
        tell(position - std::min<std::size_t>(position, 1), "JSON: " + reason_of(error));
        return false;
    }

    JsonRead read;

private:
    struct Level {
        json* node = nullptr; // null: passed over
        std::string key = {};
        int matched = -1;     // how many names of the path lead here; -1: it is not on the path
        bool is_list = false;
        bool key_matches = false;
        bool wanted = true;
    };

    void tell(std::uint64_t offset, std::string reason) {
        if (!read.problem) {
            read.problem = JsonProblem{offset, std::move(reason)};
        }
    }

    // Where the value is kept; null where it is not.
    json* add(json value) {
        if (m_levels.empty()) {
            return nullptr;
        }
        Level& parent = m_levels.back();
        if (parent.is_list) {
            m_begin = m_octets.position - std::min<std::uint64_t>(m_octets.position, 1);
            m_values = 0;
            m_element = std::move(value);
            return &m_element;
        }
        if (parent.node == nullptr || !parent.wanted) {
            return nullptr;
        }
        if (++m_values > JsonList::max_values) {
            tell(m_begin, fmt::format("element {} has more than {} values", m_index, JsonList::max_values));
            return nullptr;
        }
        if (parent.node->is_array()) {
            return &parent.node->emplace_back(std::move(value));
        }
        return &((*parent.node)[parent.key] = std::move(value));
    }

    bool scalar(json value) {
        if (m_levels.size() == 1 && m_levels[0].matched == 0 && read.rest.size() < max_beside) {
            read.rest[m_levels[0].key] = std::move(value);
            return true;
        }
        const bool element = !m_levels.empty() && m_levels.back().is_list;
        add(std::move(value));
        if (element) {
            give();
        }
        return true;
    }

    bool open(json value, bool array) {
        if (m_levels.size() == JsonList::max_depth) {
            tell(m_octets.position, fmt::format("nested deeper than {}", JsonList::max_depth));
            return false;
        }
        Level level;
        if (m_levels.empty()) {
            level.matched = array ? -1 : 0;
        } else {
            const Level& parent = m_levels.back();
            level.matched = parent.key_matches ? parent.matched + 1 : -1;
            level.is_list = array && level.matched == static_cast<int>(m_list.path.size());
            read.found = read.found || level.is_list;
        }
        level.node = level.is_list ? nullptr : add(std::move(value));
        m_levels.push_back(std::move(level));
        return true;
    }

    bool close() {
        m_levels.pop_back();
        if (!m_levels.empty() && m_levels.back().is_list) {
            give();
        }
        return true;
    }

    void give() {
        m_list.element({std::move(m_element), m_index++, m_begin});
        m_element = nullptr;
        m_octets.end = m_octets.position + JsonList::max_element;
    }

    static constexpr std::size_t max_beside = 64;

    Counted& m_octets;
    const JsonList& m_list;
    std::vector<Level> m_levels;
    json m_element;
    std::size_t m_values = 0;
    std::size_t m_index = 0;
    std::uint64_t m_begin = 0;
};

} // namespace

JsonRead read_json_list(std::FILE* file, const JsonList& list) {
    Counted octets(file);
    Builder builder(octets, list);
    json::sax_parse(Octet(&octets), Octet(), &builder);
    if (octets.too_long) {
        builder.read.problem =
            JsonProblem{octets.end - JsonList::max_element, fmt::format("more than {} octets between two elements", JsonList::max_element)};
    }
    return std::move(builder.read);
}

} // namespace sceplab::input
