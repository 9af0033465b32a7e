#include <vectors/run/own.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <stdexcept>
#include <utility>

namespace sceplab::vectors {

namespace {

using Answerer = Answer (*)(const Json&);

constexpr std::array<std::pair<std::string_view, Answerer>, 14> answerers{{
    {"DerValue", own_der_value},
    {"BerValue", own_ber_value},
    {"Certificate", own_certificate},
    {"CertificateList", own_certificate_list},
    {"CertificationRequest", own_certification_request},
    {"IssuerAndSubject", own_issuer_and_subject},
    {"IssuerAndSerialNumber", own_issuer_and_serial_number},
    {"Capabilities", own_capabilities},
    {"RequestTarget", own_request_target},
    {"CertificatesOnly", own_certificates_only},
    {"SignedData", own_signed_data},
    {"EnvelopedData", own_enveloped_data},
    {"PkiMessage", own_pki_message},
    {"Exchange", own_exchange},
}};

}  // namespace

Answer own_answer(const Json& request) try {
    const std::string type = request.value("type", "");
    const auto found = std::ranges::find(answerers, std::string_view(type), [](const auto& each) { return each.first; });
    return found == answerers.end() ? skipped("no such type: " + type) : found->second(request);
} catch (const std::exception& error) {
    // A member of another type than the contract has.
    return skipped(error.what());
}

std::vector<std::uint8_t> octets_of(const Json& request, const char* member) {
    const auto& digits = request.at(member).get_ref<const std::string&>();
    std::vector<std::uint8_t> out(digits.size() / 2);
    bool whole = digits.size() % 2 == 0;
    for (std::size_t i = 0; i < out.size(); ++i) {
        const char* const at = digits.data() + 2 * i;
        whole = whole && std::from_chars(at, at + 2, out[i], 16).ptr == at + 2;
    }
    if (!whole) {
        throw std::invalid_argument(std::string(member) + " is not hexadecimal");
    }
    return out;
}

}  // namespace sceplab::vectors
