#pragma once

#include <conformance/tree/build.h>

#include <filesystem>
#include <map>

namespace tree_test {

using Octets = std::vector<std::uint8_t>;

// Messages of every kind, made by OpenSSL; the names of the files say what they are.
[[nodiscard]] const std::map<std::string, Octets>& openssl_messages();
[[nodiscard]] const Octets& openssl_message(const std::string& name);

// What OpenSSL encrypted in "enveloped-password.der" and its like, under the password "secret": "request.der".
[[nodiscard]] const Octets& plaintext();

// The tree of octets that are a captured source of their own.
struct Built {
    explicit Built(const Octets& octets, const sceplab::tree::Options& options = {});
    scep::Sources sources;
    scep::der::Input message;
    std::vector<sceplab::tree::Node> nodes;
};

// The first node of that label, in the order of a walk; the test fails where there is none.
[[nodiscard]] const sceplab::tree::Node& find(const std::vector<sceplab::tree::Node>& nodes, std::string_view label);
// The first node with that note.
[[nodiscard]] const sceplab::tree::Node& find_note(const std::vector<sceplab::tree::Node>& nodes, std::string_view note);

// What must hold of every tree: each node lies in its source, its children fill its content one after another, and the roots fill the
// message.
void check_whole(const Built& built);

} // namespace tree_test
