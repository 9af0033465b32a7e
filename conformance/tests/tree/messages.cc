#include "messages.h"

#include <sceptest.h>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <optional>
#include <span>

namespace tree_test {

namespace {

using sceplab::tree::Node;

class Workshop {
public:
    Workshop() {
        m_folder.write("req.cnf",
                       "[req]\ndistinguished_name=dn\nattributes=a\nprompt=no\nreq_extensions=ext\n[dn]\nC=NZ\nO=Wetas\nCN=device 1\n"
                       "[a]\nchallengePassword=open sesame\n"
                       "[ext]\nsubjectAltName=DNS:device1.example,URI:urn:x,IP:10.0.0.1,dirName:dn\nkeyUsage=critical,digitalSignature,"
                       "keyEncipherment\n"
                       "extendedKeyUsage=clientAuth\n");
        m_folder.write("ca.cnf",
                       "[req]\ndistinguished_name=dn\nprompt=no\nx509_extensions=ext\n[dn]\nCN=Test "
                       "CA\n[ext]\nbasicConstraints=critical,CA:TRUE,pathlen:0\n"
                       "subjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\ncrlDistributionPoints=URI:http://ca.example/crl\n"
                       "authorityInfoAccess=OCSP;URI:http://ca.example/ocsp\ncertificatePolicies=1.2.3.4\n"
                       "[ca]\ndefault_ca=c\n[c]\ndatabase=index.txt\ncrlnumber=number\ndefault_md=sha256\ndefault_crl_days=30\n");
        m_folder.write("index.txt", "R\t330101000000Z\t240101000000Z,keyCompromise\t01AB\tunknown\t/CN=gone\n");
        m_folder.write("number", "07\n");
        openssl({"req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.pem", "-config", "ca.cnf"});
        openssl({"req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "ec.key", "-out", "ec.pem",
                 "-config", "ca.cnf"});
        openssl({"x509", "-in", "ca.pem", "-outform", "DER", "-out", "certificate.der"});
        openssl({"x509", "-in", "ec.pem", "-outform", "DER", "-out", "certificate-ec.der"});
        openssl({"req", "-new", "-newkey", "rsa:2048", "-nodes", "-keyout", "key", "-outform", "DER", "-out", "request.der", "-config",
                 "req.cnf"});
        openssl({"ca", "-gencrl", "-config", "ca.cnf", "-name", "c", "-keyfile", "ca.key", "-cert", "ca.pem", "-out", "crl.pem"});
        openssl({"crl", "-in", "crl.pem", "-outform", "DER", "-out", "crl.der"});
        openssl({"crl2pkcs7", "-in", "crl.pem", "-certfile", "ca.pem", "-outform", "DER", "-out", "certs-only.der"});
        const std::vector<std::string> encrypt{"cms", "-encrypt", "-binary", "-in", "request.der", "-outform", "DER", "-aes-128-cbc"};
        cms(encrypt, {"-out", "enveloped.der", "ca.pem"});
        cms(encrypt, {"-out", "enveloped-ec.der", "ec.pem"});
        cms(encrypt, {"-out", "enveloped-kek.der", "-secretkey", "000102030405060708090a0b0c0d0e0f", "-secretkeyid", "c0ffee"});
        cms(encrypt, {"-out", "enveloped-password.der", "-pwri_password", "secret"});
        cms(encrypt, {"-out", "enveloped-password-ber.der", "-stream", "-pwri_password", "secret"});
        cms(encrypt, {"-out", "enveloped-oaep.der", "-recip", "ca.pem", "-keyopt", "rsa_padding_mode:oaep"});
        const std::vector<std::string> sign{"cms", "-sign", "-binary", "-nodetach", "-outform", "DER", "-md", "sha256"};
        cms(sign, {"-in", "enveloped.der", "-signer", "ca.pem", "-inkey", "ca.key", "-out", "signed.der"});
        cms(sign, {"-in", "enveloped.der", "-signer", "ca.pem", "-inkey", "ca.key", "-stream", "-out", "signed-ber.der"});
        cms(sign, {"-in", "enveloped.der", "-signer", "ec.pem", "-inkey", "ec.key", "-out", "signed-ec.der"});
        cms(sign, {"-in", "enveloped.der", "-signer", "ca.pem", "-inkey", "ca.key", "-keyopt", "rsa_padding_mode:pss", "-keyid", "-out",
                   "signed-pss.der"});
        for (const auto& entry : std::filesystem::directory_iterator(m_folder.path())) {
            if (entry.path().extension() == ".der") {
                messages[entry.path().filename().string()] = sceptest::read_file(entry.path());
            }
        }
    }
    std::map<std::string, Octets> messages;

private:
    void cms(std::vector<std::string> arguments, const std::vector<std::string>& more) {
        arguments.insert(arguments.end(), more.begin(), more.end());
        openssl(std::move(arguments));
    }
    void openssl(std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), "openssl");
        const auto result = sceptest::run(arguments, {.directory = m_folder.path().native()});
        BOOST_REQUIRE_MESSAGE(result.exit_code == 0, arguments[1] << ": " << result.err);
    }
    sceptest::TemporaryFolder m_folder;
};

template <class Predicate>
const Node* first(const std::vector<Node>& nodes, const Predicate& wanted) {
    for (const Node& node : nodes) {
        if (wanted(node)) {
            return &node;
        }
        if (const Node* inside = first(node.children, wanted)) {
            return inside;
        }
    }
    return nullptr;
}

// Where the octets of a row of nodes end that begins at `within`; empty where they do not stand one after another.
std::optional<std::uint64_t> filled(std::span<const Node> nodes, scep::Location within, const scep::Sources& sources) {
    std::uint64_t next = within.offset;
    scep::SourceId source = within.source;
    for (const Node& node : nodes) {
        if (node.layer) {
            source = node.where.source;
            next = node.where.offset;
        }
        const bool here = node.where.source == source && node.where.offset == next;
        next += node.where.length;
        if (!here || next > sources[source].octets.size() || node.header + node.end > node.where.length) {
            return std::nullopt;
        }
        if (node.tag.constructed()) {
            const std::span children(node.children);
            const auto own = static_cast<std::size_t>(
                std::ranges::find_if(children, [](const Node& child) { return child.layer.has_value(); }) - children.begin());
            const scep::Location content{source, node.where.offset + node.header, node.length()};
            if (filled(children.first(own), content, sources) != content.offset + content.length ||
                !filled(children.subspan(own), content, sources)) {
                return std::nullopt;
            }
        }
    }
    return next;
}

} // namespace

const std::map<std::string, Octets>& openssl_messages() {
    static const Workshop workshop;
    return workshop.messages;
}

const Octets& openssl_message(const std::string& name) {
    BOOST_REQUIRE_MESSAGE(openssl_messages().contains(name), "OpenSSL made no " << name);
    return openssl_messages().at(name);
}

const Octets& plaintext() { return openssl_message("request.der"); }

Built::Built(const Octets& octets, const sceplab::tree::Options& options)
    : message(*sources.add_captured(octets)), nodes(sceplab::tree::build(message, sources, {}, options)) {}

const Node& find(const std::vector<Node>& nodes, std::string_view label) {
    const Node* node = first(nodes, [&](const Node& candidate) { return candidate.label == label; });
    BOOST_REQUIRE_MESSAGE(node != nullptr, "no node " << label);
    return *node;
}

const Node& find_note(const std::vector<Node>& nodes, std::string_view note) {
    const Node* node = first(nodes, [&](const Node& candidate) { return candidate.note == note; });
    BOOST_REQUIRE_MESSAGE(node != nullptr, "no node -- " << note);
    return *node;
}

void check_whole(const Built& built) {
    BOOST_REQUIRE(!built.nodes.empty());
    BOOST_REQUIRE(filled(built.nodes, built.message.location(), built.sources) == built.message.size());
}

} // namespace tree_test
