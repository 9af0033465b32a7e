#pragma once

#include <conformance/evidence/investigator.h>
#include <conformance/evidence/summaries.h>
#include <conformance/rules/engine.h>

#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>

namespace sceplab::cli {

// Investigates and judges exchanges on several threads, and gives what comes of it on in the order of the exchanges: the same for any number of threads.
//
// The thread that gives the exchanges does what must be done in their order; it lends a hand where the others lag behind, so that only so many exchanges wait.
class Judging {
public:
    // What is left of an exchange.
    struct Judged {
        rules::Judgement judgement;
        evidence::ExchangeSummaries::Packed summary;
        std::optional<evidence::Sha256> transaction_key;
        std::uint32_t sources = 0;
        std::optional<evidence::ExchangeFacts> facts;  // where they are to be kept
    };
    using Sink = std::function<void(Judged&&)>;
    // What a report needs of an exchange besides its findings.
    struct Wanted {
        bool messages = true;  // what was said; else a summary is but an outline
        bool facts = false;
    };

    // One thread for each of `settings`, of which there is at least one.
    Judging(std::vector<evidence::Settings> settings, const rules::Engine& engine, Wanted wanted, Sink sink);
    ~Judging();
    Judging(const Judging&) = delete;
    Judging& operator=(const Judging&) = delete;

    void add(input::Exchange&& exchange);
    // Gives all that is left. To be called once, last.
    void finish();

private:
    // Exchanges that one thread takes together.
    struct Batch {
        struct Item {
            // Without it, these thousands of octets would be set to zero first.
            explicit Item(evidence::ExchangeFacts&& begun) : facts(std::move(begun)) {}

            evidence::ExchangeFacts facts;
            bool examined = false;
        };
        std::vector<Item> items;
        std::vector<Judged> judged;
        std::size_t octets = 0;
        bool done = false;      // under the lock
        std::exception_ptr failure;
    };

    void submit();
    void start_helper();
    void judge(Batch& batch, const evidence::Settings& settings) const;
    void give_on(Batch& batch);
    // Gives on what is done, and helps while more batches or octets than that are under way; one batch may be larger.
    void catch_up(std::size_t most_batches, std::size_t most_octets);
    void work(const std::stop_token& stop, const evidence::Settings& settings);
    void judge_next(std::unique_lock<std::mutex>& lock, const evidence::Settings& settings);

    evidence::Investigator m_investigator;
    std::vector<evidence::Settings> m_settings;  // of the helpers
    const rules::Engine& m_engine;
    Sink m_sink;
    Wanted m_wanted;
    std::size_t m_batch_size;
    Batch m_batch;
    std::mutex m_mutex;            // over the following, but for the last two
    std::size_t m_octets = 0;      // under way
    std::condition_variable_any m_work;
    std::condition_variable m_done;
    std::deque<Batch> m_under_way; // in their order; addresses are stable
    std::deque<Batch*> m_waiting;  // for a thread
    bool m_may_start = true;       // a helper
    std::vector<std::jthread> m_helpers;
};

}  // namespace sceplab::cli
