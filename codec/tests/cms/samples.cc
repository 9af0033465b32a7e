#include "samples.h"

#include "sceptest.h"

#include <scepcodec/cms/oids.h>
#include <scepcodec/der/writer.h>
#include <scepcodec/scep/oids.h>
#include <scepcodec/x509/certificate.h>
#include <scepcodec/x509/oids.h>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstdlib>
#include <map>

namespace sceptest {

namespace fs = std::filesystem;
namespace build = scep::build;
namespace cms = scep::cms;
namespace der = scep::der;
namespace x509 = scep::x509;
using der::Writer;

namespace {

const std::string content = "the content, of some length, so that it fills a few blocks of a cipher\n";

Octets cms_command(std::vector<std::string> arguments, std::string_view input = content) {
    arguments.insert(arguments.begin(), {"cms", "-binary", "-outform", "DER"});
    return openssl(arguments, octets_of(input));
}

std::string pem(std::string_view name) { return key_file(std::string(name) + ".pem"); }

Octets sign_with(std::vector<std::string> more) {
    std::vector<std::string> arguments{"-sign", "-nodetach", "-md", "sha256", "-signer", pem("client"), "-inkey", key_file("client.key")};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return cms_command(arguments);
}

Octets encrypt_with(std::vector<std::string> more) {
    more.insert(more.begin(), {"-encrypt", "-aes-128-cbc"});
    return cms_command(more);
}

const std::vector<std::string> kek{"-secretkey", "000102030405060708090a0b0c0d0e0f", "-secretkeyid", "c0ffee"};
const std::vector<std::string> password{"-pwri_password", "secret"};

Octets all_recipients() {
    std::vector<std::string> arguments{"-recip", pem("ca"), "-recip", pem("ec")};
    arguments.insert(arguments.end(), kek.begin(), kek.end());
    arguments.insert(arguments.end(), password.begin(), password.end());
    return encrypt_with(arguments);
}

Octets certificates_and_crl() {
    return openssl({"crl2pkcs7", "-in", key_file("crl.pem"), "-certfile", pem("ca"), "-certfile", pem("ec"), "-outform", "DER"});
}

// RFC 9629, 3, written out: no tool of the distribution makes one.
Octets kem_recipient(bool with_ukm) {
    return der::encode([&](Writer& w) {
        w.constructed(der::tag::context_constructed(4), [&] {
            w.oid(cms::oids::id_ori_kem);
            w.sequence([&] {
                w.integer(0);
                w.primitive(der::tag::context(0), "key identifier");
                w.raw(cms::encode_algorithm(der::oid("2.16.840.1.101.3.4.4.2")));
                w.octet_string(Octets(48, 0xc7));
                w.raw(cms::encode_algorithm(der::oid("1.2.840.113549.1.9.16.3.28")));
                w.integer(32);
                if (with_ukm) {
                    w.constructed(der::tag::context_constructed(0), [&] { w.octet_string(octets_of("ukm")); });
                }
                w.raw(cms::encode_algorithm(der::oid("2.16.840.1.101.3.4.1.45")));
                w.octet_string(Octets(40, 0xee));
            });
        });
    });
}

Octets other_recipient() {
    return der::encode([](Writer& w) {
        w.constructed(der::tag::context_constructed(4), [&] {
            w.oid(der::oid("1.2.3.4"));
            w.utf8_string("anything");
        });
    });
}

Octets enveloped(std::vector<Octets> recipients) {
    cms::EnvelopedDataParts parts;
    parts.recipient_infos = std::move(recipients);
    parts.content_encryption_algorithm = cms::encode_cbc_algorithm(cms::oids::aes128_CBC, Octets(16, 0x11));
    parts.encrypted_content = Octets(48, 0x5a);
    return cms::encode_enveloped_data(parts);
}

Octets issuer_and_serial() { return cms::encode_issuer_and_serial_number(subject_of("ca"), serial_of("ca")); }

Octets request_envelope() { return envelop(certification_request()); }

build::Transaction answer() {
    build::Transaction out = transaction();
    out.recipient_nonce = out.sender_nonce;
    out.sender_nonce = Octets(16, 0x44);
    return out;
}

// Attributes as nobody should send them.
Octets odd_attributes() {
    build::Transaction odd = transaction();
    const auto value = [](der::Tag tag, std::string_view text) { return der::encode([&](Writer& w) { w.primitive(tag, text); }); };
    const std::vector<Octets> two{value(der::tag::PrintableString, "first"), value(der::tag::UTF8String, "second")};
    odd.other_attributes = {
        cms::encode_attribute(scep::oids::transactionID, two),
        cms::encode_attribute(scep::oids::failInfo, std::span<const Octets>{}),
        cms::encode_attribute(scep::oids::pkiStatus, value(der::tag::IA5String, "0")),
        cms::encode_attribute(der::oid("1.3.6.1.4.1.311.21.38"), value(der::tag::UTF8String, "Issued")),
    };
    return sign(build::pki_message(odd, {.message_type = "99", .pki_status = {}, .fail_info = {}, .fail_info_text = "text"}, std::nullopt));
}

struct Recipe {
    const char* name;
    Octets (*make)();
};

const Recipe recipes[] = {
    {"signed", [] { return sign_with({}); }},
    {"signed, key identifier", [] { return sign_with({"-keyid"}); }},
    {"signed, two signers", [] { return sign_with({"-signer", pem("ec"), "-inkey", key_file("ec.key")}); }},
    {"signed, no attributes", [] { return sign_with({"-noattr"}); }},
    {"signed, no certificates", [] { return sign_with({"-nocerts"}); }},
    {"signed, more certificates", [] { return sign_with({"-certfile", pem("ca")}); }},
    {"signed, other content type", [] { return sign_with({"-econtent_type", "1.2.3.4"}); }},
    {"signed, no content", [] { return cms_command({"-sign", "-signer", pem("client"), "-inkey", key_file("client.key")}); }},
    {"signed, BER", [] { return sign_with({"-stream"}); }},
    {"certificates and CRL", &certificates_and_crl},
    {"ktri", [] { return encrypt_with({"-recip", pem("ca")}); }},
    {"ktri, key identifier", [] { return encrypt_with({"-keyid", "-recip", pem("ca")}); }},
    {"kari", [] { return encrypt_with({"-recip", pem("ec")}); }},
    {"kari, key identifier", [] { return encrypt_with({"-keyid", "-recip", pem("ec")}); }},
    {"kekri", [] { return encrypt_with(kek); }},
    {"pwri", [] { return encrypt_with(password); }},
    {"four recipients", &all_recipients},
    {"ktri, BER", [] { return encrypt_with({"-stream", "-recip", pem("ca")}); }},
    {"kemri", [] { return enveloped({kem_recipient(false)}); }},
    {"kemri with ukm, and ori", [] { return enveloped({kem_recipient(true), other_recipient()}); }},
    {"PKCSReq", [] { return sign(build::pkcs_req(transaction(), request_envelope())); }},
    {"PKCSReq, key identifier", [] { return sign(build::pkcs_req(transaction(), request_envelope()), "client", true); }},
    {"RenewalReq", [] { return sign(build::renewal_req(transaction(), request_envelope())); }},
    {"CertPoll",
     [] {
         return sign(build::cert_poll(transaction(), envelop(build::encode_issuer_and_subject(subject_of("ca"), subject_of("client")))));
     }},
    {"GetCert", [] { return sign(build::get_cert(transaction(), envelop(issuer_and_serial()))); }},
    {"GetCRL", [] { return sign(build::get_crl(transaction(), envelop(issuer_and_serial()))); }},
    {"CertRep SUCCESS", [] { return sign(build::cert_rep_success(answer(), envelop(certificates_and_crl())), "ca"); }},
    {"CertRep FAILURE", [] { return sign(build::cert_rep_failure(answer(), scep::FailInfo::badMessageCheck, "wrong \xc3\xa9"), "ca"); }},
    {"CertRep PENDING", [] { return sign(build::cert_rep_pending(answer()), "ca"); }},
    {"GetNextCACert",
     [] { return sign(build::next_ca_cert(cms::encode_certificates_only(std::vector<Octets>{certificate("second")})), "ca"); }},
    {"certificates only",
     [] {
         return cms::encode_certificates_only(std::vector<Octets>{certificate("client"), certificate("ec")}, std::vector<Octets>{crl()});
     }},
    {"odd attributes", &odd_attributes},
    {"CertificationRequest", &certification_request},
    {"IssuerAndSubject", [] { return build::encode_issuer_and_subject(subject_of("ca"), subject_of("client")); }},
    {"IssuerAndSerialNumber", &issuer_and_serial},
    {"Certificate", [] { return certificate("client"); }},
    {"CertificateList", &crl},
};

template <class Wanted>
std::vector<std::string> files_under(const fs::path& folder, Wanted&& wanted) {
    std::vector<std::string> names;
    if (fs::is_directory(folder)) {
        for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
            if (entry.is_regular_file() && wanted(entry.path())) {
                names.push_back(fs::relative(entry.path(), folder));
            }
        }
    }
    std::ranges::sort(names);
    return names.empty() ? std::vector<std::string>{""} : names;
}

// Asked before main, where nothing of Boost.Test may be used.
fs::path captures() {
    const char* root = std::getenv("SCEPTEST_SOURCE_DIR");
    return root != nullptr ? fs::path(root) / "vectors" / "captures" : fs::path();
}

fs::path public_corpus() { return corpus() ? *corpus() / "public" : fs::path(); }

} // namespace

std::vector<std::string> sample_names() {
    std::vector<std::string> names;
    for (const Recipe& recipe : recipes) {
        names.emplace_back(recipe.name);
    }
    return names;
}

const Octets& sample(const std::string& name) {
    static std::map<std::string, Octets> made;
    const auto recipe = std::ranges::find_if(recipes, [&](const Recipe& candidate) { return candidate.name == name; });
    BOOST_REQUIRE_MESSAGE(recipe != std::end(recipes), "no sample " << name);
    const auto known = made.find(name);
    return known != made.end() ? known->second : made.emplace(name, recipe->make()).first->second;
}

std::vector<std::string> bundled_names() {
    return files_under(captures(), [](const fs::path& path) { return path.extension() == ".der"; });
}

std::vector<std::string> corpus_names() {
    return files_under(public_corpus(), [](const fs::path& path) { return path.extension() == ".der"; });
}

Octets message_file(const std::string& name) {
    if (name.empty()) {
        skip("no message files there");
    }
    const fs::path bundled = captures() / name;
    return read_file(fs::exists(bundled) ? bundled : public_corpus() / name);
}

Octets subject_of(std::string_view certificate_name) {
    const Octets octets = certificate(certificate_name);
    const auto decoded = x509::Certificate::decode(der::Input(octets));
    BOOST_REQUIRE(decoded);
    return {decoded->subject.whole.begin(), decoded->subject.whole.end()};
}

Octets serial_of(std::string_view certificate_name) {
    const Octets octets = certificate(certificate_name);
    const auto decoded = x509::Certificate::decode(der::Input(octets));
    BOOST_REQUIRE(decoded);
    return {decoded->serial_number.content.begin(), decoded->serial_number.content.end()};
}

Octets sign(cms::SignedDataBuilder builder, std::string_view signer, bool by_key_identifier) {
    const Octets own = certificate(signer);
    const auto decoded = x509::Certificate::decode(der::Input(own));
    BOOST_REQUIRE(decoded);
    builder.sid = by_key_identifier
                      ? cms::encode_subject_key_identifier(decoded->subject_key_identifier()->octets())
                      : cms::encode_issuer_and_serial_number(decoded->issuer.whole.octets(), decoded->serial_number.content.octets());
    builder.digest_algorithm = cms::encode_algorithm(x509::oids::id_sha256);
    builder.signature_algorithm = cms::encode_algorithm(x509::oids::rsaEncryption, cms::Parameters::null);
    builder.certificates.push_back(own);
    builder.message_digest = openssl({"dgst", "-sha256", "-binary"}, builder.e_content.value_or(Octets{}));
    const Octets signature =
        openssl({"dgst", "-sha256", "-sign", key_file(std::string(signer) + ".key")}, builder.signed_attrs_to_be_signed());
    return builder.finish(signature);
}

Octets envelop(OctetsView message_data) {
    return openssl({"cms", "-encrypt", "-binary", "-aes-128-cbc", "-outform", "DER", "-recip", pem("ca")}, message_data);
}

Octets certification_request() {
    const Octets own = certificate("client");
    const auto decoded = x509::Certificate::decode(der::Input(own));
    BOOST_REQUIRE(decoded);
    build::CertificationRequestBuilder request;
    request.subject = subject_of("client");
    request.subject_pk_info = {decoded->subject_public_key_info.whole.begin(), decoded->subject_public_key_info.whole.end()};
    request.challenge_password = "secret";
    request.extensions = {build::encode_extension(x509::oids::id_ce_keyUsage, true, hex("030205a0"))};
    request.signature_algorithm = cms::encode_algorithm(x509::oids::sha256WithRSAEncryption, cms::Parameters::null);
    return request.finish(openssl({"dgst", "-sha256", "-sign", key_file("client.key")}, request.to_be_signed()));
}

build::Transaction transaction() {
    build::Transaction out;
    out.transaction_id = "8E63A1B2";
    out.sender_nonce = hex("000102030405060708090a0b0c0d0e0f");
    out.signing_time = 1764000000;
    return out;
}

} // namespace sceptest
