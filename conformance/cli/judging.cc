#include <conformance/cli/judging.h>

#include <conformance/evidence/summary.h>

#include <algorithm>
#include <system_error>

namespace sceplab::cli {

namespace {

// A private key's operation outweighs any lock; without cryptography an exchange takes less than waking a thread. One thread wakes nobody, and has the last
// exchange's memory at hand for the next.
constexpr std::size_t batch_without_cryptography = 32;
constexpr std::size_t batches_per_thread = 8;
constexpr std::size_t most_octets_per_batch = 1u << 20;
constexpr std::size_t most_octets_under_way = 64u << 20;

std::size_t octets_of(const input::Exchange& exchange) {
    std::size_t octets = 0;
    for (scep::SourceId id = 0; id < exchange.sources.size(); ++id) {
        octets += exchange.sources[id].octets.size();
    }
    return octets;
}

}  // namespace

Judging::Judging(std::vector<evidence::Settings> settings, const rules::Engine& engine, Wanted wanted, Sink sink)
    : m_investigator(std::move(settings.front())),
      m_settings(std::make_move_iterator(settings.begin() + 1), std::make_move_iterator(settings.end())),
      m_engine(engine),
      m_sink(std::move(sink)),
      m_wanted(wanted),
      m_batch_size(m_settings.empty() || m_investigator.settings().cryptography ? 1 : batch_without_cryptography) {}

Judging::~Judging() = default;

void Judging::add(input::Exchange&& exchange) {
    m_batch.octets += octets_of(exchange);
    m_batch.items.reserve(m_batch_size);
    Batch::Item& item = m_batch.items.emplace_back(m_investigator.begin(std::move(exchange)));
    if (evidence::Investigator::teaches(item.facts)) {
        m_investigator.examine(item.facts);
        m_investigator.learn(item.facts);
        item.examined = true;
    }
    if (m_batch.items.size() >= m_batch_size || m_batch.octets > most_octets_per_batch) {
        submit();
    }
}

void Judging::submit() {
    if (m_settings.empty()) {
        judge(m_batch, m_investigator.settings());
        give_on(m_batch);
        return;
    }
    Batch batch = std::exchange(m_batch, {});
    {
        const std::lock_guard lock(m_mutex);
        m_octets += batch.octets;
        m_under_way.push_back(std::move(batch));
        m_waiting.push_back(&m_under_way.back());
        // One more where those there are lag behind.
        if (m_may_start && m_helpers.size() < std::min(m_settings.size(), m_waiting.size())) {
            start_helper();
        }
    }
    m_work.notify_one();
    catch_up((m_settings.size() + 1) * batches_per_thread, most_octets_under_way);
}

void Judging::start_helper() {
    try {
        m_helpers.emplace_back([this, &settings = m_settings[m_helpers.size()]](const std::stop_token& stop) { work(stop, settings); });
    } catch (const std::system_error&) {
        m_may_start = false;  // the machine has no more threads: it goes on with those there are
    }
}

void Judging::finish() {
    if (!m_batch.items.empty()) {
        submit();
    }
    catch_up(0, 0);
    m_helpers.clear();
}

void Judging::judge(Batch& batch, const evidence::Settings& settings) const {
    batch.judged.reserve(batch.items.size());
    for (Batch::Item& item : batch.items) {
        if (!item.examined) {
            evidence::examine(item.facts, settings);
        }
        Judged judged;
        judged.judgement = m_engine.look(item.facts);
        judged.summary = evidence::ExchangeSummaries::pack(m_wanted.messages ? evidence::summarise(item.facts, 0) : evidence::outline(item.facts, 0));
        judged.transaction_key = item.facts.transaction_key;
        judged.sources = static_cast<std::uint32_t>(item.facts.sources().size());
        if (m_wanted.facts) {
            judged.facts = std::move(item.facts);
        }
        batch.judged.push_back(std::move(judged));
    }
    batch.items.clear();
}

void Judging::give_on(Batch& batch) {
    for (Judged& judged : batch.judged) {
        const auto transaction = m_investigator.transaction(judged.summary.input, judged.transaction_key);
        judged.judgement.record.transaction = transaction;
        judged.summary.transaction = transaction;
        if (judged.facts) {
            judged.facts->transaction = transaction;
        }
        m_sink(std::move(judged));
    }
    batch.judged.clear();
    batch.octets = 0;
}

void Judging::catch_up(std::size_t most_batches, std::size_t most_octets) {
    std::unique_lock lock(m_mutex);
    while (!m_under_way.empty()) {
        if (m_under_way.front().done) {
            Batch batch = std::move(m_under_way.front());
            m_under_way.pop_front();
            m_octets -= batch.octets;
            lock.unlock();
            if (batch.failure) {
                std::rethrow_exception(batch.failure);
            }
            give_on(batch);
            lock.lock();
        } else if (m_under_way.size() <= most_batches && (m_octets <= most_octets || m_under_way.size() == 1) && most_batches > 0) {
            return;
        } else if (!m_waiting.empty()) {
            judge_next(lock, m_investigator.settings());
        } else {
            m_done.wait(lock, [&] { return m_under_way.front().done; });
        }
    }
}

void Judging::work(const std::stop_token& stop, const evidence::Settings& settings) {
    std::unique_lock lock(m_mutex);
    while (m_work.wait(lock, stop, [&] { return !m_waiting.empty(); })) {
        judge_next(lock, settings);
    }
}

void Judging::judge_next(std::unique_lock<std::mutex>& lock, const evidence::Settings& settings) {
    Batch& batch = *m_waiting.front();
    m_waiting.pop_front();
    lock.unlock();
    std::exception_ptr failure;
    try {
        judge(batch, settings);
    } catch (...) {
        failure = std::current_exception();
    }
    lock.lock();
    batch.failure = failure;
    batch.done = true;
    m_done.notify_one();
}

}  // namespace sceplab::cli
