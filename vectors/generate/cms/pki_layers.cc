#include <vectors/generate/cms/pki.h>

#include <scepcodec/cms/oids.h>
#include <scepcodec/scep/oids.h>

#include <array>

namespace sceplab::vectors {

namespace {

using scep::MessageType;
namespace tag = scep::der::tag;

const Octets& csr() {
    static const Octets octets = Laboratory::csr(parties().client);
    return octets;
}

// The eContent in place of the envelope, whatever it is.
MessagePlan with_content(MessagePlan plan, std::optional<Octets> content) {
    plan.content = std::move(content);
    plan.encrypted = false;
    return plan;
}

// The eContent is this; the fields are those of the plan as it was.
Case& put(Cases& cases, std::string name, std::string comment, Result result, std::vector<std::string> flags, MessagePlan plan,
          const std::function<Octets(const Octets& envelope)>& content) {
    plan.signed_data = [content](scep::cms::SignedDataBuilder& builder) { builder.e_content = content(*builder.e_content); };
    return add(cases, std::move(name), std::move(comment), result, std::move(flags), plan);
}

void presence(const PkiCases& cases) {
    for (const MessageType type :
         {MessageType::PKCSReq, MessageType::RenewalReq, MessageType::CertPoll, MessageType::GetCert, MessageType::GetCRL}) {
        add(cases.requests, std::string(scep::name(type)) + " without an envelope",
            "The request has no eContent, so it asks for nothing; who reads the empty content looks at nothing.", Result::invalid,
            {"EnvelopeMissing", "SC036ContentMissing"}, with_content(a_request(type), std::nullopt));
    }
    add(cases.requests, "PKCSReq with an empty eContent", "eContent is an OCTET STRING of no octets.", Result::invalid,
        {"EnvelopeMissing", "SC053EmptyContent"}, with_content(a_request(MessageType::PKCSReq), Octets{}));
    add(cases.replies, "SUCCESS without an envelope", "The reply grants a certificate and brings none.", Result::invalid,
        {"EnvelopeMissing", "SC036ContentMissing"}, with_content(a_success(), std::nullopt));
    add(cases.replies, "SUCCESS with an empty eContent", "The reply grants a certificate and its content has no octets.", Result::invalid,
        {"EnvelopeMissing", "SC053EmptyContent"}, with_content(a_success(), Octets{}));
    struct StatusRow {
        const char* name;
        MessagePlan plan;
    };
    const std::array without{StatusRow{"FAILURE", a_failure()}, StatusRow{"PENDING", a_pending()}};
    for (const StatusRow& row : without) {
        MessagePlan plan = row.plan;
        plan.content = a_success().content;
        add(cases.replies, std::string(row.name) + " with an envelope",
            "RFC 8894, 3.3.2 wants the envelope left out; a client that opens it before it asks for the status installs a certificate that "
            "was refused.",
            Result::invalid, {"EnvelopeNotDue"}, plan);
        const auto empty = [&](std::string name, std::string comment, Result result, std::vector<std::string> flags,
                               const std::function<void(scep::cms::SignedDataBuilder&)>& change) {
            MessagePlan odd = row.plan;
            odd.signed_data = change;
            add(cases.replies, row.name + std::move(name), std::move(comment), result, std::move(flags), odd);
        };
        empty(" with an empty eContent",
              "eContent is an OCTET STRING of no octets where it should be left out, as NDES sends; the digest is the same.",
              Result::acceptable, {"SC053EmptyContent", "CmsEmptyContent"},
              [](scep::cms::SignedDataBuilder& builder) { builder.e_content = Octets{}; });
        empty(" with a zero octet", "eContent is one zero octet, and its digest is not that of none.", Result::invalid,
              {"SC053EmptyContent", "EnvelopeNotDue"}, [](scep::cms::SignedDataBuilder& builder) { builder.e_content = Octets{0}; });
        empty(" with the digest of a zero octet", "There is no eContent, and messageDigest is that of one zero octet.", Result::invalid,
              {"SC053EmptyContent", "DigestMismatch"},
              [](scep::cms::SignedDataBuilder& builder) { builder.message_digest = digest_of(Digest::sha256, Octets{0}); });
        cases.replies.add(row.name + std::string(" with an empty messageDigest"),
                          "There is no eContent, and messageDigest has no octets, as where nothing was digested.", Result::invalid,
                          {"SC053EmptyContent", "DigestMismatch"}, [&] {
                              Field message = read_signed_data(make(row.plan));
                              at(message, attribute_path(message, scep::cms::oids::id_messageDigest) + ".attrValues[0]").value.clear();
                              sign_again(message, parties().ca);
                              return write_field(message);
                          });
    }
}

void contents(const PkiCases& cases) {
    const MessagePlan request = a_request(MessageType::PKCSReq);
    add(cases.requests, "PKCSReq in the clear",
        "eContent is the CertificationRequest itself, with the challengePassword for all to read; RFC 8894, 3.1 tells that some did that "
        "for EC keys.",
        Result::invalid, {"SC013SecretInTheClear"}, with_content(request, csr()));
    add(cases.replies, "SUCCESS in the clear", "eContent is the certificates-only SignedData itself, without an envelope.", Result::invalid,
        {"SC013SecretInTheClear"}, with_content(a_success(), a_success().content));
    for (const auto& [content, name] :
         {std::pair{text("hello"), "text"}, std::pair{Octets(100, 0x30), "tags"}, std::pair{sequence({}), "an empty SEQUENCE"},
          std::pair{octet_string(Octets(10, 1)), "an OCTET STRING"}}) {
        add(cases.requests, std::string("the envelope is ") + name,
            "What is signed is no ContentInfo: the signature is good, and what it covers has to be parsed as carefully as what nobody "
            "signed.",
            Result::invalid, {"EnvelopeMalformed"}, with_content(request, content));
    }
    put(cases.requests, "the envelope is another pkiMessage",
        "eContent is a whole SignedData, whose content is the envelope: a message within a message.", Result::invalid,
        {"EnvelopeMalformed", "SC040Nesting"}, request, [](const Octets& envelope) { return make_signed({.content = envelope}); });
    put(cases.requests, "an EnvelopedData without ContentInfo",
        "eContent is the EnvelopedData without the ContentInfo around it, as PKCS#7 had it for other types.", Result::invalid,
        {"EnvelopeMalformed"}, request, [](const Octets& envelope) {
            const Field root = read_field(envelope);
            return write_field(root.inside.at(1).inside.at(0));
        });
    put(cases.requests, "an OCTET STRING around the envelope", "The envelope is wrapped in an OCTET STRING once more.", Result::invalid,
        {"EnvelopeMalformed"}, request, [](const Octets& envelope) { return octet_string(envelope); });
    put(cases.requests, "two envelopes",
        "A second envelope follows the first within eContent; which of them counts is the reader's choice.", Result::acceptable,
        {"SC045HiddenData"}, request, [](const Octets& envelope) { return joined({envelope, envelope}); });
    for (const std::size_t count : {1, 16, 1000}) {
        put(cases.requests, counted(count, "octet") + " after the envelope",
            "Octets follow the envelope within eContent: signed, and read by nobody.", Result::acceptable, {"SC045HiddenData"}, request,
            [count](const Octets& envelope) { return joined({envelope, Octets(count, 0)}); });
    }
    for (const std::size_t count : {1, 16, 1000}) {
        Case& out =
            cases.requests.add(counted(count, "octet") + " after the message",
                               "Octets follow the ContentInfo, as where a body was filled up or a newline was sent.", Result::acceptable,
                               {"CmsTrailingOctets", "SC045HiddenData"}, [&] { return joined({make(request), Octets(count, 0x0a)}); });
        reads(out, request);
    }
    for (const char* const path : {"EnvelopedData.version", "EnvelopedData.recipientInfos", "EnvelopedData.encryptedContentInfo",
                                   "EnvelopedData.encryptedContentInfo.encryptedContent", "EnvelopedData.recipientInfos[0].encryptedKey"}) {
        put(cases.requests, std::string(path) + " left out, signed",
            std::string(path) +
                " is not there, and the signature over the broken envelope is good; who trusts what is signed crashes on it.",
            Result::invalid, {"CmsFieldMissing", "EnvelopeMalformed"}, request, [path](const Octets& envelope) {
                Field root = read_enveloped_data(envelope);
                apply(root, path, Change::left_out);
                return write_field(root);
            });
    }
    for (const std::size_t keep : {1, 2, 10, 100, 300}) {
        put(cases.requests, "the envelope cut to " + counted(keep, "octet") + "",
            "The envelope ends early and the signature over what is left is good: its lengths reach beyond eContent.", Result::invalid,
            {"CmsTruncated", "EnvelopeMalformed"}, request,
            [keep](const Octets& envelope) { return Octets(envelope.begin(), envelope.begin() + static_cast<std::ptrdiff_t>(keep)); });
    }
    MessagePlan typed = request;
    typed.signed_data = [](scep::cms::SignedDataBuilder& builder) { builder.e_content_type = scep::cms::oids::id_envelopedData; };
    add(cases.requests, "eContentType is id-envelopedData", "The type says what is inside, where RFC 8894, 3.2 wants id-data.",
        Result::invalid, {"ContentTypeMismatch"}, typed)
        .members["where"] = "SignedData.encapContentInfo.eContentType";
    typed = request;
    typed.envelope = [](scep::cms::EnvelopedDataParts& parts) { parts.content_type = scep::cms::oids::id_signedData; };
    add(cases.requests, "encrypted contentType is id-signedData",
        "The type of what is encrypted is id-signedData, where RFC 8894, 3.2.2 wants id-data.", Result::invalid, {"ContentTypeMismatch"},
        typed)
        .members["where"] = "EnvelopedData.encryptedContentInfo.contentType";
}

void message_data(const PkiCases& cases) {
    const auto add_data = [&](Cases& where, std::string name, std::string comment, MessagePlan plan, const Octets& content,
                              Result result = Result::invalid, std::vector<std::string> flags = {"MessageDataMismatch"}) {
        plan.content = content;
        add(where, std::move(name), std::move(comment), result, std::move(flags), plan);
    };
    const Octets subject = scep::build::encode_issuer_and_subject(parties().ca.name(), parties().client.name());
    const Octets serial = scep::cms::encode_issuer_and_serial_number(parties().ca.name(), integer_content(4660));
    const Octets certificates = Laboratory::certificates({Laboratory::issued(parties().client)});
    add_data(cases.requests, "PKCSReq over an IssuerAndSubject",
             "The messageData is that of a CertPoll; RFC 8894, 3.2.2 wants it to match messageType, which is signed and it is not.",
             a_request(MessageType::PKCSReq), subject);
    add_data(cases.requests, "PKCSReq over a SignedData", "The messageData is that of a reply.", a_request(MessageType::PKCSReq),
             certificates);
    add_data(cases.requests, "RenewalReq over an IssuerAndSerialNumber", "The messageData is that of a GetCert.",
             a_request(MessageType::RenewalReq), serial);
    add_data(cases.requests, "CertPoll over a CertificationRequest",
             "The request itself is sent again under the type of polling; who looks at the data alone issues a certificate.",
             a_request(MessageType::CertPoll), csr(), Result::invalid, {"MessageDataMismatch", "SC001MessageType"});
    add_data(cases.requests, "CertPoll over an IssuerAndSerialNumber", "A serial number stands where a subject is due.",
             a_request(MessageType::CertPoll), serial);
    add_data(cases.requests, "GetCert over an IssuerAndSubject", "A subject stands where a serial number is due.",
             a_request(MessageType::GetCert), subject);
    add_data(cases.requests, "GetCert over a CertificationRequest", "A CertificationRequest stands in a message that needs no secret.",
             a_request(MessageType::GetCert), csr(), Result::invalid, {"MessageDataMismatch", "SC001MessageType"});
    add_data(cases.requests, "GetCRL over an IssuerAndSubject", "A subject stands where a serial number is due.",
             a_request(MessageType::GetCRL), subject);
    add_data(cases.replies, "SUCCESS over a bare certificate", "The certificate comes without the SignedData around it.", a_success(),
             Laboratory::issued(parties().client));
    add_data(cases.replies, "SUCCESS over a CertificationRequest", "The request comes back in place of a certificate.", a_success(), csr());
    add_data(cases.replies, "SUCCESS over an EnvelopedData", "The messageData is an envelope again.", a_success(), make_envelope({}));
    add_data(cases.requests, "PKCSReq over an empty SEQUENCE", "The messageData is 30 00.", a_request(MessageType::PKCSReq), sequence({}));
    add_data(cases.requests, "PKCSReq over text",
             "The messageData is no ASN.1: the padding and the key are right, and the failure has to be that of a wrong key.",
             a_request(MessageType::PKCSReq), text("not a request at all"), Result::invalid,
             {"MessageDataMismatch", "SC027KeyPaddingOracle"});
    add_data(cases.requests, "PKCSReq over nothing", "The envelope opens to no octets.", a_request(MessageType::PKCSReq), {},
             Result::invalid, {"MessageDataMismatch", "SC035EmptyPlaintext"});
    add_data(cases.requests, "PKCSReq with an octet after the messageData",
             "A zero octet follows the CertificationRequest within the envelope.", a_request(MessageType::PKCSReq), joined({csr(), {0}}),
             Result::acceptable, {"SC045HiddenData"});
    add_data(cases.requests, "PKCSReq over a cut CertificationRequest",
             "The CertificationRequest ends early, and its outermost length reaches beyond what was encrypted.",
             a_request(MessageType::PKCSReq), Octets(csr().begin(), csr().begin() + 100), Result::invalid, {"CmsTruncated"});
}

void recipients(const PkiCases& cases) {
    for (const bool request : {true, false}) {
        Cases& here = request ? cases.requests : cases.replies;
        const std::string kind = request ? "PKCSReq" : "SUCCESS";
        const auto base = [&] { return request ? a_request(MessageType::PKCSReq) : a_success(); };
        MessagePlan plan = base();
        plan.recipients = {certificate_of(signers().other)};
        add(here, kind + " for another recipient",
            "The envelope is for a key that is not ours; the failure is that of any other decryption.", Result::invalid, {"WrongKey"},
            plan);
        plan = base();
        plan.recipients.clear();
        plan.password = "secret";
        add(here, kind + " for a password alone", "The envelope has a recipient by password and none by key.", Result::invalid,
            {"WrongKey"}, plan);
        plan = base();
        plan.envelope = [](scep::cms::EnvelopedDataParts& parts) { parts.encrypted_content.back() ^= 1; };
        add(here, kind + ", last octet of the ciphertext flipped, signed",
            "The last block decrypts to rubbish, so that the padding breaks, and the signature over it all is good: a signer can ask as a "
            "padding oracle does, and must get the one answer.",
            Result::invalid, {"SC028PaddingOracle"}, plan);
        plan = base();
        plan.envelope = [](scep::cms::EnvelopedDataParts& parts) { parts.encrypted_content.resize(parts.encrypted_content.size() - 16); };
        add(here, kind + ", last block gone, signed", "The last block is gone and the padding with it, under a good signature.",
            Result::invalid, {"SC028PaddingOracle", "SC034CiphertextLength"}, plan);
        plan = base();
        plan.envelope = [](scep::cms::EnvelopedDataParts& parts) { parts.encrypted_content.push_back(0); };
        add(here, kind + ", an octet after the ciphertext, signed", "An octet follows the last block, under a good signature.",
            Result::invalid, {"SC034CiphertextLength"}, plan);
        plan = base();
        plan.envelope = [](scep::cms::EnvelopedDataParts& parts) {
            Field info = read_field(parts.recipient_infos[0]);
            info.inside.back().value[10] ^= 1;
            parts.recipient_infos[0] = write_field(info);
        };
        add(here, kind + ", a bit of encryptedKey flipped, signed", "The content key is lost, under a good signature.", Result::invalid,
            {"SC027KeyPaddingOracle"}, plan);
        Case& changed =
            here.add(kind + ", a bit of the ciphertext flipped",
                     "The ciphertext was changed on the way; the signature covers it, and has to be verified before anything is opened.",
                     Result::invalid, {"DigestMismatch", "SC028PaddingOracle"}, [&] {
                         Octets octets = make(base());
                         Field message = read_signed_data(octets);
                         Octets& content = at(message, "SignedData.encapContentInfo.eContent.value").value;
                         content[content.size() - 20] ^= 1;
                         return write_field(message);
                     });
        (void)changed;
    }
}

void signatures(const PkiCases& cases) {
    for (const bool request : {true, false}) {
        Cases& here = request ? cases.requests : cases.replies;
        const std::string kind = request ? "PKCSReq" : "SUCCESS";
        const auto base = [=] { return request ? a_request(MessageType::PKCSReq) : a_success(); };
        const auto changed = [&](std::string name, std::string comment, std::vector<std::string> flags,
                                 const std::function<void(Field&)>& change) -> Case& {
            return here.add(kind + ", " + std::move(name), std::move(comment), Result::invalid, std::move(flags), [&] {
                Field message = read_signed_data(make(base()));
                change(message);
                return write_field(message);
            });
        };
        changed("a bit of the signature flipped",
                "The signature is not the signer's; jscep once looked for exceptions alone and not at the outcome.",
                {"SignatureMismatch", "SC008ResultIgnored"}, [](Field& message) { at(message, of_signer("signature")).value[17] ^= 4; });
        changed("signed by another key", "The signature is by a key that is not the certificate's.",
                {"SignatureMismatch", "SC008ResultIgnored"}, [](Field& message) { sign_again(message, signers().other); });
        changed("no signer", "signerInfos is empty: the attributes are gone with the signature, and nothing says what this is.",
                {"NoSigner", "SC019NoSigner"}, [](Field& message) { at(message, "SignedData.signerInfos").inside.clear(); })
            .members["where"] = "SignedData.signerInfos";
        changed("two signers", "The SignerInfo stands twice; a SCEP message has one signer, and attributes of two may differ.",
                {"OneOfTwoSigners"},
                [](Field& message) {
                    auto& all = at(message, "SignedData.signerInfos").inside;
                    all.push_back(Field(all[0]));
                })
            .members["where"] = "SignedData.signerInfos";
        changed("no signedAttrs", "The attributes are gone and the signature is over the envelope itself: good CMS, and no SCEP message.",
                {"AttributeMissing", "SC015AttributesOrContent"},
                [request](Field& message) {
                    apply(message, of_signer("signedAttrs"), Change::left_out);
                    sign_again(message, request ? parties().client : parties().ca);
                })
            .members["where"] = of_signer("signedAttrs");
        changed("no certificates", "The signer's certificate is not inside, where RFC 8894, 2.3 wants the client's to be.",
                {"SC025SignerSelection"}, [](Field& message) { apply(message, "SignedData.certificates", Change::left_out); });
        changed("another's certificate", "The certificate inside is somebody else's.", {"SC025SignerSelection"},
                [](Field& message) { at(message, "SignedData.certificates").inside[0] = read_field(certificate_of(signers().other)); });
        for (const auto& [attribute, name] :
             {std::pair{scep::oids::messageType, "messageType"}, std::pair{scep::oids::transactionID, "transactionID"},
              std::pair{scep::oids::senderNonce, "senderNonce"}}) {
            changed(std::string(name) + " changed afterwards",
                    std::string("A bit of ") + name + " was flipped on the way: it is signed, and the signature says so.",
                    {"SignatureMismatch"}, [attribute = attribute](Field& message) {
                        at(message, attribute_path(message, attribute) + ".attrValues[0]").value.back() ^= 1;
                    });
        }
    }
    Cases& replies = cases.replies;
    replies.add("FAILURE, pkiStatus changed to SUCCESS", "pkiStatus was changed after the signature.", Result::invalid,
                {"SignatureMismatch"}, [] {
                    Field message = read_signed_data(make(a_failure()));
                    at(message, attribute_path(message, scep::oids::pkiStatus) + ".attrValues[0]").value = text("0");
                    return write_field(message);
                });
    for (const auto& [type, name] : {std::pair{scep::der::oid("1.2.840.113549.1.7.3"), "id-envelopedData"},
                                     std::pair{scep::der::oid("1.2.840.113549.1.7.1"), "id-data"},
                                     std::pair{scep::der::oid("1.2.840.113549.1.7.5"), "id-digestedData"}}) {
        cases.requests
            .add(std::string("the outer contentType is ") + name, "The outermost ContentInfo says that it is no SignedData.",
                 Result::invalid, {"UnexpectedContentType", "SC050ContentType"},
                 [type = type] {
                     Field message = read_signed_data(make(a_request(MessageType::PKCSReq)));
                     at(message, "ContentInfo.contentType").instead = encoded(type);
                     return write_field(message);
                 })
            .members["where"] = "ContentInfo.contentType";
    }
    cases.requests
        .add("the envelope without a signature", "The EnvelopedData comes alone, without the SignedData around it.", Result::invalid,
             {"UnexpectedContentType", "NoSigner"},
             [] {
                 Field message = read_signed_data(make(a_request(MessageType::PKCSReq)));
                 return content_of(message);
             })
        .members["where"] = "ContentInfo.contentType";
    cases.requests.add("base64 of the message", "The message is in base64, as a GET has it in its query.", Result::invalid, {"NotBinary"},
                       [] { return text(base64(make(a_request(MessageType::PKCSReq)))); });
    cases.requests.add("an empty message", "No octets at all.", Result::invalid, {"CmsTruncated"}, [] { return Octets{}; });
    const MessagePlan nested = a_request(MessageType::PKCSReq);
    for (const std::size_t depth : {100, 1000, 10000}) {
        cases.requests.add("nested " + std::to_string(depth) + " deep",
                           "SEQUENCEs of indefinite length stand in each other: a reader that calls itself for each runs out of stack.",
                           Result::invalid, {"SC040Nesting"}, [depth] {
                               Octets out;
                               for (std::size_t i = 0; i < depth; ++i) {
                                   out.insert(out.end(), {0x30, 0x80});
                               }
                               out.insert(out.end(), 2 * depth, 0);
                               return out;
                           });
        cases.requests.add(
            "parts nested " + std::to_string(depth) + " deep",
            "The eContent is constructed of a string that is constructed of a string, and so on, up to a limit that every reader needs.",
            depth < 64 ? Result::valid : Result::acceptable, {"SC040Nesting", "SC042Parts"}, [&] {
                Field message = read_signed_data(make(nested));
                Field& content = at(message, "SignedData.encapContentInfo.eContent.value");
                Octets out;
                for (std::size_t i = 0; i < depth; ++i) {
                    out.insert(out.end(), {0x24, 0x80});
                }
                const Octets inner = octet_string(content.value);
                out.insert(out.end(), inner.begin(), inner.end());
                out.insert(out.end(), 2 * depth, 0);
                content.instead = out;
                for (const char* path : {"SignedData.encapContentInfo.eContent", "SignedData.encapContentInfo", "SignedData",
                                         "ContentInfo.content", "ContentInfo"}) {
                    at(message, path).framing = Framing::indefinite;
                }
                return write_field(message);
            });
        reads(cases.requests.last(), nested);
    }
}

} // namespace

void pki_layers(const PkiCases& cases) {
    presence(cases);
    contents(cases);
    message_data(cases);
    recipients(cases);
    signatures(cases);
}

} // namespace sceplab::vectors
