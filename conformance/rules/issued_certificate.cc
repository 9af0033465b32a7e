#include <conformance/rules/leaves.h>
#include <conformance/rules/rule_files.h>

#include <scepcodec/der/reader.h>
#include <scepcodec/x509/oids.h>

#include <algorithm>
#include <array>

// The issued certificate against the CAs, the clock and the extensions that were asked for (RFC 5280; RFC 8894, 3.3.2.1).
namespace sceplab::rules {

namespace {

using evidence::CertificateFacts;
using scep::x509::Extension;
namespace oids = scep::x509::oids;

constexpr std::int64_t clock_skew = 300;

std::expected<const CertificateFacts*, Outcome> issued(const Pair& pair) {
    const auto type = pair.request.facts.message_type();
    using enum scep::MessageType;
    if (type != PKCSReq && type != RenewalReq && type != CertPoll) {
        return std::unexpected(Outcome::not_applicable());
    }
    if (const auto data = opened(pair.reply.facts, &evidence::MessageData::signed_data); !data) {
        return std::unexpected(data.error());
    }
    const auto& all = pair.reply.facts.certificates;
    const auto found = std::ranges::find(all, evidence::Role::issued, &CertificateFacts::role);
    return found == all.end() ? std::expected<const CertificateFacts*, Outcome>(std::unexpected(Outcome::not_applicable())) : &*found;
}

// Someone of the issuer's name is known; where nobody is, and where the signature does not verify, another rule says so.
bool has_known_issuer(const Pair& pair, const CertificateFacts& certificate) {
    const auto& issuer = certificate.certificate.issuer;
    const auto& server = pair.reply.exchange.server;
    const auto is_issuer = [&](const auto& known) { return same_name(known->view.subject, issuer); };
    return std::ranges::any_of(server.ca_certificates, is_issuer) || std::ranges::any_of(server.next_ca_certificates, is_issuer) ||
           std::ranges::any_of(pair.reply.facts.certificates, [&](const CertificateFacts& each) { return same_name(each.certificate.subject, issuer); });
}

Outcome chains(const Pair& pair) {
    const auto certificate = issued(pair);
    if (!certificate) {
        return certificate.error();
    }
    const bool forged = (*certificate)->by_issuer.verdict == scep::botan::Verdict::invalid;
    if (forged || (pair.reply.exchange.server.ca_certificates_known && !has_known_issuer(pair, **certificate))) {
        return Outcome::not_applicable();
    }
    const scep::botan::Check& chain = (*certificate)->chain;
    switch (chain.verdict) {
        case scep::botan::Verdict::valid: return Outcome::pass();
        case scep::botan::Verdict::not_performed: return Outcome::not_performed(chain.reason);
        case scep::botan::Verdict::invalid: break;
    }
    return Outcome::violation(certificate_place(pair.reply, **certificate),
                              "the issued certificate does not lead to a certificate that GetCACert gave: " + chain.reason);
}

Outcome in_validity(const Pair& pair) {
    const auto certificate = issued(pair);
    if (!certificate) {
        return certificate.error();
    }
    const auto& exchange = pair.reply.exchange;
    if (!exchange.exchange.response || !exchange.exchange.response->time) {
        return Outcome::not_performed("the time of the reply is not known");
    }
    const std::int64_t time = *exchange.exchange.response->time / 1'000'000;
    const auto& validity = (*certificate)->certificate.validity;
    // What the next CA issues may wait for it.
    const bool early = time + clock_skew < validity.not_before.seconds && exchange.server.next_ca_certificates.empty();
    return early || time > validity.not_after.seconds
               ? Outcome::violation(certificate_place(pair.reply, **certificate),
                                    "the issued certificate is valid from " + validity.not_before.to_string() + " to " + validity.not_after.to_string() +
                                        ", the reply is of " + scep::der::format_time(time))
               : Outcome::pass();
}

struct Asked {
    scep::der::OidConstant id;
    const char* name;
};
constexpr std::array compared{
    Asked{oids::id_ce_keyUsage, "keyUsage"},
    Asked{oids::id_ce_extKeyUsage, "extKeyUsage"},
    Asked{oids::id_ce_subjectAltName, "subjectAltName"},
};

std::optional<Extension> find(const scep::x509::Extensions& extensions, const scep::der::OidConstant& id) {
    for (const auto& each : extensions) {
        if (each && each->extn_id == id) {
            return *each;
        }
    }
    return std::nullopt;
}

// The extensions asked for, none where there is no request for any.
std::expected<std::optional<scep::x509::Extensions>, Outcome> asked(const Pair& pair) {
    const auto csr = certification_request(pair.request.facts);
    if (!csr) {
        return std::unexpected(csr.error());
    }
    const auto request = (*csr)->extension_request();
    if (request && !*request) {
        return std::unexpected(Outcome::not_applicable());
    }
    return request ? std::optional(**request) : std::nullopt;
}

Outcome extensions_honoured(const Pair& pair) {
    const auto certificate = issued(pair);
    if (!certificate) {
        return certificate.error();
    }
    const auto wanted = asked(pair);
    if (!wanted) {
        return wanted.error();
    }
    if (!*wanted) {
        return Outcome::not_applicable();
    }
    Outcome out = Outcome::pass();
    for (const Asked& each : compared) {
        const auto asked_for = find(**wanted, each.id);
        const auto given = asked_for ? (*certificate)->certificate.extension(each.id) : std::nullopt;
        if (asked_for && !(given && given->extn_value.same_octets(asked_for->extn_value))) {
            out.add(given ? place(pair.reply, given->whole.location(), certificate_path(**certificate) + ".extensions") : certificate_place(pair.reply, **certificate),
                    std::string(each.name) + " is " + (given ? hex(given->extn_value) : "absent") + ", " + hex(asked_for->extn_value) + " was asked for",
                    {place(pair.request, asked_for->whole.location(), "messageData.certificationRequestInfo.attributes.extensionRequest")});
        }
    }
    return out;
}

// The names of a subjectAltName, each as it is encoded.
std::vector<std::string_view> names_in(const std::optional<Extension>& extension) {
    std::vector<std::string_view> names;
    if (extension) {
        scep::der::Reader reader(extension->extn_value);
        reader.nested(scep::der::tag::SEQUENCE, nullptr, [&](scep::der::Reader& r) {
            while (!r.at_end()) {
                names.push_back(r.any(nullptr).whole().text());
            }
        });
    }
    std::ranges::sort(names);
    return names;
}

Outcome names_asked_for(const Pair& pair) {
    const auto certificate = issued(pair);
    if (!certificate) {
        return certificate.error();
    }
    const auto given = (*certificate)->certificate.extension(oids::id_ce_subjectAltName);
    if (!given) {
        return Outcome::not_applicable();
    }
    const auto wanted = asked(pair);
    if (!wanted) {
        return wanted.error();
    }
    const auto names = names_in(*wanted ? find(**wanted, oids::id_ce_subjectAltName) : std::nullopt);
    const auto issued_names = names_in(given);
    return std::ranges::includes(names, issued_names)
               ? Outcome::pass()
               : Outcome::violation(place(pair.reply, given->whole.location(), certificate_path(**certificate) + ".extensions.subjectAltName"),
                                    "subjectAltName of the issued certificate holds a name that the request did not ask for");
}

}  // namespace

RuleSpan<Pair> issued_certificate_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Pair>> rules{
        {.id = "issued.chains-to-ca",
         .severity = warning,
         .cite = {rfc5280, "6.1"},
         .says = "The issued certificate leads to a certificate that GetCACert or GetNextCACert gave",
         .covers = {"X509-6-path"},
         .check = chains},
        {.id = "issued.in-validity",
         .severity = warning,
         .cite = {rfc5280, "4.1.2.5"},
         .says = "The issued certificate is valid when it is handed over",
         .covers = {"X509-4.1-validity-order"},
         .check = in_validity},
        {.id = "issued.extensions-as-requested",
         .severity = notice,
         .cite = {practice, "-"},
         .says = "The issued certificate has the keyUsage, extKeyUsage and subjectAltName that were asked for",
         .covers = {"P9-ext-honoured"},
         .check = extensions_honoured},
        {.id = "issued.names-as-requested",
         .severity = warning,
         .cite = {practice, "-"},
         .says = "subjectAltName of the issued certificate holds no name that was not asked for",
         .covers = {"P9-ext-honoured"},
         .check = names_asked_for},
    };
    return rules;
}

}  // namespace sceplab::rules
