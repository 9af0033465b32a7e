// Botan has no CMS: a walk with its BER_Decoder, as programs write it, and its X509_Certificate for the certificate.
#include "peers.h"

#include <botan/base64.h>
#include <botan/ber_dec.h>
#include <botan/data_src.h>
#include <botan/der_enc.h>
#include <botan/pkix_types.h>
#include <botan/x509cert.h>

#include <string>

namespace bench {

namespace {

using Botan::ASN1_Class;
using Botan::ASN1_Type;
using Botan::BER_Decoder;
using Botan::OID;

struct Parsed {
    std::string message_type, pki_status, fail_info, transaction_id;
    Octets sender_nonce, recipient_nonce, certificate, content;
};

struct Names {
    OID message_type{"2.16.840.1.113733.1.9.2"}, pki_status{"2.16.840.1.113733.1.9.3"}, fail_info{"2.16.840.1.113733.1.9.4"},
        sender_nonce{"2.16.840.1.113733.1.9.5"}, recipient_nonce{"2.16.840.1.113733.1.9.6"}, transaction_id{"2.16.840.1.113733.1.9.7"};
};

std::string text(BER_Decoder& values) {
    Botan::ASN1_String out;
    values.decode(out);
    return out.value();
}

// certificates: whole octets, header and value, as they stand.
Octets raw(const Botan::BER_Object& object) {
    Octets out;
    Botan::DER_Encoder(out).add_object(object.type_tag(), object.class_tag(), object.bits(), object.length());
    return out;
}

Parsed parse(View octets) {
    static const Names names;
    Parsed out;
    BER_Decoder outer(octets.data(), octets.size());
    BER_Decoder content_info = outer.start_sequence();
    OID type;
    content_info.decode(type);
    BER_Decoder explicit_content = content_info.start_context_specific(0);
    BER_Decoder signed_data = explicit_content.start_sequence();
    std::size_t version = 0;
    signed_data.decode(version);
    BER_Decoder digest_algorithms = signed_data.start_set();
    while (digest_algorithms.more_items()) {
        Botan::AlgorithmIdentifier algorithm;
        digest_algorithms.decode(algorithm);
    }
    BER_Decoder encapsulated = signed_data.start_sequence();
    encapsulated.decode(type);
    if (encapsulated.more_items()) {
        BER_Decoder explicit_octets = encapsulated.start_context_specific(0);
        explicit_octets.decode(out.content, ASN1_Type::OctetString);
    }
    BER_Decoder certificates = signed_data.start_context_specific(0);
    while (certificates.more_items()) {
        out.certificate = raw(certificates.get_next_object());
    }
    BER_Decoder signers = signed_data.start_set();
    BER_Decoder signer = signers.start_sequence();
    signer.decode(version);
    benchmark::DoNotOptimize(signer.get_next_object()); // sid
    Botan::AlgorithmIdentifier algorithm;
    signer.decode(algorithm);
    BER_Decoder attributes = signer.start_context_specific(0);
    while (attributes.more_items()) {
        BER_Decoder attribute = attributes.start_sequence();
        attribute.decode(type);
        BER_Decoder values = attribute.start_set();
        if (type == names.message_type) {
            out.message_type = text(values);
        } else if (type == names.pki_status) {
            out.pki_status = text(values);
        } else if (type == names.fail_info) {
            out.fail_info = text(values);
        } else if (type == names.transaction_id) {
            out.transaction_id = text(values);
        } else if (type == names.sender_nonce) {
            values.decode(out.sender_nonce, ASN1_Type::OctetString);
        } else if (type == names.recipient_nonce) {
            values.decode(out.recipient_nonce, ASN1_Type::OctetString);
        } else {
            values.discard_remaining();
        }
    }
    signer.decode(algorithm);
    Octets signature;
    signer.decode(signature, ASN1_Type::OctetString);
    return out;
}

View view(const std::string& from) { return {reinterpret_cast<const std::uint8_t*>(from.data()), from.size()}; }

void tell_fields(const Parsed& parsed, View certificate, Reading* reading) {
    Fields{.message_type = view(parsed.message_type),
           .pki_status = view(parsed.pki_status),
           .fail_info = view(parsed.fail_info),
           .transaction_id = view(parsed.transaction_id),
           .sender_nonce = parsed.sender_nonce,
           .recipient_nonce = parsed.recipient_nonce,
           .signer_certificate = certificate,
           .content = parsed.content}
        .tell(reading);
}

std::size_t count(BER_Decoder& decoder) {
    std::size_t found = 0;
    while (decoder.more_items()) {
        const Botan::BER_Object object = decoder.get_next_object();
        ++found;
        if (Botan::intersects(object.get_class(), ASN1_Class::Constructed)) {
            BER_Decoder inside(object);
            found += count(inside);
        }
    }
    return found;
}

void enter_certs_only(Suite& suite, View octets, std::size_t expected, bool decoded) {
    suite.contend("certificates-only, " + std::to_string(expected), decoded ? column::botan_x509 : column::botan_ber,
                  [octets, decoded](Reading* reading) {
                      BER_Decoder outer(octets.data(), octets.size());
                      BER_Decoder content_info = outer.start_sequence();
                      OID type;
                      content_info.decode(type);
                      BER_Decoder explicit_content = content_info.start_context_specific(0);
                      BER_Decoder signed_data = explicit_content.start_sequence();
                      std::size_t version = 0;
                      signed_data.decode(version);
                      benchmark::DoNotOptimize(signed_data.get_next_object()); // digestAlgorithms
                      benchmark::DoNotOptimize(signed_data.get_next_object()); // encapContentInfo
                      BER_Decoder certificates = signed_data.start_context_specific(0);
                      std::vector<Octets> all;
                      std::vector<Botan::X509_Certificate> parsed;
                      while (certificates.more_items()) {
                          all.push_back(raw(certificates.get_next_object()));
                          if (decoded) {
                              parsed.emplace_back(all.back());
                          }
                      }
                      tell(reading, "first", View(all.front()));
                      tell(reading, "last", View(all.back()));
                      tell(reading, "certificates", all.size());
                  });
}

} // namespace

void enter_botan(Suite& suite, const Messages& messages) {
    const Message& request = messages.each_type.front();
    suite.contend("read every TLV of a PKCSReq", column::botan_ber, [&](Reading* reading) {
        BER_Decoder decoder(request.octets.data(), request.octets.size());
        tell(reading, "TLVs", count(decoder));
    });
    suite.contend("write a Name", column::botan_ber, [](Reading* reading) {
        Octets out;
        Botan::DER_Encoder encoder(out);
        const auto add = [&](const char* type, const char* value, ASN1_Type string) {
            encoder.start_set().start_sequence().encode(OID(type)).encode(Botan::ASN1_String(value, string)).end_cons().end_cons();
        };
        encoder.start_sequence();
        add("2.5.4.6", "DE", ASN1_Type::PrintableString);
        add("2.5.4.10", "Example", ASN1_Type::Utf8String);
        add("2.5.4.3", "client", ASN1_Type::Utf8String);
        encoder.end_cons();
        tell(reading, "Name", View(out));
    });
    for (const Message& message : messages.each_type) {
        suite.contend("parse " + message.name, column::botan_ber, [&message](Reading* reading) {
            const Parsed parsed = parse(message.octets);
            tell_fields(parsed, parsed.certificate, reading);
        });
        suite.contend("parse " + message.name, column::botan_x509, [&message](Reading* reading) {
            const Parsed parsed = parse(message.octets);
            const Botan::X509_Certificate certificate(parsed.certificate);
            tell_fields(parsed, reading == nullptr ? View() : View(certificate.BER_encode()), reading);
        });
    }
    for (std::size_t i = 0; i < messages.chains.size(); ++i) {
        enter_certs_only(suite, messages.certs_only[i], messages.chains[i].size(), false);
        enter_certs_only(suite, messages.certs_only[i], messages.chains[i].size(), true);
    }
    suite.contend("decode message= of a GET", column::botan_ber, [&](Reading* reading) {
        const Octets text_octets = unescaped(messages.get_message);
        const auto octets = Botan::base64_decode(std::string_view(reinterpret_cast<const char*>(text_octets.data()), text_octets.size()));
        tell(reading, "message", View(octets));
    });
}

} // namespace bench
