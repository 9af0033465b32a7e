#include <vectors/run/run.h>

#include <conformance/tree/legible.h>

#include <fmt/format.h>
#include <pugixml.hpp>

#include <algorithm>
#include <sstream>

namespace sceplab::vectors {

namespace {

using tree::legible;
using State = Verdict::State;

std::string_view name(State state) {
    switch (state) {
    case State::expected:
        return "expected";
    case State::unexpected:
        return "unexpected";
    case State::skipped:
        return "skipped";
    }
    return "";
}

std::string of(const Json& test, const char* member) { return test.at(member); }

// Runs of outcomes of one file.
template <class Each>
void for_each_file(std::span<const Outcome> outcomes, const Each& each) {
    for (std::size_t begin = 0; begin < outcomes.size();) {
        const std::string& file = outcomes[begin].vector->file;
        std::size_t end = begin;
        while (end < outcomes.size() && outcomes[end].vector->file == file) {
            ++end;
        }
        each(file, outcomes.subspan(begin, end - begin));
        begin = end;
    }
}

std::string line(std::string_view what, const Counts& counts) {
    return fmt::format("{}: {} cases, {} unexpected, {} skipped\n", what, counts.cases, counts.unexpected, counts.skipped);
}

}  // namespace

std::string text(std::span<const Outcome> outcomes) {
    std::string out;
    for (const Outcome& each : outcomes) {
        if (each.verdict.state == State::unexpected) {
            const Json& test = each.vector->test;
            out += fmt::format("{}  {}\n    {}: {}\n", of(test, "id"), legible(each.verdict.why), legible(of(test, "name")), legible(of(test, "comment")));
        }
    }
    for_each_file(outcomes, [&](const std::string& file, std::span<const Outcome> of_file) { out += line(file, count(of_file)); });
    return out + line("all", count(outcomes));
}

std::string json(std::span<const Outcome> outcomes, const std::string& harness) {
    Json cases = Json::array();
    for (const Outcome& each : outcomes) {
        Json one = {{"id", each.vector->test.at("id")}, {"verdict", name(each.verdict.state)}};
        if (!each.verdict.why.empty()) {
            one["why"] = each.verdict.why;
        }
        if (each.answer.state == Answer::State::hang || each.answer.state == Answer::State::crash) {
            one["answer"] = {{"result", each.answer.state == Answer::State::hang ? "hang" : "crash"}};
        } else {
            one["answer"] = to_json(each.answer);
        }
        cases.push_back(std::move(one));
    }
    const Counts sum = count(outcomes);
    const Json document = {{"schema", "sceplab-run/1"},
                           {"harness", harness},
                           {"cases", std::move(cases)},
                           {"summary", {{"cases", sum.cases}, {"unexpected", sum.unexpected}, {"skipped", sum.skipped}}}};
    return document.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

std::string junit(std::span<const Outcome> outcomes) {
    pugi::xml_document document;
    pugi::xml_node suites = document.append_child("testsuites");
    const auto put_counts = [](pugi::xml_node node, std::span<const Outcome> of) {
        const Counts counts = count(of);
        node.append_attribute("tests").set_value(counts.cases);
        node.append_attribute("failures").set_value(counts.unexpected);
        node.append_attribute("errors").set_value(0);
        node.append_attribute("skipped").set_value(counts.skipped);
    };
    put_counts(suites, outcomes);
    for_each_file(outcomes, [&](const std::string& file, std::span<const Outcome> of_file) {
        pugi::xml_node suite = suites.append_child("testsuite");
        suite.append_attribute("name").set_value(file.c_str());
        put_counts(suite, of_file);
        for (const Outcome& each : of_file) {
            pugi::xml_node one = suite.append_child("testcase");
            one.append_attribute("classname").set_value(file.c_str());
            one.append_attribute("name").set_value(of(each.vector->test, "id").c_str());
            if (each.verdict.state == State::expected) {
                continue;
            }
            pugi::xml_node why = one.append_child(each.verdict.state == State::skipped ? "skipped" : "failure");
            why.append_attribute("message").set_value(legible(each.verdict.why).c_str());
            if (each.verdict.state == State::unexpected) {
                why.text().set(legible(of(each.vector->test, "comment")).c_str());
            }
        }
    });
    std::ostringstream out;
    document.save(out, "  ");
    return out.str();
}

}  // namespace sceplab::vectors
