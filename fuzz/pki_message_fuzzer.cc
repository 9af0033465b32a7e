// Decodes any octets as a pkiMessage, strictly and with BER allowed, and walks whatever comes of it.
#include <scepcodec/ber/normalise.h>
#include <scepcodec/scep/certs_only.h>
#include <scepcodec/scep/pki_message.h>

#include <cstdlib>
#include <variant>

namespace {

using namespace scep;

void demand(bool holds) {
    if (!holds) {
        std::abort();
    }
}

// All views and error locations must lie inside their source.
class Walk {
public:
    explicit Walk(Sources& sources) : m_sources(sources) {}

    void within(Location where) {
        demand(where.source < m_sources.size());
        const std::uint64_t size = m_sources[where.source].octets.size();
        demand(where.offset <= size && where.length <= size - where.offset);
        const Location captured = m_sources.in_capture(where);
        const std::uint64_t captured_size = m_sources[captured.source].octets.size();
        demand(captured.offset <= captured_size && captured.length <= captured_size - captured.offset);
    }
    void within(der::Input view) {
        if (view.data() != nullptr) {
            within(view.location());
        }
    }
    template <class T>
    bool decoded(const Result<T>& result) {
        if (!result) {
            within(result.error().where);
            demand(!result.error().to_string().empty());
        }
        return result.has_value();
    }

    void message(const Result<PkiMessage>& message) {
        if (!decoded(message)) {
            return;
        }
        signed_data(message->signed_data);
        for (const auto* slot : {&message->attributes.message_type_slot, &message->attributes.sender_nonce, &message->attributes.transaction_id}) {
            demand(slot->values == 0 || slot->present());
        }
        if (const auto envelope = message->pkcs_pki_envelope()) {
            within(*envelope);
            enveloped_data(cms::EnvelopedData::decode_content_info(*envelope));
            if (const auto normalised = ber::normalise(*envelope, m_sources); decoded(normalised)) {
                enveloped_data(cms::EnvelopedData::decode_content_info(normalised->der));
            }
        }
    }
    void certs_only(const Result<CertsOnly>& answer) {
        if (!decoded(answer)) {
            return;
        }
        demand(answer->signed_data.has_value() != answer->certificate.has_value());
        if (answer->signed_data) {
            signed_data(*answer->signed_data);
        } else {
            certificate(*answer->certificate);
        }
    }

private:
    void signed_data(const cms::SignedData& data) {
        demand(data.computed_version() >= 0);
        if (data.encap_content_info.e_content) {
            octet_string(*data.encap_content_info.e_content);
        }
        if (data.certificates) {
            for (const auto& choice : *data.certificates) {
                if (decoded(choice)) {
                    const auto decoded_certificate = choice->certificate();
                    if (decoded(decoded_certificate)) {
                        certificate(*decoded_certificate);
                    }
                }
            }
        }
        if (data.crls) {
            for (const auto& choice : *data.crls) {
                if (decoded(choice)) {
                    certificate_list(choice->certificate_list());
                }
            }
        }
        for (const auto& signer : data.signer_infos) {
            if (decoded(signer)) {
                within(signer->signature);
                attributes(signer->signed_attrs);
                attributes(signer->unsigned_attrs);
            }
        }
    }
    void attributes(const std::optional<x509::Attributes>& attributes) {
        if (!attributes) {
            return;
        }
        std::uint32_t count = 0;
        for (const auto& attribute : *attributes) {
            ++count;
            if (!decoded(attribute)) {
                continue;
            }
            within(attribute->whole);
            demand(!attribute->type.to_string().empty());
            for (const auto& value : attribute->values) {
                if (decoded(value)) {
                    within(value->element.whole());
                    static_cast<void>(der::display_text(value->element));
                }
            }
        }
        demand(count == attributes->size());
    }
    void extensions(const std::optional<x509::Extensions>& extensions) {
        if (extensions) {
            for (const auto& extension : *extensions) {
                if (decoded(extension)) {
                    within(extension->extn_value);
                }
            }
        }
    }
    void certificate(const x509::Certificate& certificate) {
        within(certificate.tbs_certificate);
        within(certificate.signature_value.octets);
        static_cast<void>(certificate.issuer.to_string());
        static_cast<void>(certificate.subject.to_string());
        within(certificate.subject_key_identifier().value_or(der::Input()));
        within(certificate.key_usage().value_or(der::BitString()).octets);
        static_cast<void>(certificate.basic_constraints_ca());
        demand(x509::match(certificate.subject, certificate.subject) == x509::NameMatch::same_octets);
        extensions(certificate.extensions);
    }
    void certificate_list(const Result<x509::CertificateList>& list) {
        if (!decoded(list)) {
            return;
        }
        extensions(list->crl_extensions);
        if (list->revoked_certificates) {
            if (const auto entries = list->revoked_certificates->list(); decoded(entries)) {
                for (const auto& entry : *entries) {
                    if (decoded(entry)) {
                        extensions(entry->crl_entry_extensions);
                    }
                }
            }
        }
    }
    void octet_string(const cms::OctetString& string) {
        std::uint64_t size = 0;
        for (const der::Input part : string) {
            within(part);
            size += part.size();
        }
        demand(size == string.size());
    }
    void enveloped_data(const Result<cms::EnvelopedData>& data) {
        if (!decoded(data)) {
            return;
        }
        demand(data->computed_version() >= 0);
        if (data->encrypted_content_info.encrypted_content) {
            octet_string(*data->encrypted_content_info.encrypted_content);
        }
        attributes(data->unprotected_attrs);
        for (const auto& recipient : data->recipient_infos) {
            if (!decoded(recipient)) {
                continue;
            }
            within(recipient->whole);
            if (const auto* agreed = std::get_if<cms::KeyAgreeRecipientInfo>(&recipient->choice)) {
                for (const auto& key : agreed->recipient_encrypted_keys) {
                    decoded(key);
                }
            }
        }
    }

    Sources& m_sources;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Sources sources;
    const Result<der::Input> input = sources.add_view({data, size});
    if (!input) {
        return 0;
    }
    Walk walk(sources);
    walk.message(PkiMessage::decode(*input));
    walk.message(PkiMessage::decode(*input, sources));
    walk.certs_only(CertsOnly::decode(*input));
    walk.certs_only(CertsOnly::decode(*input, sources));
    return 0;
}
