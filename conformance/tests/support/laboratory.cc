#include <conformance/tests/support/laboratory.h>

#include <conformance/evidence/investigator.h>

#include <boost/test/unit_test.hpp>

#include <algorithm>

namespace sceplab::test {

using scep::MessageType;
using scep::PkiStatus;

namespace {

constexpr std::string_view all_capabilities = "AES\r\nGetNextCACert\r\nPOSTPKIOperation\r\nRenewal\r\nSCEPStandard\r\nSHA-256\r\n";
constexpr std::string_view secret = "secret";

template <class T>
std::string code(T value) {
    return std::to_string(static_cast<unsigned>(value));
}

ExchangePlan get(std::string_view operation, Octets answer) {
    ExchangePlan plan;
    plan.method = "GET";
    plan.target = "/cgi-bin/pkiclient.exe?operation=" + std::string(operation);
    plan.reply_body = std::move(answer);
    return plan;
}

Octets issuer_and_serial(std::int64_t serial) {
    return scep::cms::encode_issuer_and_serial_number(parties().ca.name(), integer_content(serial));
}

}  // namespace

void Laboratory::introduce() {
    ask_capabilities(all_capabilities);
    ask_ca_certificate();
}

void Laboratory::ask_capabilities(std::string_view text) { play(get("GetCACaps", {text.begin(), text.end()})); }

void Laboratory::ask_ca_certificate() { play(get("GetCACert", ca_certificate())); }

const Octets& Laboratory::ca_certificate() {
    static const Octets certificate = parties().ca.self_signed_ca();
    return certificate;
}

Octets Laboratory::next_ca_certificate() {
    constexpr std::int64_t until = 1'924'992'000;  // 2031-01-01
    const Party& next = parties().next_ca;
    return make({.issuer = &next, .subject = next.name(), .public_key_info = next.public_key_info(), .serial = 1, .ca = true, .until = until});
}

Octets Laboratory::nonce() {
    ++m_count;
    Octets out(16);
    for (std::size_t i = 0; i < out.size(); ++i) {
        out[i] = static_cast<std::uint8_t>(m_count * 16 + i);
    }
    return out;
}

Octets Laboratory::csr(const Party& key, const std::function<void(scep::build::CertificationRequestBuilder&)>& change, Digest digest) {
    scep::build::CertificationRequestBuilder builder;
    builder.subject = key.name();
    builder.challenge_password = secret;
    if (change) {
        change(builder);
    }
    return *scep::botan::sign(std::move(builder), key.signer(digest));
}

Octets Laboratory::issued(const Party& key, std::int64_t serial) {
    return make({.issuer = &parties().ca, .subject = key.name(), .public_key_info = key.public_key_info(), .serial = serial});
}

Octets Laboratory::certificates(const std::vector<Octets>& certificates, const std::vector<Octets>& crls) {
    return scep::cms::encode_certificates_only(certificates, crls);
}

MessagePlan Laboratory::request(MessageType type, Octets content) {
    MessagePlan plan;
    plan.transaction.sender_nonce = nonce();
    plan.transaction.transaction_id = "transaction " + std::to_string(m_count);
    plan.codes.message_type = code(type);
    plan.content = std::move(content);
    plan.recipients = {ca_certificate()};
    plan.signer = &parties().client;
    plan.certificate = parties().client.self_signed();
    return plan;
}

MessagePlan Laboratory::reply(const MessagePlan& request, PkiStatus status) {
    MessagePlan plan;
    plan.transaction.transaction_id = request.transaction.transaction_id;
    plan.transaction.sender_nonce = nonce();
    plan.transaction.recipient_nonce = request.transaction.sender_nonce;
    plan.codes.message_type = code(MessageType::CertRep);
    plan.codes.pki_status = code(status);
    plan.recipients = {request.certificate};
    plan.signer = &parties().ca;
    plan.certificate = ca_certificate();
    return plan;
}

ExchangePlan Laboratory::enrolment() {
    ExchangePlan plan;
    plan.request = request(MessageType::PKCSReq, csr(parties().client));
    plan.reply = reply(*plan.request, PkiStatus::SUCCESS);
    plan.reply->content = certificates({issued(parties().client)});
    return plan;
}

ExchangePlan Laboratory::pending() {
    ExchangePlan plan = enrolment();
    plan.reply = reply(*plan.request, PkiStatus::PENDING);
    return plan;
}

ExchangePlan Laboratory::refused(scep::FailInfo why) {
    ExchangePlan plan = enrolment();
    plan.reply = reply(*plan.request, PkiStatus::FAILURE);
    plan.reply->codes.fail_info = code(why);
    return plan;
}

ExchangePlan Laboratory::poll(const ExchangePlan& enrolment, PkiStatus status) {
    ExchangePlan plan;
    plan.request = request(MessageType::CertPoll, scep::build::encode_issuer_and_subject(parties().ca.name(), parties().client.name()));
    plan.request->transaction.transaction_id = enrolment.request->transaction.transaction_id;
    plan.request->signer = enrolment.request->signer;
    plan.request->certificate = enrolment.request->certificate;
    plan.reply = reply(*plan.request, status);
    if (status == PkiStatus::SUCCESS) {
        plan.reply->content = certificates({issued(parties().client)});
    } else if (status == PkiStatus::FAILURE) {
        plan.reply->codes.fail_info = code(scep::FailInfo::badRequest);
    }
    return plan;
}

ExchangePlan Laboratory::renewal() {
    ExchangePlan plan;
    plan.request = request(MessageType::RenewalReq, csr(parties().other, [](auto& builder) {
                               builder.subject = parties().client.name();
                               builder.challenge_password.reset();
                           }));
    // Soon at its end, so that the new one lasts longer.
    plan.request->certificate = make({.issuer = &parties().ca,
                                      .subject = parties().client.name(),
                                      .public_key_info = parties().client.public_key_info(),
                                      .until = now + 30 * 86'400});
    plan.reply = reply(*plan.request, PkiStatus::SUCCESS);
    plan.reply->content = certificates({make({.issuer = &parties().ca,
                                              .subject = parties().client.name(),
                                              .public_key_info = parties().other.public_key_info(),
                                              .serial = 4661})});
    return plan;
}

ExchangePlan Laboratory::get_cert() {
    ExchangePlan plan;
    plan.request = request(MessageType::GetCert, issuer_and_serial(4660));
    plan.reply = reply(*plan.request, PkiStatus::SUCCESS);
    plan.reply->content = certificates({issued(parties().client)});
    return plan;
}

ExchangePlan Laboratory::get_crl() {
    ExchangePlan plan;
    plan.request = request(MessageType::GetCRL, issuer_and_serial(4660));
    plan.reply = reply(*plan.request, PkiStatus::SUCCESS);
    plan.reply->content = certificates({}, {make_crl(parties().ca)});
    return plan;
}

ExchangePlan Laboratory::get_next_ca_cert() {
    auto builder = scep::build::next_ca_cert(certificates({next_ca_certificate()}));
    return get("GetNextCACert", *scep::botan::sign(std::move(builder), parties().ca.signer(), {ca_certificate()}));
}

ExchangePlan Laboratory::enrolment_with_password() {
    ExchangePlan plan = enrolment();
    plan.request->content = csr(parties().ec_client);
    plan.request->signer = &parties().ec_client;
    plan.request->certificate = parties().ec_client.self_signed();
    plan.reply->content = certificates({issued(parties().ec_client)});
    plan.reply->recipients.clear();
    plan.reply->password = secret;
    return plan;
}

rules::Result Laboratory::judge(const Judging& judging) {
    evidence::Settings settings;
    if (judging.keys) {
        settings.keys.push_back(parties().ca.key_copy());
        settings.keys.push_back(parties().client.key_copy());
    }
    settings.local = local;
    settings.challenges = std::move(m_challenges);
    evidence::Investigator investigator(std::move(settings));
    rules::Engine engine(*rules::Profile::named(judging.profile), judging.pattern);
    for (input::Exchange& exchange : m_exchanges) {
        engine.judge(investigator.investigate(std::move(exchange)));
    }
    rules::Result result;
    engine.finish(result);
    return result;
}

std::vector<std::string> fired(const rules::Result& result) {
    std::vector<std::string> ids;
    std::ranges::transform(result.findings, std::back_inserter(ids), [](const rules::Finding& each) { return std::string(each.rule.id); });
    std::ranges::sort(ids);
    return ids;
}

const rules::Finding& finding(const rules::Result& result, std::string_view rule) {
    const auto found = std::ranges::find(result.findings, rule, [](const rules::Finding& each) { return each.rule.id; });
    BOOST_REQUIRE_MESSAGE(found != result.findings.end(), rule << " did not fire");
    return *found;
}

const rules::Tally& tally(const rules::Result& result, std::string_view rule) {
    const auto found = std::ranges::find(result.rules, rule, [](const rules::Tally& each) { return each.rule.id; });
    BOOST_REQUIRE_MESSAGE(found != result.rules.end(), rule << " is no rule");
    return *found;
}

}  // namespace sceplab::test
