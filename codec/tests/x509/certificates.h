// Certificates and CRLs made by the openssl program.
#pragma once

#include "openssl.h"

#include <string>
#include <vector>

namespace sceptest {

struct CertificateRecipe {
    std::string what;
    std::vector<std::string> key; // arguments of openssl genpkey
    std::string subject;
    std::vector<std::string> arguments = {}; // further ones of openssl req -x509
    std::string request_section = {};        // further lines of its configuration
    bool v1 = false;
    friend std::ostream& operator<<(std::ostream& out, const CertificateRecipe& recipe) { return out << recipe.what; }
};

inline const std::vector<std::string> rsa_key{"-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"};
inline const std::vector<std::string> ec_key{"-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"};
inline const std::vector<std::string> ed25519_key{"-algorithm", "ED25519"};

// Leaves key.pem, cert.pem and cert.der behind, and gives the last one's octets.
inline std::vector<std::uint8_t> make_certificate(const Openssl& openssl, const CertificateRecipe& recipe) {
    std::vector<std::string> key{"genpkey", "-out", "key.pem"};
    key.insert(key.end(), recipe.key.begin(), recipe.key.end());
    std::ignore = openssl.text(key);
    openssl.write("req.cnf", std::string("[req]\ndistinguished_name = dn\n") + recipe.request_section + "\n[dn]\n");
    if (recipe.v1) {
        std::ignore = openssl.text({"req", "-new", "-config", "req.cnf", "-key", "key.pem", "-subj", recipe.subject, "-out", "csr.pem"});
        std::ignore = openssl.text({"x509", "-req", "-in", "csr.pem", "-signkey", "key.pem", "-days", "30", "-out", "cert.pem"});
    } else {
        std::vector<std::string> request{"req",   "-x509", "-config",      "req.cnf", "-key",    "key.pem",
                                         "-utf8", "-subj", recipe.subject, "-out",    "cert.pem"};
        request.insert(request.end(), recipe.arguments.begin(), recipe.arguments.end());
        std::ignore = openssl.text(request);
    }
    std::ignore = openssl.text({"x509", "-in", "cert.pem", "-outform", "DER", "-out", "cert.der"});
    return openssl.file("cert.der");
}

} // namespace sceptest
