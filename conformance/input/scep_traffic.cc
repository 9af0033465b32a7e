#include <conformance/input/scep_traffic.h>

#include <scepcodec/scep/http.h>

#include <algorithm>

namespace sceplab::input {

namespace {

int hex_digit(char c) {
    constexpr std::string_view digits = "0123456789abcdef";
    const char lower = c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
    const auto at = digits.find(lower);
    return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

std::string percent_decoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const int high = text[i] == '%' && i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
        const int low = high >= 0 ? hex_digit(text[i + 2]) : -1;
        if (low >= 0) {
            out += static_cast<char>(high * 16 + low);
            i += 2;
        } else {
            out += text[i];
        }
    }
    return out;
}

constexpr std::string_view path_segments[] = {"scep", "pkiclient.exe", "mscep.dll", "mscep"};
constexpr std::string_view media_types[] = {"application/x-pki-message", "application/x-x509-ca-cert", "application/x-x509-ca-ra-cert",
                                            "application/x-x509-next-ca-cert", "application/x-x509-ca-ra-cert-chain"};

bool any_same_but_for_case(std::span<const std::string_view> known, std::string_view text) {
    return std::ranges::any_of(known, [&](std::string_view candidate) { return scep::http::same_but_for_case(candidate, text); });
}

} // namespace

bool is_scep_target(std::string_view target) {
    const auto parsed =
        scep::http::parse_target(scep::der::Input(std::span(reinterpret_cast<const std::uint8_t*>(target.data()), target.size())));
    const auto operation = parsed.operation_text();
    if (operation && scep::http::operation_named(percent_decoded(operation->text()))) {
        return true;
    }
    std::string_view path = parsed.path.text();
    while (!path.empty()) {
        const auto slash = std::min(path.find('/'), path.size());
        if (any_same_but_for_case(path_segments, percent_decoded(path.substr(0, slash)))) {
            return true;
        }
        path.remove_prefix(std::min(slash + 1, path.size()));
    }
    return false;
}

bool is_scep_content(const std::vector<HeaderField>& fields) {
    const auto type = find(fields, "Content-Type");
    return type && std::ranges::find(media_types, scep::http::media_type(*type)) != std::end(media_types);
}

} // namespace sceplab::input
