#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bench {

using Octets = std::vector<std::uint8_t>;
using View = std::span<const std::uint8_t>;

// Trouble that ends the run: a message that cannot be made, a peer that cannot be set up.
[[noreturn]] void give_up(const std::string& why);
// What is under way, for the words of give_up().
void doing(std::string what);

// What a contender read out of a message, by field. Long values are kept as their SHA-256.
class Reading {
public:
    Reading() = default;
    Reading(std::initializer_list<std::pair<const char*, View>> fields);

    void put(std::string_view field, View value);
    void put(std::string_view field, std::string_view value);
    void put(std::string_view field, std::size_t value) { put(field, std::string_view(std::to_string(value))); }

    // Fields read that the reference has otherwise, or not at all; empty where all agree.
    [[nodiscard]] std::string differences(const Reading& reference) const;
    [[nodiscard]] std::vector<std::string> missing(const Reading& reference) const;

private:
    std::map<std::string, std::string, std::less<>> m_fields;
};

// The work that is timed. Given a Reading it also tells what it read: the same code is compared first and timed afterwards.
using Work = std::function<void(Reading*)>;

// Seconds of one operation, for a contender that times itself.
using Timer = std::function<double()>;

struct Contender {
    std::string name;
    Work work;
    Timer timer = {};
};

struct Case {
    std::string name;
    std::string what;         // one line for people
    std::size_t octets = 0;   // of one operation's input or output
    std::size_t messages = 1; // of one operation
    Reading reference;        // what the message was made of
    bool processes = false;   // the work runs in other processes: wall time, once a round
    std::vector<Contender> contenders = {};
};

// The names of the columns, in their order.
namespace column {
inline constexpr const char* ours = "sceplab";
inline constexpr const char* openssl_cms = "OpenSSL CMS";
inline constexpr const char* openssl_pkcs7 = "OpenSSL PKCS7";
inline constexpr const char* gnutls = "GnuTLS";
inline constexpr const char* nss = "NSS";
inline constexpr const char* ksba = "libksba";
inline constexpr const char* botan_ber = "Botan BER_Decoder";
inline constexpr const char* botan_x509 = "Botan X509_Certificate";
inline constexpr const char* bouncy_castle = "Bouncy Castle";
inline constexpr const char* go = "Go";
inline constexpr const char* floor = "bare primitives";
inline constexpr const char* all[] = {ours, openssl_cms, openssl_pkcs7, gnutls, nss, ksba, botan_ber, botan_x509, bouncy_castle, go, floor};
} // namespace column

class Suite {
public:
    void add(Case one) { m_cases.push_back(std::move(one)); }
    // The case must be there.
    void contend(std::string_view case_name, const char* contender, Work work, Timer timer = {});
    [[nodiscard]] std::deque<Case>& cases() { return m_cases; }

private:
    std::deque<Case> m_cases;
};

} // namespace bench
