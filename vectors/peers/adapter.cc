#include "adapter.h"

#include <array>
#include <charconv>
#include <iostream>

namespace peers {

namespace {

Octets from_hex(const std::string& digits) {
    Octets out(digits.size() / 2);
    for (std::size_t i = 0; i < out.size(); ++i) {
        std::from_chars(digits.data() + 2 * i, digits.data() + 2 * i + 2, out[i], 16);
    }
    return out;
}

// The octets between the lines of dashes.
Octets from_pem(const std::string& pem) {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const std::size_t begin = pem.find('\n');
    const std::size_t end = pem.find("-----END");
    if (begin == std::string::npos || end == std::string::npos) {
        throw std::runtime_error("a key is not PEM");
    }
    Octets out;
    unsigned bits = 0;
    unsigned held = 0;
    for (const char c : std::string_view(pem).substr(begin, end - begin)) {
        const std::size_t value = alphabet.find(c);
        if (value == std::string_view::npos) {
            continue;
        }
        bits = (bits << 6 | static_cast<unsigned>(value)) & 0xffffff;
        held += 6;
        if (held >= 8) {
            held -= 8;
            out.push_back(static_cast<unsigned char>(bits >> held));
        }
    }
    return out;
}

Case case_of(const Json& request) {
    Case out;
    out.type = request.at("type");
    out.as = request.value("as", "");
    out.input = from_hex(request.value("input", ""));
    if (const auto key = request.find("recipient"); key != request.end()) {
        out.recipient = {key->at("name"), from_pem(key->at("privateKey")), from_hex(key->at("certificate"))};
    }
    if (const auto password = request.find("password"); password != request.end()) {
        out.password = *password;
    }
    return out;
}

Json answer(const Case& asked, const std::map<std::string, Question>& questions, const std::string& no_call) {
    try {
        const auto question = questions.find(asked.type);
        if (question == questions.end()) {
            throw Unknown(no_call);
        }
        Accepted accepted = question->second(asked);
        Json out = {{"result", "accept"}};
        if (!accepted.fields.empty()) {
            out["fields"] = std::move(accepted.fields);
        }
        if (accepted.plaintext) {
            out["plaintext"] = hex(*accepted.plaintext);
        }
        return out;
    } catch (const Refused& why) {
        return {{"result", "reject"}, {"reason", why.what()}};
    } catch (const Unknown& why) {
        return {{"result", "skip"}, {"reason", why.what()}};
    }
}

} // namespace

int serve(int argc, char** argv, const std::string& version, const std::map<std::string, Question>& questions,
          const std::string& no_call) try {
    if (argc == 2 && std::string_view(argv[1]) == "--version") {
        std::cout << version << '\n';
        return 0;
    }
    for (std::string line; std::getline(std::cin, line);) {
        const Json request = Json::parse(line);
        Json out = {{"id", request.at("id")}};
        out.update(answer(case_of(request), questions, no_call));
        // A library may give text that is not UTF-8.
        std::cout << out.dump(-1, ' ', true, Json::error_handler_t::replace) << std::endl;
    }
    return 0;
} catch (const std::exception& error) {
    std::cerr << argv[0] << ": " << error.what() << '\n';
    return 2;
}

std::string hex(View octets) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    out.reserve(2 * octets.size());
    for (const unsigned char octet : octets) {
        out += digits[octet >> 4];
        out += digits[octet & 15];
    }
    return out;
}

TypeName type_name(const std::string& as) {
    const std::size_t of = as.find(" OF ");
    return of == std::string::npos ? TypeName{as, {}} : TypeName{as.substr(0, of), as.substr(of + 4)};
}

} // namespace peers
