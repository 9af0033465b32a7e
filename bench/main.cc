// The benchmarks: every contender's result is compared with the reference, then all contenders of a case are timed in turn, in random
// order.
#include "allocations.h"
#include "cases.h"
#include "peers/peers.h"
#include "peers/process.h"
#include "peers/versions.h"
#include "replay.h"
#include "table.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <regex>

namespace {

using namespace bench;

struct Options {
    std::string json;
    std::string readme;
    std::string sceplab;
    std::string captures;
    std::vector<std::string> peers;
    std::optional<std::regex> cases;
    bool list = false;
    bool check = false;
};

constexpr const char* usage = R"(usage: suite [OPTION...] [Google Benchmark's options]

  --case PATTERN      only the cases whose name has a match
  --list              name the cases
  --check             compare the contenders' results, time nothing
  --json FILE         write what was measured
  --readme FILE       put the tables between the marks of a document
  --sceplab PROGRAM   replay the captures of --captures FOLDER with it
  --peer NAME=COMMAND a contender that is a program; NAME is its column
)";

// Google Benchmark takes its own options out first.
Options parse(int argc, char* argv[]) {
    std::vector<std::string> arguments{argv[0], "--benchmark_repetitions=7", "--benchmark_min_time=0.02",
                                       "--benchmark_enable_random_interleaving=true"};
    arguments.insert(arguments.end(), argv + 1, argv + argc);
    std::vector<char*> pointers;
    for (std::string& argument : arguments) {
        pointers.push_back(argument.data());
    }
    int count = static_cast<int>(pointers.size());
    benchmark::Initialize(&count, pointers.data(), [] { std::fputs(usage, stdout); });
    Options out;
    for (int i = 1; i < count; ++i) {
        const std::string_view name = pointers[static_cast<std::size_t>(i)];
        const auto value = [&]() -> std::string {
            if (++i == count) {
                give_up(std::string(name) + " needs a value");
            }
            return pointers[static_cast<std::size_t>(i)];
        };
        if (name == "--json") {
            out.json = value();
        } else if (name == "--readme") {
            out.readme = value();
        } else if (name == "--sceplab") {
            out.sceplab = value();
        } else if (name == "--captures") {
            out.captures = value();
        } else if (name == "--peer") {
            out.peers.push_back(value());
        } else if (name == "--case") {
            try {
                out.cases = std::regex(value());
            } catch (const std::regex_error& error) {
                give_up(std::string("--case: ") + error.what());
            }
        } else if (name == "--check") {
            out.check = true;
        } else if (name == "--list") {
            out.list = true;
        } else {
            std::fputs(usage, stderr);
            std::exit(2);
        }
    }
    if (out.cases && !out.readme.empty()) {
        give_up("--readme takes the tables of all cases, not of --case");
    }
    return out;
}

// Takes the rounds as Google Benchmark ends them.
class Rounds : public benchmark::BenchmarkReporter {
public:
    explicit Rounds(Row& row) : m_row(row) {}
    bool ReportContext(const Context&) override { return true; }
    void ReportRuns(const std::vector<Run>& runs) override {
        for (const Run& run : runs) {
            if (run.run_type != Run::RT_Iteration || run.error_occurred) {
                continue;
            }
            const auto found = std::ranges::find(m_row.measured, run.run_name.function_name, &Measured::contender);
            const double seconds =
                m_row.of->processes || run.run_name.time_type == "manual_time" ? run.real_accumulated_time : run.cpu_accumulated_time;
            found->rounds.push_back(seconds / static_cast<double>(run.iterations));
        }
    }

private:
    Row& m_row;
};

// The result of every contender, before anything is timed. One that reads anything else than what the message was made of ends the run.
Row compare(const Case& one) {
    Row row{.of = &one, .measured = {}};
    for (const Contender& contender : one.contenders) {
        doing(one.name + ": " + contender.name);
        Reading reading;
        contender.work(&reading);
        if (const std::string differences = reading.differences(one.reference); !differences.empty()) {
            give_up("read otherwise:" + differences);
        }
        row.measured.push_back({.contender = contender.name, .heap = {}, .rounds = {}, .not_read = reading.missing(one.reference)});
    }
    return row;
}

void time(const Case& one, Row& row) {
    benchmark::ClearRegisteredBenchmarks();
    for (std::size_t i = 0; i < one.contenders.size(); ++i) {
        const auto& [name, work, timer] = one.contenders[i];
        if (timer) {
            benchmark::RegisterBenchmark(name.c_str(),
                                         [&timer = timer](benchmark::State& state) {
                                             for (auto _ : state) {
                                                 state.SetIterationTime(timer());
                                             }
                                         })
                ->UseManualTime()
                ->Iterations(1);
            continue;
        }
        if (!one.processes) {
            row.measured[i].heap = heap_of([&work = work] { work(nullptr); });
        }
        auto* registered = benchmark::RegisterBenchmark(name.c_str(), [&work = work](benchmark::State& state) {
            for (auto _ : state) {
                work(nullptr);
            }
        });
        if (one.processes) {
            registered->UseRealTime()->Iterations(1);
        }
    }
    Rounds rounds(row);
    benchmark::RunSpecifiedBenchmarks(&rounds, nullptr, ".");
}

} // namespace

int main(int argc, char* argv[]) {
    // Botan's thread pool would measure the other cores too.
    setenv("BOTAN_THREAD_POOL_SIZE", "none", 1);
    const Options options = parse(argc, argv);
    const auto messages = make_messages();
    Suite suite;
    add_cases(suite, *messages);
    if (!options.sceplab.empty()) {
        add_replay(suite, options.sceplab, options.captures);
    }
    enter_ours(suite, *messages);
    enter_floor(suite, *messages);
    enter_botan(suite, *messages);
    enter_openssl_cms(suite, *messages);
    enter_openssl_pkcs7(suite, *messages);
#ifdef BENCH_GNUTLS
    enter_gnutls(suite, *messages);
#endif
#ifdef BENCH_NSS
    enter_nss(suite, *messages);
#endif
#ifdef BENCH_KSBA
    enter_ksba(suite, *messages);
#endif
    auto named = versions();
    for (const std::string& peer : options.peers) {
        const std::size_t equals = peer.find('=');
        const std::string name = peer.substr(0, equals);
        named.emplace_back(name, enter_process(suite, *messages, name, peer.substr(equals + 1)));
    }
    auto& cases = suite.cases();
    if (options.cases) {
        std::erase_if(cases, [&](const Case& one) { return !std::regex_search(one.name, *options.cases); });
    }
    if (options.list) {
        for (const Case& one : cases) {
            std::printf("%s: %s (%zu contenders)\n", one.name.c_str(), one.what.c_str(), one.contenders.size());
        }
        return 0;
    }
    std::vector<Row> rows;
    for (const Case& one : cases) {
        rows.push_back(compare(one));
    }
    if (options.check) {
        std::size_t compared = 0;
        for (const Row& row : rows) {
            compared += row.measured.size();
        }
        std::printf("sceptest: passed=1 failed=0 skipped=0 rows_passed=%zu rows_failed=0 rows_skipped=0\n", compared);
        return 0;
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
        std::fprintf(stderr, "bench: %zu of %zu: %s\n", i + 1, rows.size(), cases[i].name.c_str());
        time(cases[i], rows[i]);
    }
    const Machine on = machine(std::move(named));
    const std::string text = markdown(rows, on);
    std::fputs(text.c_str(), stdout);
    if (!options.json.empty()) {
        std::ofstream(options.json) << json(rows, on);
    }
    if (!options.readme.empty()) {
        replace_marked(options.readme, text);
    }
}
