#include <vectors/generate/der/topics.h>
#include <vectors/generate/group_rows.h>

// UTCTime and GeneralizedTime (X.680, 46 and 47; X.690, 11.7, 11.8; RFC 5280, 4.1.2.5).
namespace sceplab::vectors {

namespace {

Octets utc(std::string_view characters) { return tlv(scep::der::tag::UTCTime, text(characters)); }
Octets generalized(std::string_view characters) { return tlv(scep::der::tag::GeneralizedTime, text(characters)); }

Group utc_times() {
    ValueRows rows("UTCTime");
    rows.valid("utc-2026", utc("260101000000Z"), "2026-01-01T00:00:00Z", "the first second of a year");
    rows.valid("utc-last-second", utc("261231235959Z"), "2026-12-31T23:59:59Z", "the last second of a year");
    rows.valid("utc-year-49", utc("491231235959Z"), "2049-12-31T23:59:59Z", "49 is 2049, the last year that UTCTime has");
    rows.valid("utc-year-50", utc("500101000000Z"), "1950-01-01T00:00:00Z", "50 is 1950, not 2050 (RFC 5280, 4.1.2.5.1)");
    rows.valid("utc-year-69", utc("690101000000Z"), "1969-01-01T00:00:00Z",
               "1969 is before the zero of UNIX time; the C library turns at 69");
    rows.valid("utc-year-99", utc("991231235959Z"), "1999-12-31T23:59:59Z", "99 is 1999");
    rows.valid("utc-year-00", utc("000101000000Z"), "2000-01-01T00:00:00Z", "00 is 2000, not 1900");
    rows.valid("utc-leap-day-2000", utc("000229120000Z"), "2000-02-29T12:00:00Z", "2000 was a leap year: divisible by 400");
    rows.valid("utc-leap-day-2028", utc("280229000000Z"), "2028-02-29T00:00:00Z", "a leap day");
    rows.valid("utc-2038", utc("380119031408Z"), "2038-01-19T03:14:08Z", "the first second that 32 signed bits do not hold");
    rows.invalid("utc-leap-day-2026", utc("260229000000Z"), {"TimeRange"}, "2026 has no 29 February");
    rows.invalid("utc-no-seconds", utc("2601010000Z"), {"TimeForm"}, "without seconds: BER, not DER (X.690, 11.8.2)");
    rows.invalid("utc-offset", utc("260101010000+0100"), {"TimeForm"},
                 "with an offset: another encoding of the same moment (X.690, 11.8.1)");
    rows.invalid("utc-offset-zero", utc("260101000000+0000"), {"TimeForm"}, "an offset of zero in the place of Z");
    rows.invalid("utc-no-seconds-offset", utc("2601010000-0500"), {"TimeForm"}, "neither seconds nor Z");
    rows.invalid("utc-local", utc("260101000000"), {"TimeForm"}, "without Z the time is nowhere's");
    rows.invalid("utc-lower-case-z", utc("260101000000z"), {"TimeForm"}, "z in the place of Z");
    rows.invalid("utc-fraction", utc("260101000000.5Z"), {"TimeForm"}, "UTCTime has no fractions");
    rows.invalid("utc-four-digit-year", utc("20260101000000Z"), {"TimeForm"},
                 "the characters of a GeneralizedTime under the tag of a UTCTime");
    rows.invalid("utc-empty", utc(""), {"EmptyContent"}, "no characters at all");
    rows.invalid("utc-z-alone", utc("Z"), {"TimeForm"}, "Z alone: digits before it must not be read");
    rows.invalid("utc-month-0", utc("260001000000Z"), {"TimeRange"}, "month 0, which indexes before a table of months");
    rows.invalid("utc-month-13", utc("261301000000Z"), {"TimeRange"}, "month 13, which indexes behind a table of months");
    rows.invalid("utc-day-0", utc("260100000000Z"), {"TimeRange"}, "day 0");
    rows.invalid("utc-day-32", utc("260132000000Z"), {"TimeRange"}, "day 32");
    rows.invalid("utc-april-31", utc("260431000000Z"), {"TimeRange"}, "April has 30 days");
    rows.invalid("utc-hour-24", utc("260101240000Z"), {"TimeRange"}, "hour 24: midnight is 00 of the next day");
    rows.invalid("utc-minute-60", utc("260101006000Z"), {"TimeRange"}, "minute 60");
    rows.invalid("utc-second-60", utc("161231235960Z"), {"TimeRange"},
                 "second 60 of a real leap second: UTCTime has 00 to 59 (X.680, 47.3)");
    rows.invalid("utc-second-61", utc("260101000061Z"), {"TimeRange"}, "second 61");
    rows.invalid("utc-letter", utc("26O101000000Z"), {"TimeForm"}, "the letter O in the place of a zero");
    rows.invalid("utc-space", utc("26 101000000Z"), {"TimeForm"}, "a space in the place of a zero, which scanf passes over");
    rows.invalid("utc-minus", utc("26-101000000Z"), {"TimeForm"}, "a sign in the place of a digit, which strtol takes");
    rows.invalid("utc-nul", hex("17 0d 32 36 30 31 30 31 30 30 30 30 30 00 5a"), {"TimeForm", "EmbeddedNul"},
                 "an octet 00 in the place of the last digit");
    rows.invalid("utc-nul-after-z", hex("17 0e 32 36 30 31 30 31 30 30 30 30 30 30 5a 00"), {"TimeForm", "EmbeddedNul"},
                 "the NUL of a C string counted into the value");
    rows.invalid("utc-after-z", utc("260101000000ZZ"), {"TimeForm"}, "a second Z");
    rows.invalid("utc-full-width-digits", utc("26０101000000Z"), {"TimeForm"}, "a full-width zero, a digit to Unicode and none here");
    rows.invalid("utc-constructed", hex("37 0f 04 0d 32 36 30 31 30 31 30 30 30 30 30 30 5a"), {"ConstructedString"},
                 "a time in parts: it is a string, and DER has none of those in constructed form");
    rows.invalid("utc-as-generalized", generalized("20260101000000Z"), {"WrongTag"}, "a GeneralizedTime where the type is UTCTime");
    return std::move(rows).take();
}

Group generalized_times() {
    ValueRows rows("GeneralizedTime");
    rows.valid("generalized-2050", generalized("20500101000000Z"), "2050-01-01T00:00:00Z",
               "the first moment that certificates write as GeneralizedTime");
    rows.valid("generalized-2026", generalized("20260101000000Z"), "2026-01-01T00:00:00Z",
               "the type has no lower bound, whatever certificates do");
    rows.valid("generalized-9999", generalized("99991231235959Z"), "9999-12-31T23:59:59Z",
               "no well-defined expiration date (RFC 5280, 4.1.2.5)");
    rows.valid("generalized-1900", generalized("19000228000000Z"), "1900-02-28T00:00:00Z",
               "before the zero of UNIX time, and out of 32 bits");
    rows.valid("generalized-leap-day-2400", generalized("24000229000000Z"), "2400-02-29T00:00:00Z",
               "2400 is divisible by 400 and has a leap day");
    rows.valid("generalized-2106", generalized("21060207062816Z"), "2106-02-07T06:28:16Z", "the first second that 32 bits do not hold");
    rows.acceptable("generalized-year-0000", generalized("00000101000000Z"), "0000-01-01T00:00:00Z", {"TimeRange"},
                    "year 0 is a year to ISO 8601 and none to many calendars");
    rows.acceptable("generalized-fraction", generalized("20260101000000.5Z"), std::nullopt, {"TimeFraction"},
                    "a fraction is DER (X.690, 11.7.3); RFC 5280, 4.1.2.5.2 has none, and decoders for certificates may refuse it");
    rows.acceptable("generalized-fraction-long", generalized("20260101000000.0000001Z"), std::nullopt, {"TimeFraction"},
                    "a fraction of seven digits, the last of them not zero");
    rows.acceptable("generalized-second-60", generalized("20161231235960Z"), std::nullopt, {"TimeRange"},
                    "second 60 of a real leap second, which ISO 8601 has and POSIX time has not");
    rows.invalid("generalized-leap-day-1900", generalized("19000229000000Z"), {"TimeRange"},
                 "1900 was no leap year: divisible by 100, not by 400");
    rows.invalid("generalized-leap-day-2100", generalized("21000229000000Z"), {"TimeRange"}, "2100 will be no leap year");
    rows.invalid("generalized-fraction-of-zero", generalized("20260101000000.0Z"), {"TimeForm"},
                 "a fraction of zero is to be left out (X.690, 11.7.3)");
    rows.invalid("generalized-fraction-trailing-zero", generalized("20260101000000.50Z"), {"TimeForm"}, "a fraction that ends in 0");
    rows.invalid("generalized-fraction-empty", generalized("20260101000000.Z"), {"TimeForm"}, "a point and no digits");
    rows.invalid("generalized-fraction-comma", generalized("20260101000000,5Z"), {"TimeForm"},
                 "a comma is BER; DER has the point (X.690, 11.7.4)");
    rows.invalid("generalized-no-seconds", generalized("202601010000Z"), {"TimeForm"}, "without seconds: BER, not DER (X.690, 11.7.2)");
    rows.invalid("generalized-no-minutes", generalized("2026010100Z"), {"TimeForm"}, "hours alone: BER, not DER");
    rows.invalid("generalized-offset", generalized("20260101010000+0100"), {"TimeForm"}, "with an offset (X.690, 11.7.1)");
    rows.invalid("generalized-offset-hours", generalized("20260101010000+01"), {"TimeForm"}, "with an offset of hours alone");
    rows.invalid("generalized-local", generalized("20260101000000"), {"TimeForm"}, "local time, which depends on where one reads it");
    rows.invalid("generalized-hour-24", generalized("20260101240000Z"), {"TimeRange"},
                 "24:00 is to be written as 00:00 of the next day (X.690, 11.7.2)");
    rows.invalid("generalized-month-0", generalized("20260001000000Z"), {"TimeRange"}, "month 0");
    rows.invalid("generalized-month-13", generalized("20261301000000Z"), {"TimeRange"}, "month 13");
    rows.invalid("generalized-day-31-in-june", generalized("20260631000000Z"), {"TimeRange"}, "June has 30 days");
    rows.invalid("generalized-five-digit-year", generalized("120260101000000Z"), {"TimeForm"},
                 "a year of five digits moves all that follows");
    rows.invalid("generalized-two-digit-year", generalized("260101000000Z"), {"TimeForm"},
                 "the characters of a UTCTime under the tag of a GeneralizedTime");
    rows.invalid("generalized-iso-8601", generalized("2026-01-01T00:00:00Z"), {"TimeForm"}, "the extended form of ISO 8601");
    rows.invalid("generalized-negative-year", generalized("-0010101000000Z"), {"TimeForm"}, "a year with a sign");
    rows.invalid("generalized-empty", generalized(""), {"EmptyContent"}, "no characters at all");
    rows.invalid("generalized-trailing-space", generalized("20260101000000Z "), {"TimeForm"}, "a space after Z");
    return std::move(rows).take();
}

} // namespace

std::vector<Group> der_times() { return {utc_times(), generalized_times()}; }

} // namespace sceplab::vectors
