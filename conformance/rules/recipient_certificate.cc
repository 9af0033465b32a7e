#include <conformance/rules/keys.h>
#include <conformance/rules/recipient_certificate.h>
#include <conformance/rules/rule_files.h>

#include <array>

// What the certificate of a recipient says of its key (RFC 5652, 6.2.1; RFC 9629, 3).
namespace sceplab::rules {

namespace {

using scep::cms::CertificateIdentifier;
using scep::cms::RecipientInfo;
using scep::x509::AlgorithmIdentifier;
using scep::x509::Certificate;

constexpr std::int32_t most_recipients = 16;

// The certificate of a recipient that is named: of the server, or that of the request's signer.
const Certificate* known(const CertificateIdentifier& rid, const evidence::Recipients::iterator& recipient, const Enveloped& message) {
    const evidence::NamedBy of_server = named_by(message.exchange, *message.facts.envelope, recipient);
    if (of_server.current != nullptr || of_server.next != nullptr) {
        return of_server.current != nullptr ? &of_server.current->view : &of_server.next->view;
    }
    const auto& request = message.exchange.request;
    const bool signer = request && request->signature && request->signature->signer.certificate && rid.matches(*request->signature->signer.certificate);
    return signer ? &*request->signature->signer.certificate : nullptr;
}

Outcome key_length(const Enveloped& message) {
    return each_recipient_certificate(message, [&](const NamedRecipient& recipient, const Certificate& certificate, Outcome& out) {
        const auto* ktri = recipient.key_trans();
        const auto key = ktri != nullptr ? rsa_public_key(certificate.subject_public_key_info) : std::nullopt;
        if (key && key->modulus_octets() != ktri->encrypted_key.size()) {
            out.add(place(message, ktri->encrypted_key.location(), recipient.path() + ".encryptedKey"),
                    "encryptedKey has " + std::to_string(ktri->encrypted_key.size()) + " octets, the modulus of the recipient " +
                        std::to_string(key->modulus_octets()));
        }
    });
}

// rsaEncryption keys do for RSA-KEM (RFC 9690, 2); of ML-KEM the key and the algorithm have one identifier.
constexpr auto id_kem_rsa = scep::der::oid("1.0.18033.2.2.4");

bool is_key_for(const AlgorithmIdentifier& kem, const Certificate& certificate) {
    const auto& key = certificate.subject_public_key_info;
    return key.algorithm.algorithm == kem.algorithm || (kem.algorithm == id_kem_rsa && kind_of(key) == KeyKind::rsa);
}

Outcome kem_key(const Enveloped& message) {
    return each_recipient_certificate(message, [&](const NamedRecipient& recipient, const Certificate& certificate, Outcome& out) {
        const auto* kem = recipient.kem();
        if (kem != nullptr && !is_key_for(kem->kem, certificate)) {
            out.add(place(message, kem->rid.whole.location(), recipient.path() + ".rid"),
                    "the recipient's certificate has a key of " + certificate.subject_public_key_info.algorithm.algorithm.to_string() + ", kem is " +
                        kem->kem.algorithm.to_string());
        }
    });
}

Outcome kem_key_usage(const Enveloped& message) {
    return each_recipient_certificate(message, [&](const NamedRecipient& recipient, const Certificate& certificate, Outcome& out) {
        const auto usage = recipient.kem() != nullptr ? certificate.key_usage() : std::nullopt;
        if (usage && !usage->bit(static_cast<std::uint32_t>(scep::x509::KeyUsage::keyEncipherment))) {
            out.add(place(message, recipient.rid.whole.location(), recipient.path() + ".rid"),
                    "the recipient's certificate has a keyUsage without keyEncipherment: " + hex(usage->octets));
        }
    });
}

}  // namespace

std::string recipient_path(std::int32_t index) { return "EnvelopedData.recipientInfos[" + std::to_string(index) + "]"; }

void each_recipient(const Enveloped& message, const std::function<void(const RecipientInfo&, std::int32_t)>& look) {
    const auto& all = message.facts.envelope->recipients;
    for (auto each = all.begin(); each != all.end() && each.index() < most_recipients; ++each) {
        if (const auto& recipient = *each) {
            look(*recipient, each.index());
        }
    }
}

bool has_recipient(const Enveloped& message, scep::der::Tag tag) {
    const auto& all = message.facts.envelope->recipients;
    for (auto each = all.begin(); each != all.end() && each.index() < most_recipients; ++each) {
        const auto header = scep::der::read_header(each.whole());
        if (header && header->tag == tag) {
            return true;
        }
    }
    return false;
}

Outcome each_recipient_certificate(const Enveloped& message,
                                   const std::function<void(const NamedRecipient&, const Certificate&, Outcome&)>& look) {
    Outcome out = Outcome::pass();
    bool any_named = false;
    bool any_known = false;
    const auto& all = message.facts.envelope->recipients;
    for (auto each = all.begin(); each != all.end() && each.index() < most_recipients; ++each) {
        const CertificateIdentifier* rid = *each ? certificate_identifier(**each) : nullptr;
        any_named = any_named || rid != nullptr;
        if (const Certificate* certificate = rid != nullptr ? known(*rid, each, message) : nullptr) {
            any_known = true;
            look({**each, *rid, each.index()}, *certificate, out);
        }
    }
    return !any_named ? Outcome::not_applicable() : any_known ? out : Outcome::not_performed("the recipient's certificate is not known");
}

RuleSpan<Enveloped> recipient_certificate_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Enveloped>> rules{
        {.id = "recipient.encrypted-key-length",
         .severity = warning,
         .cite = {rfc5652, "6.2.1"},
         .says = "encryptedKey is as long as the modulus of the recipient's RSA key",
         .covers = {"CMS-6.2.1-enckey-length"},
         .check = key_length},
        {.id = "kem.recipient-key",
         .severity = error,
         .cite = {rfc9629, "3"},
         .says = "The certificate of a KEM recipient holds a key of that KEM",
         .covers = {"KEM-cert-has-kem-key"},
         .check = kem_key},
        {.id = "kem.recipient-key-usage",
         .severity = error,
         .cite = {rfc9629, "3"},
         .says = "A keyUsage in the certificate of a KEM recipient has keyEncipherment",
         .covers = {"KEM-cert-ku"},
         .check = kem_key_usage},
    };
    return rules;
}

}  // namespace sceplab::rules
