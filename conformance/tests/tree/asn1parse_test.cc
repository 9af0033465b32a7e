#include "messages.h"

#include <sceptest.h>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <array>
#include <cstdio>
#include <sstream>

// `openssl asn1parse` is the witness: every TLV that it prints stands in the tree, with the same offset, depth, header and length, and no
// other.
namespace {

using sceplab::tree::Node;
using tree_test::Built;
using tree_test::Octets;

std::string openssl_type(scep::der::Tag tag) {
    static const std::map<std::uint32_t, std::string> universal{
        {1, "BOOLEAN"},          {2, "INTEGER"},          {3, "BIT STRING"},  {4, "OCTET STRING"}, {5, "NULL"},
        {6, "OBJECT"},           {10, "ENUMERATED"},      {12, "UTF8STRING"}, {16, "SEQUENCE"},    {17, "SET"},
        {18, "NUMERICSTRING"},   {19, "PRINTABLESTRING"}, {20, "T61STRING"},  {22, "IA5STRING"},   {23, "UTCTIME"},
        {24, "GENERALIZEDTIME"}, {26, "VISIBLESTRING"},   {30, "BMPSTRING"}};
    if (tag.tag_class() == scep::der::TagClass::universal) {
        return universal.at(tag.number());
    }
    const char* names[] = {"", "appl", "cont", "priv"};
    return std::string(names[static_cast<int>(tag.tag_class())]) + " [ " + std::to_string(tag.number()) + " ]";
}

void rows(const std::vector<Node>& nodes, int depth, std::uint32_t source, std::vector<std::string>& out) {
    for (const Node& node : nodes) {
        if (node.where.source != source || !node.is_tlv()) {
            continue;
        }
        std::ostringstream row;
        row << node.where.offset << ":d=" << depth << " hl=" << node.header
            << " l=" << (node.indefinite ? "inf" : std::to_string(node.length())) << (node.tag.constructed() ? " cons " : " prim ")
            << openssl_type(node.tag);
        out.push_back(row.str());
        if (node.tag.constructed()) {
            rows(node.children, depth + 1, source, out);
        }
    }
}

std::vector<std::string> openssl_rows(const Octets& octets) {
    const sceptest::TemporaryFolder folder;
    const auto file = folder.write("message.der", octets);
    const auto result = sceptest::run({"openssl", "asn1parse", "-inform", "DER", "-in", file.native()});
    std::vector<std::string> out;
    if (result.exit_code != 0) {
        return out;
    }
    // "  13:d=1  hl=4 l=2526 cons: cont [ 0 ]        :value"
    std::istringstream lines(result.out);
    for (std::string line; std::getline(lines, line);) {
        unsigned offset = 0;
        unsigned depth = 0;
        unsigned header = 0;
        int type_at = 0;
        std::array<char, 16> length{};
        std::array<char, 5> form{};
        if (std::sscanf(line.c_str(), "%u:d=%u hl=%u l=%15s %4[a-z]: %n", &offset, &depth, &header, length.data(), form.data(), &type_at) !=
                5 ||
            type_at == 0) {
            continue;
        }
        constexpr std::size_t column = 18;
        std::string type = line.substr(static_cast<std::size_t>(type_at), column);
        type.erase(type.find_last_not_of(' ') + 1);
        if (type != "EOC") {
            out.push_back(std::to_string(offset) + ":d=" + std::to_string(depth) + " hl=" + std::to_string(header) + " l=" + length.data() +
                          ' ' + form.data() + ' ' + type);
        }
    }
    return out;
}

bool compare(const Octets& octets) {
    const std::vector<std::string> wanted = openssl_rows(octets);
    if (wanted.empty()) {
        return false;
    }
    const Built built(octets);
    std::vector<std::string> got;
    rows(built.nodes, 0, built.message.source(), got);
    BOOST_CHECK_EQUAL_COLLECTIONS(got.begin(), got.end(), wanted.begin(), wanted.end());
    tree_test::check_whole(built);
    return true;
}

const std::vector<std::string> made{"request.der",
                                    "certificate.der",
                                    "certificate-ec.der",
                                    "crl.der",
                                    "certs-only.der",
                                    "enveloped.der",
                                    "enveloped-ec.der",
                                    "enveloped-kek.der",
                                    "enveloped-password.der",
                                    "enveloped-oaep.der",
                                    "signed.der",
                                    "signed-ec.der",
                                    "signed-pss.der",
                                    "enveloped-password-ber.der",
                                    "signed-ber.der"};

} // namespace

BOOST_AUTO_TEST_SUITE(asn1parse)

BOOST_DATA_TEST_CASE(every_tlv_of_a_message_made_by_openssl, boost::unit_test::data::make(made), name) {
    BOOST_TEST(compare(tree_test::openssl_message(name)));
}

BOOST_DATA_TEST_CASE(every_tlv_that_an_octet_string_holds, boost::unit_test::data::make({"signed.der", "signed-ec.der", "signed-pss.der"}),
                     name) {
    const Octets& message = tree_test::openssl_message(name);
    const Built built(message);
    const Node& root = tree_test::find(tree_test::find(built.nodes, "eContent").children, "ContentInfo");
    const auto begin = message.begin() + root.where.offset;
    const std::vector<std::string> wanted = openssl_rows(Octets(begin, begin + root.where.length));
    // The same rows, counted from the first octet of the envelope.
    const Built alone(Octets(begin, begin + root.where.length));
    std::vector<std::string> got;
    rows(alone.nodes, 0, alone.message.source(), got);
    BOOST_CHECK_EQUAL_COLLECTIONS(got.begin(), got.end(), wanted.begin(), wanted.end());
    BOOST_TEST(tree_test::find(root.children, "encryptedContent").where.offset ==
               root.where.offset + tree_test::find(alone.nodes, "encryptedContent").where.offset);
}

BOOST_AUTO_TEST_CASE(every_tlv_of_the_corpus) {
    const auto corpus = sceptest::corpus();
    if (!corpus) {
        sceptest::skip("SCEPLAB_CORPUS is not set");
    }
    std::size_t compared = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(*corpus / "public")) {
        if (entry.path().extension() == ".der") {
            BOOST_TEST_CONTEXT(entry.path().filename().native()) { compared += compare(sceptest::read_file(entry.path())) ? 1 : 0; }
        }
    }
    BOOST_TEST_MESSAGE(compared << " messages compared");
    BOOST_TEST(compared >= 30u);
}

BOOST_AUTO_TEST_SUITE_END()
