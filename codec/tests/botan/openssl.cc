#include "openssl.h"

#include <boost/test/unit_test.hpp>

#include <map>
#include <set>

namespace bridgetest {

sceptest::RunResult openssl(std::vector<std::string> arguments) {
    static const std::set<std::string> with_legacy{"cms", "rsa", "pkcs8", "dgst"};
    if (with_legacy.contains(arguments.front())) {
        arguments.insert(arguments.begin() + 1, {"-provider", "default", "-provider", "legacy"});
    }
    arguments.insert(arguments.begin(), "openssl");
    sceptest::RunOptions options;
    options.timeout = std::chrono::minutes(5); // making a key of 4096 bits on a busy machine
    return sceptest::run(arguments, options);
}

std::string openssl_ok(const std::vector<std::string>& arguments) {
    sceptest::RunResult result = openssl(arguments);
    BOOST_REQUIRE_MESSAGE(result.exit_code == 0, "openssl " << arguments.front() << ": " << result.err);
    return std::move(result.out);
}

const sceptest::TemporaryFolder& folder() {
    static const sceptest::TemporaryFolder made;
    return made;
}

std::string new_name() {
    static int count = 0;
    return (folder().path() / std::to_string(++count)).string();
}

std::string file(OctetsView octets) { return folder().write(std::filesystem::path(new_name()).filename().string(), octets).string(); }

std::string file(std::string_view text) { return file(view(text)); }

scep::botan::PrivateKey Identity::key() const { return need(scep::botan::PrivateKey::load(sceptest::read_file(key_file))); }

const Identity& identity(const std::string& kind, int number) {
    static std::map<std::string, Identity> made;
    const std::string name = kind + "#" + std::to_string(number);
    if (const auto found = made.find(name); found != made.end()) {
        return found->second;
    }
    Identity out{.key_file = new_name(), .certificate_file = new_name(), .certificate = {}};
    std::vector<std::string> arguments{
        "req", "-x509", "-nodes", "-keyout", out.key_file, "-out", out.certificate_file, "-subj", "/O=bridge/CN=" + name, "-days", "3650"};
    if (kind.starts_with("ec:")) {
        arguments.insert(arguments.end(), {"-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:" + kind.substr(3)});
    } else {
        arguments.insert(arguments.end(), {"-newkey", kind});
    }
    openssl_ok(arguments);
    out.certificate = octets(openssl_ok({"x509", "-in", out.certificate_file, "-outform", "DER"}));
    return made.emplace(name, std::move(out)).first->second;
}

Octets verified_by_openssl(OctetsView message, const Identity& signer) {
    // Detached content is what openssl calls an absent eContent; it is then digested as no octets.
    const std::string message_file = file(message);
    const std::string listing = openssl_ok({"cms", "-cmsout", "-print", "-inform", "DER", "-in", message_file});
    std::vector<std::string> arguments{"cms", "-verify", "-noverify",  "-binary",   "-inform",
                                       "DER", "-in",     message_file, "-certfile", signer.certificate_file};
    if (listing.find("eContent: <ABSENT>") != std::string::npos) {
        arguments.insert(arguments.end(), {"-content", file("")});
    }
    return octets(openssl_ok(arguments));
}

Octets decrypted_by_openssl(OctetsView envelope, const Identity& recipient) {
    return octets(openssl_ok({"cms", "-decrypt", "-binary", "-inform", "DER", "-in", file(envelope), "-recip", recipient.certificate_file,
                              "-inkey", recipient.key_file}));
}

} // namespace bridgetest
