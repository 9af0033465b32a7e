#include <conformance/rules/rule_files.h>
#include <conformance/rules/traces.h>

#include <map>
#include <set>

// What a client does in the light of what it was given before (RFC 8894, 2.1.1, 2.2, 2.3, 2.7; the drafts' 2.1 to 2.7).
namespace sceplab::rules {

namespace {

using scep::MessageType;
using scep::Operation;
using scep::PkiStatus;

constexpr std::int64_t second = 1'000'000;
constexpr std::int64_t day = 86'400;

std::string exchange(const ExchangeRecord& record) { return "exchange " + std::to_string(record.exchange); }
Place target_place(const ExchangeRecord& record) { return {record.exchange, Side::request, record.target, "request-target"}; }
Place message_place(const ExchangeRecord& record) { return {record.exchange, Side::request, record.request_message.where, ""}; }
Place signer_place(const ExchangeRecord& record) { return {record.exchange, Side::request, record.request_signer.where, "SignedData.certificates"}; }
Place issued_place(const ExchangeRecord& record) {
    return {record.exchange, Side::response, record.issued_certificate.where, "messageData.SignedData.certificates"};
}
bool is_enrolment(const ExchangeRecord& record) {
    return record.request_type == MessageType::PKCSReq || record.request_type == MessageType::RenewalReq;
}

Outcome configured_host(const Run& run) {
    Outcome out = Outcome::not_applicable();
    for (const ExchangeRecord& record : run.exchanges) {
        if (record.target.length > 0 && !record.host_is_configured) {
            return Outcome::not_performed("--facts does not tell the host of the CA");
        }
        if (!record.host_is_configured) {
            continue;
        }
        if (!*record.host_is_configured) {
            out.add(target_place(record), "the request goes to another host than the client is configured for");
        } else if (out.state() == Outcome::State::not_applicable) {
            out = Outcome::pass();
        }
    }
    return out;
}

Outcome ca_authenticated(const Run& run) {
    Outcome out = Outcome::not_applicable();
    for (const ExchangeRecord& record : run.exchanges) {
        if (!record.request_is_pki_message) {
            continue;
        }
        if (!record.ca_is_pinned) {
            if (out.state() == Outcome::State::not_applicable) {
                out = Outcome::not_performed("either --facts tells no fingerprint or no GetCACert answer came before");
            }
        } else if (*record.ca_is_pinned) {
            out = out.state() == Outcome::State::violated ? out : Outcome::pass();
        } else {
            out.add(message_place(record), "the client goes on with a CA none of whose certificates has the fingerprint that it knows");
        }
    }
    return out;
}

// A day or more after the certificate came, and before it expires: sooner, it may be the new attempt after an answer that was of no use (5.2).
bool is_time_to_renew(const ExchangeRecord& issued, const ExchangeRecord& record) {
    return issued.time && record.time && *record.time - *issued.time >= day * second && *record.time / second <= issued.issued_not_after;
}

Outcome renews_with_existing(const Run& run) {
    std::map<std::pair<std::uint32_t, std::uint64_t>, const ExchangeRecord*> issued;  // by server and subject
    Outcome out = Outcome::not_applicable();
    for (const ExchangeRecord& record : run.exchanges) {
        const auto found = record.requested_subject.present ? issued.find({record.server, record.requested_subject.hash}) : issued.end();
        if (is_enrolment(record) && record.renewal_announced && found != issued.end() && is_time_to_renew(*found->second, record)) {
            if (record.signed_by_itself) {
                out.add(signer_place(record),
                        "signed with a self-signed certificate though " + exchange(*found->second) +
                            " brought a certificate of this subject and the CA announced Renewal",
                        {issued_place(*found->second)});
            } else if (out.state() == Outcome::State::not_applicable) {
                out = Outcome::pass();
            }
        }
        if (record.pki_status == PkiStatus::SUCCESS && record.issued_certificate.present && is_enrolment(record)) {
            issued[{record.server, record.issued_subject.hash}] = &record;
        }
    }
    return out;
}

// Whether a certificate tells where its CRL is, by its issuer and serial number.
class CrlLocations {
public:
    void learn(const ExchangeRecord& record) {
        if (record.signer_name.present && !record.signed_by_itself) {
            m_known[record.signer_name.hash] = record.signer_has_crl_location;
        }
        if (record.issued_name.present) {
            m_known[record.issued_name.hash] = record.issued_has_crl_location;
        }
    }
    [[nodiscard]] std::optional<bool> of_asked(const ExchangeRecord& record) const {
        const auto found = record.asked_certificate.present ? m_known.find(record.asked_certificate.hash) : m_known.end();
        return found != m_known.end() ? std::optional(found->second) : std::nullopt;
    }

private:
    std::map<std::uint64_t, bool> m_known;
};

Outcome crl_last_resort(const Run& run) {
    CrlLocations locations;
    Outcome out = Outcome::not_applicable();
    for (const ExchangeRecord& record : run.exchanges) {
        locations.learn(record);
        const auto told = record.request_type == MessageType::GetCRL ? locations.of_asked(record) : std::nullopt;
        if (told == true) {
            out.add({record.exchange, Side::request, record.asked_certificate.where, "messageData"},
                    "a GetCRL for a certificate whose cRLDistributionPoints tells where its CRL is");
        } else if (told && out.state() == Outcome::State::not_applicable) {
            out = Outcome::pass();
        }
    }
    return out;
}

Outcome crl_somewhere(const Run& run) {
    CrlLocations locations;
    std::set<std::uint32_t> answered;  // servers that gave a CRL
    for (const ExchangeRecord& record : run.exchanges) {
        if (record.request_type == MessageType::GetCRL && record.pki_status == PkiStatus::SUCCESS) {
            answered.insert(record.server);
        }
    }
    Outcome out = Outcome::not_applicable();
    for (const ExchangeRecord& record : run.exchanges) {
        locations.learn(record);
        const auto told = record.request_type == MessageType::GetCRL ? locations.of_asked(record) : std::nullopt;
        if (told == false && record.pki_status == PkiStatus::FAILURE && !answered.contains(record.server)) {
            out.add(trace_place(record.exchange, Side::response, record.response_status),
                    "FAILURE to a GetCRL for a certificate that the CA issued without cRLDistributionPoints");
        } else if (told && out.state() == Outcome::State::not_applicable) {
            out = Outcome::pass();
        }
    }
    return out;
}

Outcome fetched_anew(const Run& run) {
    std::map<std::uint32_t, bool> fresh;  // by server
    std::set<std::uint32_t> begun;        // transactions
    Outcome out = Outcome::not_applicable();
    for (const ExchangeRecord& record : run.exchanges) {
        if (record.ca_certificates_given) {
            fresh[record.server] = true;
        }
        if (!record.request_is_pki_message || !record.transaction || !begun.insert(*record.transaction).second) {
            continue;
        }
        const auto known = fresh.find(record.server);
        if (known == fresh.end()) {
            continue;
        }
        if (!known->second) {
            out.add(message_place(record), "an operation without a GetCACert since the one before");
        } else if (out.state() == Outcome::State::not_applicable) {
            out = Outcome::pass();
        }
        known->second = false;
    }
    return out;
}

}  // namespace

RuleSpan<Run> history_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Run>> rules{
        {.id = "client.configured-host",
         .severity = warning,
         .cite = {rfc8894, "2.1.1"},
         .says = "Requests go to the host that the client is configured for",
         .covers = {"SCEP-2.1.1-client-ca-address"},
         .check = configured_host},
        {.id = "client.authenticates-ca",
         .severity = warning,
         .cite = {rfc8894, "2.2"},
         .says = "A client goes on only with a CA whose certificate has the fingerprint that it knows",
         .covers = {"SCEP-2.2-client-authenticates-ca", "LEG-2.1.2-cacert-oob", "LEG-2.4-auth-ca-must"},
         .check = ca_authenticated},
        {.id = "renewal.with-existing-certificate",
         .severity = warning,
         .cite = {rfc8894, "2.3"},
         .says = "A client that has a certificate of a CA that announced Renewal signs with it",
         .covers = {"SCEP-2.3-renew-with-existing"},
         .check = renews_with_existing},
        {.id = "get-crl.last-resort",
         .severity = notice,
         .cite = {rfc8894, "2.7"},
         .says = "GetCRL is for certificates that do not tell where their CRL is",
         .covers = {"SCEP-2.7-getcrl-last-resort", "LEG-2.7-crldp-must"},
         .check = crl_last_resort},
        {.id = "issued.crl-somewhere",
         .severity = error,
         .cite = {nourse22, "2.1.2"},
         .says = "A CA tells in its certificates where their CRL is, or answers GetCRL",
         .covers = {"LEG-2.1.2-crldp-or-getcrl"},
         .check = crl_somewhere},
        {.id = "ca-certificates.fetched-anew",
         .severity = warning,
         .cite = {nourse22, "2.4"},
         .says = "A client asks GetCACert before each operation",
         .covers = {"LEG-2.4-refresh-ra"},
         .check = fetched_anew},
    };
    return rules;
}

}  // namespace sceplab::rules
