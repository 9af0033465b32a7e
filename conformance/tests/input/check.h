#pragma once

#include "reading.h"

#include <sceptest.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using Lines = std::vector<std::string>;

inline void check_lines(const Lines& got, const Lines& wanted) { BOOST_TEST(got == wanted, boost::test_tools::per_element()); }

inline void check_contains(const std::string& text, std::string_view part) {
    BOOST_TEST(text.find(part) != std::string::npos, "\"" << text << "\" holds \"" << part << "\"");
}
