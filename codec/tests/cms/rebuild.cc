#include "rebuild.h"

#include <scepcodec/cms/enveloped_data.h>
#include <scepcodec/der/set_order.h>
#include <scepcodec/der/writer.h>
#include <scepcodec/pkcs10/certification_request.h>
#include <scepcodec/scep/pki_message.h>

#include <boost/test/unit_test.hpp>

namespace sceptest {

namespace {

using namespace scep;
using der::Element;
using der::Input;
using der::Writer;
namespace tag = der::tag;

template <class T>
T required(const Result<T>& result) {
    BOOST_REQUIRE_MESSAGE(result, (result ? std::string() : result.error().to_string()));
    return *result;
}

class Rebuilder {
public:
    explicit Rebuilder(Writer& writer) : w(writer) {}

    [[nodiscard]] bool unsorted() const { return m_unsorted; }

    void message(Input input) {
        switch (message_data_kind(input)) {
        case MessageDataKind::SignedData:
            write(required(cms::ContentInfo::decode(input)));
            return;
        case MessageDataKind::IssuerAndSerialNumber:
            write(required(cms::IssuerAndSerialNumber::decode(input)));
            return;
        case MessageDataKind::IssuerAndSubject:
            write(required(IssuerAndSubject::decode(input)));
            return;
        default:
            break;
        }
        if (const auto request = pkcs10::CertificationRequest::decode(input)) {
            write(*request);
        } else if (const auto crl = x509::CertificateList::decode(input)) {
            write(*crl);
        } else {
            write(required(x509::Certificate::decode(input)));
        }
    }

private:
    template <class T>
    void each(const der::ListOf<T>& list) {
        for (const Result<T>& item : list) {
            write(required(item));
        }
    }

    template <class F>
    void set_of(der::Tag set_tag, Input value, F&& elements) {
        if (der::first_out_of_order(value)) {
            m_unsorted = true;
            w.constructed(set_tag, elements);
        } else {
            w.set_of(set_tag, elements);
        }
    }

    template <class T>
    void set_of(der::Tag set_tag, const der::ListOf<T>& list) {
        set_of(set_tag, list.value(), [&] { each(list); });
    }

    template <class T>
    void sequence_of(const der::ListOf<T>& list) {
        w.sequence([&] { each(list); });
    }

    // A value without a type of its own.
    void element(const Element& any) {
        if (!any.tag().constructed()) {
            primitive(any);
            return;
        }
        const auto inside = [&] {
            der::Reader reader(any.value());
            while (!reader.at_end()) {
                const Element inner = reader.any(nullptr);
                BOOST_REQUIRE(!reader.failed());
                element(inner);
            }
        };
        if (any.tag() == tag::SET) {
            set_of(tag::SET, any.value(), inside);
        } else {
            w.constructed(any.tag(), inside);
        }
    }

    void primitive(const Element& any) {
        switch (any.tag().bits) {
        case tag::BOOLEAN.bits:
            w.boolean(required(der::decode_boolean(any)));
            break;
        case tag::INTEGER.bits:
            integer(required(der::decode_integer(any)));
            break;
        case tag::OBJECT_IDENTIFIER.bits:
            w.oid(required(der::decode_oid(any)));
            break;
        case tag::BIT_STRING.bits:
            bits(required(der::decode_bit_string(any)));
            break;
        case tag::NULL_.bits:
            w.null();
            break;
        case tag::OCTET_STRING.bits:
            w.octet_string(any.value().octets());
            break;
        case tag::UTF8String.bits:
            w.utf8_string(any.value().text());
            break;
        case tag::PrintableString.bits:
            w.printable_string(any.value().text());
            break;
        case tag::UTCTime.bits:
            if (const auto time = der::decode_time(any)) {
                w.time(time->seconds);
                break;
            }
            [[fallthrough]];
        default:
            w.primitive(any.tag(), any.value().text());
            break;
        }
    }

    void integer(const der::Integer& value) {
        if (const auto small = value.to_int64()) {
            w.integer(*small);
        } else if (value.negative()) {
            w.integer(value);
        } else {
            w.unsigned_integer(value.magnitude());
        }
    }

    void bits(const der::BitString& value) { w.bit_string(value.octets.octets(), value.unused_bits); }

    void time(const der::Time& value) {
        if (value.element.tag() == tag::UTCTime) {
            w.time(value.seconds);
        } else {
            w.primitive(tag::GeneralizedTime, value.element.value().text());
        }
    }

    template <class T>
    void explicitly(std::uint32_t number, const std::optional<T>& value) {
        if (value) {
            w.constructed(tag::context_constructed(number), [&] { write(*value); });
        }
    }

    void write(const der::Integer& value) { integer(value); }
    void write(Input octet_string) { w.octet_string(octet_string.octets()); }

    void algorithm(const x509::AlgorithmIdentifier& value, der::Tag outer) {
        w.constructed(outer, [&] {
            w.oid(value.algorithm);
            if (value.parameters) {
                element(*value.parameters);
            }
        });
    }
    void write(const x509::AlgorithmIdentifier& value) { algorithm(value, tag::SEQUENCE); }

    void write(const x509::AttributeTypeAndValue& value) {
        w.sequence([&] {
            w.oid(value.type);
            element(value.value);
        });
    }
    void write(const x509::RelativeDistinguishedName& value) { set_of(tag::SET, value.attributes); }
    void write(const x509::Name& value) { sequence_of(value.rdns); }
    void write(const x509::AttributeValue& value) { element(value.element); }
    void write(const x509::Attribute& value) {
        w.sequence([&] {
            w.oid(value.type);
            set_of(tag::SET, value.values);
        });
    }

    void write(const x509::Extension& value) {
        w.sequence([&] {
            w.oid(value.extn_id);
            if (value.critical) {
                w.boolean(true);
            }
            der::Reader reader(value.extn_value);
            const Element inner = reader.any(nullptr);
            if (reader.failed() || !reader.at_end()) {
                w.octet_string(value.extn_value.octets());
                return;
            }
            w.octet_string(der::encode([&](Writer& nested) { Rebuilder(nested).element(inner); }));
        });
    }
    void write(const x509::Extensions& value) { sequence_of(value); }

    void write(const x509::SubjectPublicKeyInfo& value) {
        w.sequence([&] {
            write(value.algorithm);
            bits(value.subject_public_key);
        });
    }

    void write(const x509::Certificate& value) {
        w.sequence([&] {
            w.sequence([&] {
                explicitly(0, value.version);
                integer(value.serial_number);
                write(value.signature);
                write(value.issuer);
                w.sequence([&] {
                    time(value.validity.not_before);
                    time(value.validity.not_after);
                });
                write(value.subject);
                write(value.subject_public_key_info);
                explicitly(3, value.extensions);
            });
            write(value.signature_algorithm);
            bits(value.signature_value);
        });
    }

    void write(const x509::RevokedCertificate& value) {
        w.sequence([&] {
            integer(value.user_certificate);
            time(value.revocation_date);
            if (value.crl_entry_extensions) {
                write(*value.crl_entry_extensions);
            }
        });
    }

    void write(const x509::CertificateList& value) {
        w.sequence([&] {
            w.sequence([&] {
                if (value.version) {
                    integer(*value.version);
                }
                write(value.signature);
                write(value.issuer);
                time(value.this_update);
                if (value.next_update) {
                    time(*value.next_update);
                }
                if (value.revoked_certificates) {
                    sequence_of(required(value.revoked_certificates->list()));
                }
                explicitly(0, value.crl_extensions);
            });
            write(value.signature_algorithm);
            bits(value.signature_value);
        });
    }

    void write(const cms::CertificateChoice& value) {
        if (value.element.tag() == tag::SEQUENCE) {
            write(required(value.certificate()));
        } else {
            element(value.element);
        }
    }
    void write(const cms::RevocationInfoChoice& value) {
        if (value.element.tag() == tag::SEQUENCE) {
            write(required(value.certificate_list()));
        } else {
            element(value.element);
        }
    }

    void write(const cms::ContentInfo& value) {
        w.sequence([&] {
            w.oid(value.content_type);
            if (!value.content) {
                return;
            }
            w.constructed(tag::context_constructed(0), [&] {
                if (value.content_type == cms::oids::id_signedData) {
                    write(required(cms::SignedData::decode(value.content->whole())));
                } else if (value.content_type == cms::oids::id_envelopedData) {
                    write(required(cms::EnvelopedData::decode(value.content->whole())));
                } else {
                    element(*value.content);
                }
            });
        });
    }

    void write(const cms::IssuerAndSerialNumber& value) {
        w.sequence([&] {
            write(value.issuer);
            integer(value.serial_number);
        });
    }

    void write(const cms::CertificateIdentifier& value) {
        if (value.subject_key_identifier) {
            w.primitive(tag::context(0), value.subject_key_identifier->octets());
        } else {
            write(*value.issuer_and_serial_number);
        }
    }

    void write(const cms::SignerInfo& value) {
        w.sequence([&] {
            integer(value.version);
            write(value.sid);
            write(value.digest_algorithm);
            if (value.signed_attrs) {
                set_of(tag::context_constructed(0), *value.signed_attrs);
            }
            write(value.signature_algorithm);
            w.octet_string(value.signature.octets());
            if (value.unsigned_attrs) {
                set_of(tag::context_constructed(1), *value.unsigned_attrs);
            }
        });
    }

    // A message inside is rebuilt from its leaves in its turn, where it is DER.
    void content(Input octets) {
        if (message_data_kind(octets) == MessageDataKind::SignedData && cms::ContentInfo::decode(octets)) {
            w.octet_string(der::encode([&](Writer& nested) { Rebuilder(nested).message(octets); }));
        } else {
            w.octet_string(octets.octets());
        }
    }

    void write(const cms::EncapsulatedContentInfo& value) {
        w.sequence([&] {
            w.oid(value.e_content_type);
            if (value.content) {
                w.constructed(tag::context_constructed(0), [&] {
                    if (value.e_content && !value.e_content->in_parts()) {
                        content(*value.e_content->contiguous());
                    } else {
                        element(*value.content);
                    }
                });
            }
        });
    }

    void write(const cms::SignedData& value) {
        w.sequence([&] {
            integer(value.version);
            set_of(tag::SET, value.digest_algorithms);
            write(value.encap_content_info);
            if (value.certificates) {
                set_of(tag::context_constructed(0), *value.certificates);
            }
            if (value.crls) {
                set_of(tag::context_constructed(1), *value.crls);
            }
            set_of(tag::SET, value.signer_infos);
        });
    }

    void write(const cms::KeyTransRecipientInfo& value) {
        w.sequence([&] {
            integer(value.version);
            write(value.rid);
            write(value.key_encryption_algorithm);
            w.octet_string(value.encrypted_key.octets());
        });
    }

    void write(const cms::RecipientEncryptedKey& value) {
        w.sequence([&] {
            element(value.rid);
            w.octet_string(value.encrypted_key.octets());
        });
    }

    void write(const cms::KeyAgreeRecipientInfo& value) {
        w.constructed(tag::context_constructed(1), [&] {
            integer(value.version);
            w.constructed(tag::context_constructed(0), [&] { element(value.originator); });
            explicitly(1, value.ukm);
            write(value.key_encryption_algorithm);
            sequence_of(value.recipient_encrypted_keys);
        });
    }

    void write(const cms::KEKRecipientInfo& value) {
        w.constructed(tag::context_constructed(2), [&] {
            integer(value.version);
            element(value.kekid);
            write(value.key_encryption_algorithm);
            w.octet_string(value.encrypted_key.octets());
        });
    }

    void write(const cms::PasswordRecipientInfo& value) {
        w.constructed(tag::context_constructed(3), [&] {
            integer(value.version);
            if (value.key_derivation_algorithm) {
                algorithm(*value.key_derivation_algorithm, tag::context_constructed(0));
            }
            write(value.key_encryption_algorithm);
            w.octet_string(value.encrypted_key.octets());
        });
    }

    void write(const cms::KEMRecipientInfo& value) {
        w.sequence([&] {
            integer(value.version);
            write(value.rid);
            write(value.kem);
            w.octet_string(value.kemct.octets());
            write(value.kdf);
            integer(value.kek_length);
            explicitly(0, value.ukm);
            write(value.wrap);
            w.octet_string(value.encrypted_key.octets());
        });
    }

    void write(const cms::OtherRecipientInfo& value) {
        w.constructed(tag::context_constructed(4), [&] {
            w.oid(value.ori_type);
            if (value.kem) {
                write(*value.kem);
            } else {
                element(value.ori_value);
            }
        });
    }

    void write(const cms::RecipientInfo& value) {
        std::visit([&](const auto& form) { write(form); }, value.choice);
    }

    void write(const cms::OctetString& encrypted_content) {
        if (!encrypted_content.in_parts()) {
            w.primitive(tag::context(0), encrypted_content.contiguous()->octets());
            return;
        }
        w.constructed(tag::context_constructed(0), [&] {
            for (const Input part : encrypted_content) {
                w.octet_string(part.octets());
            }
        });
    }

    void write(const cms::EnvelopedData& value) {
        w.sequence([&] {
            integer(value.version);
            if (value.originator_info) {
                element(*value.originator_info);
            }
            set_of(tag::SET, value.recipient_infos);
            w.sequence([&] {
                w.oid(value.encrypted_content_info.content_type);
                write(value.encrypted_content_info.content_encryption_algorithm);
                if (value.encrypted_content_info.encrypted_content) {
                    write(*value.encrypted_content_info.encrypted_content);
                }
            });
            if (value.unprotected_attrs) {
                set_of(tag::context_constructed(1), *value.unprotected_attrs);
            }
        });
    }

    void write(const IssuerAndSubject& value) {
        w.sequence([&] {
            write(value.issuer);
            write(value.subject);
        });
    }

    void write(const pkcs10::CertificationRequest& value) {
        w.sequence([&] {
            w.sequence([&] {
                integer(value.version);
                write(value.subject);
                write(value.subject_pk_info);
                if (value.attributes) {
                    set_of(tag::context_constructed(0), *value.attributes);
                }
            });
            write(value.signature_algorithm);
            bits(value.signature);
        });
    }

    Writer& w;
    bool m_unsorted = false;
};

} // namespace

Rebuilt rebuild(Input message) {
    Rebuilt out;
    out.octets = der::encode([&](Writer& writer) {
        Rebuilder rebuilder(writer);
        rebuilder.message(message);
        out.unsorted = rebuilder.unsorted();
    });
    return out;
}

} // namespace sceptest
