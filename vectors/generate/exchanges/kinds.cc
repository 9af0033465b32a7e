#include <vectors/generate/exchanges/changes.h>
#include <vectors/generate/exchanges/rows.h>

#include <deque>

// What an enrolment may not have, in the other kinds of exchange: who checks it for a PKCSReq often forgets the rest.
namespace sceplab::vectors {

using scep::PkiStatus;

namespace {

struct Kind {
    std::string_view name;
    ExchangePlan (*plan)(Laboratory&); // plays what has to come before
};

ExchangePlan polled(Laboratory& lab) {
    const auto first = lab.pending();
    lab.play(first);
    return lab.poll(first, PkiStatus::SUCCESS);
}

const Kind kinds[] = {
    {"RenewalReq", [](Laboratory& lab) { return lab.renewal(); }},
    {"CertPoll", polled},
    {"GetCert", [](Laboratory& lab) { return lab.get_cert(); }},
    {"GetCRL", [](Laboratory& lab) { return lab.get_crl(); }},
};

struct Change {
    std::string_view name;
    void (*change)(Laboratory&, ExchangePlan&);
    std::vector<std::string> findings;
    std::string_view comment;
};

void break_signature(MessagePlan& plan) {
    plan.octets = changing([](SignedDataParts& parts) { parts.signers[0].signature[7] ^= 1; });
}

const std::vector<Change>& changes() {
    static const std::vector<Change> all{
        {"answered with the nonce of another request",
         [](Laboratory& lab, ExchangePlan& plan) { plan.reply->transaction.recipient_nonce = lab.nonce(); },
         {"nonce.recipient-echoes-sender"},
         "Only the echo of the nonce tells that the answer is to this request and not an old one."},
        {"answered without recipientNonce",
         [](Laboratory&, ExchangePlan& plan) { plan.reply->transaction.recipient_nonce.clear(); },
         {"nonce.recipient-present"},
         "An answer without the nonce cannot be told from an old one; nothing to compare is not the same as equal."},
        {"answered under another transactionID",
         [](Laboratory&, ExchangePlan& plan) { plan.reply->transaction.transaction_id = "another"; },
         {"transaction-id.equal-in-reply"},
         "The answer belongs to another transaction, perhaps of another client."},
        {"answered with a broken signature",
         [](Laboratory&, ExchangePlan& plan) { break_signature(*plan.reply); },
         {"signature.valid"},
         "One bit of the signature is another: who opens the envelope before the signature is checked, or without, takes what anybody "
         "sent."},
        {"with a broken signature",
         [](Laboratory&, ExchangePlan& plan) { break_signature(*plan.request); },
         {"signature.valid"},
         "One bit of the request's signature is another, and the CA answers as if it were good."},
        {"without senderNonce",
         [](Laboratory&, ExchangePlan& plan) {
             plan.request->transaction.sender_nonce.clear();
             plan.reply->transaction.recipient_nonce.clear();
         },
         {"nonce.recipient-present", "nonce.sender-present"},
         "Without a nonce in the request there is none to echo, and no answer can be told from an old one."},
        {"in the clear",
         [](Laboratory&, ExchangePlan& plan) { plan.request->encrypted = false; },
         {"content.not-in-clear"},
         "The messageData stands in the SignedData without an envelope: everybody on the way reads it."},
        {"answered in the clear",
         [](Laboratory&, ExchangePlan& plan) { plan.reply->encrypted = false; },
         {"content.not-in-clear"},
         "The answer's SignedData holds the certificates or the CRL without an envelope."},
        {"answered for another recipient",
         [](Laboratory&, ExchangePlan& plan) { plan.reply->recipients = {parties().other.self_signed()}; },
         {"recipient.reply-to-signer"},
         "The envelope is for another device's certificate than the one that signed the request, so that the client cannot open it and "
         "another one can."},
        {"answered SUCCESS without an envelope",
         [](Laboratory&, ExchangePlan& plan) { plan.reply->content.reset(); },
         {"envelope.present-with-success"},
         "SUCCESS promises certificates or a CRL, and there is nothing to take them from: who does not look dereferences nothing."},
        {"answered FAILURE without failInfo",
         [](Laboratory& lab, ExchangePlan& plan) { plan.reply = lab.reply(*plan.request, PkiStatus::FAILURE); },
         {"fail-info.present"},
         "A refusal that does not tell why."},
        {"answered with an unknown pkiStatus",
         [](Laboratory&, ExchangePlan& plan) { plan.reply->codes.pki_status = "1"; },
         {"pki-status.known"},
         "1 is no pkiStatus; who takes all that is not FAILURE for a grant goes on here."},
        {"with octets after the message",
         [](Laboratory&, ExchangePlan& plan) { plan.request->octets = [](Octets& octets) { octets.insert(octets.end(), {0, 0}); }; },
         {"message.no-trailing-octets"},
         "Two octets follow the ContentInfo, which no signature covers."},
        {"answered with octets after the message",
         [](Laboratory&, ExchangePlan& plan) { plan.reply->octets = [](Octets& octets) { octets.insert(octets.end(), {0, 0}); }; },
         {"message.no-trailing-octets"},
         "Two octets follow the ContentInfo of the answer, which no signature covers."},
        {"under another messageType",
         [](Laboratory&, ExchangePlan& plan) { plan.request->codes.message_type = "19"; },
         {"content.fits-message-type"},
         "The attribute says PKCSReq and the content is of another type: the rules of one type are asked and the content of another is "
         "used."},
    };
    return all;
}

// Names live as long as the program.
const char* kept(std::string name) {
    static std::deque<std::string> names;
    return names.emplace_back(std::move(name)).c_str();
}

struct Otherwise {
    std::string_view kind;
    std::string_view change;
    std::vector<std::string> findings;
};
// Where the kind makes another difference.
const std::vector<Otherwise>& otherwise() {
    static const std::vector<Otherwise> all{
        {"RenewalReq", "under another messageType", {"renewal.has-renewal-type"}},
        {"CertPoll", "under another messageType", {"content.fits-message-type", "transaction.one-operation"}},
        {"GetCRL", "under another messageType", {"content.fits-message-type", "issued.certificate-present"}},
    };
    return all;
}

std::vector<std::string> findings_of(const Kind& kind, const Change& change) {
    for (const Otherwise& each : otherwise()) {
        if (each.kind == kind.name && each.change == change.name) {
            return each.findings;
        }
    }
    return change.findings;
}

} // namespace

const Rows& kind_rows() {
    static const Rows rows = [] {
        Rows out;
        for (const Kind& kind : kinds) {
            for (const Change& change : changes()) {
                out.push_back({kept(std::string("a ") + std::string(kind.name) + " " + std::string(change.name)),
                               [&kind, &change](Laboratory& lab) {
                                   ExchangePlan plan = kind.plan(lab);
                                   change.change(lab, plan);
                                   lab.play(plan);
                               },
                               findings_of(kind, change), "rfc8894", change.comment});
            }
        }
        return out;
    }();
    return rows;
}

} // namespace sceplab::vectors
