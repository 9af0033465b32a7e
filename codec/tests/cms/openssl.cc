#include "openssl.h"

#include "sceptest.h"

#include <boost/test/unit_test.hpp>

#include <cstdio>
#include <map>
#include <sstream>

namespace sceptest {

namespace fs = std::filesystem;

std::string openssl_text(const std::vector<std::string>& arguments, OctetsView input) {
    std::vector<std::string> command{"openssl"};
    command.insert(command.end(), arguments.begin(), arguments.end());
    RunOptions options;
    options.timeout = std::chrono::minutes{5}; // keys take their time on a machine that has none to spare
    options.input = {reinterpret_cast<const char*>(input.data()), input.size()};
    const RunResult result = run(command, options);
    BOOST_REQUIRE_MESSAGE(result.exit_code == 0,
                          "openssl " << arguments.front() << " exits with " << result.exit_code << ": " << result.err);
    return result.out;
}

Octets octets_of(std::string_view text) { return {text.begin(), text.end()}; }

Octets openssl(const std::vector<std::string>& arguments, OctetsView input) { return octets_of(openssl_text(arguments, input)); }

std::vector<Asn1Line> asn1parse(OctetsView der) {
    std::vector<Asn1Line> lines;
    std::istringstream text(openssl_text({"asn1parse", "-inform", "DER"}, der));
    for (std::string line; std::getline(text, line);) {
        Asn1Line told;
        int rest = 0;
        // "l=inf" leaves the length at 0. Other lines go on with a text value that has line breaks.
        if (std::sscanf(line.c_str(), "%u:d=%u hl=%u l=%n", &told.offset, &told.depth, &told.header_size, &rest) == 3 && rest > 0) {
            std::istringstream end(line.substr(static_cast<std::size_t>(rest)));
            std::string length;
            end >> length >> std::ws;
            told.length = length == "inf" ? 0 : static_cast<std::uint32_t>(std::stoul(length));
            std::getline(end, told.text);
            lines.push_back(told);
        }
    }
    return lines;
}

namespace {

// openssl ca wants a folder and a configuration to make a CRL.
void make_crl(const TemporaryFolder& folder) {
    folder.write(
        "ca.cnf",
        std::string_view("[ca]\ndefault_ca = c\n[c]\ndatabase = index.txt\ndefault_md = sha256\ndefault_crl_days = 30\ncrl_extensions = e\n"
                         "[e]\nauthorityKeyIdentifier = keyid\n"));
    folder.write(
        "index.txt",
        std::string_view(
            "R\t300101000000Z\t250101000000Z,keyCompromise\t0A\tunknown\t/CN=a\nR\t300101000000Z\t250102000000Z\t00F1\tunknown\t/CN=b\n"));
    RunOptions options;
    options.directory = folder.path();
    const RunResult made =
        run({"openssl", "ca", "-gencrl", "-config", "ca.cnf", "-cert", "ca.pem", "-keyfile", "ca.key", "-out", "crl.pem"}, options);
    BOOST_REQUIRE_MESSAGE(made.exit_code == 0, made.err);
}

const TemporaryFolder& keys() {
    static const TemporaryFolder folder;
    static const bool made = [] {
        for (const std::string name : {"ca", "client", "second", "ec"}) {
            const fs::path key = folder.path() / (name + ".key");
            const bool ec = name == "ec" || name == "second";
            (void)openssl({"genpkey", "-quiet", "-algorithm", ec ? "EC" : "RSA", "-pkeyopt",
                           ec ? "ec_paramgen_curve:P-256" : "rsa_keygen_bits:2048", "-out", key});
            (void)openssl({"req", "-x509", "-new", "-key", key, "-sha256", "-days", "30", "-subj",
                           "/C=DE/O=Test, Example+OU=lab/CN=" + name, "-multivalue-rdn", "-addext",
                           "keyUsage=critical,digitalSignature,keyEncipherment,keyAgreement,keyCertSign,cRLSign", "-out",
                           folder.path() / (name + ".pem")});
        }
        make_crl(folder);
        return true;
    }();
    (void)made;
    return folder;
}

} // namespace

fs::path key_file(std::string_view name) { return keys().path() / name; }

Octets certificate(std::string_view name) {
    static std::map<std::string, Octets, std::less<>> known;
    auto found = known.find(name);
    if (found == known.end()) {
        const std::string file = key_file(std::string(name) + ".pem");
        found = known.emplace(name, openssl({"x509", "-in", file, "-outform", "DER"})).first;
    }
    return found->second;
}

Octets crl() { return openssl({"crl", "-in", key_file("crl.pem"), "-outform", "DER"}); }

Octets hex(std::string_view digits) {
    Octets out;
    int high = -1;
    for (const char c : digits) {
        if (c == ' ' || c == '\n') {
            continue;
        }
        const int digit = c <= '9' ? c - '0' : c - 'a' + 10;
        if (high < 0) {
            high = digit;
        } else {
            out.push_back(static_cast<std::uint8_t>(high * 16 + digit));
            high = -1;
        }
    }
    return out;
}

} // namespace sceptest
