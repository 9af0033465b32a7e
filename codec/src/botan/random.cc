#include "algorithms.h"

#include <scepcodec/botan/random.h>

#include <botan/auto_rng.h>
#include <botan/hash.h>
#include <botan/hmac_drbg.h>

#include <algorithm>
#include <functional>
#include <unistd.h>

namespace scep::botan {

namespace {

// Draws from its source in batches: a generator that is asked for each octet of a padding does all its work for each.
class Batched final : public Botan::RandomNumberGenerator {
public:
    using Make = std::function<std::unique_ptr<Botan::RandomNumberGenerator>()>;
    // The source is made when it is first needed, where its failure can be told.
    explicit Batched(Make make) : m_make(std::move(make)) {}

    bool accepts_input() const override { return false; }
    std::string name() const override { return "Batched"; }
    void clear() override { m_batch.clear(); }
    bool is_seeded() const override { return true; }

protected:
    void fill_bytes_with_input(std::span<std::uint8_t> output, std::span<const std::uint8_t>) override {
        // A child process must not repeat what its parent has drawn.
        if (const pid_t process = getpid(); process != m_process) {
            m_batch.clear();
            m_process = process;
        }
        if (output.size() > m_batch.size()) {
            draw(output);
            return;
        }
        std::ranges::copy(std::span(m_batch).last(output.size()), output.begin());
        // The freed octets are wiped, not left behind the end.
        std::ranges::fill(std::span(m_batch).last(output.size()), std::uint8_t{0});
        m_batch.resize(m_batch.size() - output.size());
    }

private:
    static constexpr std::size_t batch_octets = 1024;

    void draw(std::span<std::uint8_t> output) {
        if (!m_source) {
            m_source = m_make();
        }
        m_source->randomize(output);
        if (output.size() < batch_octets) {
            m_batch.resize(batch_octets);
            m_source->randomize(m_batch);
        }
    }

    Make m_make;
    std::unique_ptr<Botan::RandomNumberGenerator> m_source;
    Secret m_batch;
    pid_t m_process = getpid();
};

} // namespace

Random::Random() : m_generator(std::make_shared<Batched>([] { return std::make_unique<Botan::AutoSeeded_RNG>(); })) {}

Random Random::deterministic(std::span<const std::uint8_t> seed) {
    return Random(std::make_shared<Batched>([kept = Secret(seed.begin(), seed.end())] {
        auto generator = std::make_unique<Botan::HMAC_DRBG>("SHA-256");
        generator->initialize_with(Botan::HashFunction::create_or_throw("SHA-256")->process(kept));
        return generator;
    }));
}

Result<std::vector<std::uint8_t>> Random::octets(std::size_t count) {
    return guarded(ErrorCode::internal_error, {}, [&]() -> Result<Octets> { return m_generator->random_vec<Octets>(count); });
}

} // namespace scep::botan
