#include <vectors/generate/families.h>
#include <vectors/generate/write.h>
#include <vectors/run/own.h>

#include <sceptest.h>

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <functional>

// What libscepcodec answers to the cases of the lower layers, straight from the generator.
using namespace sceplab::vectors;

namespace {

Answer ask(const Group& group, const Case& each) {
    Json request = {{"id", each.name}, {"type", group.type}};
    request.update(group.members);
    for (const auto& [member, value] : each.members.items()) {
        if (member != "fields" && member != "where") {
            request[member] = value;
        }
    }
    return own_answer(request);
}

void check_fields(const Case& each, const Answer& answer) {
    const Json fields = each.members.value("fields", Json::object());
    for (const auto& [field, value] : fields.items()) {
        BOOST_TEST(answer.fields.contains(field), each.name << ": no " << field);
        BOOST_TEST((answer.fields.value(field, Json()) == value),
                   each.name << ": " << field << ' ' << answer.fields.value(field, Json()) << ", due " << value);
    }
}

void check(const Group& group, const Case& each) {
    const Answer answer = ask(group, each);
    BOOST_TEST((answer.state != Answer::State::skip), each.name << ": " << answer.reason);
    const bool accepted = answer.state == Answer::State::accept;
    if (each.result == Result::valid) {
        BOOST_TEST(accepted, each.name << ": " << answer.reason);
    }
    if (each.result == Result::invalid) {
        BOOST_TEST(!accepted, each.name << " is accepted");
        const std::string due = each.members.value("where", "");
        BOOST_TEST(answer.where.value_or("") == due,
                   each.name << ": at " << answer.where.value_or("") << ", due " << due << " (" << answer.reason << ')');
    }
    if (accepted) {
        check_fields(each, answer);
    }
}

void check(const File& file, std::size_t at_least) {
    std::size_t count = 0;
    for (const Group& group : file.groups) {
        for (const Case& each : group.cases) {
            check(group, each);
            ++count;
        }
    }
    BOOST_TEST(count >= at_least);
}

} // namespace

BOOST_AUTO_TEST_SUITE(values)

BOOST_AUTO_TEST_CASE(der_values_are_answered_as_expected) { check(der(), 480); }
BOOST_AUTO_TEST_CASE(ber_values_are_answered_as_expected) { check(ber(), 160); }
BOOST_AUTO_TEST_CASE(certificates_and_lists_are_answered_as_expected) { check(x509(), 150); }
BOOST_AUTO_TEST_CASE(certification_requests_are_answered_as_expected) { check(pkcs10(), 80); }
BOOST_AUTO_TEST_CASE(names_are_answered_as_expected) { check(names(), 28); }
BOOST_AUTO_TEST_CASE(texts_of_http_are_answered_as_expected) { check(http(), 100); }

BOOST_AUTO_TEST_CASE(cases_are_the_same_each_time) {
    for (const auto family : {der, ber, x509, pkcs10, names, http}) {
        const File first = family();
        const File second = family();
        BOOST_REQUIRE(first.groups.size() == second.groups.size());
        for (std::size_t at = 0; at < first.groups.size(); ++at) {
            BOOST_TEST(std::ranges::equal(first.groups[at].cases, second.groups[at].cases, {}, &Case::members, &Case::members),
                       first.name << " group " << at);
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
