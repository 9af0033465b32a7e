// CRLs made by the openssl program; what it prints of them is the witness.
#include "certificates.h"
#include "hostile.h"

#include <scepcodec/der/writer.h>
#include <scepcodec/x509/oids.h>

#include <boost/test/data/test_case.hpp>

#include <algorithm>
#include <chrono>
#include <string>

using namespace scep;
using namespace scep::x509;
using der::Input;
namespace data = boost::unit_test::data;
using sceptest::hex_of;
using sceptest::must;
using sceptest::Openssl;

namespace {

struct Entry {
    std::string serial;
    std::string date;   // as the database of openssl ca has it
    std::string reason; // with a comma before it
    std::string shown;
};

struct Row {
    std::string what;
    bool v2 = true;
    std::vector<Entry> entries = {};
    std::string days = "30"; // until nextUpdate
    friend std::ostream& operator<<(std::ostream& out, const Row& row) { return out << row.what; }
};

const std::vector<Row> rows{
    // In ascending order of serial numbers, as openssl writes them.
    {"v1, empty", false},
    {"v2, empty", true},
    {"nextUpdate beyond 2049", true, {}, "20000"},
    {"v1, two", false, {{"01", "240101000000Z", "", "2024-01-01T00:00:00Z"}, {"FF00", "490607080910Z", "", "2049-06-07T08:09:10Z"}}},
    {"v2, three",
     true,
     {{"80", "500101000000Z", "", "1950-01-01T00:00:00Z"},
      {"1001", "240101000000Z", ",keyCompromise", "2024-01-01T00:00:00Z"},
      {"7FAABBCCDDEEFF00112233445566778899AABBCC", "991231235959Z", ",superseded", "1999-12-31T23:59:59Z"}}},
};

std::vector<std::uint8_t> make_crl(const Openssl& openssl, const Row& row) {
    std::ignore = sceptest::make_certificate(
        openssl, {"CA", sceptest::rsa_key, "/O=Example/CN=CRL issuer", {"-addext", "subjectKeyIdentifier=hash"}});
    std::string database;
    for (const Entry& entry : row.entries) {
        database += "R\t301231235959Z\t" + entry.date + entry.reason + "\t" + entry.serial + "\tunknown\t/CN=x\n";
    }
    openssl.write("index.txt", database);
    openssl.write("crlnumber", std::string("4D\n"));
    openssl.write("ca.cnf", std::string("[ca]\ndefault_ca = here\n[here]\ndatabase = index.txt\ndefault_md = sha256\ndefault_crl_days = ") +
                                row.days + "\n" +
                                (row.v2 ? "crlnumber = crlnumber\ncrl_extensions = ext\n[ext]\nauthorityKeyIdentifier = keyid\n" : ""));
    std::ignore = openssl.text({"ca", "-gencrl", "-config", "ca.cnf", "-keyfile", "key.pem", "-cert", "cert.pem", "-out", "crl.pem"});
    std::ignore = openssl.text({"crl", "-in", "crl.pem", "-outform", "DER", "-out", "crl.der"});
    return openssl.file("crl.der");
}

std::vector<std::uint8_t> large_crl(std::uint32_t entries) {
    using namespace der;
    return encode([&](Writer& w) {
        const auto algorithm = [&] { w.sequence([&] { w.oid(oids::id_Ed25519); }); };
        w.sequence([&] {
            w.sequence([&] {
                w.integer(1);
                algorithm();
                w.sequence([] {});
                w.time(0);
                w.sequence([&] {
                    for (std::uint32_t i = 0; i < entries; ++i) {
                        w.sequence([&] {
                            w.integer(i);
                            w.time(i);
                        });
                    }
                });
            });
            algorithm();
            w.bit_string({});
        });
    });
}

} // namespace

BOOST_DATA_TEST_CASE(every_field_of_a_crl_is_what_openssl_prints, data::make(rows), row) {
    const Openssl openssl;
    const auto octets = make_crl(openssl, row);
    const CertificateList crl = must(CertificateList::decode(Input(octets)));
    const std::string text =
        openssl.text({"crl", "-in", "crl.pem", "-noout", "-text", "-issuer", "-lastupdate", "-nextupdate", "-dateopt", "iso_8601"});
    const auto shows = [&](const std::string& part) { return text.find(part) != std::string::npos; };

    BOOST_TEST(crl.version.has_value() == row.v2);
    BOOST_TEST(shows(row.v2 ? "Version 2 (0x1)" : "Version 1 (0x0)"));
    BOOST_TEST(crl.issuer.to_string() == "O=Example, CN=CRL issuer");
    const auto shown = [](const der::Time& time) {
        std::string date = time.to_string();
        date[10] = ' ';
        return date;
    };
    BOOST_TEST(shows("lastUpdate=" + shown(crl.this_update) + "\n"));
    BOOST_TEST(shows("nextUpdate=" + shown(crl.next_update.value()) + "\n"));
    BOOST_TEST((crl.signature.algorithm == oids::sha256WithRSAEncryption));
    BOOST_TEST((crl.signature_algorithm.algorithm == oids::sha256WithRSAEncryption));

    BOOST_TEST(crl.revoked_certificates.has_value() == !row.entries.empty());
    if (crl.revoked_certificates) {
        const auto list = must(crl.revoked_certificates->list());
        BOOST_REQUIRE(list.size() == row.entries.size());
        std::size_t at = 0;
        for (const Result<RevokedCertificate>& revoked : list) {
            const RevokedCertificate entry = must(revoked);
            std::string serial = hex_of(entry.user_certificate.magnitude());
            std::ranges::transform(serial, serial.begin(), [](char c) { return c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c; });
            BOOST_TEST(serial == row.entries[at].serial);
            BOOST_TEST(shows("Serial Number: " + serial));
            BOOST_TEST(entry.revocation_date.to_string() == row.entries[at].shown);
            BOOST_TEST(entry.crl_entry_extensions.has_value() == !row.entries[at].reason.empty());
            if (entry.crl_entry_extensions) {
                BOOST_TEST(entry.crl_entry_extensions->size() == 1u);
                const Extension reason = must(*entry.crl_entry_extensions->begin());
                BOOST_TEST(reason.extn_id.to_string() == "2.5.29.21");
                BOOST_TEST(hex_of(reason.extn_value) == (row.entries[at].reason == ",keyCompromise" ? "0a0101" : "0a0104"));
            }
            ++at;
        }
    }
    BOOST_TEST(crl.crl_extensions.has_value() == row.v2);
    BOOST_TEST(crl.extension(oids::id_ce_authorityKeyIdentifier).has_value() == row.v2);
    BOOST_TEST(!crl.extension(oids::id_ce_keyUsage).has_value());
    if (row.v2) {
        BOOST_TEST(hex_of(crl.extension(oids::id_ce_cRLNumber).value().extn_value) == "02014d");
    }
}

BOOST_AUTO_TEST_CASE(the_signature_of_a_crl_covers_its_exact_octets) {
    const Openssl openssl;
    const auto octets = make_crl(openssl, rows.back());
    const CertificateList crl = must(CertificateList::decode(Input(octets)));
    openssl.write("public.pem", openssl.text({"x509", "-in", "cert.pem", "-noout", "-pubkey"}));
    openssl.write("tbs", std::vector<std::uint8_t>(crl.tbs_cert_list.begin(), crl.tbs_cert_list.end()));
    openssl.write("signature", std::vector<std::uint8_t>(crl.signature_value.octets.begin(), crl.signature_value.octets.end()));
    BOOST_TEST(openssl.accepts({"dgst", "-sha256", "-verify", "public.pem", "-signature", "signature", "tbs"}));
}

BOOST_AUTO_TEST_CASE(a_crl_without_next_update_and_with_many_entries) {
    const auto octets = large_crl(100'000);
    const sceptest::AllocationCount count;
    const auto start = std::chrono::steady_clock::now();
    const auto crl = CertificateList::decode(Input(octets));
    BOOST_REQUIRE(crl.has_value());
    const auto list = crl->revoked_certificates->list();
    std::int64_t sum = 0;
    for (const Result<RevokedCertificate>& entry : *list) {
        sum += entry->user_certificate.to_int64().value() - entry->revocation_date.seconds + 1;
    }
    const std::size_t allocations = count.allocations();
    BOOST_TEST(!crl->next_update.has_value());
    BOOST_TEST(sum == 100'000);
    BOOST_TEST(allocations == 0u);
    BOOST_TEST((std::chrono::steady_clock::now() - start < std::chrono::seconds(20)));
}

BOOST_AUTO_TEST_CASE(a_broken_entry_is_told_by_the_walk) {
    auto octets = large_crl(3);
    const auto at = std::ranges::search(octets, sceptest::hex("02 01 01 17 0d")).begin();
    BOOST_REQUIRE(at != octets.end());
    at[3] = 0x18;
    const CertificateList crl = must(CertificateList::decode(Input(octets)));
    std::string walked;
    for (const Result<RevokedCertificate>& entry : must(crl.revoked_certificates.value().list())) {
        walked += entry ? "good " : entry.error().to_string().substr(0, 51) + ' ';
    }
    BOOST_TEST(walked == "good revokedCertificates[1].revocationDate: invalid_time good ");

    at[3] = 0x17;
    at[1] = 0x7f;
    const CertificateList other = must(CertificateList::decode(Input(octets)));
    BOOST_TEST(must(other.revoked_certificates.value().list()).size() == 3u);
    // The framing of the entries themselves.
    at[-1] = 0x7f;
    const CertificateList third = must(CertificateList::decode(Input(octets)));
    const auto list = third.revoked_certificates.value().list();
    BOOST_REQUIRE(!list);
    BOOST_TEST(list.error().to_string().starts_with("revokedCertificates: truncated at "));
}

BOOST_AUTO_TEST_CASE(a_damaged_crl_is_survived) {
    const Openssl openssl;
    sceptest::survives<CertificateList>(make_crl(openssl, rows.back()),
                                        [](sceptest::Walk& walk, const CertificateList& crl) { walk.see(crl); });
}
