#pragma once

#include <scepcodec/der/input.h>

#include <optional>
#include <string>
#include <string_view>

namespace scep {

// messageType (RFC 8894, 3.2.1.2). GetCertInitial, the drafts' name for CertPoll, is the same code.
enum class MessageType : std::uint8_t { CertRep = 3, RenewalReq = 17, PKCSReq = 19, CertPoll = 20, GetCert = 21, GetCRL = 22 };
// pkiStatus (RFC 8894, 3.2.1.3)
enum class PkiStatus : std::uint8_t { SUCCESS = 0, FAILURE = 2, PENDING = 3 };
// failInfo (RFC 8894, 3.2.1.4)
enum class FailInfo : std::uint8_t { badAlg = 0, badMessageCheck = 1, badRequest = 2, badTime = 3, badCertId = 4 };
// operation= of the HTTP binding (RFC 8894, 4.1)
enum class Operation : std::uint8_t { GetCACaps, GetCACert, GetNextCACert, PKIOperation };

[[nodiscard]] std::string_view name(MessageType value);
[[nodiscard]] std::string_view name(PkiStatus value);
[[nodiscard]] std::string_view name(FailInfo value);
[[nodiscard]] std::string_view name(Operation value);

// A coded value as it came: nothing unknown is rounded to a known value. `known` is set only when the value is a string, of any type, whose octets are exactly the
// decimal code of one.
template <class T>
struct Coded {
    der::Element element;  // the whole value, its tag (PrintableString is right) and its place
    std::optional<T> known;

    [[nodiscard]] der::Input raw() const { return element.value(); }
    [[nodiscard]] bool operator==(T value) const { return known == value; }
    // The known name, or the raw text.
    [[nodiscard]] std::string to_string() const { return known ? std::string(name(*known)) : der_text(); }

private:
    [[nodiscard]] std::string der_text() const { return std::string(raw().text()); }
};

[[nodiscard]] Coded<MessageType> code_message_type(const der::Element& element);
[[nodiscard]] Coded<PkiStatus> code_pki_status(const der::Element& element);
[[nodiscard]] Coded<FailInfo> code_fail_info(const der::Element& element);

}  // namespace scep
