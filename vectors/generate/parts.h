#pragma once

#include <scepcodec/cms/build.h>

#include <functional>
#include <string_view>

// A signed message taken apart and put together otherwise, for what no builder writes.
namespace sceplab::vectors {

using scep::cms::Octets;

struct SignerParts {
    std::int64_t version = 1;
    Octets sid;
    Octets digest_algorithm;
    std::optional<std::vector<Octets>> attributes;  // in this order
    Octets signature_algorithm;
    Octets signature;  // content of the OCTET STRING
};

struct SignedDataParts {
    std::int64_t version = 1;
    std::vector<Octets> digest_algorithms;
    Octets e_content_type;  // encoded
    Octets e_content;       // what [0] holds, encoded; [0] is left out where empty
    std::vector<Octets> certificates;
    std::vector<Octets> crls;
    std::vector<SignerParts> signers;
};
[[nodiscard]] SignedDataParts take_apart(const Octets& message);
[[nodiscard]] Octets put_together(const SignedDataParts& parts);
// Both, with a change between: for MessagePlan::octets.
[[nodiscard]] std::function<void(Octets&)> changing(std::function<void(SignedDataParts&)> change);

// Attributes of a message before it is signed: all of a type taken away, or put in their place one with these values (encoded).
void remove_attribute(scep::cms::SignedDataBuilder& builder, const scep::der::OidConstant& type);
void set_attribute(scep::cms::SignedDataBuilder& builder, const scep::der::OidConstant& type, std::vector<Octets> values);
// The same of a signed one; the signature is then another's work.
void remove_attribute(SignerParts& signer, const scep::der::OidConstant& type);

// An encoded string of that type.
[[nodiscard]] Octets string_value(scep::der::Tag type, std::string_view text);

// A SET OF in the order given, as it is signed.
[[nodiscard]] Octets set_in_order(const std::vector<Octets>& elements);

}  // namespace sceplab::vectors
