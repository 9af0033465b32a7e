#include "cases.h"

#include <scepcodec/x509/certificate.h>

namespace bench {

void add_cases(Suite& suite, const Messages& messages) {
    const Message& request = messages.each_type.front();
    suite.add({.name = "read every TLV of a PKCSReq",
               .what = "each header of the message, from the outermost to the last of the certificate; values are not looked into",
               .octets = request.octets.size(),
               .reference = {}});
    suite.cases().back().reference.put("TLVs", count_tlvs(request.octets));
    suite.add({.name = "write a Name",
               .what = "a Name of three attributes",
               .octets = request.inner_subject.size(),
               .reference = {{"Name", request.inner_subject}}});
    suite.add({.name = "normalise a BER PKCSReq",
               .what = "indefinite lengths and an OCTET STRING in parts become DER",
               .octets = messages.ber_request.size(),
               .reference = {{"DER", request.octets}}});
    for (const auto* list : {&messages.each_type, &messages.twins}) {
        for (const Message& message : *list) {
            suite.add({.name = "parse " + message.name,
                       .what = "to messageType, status, transactionID, nonces, signer certificate and encapsulated content",
                       .octets = message.octets.size(),
                       .reference = message.parsed()});
        }
    }
    const auto add_whole = [&](const Message& message) {
        suite.add({.name = "verify " + message.name,
                   .what = "parse, and verify with the key of the certificate in the message",
                   .octets = message.octets.size(),
                   .reference = message.verified()});
        suite.add({.name = "verify " + message.name + ", held key",
                   .what = "parse, and verify with a key that is held",
                   .octets = message.octets.size(),
                   .reference = message.verified()});
        suite.add({.name = "open " + message.name,
                   .what = "parse, verify, decrypt and read what is inside, with held keys",
                   .octets = message.octets.size(),
                   .reference = message.opened()});
    };
    for (const Message& message : messages.each_type) {
        if (message.opened_too()) {
            add_whole(message);
        }
    }
    for (const Message& message : messages.twins) {
        add_whole(message);
    }
    for (const Message& message : messages.each_type) {
        suite.add({.name = "build " + message.name,
                   .what = "encrypt and sign, with held keys",
                   .octets = message.octets.size(),
                   .reference = message.built()});
    }
    suite.add({.name = "structure of a PKCSReq",
               .what = "the message written, and the signedAttrs for signing, without cryptography",
               .octets = request.octets.size(),
               .reference = {{"message", request.octets}}});
    for (std::size_t i = 0; i < messages.chains.size(); ++i) {
        const auto& chain = messages.chains[i];
        Case one{.name = "certificates-only, " + std::to_string(chain.size()),
                 .what = "to the octets of each certificate",
                 .octets = messages.certs_only[i].size(),
                 .reference = {{"first", chain.front()}, {"last", chain.back()}}};
        one.reference.put("certificates", chain.size());
        suite.add(std::move(one));
    }
    Case checked{.name = "certificates-only, 100, every TLV",
                 .what = "the same, and the framing of every TLV is checked",
                 .octets = messages.certs_only.back().size(),
                 .reference = {{"first", messages.chains.back().front()}, {"last", messages.chains.back().back()}}};
    checked.reference.put("certificates", messages.chains.back().size());
    checked.reference.put("TLVs", count_tlvs(messages.certs_only.back()));
    suite.add(std::move(checked));
    for (std::size_t i = 0; i < messages.bulk.size(); ++i) {
        const Message& message = messages.bulk[i];
        Reading opened = message.opened();
        opened.put("CRL", messages.lists[i].octets);
        opened.put("TLVs", count_tlvs(*message.data));
        suite.add({.name = "open CertRep, CRL of " + message.name,
                   .what = "verify, decrypt, and check the framing of every TLV; OpenSSL leaves the CRL raw",
                   .octets = message.octets.size(),
                   .reference = opened});
    }
    const Message& longest = messages.bulk.back();
    Reading entries = longest.opened();
    entries.put("CRL", messages.lists.back().octets);
    entries.put("TLVs", count_tlvs(*longest.data));
    entries.put("revoked", messages.lists.back().revoked);
    suite.add({.name = "open CertRep, CRL of " + longest.name + ", entries read",
               .what = "the same, and each entry of the CRL is decoded",
               .octets = longest.octets.size(),
               .reference = entries});
    suite.add({.name = "parse CertRep, CRL of " + longest.name,
               .what = "as parse above",
               .octets = longest.octets.size(),
               .reference = longest.parsed()});
    suite.add({.name = "decode message= of a GET",
               .what = "percent escapes and base64 to the octets of a PKCSReq",
               .octets = messages.get_message.size(),
               .reference = {{"message", request.octets}}});
}

} // namespace bench
