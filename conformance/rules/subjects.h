#pragma once

#include <conformance/evidence/record.h>
#include <conformance/rules/outcome.h>

#include <span>

// What rules judge. A subject exists only where its precondition holds, so that no rule repeats it. Subjects are views: they live during one check.
namespace sceplab::rules {

using evidence::ExchangeFacts;
using evidence::ExchangeRecord;
using evidence::MessageFacts;

// The HTTP request of an exchange that was captured with one.
struct Query {
    const ExchangeFacts& exchange;
    const scep::http::RequestTarget& target;
    const MessageFacts& facts;
};

// A body where SCEP wants CMS: a PKIOperation request, an answer with status 200 to PKIOperation, GetCACert or GetNextCACert, a bare message. Whether it decodes or not.
struct Body {
    const ExchangeFacts& exchange;
    const MessageFacts& facts;
};

// A SignedData with a signer that decodes: a pkiMessage of either side, or the answer to GetNextCACert.
struct Signed {
    const ExchangeFacts& exchange;
    const MessageFacts& facts;
    const scep::PkiMessage& message;
    const scep::TransactionAttributes& attributes;
};

// A pkiMessage that decodes, of either side.
struct Message : Signed {};

// A pkiMessage of a client. HTTP tells the direction; of a bare message, its messageType does.
struct Request : Message {};

// A pkiMessage of a server, told in the same way.
struct CertRep : Message {};

// A request and its answer, both pkiMessages.
struct Pair {
    Request request;
    CertRep reply;
};

// The signed answer to GetNextCACert.
struct NextCACert : Signed {};

// The exchanges of one transactionID in their order, at least one.
struct Transaction {
    std::span<const ExchangeRecord> exchanges;
};

// All exchanges of the run in their order.
struct Run {
    std::span<const ExchangeRecord> exchanges;
};

// Places, to be named in violations.
[[nodiscard]] Place place(const ExchangeFacts& exchange, Side side, scep::Location where, std::string path);
// "SignedData.signerInfos[0].signedAttrs[i].attrValues[0]" of an attribute's first value, or of the whole attribute where it has none; where it is absent, the signedAttrs.
[[nodiscard]] Place attribute_place(const Signed& message, const scep::AttributeSlot& slot);
[[nodiscard]] Place error_place(const ExchangeFacts& exchange, Side side, const scep::Error& error);

}  // namespace sceplab::rules
