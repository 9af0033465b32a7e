#include "openssl.h"

namespace bench {

using namespace openssl;

namespace {

View attribute(const CMS_SignerInfo* signer, int nid) {
    const int index = CMS_signed_get_attr_by_NID(signer, nid, -1);
    if (index < 0) {
        return {};
    }
    const ASN1_TYPE* value = X509_ATTRIBUTE_get0_type(CMS_signed_get_attr(signer, index), 0);
    return view(value->value.asn1_string);
}

void read_fields(CMS_ContentInfo* message, Reading* reading, bool with_content = true) {
    const CMS_SignerInfo* signer = sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(message), 0);
    const Certificates certificates(needed(CMS_get1_certs(message)));
    const Octets certificate = octets_if(reading, sk_X509_value(certificates.get(), 0));
    ASN1_OCTET_STRING** content = CMS_get0_content(message);
    Fields{.message_type = attribute(signer, nids().message_type),
           .pki_status = attribute(signer, nids().pki_status),
           .fail_info = attribute(signer, nids().fail_info),
           .transaction_id = attribute(signer, nids().transaction_id),
           .sender_nonce = attribute(signer, nids().sender_nonce),
           .recipient_nonce = attribute(signer, nids().recipient_nonce),
           .signer_certificate = certificate,
           .content = with_content && content != nullptr && *content != nullptr ? view(*content) : View()}
        .tell(reading);
}

struct Held {
    HeldIdentity signer;
    HeldIdentity recipient;
    Certificates signers;

    explicit Held(const Message& message)
        : signer(*message.signer), recipient(*message.recipient), signers(openssl::needed(sk_X509_new_null())) {
        X509_up_ref(signer.certificate.get());
        sk_X509_push(signers.get(), signer.certificate.get());
    }
};

void verify(CMS_ContentInfo* message, STACK_OF(X509) * signers, Reading* reading) {
    // An absent eContent is no octets.
    const Bio nothing = memory_of({});
    ASN1_OCTET_STRING** content = CMS_get0_content(message);
    const bool absent = content == nullptr || *content == nullptr;
    const unsigned flags = CMS_BINARY | CMS_NO_SIGNER_CERT_VERIFY | (signers != nullptr ? CMS_NOINTERN : 0U);
    tell_valid(reading, CMS_verify(message, signers, nullptr, absent ? nothing.get() : nullptr, nullptr, flags) == 1);
}

Bio decrypted(CMS_ContentInfo* message, const HeldIdentity& recipient) {
    const Cms envelope(decoded<d2i_CMS_ContentInfo>(view(*CMS_get0_content(message))));
    Bio out(openssl::needed(BIO_new(BIO_s_mem())));
    openssl::needed(CMS_decrypt(envelope.get(), recipient.key.get(), recipient.certificate.get(), nullptr, out.get(), CMS_BINARY));
    return out;
}

Octets built(const Message& message, const Held& held) {
    Bio content = memory_of({});
    Octets envelope;
    if (message.data) {
        const Bio data = memory_of(*message.data);
        const Certificates recipients(openssl::needed(sk_X509_new_null()));
        X509_up_ref(held.recipient.certificate.get());
        sk_X509_push(recipients.get(), held.recipient.certificate.get());
        const Cms enveloped(openssl::needed(CMS_encrypt(recipients.get(), data.get(), cipher_of(message), CMS_BINARY)));
        envelope = encoded<i2d_CMS_ContentInfo>(enveloped.get());
        content = memory_of(envelope);
    }
    const unsigned flags = CMS_BINARY | CMS_NOSMIMECAP | (message.data ? 0U : CMS_DETACHED);
    const Cms out(openssl::needed(CMS_sign(nullptr, nullptr, nullptr, nullptr, flags | CMS_PARTIAL)));
    CMS_SignerInfo* signer =
        openssl::needed(CMS_add1_signer(out.get(), held.signer.certificate.get(), held.signer.key.get(), EVP_sha256(), flags));
    add_attributes(message, [&](int nid, int type, View value) {
        openssl::needed(CMS_signed_add1_attr_by_NID(signer, nid, type, value.data(), static_cast<int>(value.size())));
    });
    openssl::needed(CMS_final(out.get(), content.get(), nullptr, flags));
    return encoded<i2d_CMS_ContentInfo>(out.get());
}

void enter_opening(Suite& suite, const Message& message, const std::shared_ptr<Held>& held) {
    suite.contend("verify " + message.name, column::openssl_cms, [&message](Reading* reading) {
        const Cms decoded_message(decoded<d2i_CMS_ContentInfo>(message.octets));
        verify(decoded_message.get(), nullptr, reading);
        read_fields(decoded_message.get(), reading);
    });
    suite.contend("verify " + message.name + ", held key", column::openssl_cms, [&message, held](Reading* reading) {
        const Cms decoded_message(decoded<d2i_CMS_ContentInfo>(message.octets));
        verify(decoded_message.get(), held->signers.get(), reading);
        read_fields(decoded_message.get(), reading);
    });
    suite.contend("open " + message.name, column::openssl_cms, [&message, held](Reading* reading) {
        const Cms decoded_message(decoded<d2i_CMS_ContentInfo>(message.octets));
        verify(decoded_message.get(), held->signers.get(), reading);
        read_fields(decoded_message.get(), reading);
        read_inner(message, memory(decrypted(decoded_message.get(), held->recipient).get()), reading);
    });
}

// The octets of the first CRL in a certificates-only message, found by its headers.
View raw_crl(View data) {
    const unsigned char* at = data.data();
    const unsigned char* end = at + data.size();
    long length = 0;
    int tag = 0;
    int tag_class = 0;
    const auto enter = [&] { return (ASN1_get_object(&at, &length, &tag, &tag_class, end - at) & 0x80) == 0; };
    const auto step_over = [&] { return enter() && (at += length, true); };
    // ContentInfo, contentType, [0], SignedData, version, digestAlgorithms, encapContentInfo, crls [1], the CRL
    if (!(enter() && step_over() && enter() && enter() && step_over() && step_over() && step_over() && enter())) {
        fail();
    }
    const unsigned char* start = at;
    if (!enter()) {
        fail();
    }
    return {start, at + length};
}

void enter_bulk(Suite& suite, const Message& message, bool last, const std::shared_ptr<Held>& held) {
    const auto open = [&message, held](Reading* reading, bool entries) {
        const Cms decoded_message(decoded<d2i_CMS_ContentInfo>(message.octets));
        verify(decoded_message.get(), held->signers.get(), reading);
        read_fields(decoded_message.get(), reading);
        const Bio data = decrypted(decoded_message.get(), held->recipient);
        tell(reading, "messageData", memory(data.get()));
        if (!entries) {
            tell(reading, "CRL", raw_crl(memory(data.get())));
            return;
        }
        const Cms certs_only(decoded<d2i_CMS_ContentInfo>(memory(data.get())));
        STACK_OF(X509_CRL)* crls = openssl::needed(CMS_get1_crls(certs_only.get()));
        X509_CRL* crl = sk_X509_CRL_value(crls, 0);
        tell(reading, "revoked", static_cast<std::size_t>(sk_X509_REVOKED_num(X509_CRL_get_REVOKED(crl))));
        sk_X509_CRL_pop_free(crls, X509_CRL_free);
    };
    const std::string name = "open CertRep, CRL of " + message.name;
    suite.contend(name, column::openssl_cms, [open](Reading* reading) { open(reading, false); });
    if (last) {
        suite.contend(name + ", entries read", column::openssl_cms, [open](Reading* reading) { open(reading, true); });
        suite.contend("parse CertRep, CRL of " + message.name, column::openssl_cms,
                      [&message](Reading* reading) { read_fields(Cms(decoded<d2i_CMS_ContentInfo>(message.octets)).get(), reading); });
    }
}

void enter_certs_only(Suite& suite, View octets, std::size_t count) {
    suite.contend("certificates-only, " + std::to_string(count), column::openssl_cms, [octets](Reading* reading) {
        const Cms message(decoded<d2i_CMS_ContentInfo>(octets));
        const Certificates certificates(openssl::needed(CMS_get1_certs(message.get())));
        const int found = sk_X509_num(certificates.get());
        tell(reading, "first", View(octets_if(reading, sk_X509_value(certificates.get(), 0))));
        tell(reading, "last", View(octets_if(reading, sk_X509_value(certificates.get(), found - 1))));
        tell(reading, "certificates", static_cast<std::size_t>(found));
    });
}

std::size_t count_headers(const unsigned char* at, const unsigned char* end) {
    std::size_t count = 0;
    while (at < end) {
        long length = 0;
        int tag = 0;
        int tag_class = 0;
        const int form = ASN1_get_object(&at, &length, &tag, &tag_class, end - at);
        if ((form & 0x80) != 0) {
            fail();
        }
        count += (form & V_ASN1_CONSTRUCTED) != 0 ? 1 + count_headers(at, at + length) : 1;
        at += length;
    }
    return count;
}

} // namespace

void read_built(View octets, const Message& made_of, Reading& reading) {
    const Held held(made_of);
    const Cms message(decoded<d2i_CMS_ContentInfo>(octets));
    verify(message.get(), nullptr, &reading);
    read_fields(message.get(), &reading, false); // the content is new in each message: what is inside is compared
    if (made_of.data) {
        reading.put("messageData", memory(decrypted(message.get(), held.recipient).get()));
    }
}

void enter_openssl_cms(Suite& suite, const Messages& messages) {
    const Message& request = messages.each_type.front();
    suite.contend("read every TLV of a PKCSReq", column::openssl_cms, [&](Reading* reading) {
        tell(reading, "TLVs", count_headers(request.octets.data(), request.octets.data() + request.octets.size()));
    });
    suite.contend("write a Name", column::openssl_cms, [](Reading* reading) {
        const Owned<X509_NAME, X509_NAME_free> name(openssl::needed(X509_NAME_new()));
        const auto add = [&](int nid, int type, const char* text) {
            X509_NAME_add_entry_by_NID(name.get(), nid, type, reinterpret_cast<const unsigned char*>(text), -1, -1, 0);
        };
        add(NID_countryName, V_ASN1_PRINTABLESTRING, "DE");
        add(NID_organizationName, V_ASN1_UTF8STRING, "Example");
        add(NID_commonName, V_ASN1_UTF8STRING, "client");
        tell(reading, "Name", View(encoded<i2d_X509_NAME>(name.get())));
    });
    suite.contend("normalise a BER PKCSReq", column::openssl_cms, [&](Reading* reading) {
        const Cms message(decoded<d2i_CMS_ContentInfo>(messages.ber_request));
        tell(reading, "DER", View(encoded<i2d_CMS_ContentInfo>(message.get())));
    });
    for (const auto* list : {&messages.each_type, &messages.twins}) {
        for (const Message& message : *list) {
            const auto held = std::make_shared<Held>(message);
            suite.contend("parse " + message.name, column::openssl_cms,
                          [&message](Reading* reading) { read_fields(Cms(decoded<d2i_CMS_ContentInfo>(message.octets)).get(), reading); });
            if (message.opened_too()) {
                enter_opening(suite, message, held);
            }
            if (list == &messages.each_type) {
                suite.contend("build " + message.name, column::openssl_cms, [&message, held](Reading* reading) {
                    const Octets octets = built(message, *held);
                    benchmark::DoNotOptimize(octets.data());
                    if (reading != nullptr) {
                        read_built(octets, message, *reading);
                    }
                });
            }
        }
    }
    const std::shared_ptr<CMS_ContentInfo> parsed(decoded<d2i_CMS_ContentInfo>(request.octets), CMS_ContentInfo_free);
    suite.contend("structure of a PKCSReq", column::openssl_cms,
                  [parsed](Reading* reading) { tell(reading, "message", View(encoded<i2d_CMS_ContentInfo>(parsed.get()))); });
    for (std::size_t i = 0; i < messages.chains.size(); ++i) {
        enter_certs_only(suite, messages.certs_only[i], messages.chains[i].size());
    }
    for (const Message& message : messages.bulk) {
        enter_bulk(suite, message, &message == &messages.bulk.back(), std::make_shared<Held>(message));
    }
    suite.contend("decode message= of a GET", column::openssl_cms, [&](Reading* reading) {
        const Octets text = unescaped(messages.get_message);
        Octets out(text.size());
        const int size = EVP_DecodeBlock(out.data(), text.data(), static_cast<int>(text.size()));
        const auto padding =
            static_cast<std::size_t>(text[text.size() - 1] == '=') + static_cast<std::size_t>(text[text.size() - 2] == '=');
        tell(reading, "message", View(out).first(static_cast<std::size_t>(size) - padding));
    });
}

} // namespace bench
