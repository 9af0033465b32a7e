#include "openssl.h"

#include <scepcodec/botan/sign.h>
#include <scepcodec/botan/verify.h>
#include <scepcodec/der/writer.h>
#include <scepcodec/scep/pki_message.h>
#include <scepcodec/x509/oids.h>

#include <botan/pk_keys.h>
#include <botan/pubkey.h>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <array>

using namespace bridgetest;
using namespace scep;
using botan::SignedAttrsOrder;
using botan::Verdict;

namespace {

botan::PublicKey public_key(const Identity& identity) { return need(botan::PublicKey::load(identity.decoded().subject_public_key_info)); }

// openssl's SignedData over `content`.
Octets signed_by_openssl(const Identity& signer, std::string_view content, std::vector<std::string> options) {
    std::vector<std::string> arguments{"cms",    "-sign",         "-in",      file(content), "-signer", signer.certificate_file,
                                       "-inkey", signer.key_file, "-outform", "DER",         "-binary"};
    arguments.insert(arguments.end(), options.begin(), options.end());
    return octets(openssl_ok(arguments));
}

botan::SignatureCheck check(OctetsView message, const botan::PublicKey& key) {
    Sources sources;
    const auto decoded = need(PkiMessage::decode(need(sources.add_view(message)), sources));
    return botan::verify(decoded.signer_info, decoded.signed_data.encap_content_info, key);
}

struct Row {
    const char* key;
    std::vector<std::string> options;
};
std::ostream& operator<<(std::ostream& out, const Row& row) {
    out << row.key;
    for (const std::string& option : row.options) {
        out << " " << option;
    }
    return out;
}
const std::vector<Row> rows{
    {"rsa:2048", {"-nodetach", "-md", "md5"}},
    {"rsa:2048", {"-nodetach", "-md", "sha1"}},
    {"rsa:2048", {"-nodetach", "-md", "sha224"}},
    {"rsa:2048", {"-nodetach", "-md", "sha256"}},
    {"rsa:2048", {"-nodetach", "-md", "sha384"}},
    {"rsa:2048", {"-nodetach", "-md", "sha512"}},
    {"rsa:512", {"-nodetach", "-md", "sha256"}},
    {"rsa:4096", {"-nodetach", "-md", "sha256"}},
    {"rsa:2048", {"-nodetach", "-md", "sha256", "-keyid"}},
    {"rsa:2048", {"-nodetach", "-md", "sha256", "-stream"}},
    {"rsa:2048", {"-nodetach", "-md", "sha256", "-noattr"}},
    {"rsa:2048", {"-nodetach", "-md", "sha256", "-noattr", "-stream"}},
    {"rsa:2048", {"-nodetach", "-md", "sha1", "-keyopt", "rsa_padding_mode:pss"}},
    {"rsa:2048", {"-nodetach", "-md", "sha256", "-keyopt", "rsa_padding_mode:pss"}},
    {"rsa:2048", {"-nodetach", "-md", "sha256", "-keyopt", "rsa_padding_mode:pss", "-keyopt", "rsa_pss_saltlen:0"}},
    {"rsa:2048", {"-nodetach", "-md", "sha256", "-keyopt", "rsa_padding_mode:pss", "-keyopt", "rsa_pss_saltlen:20"}},
    {"rsa:2048", {"-nodetach", "-md", "sha512", "-keyopt", "rsa_padding_mode:pss", "-keyopt", "rsa_pss_saltlen:max"}},
    {"rsa:2048", {"-nodetach", "-md", "sha384", "-keyopt", "rsa_padding_mode:pss", "-keyid"}},
    {"ec:P-256", {"-nodetach", "-md", "sha1"}},
    {"ec:P-256", {"-nodetach", "-md", "sha256"}},
    {"ec:P-384", {"-nodetach", "-md", "sha384"}},
    {"ec:P-521", {"-nodetach", "-md", "sha512", "-stream"}},
};

// The first octet of the DER that `part` stands at.
std::ptrdiff_t place(const Octets& whole, OctetsView part) { return std::ranges::search(whole, part).begin() - whole.begin(); }

} // namespace

BOOST_AUTO_TEST_SUITE(verify)

BOOST_DATA_TEST_CASE(what_openssl_signs_is_valid, rows) {
    const Identity& signer = identity(sample.key);
    const std::string content(5000, 'x'); // -stream cuts it into parts
    const Octets message = signed_by_openssl(signer, content, sample.options);
    const auto result = check(message, public_key(signer));
    BOOST_TEST(result.overall().reason == "");
    BOOST_TEST(name(result.overall().verdict) == "valid");
    const bool attributes = std::ranges::find(sample.options, "-noattr") == sample.options.end();
    BOOST_TEST((result.order == (attributes ? SignedAttrsOrder::as_sent : SignedAttrsOrder::none)));

    const auto with_other_key = check(message, public_key(identity(sample.key, 1)));
    BOOST_TEST(name(with_other_key.signature.verdict) == "invalid");
    BOOST_TEST(name(with_other_key.overall().verdict) == "invalid");

    Octets changed = message;
    changed[static_cast<std::size_t>(place(message, view("xxxxxxxx")))] = 'y';
    BOOST_TEST(name(check(changed, public_key(signer)).overall().verdict) == "invalid");
    changed = message;
    changed.back() ^= 1;
    if (std::ranges::find(sample.options, "-stream") == sample.options.end()) {
        BOOST_TEST(name(check(changed, public_key(signer)).signature.verdict) == "invalid");
    }
}

// What a verifier keeps of one message does no harm to the next, whatever came of it.
BOOST_DATA_TEST_CASE(a_verifier_that_is_kept_says_the_same, (std::array{"rsa:2048", "ec:P-256"})) {
    const Identity& signer = identity(sample);
    const botan::PublicKey key = public_key(signer);
    std::vector<Octets> messages;
    for (const Row& row : rows) {
        if (std::string_view(row.key) == sample) {
            messages.push_back(signed_by_openssl(signer, std::string(100, 'x'), row.options));
        }
    }
    for (const char* other : {"rsa:2048", "rsa:512", "ec:P-256", "ec:P-384"}) {
        messages.push_back(signed_by_openssl(identity(other, 1), "another key", {"-nodetach", "-md", "sha256"}));
    }
    messages.push_back(signed_by_openssl(identity("rsa:2048"), "content", {"-nodetach", "-md", "ripemd160"}));
    for (std::size_t i = messages.size(); i-- > 0;) {
        Octets changed = messages[i];
        changed.back() ^= 1;
        messages.push_back(changed);
    }
    botan::Verifier verifier(key);
    const auto told = [](const botan::SignatureCheck& result) {
        return std::string(name(result.message_digest.verdict)) + result.message_digest.reason + " " + std::string(name(result.signature.verdict)) +
               result.signature.reason + " " + std::to_string(static_cast<int>(result.order));
    };
    std::size_t valid = 0;
    // Each after each other one.
    for (std::size_t step = 1; step < messages.size(); ++step) {
        for (std::size_t i = 0; i < messages.size(); ++i) {
            const Octets& message = messages[i * step % messages.size()];
            Sources sources;
            const auto decoded = PkiMessage::decode(need(sources.add_view(message)), sources);
            if (!decoded) {
                continue;
            }
            const auto kept = verifier.verify(decoded->signer_info, decoded->signed_data.encap_content_info);
            BOOST_REQUIRE(told(kept) == told(botan::verify(decoded->signer_info, decoded->signed_data.encap_content_info, key)));
            valid += kept.overall().verdict == Verdict::valid ? 1 : 0;
        }
    }
    BOOST_TEST(valid > messages.size());
}

BOOST_AUTO_TEST_CASE(a_verifier_checks_octets_too) {
    const Identity& signer = identity("rsa:2048");
    const auto certificate = signer.decoded();
    botan::Verifier verifier(public_key(signer));
    const auto verdict = [&](OctetsView to_be_signed) {
        return name(verifier.verify(certificate.signature_algorithm, certificate.signature_value.octets.octets(), to_be_signed).verdict);
    };
    for (int round = 0; round < 2; ++round) {
        BOOST_TEST(verdict(certificate.tbs_certificate.octets()) == "valid");
        BOOST_TEST(verdict(view("something else")) == "invalid");
    }
}

BOOST_AUTO_TEST_CASE(a_key_of_another_kind_is_not_performed) {
    const Octets message = signed_by_openssl(identity("rsa:2048"), "content", {"-nodetach"});
    const auto result = check(message, public_key(identity("ec:P-256")));
    BOOST_TEST(name(result.signature.verdict) == "not_performed");
    BOOST_TEST(name(result.message_digest.verdict) == "valid");
    BOOST_TEST(name(result.overall().verdict) == "not_performed");
    BOOST_TEST(result.overall().reason == "algorithm 1.2.840.113549.1.1.1 with a key of type ECDSA is not supported");
}

BOOST_AUTO_TEST_CASE(a_digest_that_botan_lacks_is_not_performed) {
    // RIPEMD-160, which openssl signs with.
    const Octets message = signed_by_openssl(identity("rsa:2048"), "content", {"-nodetach", "-md", "ripemd160"});
    const auto result = check(message, public_key(identity("rsa:2048")));
    BOOST_TEST(name(result.message_digest.verdict) == "not_performed");
    BOOST_TEST(name(result.overall().verdict) == "not_performed");
    BOOST_TEST(result.message_digest.reason == "algorithm: digest 1.3.36.3.2.1 is not supported");
}

BOOST_AUTO_TEST_CASE(different_digests_in_pss_are_not_performed) {
    const Octets message = signed_by_openssl(
        identity("rsa:2048"), "content", {"-nodetach", "-md", "sha256", "-keyopt", "rsa_padding_mode:pss", "-keyopt", "rsa_mgf1_md:sha1"});
    BOOST_TEST(name(check(message, public_key(identity("rsa:2048"))).overall().verdict) == "not_performed");
}

BOOST_AUTO_TEST_CASE(another_trailer_of_pss_is_not_performed) {
    const auto verdict = [](std::int64_t trailer) {
        const Octets parameters = der::encode([&](der::Writer& w) {
            w.sequence([&] { w.constructed(der::tag::context_constructed(3), [&] { w.integer(trailer); }); });
        });
        const Octets algorithm = cms::encode_algorithm(x509::oids::id_RSASSA_PSS, OctetsView(parameters));
        const auto identifier = need(x509::AlgorithmIdentifier::decode(der::Input(algorithm)));
        return name(botan::verify(identifier, Octets(256, 1), view("content"), public_key(identity("rsa:2048"))).verdict);
    };
    BOOST_TEST(verdict(1) == "invalid");
    BOOST_TEST(verdict(2) == "not_performed");
}

// signedAttrs in an order that is not DER's: signed as they stand, and signed as DER asks.
BOOST_AUTO_TEST_CASE(signed_attributes_may_be_signed_as_sent_or_as_sorted) {
    const Identity& signer = identity("rsa:2048");
    auto sign = need(botan::Signer::make(signer.key()));
    cms::SignedDataBuilder builder;
    builder.e_content = octets("content");
    builder.message_digest = sign.digest(*builder.e_content);
    builder.sid =
        cms::encode_issuer_and_serial_number(signer.decoded().issuer.whole.octets(), signer.decoded().serial_number.content.octets());
    builder.digest_algorithm = Octets(sign.digest_algorithm().begin(), sign.digest_algorithm().end());
    builder.signature_algorithm = Octets(sign.signature_algorithm().begin(), sign.signature_algorithm().end());
    const Octets in_order = builder.signed_attrs_to_be_signed();
    // Two attributes: exchanged, they are out of order.
    der::Reader reader(der::Reader(der::Input(in_order)).any(nullptr).value());
    const der::Input first = reader.any(nullptr).whole();
    const der::Input second = reader.any(nullptr).whole();
    const Octets exchanged = der::encode([&](der::Writer& w) {
        w.constructed(der::tag::SET, [&] {
            w.raw(second);
            w.raw(first);
        });
    });
    const auto message_over = [&](OctetsView to_be_signed) {
        Octets message = builder.finish(need(sign.sign(to_be_signed)));
        const auto value = OctetsView(in_order).subspan(2);
        std::ranges::copy(OctetsView(exchanged).subspan(2), message.begin() + place(message, value));
        return message;
    };
    const auto as_sent = check(message_over(exchanged), public_key(signer));
    BOOST_TEST(name(as_sent.overall().verdict) == "valid");
    BOOST_TEST((as_sent.order == SignedAttrsOrder::as_sent));
    const auto sorted = check(message_over(in_order), public_key(signer));
    BOOST_TEST(name(sorted.overall().verdict) == "valid");
    BOOST_TEST((sorted.order == SignedAttrsOrder::sorted));
    const auto neither = check(message_over(view("something else")), public_key(signer));
    BOOST_TEST(name(neither.signature.verdict) == "invalid");
    BOOST_TEST((neither.order == SignedAttrsOrder::none));
}

BOOST_AUTO_TEST_CASE(a_missing_message_digest_is_invalid) {
    const Identity& signer = identity("rsa:2048");
    auto sign = need(botan::Signer::make(signer.key()));
    cms::SignedDataBuilder builder;
    builder.e_content = octets("content");
    Octets message = need(botan::sign(builder, sign, {.certificate = signer.certificate}));
    // Another OID in the place of messageDigest's.
    const auto at = message.begin() + place(message, cms::oids::id_messageDigest.content());
    *(at + 8) = 0x33;
    BOOST_TEST(check(message, public_key(signer)).message_digest.reason == "the messageDigest attribute is missing");
    BOOST_TEST(name(check(message, public_key(signer)).overall().verdict) == "invalid");
}

// RFC 8017, 9.2 and B.1: NULL; openssl refuses it too.
BOOST_AUTO_TEST_CASE(a_digest_info_without_parameters_is_told) {
    const Identity& signer = identity("rsa:2048");
    const auto key = signer.key();
    botan::Random random;
    const Octets digest = octets(openssl_ok({"dgst", "-sha256", "-binary", file("content")}));
    const auto signature_over = [&](const Octets& digest_info) {
        Botan::PK_Signer raw(key.key(), random.generator(), "PKCS1v15(Raw)");
        return raw.sign_message(digest_info, random.generator());
    };
    const auto digest_info = [&](const der::OidConstant& oid) {
        return der::encode([&](der::Writer& w) {
            w.sequence([&] {
                w.sequence([&] { w.oid(oid); });
                w.octet_string(digest);
            });
        });
    };
    const Octets algorithm = cms::encode_algorithm(x509::oids::sha256WithRSAEncryption);
    const auto identifier = need(x509::AlgorithmIdentifier::decode(der::Input(algorithm)));
    const auto reason = [&](const Octets& signature, std::string_view content) {
        const auto check = botan::verify(identifier, signature, view(content), public_key(signer));
        BOOST_TEST(name(check.verdict) == "invalid");
        return check.reason;
    };
    const Octets bare = signature_over(digest_info(x509::oids::id_sha256));
    BOOST_TEST(reason(bare, "content") == "the DigestInfo of the signature lacks the NULL parameters");
    BOOST_TEST(reason(bare, "contents") == "the signature does not fit");
    BOOST_TEST(reason(signature_over(digest_info(x509::oids::id_sha384)), "content") == "the signature does not fit");
    BOOST_TEST(openssl({"dgst", "-sha256", "-prverify", signer.key_file, "-signature", file(bare), file("content")}).exit_code != 0);
}

BOOST_AUTO_TEST_CASE(signatures_of_odd_sizes_are_invalid) {
    for (const char* kind : {"rsa:2048", "ec:P-256"}) {
        const auto key = public_key(identity(kind));
        const bool rsa = key.algorithm() == "RSA";
        const Octets algorithm = cms::encode_algorithm(rsa ? x509::oids::sha256WithRSAEncryption : x509::oids::ecdsa_with_SHA256);
        const auto identifier = need(x509::AlgorithmIdentifier::decode(der::Input(algorithm)));
        for (const std::size_t size : {0U, 1U, 2U, 64U, 255U, 256U, 257U, 5000U}) {
            for (const std::uint8_t octet : Octets{0x00, 0x30, 0xff}) {
                BOOST_TEST(name(botan::verify(identifier, Octets(size, octet), view("content"), key).verdict) == "invalid");
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(a_certificate_and_a_crl_are_verified_with_their_issuer) {
    const auto issuer = identity("rsa:2048").decoded();
    BOOST_TEST(name(botan::verify(issuer, issuer).verdict) == "valid");
    const auto other = identity("rsa:2048", 1).decoded();
    BOOST_TEST(name(botan::verify(issuer, other).verdict) == "invalid");
    BOOST_TEST(name(botan::verify(issuer, identity("ec:P-256").decoded()).verdict) == "not_performed");

    sceptest::TemporaryFolder authority;
    const auto index = authority.write("index", "");
    const auto number = authority.write("number", "01\n");
    const auto configuration =
        authority.write("ca.cnf", "[ca]\ndefault_ca=d\n[d]\ndatabase=" + index.string() + "\ncrlnumber=" + number.string() +
                                      "\ndefault_md=sha256\ndefault_crl_days=30\n");
    openssl_ok({"ca", "-gencrl", "-config", configuration.string(), "-keyfile", identity("rsa:2048").key_file, "-cert",
                identity("rsa:2048").certificate_file, "-out", (authority.path() / "crl.pem").string()});
    const Octets crl = octets(openssl_ok({"crl", "-in", (authority.path() / "crl.pem").string(), "-outform", "DER"}));
    const auto list = need(x509::CertificateList::decode(der::Input(crl)));
    BOOST_TEST(name(botan::verify(list, issuer).verdict) == "valid");
    BOOST_TEST(name(botan::verify(list, other).verdict) == "invalid");
}

BOOST_AUTO_TEST_CASE(digests_are_openssls) {
    const std::vector<std::pair<der::OidConstant, std::string>> names{
        {x509::oids::id_md5, "-md5"},       {x509::oids::id_sha1, "-sha1"},     {x509::oids::id_sha224, "-sha224"},
        {x509::oids::id_sha256, "-sha256"}, {x509::oids::id_sha384, "-sha384"}, {x509::oids::id_sha512, "-sha512"},
    };
    for (const auto& [oid, option] : names) {
        const Octets expected = octets(openssl_ok({"dgst", option, "-binary", file("abc")}));
        BOOST_TEST(need(botan::digest(der::Oid{der::Input(oid.content())}, view("abc"))) == expected, boost::test_tools::per_element());
    }
    BOOST_TEST(botan::sha256(view("abc")) == octets(openssl_ok({"dgst", "-sha256", "-binary", file("abc")})),
               boost::test_tools::per_element());
    const auto unknown = botan::digest(der::Oid{der::Input(x509::oids::id_mgf1.content())}, view("abc"));
    BOOST_TEST(name(unknown.error().code) == name(ErrorCode::unsupported_algorithm));
}

BOOST_AUTO_TEST_SUITE_END()
