#include <conformance/cli/near_names.h>

#include <algorithm>
#include <numeric>

namespace sceplab::cli {

namespace {

// Characters to put in, take away or change.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t changed = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({changed, row[j] + 1, diagonal + 1});
        }
    }
    return row.back();
}

}  // namespace

std::string did_you_mean(std::string_view text, const std::vector<std::string_view>& names) {
    constexpr std::size_t longest = 100;
    constexpr std::size_t most = 3;
    struct Near {
        std::size_t far;
        std::string_view name;
    };
    std::vector<Near> near;
    for (const std::string_view name : names) {
        // A part of the name is as near as a slip of the pen.
        const bool part = text.size() >= 4 && name.find(text) != std::string_view::npos;
        const std::size_t far = part ? 1 : text.size() > longest ? longest : distance(text, name);
        if (far <= std::max<std::size_t>(2, name.size() / 4)) {
            near.push_back({far, name});
        }
    }
    std::ranges::stable_sort(near, {}, &Near::far);
    near.resize(std::min(near.size(), most));
    std::string out;
    for (std::size_t i = 0; i < near.size(); ++i) {
        out += (i == 0 ? "; did you mean " : i + 1 == near.size() ? " or " : ", ") + std::string(near[i].name);
    }
    return out.empty() ? out : out + '?';
}

}  // namespace sceplab::cli
