#include "owned.h"
#include "peers.h"

#include <nspr/prerror.h>
#include <nss/cert.h>
#include <nss/cms.h>
#include <nss/keyhi.h>
#include <nss/nss.h>
#include <nss/pk11pub.h>
#include <nss/secerr.h>
#include <nss/secoid.h>

#include <cstring>
#include <filesystem>
#include <memory>
#include <unistd.h>

namespace bench {

namespace {

[[noreturn]] void fail(const char* what) { give_up(std::string("NSS: ") + what + ": " + PR_ErrorToName(PR_GetError())); }
template <class T>
T* needed(T* object, const char* what) {
    if (object == nullptr) {
        fail(what);
    }
    return object;
}
void needed(SECStatus status, const char* what) {
    if (status != SECSuccess) {
        fail(what);
    }
}

using Message_ = Owned<NSSCMSMessage, NSS_CMSMessage_Destroy>;
using Certificate = Owned<CERTCertificate, CERT_DestroyCertificate>;

SECItem item(View octets) { return {siBuffer, const_cast<unsigned char*>(octets.data()), static_cast<unsigned>(octets.size())}; }
View view(const SECItem& from) { return {from.data, from.len}; }

Message_ decoded(View octets) {
    SECItem der = item(octets);
    return Message_(needed(NSS_CMSMessage_CreateFromDER(&der, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr), "message"));
}
NSSCMSSignedData* signed_data(const Message_& message) {
    return static_cast<NSSCMSSignedData*>(NSS_CMSContentInfo_GetContent(NSS_CMSMessage_GetContentInfo(message.get())));
}

// A database in a folder of its own: NSS finds recipients' keys nowhere else.
class Library {
public:
    Library() {
        std::string name = (std::filesystem::temp_directory_path() / "bench-nss-XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr) {
            give_up("no temporary folder");
        }
        m_folder = name;
        needed(NSS_InitReadWrite(("sql:" + name).c_str()), "start");
        m_slot = needed(PK11_GetInternalKeySlot(), "slot");
        needed(PK11_InitPin(m_slot, nullptr, ""), "pin");
    }
    ~Library() {
        PK11_FreeSlot(m_slot);
        NSS_Shutdown();
        std::filesystem::remove_all(m_folder);
    }
    Library(const Library&) = delete;
    Library& operator=(const Library&) = delete;

    void keep(const Identity& identity, const char* name) {
        SECItem key = item(identity.key_der);
        SECItem nickname = item(View(reinterpret_cast<const unsigned char*>(name), std::strlen(name)));
        SECItem certificate = item(identity.certificate);
        const Certificate made(needed(
            CERT_DecodeCertFromPackage(reinterpret_cast<char*>(certificate.data), static_cast<int>(certificate.len)), "certificate"));
        const Owned<SECKEYPublicKey, SECKEY_DestroyPublicKey> public_key(CERT_ExtractPublicKey(made.get()));
        needed(PK11_ImportDERPrivateKeyInfo(m_slot, &key, &nickname, &public_key->u.rsa.modulus, PR_TRUE, PR_TRUE,
                                            KU_KEY_ENCIPHERMENT | KU_DIGITAL_SIGNATURE, nullptr),
               "private key");
        needed(PK11_ImportCert(m_slot, made.get(), CK_INVALID_HANDLE, name, PR_FALSE), "certificate in the database");
    }

private:
    std::filesystem::path m_folder;
    PK11SlotInfo* m_slot = nullptr;
};

void read_fields(NSSCMSSignedData* data, Reading* reading) {
    static constexpr unsigned char arc[] = {0x60, 0x86, 0x48, 0x01, 0x86, 0xf8, 0x45, 0x01, 0x09};
    Fields fields;
    const NSSCMSSignerInfo* signer = data->signerInfos[0];
    for (NSSCMSAttribute** at = signer->authAttr; *at != nullptr; ++at) {
        const SECItem& type = (*at)->type;
        if (type.len == sizeof arc + 1 && std::memcmp(type.data, arc, sizeof arc) == 0) {
            View* field[] = {&fields.message_type, &fields.pki_status,      &fields.fail_info,
                             &fields.sender_nonce, &fields.recipient_nonce, &fields.transaction_id};
            // The DER of a short string.
            *field[type.data[sizeof arc] - 2] = view(*(*at)->values[0]).subspan(2);
        }
    }
    fields.signer_certificate = view(*data->rawCerts[0]);
    if (data->contentInfo.content.data != nullptr) {
        fields.content = view(*data->contentInfo.content.data);
    }
    fields.tell(reading);
}

// Takes the certificate over, as the signer does.
void verify(NSSCMSSignedData* data, CERTCertificate* certificate, Reading* reading) {
    NSSCMSSignerInfo* signer = data->signerInfos[0];
    signer->cert = certificate;
    tell_valid(reading, NSS_CMSSignerInfo_Verify(signer, data->digests[0], &data->contentInfo.contentTypeTag->oid) == SECSuccess);
}

CERTCertificate* certificate_of(View octets) {
    SECItem der = item(octets);
    return needed(CERT_DecodeCertFromPackage(reinterpret_cast<char*>(der.data), static_cast<int>(der.len)), "certificate");
}

void enter(Suite& suite, const Message& message) {
    suite.contend("parse " + message.name, column::nss, [&message](Reading* reading) {
        const Message_ parsed = decoded(message.octets);
        read_fields(signed_data(parsed), reading);
    });
    if (!message.opened_too()) {
        return;
    }
    suite.contend("verify " + message.name, column::nss, [&message](Reading* reading) {
        const Message_ parsed = decoded(message.octets);
        NSSCMSSignedData* data = signed_data(parsed);
        verify(data, certificate_of(view(*data->rawCerts[0])), reading);
        read_fields(data, reading);
    });
    const std::shared_ptr<CERTCertificate> held(certificate_of(message.signer->certificate), CERT_DestroyCertificate);
    suite.contend("verify " + message.name + ", held key", column::nss, [&message, held](Reading* reading) {
        const Message_ parsed = decoded(message.octets);
        NSSCMSSignedData* data = signed_data(parsed);
        verify(data, CERT_DupCertificate(held.get()), reading);
        read_fields(data, reading);
    });
    suite.contend("open " + message.name, column::nss, [&message, held](Reading* reading) {
        const Message_ parsed = decoded(message.octets);
        NSSCMSSignedData* data = signed_data(parsed);
        verify(data, CERT_DupCertificate(held.get()), reading);
        read_fields(data, reading);
        const Message_ envelope = decoded(view(*data->contentInfo.content.data));
        tell(reading, "messageData", view(*needed(NSS_CMSMessage_GetContent(envelope.get()), "decryption")));
    });
}

} // namespace

void enter_nss(Suite& suite, const Messages& messages) {
    static Library library;
    library.keep(messages.authority, "authority");
    library.keep(messages.client, "client");
    for (const auto* list : {&messages.each_type, &messages.twins}) {
        for (const Message& message : *list) {
            enter(suite, message);
        }
    }
    for (std::size_t i = 0; i < messages.chains.size(); ++i) {
        const View octets = messages.certs_only[i];
        suite.contend("certificates-only, " + std::to_string(messages.chains[i].size()), column::nss, [octets](Reading* reading) {
            const Message_ message = decoded(octets);
            SECItem** certificates = signed_data(message)->rawCerts;
            std::size_t count = 0;
            while (certificates[count] != nullptr) {
                ++count;
            }
            tell(reading, "first", view(*certificates[0]));
            tell(reading, "last", view(*certificates[count - 1]));
            tell(reading, "certificates", count);
        });
    }
}

} // namespace bench
