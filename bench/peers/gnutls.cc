// GnuTLS reads and verifies PKCS#7 SignedData in DER; it opens no EnvelopedData.
#include "peers.h"

#include <gnutls/abstract.h>
#include <gnutls/pkcs7.h>

#include <cstring>
#include <memory>
#include <string_view>

namespace bench {

namespace {

void needed(int result) {
    if (result < 0) {
        give_up(std::string("GnuTLS: ") + gnutls_strerror(result));
    }
}

gnutls_datum_t datum(View octets) { return {const_cast<unsigned char*>(octets.data()), static_cast<unsigned>(octets.size())}; }
View view(const gnutls_datum_t& datum) { return {datum.data, datum.size}; }

// Memory that GnuTLS gave.
struct Datum {
    gnutls_datum_t value{nullptr, 0};
    Datum() = default;
    Datum(const Datum&) = delete;
    Datum& operator=(const Datum&) = delete;
    ~Datum() { gnutls_free(value.data); }
};

struct Pkcs7 {
    gnutls_pkcs7_t handle = nullptr;
    explicit Pkcs7(View octets) {
        needed(gnutls_pkcs7_init(&handle));
        const gnutls_datum_t der = datum(octets);
        needed(gnutls_pkcs7_import(handle, &der, GNUTLS_X509_FMT_DER));
    }
    Pkcs7(const Pkcs7&) = delete;
    Pkcs7& operator=(const Pkcs7&) = delete;
    ~Pkcs7() { gnutls_pkcs7_deinit(handle); }
};

struct Certificate {
    gnutls_x509_crt_t handle = nullptr;
    explicit Certificate(View octets) {
        needed(gnutls_x509_crt_init(&handle));
        const gnutls_datum_t der = datum(octets);
        needed(gnutls_x509_crt_import(handle, &der, GNUTLS_X509_FMT_DER));
    }
    Certificate(const Certificate&) = delete;
    Certificate& operator=(const Certificate&) = delete;
    ~Certificate() { gnutls_x509_crt_deinit(handle); }
};

struct SignatureInfo {
    gnutls_pkcs7_signature_info_st value{};
    explicit SignatureInfo(gnutls_pkcs7_t message) { needed(gnutls_pkcs7_get_signature_info(message, 0, &value)); }
    SignatureInfo(const SignatureInfo&) = delete;
    SignatureInfo& operator=(const SignatureInfo&) = delete;
    ~SignatureInfo() { gnutls_pkcs7_signature_info_deinit(&value); }
};

// An attribute comes as the DER of its value; all of SCEP's are short strings.
View inside(View der) { return der.size() >= 2 ? der.subspan(2) : der; }

void read_fields(gnutls_pkcs7_t message, bool has_content, Reading* reading) {
    const SignatureInfo info(message);
    Fields fields;
    Datum values[32];
    for (unsigned i = 0; i < 32; ++i) {
        char* oid = nullptr;
        if (gnutls_pkcs7_get_attr(info.value.signed_attrs, i, &oid, &values[i].value, 0) < 0) {
            break;
        }
        const View value = inside(view(values[i].value));
        constexpr std::string_view arc = "2.16.840.1.113733.1.9.";
        const std::string_view name(oid);
        if (name.starts_with(arc)) {
            View* field[] = {&fields.message_type, &fields.pki_status,      &fields.fail_info,
                             &fields.sender_nonce, &fields.recipient_nonce, &fields.transaction_id};
            *field[name[arc.size()] - '2'] = value;
        }
    }
    Datum certificate;
    needed(gnutls_pkcs7_get_crt_raw2(message, 0, &certificate.value));
    fields.signer_certificate = view(certificate.value);
    Datum content;
    if (has_content) {
        needed(gnutls_pkcs7_get_embedded_data(message, 0, &content.value));
        fields.content = view(content.value);
    }
    fields.tell(reading);
}

void verify(gnutls_pkcs7_t message, gnutls_x509_crt_t signer, Reading* reading) {
    tell_valid(reading, gnutls_pkcs7_verify_direct(message, signer, 0, nullptr, 0) >= 0);
}

void enter(Suite& suite, const Message& message) {
    const bool has_content = message.data.has_value();
    suite.contend("parse " + message.name, column::gnutls,
                  [&message, has_content](Reading* reading) { read_fields(Pkcs7(message.octets).handle, has_content, reading); });
    if (!message.opened_too()) {
        return;
    }
    suite.contend("verify " + message.name, column::gnutls, [&message](Reading* reading) {
        const Pkcs7 decoded(message.octets);
        Datum octets;
        needed(gnutls_pkcs7_get_crt_raw2(decoded.handle, 0, &octets.value));
        const Certificate signer(view(octets.value));
        verify(decoded.handle, signer.handle, reading);
        read_fields(decoded.handle, true, reading);
    });
    const auto held = std::make_shared<Certificate>(message.signer->certificate);
    suite.contend("verify " + message.name + ", held key", column::gnutls, [&message, held](Reading* reading) {
        const Pkcs7 decoded(message.octets);
        verify(decoded.handle, held->handle, reading);
        read_fields(decoded.handle, true, reading);
    });
}

} // namespace

void enter_gnutls(Suite& suite, const Messages& messages) {
    for (const auto* list : {&messages.each_type, &messages.twins}) {
        for (const Message& message : *list) {
            if (!message.in_ber()) {
                enter(suite, message);
            }
        }
    }
    for (std::size_t i = 0; i < messages.chains.size(); ++i) {
        const View octets = messages.certs_only[i];
        suite.contend("certificates-only, " + std::to_string(messages.chains[i].size()), column::gnutls, [octets](Reading* reading) {
            const Pkcs7 message(octets);
            const int count = gnutls_pkcs7_get_crt_count(message.handle);
            needed(count);
            std::vector<Datum> all(static_cast<std::size_t>(count));
            for (unsigned at = 0; at < all.size(); ++at) {
                needed(gnutls_pkcs7_get_crt_raw2(message.handle, at, &all[at].value));
            }
            tell(reading, "first", view(all.front().value));
            tell(reading, "last", view(all.back().value));
            tell(reading, "certificates", all.size());
        });
    }
    suite.contend("decode message= of a GET", column::gnutls, [&](Reading* reading) {
        const Octets text = unescaped(messages.get_message);
        const gnutls_datum_t in = datum(text);
        Datum out;
        needed(gnutls_base64_decode2(&in, &out.value));
        tell(reading, "message", view(out.value));
    });
}

} // namespace bench
