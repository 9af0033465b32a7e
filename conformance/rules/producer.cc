#include <conformance/rules/rule_files.h>
#include <conformance/rules/traces.h>

#include <array>

// Who writes such messages, where their habits tell. Each producer is a row: what each of its traits weighs, and how much is needed. Two
// that fit as well as each other, and it is neither.
namespace sceplab::rules {

namespace {

using enum evidence::Trait;
using evidence::Trait;
using evidence::Traits;

struct Weight {
    Trait trait;
    int weight;
};

constexpr int enough = 3;
constexpr std::size_t most_traits = 6;

struct Producer {
    Side side;
    const char* name;
    std::array<Weight, most_traits> traits; // those of weight 0 fill the row up
};

// clang-format off
constexpr std::array producers{
    Producer{Side::request, "Cisco IOS", {{{agent_cisco, 3}, {signer_unstructured_name, 2}, {id_32_upper, 1}}}},
    Producer{Side::request, "the SCEP client of Windows", {{{agent_windows, 3}, {signer_critical_key_identifier, 3}}}},
    Producer{Side::request, "Apple's MDM client", {{{signer_mdm_signer, 3}, {indefinite_envelope, 2}, {id_40_upper, 1}, {agent_apple, 1}}}},
    Producer{Side::request, "jscep with Bouncy Castle", {{{indefinite_lengths, 1}, {algorithm_protection, 1}, {content_in_thousands, 1}, {id_40_lower, 1}, {agent_java, 1}}}},
    Producer{Side::request, "scepclient of micromdm", {{{signer_scep_signer, 2}, {encrypted_in_one_part, 1}, {key_transport_bare, 1}, {id_base64, 1}, {digest_bare, 1}}}},
    Producer{Side::request, "certmonger", {{{signer_serial_is_id, 2}, {id_decimal, 1}}}},
    Producer{Side::request, "strongSwan", {{{signer_serial_is_id, 2}, {id_40_upper, 1}}}},
    Producer{Side::request, "cryptlib", {{{random_nonce, 2}, {id_dashed, 1}}}},
    Producer{Side::response, "Microsoft NDES", {{{microsoft_attribute, 3}, {one_octet, 2}, {no_certificates, 1}, {oaep, 1}, {server_iis, 1}}}},
    Producer{Side::response, "Go's pkcs7 (micromdm/scep, step-ca)", {{{nonce_of_request, 1}, {encrypted_in_one_part, 1}, {key_transport_bare, 1}, {digest_bare, 1}, {signature_bare, 1}}}},
    Producer{Side::response, "Bouncy Castle (EJBCA, jscep's servlet)", {{{indefinite_lengths, 1}, {algorithm_protection, 2}, {content_in_thousands, 1}}}},
};
// clang-format on

int score(const Producer& producer, const Traits& traits) {
    int sum = 0;
    for (const Weight& each : producer.traits) {
        sum += traits.has(each.trait) ? each.weight : 0;
    }
    return sum;
}

// The one that fits best, where it fits well enough and no other does as well.
const Producer* verdict(const Traits& traits, Side side) {
    const Producer* best = nullptr;
    int best_score = enough - 1;
    bool alone = true;
    for (const Producer& producer : producers) {
        const int its = producer.side == side ? score(producer, traits) : 0;
        if (its > best_score) {
            best = &producer;
            best_score = its;
            alone = true;
        } else if (its == best_score && best != nullptr) {
            alone = false;
        }
    }
    return alone ? best : nullptr;
}

std::string reasons(const Producer& producer, const Traits& traits) {
    std::string out;
    for (const Weight& each : producer.traits) {
        if (each.weight > 0 && traits.has(each.trait)) {
            out += (out.empty() ? "" : ", ") + std::string(name(each.trait));
        }
    }
    return out;
}

Outcome encodes_like(const Run& run) {
    std::array<bool, producers.size()> told{};
    Outcome out = Outcome::pass();
    bool any = false;
    for (const ExchangeRecord& record : run.exchanges) {
        for (const Side side : {Side::request, Side::response}) {
            const bool is_request = side == Side::request;
            any = any || (is_request ? record.request_is_pki_message : record.response_is_pki_message);
            const Traits& traits = is_request ? record.request_traits : record.response_traits;
            const Producer* producer = verdict(traits, side);
            if (producer != nullptr && !std::exchange(told[static_cast<std::size_t>(producer - producers.data())], true)) {
                out.add({record.exchange, side, (is_request ? record.request_message : record.response_message).where, ""},
                        std::string("encodes like ") + producer->name + ": " + reasons(*producer, traits));
            }
        }
    }
    return any ? out : Outcome::not_applicable();
}

} // namespace

RuleSpan<Run> producer_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Run>> rules{
        {.id = "producer.encodes-like",
         .severity = notice,
         .cite = {practice, "-"},
         .says = "Nothing in the way a message is written tells which product wrote it",
         .covers = {},
         .check = encodes_like},
    };
    return rules;
}

} // namespace sceplab::rules
