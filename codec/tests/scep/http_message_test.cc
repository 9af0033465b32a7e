// message= of a GET, bodies in base64, hexadecimal.
#include "../cms/openssl.h"

#include <scepcodec/der/values.h>
#include <scepcodec/scep/http.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace scep;
using namespace sceptest;
namespace data = boost::unit_test::data;

namespace {

using enum http::TextDeviationKind;
using Kinds = std::vector<std::pair<http::TextDeviationKind, std::uint32_t>>; // with the offset

struct Row {
    const char* text;
    const char* octets; // hexadecimal
    Kinds deviations;
};
std::ostream& operator<<(std::ostream& out, const Row& row) { return out << "'" << row.text << "'"; }

void check(const http::DecodedText& decoded, const Row& row) {
    BOOST_TEST(der::to_hex(decoded.octets.octets()) == row.octets);
    Kinds told;
    for (const http::TextDeviation& deviation : decoded.deviations) {
        told.emplace_back(deviation.kind, deviation.where.offset);
        BOOST_TEST(deviation.where.offset + deviation.where.length <= std::string_view(row.text).size());
        BOOST_TEST(http::name(deviation.kind) != "unknown");
    }
    BOOST_TEST((told == row.deviations));
}

struct ErrorRow {
    const char* text;
    ErrorCode code;
    std::uint32_t offset;
};
std::ostream& operator<<(std::ostream& out, const ErrorRow& row) { return out << "'" << row.text << "'"; }

template <class F>
void check_error(const ErrorRow& row, F&& decode) {
    Sources sources;
    const auto decoded = decode(*sources.add_captured(octets_of(row.text)), sources);
    BOOST_REQUIRE(!decoded);
    BOOST_TEST((decoded.error().code == row.code));
    BOOST_TEST(decoded.error().where.offset == row.offset);
    BOOST_TEST(decoded.error().where.offset + decoded.error().where.length <= std::string_view(row.text).size());
}

} // namespace

BOOST_AUTO_TEST_SUITE(http_message)

// RFC 8894, 4.1. 3081fbefff3e is "MIH77/8+" in base64.
const Row get_rows[] = {
    {"MIH77%2F8%2B", "3081fbefff3e", {}},
    {"MIH77%2f8%2b", "3081fbefff3e", {}},
    {"%4DIH77%2F8%2B", "3081fbefff3e", {}},
    {"MIH77/8+", "3081fbefff3e", {{raw_slash, 5}, {raw_plus, 7}}},
    {"MIH77%2F8+", "3081fbefff3e", {{raw_plus, 9}}},
    {"MIH77/8%2B", "3081fbefff3e", {{raw_slash, 5}}},
    {"MIH77%2F8 ", "3081fbefff3e", {{space_for_plus, 9}}},
    {"MIH77%2F8%20", "3081fbefff3e", {{space_for_plus, 9}}},
    {"MIH77_8-", "3081fbefff3e", {{base64url, 5}}},
    {"MIH7%0A7%2F8%2B%0A", "3081fbefff3e", {{line_break, 4}}},
    {"MIH7%0D%0A7%2F8%2B", "3081fbefff3e", {{line_break, 4}}},
    {"MIH77%252F8%252B", "3081fbefff3e", {{double_escape, 5}}},
    {"MIH7%250A7%252F8%2B", "3081fbefff3e", {{double_escape, 4}, {line_break, 4}}},
    {"MIH7%0A7/8+", "3081fbefff3e", {{line_break, 4}, {raw_slash, 8}, {raw_plus, 10}}},
    {"MIAGAA%3D%3D", "30800600", {}},
    {"MIAGAA==", "30800600", {{raw_equals, 6}}},
    {"MIAGAA%253D%253D", "30800600", {{double_escape, 6}}},
    {"MIAGAA", "30800600", {{missing_padding, 6}}},
    {"MIAGAA%3D", "30800600", {{missing_padding, 9}}},
    {"MIAGAAU%3D", "3080060005", {}},
    {"MIAGAAU", "3080060005", {{missing_padding, 7}}},
    {"MIAGAB%3D%3D", "30800600", {{pad_bits, 5}}},
    {"MIAGAAV%3D", "3080060005", {{pad_bits, 6}}},
    {"MIGGAA==%0A", "30818600", {{raw_equals, 6}, {line_break, 8}}},
    {"MIIBAA%3D%3D", "30820100", {}},
    {"", "", {}},
};

BOOST_DATA_TEST_CASE(get_values, data::make(get_rows), row) {
    Sources sources;
    const auto decoded = http::decode_get_message(*sources.add_captured(octets_of(row.text)), sources);
    BOOST_REQUIRE_MESSAGE(decoded, (decoded ? std::string() : decoded.error().to_string()));
    check(*decoded, row);
    BOOST_TEST((sources[decoded->octets.source()].kind == SourceKind::base64));
}

const ErrorRow get_error_rows[] = {
    {"MIH77%2", ErrorCode::invalid_percent_escape, 5},
    {"MIH77%", ErrorCode::invalid_percent_escape, 5},
    {"MIH77%zz8", ErrorCode::invalid_percent_escape, 5},
    {"MIH7!", ErrorCode::invalid_base64, 4},
    {"MIH7%21", ErrorCode::invalid_base64, 4},
    {"MIH77", ErrorCode::invalid_base64, 5},
    {"MI==AA", ErrorCode::invalid_base64, 4},
    {"MI===", ErrorCode::invalid_base64, 4},
    {"MIH7=", ErrorCode::invalid_base64, 4},
    {"MIH7%00", ErrorCode::invalid_base64, 4},
    {"MIH7%25252F", ErrorCode::invalid_base64, 4},
    {"<html>", ErrorCode::invalid_base64, 0},
};

BOOST_DATA_TEST_CASE(get_values_that_do_not_decode, data::make(get_error_rows), row) { check_error(row, &http::decode_get_message); }

// OpenSSL's base64 of the octets, escaped, comes back; and each octet maps to the digit it begins in.
BOOST_DATA_TEST_CASE(octets_map_to_their_digits, data::make(std::vector<std::size_t>{1, 2, 3, 4, 5, 47, 48, 49, 200}), size) {
    Octets octets;
    for (std::size_t i = 0; i < size; ++i) {
        octets.push_back(static_cast<std::uint8_t>(i * 73 + 0x30));
    }
    std::string plain = openssl_text({"base64", "-A"}, octets);
    std::string escaped;
    std::vector<std::uint32_t> places; // of each base64 digit
    for (const char c : plain) {
        places.push_back(static_cast<std::uint32_t>(escaped.size()));
        escaped += c == '+' ? "%2B" : c == '/' ? "%2F" : c == '=' ? "%3D" : std::string(1, c);
    }
    Sources sources;
    const auto decoded = http::decode_get_message(*sources.add_captured(octets_of(escaped)), sources);
    BOOST_REQUIRE(decoded);
    BOOST_TEST(decoded->deviations.empty());
    BOOST_TEST(decoded->octets.same_octets(octets));
    for (std::uint32_t i = 0; i < size; ++i) {
        const Location where = sources.in_capture(decoded->octets.slice(i, 1).location());
        BOOST_TEST(where.offset == places[i * 8 / 6]);
    }
}

// Bodies and files.
const Row text_rows[] = {
    {"MIH77/8+", "3081fbefff3e", {{base64_body, 0}}},
    {"MIH7\r\n7/8+\r\n", "3081fbefff3e", {{base64_body, 0}}},
    {"MIH7 7/8+", "3081fbefff3e", {{base64_body, 0}}},
    {"MIH77_8-", "3081fbefff3e", {{base64_body, 0}, {base64url, 5}}},
    {"MIAGAA", "30800600", {{base64_body, 0}, {missing_padding, 6}}},
    {"\xef\xbb\xbfMIH77/8+", "3081fbefff3e", {{base64_body, 0}}},
    {"-----BEGIN PKCS7-----\nMIH7\n7/8+\n-----END PKCS7-----\n", "3081fbefff3e", {{pem, 0}}},
    {"Subject: x\r\n-----BEGIN A-----\r\nMIAGAA==\r\n-----END A-----", "30800600", {{pem, 0}}},
};

BOOST_DATA_TEST_CASE(base64_texts, data::make(text_rows), row) {
    Sources sources;
    const auto decoded = http::decode_base64(*sources.add_captured(octets_of(row.text)), sources);
    BOOST_REQUIRE_MESSAGE(decoded, (decoded ? std::string() : decoded.error().to_string()));
    check(*decoded, row);
}

const ErrorRow text_error_rows[] = {
    {"-----BEGIN PKCS7-----", ErrorCode::invalid_pem, 0},
    {"x -----BEGIN PKCS7-----\nMIH7\n", ErrorCode::invalid_pem, 2},
    {"-----BEGIN PKCS7-----\nMI%7\n-----END PKCS7-----", ErrorCode::invalid_base64, 24},
    {"MI%2B", ErrorCode::invalid_base64, 2},
};

BOOST_DATA_TEST_CASE(base64_texts_that_do_not_decode, data::make(text_error_rows), row) { check_error(row, &http::decode_base64); }

BOOST_DATA_TEST_CASE(pem_of_openssl, data::make(std::vector<std::string>{"client", "ec"}), name) {
    const std::string pem_text = openssl_text({"x509", "-text", "-in", key_file(name + ".pem")});
    Sources sources;
    const auto decoded = http::decode_base64(*sources.add_captured(octets_of(pem_text)), sources);
    BOOST_REQUIRE(decoded);
    BOOST_TEST(decoded->octets.same_octets(certificate(name)));
}

const Row hex_rows[] = {
    {"3081fbEF", "3081fbef", {}},
    {"30:81:fb:ef\n", "3081fbef", {}},
    {" 30 81\tfb\r\nef", "3081fbef", {}},
    {"", "", {}},
};

BOOST_DATA_TEST_CASE(hexadecimal, data::make(hex_rows), row) {
    Sources sources;
    const auto decoded = http::decode_hex(*sources.add_captured(octets_of(row.text)), sources);
    BOOST_REQUIRE(decoded);
    check(*decoded, row);
}

const ErrorRow hex_error_rows[] = {
    {"308", ErrorCode::invalid_hex, 3}, {"30 8g", ErrorCode::invalid_hex, 4}, {"0x30", ErrorCode::invalid_hex, 1}};

BOOST_DATA_TEST_CASE(hexadecimal_that_does_not_decode, data::make(hex_error_rows), row) { check_error(row, &http::decode_hex); }

BOOST_AUTO_TEST_CASE(hexadecimal_maps_to_its_digits) {
    Sources sources;
    const auto decoded = http::decode_hex(*sources.add_captured(octets_of("30:81 fb")), sources);
    BOOST_TEST(sources.in_capture(decoded->octets.slice(1, 1).location()).offset == 3u);
    BOOST_TEST(sources.in_capture(decoded->octets.slice(2, 1).location()).offset == 6u);
}

struct LooksRow {
    std::string text;
    bool looks;
};
std::ostream& operator<<(std::ostream& out, const LooksRow& row) { return out << "'" << row.text << "'"; }
const LooksRow looks_rows[] = {
    {"MIIBCgKCAQEA", true},
    {"MIAGCSqGSIb3", true},
    {"\r\n MIIBCgKCAQEA\r\n", true},
    {"\xef\xbb\xbfMIIBCgKCAQEA", true},
    {"-----BEGIN CERT", true},
    {"MIIBCgKC%2B", false},
    {"AIIBCgKCAQEA", false},
    {"MII", false},
    {"", false},
    {"<html>", false},
    {"MIIBCgKC\x01", false},
    {std::string("0\x82\x01\x0a", 4), false},
};

BOOST_DATA_TEST_CASE(worth_a_try, data::make(looks_rows), row) {
    const Octets octets = octets_of(row.text);
    BOOST_TEST(http::looks_like_base64(der::Input(octets)) == row.looks);
    if (row.looks && row.text[0] != '-') {
        Sources sources;
        BOOST_TEST(http::decode_base64(*sources.add_captured(octets), sources).has_value());
    }
}

BOOST_AUTO_TEST_CASE(the_limit_on_octets_holds) {
    Sources sources(Limits{.bytes = 8});
    const Octets text = octets_of("MIH77/8+MIH77/8+");
    BOOST_TEST(!sources.add_captured(text).has_value());
    const auto small = http::decode_base64(*sources.add_captured(octets_of("MIH77/8+")), sources);
    BOOST_TEST(small.has_value());
}

BOOST_AUTO_TEST_SUITE_END()
