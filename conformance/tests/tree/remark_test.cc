#include "messages.h"

#include <conformance/tree/remark.h>
#include <conformance/tree/text.h>

#include <boost/test/unit_test.hpp>

// Remarks find the node that they speak of, in whatever source their place is.
namespace {

using namespace sceplab::tree;
using tree_test::Built;

const Remark remark{"error", "nonce.fresh", "said\x1b twice", "RFC 8894, 3.2.1.5"};

} // namespace

BOOST_AUTO_TEST_SUITE(remarks)

BOOST_AUTO_TEST_CASE(on_the_node_of_that_place) {
    Built built(tree_test::openssl_message("signed-ber.der"));
    const scep::Location where = find(built.nodes, "digestAlgorithms").where;
    BOOST_TEST(add_remark(built.nodes, built.sources, where, remark));
    BOOST_TEST(find(built.nodes, "digestAlgorithms").remarks.size() == 1u);
}

BOOST_AUTO_TEST_CASE(on_the_smallest_node_that_holds_the_place) {
    Built built(tree_test::openssl_message("signed-ber.der"));
    const Node& digests = find(built.nodes, "digestAlgorithms");
    // Two octets of the OBJECT IDENTIFIER inside.
    const scep::Location oid = digests.children[0].children[0].where;
    BOOST_TEST(add_remark(built.nodes, built.sources, {oid.source, oid.offset + 3, 2}, remark));
    BOOST_TEST(find(built.nodes, "digestAlgorithms").children[0].children[0].remarks.size() == 1u);
    // No single node holds the end of one and the beginning of the next but the one around both.
    BOOST_TEST(add_remark(built.nodes, built.sources, {oid.source, digests.where.offset - 1, 2}, remark));
    BOOST_TEST(find(built.nodes, "SignedData").remarks.size() == 1u);
}

BOOST_AUTO_TEST_CASE(on_the_octets_that_were_normalised) {
    Built built(tree_test::openssl_message("signed-ber.der"));
    const auto normalised = scep::ber::normalise(built.message, built.sources);
    BOOST_REQUIRE(normalised);
    BOOST_REQUIRE(normalised->changed);
    const Node& version = find(built.nodes, "version");
    // Where the version went.
    scep::Location there = normalised->der.location();
    for (there.length = version.where.length; built.sources.in_parent(there)->offset != version.where.offset; ++there.offset) {
        BOOST_REQUIRE(there.offset < normalised->der.size());
    }
    BOOST_TEST(add_remark(built.nodes, built.sources, there, remark));
    BOOST_TEST(find(built.nodes, "version").remarks.size() == 1u);
}

BOOST_AUTO_TEST_CASE(nowhere_where_no_node_is) {
    Built built(tree_test::openssl_message("signed-ber.der"));
    BOOST_TEST(!add_remark(built.nodes, built.sources, {built.message.source(), built.message.size(), 1}, remark));
    BOOST_TEST(!add_remark(built.nodes, built.sources, {99, 0, 1}, remark));
    BOOST_TEST(!add_remark(built.nodes, built.sources, {built.message.source(), 0xffffffff, 0xffffffff}, remark));
}

BOOST_AUTO_TEST_CASE(as_text_below_their_node) {
    Built built(tree_test::Octets{0x30, 0x03, 0x02, 0x01, 0x05});
    BOOST_TEST(add_remark(built.nodes, built.sources, {built.message.source(), 2, 3}, remark));
    BOOST_TEST(text(built.nodes) == "      0   2       3   SEQUENCE\n      2   2       1     INTEGER 5\n"
                                    "                      ^ error: said\\x1b twice [nonce.fresh, RFC 8894, 3.2.1.5]\n");
    const Remark list[]{remark};
    BOOST_TEST(text(list) == "  ^ error: said\\x1b twice [nonce.fresh, RFC 8894, 3.2.1.5]\n");
}

BOOST_AUTO_TEST_SUITE_END()
