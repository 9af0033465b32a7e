#pragma once

#include <vectors/generate/party.h>

#include <conformance/input/exchange.h>
#include <scepcodec/botan/encrypt.h>
#include <scepcodec/scep/build.h>

#include <functional>

// Exchanges before they are made. Each member is as it should be until a test changes it, so that a change breaks one requirement.
namespace sceplab::vectors {

using scep::botan::ContentCipher;

// What is made from here on has its keys, IVs and padding from this name, whatever was made before.
void begin_case(std::string_view name);
[[nodiscard]] scep::botan::Random& case_randomness();

struct MessagePlan {
    scep::build::Transaction transaction;
    scep::build::Codes codes;
    std::optional<Octets> content;  // the messageData; without one there is no eContent
    bool encrypted = true;
    std::vector<Octets> recipients;       // certificates
    std::optional<std::string> password;  // a recipient by password
    ContentCipher cipher = ContentCipher::aes128_CBC;
    const Party* signer = nullptr;
    Octets certificate;  // the signer's
    bool certificate_included = true;
    Digest digest = Digest::sha256;
    scep::botan::IdentifierForm sid = scep::botan::IdentifierForm::issuerAndSerialNumber;
    // Last looks: before the envelope is written, before the SignedData is signed, and at the whole.
    std::function<void(scep::cms::EnvelopedDataParts&)> envelope;
    std::function<void(scep::cms::SignedDataBuilder&)> signed_data;
    std::function<void(Octets&)> octets;
};
[[nodiscard]] Octets make(const MessagePlan& plan);

struct ExchangePlan {
    std::string method = "POST";
    std::string host = "ca.example";
    std::string target = "/cgi-bin/pkiclient.exe?operation=PKIOperation";
    std::vector<input::HeaderField> reply_fields;
    std::function<std::string(std::string)> escape;  // of a GET: base64 to what the query holds; percent-escaped where it is not set
    std::optional<MessagePlan> request;
    std::optional<Octets> request_body;  // instead of a message
    bool answered = true;
    int status = 200;
    std::optional<MessagePlan> reply;
    std::optional<Octets> reply_body;
    std::optional<std::int64_t> time = now;
};
[[nodiscard]] input::Exchange make(const ExchangePlan& plan);

[[nodiscard]] std::string base64(OctetsView octets);
[[nodiscard]] std::string percent_escaped(std::string_view text);

}  // namespace sceplab::vectors
