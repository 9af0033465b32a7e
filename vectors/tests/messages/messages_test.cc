#include <vectors/generate/families.h>
#include <vectors/run/own.h>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <array>

namespace sceplab::vectors {

namespace {

// The request of a case, as run-vectors puts it.
Json request_of(const Group& group, const Case& each) {
    Json out = {{"id", each.name}, {"type", group.type}};
    out.update(group.members);
    out["input"] = each.members.at("input");
    return out;
}

void check(const Group& group, const Case& each) {
    const Answer answer = own_answer(request_of(group, each));
    const bool accepted = answer.state == Answer::State::accept;
    BOOST_CHECK_MESSAGE(answer.state != Answer::State::skip, "skipped: " << answer.reason);
    if (each.result != Result::acceptable) {
        BOOST_CHECK_MESSAGE(accepted == (each.result == Result::valid), (accepted ? "accepted" : "rejected: " + answer.reason));
    }
    if (accepted && each.result != Result::invalid) {
        const Json fields = each.members.value("fields", Json::object());
        for (const auto& [name, value] : fields.items()) {
            BOOST_CHECK_MESSAGE(answer.fields.value(name, Json()) == value,
                                name << " is " << answer.fields.value(name, Json()).dump() << ", due is " << value.dump());
        }
        BOOST_CHECK_EQUAL(each.members.value("plaintext", ""), answer.plaintext.value_or(""));
    }
    if (!accepted && each.members.contains("where")) {
        BOOST_CHECK_MESSAGE(answer.where == each.members["where"].get<std::string>(), "where is " << answer.where.value_or("nothing")
                                                                                                  << ", due is " << each.members["where"]
                                                                                                  << " (" << answer.reason << ")");
    }
}

constexpr std::array message_families{certificates_only, signed_data, enveloped_data, pki_message};

} // namespace

BOOST_DATA_TEST_CASE(own_answer_is_the_one_expected, boost::unit_test::data::xrange(message_families.size()), index) {
    const File file = message_families[index]();
    for (const Group& group : file.groups) {
        for (const Case& each : group.cases) {
            BOOST_TEST_CONTEXT(file.name << ": " << each.name) { check(group, each); }
        }
    }
}

} // namespace sceplab::vectors
