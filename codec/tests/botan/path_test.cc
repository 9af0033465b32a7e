#include "openssl.h"

#include <scepcodec/botan/sign.h>
#include <scepcodec/botan/verify.h>
#include <scepcodec/der/writer.h>
#include <scepcodec/x509/oids.h>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <chrono>

using namespace bridgetest;
using namespace scep;
using botan::Digest;

namespace {

constexpr std::int64_t day = 86'400;
constexpr std::int64_t start = 1'700'000'000;
constexpr std::int64_t end = start + 365 * day;
constexpr std::int64_t within = start + 100 * day;

Octets name_of(std::string_view common_name) {
    const std::array parts{build::NamePart{der::oid("2.5.4.3"), std::string(common_name), der::tag::UTF8String}};
    return build::encode_name(parts);
}

struct Authority {
    std::string common_name;
    const char* key;
    Digest digest = Digest::sha256;
};

Octets issue(const Authority& issuer, std::string_view subject, const char* key, bool authority, std::uint8_t serial,
             std::int64_t not_after = end) {
    auto signer = need(botan::Signer::make(identity(issuer.key).key(), issuer.digest));
    x509::CertificateBuilder builder;
    builder.serial_number = {serial};
    builder.issuer = name_of(issuer.common_name);
    builder.subject = name_of(subject);
    builder.not_before = start;
    builder.not_after = not_after;
    const auto info = identity(key).decoded().subject_public_key_info.whole;
    builder.subject_public_key_info = Octets(info.begin(), info.end());
    if (authority) {
        const Octets constraints = der::encode([](der::Writer& w) { w.sequence([&] { w.boolean(true); }); });
        builder.extensions.push_back(build::encode_extension(x509::oids::id_ce_basicConstraints, true, constraints));
    }
    return need(botan::sign(builder, signer));
}

Octets root(const Authority& authority) { return issue(authority, authority.common_name, authority.key, true, 1); }

botan::Check chain(const Octets& leaf, const std::vector<Octets>& others, const std::vector<Octets>& anchors, std::int64_t time = within) {
    const auto inputs = [](const std::vector<Octets>& all) {
        std::vector<der::Input> out;
        for (const Octets& one : all) {
            out.emplace_back(one);
        }
        return out;
    };
    return botan::verify_chain(der::Input(leaf), inputs(others), inputs(anchors), time);
}

// openssl's verdict on the same, at the same time.
bool openssl_agrees(const Octets& leaf, const std::vector<Octets>& others, const std::vector<Octets>& anchors, std::int64_t time = within) {
    const auto pem = [](const std::vector<Octets>& all) {
        std::string out;
        for (const Octets& one : all) {
            out += openssl_ok({"x509", "-inform", "DER", "-in", file(one)});
        }
        return file(out);
    };
    std::vector<std::string> arguments{"verify", "-auth_level", "0", "-attime", std::to_string(time), "-CAfile", pem(anchors)};
    if (!others.empty()) {
        arguments.insert(arguments.end(), {"-untrusted", pem(others)});
    }
    arguments.push_back(pem({leaf}));
    return openssl(arguments).exit_code == 0;
}

const Authority rsa_root{"root", "rsa:2048"};

} // namespace

BOOST_AUTO_TEST_SUITE(path)

struct Row {
    const char* what;
    Digest digest;
    const char* key;
};
std::ostream& operator<<(std::ostream& out, const Row& row) { return out << row.what; }
const std::array usual{
    Row{"SHA-256", Digest::sha256, "rsa:2048"}, Row{"SHA-1", Digest::sha1, "rsa:2048"},   Row{"MD5", Digest::md5, "rsa:2048"},
    Row{"RSA-512", Digest::sha1, "rsa:512"},    Row{"P-256", Digest::sha256, "ec:P-256"},
};

BOOST_DATA_TEST_CASE(a_leaf_chains_to_its_anchor_through_others, usual) {
    const Authority top{"root", sample.key, sample.digest};
    const Authority middle{"middle", sample.key, sample.digest};
    const Octets anchor = root(top);
    const Octets intermediate = issue(top, "middle", sample.key, true, 2);
    const Octets leaf = issue(middle, "leaf", "ec:P-256", false, 3);
    const auto found = chain(leaf, {intermediate}, {anchor});
    BOOST_TEST(found.reason == "");
    BOOST_TEST(name(found.verdict) == "valid");
    BOOST_TEST(openssl_agrees(leaf, {intermediate}, {anchor}));
    BOOST_TEST(name(chain(leaf, {}, {anchor}).verdict) == "invalid");
    BOOST_TEST(name(chain(issue(top, "leaf", "ec:P-256", false, 4), {}, {anchor}).verdict) == "valid");
}

BOOST_AUTO_TEST_CASE(time_is_that_of_the_capture) {
    const Octets anchor = root(rsa_root);
    const Octets leaf = issue(rsa_root, "leaf", "ec:P-256", false, 2, start + 10 * day);
    for (const std::int64_t time : {start - day, start + day, start + 11 * day, end + day}) {
        const auto found = chain(leaf, {}, {anchor}, time);
        BOOST_TEST(name(found.verdict) == (time == start + day ? "valid" : "invalid"));
        BOOST_TEST(openssl_agrees(leaf, {}, {anchor}, time) == (time == start + day));
    }
    BOOST_TEST(chain(leaf, {}, {anchor}, start + 11 * day).reason == "Certificate has expired");
}

BOOST_AUTO_TEST_CASE(another_anchor_of_the_same_name_is_invalid) {
    const Authority impostor{"root", "rsa:1023"};
    const Octets leaf = issue(rsa_root, "leaf", "ec:P-256", false, 2);
    BOOST_TEST(name(chain(leaf, {}, {root(impostor)}).verdict) == "invalid");
    BOOST_TEST(name(chain(leaf, {root(rsa_root)}, {root(impostor)}).verdict) == "invalid");
    BOOST_TEST(name(chain(leaf, {}, {root(impostor), root(rsa_root)}).verdict) == "valid");
}

BOOST_AUTO_TEST_CASE(an_issuer_that_is_no_authority_is_invalid) {
    const Octets anchor = root(rsa_root);
    const Octets no_authority = issue(rsa_root, "middle", "rsa:2048", false, 2);
    const Octets leaf = issue(Authority{"middle", "rsa:2048"}, "leaf", "ec:P-256", false, 3);
    BOOST_TEST(name(chain(leaf, {no_authority}, {anchor}).verdict) == "invalid");
    BOOST_TEST(!openssl_agrees(leaf, {no_authority}, {anchor}));
}

BOOST_AUTO_TEST_CASE(an_anchor_trusts_itself) {
    const Octets anchor = root(rsa_root);
    BOOST_TEST(name(chain(anchor, {}, {anchor}).verdict) == "valid");
    BOOST_TEST(chain(anchor, {}, {anchor}, end + day).reason == "Certificate has expired");
    BOOST_TEST(chain(anchor, {}, {anchor}, start - day).reason == "Certificate is not yet valid");
    // A client's self-signed certificate, and one issued by another that is trusted by itself.
    const Octets other = issue(rsa_root, "leaf", "ec:P-256", false, 2);
    BOOST_TEST(name(chain(other, {}, {other}).verdict) == "valid");
    BOOST_TEST(name(chain(anchor, {}, {other}).verdict) == "invalid");
}

BOOST_AUTO_TEST_CASE(nothing_to_judge_is_not_performed) {
    const Octets anchor = root(rsa_root);
    const Octets leaf = issue(rsa_root, "leaf", "ec:P-256", false, 2);
    BOOST_TEST(chain(leaf, {}, {}).reason == "no trust anchor was given");
    BOOST_TEST(name(chain(leaf, {}, {}).verdict) == "not_performed");
    BOOST_TEST(name(chain(leaf, {}, {octets("garbage")}).verdict) == "not_performed");
    BOOST_TEST(name(chain(octets("garbage"), {}, {anchor}).verdict) == "not_performed");
}

BOOST_AUTO_TEST_CASE(what_cannot_be_read_does_not_hide_the_rest) {
    const Octets anchor = root(rsa_root);
    const Octets leaf = issue(rsa_root, "leaf", "ec:P-256", false, 2);
    BOOST_TEST(name(chain(leaf, {octets("garbage"), Octets{}}, {octets("garbage"), anchor}).verdict) == "valid");
}

// Two names that issue each other, many times over: the ways through them are as many as their permutations.
BOOST_AUTO_TEST_CASE(a_thicket_of_certificates_ends) {
    const Authority even{"even", "ec:P-256"};
    const Authority odd{"odd", "ec:P-256"};
    std::vector<Octets> thicket;
    for (std::uint8_t serial = 10; serial < 40; ++serial) {
        thicket.push_back(serial < 14 ? issue(odd, "even", "ec:P-256", true, serial) : issue(even, "odd", "ec:P-256", true, serial));
    }
    const Octets leaf = issue(even, "leaf", "rsa:2048", false, 2);
    const auto before = std::chrono::steady_clock::now();
    BOOST_TEST(name(chain(leaf, thicket, {root(rsa_root)}).verdict) == "invalid");
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - before).count();
    BOOST_TEST(seconds < 30);
}

BOOST_AUTO_TEST_SUITE_END()
