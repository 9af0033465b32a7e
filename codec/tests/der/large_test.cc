// Sizes around 4 GiB, in memory that is reserved but never filled.
#include "octets.h"

#include <scepcodec/der/list.h>
#include <scepcodec/der/writer.h>

#include <sceptest.h>

#include <sys/mman.h>

#include <algorithm>

using namespace scep;
using namespace scep::der;
using sceptest::hex;

namespace {

class Zeros {
public:
    explicit Zeros(std::size_t size) : m_size(size) {
        m_memory = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        if (m_memory == MAP_FAILED) {
            sceptest::skip("no room for 4 GiB of addresses");
        }
    }
    ~Zeros() { munmap(m_memory, m_size); }
    Zeros(const Zeros&) = delete;
    Zeros& operator=(const Zeros&) = delete;
    [[nodiscard]] std::span<std::uint8_t> octets() const { return {static_cast<std::uint8_t*>(m_memory), m_size}; }

private:
    void* m_memory = nullptr;
    std::size_t m_size;
};

constexpr std::size_t largest = Input::max_size;

} // namespace

BOOST_AUTO_TEST_CASE(an_element_may_take_all_of_32_bits) {
    const Zeros memory(largest);
    std::ranges::copy(hex("04 84 ff ff ff f9"), memory.octets().begin());
    const Input input(memory.octets());
    BOOST_REQUIRE(input.size() == 0xffffffff);
    Reader reader(input);
    const Element found = reader.any("field");
    BOOST_TEST(!reader.failed());
    BOOST_TEST(found.whole().size() == 0xffffffff);
    BOOST_TEST(found.value().location() == (Location{0, 6, 0xfffffff9}));
    BOOST_TEST(reader.at_end());

    Reader wrong(input);
    std::ignore = wrong.element(tag::SEQUENCE, "field");
    BOOST_TEST(wrong.error().value().where == (Location{0, 0, 0xffffffff}));
}

BOOST_AUTO_TEST_CASE(a_length_one_too_large_is_truncated) {
    const Zeros memory(largest);
    for (const std::string_view header : {"04 84 ff ff ff fa", "04 84 ff ff ff ff"}) {
        std::ranges::copy(hex(header), memory.octets().begin());
        const Input input(memory.octets());
        Reader reader(input);
        std::ignore = reader.any("field");
        BOOST_TEST(reader.error().value().code == ErrorCode::truncated);
        BOOST_TEST(sceptest::within(reader.error()->where, input));
        Reader wrong(input);
        std::ignore = wrong.element(tag::SEQUENCE, "field");
        BOOST_TEST(wrong.error().value().code == ErrorCode::unexpected_tag);
        BOOST_TEST(sceptest::within(wrong.error()->where, input));
    }
}

BOOST_AUTO_TEST_CASE(a_source_of_4_gib_is_no_view) {
    const Zeros memory(largest + 1);
    BOOST_TEST(Input(memory.octets()).empty());
}

BOOST_AUTO_TEST_CASE(what_would_exceed_4_gib_is_not_written) {
    const Zeros memory(largest);
    BOOST_TEST(encode([&](Writer& w) { w.octet_string(memory.octets()); }).empty());
    BOOST_TEST(encode([&](Writer& w) {
                   w.sequence([&] {
                       w.raw(memory.octets().first(largest / 2));
                       w.raw(memory.octets().first(largest / 2));
                       w.null();
                   });
               }).empty());
}
