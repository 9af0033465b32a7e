#include <scepcodec/der/values.h>
#include <scepcodec/scep/types.h>

#include <array>
#include <optional>

namespace scep {

std::string_view name(MessageType value) {
    switch (value) {
    case MessageType::CertRep:
        return "CertRep";
    case MessageType::RenewalReq:
        return "RenewalReq";
    case MessageType::PKCSReq:
        return "PKCSReq";
    case MessageType::CertPoll:
        return "CertPoll";
    case MessageType::GetCert:
        return "GetCert";
    case MessageType::GetCRL:
        return "GetCRL";
    }
    return "unknown";
}

std::string_view name(PkiStatus value) {
    switch (value) {
    case PkiStatus::SUCCESS:
        return "SUCCESS";
    case PkiStatus::FAILURE:
        return "FAILURE";
    case PkiStatus::PENDING:
        return "PENDING";
    }
    return "unknown";
}

std::string_view name(FailInfo value) {
    switch (value) {
    case FailInfo::badAlg:
        return "badAlg";
    case FailInfo::badMessageCheck:
        return "badMessageCheck";
    case FailInfo::badRequest:
        return "badRequest";
    case FailInfo::badTime:
        return "badTime";
    case FailInfo::badCertId:
        return "badCertId";
    }
    return "unknown";
}

std::string_view name(Operation value) {
    switch (value) {
    case Operation::GetCACaps:
        return "GetCACaps";
    case Operation::GetCACert:
        return "GetCACert";
    case Operation::GetNextCACert:
        return "GetNextCACert";
    case Operation::PKIOperation:
        return "PKIOperation";
    }
    return "unknown";
}

namespace {

// The number that one or two decimal digits write, without a leading zero; nothing for other text.
std::optional<unsigned> number_of(std::string_view text) {
    unsigned number = 0;
    for (const char digit : text) {
        if (digit < '0' || digit > '9') {
            return std::nullopt;
        }
        number = number * 10 + static_cast<unsigned>(digit - '0');
    }
    const bool canonical = text.size() == 1 || (text.size() == 2 && text.front() != '0');
    return canonical ? std::optional(number) : std::nullopt;
}

template <class T, std::size_t N>
Coded<T> code(const der::Element& element, const std::array<T, N>& values) {
    Coded<T> out{element, std::nullopt};
    // The octets of "3" inside an INTEGER are 51.
    if (der::is_character_string(element.tag()) || element.tag() == der::tag::OCTET_STRING) {
        const auto number = number_of(element.value().text());
        for (const T value : values) {
            if (number == static_cast<unsigned>(value)) {
                out.known = value;
            }
        }
    }
    return out;
}

} // namespace

Coded<MessageType> code_message_type(const der::Element& element) {
    using enum MessageType;
    return code(element, std::array{CertRep, RenewalReq, PKCSReq, CertPoll, GetCert, GetCRL});
}

Coded<PkiStatus> code_pki_status(const der::Element& element) {
    using enum PkiStatus;
    return code(element, std::array{SUCCESS, FAILURE, PENDING});
}

Coded<FailInfo> code_fail_info(const der::Element& element) {
    using enum FailInfo;
    return code(element, std::array{badAlg, badMessageCheck, badRequest, badTime, badCertId});
}

} // namespace scep
