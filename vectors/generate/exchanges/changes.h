#pragma once

#include <vectors/generate/laboratory.h>
#include <vectors/generate/parts.h>

// Changes that rows make to what the laboratory plays, and tests of the rules as well.
namespace sceplab::vectors {

// HTTP
using Fields = std::vector<input::HeaderField>;
void set_field(Fields& fields, std::string name, std::string value);
void remove_field(Fields& fields, std::string_view name);
[[nodiscard]] Octets octets_of(std::string_view text);
[[nodiscard]] std::string replaced(std::string text, std::string_view what, std::string_view with);
[[nodiscard]] ExchangePlan get(std::string_view query, Octets answer);
[[nodiscard]] ExchangePlan ca_certificate(Laboratory& lab, std::string_view query = "operation=GetCACert");
void play_changed(Laboratory& lab, const ExchangePlan& plan, const std::function<void(input::Exchange&)>& change);
// An enrolment by GET, to a CA that takes no POST; its base64 has a "+", a "/" and a "=".
[[nodiscard]] ExchangePlan by_get(Laboratory& lab, std::function<std::string(std::string)> escape);

// The answers of a CA about itself.
void play_capabilities(Laboratory& lab, std::string_view text);
[[nodiscard]] ExchangePlan ca_certificates(Octets answer);
// The CA's own where none is given.
[[nodiscard]] ExchangePlan get_ca_cert(Laboratory& lab, std::optional<Octets> answer = {});
[[nodiscard]] ExchangePlan next_ca(Laboratory& lab, scep::cms::SignedDataBuilder builder);
[[nodiscard]] Octets next_ca_certificate(std::int64_t until);

// Enrolments
void request_of(Laboratory& lab, Octets content, bool encrypted = true);
void request_changed(Laboratory& lab, std::function<void(SignedDataParts&)> change);
// The client signs again what the attributes have become, in the order that they have or in that of DER.
void sign_again(SignerParts& signer, bool sorted = true);
[[nodiscard]] ExchangePlan asking(Laboratory& lab, const std::function<void(scep::build::CertificationRequestBuilder&)>& change);
[[nodiscard]] ExchangePlan without_challenge(Laboratory& lab);
// An exchange as the drafts have it: transactionID is a hash of the key.
[[nodiscard]] ExchangePlan with_id(ExchangePlan plan, std::string id);
[[nodiscard]] std::string hex_of_key(const Party& party, Digest digest);
// The client's own certificate, otherwise.
[[nodiscard]] Octets self_signed(const Octets& serial, const std::vector<Octets>& extensions);
void poll_naming(Laboratory& lab, OctetsView issuer, OctetsView subject);

// Replies
void granted(Laboratory& lab, Octets content);
// The certificates in that order, which is for once not DER's.
[[nodiscard]] Octets in_order(std::vector<Octets> certificates);
void refused_with_content(Laboratory& lab, Octets content);
// A long form of two octets made indefinite; of a SEQUENCE as large as all of these are.
void make_indefinite(Octets& value);

} // namespace sceplab::vectors
