#include "sceptest.h"

#include <boost/test/results_collector.hpp>
#include <boost/test/tree/observer.hpp>
#include <boost/test/tree/traverse.hpp>
#include <boost/test/unit_test.hpp>
#include <boost/test/unit_test_monitor.hpp>

#include <iostream>
#include <set>
#include <string>

namespace sceptest {

namespace {

namespace ut = boost::unit_test;

struct Skipped {
    std::string reason;
};

std::set<ut::test_unit_id>& skipped_cases() {
    static std::set<ut::test_unit_id> cases;
    return cases;
}

void note_skip(const Skipped& skipped) {
    const ut::test_unit& unit = ut::framework::current_test_unit();
    skipped_cases().insert(unit.p_id);
    std::cout << "skipped: " << unit.full_name() << ": " << skipped.reason << std::endl;
}

struct Figures {
    unsigned passed = 0;
    unsigned failed = 0;
    unsigned skipped = 0;

    void add(bool failure, bool skip) { ++(failure ? failed : skip ? skipped : passed); }
};

// A data-driven test is a suite with the rows _0, _1, ... as its cases. It counts once: failed where a row failed, skipped where no row ran.
class Counter : public ut::test_tree_visitor {
public:
    Figures functions;
    Figures rows;

    bool test_suite_start(const ut::test_suite& suite) override {
        if (!suite.is_enabled()) {
            return false;
        }
        m_data_rows = {};
        return true;
    }

    void visit(const ut::test_case& test) override {
        if (!test.is_enabled()) {
            return;
        }
        const ut::test_results& results = ut::results_collector.results(test.p_id);
        const bool failed = !results.passed() && !results.p_skipped;
        const bool skipped = results.p_skipped || skipped_cases().contains(test.p_id);
        if (is_row(test)) {
            rows.add(failed, skipped);
            m_data_rows.add(failed, skipped);
        } else {
            functions.add(failed, skipped);
        }
    }

    void test_suite_finish(const ut::test_suite&) override {
        if (m_data_rows.passed + m_data_rows.failed + m_data_rows.skipped > 0) {
            functions.add(m_data_rows.failed > 0, m_data_rows.passed == 0);
        }
        m_data_rows = {};
    }

private:
    static bool is_row(const ut::test_case& test) {
        const std::string name = test.p_name;
        return name.size() > 1 && name[0] == '_' && name.find_first_not_of("0123456789", 1) == std::string::npos;
    }

    Figures m_data_rows;
};

class Summary : public ut::test_observer {
public:
    void test_finish() override {
        Counter counter;
        ut::traverse_test_tree(ut::framework::master_test_suite(), counter, true);
        const auto& [passed, failed, skipped] = counter.functions;
        const auto& rows = counter.rows;
        std::cout << "sceptest: passed=" << passed << " failed=" << failed << " skipped=" << skipped << " rows_passed=" << rows.passed
                  << " rows_failed=" << rows.failed << " rows_skipped=" << rows.skipped << std::endl;
    }

    // After the results collector, which has priority 3.
    int priority() override { return 100; }
};

bool init() {
    static Summary summary;
    ut::framework::register_observer(summary);
    ut::unit_test_monitor.register_exception_translator<Skipped>(&note_skip);
    return true;
}

} // namespace

void skip(std::string_view reason) { throw Skipped{std::string(reason)}; }

} // namespace sceptest

int main(int argc, char* argv[]) { return boost::unit_test::unit_test_main(&sceptest::init, argc, argv); }
