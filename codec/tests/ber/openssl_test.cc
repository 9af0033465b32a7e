// Real BER: made by OpenSSL's streaming, met in the corpus. OpenSSL's own DER of it is the witness.
#include "../der/octets.h"
#include "../x509/openssl.h"

#include <scepcodec/ber/normalise.h>
#include <scepcodec/der/reader.h>

#include <boost/test/data/test_case.hpp>

#include <algorithm>
#include <ostream>
#include <string>

using namespace scep;
using namespace scep::ber;
using der::Input;
namespace data = boost::unit_test::data;
using sceptest::hex_of;
using sceptest::must;

namespace {

struct Row {
    std::string what;
    std::vector<std::string> arguments;
    friend std::ostream& operator<<(std::ostream& out, const Row& row) { return out << row.what; }
};

const std::vector<Row> rows{
    {"signed, streamed", {"-sign", "-stream", "-nodetach", "-signer", "cert.pem", "-inkey", "key.pem"}},
    {"signed, streamed, without attributes", {"-sign", "-stream", "-nodetach", "-noattr", "-signer", "cert.pem", "-inkey", "key.pem"}},
    {"signed, at once", {"-sign", "-nodetach", "-signer", "cert.pem", "-inkey", "key.pem"}},
    {"digested, streamed", {"-digest_create", "-stream"}},
    {"data, streamed", {"-data_create", "-stream"}},
};

// Elements in the walk of a DER value that openssl asn1parse prints as one line each.
std::size_t count_elements(Input input) {
    std::size_t count = 0;
    for (der::Reader reader(input); !reader.at_end(); ++count) {
        const der::Element element = reader.any(nullptr);
        BOOST_REQUIRE(!reader.failed());
        if (element.tag().constructed()) {
            count += count_elements(element.value());
        }
    }
    return count;
}

} // namespace

BOOST_DATA_TEST_CASE(what_openssl_streams_becomes_what_openssl_re_encodes, data::make(rows), row) {
    const sceptest::Openssl openssl;
    std::ignore = openssl.text({"req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "key.pem",
                                "-out", "cert.pem", "-subj", "/CN=ber"});
    openssl.write("content", std::string(10'000, 'x'));
    std::vector<std::string> arguments{"cms", "-binary", "-in", "content", "-outform", "DER"};
    arguments.insert(arguments.end(), row.arguments.begin(), row.arguments.end());
    const auto octets = openssl.made(arguments);

    Sources sources;
    const Normalised normalised = must(normalise(must(sources.add_captured(octets)), sources));
    const bool streamed = row.what.find("streamed") != std::string::npos;
    BOOST_TEST(normalised.changed == streamed);
    const auto has = [&](DeviationKind kind) { return std::ranges::count(normalised.deviations, kind, &Deviation::kind) > 0; };
    BOOST_TEST(has(DeviationKind::indefinite_length) == streamed);
    BOOST_TEST(has(DeviationKind::constructed_string) == streamed);
    BOOST_TEST(!has(DeviationKind::unsorted_set_of));

    // The signature is kept, so the same message at once is the same DER: openssl's own joining of parts is the witness.
    openssl.write("ours.der", std::vector<std::uint8_t>(normalised.der.begin(), normalised.der.end()));
    openssl.write("theirs.ber", octets);
    if (row.what.starts_with("signed")) {
        BOOST_TEST(openssl.accepts({"cms", "-verify", "-inform", "DER", "-in", "ours.der", "-noverify", "-binary", "-out", "content.out"}));
        BOOST_TEST(openssl.file("content.out") == openssl.file("content"));
    }
    BOOST_TEST(openssl.text({"cms", "-cmsout", "-print", "-noout", "-inform", "DER", "-in", "ours.der"}) ==
               openssl.text({"cms", "-cmsout", "-print", "-noout", "-inform", "DER", "-in", "theirs.ber"}));
    const std::string parsed = openssl.text({"asn1parse", "-inform", "DER", "-in", "ours.der"});
    BOOST_TEST(static_cast<std::size_t>(std::ranges::count(parsed, '\n')) == count_elements(normalised.der));
    BOOST_TEST(parsed.find("l=inf") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(encrypted_content_keeps_its_parts) {
    const sceptest::Openssl openssl;
    openssl.write("content", std::string(10'000, 'x'));
    const auto octets =
        openssl.made({"cms", "-encrypt", "-stream", "-binary", "-in", "content", "-outform", "DER", "-aes128", "-pwri_password", "secret"});
    Sources sources;
    const Normalised normalised = must(normalise(must(sources.add_captured(octets)), sources));
    BOOST_TEST(normalised.changed);
    for (const Deviation& deviation : normalised.deviations) {
        BOOST_TEST((deviation.kind == DeviationKind::indefinite_length));
    }
    openssl.write("ours.der", std::vector<std::uint8_t>(normalised.der.begin(), normalised.der.end()));
    BOOST_TEST(openssl.text({"cms", "-decrypt", "-inform", "DER", "-in", "ours.der", "-pwri_password", "secret", "-binary"}) ==
               std::string(10'000, 'x'));
}

BOOST_AUTO_TEST_CASE(the_corpus_normalises_to_what_openssl_reads_the_same) {
    const auto corpus = sceptest::corpus();
    if (!corpus) {
        sceptest::skip("SCEPLAB_CORPUS names no corpus");
    }
    const sceptest::Openssl openssl;
    int changed = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(*corpus / "public")) {
        if (entry.path().extension() != ".der") {
            continue;
        }
        const auto octets = sceptest::read_file(entry.path());
        Sources sources;
        const auto normalised = normalise(must(sources.add_view(octets)), sources);
        BOOST_REQUIRE_MESSAGE(normalised.has_value(), entry.path().filename());
        BOOST_TEST(!must(normalise(normalised->der, sources)).changed);
        if (!normalised->changed) {
            continue;
        }
        ++changed;
        for (const Deviation& deviation : normalised->deviations) {
            BOOST_TEST(sceptest::within(deviation.where, sources[0].octets));
        }
        openssl.write("theirs.ber", octets);
        openssl.write("ours.der", std::vector<std::uint8_t>(normalised->der.begin(), normalised->der.end()));
        const std::vector<std::string> print{"cms", "-cmsout", "-print", "-noout", "-inform", "DER", "-in"};
        const auto of = [&](const char* name) {
            auto arguments = print;
            arguments.emplace_back(name);
            return openssl.accepts(arguments) ? openssl.text(arguments) : "refused";
        };
        BOOST_TEST_CONTEXT(entry.path().filename()) { BOOST_TEST(of("ours.der") == of("theirs.ber")); }
    }
    BOOST_TEST(changed > 0);
}
