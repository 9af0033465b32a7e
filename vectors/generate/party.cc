#include <vectors/generate/party.h>

#include <scepcodec/botan/random.h>
#include <scepcodec/der/writer.h>
#include <scepcodec/x509/oids.h>

#include <botan/ec_group.h>
#include <botan/ecdsa.h>
#include <botan/pkcs8.h>
#include <botan/rsa.h>

#include <bit>

namespace sceplab::vectors {

namespace {

using scep::der::Writer;
namespace oids = scep::x509::oids;

constexpr auto id_at_commonName = scep::der::oid("2.5.4.3");

scep::botan::Random random_for(std::string_view name) {
    return scep::botan::Random::deterministic({reinterpret_cast<const std::uint8_t*>(name.data()), name.size()});
}

Octets make_ec_key(scep::botan::Random& random, std::string_view group) {
    const auto octets = Botan::PKCS8::BER_encode(Botan::ECDSA_PrivateKey(random.generator(), Botan::EC_Group::from_name(group)));
    return {octets.begin(), octets.end()};
}

Octets make_rsa_key(scep::botan::Random& random, std::size_t bits, std::size_t exponent = 65537) {
    const auto octets = Botan::PKCS8::BER_encode(Botan::RSA_PrivateKey(random.generator(), bits, exponent));
    return {octets.begin(), octets.end()};
}

Octets make_key(std::string_view name, KeyKind kind) {
    scep::botan::Random random = random_for(name);
    switch (kind) {
        case KeyKind::ec: return make_ec_key(random, "secp256r1");
        case KeyKind::p384: return make_ec_key(random, "secp384r1");
        case KeyKind::p521: return make_ec_key(random, "secp521r1");
        case KeyKind::short_rsa: return make_rsa_key(random, 1024);
        case KeyKind::rsa3072: return make_rsa_key(random, 3072);
        case KeyKind::rsa4096: return make_rsa_key(random, 4096);
        case KeyKind::rsa_e3: return make_rsa_key(random, 2048, 3);
        case KeyKind::rsa: break;
    }
    return make_rsa_key(random, 2048);
}

Octets key_usage(const Octets& bits) {
    const auto unused = static_cast<std::uint8_t>(std::countr_zero(bits.back()));
    return scep::build::encode_extension(oids::id_ce_keyUsage, true, scep::der::encode([&](Writer& w) { w.bit_string(bits, unused); }));
}

Octets key_usage(bool ca) {
    const Octets client{0xa0};     // digitalSignature, keyEncipherment
    const Octets authority{0xa6};  // and keyCertSign, cRLSign
    return key_usage(ca ? authority : client);
}

Octets basic_constraints() {
    return scep::build::encode_extension(oids::id_ce_basicConstraints, true,
                                         scep::der::encode([](Writer& w) { w.sequence([&] { w.boolean(true); }); }));
}

}  // namespace

Octets common_name(std::string_view text) {
    const scep::build::NamePart part{.type = id_at_commonName, .value = std::string(text)};
    return scep::build::encode_name({&part, 1});
}

Octets integer_content(std::int64_t value) {
    Octets whole = scep::der::encode([&](Writer& w) { w.integer(value); });
    return {whole.begin() + 2, whole.end()};
}

Party::Party(std::string_view name, KeyKind kind)
    : m_name(common_name(name)), m_key_octets(make_key(name, kind)), m_key(*scep::botan::PrivateKey::load(m_key_octets)) {}

scep::botan::PrivateKey Party::key_copy() const { return *scep::botan::PrivateKey::load(m_key_octets); }

Octets Party::public_key_info() const { return {m_key.public_key_info().begin(), m_key.public_key_info().end()}; }

scep::botan::Signer& Party::signer(Digest digest) const {
    const auto found = m_signers.find(digest);
    return found != m_signers.end() ? found->second : m_signers.emplace(digest, *scep::botan::Signer::make(m_key, digest)).first->second;
}

Octets Party::self_signed() const { return *scep::botan::self_signed_certificate(signer(), m_name, not_before, not_after); }

Octets Party::self_signed_ca() const {
    return make({.issuer = this, .subject = m_name, .public_key_info = public_key_info(), .serial = 1, .ca = true, .until = ca_not_after});
}

const Parties& parties() {
    static const Parties all;
    return all;
}

Octets make(const CertificatePlan& plan) {
    scep::x509::CertificateBuilder builder;
    builder.serial_number = integer_content(plan.serial);
    builder.issuer = plan.issuer->name();
    builder.not_before = plan.from;
    builder.not_after = plan.until;
    builder.subject = plan.subject;
    builder.subject_public_key_info = plan.public_key_info;
    if (plan.ca) {
        builder.extensions.push_back(basic_constraints());
    }
    builder.extensions.push_back(plan.key_usage ? key_usage(*plan.key_usage) : key_usage(plan.ca));
    builder.extensions.insert(builder.extensions.end(), plan.more_extensions.begin(), plan.more_extensions.end());
    return *scep::botan::sign(std::move(builder), plan.issuer->signer());
}

Octets make_crl(const Party& issuer) {
    scep::botan::Signer& signer = issuer.signer();
    const Octets list = scep::der::encode([&](Writer& w) {
        w.sequence([&] {
            w.integer(1);
            w.raw(signer.certificate_signature_algorithm());
            w.raw(issuer.name());
            w.time(not_before);
            w.time(not_after);
        });
    });
    const Octets signature = *signer.sign(list);
    return scep::der::encode([&](Writer& w) {
        w.sequence([&] {
            w.raw(list);
            w.raw(signer.certificate_signature_algorithm());
            w.bit_string(signature);
        });
    });
}

}  // namespace sceplab::vectors
