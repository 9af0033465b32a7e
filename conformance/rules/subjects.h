#pragma once

#include <conformance/evidence/record.h>
#include <conformance/rules/outcome.h>

#include <deque>
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

// The HTTP answer of an exchange that was captured with its request, whatever its status.
struct Answer {
    const ExchangeFacts& exchange;
    const scep::http::RequestTarget& target;
    const input::Response& http;
    const MessageFacts& facts;
};

// An answer to GetCACaps with status 200 whose body was read as capabilities.
struct CapsText {
    const ExchangeFacts& exchange;
    const MessageFacts& facts;
    const scep::http::Capabilities& capabilities;
};

// An answer to GetCACert that handed certificates over: one bare Certificate, or those of a SignedData.
struct CaCertificates {
    const ExchangeFacts& exchange;
    const MessageFacts& facts;
    const std::vector<evidence::CertificateFacts>& certificates;  // at least one
};

// A certificate that was met in a message, and how it came there.
struct MetCertificate {
    enum class As : std::uint8_t {
        signer,        // the sid of the SignerInfo names it
        accompanying,  // another one in the certificates of the signed message
        handed_over,   // what the answer is for: of GetCACert, GetNextCACert, or a decrypted CertRep
    };
    const ExchangeFacts& exchange;
    const MessageFacts& facts;
    const scep::x509::Certificate& certificate;
    As as;
    std::optional<evidence::Role> role;  // of one that is handed over
    std::string path;                    // "SignedData.certificates[0]"; empty for a bare Certificate
};

// A CertificateList that a decrypted CertRep or another certificates-only SignedData handed over.
struct MetCrl {
    const ExchangeFacts& exchange;
    const MessageFacts& facts;
    const scep::x509::CertificateList& list;
    std::string path;  // "messageData.SignedData.crls[0]"
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

// A message, of either side, whose EnvelopedData decodes; nobody needs to be able to open it.
struct Enveloped : Message {
    const scep::cms::EnvelopedData& enveloped;
};

// A PKCSReq or RenewalReq whose CertificationRequest was opened. Where the envelope is closed, the engine notes each rule as not performed.
struct Csr : Request {
    const evidence::MessageData& data;
    const scep::pkcs10::CertificationRequest& csr;
};

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
    const std::deque<ExchangeRecord>& exchanges;
};

// The certificates and CRLs of a message, in their order.
[[nodiscard]] std::vector<MetCertificate> met_certificates(const ExchangeFacts& exchange, const MessageFacts& facts);
[[nodiscard]] std::vector<MetCrl> met_crls(const ExchangeFacts& exchange, const MessageFacts& facts);

// Places, to be named in violations.
[[nodiscard]] Place place(const ExchangeFacts& exchange, Side side, scep::Location where, std::string path);
// "SignedData.signerInfos[0].signedAttrs[i].attrValues[0]" of an attribute's first value, or of the whole attribute where it has none; where it is absent, the signedAttrs.
[[nodiscard]] Place attribute_place(const Signed& message, const scep::AttributeSlot& slot);
[[nodiscard]] Place error_place(const ExchangeFacts& exchange, Side side, const scep::Error& error);

}  // namespace sceplab::rules
