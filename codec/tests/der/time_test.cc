#include "octets.h"

#include <scepcodec/der/writer.h>

#include <boost/test/data/test_case.hpp>

#include <cstdio>
#include <ctime>
#include <ostream>
#include <string>

using namespace scep;
using namespace scep::der;
namespace data = boost::unit_test::data;

namespace {

std::vector<std::uint8_t> tlv(Tag tag, std::string_view text) {
    return encode([&](Writer& w) { w.primitive(tag, text); });
}

struct TimeRow {
    Tag tag;
    std::string text;
    std::string shown; // empty: invalid_time
    friend std::ostream& operator<<(std::ostream& out, const TimeRow& row) { return out << to_string(row.tag) << ' ' << row.text; }
};

const std::vector<TimeRow> times{
    {tag::UTCTime, "700101000000Z", "1970-01-01T00:00:00Z"},
    {tag::UTCTime, "500101000000Z", "1950-01-01T00:00:00Z"},
    {tag::UTCTime, "491231235959Z", "2049-12-31T23:59:59Z"},
    {tag::UTCTime, "000229120000Z", "2000-02-29T12:00:00Z"},
    {tag::UTCTime, "240229235959Z", "2024-02-29T23:59:59Z"},
    {tag::UTCTime, "991231235959Z", "1999-12-31T23:59:59Z"},
    {tag::GeneralizedTime, "19491231235959Z", "1949-12-31T23:59:59Z"},
    {tag::GeneralizedTime, "20500101000000Z", "2050-01-01T00:00:00Z"},
    {tag::GeneralizedTime, "99991231235959Z", "9999-12-31T23:59:59Z"},
    {tag::GeneralizedTime, "00000229000000Z", "0000-02-29T00:00:00Z"},
    {tag::GeneralizedTime, "20000229000000Z", "2000-02-29T00:00:00Z"},
    {tag::GeneralizedTime, "16000229000000Z", "1600-02-29T00:00:00Z"},
    // No such day or hour
    {tag::UTCTime, "230229000000Z", ""},
    {tag::GeneralizedTime, "19000229000000Z", ""},
    {tag::GeneralizedTime, "21000229000000Z", ""},
    {tag::GeneralizedTime, "22000229000000Z", ""},
    {tag::UTCTime, "240230000000Z", ""},
    {tag::UTCTime, "240431000000Z", ""},
    {tag::UTCTime, "240001000000Z", ""},
    {tag::UTCTime, "241301000000Z", ""},
    {tag::UTCTime, "240100000000Z", ""},
    {tag::UTCTime, "240132000000Z", ""},
    {tag::UTCTime, "240101240000Z", ""},
    {tag::UTCTime, "240101006000Z", ""},
    {tag::UTCTime, "240101000060Z", ""},
    // Forms that DER or RFC 5280 does not have
    {tag::UTCTime, "", ""},
    {tag::UTCTime, "Z", ""},
    {tag::UTCTime, "2401010000Z", ""},
    {tag::UTCTime, "240101000000", ""},
    {tag::UTCTime, "240101000000z", ""},
    {tag::UTCTime, "160531073014-0400", ""},
    {tag::UTCTime, "240101000000+0000", ""},
    {tag::UTCTime, "24010100000 Z", ""},
    {tag::UTCTime, "-40101000000Z", ""},
    {tag::UTCTime, "24:101000000Z", ""},
    {tag::UTCTime, "20240101000000Z", ""},
    {tag::GeneralizedTime, "240101000000Z", ""},
    {tag::GeneralizedTime, "20240101000000.5Z", ""},
    {tag::GeneralizedTime, "20240101000000.0Z", ""},
    {tag::GeneralizedTime, "20240101000000+0100", ""},
};

struct WrittenRow {
    std::int64_t seconds;
    Tag tag;
    std::string text;
    friend std::ostream& operator<<(std::ostream& out, const WrittenRow& row) { return out << row.text; }
};

const std::vector<WrittenRow> written{
    {0, tag::UTCTime, "700101000000Z"},
    {-631152000, tag::UTCTime, "500101000000Z"},
    {-631152001, tag::GeneralizedTime, "19491231235959Z"},
    {2524607999, tag::UTCTime, "491231235959Z"},
    {2524608000, tag::GeneralizedTime, "20500101000000Z"},
    {253402300799, tag::GeneralizedTime, "99991231235959Z"},
    {951782400, tag::UTCTime, "000229000000Z"},
};

} // namespace

BOOST_DATA_TEST_CASE(a_time_has_one_form, data::make(times), row) {
    const auto octets = tlv(row.tag, row.text);
    const Element element = sceptest::element(octets);
    const auto time = decode_time(element);
    BOOST_TEST(time.has_value() == !row.shown.empty());
    if (time) {
        BOOST_TEST(time->to_string() == row.shown);
        BOOST_TEST(time->element.whole().location() == element.whole().location());
    } else {
        BOOST_TEST(time.error().code == ErrorCode::invalid_time);
        BOOST_TEST(time.error().where == element.whole().location());
    }
}

BOOST_AUTO_TEST_CASE(every_day_is_where_the_c_library_puts_it) {
    for (std::int64_t day = -1000000; day < 2900000; day += 137) {
        const std::int64_t seconds = day * 86400 + 12345;
        const std::time_t clock = seconds;
        std::tm parts{};
        BOOST_REQUIRE(gmtime_r(&clock, &parts) != nullptr);
        if (parts.tm_year + 1900 < 0 || parts.tm_year + 1900 > 9999) {
            continue;
        }
        char text[64];
        std::snprintf(text, sizeof text, "%04d%02d%02d%02d%02d%02dZ", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday, parts.tm_hour,
                      parts.tm_min, parts.tm_sec);
        const auto octets = tlv(tag::GeneralizedTime, text);
        const auto time = decode_time(sceptest::element(octets));
        BOOST_REQUIRE(time);
        BOOST_REQUIRE(time->seconds == seconds);
        std::string digits = format_time(seconds);
        std::erase_if(digits, [](char c) { return c == '-' || c == ':' || c == 'T'; });
        BOOST_REQUIRE(digits == text);
    }
}

BOOST_DATA_TEST_CASE(a_time_is_written_as_rfc_5280_wants_it, data::make(written), row) {
    BOOST_TEST(sceptest::hex_of(encode([&](Writer& w) { w.time(row.seconds); })) == sceptest::hex_of(tlv(row.tag, row.text)));
}

BOOST_AUTO_TEST_CASE(a_value_that_is_no_time_is_an_unexpected_tag) {
    const auto octets = tlv(tag::PrintableString, "240101000000Z");
    const auto time = decode_time(sceptest::element(octets));
    BOOST_REQUIRE(!time);
    BOOST_TEST(time.error().to_string() == "UTCTime or GeneralizedTime expected, PrintableString at 0..15");
}
