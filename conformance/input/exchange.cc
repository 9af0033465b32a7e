#include <conformance/input/exchange.h>

#include <boost/beast/core/string.hpp>

namespace sceplab::input {

std::optional<std::string_view> find(const std::vector<HeaderField>& fields, std::string_view name) {
    for (const HeaderField& field : fields) {
        if (boost::beast::iequals(boost::beast::string_view(field.name.data(), field.name.size()),
                                  boost::beast::string_view(name.data(), name.size()))) {
            return field.value;
        }
    }
    return std::nullopt;
}

std::string_view name(Ending ending) {
    switch (ending) {
    case Ending::answered:
        return "answered";
    case Ending::fin:
        return "fin";
    case Ending::rst:
        return "rst";
    case Ending::capture:
        break;
    }
    return "capture";
}

} // namespace sceplab::input
