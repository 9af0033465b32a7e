#include "messages.h"

#include <scepcodec/der/writer.h>
#include <scepcodec/pkcs10/certification_request.h>
#include <scepcodec/x509/oids.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <ostream>

// What vendors add to requests, replies and certificates, in our own octets.
namespace {

using scep::der::encode;
using scep::der::Writer;
using tree_test::Octets;
namespace tag = scep::der::tag;

void bmp(Writer& w, std::string_view text) {
    Octets out;
    for (const char c : text) {
        out.push_back(0);
        out.push_back(static_cast<std::uint8_t>(c));
    }
    w.primitive(tag::BMPString, std::string_view(reinterpret_cast<const char*>(out.data()), out.size()));
}

// CertificationRequest with one attribute.
Octets request_with(const scep::der::OidConstant& type, const Octets& value) {
    return encode([&](Writer& w) {
        w.sequence([&] {
            w.sequence([&] {
                w.integer(0);
                w.sequence([] {});
                w.sequence([&] {
                    w.sequence([&] { w.oid(scep::x509::oids::id_Ed25519); });
                    w.bit_string(Octets(32, 1), 0);
                });
                w.constructed(tag::context_constructed(0), [&] {
                    w.sequence([&] {
                        w.oid(type);
                        w.set([&] { w.raw(value); });
                    });
                });
            });
            w.sequence([&] { w.oid(scep::x509::oids::id_Ed25519); });
            w.bit_string(Octets(64, 2), 0);
        });
    });
}

// The same whose extensionRequest holds one extension.
Octets request_with_extension(const scep::der::OidConstant& type, const Octets& value) {
    return request_with(scep::pkcs10::oids::extensionRequest, encode([&](Writer& w) {
                            w.sequence([&] {
                                w.sequence([&] {
                                    w.oid(type);
                                    w.octet_string(value);
                                });
                            });
                        }));
}

struct Row {
    const char* name;
    Octets request;
    const char* label;
    const char* value;
    const char* note;
};
std::ostream& operator<<(std::ostream& out, const Row& row) { return out << row.name << ' ' << row.label; }

const Octets template_2 = request_with_extension(scep::der::oid("1.3.6.1.4.1.311.21.7"), encode([](Writer& w) {
                                                     w.sequence([&] {
                                                         w.oid(scep::der::oid("1.3.6.1.4.1.311.21.8.1.2"));
                                                         w.integer(100);
                                                         w.integer(5);
                                                     });
                                                 }));
const Octets csp = request_with(scep::der::oid("1.3.6.1.4.1.311.13.2.2"), encode([](Writer& w) {
                                    w.sequence([&] {
                                        w.integer(1);
                                        bmp(w, "Microsoft Software KSP");
                                        w.bit_string({}, 0);
                                    });
                                }));
const Octets client_info = request_with(scep::der::oid("1.3.6.1.4.1.311.21.20"), encode([](Writer& w) {
                                            w.sequence([&] {
                                                w.integer(5);
                                                w.primitive(tag::UTF8String, std::string_view("pc1.example"));
                                                w.primitive(tag::UTF8String, std::string_view("EXAMPLE\\pc1$"));
                                                w.primitive(tag::UTF8String, std::string_view("taskhostw.exe"));
                                            });
                                        }));
const Octets pair = request_with(scep::der::oid("1.3.6.1.4.1.311.13.2.1"), encode([](Writer& w) {
                                     w.sequence([&] {
                                         bmp(w, "CertificateTemplate");
                                         bmp(w, "Device");
                                     });
                                 }));
const Octets sid = request_with_extension(scep::der::oid("1.3.6.1.4.1.311.25.2"), encode([](Writer& w) {
                                              w.sequence([&] {
                                                  w.constructed(tag::context_constructed(0), [&] {
                                                      w.oid(scep::der::oid("1.3.6.1.4.1.311.25.2.1"));
                                                      w.constructed(tag::context_constructed(0), [&] {
                                                          const std::string_view text = "S-1-5-21-1-2-3-1104";
                                                          w.octet_string(Octets(text.begin(), text.end()));
                                                      });
                                                  });
                                              });
                                          }));
const Octets template_1 =
    request_with_extension(scep::der::oid("1.3.6.1.4.1.311.20.2"), encode([](Writer& w) { bmp(w, "IPSECIntermediateOffline"); }));
const Octets ca_version = request_with_extension(scep::der::oid("1.3.6.1.4.1.311.21.1"), encode([](Writer& w) { w.integer(0x20003); }));
const Octets os_version = request_with(scep::der::oid("1.3.6.1.4.1.311.13.2.3"),
                                       encode([](Writer& w) { w.primitive(tag::IA5String, std::string_view("10.0.19045.2")); }));

const std::vector<Row> rows{
    {"template, version 2", template_2, "templateID", "1.3.6.1.4.1.311.21.8.1.2", ""},
    {"template, version 2", template_2, "templateMajorVersion", "100", ""},
    {"template, version 2", template_2, "templateMinorVersion", "5", ""},
    {"CSP", csp, "cspName", "Microsoft Software KSP", ""},
    {"CSP", csp, "attributes[0]", "", "enrolmentCSP"},
    {"client info", client_info, "machineName", "pc1.example", ""},
    {"client info", client_info, "userName", "EXAMPLE\\pc1$", ""},
    {"client info", client_info, "processName", "taskhostw.exe", ""},
    {"pair", pair, "name", "CertificateTemplate", ""},
    {"pair", pair, "value", "Device", ""},
    {"SID", sid, "GeneralNames[0]", "", "otherName"},
    {"CA version", ca_version, "CAVersion", "131075", "certificate 3, key 2"},
    {"operating system", os_version, "attributes[0]", "", "osVersion"},
};

} // namespace

BOOST_AUTO_TEST_SUITE(vendor)

BOOST_DATA_TEST_CASE(an_attribute_is_taken_apart, boost::unit_test::data::make(rows), row) {
    const tree_test::Built built(row.request);
    tree_test::check_whole(built);
    const auto& node = tree_test::find(built.nodes, row.label);
    BOOST_TEST(node.value == row.value);
    BOOST_TEST(node.note == row.note);
    BOOST_TEST(!node.error.has_value());
}

BOOST_AUTO_TEST_CASE(a_security_identifier_is_text) {
    const tree_test::Built built(sid);
    BOOST_TEST(tree_test::find_note(built.nodes, "S-1-5-21-1-2-3-1104").value == "532d312d352d32312d312d322d332d31313034");
}

BOOST_AUTO_TEST_CASE(a_template_is_named) {
    const tree_test::Built built(template_1);
    BOOST_TEST(tree_test::find_note(built.nodes, "certificateTemplateName").children.size() == 2U);
}

BOOST_AUTO_TEST_SUITE_END()
