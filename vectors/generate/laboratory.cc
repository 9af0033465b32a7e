#include <vectors/generate/laboratory.h>

#include <scepcodec/botan/verify.h>

namespace sceplab::vectors {

using scep::MessageType;
using scep::PkiStatus;

namespace {

constexpr std::string_view all_capabilities = "AES\r\nGetNextCACert\r\nPOSTPKIOperation\r\nRenewal\r\nSCEPStandard\r\nSHA-256\r\n";
constexpr std::string_view secret = "aGlnaCBlbnRyb3B5IHNlY3JldA==";

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

// What the client and the CA of the laboratory are configured with.
evidence::LocalFacts Laboratory::everything() {
    evidence::LocalFacts out;
    out.ca_host = "ca.example";
    out.scep_path = "/cgi-bin/pkiclient.exe";
    out.ca_fingerprints.push_back({evidence::FingerprintHash::sha256, scep::botan::sha256(ca_certificate())});
    out.poll_limit = 10;
    out.poll_interval = 10;
    return out;
}

void Laboratory::play(const ExchangePlan& plan) {
    ExchangePlan timed = plan;
    if (timed.time == now) {
        timed.time = now + 60 * static_cast<std::int64_t>(m_exchanges.size());
    }
    m_exchanges.push_back(make(timed));
}

void Laboratory::introduce() {
    ask_capabilities(all_capabilities);
    ask_ca_certificate();
}

void Laboratory::ask_capabilities(std::string_view text) {
    if (m_capabilities) {
        m_exchanges[*m_capabilities] = make(get("GetCACaps", {text.begin(), text.end()}));
        return;
    }
    m_capabilities = m_exchanges.size();
    play(get("GetCACaps", {text.begin(), text.end()}));
}

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

std::string Laboratory::one_time_secret() { return std::string(secret) + std::to_string(++m_secrets); }

ExchangePlan Laboratory::enrolment() {
    ExchangePlan plan;
    const std::string challenge = one_time_secret();
    plan.request = request(MessageType::PKCSReq, csr(parties().client, [&](auto& builder) { builder.challenge_password = challenge; }));
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
    const std::string challenge = one_time_secret();
    plan.request->content = csr(parties().ec_client, [&](auto& builder) { builder.challenge_password = challenge; });
    plan.request->signer = &parties().ec_client;
    plan.request->certificate = parties().ec_client.self_signed();
    plan.reply->content = certificates({issued(parties().ec_client)});
    plan.reply->recipients.clear();
    plan.reply->password = challenge;
    return plan;
}

}  // namespace sceplab::vectors
