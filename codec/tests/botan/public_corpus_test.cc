#include "openssl.h"

#include <scepcodec/ber/normalise.h>
#include <scepcodec/botan/decrypt.h>
#include <scepcodec/botan/verify.h>
#include <scepcodec/scep/certs_only.h>
#include <scepcodec/scep/pki_message.h>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <filesystem>

using namespace bridgetest;
using namespace scep;

namespace {

std::filesystem::path public_corpus() {
    const auto corpus = sceptest::corpus();
    if (!corpus) {
        sceptest::skip("SCEPLAB_CORPUS is not set");
    }
    return *corpus / "public";
}

std::vector<std::filesystem::path> files(const std::filesystem::path& folder, std::string_view extension) {
    std::vector<std::filesystem::path> out;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.path().extension() == extension) {
            out.push_back(entry.path());
        }
    }
    std::ranges::sort(out);
    return out;
}

bool holds(const std::filesystem::path& pem, std::string_view label) {
    const Octets octets = sceptest::read_file(pem);
    return std::string_view(reinterpret_cast<const char*>(octets.data()), octets.size()).find(label) != std::string_view::npos;
}

std::vector<std::filesystem::path> pem_files(const std::filesystem::path& folder, std::string_view label) {
    auto out = files(folder, ".pem");
    std::erase_if(out, [&](const auto& path) { return !holds(path, label); });
    return out;
}

// Certificates of the message and of the PEM files beside it.
struct Certificates {
    std::vector<Octets> owned;
    std::vector<x509::Certificate> all;

    Certificates(const cms::SignedData& signed_data, const std::filesystem::path& folder) {
        if (signed_data.certificates) {
            add(*signed_data.certificates);
        }
        for (const auto& pem : pem_files(folder, "BEGIN CERTIFICATE")) {
            owned.push_back(octets(openssl_ok({"crl2pkcs7", "-nocrl", "-certfile", pem.string(), "-outform", "DER"})));
        }
        for (const Octets& bag : owned) {
            add(*need(CertsOnly::decode(der::Input(bag))).signed_data->certificates);
        }
    }
    void add(const der::ListOf<cms::CertificateChoice>& choices) {
        for (const auto& choice : choices) {
            if (const auto certificate = need(choice).certificate()) {
                all.push_back(*certificate);
            }
        }
    }
};

botan::Check our_verdict(const PkiMessage& message, const std::filesystem::path& folder) {
    const Certificates certificates(message.signed_data, folder);
    const auto found =
        std::ranges::find_if(certificates.all, [&](const auto& certificate) { return message.signer_info.sid.matches(certificate); });
    if (found == certificates.all.end()) {
        return botan::Check::not_performed("no certificate");
    }
    return botan::verify(message.signer_info, message.signed_data.encap_content_info,
                         need(botan::PublicKey::load(found->subject_public_key_info)))
        .overall();
}

bool openssl_verifies(const std::filesystem::path& path) {
    std::vector<std::string> arguments{"cms", "-verify", "-noverify",   "-binary", "-inform",
                                       "DER", "-in",     path.string(), "-out",    new_name()};
    for (const auto& pem : pem_files(path.parent_path(), "BEGIN CERTIFICATE")) {
        arguments.insert(arguments.end(), {"-certfile", pem.string()});
        break;
    }
    return openssl(arguments).exit_code == 0;
}

// What a message holds, at whatever layer: an EnvelopedData, or none.
std::optional<cms::EnvelopedData> envelope_of(der::Input octets, Sources& sources) {
    const auto normalised = ber::normalise(octets, sources);
    const auto decoded = normalised ? cms::EnvelopedData::decode_content_info(normalised->der) : std::unexpected(normalised.error());
    return decoded ? std::optional(*decoded) : std::nullopt;
}

std::string openssl_opens(OctetsView envelope, const std::filesystem::path& key) {
    const auto result =
        openssl({"cms", "-decrypt", "-binary", "-inform", "DER", "-in", file(envelope), "-inkey", key.string(), "-passin", "pass:"});
    return result.exit_code == 0 && botan::is_one_sequence(der::Input(view(result.out))) ? result.out : std::string();
}

} // namespace

BOOST_AUTO_TEST_SUITE(public_corpus_messages)

BOOST_AUTO_TEST_CASE(signatures_are_as_openssl_says) {
    unsigned judged = 0;
    for (const auto& path : files(public_corpus(), ".der")) {
        Sources sources;
        const auto input = need(sources.add_captured(sceptest::read_file(path)));
        const auto message = PkiMessage::decode(input, sources);
        if (!message) {
            continue;
        }
        const botan::Check ours = our_verdict(*message, path.parent_path());
        BOOST_TEST((ours.verdict == botan::Verdict::valid) == openssl_verifies(path),
                   path << ": " << name(ours.verdict) << " " << ours.reason);
        ++judged;
    }
    BOOST_TEST(judged >= 20U);
}

BOOST_AUTO_TEST_CASE(envelopes_open_where_openssl_opens_them) {
    unsigned opened = 0;
    for (const auto& path : files(public_corpus(), ".der")) {
        Sources sources;
        const auto input = need(sources.add_captured(sceptest::read_file(path)));
        const auto message = PkiMessage::decode(input, sources);
        const std::optional<der::Input> inside = message ? message->pkcs_pki_envelope() : input;
        const auto envelope = inside ? envelope_of(*inside, sources) : std::nullopt;
        if (!envelope) {
            continue;
        }
        for (const auto& key_file : pem_files(path.parent_path(), "PRIVATE KEY")) {
            const auto key = need(botan::PrivateKey::load(sceptest::read_file(key_file))); // where encrypted, with no password
            const auto ours = botan::decrypt(*envelope, key, sources, &botan::is_one_sequence);
            const std::string theirs = openssl_opens(inside->octets(), key_file);
            BOOST_TEST((ours ? ours->text() : std::string_view()) == theirs, path << " with " << key_file << ": "
                                                                                  << (ours ? "opened" : ours.error().to_string())
                                                                                  << ", openssl " << (theirs.empty() ? "fails" : "opens"));
            opened += ours ? 1 : 0;
        }
    }
    BOOST_TEST(opened >= 5U);
}

BOOST_AUTO_TEST_CASE(the_password_recipient_opens) {
    const auto path = public_corpus() / "rustcrypto-cms" / "enveloped_data_pwri.der";
    Sources sources;
    const auto input = need(sources.add_captured(sceptest::read_file(path)));
    const auto envelope = need(cms::EnvelopedData::decode_content_info(input));
    const auto accepts = [](der::Input) { return true; };
    const auto ours = need(botan::decrypt(envelope, std::string_view("password"), sources, accepts));
    BOOST_TEST(ours.text() ==
               openssl_ok({"cms", "-decrypt", "-binary", "-inform", "DER", "-in", path.string(), "-pwri_password", "password"}));
}

BOOST_AUTO_TEST_SUITE_END()
