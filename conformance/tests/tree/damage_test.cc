#include "messages.h"

#include <conformance/tree/text.h>

#include <scepcodec/der/writer.h>

#include <sceptest.h>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

namespace {

using namespace sceplab::tree;
using scep::ErrorCode;
using tree_test::Built;
using tree_test::check_whole;
using tree_test::Octets;
using tree_test::openssl_message;

bool has_error(const std::vector<Node>& nodes) {
    return std::ranges::any_of(nodes, [](const Node& node) { return node.error.has_value() || has_error(node.children); });
}

void headers(const std::vector<Node>& nodes, std::vector<scep::Location>& out) {
    for (const Node& node : nodes) {
        if (node.where.source == 0 && node.is_tlv()) {
            out.push_back({0, node.where.offset, node.header});
        }
        headers(node.children, out);
    }
}

} // namespace

BOOST_AUTO_TEST_SUITE(damage)

BOOST_DATA_TEST_CASE(every_prefix_is_told_and_nothing_is_lost,
                     boost::unit_test::data::make({"signed-ec.der", "signed-ber.der", "request.der", "crl.der"}), name) {
    const Octets& whole = openssl_message(name);
    const std::size_t step = sceptest::sanitized() ? 3 : 1;
    for (std::size_t size = 0; size < whole.size(); size += step) {
        BOOST_TEST_CONTEXT(size) {
            const Built built(Octets(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)));
            check_whole(built);
            BOOST_REQUIRE(has_error(built.nodes));
            BOOST_REQUIRE(!text(built.nodes).empty());
        }
    }
}

BOOST_DATA_TEST_CASE(every_change_of_a_header_gives_a_tree,
                     boost::unit_test::data::make({"signed-ec.der", "signed-ber.der", "enveloped-password.der"}), name) {
    const Octets& whole = openssl_message(name);
    std::vector<scep::Location> places;
    headers(Built(whole).nodes, places);
    for (const scep::Location place : places) {
        for (std::uint32_t at = place.offset; at < place.offset + place.length; ++at) {
            for (const int change : {0x00, 0x1f, 0x7f, 0x80, 0x84, 0xff, -1}) {
                Octets changed = whole;
                changed[at] = static_cast<std::uint8_t>(change < 0 ? changed[at] ^ 0x20 : change);
                BOOST_TEST_CONTEXT(at << " becomes " << int{changed[at]}) { check_whole(Built(changed)); }
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(the_tree_goes_up_to_the_damage_and_the_rest_is_octets) {
    // SEQUENCE { INTEGER 1, a reserved length, INTEGER 3 }
    const Built built(Octets{0x30, 0x09, 0x02, 0x01, 0x01, 0x04, 0xff, 0x00, 0x02, 0x01, 0x03});
    check_whole(built);
    BOOST_REQUIRE_EQUAL(built.nodes.size(), 1u);
    BOOST_REQUIRE_EQUAL(built.nodes[0].children.size(), 2u);
    BOOST_TEST(built.nodes[0].children[0].value == "1");
    const Node& rest = built.nodes[0].children[1];
    BOOST_TEST(!rest.is_tlv());
    BOOST_TEST((rest.error == ErrorCode::reserved_length));
    BOOST_TEST(rest.where.offset == 5u);
    BOOST_TEST(rest.where.length == 6u);
    BOOST_TEST(rest.value == "04ff00020103");
}

BOOST_AUTO_TEST_CASE(a_value_that_is_cut_off_shows_what_is_there) {
    const Built built(Octets{0x30, 0x0a, 0x04, 0x08, 0xab, 0xcd});
    check_whole(built);
    BOOST_TEST((built.nodes[0].error == ErrorCode::truncated));
    BOOST_REQUIRE_EQUAL(built.nodes[0].children.size(), 1u);
    BOOST_TEST((built.nodes[0].children[0].error == ErrorCode::truncated));
    BOOST_TEST(built.nodes[0].children[0].value == "abcd");
}

BOOST_AUTO_TEST_CASE(a_password_that_is_cut_off_stays_a_secret) {
    const Octets& whole = openssl_message("request.der");
    const std::string_view all(reinterpret_cast<const char*>(whole.data()), whole.size());
    const std::size_t at = all.find("open sesame");
    BOOST_REQUIRE(at != std::string_view::npos);
    for (std::size_t cut = 1; cut <= 11; ++cut) {
        const Built built(Octets(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(at + cut)));
        const std::string shown = text(built.nodes);
        BOOST_TEST(shown.find("(hidden)") != std::string::npos);
        BOOST_TEST(
            shown.find(std::string_view("open sesame").substr(0, cut) == "o" ? "\"o\"" : std::string_view("open sesame").substr(0, cut)) ==
            std::string::npos);
    }
}

BOOST_AUTO_TEST_CASE(no_octets_at_all) {
    const Built built(Octets{});
    BOOST_REQUIRE_EQUAL(built.nodes.size(), 1u);
    BOOST_TEST((built.nodes[0].error == ErrorCode::end_of_input));
    BOOST_TEST(built.nodes[0].where.length == 0u);
}

BOOST_AUTO_TEST_CASE(text_is_no_tree_but_octets_all_the_same) {
    const std::string_view html = "<html><body>404</body></html>\n";
    const Built built(Octets(html.begin(), html.end()));
    check_whole(built);
    BOOST_TEST(has_error(built.nodes));
}

BOOST_AUTO_TEST_CASE(end_of_contents_octets) {
    const Built missing(Octets{0x30, 0x80, 0x05, 0x00});
    BOOST_TEST((missing.nodes[0].error == ErrorCode::missing_end_of_contents));
    const Built unexpected(Octets{0x30, 0x02, 0x00, 0x00});
    BOOST_TEST((unexpected.nodes[0].children.at(0).error == ErrorCode::unexpected_end_of_contents));
    const Built primitive(Octets{0x04, 0x80, 0x00, 0x00});
    BOOST_TEST((primitive.nodes[0].error == ErrorCode::indefinite_length));
}

BOOST_AUTO_TEST_CASE(depth_has_a_limit) {
    Octets octets;
    for (int i = 0; i < 50'000; ++i) {
        octets.insert(octets.end(), {0x30, 0x80});
    }
    const Built built(octets);
    check_whole(built);
    std::uint32_t depth = 0;
    const Node* node = &built.nodes[0];
    while (!node->children.empty() && node->children[0].is_tlv()) {
        node = &node->children[0];
        ++depth;
    }
    BOOST_TEST(depth == Options{}.limits.depth);
    BOOST_TEST((node->error == ErrorCode::limit_depth));
}

BOOST_AUTO_TEST_CASE(depth_has_a_limit_through_octet_strings_too) {
    // extnValue within extnValue: what one holds is looked into only as an extension's, so nested ContentInfo of id-data serve.
    Octets octets = scep::der::encode([](scep::der::Writer& w) { w.null(); });
    for (int i = 0; i < 60; ++i) {
        octets = scep::der::encode([&](scep::der::Writer& w) {
            w.sequence([&] {
                w.oid(scep::der::oid("1.2.840.113549.1.7.2"));
                w.constructed(scep::der::tag::context_constructed(0), [&] {
                    w.sequence([&] {
                        w.integer(1);
                        w.set([] {});
                        w.sequence([&] {
                            w.oid(scep::der::oid("1.2.840.113549.1.7.1"));
                            w.constructed(scep::der::tag::context_constructed(0), [&] { w.octet_string(octets); });
                        });
                        w.set([] {});
                    });
                });
            });
        });
    }
    const Built built(octets);
    check_whole(built);
    const std::string shown = text(built.nodes);
    BOOST_TEST(std::ranges::count(shown, '\n') < 200);
}

BOOST_AUTO_TEST_CASE(elements_have_a_limit) {
    const Octets octets = scep::der::encode([](scep::der::Writer& w) {
        w.sequence([&] {
            for (int i = 0; i < 1000; ++i) {
                w.null();
            }
        });
    });
    const Built built(octets, {.limits = {.elements = 100}});
    check_whole(built);
    BOOST_TEST(built.nodes[0].children.size() == 100u);
    BOOST_TEST((built.nodes[0].children.back().error == ErrorCode::limit_elements));
    BOOST_TEST(built.nodes[0].children.back().where.length == 2u * (1000 - 99));
}

BOOST_AUTO_TEST_SUITE_END()
