#include <vectors/generate/cms/pki.h>
#include <vectors/generate/families.h>
#include <vectors/generate/keys.h>

#include <array>

namespace sceplab::vectors {

using scep::MessageType;

namespace {

constexpr std::array cipher_oids{"1.3.14.3.2.7", "1.2.840.113549.3.7", "2.16.840.1.101.3.4.1.2", "2.16.840.1.101.3.4.1.22",
                                 "2.16.840.1.101.3.4.1.42"};

} // namespace

MessagePlan a_request(MessageType type) {
    Laboratory lab;
    switch (type) {
    case MessageType::RenewalReq:
        return *lab.renewal().request;
    case MessageType::CertPoll:
        return *lab.poll(lab.pending(), scep::PkiStatus::PENDING).request;
    case MessageType::GetCert:
        return *lab.get_cert().request;
    case MessageType::GetCRL:
        return *lab.get_crl().request;
    case MessageType::PKCSReq:
    case MessageType::CertRep:
        break;
    }
    return *lab.enrolment().request;
}

MessagePlan a_success() { return *Laboratory().enrolment().reply; }
MessagePlan a_failure(scep::FailInfo why) { return *Laboratory().refused(why).reply; }
MessagePlan a_pending() { return *Laboratory().pending().reply; }

Octets make_message(const MessagePlan& plan, std::optional<SignatureScheme> scheme) {
    if (!scheme) {
        return make(plan);
    }
    Field message = read_signed_data(make(plan));
    const auto signer = *scep::botan::Signer::make(plan.signer->key(), plan.digest, scheme);
    at(message, of_signer("signatureAlgorithm")).instead = Octets(signer.signature_algorithm().begin(), signer.signature_algorithm().end());
    sign_again(message, *plan.signer, plan.digest, scheme);
    return write_field(message);
}

void reads(Case& which, const MessagePlan& plan, std::optional<SignatureScheme> scheme) {
    const auto signer = *scep::botan::Signer::make(plan.signer->key(), plan.digest, scheme);
    Json fields = {{"messageType", plan.codes.message_type}, {"transactionID", plan.transaction.transaction_id}};
    const auto set = [&](const char* name, const std::string& value) {
        if (!value.empty()) {
            fields[name] = value;
        }
    };
    set("senderNonce", hex(plan.transaction.sender_nonce));
    set("recipientNonce", hex(plan.transaction.recipient_nonce));
    set("pkiStatus", plan.codes.pki_status);
    set("failInfo", plan.codes.fail_info);
    set("failInfoText", plan.codes.fail_info_text);
    fields["digestAlgorithm"] = dotted(signer.digest_algorithm());
    fields["signatureAlgorithm"] = dotted(signer.signature_algorithm());
    if (plan.content) {
        fields["contentEncryptionAlgorithm"] = cipher_oids[static_cast<std::size_t>(plan.cipher)];
        which.members["plaintext"] = hex(*plan.content);
    }
    which.members["fields"] = std::move(fields);
}

Case& add(Cases& cases, std::string name, std::string comment, Result result, std::vector<std::string> flags, const MessagePlan& plan) {
    Case& out = cases.add(std::move(name), std::move(comment), result, std::move(flags), [&] { return make(plan); });
    if (result != Result::invalid) {
        reads(out, plan);
    }
    return out;
}

File pki_message() {
    const auto group = [](std::string_view name, const Party& recipient, const Octets& certificate) {
        return Cases("pki-message", "PkiMessage", {{"recipient", key(name, recipient, certificate)}});
    };
    Cases requests = group("ca", parties().ca, Laboratory::ca_certificate());
    Cases replies = group("client", parties().client, parties().client.self_signed());
    const PkiCases both{requests, replies};
    pki_choices(both);
    pki_twins(both);
    pki_attributes(both);
    pki_layers(both);
    return {"pki-message",
            "Each input is a ContentInfo that should be a SCEP message: its signature has to be verified by the certificate inside, its "
            "attributes are those of its messageType, and "
            "its envelope, where one is due, opens with the key of the group (RFC 8894, 3).",
            {requests.take(), replies.take()}};
}

} // namespace sceplab::vectors
