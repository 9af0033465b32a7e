// Damaged encodings, and a walk over everything that can be reached from a decoded one.
#pragma once

#include "../der/octets.h"

#include <scepcodec/x509/attribute.h>
#include <scepcodec/x509/certificate.h>

#include <cstdint>
#include <vector>

namespace sceptest {

// Offsets of the header octets of every TLV, those inside of OCTET STRINGs and BIT STRINGs included where their content is TLVs.
inline void collect_headers(scep::der::Input input, std::vector<std::uint32_t>& offsets) {
    std::vector<std::uint32_t> found;
    scep::der::Reader reader(input);
    while (!reader.at_end()) {
        const scep::der::Element element = reader.any(nullptr);
        if (reader.failed()) {
            return;
        }
        for (std::uint32_t i = 0; i < element.header_size(); ++i) {
            found.push_back(element.whole().offset() + i);
        }
        if (element.tag().constructed() || element.tag() == scep::der::tag::OCTET_STRING) {
            collect_headers(element.value(), found);
        } else if (element.tag() == scep::der::tag::BIT_STRING) {
            collect_headers(element.value().from(1), found);
        }
    }
    offsets.insert(offsets.end(), found.begin(), found.end());
}

// Calls f with every prefix, and with every other value of every header octet, each in memory of exactly its size.
template <class F>
void damage(const std::vector<std::uint8_t>& octets, F&& f) {
    for (std::size_t size = 0; size < octets.size(); ++size) {
        f(std::vector<std::uint8_t>(octets.begin(), octets.begin() + static_cast<std::ptrdiff_t>(size)));
    }
    std::vector<std::uint32_t> headers;
    collect_headers(scep::der::Input(octets), headers);
    BOOST_REQUIRE(headers.size() > 20);
    auto changed = octets;
    for (const std::uint32_t at : headers) {
        for (int value = 0; value < 256; ++value) {
            changed[at] = static_cast<std::uint8_t>(value);
            f(changed);
        }
        changed[at] = octets[at];
    }
}

// Visits what a decode gives, lists included, and checks that every view and every error lies within the input.
class Walk {
public:
    explicit Walk(scep::der::Input input) : m_input(input) {}

    [[nodiscard]] unsigned values() const { return m_values; }
    [[nodiscard]] unsigned errors() const { return m_errors; }

    template <class T>
    bool good(const scep::Result<T>& result) {
        if (!result) {
            ++m_errors;
            inside(result.error().where);
        }
        return result.has_value();
    }
    void see(scep::der::Input view) {
        ++m_values;
        inside(view.location());
    }
    void see(const scep::der::Element& element) { see(element.whole()); }
    void see(const scep::der::Oid& oid) { see(oid.content); }
    void see(const scep::der::Integer& integer) { see(integer.content); }
    void see(const scep::der::BitString& bits) { see(bits.octets); }
    void see(const scep::der::Time& time) { see(time.element); }
    void see(const scep::x509::AlgorithmIdentifier& algorithm) {
        see(algorithm.whole);
        see(algorithm.algorithm);
        see(algorithm.parameters);
    }
    void see(const scep::x509::SubjectPublicKeyInfo& key) {
        see(key.whole);
        see(key.algorithm);
        see(key.subject_public_key);
    }
    void see(const scep::x509::AttributeTypeAndValue& attribute) {
        see(attribute.type);
        see(attribute.value);
    }
    void see(const scep::x509::RelativeDistinguishedName& rdn) { see(rdn.attributes); }
    void see(const scep::x509::Name& name) {
        see(name.rdns);
        m_values += name.to_string().empty() ? 0u : 1u;
        BOOST_REQUIRE(match(name, name) == scep::x509::NameMatch::same_octets);
    }
    void see(const scep::x509::Extension& extension) {
        see(extension.extn_id);
        see(extension.extn_value);
    }
    void see(const scep::x509::AttributeValue& value) { see(value.element); }
    void see(const scep::x509::Attribute& attribute) {
        see(attribute.type);
        see(attribute.value());
        see(attribute.values);
    }
    void see(const scep::x509::RevokedCertificate& entry) {
        see(entry.user_certificate);
        see(entry.revocation_date);
        see(entry.crl_entry_extensions);
    }
    void see(const scep::x509::RevokedCertificates& revoked) {
        const auto list = revoked.list();
        if (good(list)) {
            see(*list);
        }
    }
    void see(const scep::x509::Certificate& certificate) {
        see(certificate.whole);
        see(certificate.tbs_certificate);
        see(certificate.version);
        see(certificate.serial_number);
        see(certificate.signature);
        see(certificate.issuer);
        see(certificate.validity.not_before);
        see(certificate.validity.not_after);
        see(certificate.subject);
        see(certificate.subject_public_key_info);
        see(certificate.extensions);
        see(certificate.signature_algorithm);
        see(certificate.signature_value);
        see(certificate.subject_key_identifier());
        see(certificate.key_usage());
        m_values += certificate.basic_constraints_ca().value_or(false) ? 1u : 0u;
        m_values += certificate.self_issued() ? 1u : 0u;
    }
    void see(const scep::x509::CertificateList& crl) {
        see(crl.whole);
        see(crl.tbs_cert_list);
        see(crl.version);
        see(crl.signature);
        see(crl.issuer);
        see(crl.this_update);
        see(crl.next_update);
        see(crl.revoked_certificates);
        see(crl.crl_extensions);
        see(crl.signature_algorithm);
        see(crl.signature_value);
    }
    template <class T>
    void see(const std::optional<T>& value) {
        if (value) {
            see(*value);
        }
    }
    template <class T>
    void see(const scep::der::ListOf<T>& list) {
        see(list.whole());
        std::uint32_t steps = 0;
        for (const scep::Result<T>& value : list) {
            ++steps;
            if (good(value)) {
                see(*value);
            }
        }
        BOOST_REQUIRE(steps == list.size());
    }

private:
    void inside(const scep::Location& where) {
        // A field that is absent is an empty view of nowhere.
        BOOST_REQUIRE(within(where, m_input) || where == scep::Location{});
    }

    scep::der::Input m_input;
    unsigned m_values = 0;
    unsigned m_errors = 0;
};

// Every damaged form of the octets decodes to a value, or to an error that lies within; both kinds are met.
template <class T, class See>
void survives(const std::vector<std::uint8_t>& octets, See&& see) {
    unsigned values = 0;
    unsigned errors = 0;
    damage(octets, [&](const std::vector<std::uint8_t>& damaged) {
        const scep::der::Input input(damaged, 0, 0);
        Walk walk(input);
        const scep::Result<T> decoded = T::decode(input);
        if (walk.good(decoded)) {
            ++values;
            see(walk, *decoded);
        } else {
            ++errors;
        }
    });
    BOOST_TEST(values > 0u);
    BOOST_TEST(errors > octets.size());
}

} // namespace sceptest
