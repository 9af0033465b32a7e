#include <conformance/cli/materials.h>

#include <conformance/cli/facts_file.h>

#include <scepcodec/der/writer.h>
#include <scepcodec/scep/http.h>

namespace sceplab::cli {

namespace {

using Octets = std::vector<std::uint8_t>;

Loaded<scep::botan::PrivateKey> load_key(const std::string& path, const Octets& octets, const std::string& password) {
    auto key = scep::botan::PrivateKey::load(octets, password);
    if (!key) {
        switch (key.error().code) {
            case scep::ErrorCode::unsupported_algorithm: return std::unexpected(Unusable{path, "a private key of a kind that is not supported"});
            case scep::ErrorCode::invalid_parameters: return std::unexpected(Unusable{path, "its password is derived in more than 10 million iterations"});
            default: return std::unexpected(Unusable{path, password.empty() ? "not a private key, or one that needs --key-pass"
                                                                           : "not a private key that --key-pass opens"});
        }
    }
    return std::move(*key);
}

// "2026-11-23T16:46:08Z", or seconds since 1970.
Loaded<input::Timestamp> parse_time(const std::string& text) {
    const std::string digits = [&] {
        std::string out;
        for (const char c : text) {
            if (c >= '0' && c <= '9') {
                out.push_back(c);
            }
        }
        return out;
    }();
    if (!digits.empty() && digits == text && digits.size() < 12) {
        return std::stoll(digits) * 1'000'000;
    }
    const auto encoded = scep::der::encode([&](scep::der::Writer& w) { w.primitive(scep::der::tag::GeneralizedTime, digits + "Z"); });
    scep::der::Reader reader{scep::der::Input(encoded)};
    const scep::der::Time time = reader.time("time");
    const bool shaped = text.size() == 20 && text[4] == '-' && text[7] == '-' && text[10] == 'T' && text[13] == ':' && text[16] == ':' && text[19] == 'Z';
    if (reader.failed() || !shaped) {
        return std::unexpected(Unusable{"--time " + text, "not a time like 2026-11-23T16:46:08Z"});
    }
    return time.seconds * 1'000'000;
}

}  // namespace

Loaded<evidence::KnownCertificates> load_certificates(const std::string& path) {
    constexpr std::string_view begin = "-----BEGIN CERTIFICATE-----";
    constexpr std::string_view end = "-----END CERTIFICATE-----";
    const auto octets = read_small_file(path);
    if (!octets) {
        return std::unexpected(octets.error());
    }
    evidence::KnownCertificates out;
    const auto add = [&](Octets der) {
        if (auto known = evidence::know(std::move(der))) {
            out.push_back(std::move(known));
            return true;
        }
        return false;
    };
    const std::string_view text = scep::der::Input(*octets).text();
    for (std::size_t at = text.find(begin); at != std::string_view::npos; at = text.find(begin, at + 1)) {
        const std::size_t close = text.find(end, at);
        scep::Sources sources;
        const auto block = close == std::string_view::npos ? Octets{} : Octets(octets->begin() + static_cast<std::ptrdiff_t>(at),
                                                                              octets->begin() + static_cast<std::ptrdiff_t>(close + end.size()));
        const auto captured = sources.add_captured(block);
        const auto decoded = captured ? scep::http::decode_base64(*captured, sources) : std::unexpected(captured.error());
        if (!decoded || !add({decoded->octets.begin(), decoded->octets.end()})) {
            return std::unexpected(Unusable{path, "the PEM certificate at offset " + std::to_string(at) + " does not decode"});
        }
    }
    if (out.empty() && !add(*octets)) {
        return std::unexpected(Unusable{path, "not a certificate"});
    }
    return out;
}

Loaded<evidence::Settings> load_materials(const MaterialOptions& options) {
    auto settings = load_materials(options, 1);
    return settings ? Loaded<evidence::Settings>(std::move(settings->front())) : std::unexpected(settings.error());
}

Loaded<std::vector<evidence::Settings>> load_materials(const MaterialOptions& options, std::size_t threads) {
    std::vector<evidence::Settings> all(threads);
    evidence::Settings& settings = all.front();
    for (const std::string& path : options.keys) {
        // Read once: a pipe gives its octets no second time.
        const auto octets = read_small_file(path);
        if (!octets) {
            return std::unexpected(octets.error());
        }
        for (evidence::Settings& each : all) {
            auto key = load_key(path, *octets, options.key_password);
            if (!key) {
                return std::unexpected(key.error());
            }
            each.keys.push_back(std::move(*key));
        }
    }
    const auto add_all = [](const std::vector<std::string>& paths, evidence::KnownCertificates& into) -> std::optional<Unusable> {
        for (const std::string& path : paths) {
            const auto loaded = load_certificates(path);
            if (!loaded) {
                return loaded.error();
            }
            into.insert(into.end(), loaded->begin(), loaded->end());
        }
        return std::nullopt;
    };
    if (const auto error = add_all(options.certificates, settings.certificates)) {
        return std::unexpected(*error);
    }
    if (const auto error = add_all(options.anchors, settings.anchors)) {
        return std::unexpected(*error);
    }
    settings.challenges = options.challenges;
    if (!options.facts.empty()) {
        auto facts = read_facts(options.facts);
        if (!facts) {
            return std::unexpected(facts.error());
        }
        settings.local = std::move(*facts);
    }
    if (!options.time.empty()) {
        const auto time = parse_time(options.time);
        if (!time) {
            return std::unexpected(time.error());
        }
        settings.time = *time;
    }
    settings.cryptography = options.cryptography;
    for (evidence::Settings& each : std::span(all).subspan(1)) {
        each.certificates = settings.certificates;
        each.anchors = settings.anchors;
        each.challenges = settings.challenges;
        each.time = settings.time;
        each.cryptography = settings.cryptography;
    }
    return all;
}

}  // namespace sceplab::cli
