#pragma once

#include <nlohmann/json.hpp>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

// What the adapters in C++ share: the harness contract (../README.md) without the library behind it.
namespace peers {

using Json = nlohmann::ordered_json;
using Octets = std::vector<unsigned char>;
using View = std::span<const unsigned char>;

struct Key {
    std::string name;
    Octets private_key; // PKCS#8
    Octets certificate;
};
struct Case {
    std::string type;
    std::string as;
    Octets input;
    std::optional<Key> recipient;
    std::optional<std::string> password;
};

struct Accepted {
    Json fields = Json::object();
    std::optional<Octets> plaintext;
};
// The library refuses the input.
struct Refused : std::runtime_error {
    using std::runtime_error::runtime_error;
};
// The library, or the adapter, has no call for it.
struct Unknown : std::runtime_error {
    using std::runtime_error::runtime_error;
};

using Question = std::function<Accepted(const Case&)>;

// The main program: answers --version, then a case a line until the input ends. Types without a row are skipped, with `no_call` as reason.
int serve(int argc, char** argv, const std::string& version, const std::map<std::string, Question>& questions, const std::string& no_call);

[[nodiscard]] std::string hex(View octets);
[[nodiscard]] inline View view(const std::string& text) { return {reinterpret_cast<const unsigned char*>(text.data()), text.size()}; }
[[nodiscard]] inline std::string text(View octets) { return {octets.begin(), octets.end()}; }

// An object of a C library, freed by the function that it names for it.
template <auto function>
struct Free {
    template <class T>
    void operator()(T* object) const {
        function(object);
    }
};
template <class T, auto function>
using Owned = std::unique_ptr<T, Free<function>>;

// "SET OF INTEGER" is SET of INTEGER; "INTEGER" is that alone.
struct TypeName {
    std::string outer;
    std::string element;
};
[[nodiscard]] TypeName type_name(const std::string& as);

} // namespace peers
