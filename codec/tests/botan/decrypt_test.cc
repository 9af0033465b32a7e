#include "openssl.h"

#include <scepcodec/ber/normalise.h>
#include <scepcodec/botan/decrypt.h>
#include <scepcodec/botan/encrypt.h>
#include <scepcodec/cms/oids.h>
#include <scepcodec/der/writer.h>
#include <scepcodec/x509/oids.h>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>

using namespace bridgetest;
using namespace scep;
using botan::ContentCipher;

namespace {

bool any(der::Input) { return true; }

Octets plain(std::size_t size) {
    return der::encode([&](der::Writer& w) { w.sequence([&] { w.octet_string(Octets(size, 0x5a)); }); });
}

Octets encrypted_by_openssl(OctetsView content, std::vector<std::string> options) {
    std::vector<std::string> arguments{"cms", "-encrypt", "-binary", "-in", file(content), "-outform", "DER"};
    arguments.insert(arguments.end(), options.begin(), options.end());
    return octets(openssl_ok(arguments));
}

// DER or BER, as received.
Result<der::Input> open(OctetsView message, const auto& secret, Sources& sources, bool (*accepts)(der::Input) = &botan::is_one_sequence) {
    const auto normalised = need(ber::normalise(need(sources.add_view(message)), sources));
    return botan::decrypt(need(cms::EnvelopedData::decode_content_info(normalised.der)), secret, sources, accepts);
}

std::string outcome(OctetsView message, const auto& secret, bool (*accepts)(der::Input) = &botan::is_one_sequence) {
    Sources sources;
    const auto result = open(message, secret, sources, accepts);
    return result ? "opened" : std::string(name(result.error().code));
}

struct Row {
    const char* key;
    std::vector<std::string> options;
};
std::ostream& operator<<(std::ostream& out, const Row& row) {
    out << row.key;
    for (const std::string& option : row.options) {
        out << " " << option;
    }
    return out;
}
const std::vector<Row> rows{
    {"rsa:2048", {"-des-cbc"}},
    {"rsa:2048", {"-des3"}},
    {"rsa:2048", {"-aes128"}},
    {"rsa:2048", {"-aes192"}},
    {"rsa:2048", {"-aes256"}},
    {"rsa:2048", {"-aes256", "-keyid"}},
    {"rsa:2048", {"-aes256", "-stream"}},
    {"rsa:2048", {"-des3", "-stream"}},
    {"rsa:512", {"-aes128"}},
    {"rsa:1023", {"-aes128"}},
    {"rsa:4096", {"-aes128"}},
    {"rsa:2048", {"-aes128", "-keyopt", "rsa_padding_mode:oaep"}},
    {"rsa:2048", {"-aes128", "-keyopt", "rsa_padding_mode:oaep", "-keyopt", "rsa_oaep_md:sha256"}},
    {"rsa:2048", {"-aes128", "-keyopt", "rsa_padding_mode:oaep", "-keyopt", "rsa_oaep_md:sha256", "-keyopt", "rsa_mgf1_md:sha1"}},
    {"rsa:2048", {"-aes256", "-stream", "-keyid", "-keyopt", "rsa_padding_mode:oaep", "-keyopt", "rsa_oaep_md:sha512"}},
};

} // namespace

BOOST_AUTO_TEST_SUITE(decrypt)

BOOST_DATA_TEST_CASE(what_openssl_encrypts_is_opened, rows) {
    const Identity& recipient = identity(sample.key);
    std::vector<std::string> options = sample.options;
    options.insert(options.begin(), {"-recip", recipient.certificate_file});
    const Octets content = plain(5000); // -stream cuts it into parts
    const Octets message = encrypted_by_openssl(content, options);
    Sources sources;
    const der::Input opened = need(open(message, recipient.key(), sources));
    BOOST_TEST(opened.same_octets(content));
    BOOST_TEST((sources[opened.source()].kind == SourceKind::decrypted));
    // The first octet came from the first one of the ciphertext, the last one from within the message.
    const Location first = sources.in_capture({opened.source(), 0, 1});
    const Location last = sources.in_capture({opened.source(), opened.size() - 1, 1});
    BOOST_TEST(first.offset < last.offset);
    BOOST_TEST(last.offset < message.size());

    BOOST_TEST(outcome(message, identity(sample.key, 1).key()) == "decryption_failed");
    BOOST_TEST(outcome(message, identity("rsa:768").key()) == "key_mismatch");
    BOOST_TEST(outcome(message, identity("ec:P-256").key()) == "key_mismatch");
    BOOST_TEST(outcome(message, std::string_view("password")) == "key_mismatch");
}

BOOST_DATA_TEST_CASE(what_openssl_encrypts_for_a_password_is_opened, (std::array{"-des3", "-aes128", "-aes192", "-aes256"})) {
    const Octets content = plain(300);
    const Octets message = encrypted_by_openssl(content, {sample, "-pwri_password", "password"});
    Sources sources;
    BOOST_TEST(need(open(message, std::string_view("password"), sources)).same_octets(content));
    BOOST_TEST(outcome(message, std::string_view("passwore")) == "decryption_failed");
    BOOST_TEST(outcome(message, std::string_view("")) == "decryption_failed");
    BOOST_TEST(outcome(message, identity("rsa:2048").key()) == "key_mismatch");
}

BOOST_AUTO_TEST_CASE(the_recipient_that_fits_is_found_among_others) {
    const Octets content = plain(10);
    const Octets message =
        encrypted_by_openssl(content, {"-aes128", "-pwri_password", "password", "-recip", identity("ec:P-256").certificate_file, "-recip",
                                       identity("rsa:2048").certificate_file, "-recip", identity("rsa:2048", 1).certificate_file});
    Sources sources;
    BOOST_TEST(need(open(message, identity("rsa:2048").key(), sources)).same_octets(content));
    BOOST_TEST(need(open(message, identity("rsa:2048", 1).key(), sources)).same_octets(content));
    BOOST_TEST(need(open(message, std::string_view("password"), sources)).same_octets(content));
}

BOOST_DATA_TEST_CASE(a_cipher_that_botan_lacks_is_unsupported, (std::array{"-rc2-cbc", "-camellia128", "-seed"})) {
    const Octets message = encrypted_by_openssl(plain(10), {sample, "-recip", identity("rsa:2048").certificate_file});
    BOOST_TEST(outcome(message, identity("rsa:2048").key()) == "unsupported_algorithm");
}

// The content is decrypted by pieces, which its parts do not fit.
BOOST_DATA_TEST_CASE(parts_of_any_length_are_joined, (std::array<std::size_t, 6>{1, 15, 1000, 16384, 16385, 40'000}), part_octets) {
    const Octets content = plain(100'000);
    const Identity& recipient = identity("rsa:2048");
    botan::Random random;
    const auto to = need(botan::Recipient::key_transport(recipient.decoded()));
    const Octets message = need(botan::encrypt(content, to, botan::ContentCipher::aes128_CBC, random));
    Sources sources;
    auto enveloped = need(cms::EnvelopedData::decode_content_info(need(sources.add_view(message))));
    auto& encrypted = enveloped.encrypted_content_info.encrypted_content;
    const OctetsView ciphertext = encrypted->contiguous()->octets();
    const Octets in_parts = der::encode([&](der::Writer& w) {
        w.constructed(der::tag::context_constructed(0), [&] {
            for (std::size_t at = 0; at < ciphertext.size(); at += part_octets) {
                w.octet_string(ciphertext.subspan(at, std::min(part_octets, ciphertext.size() - at)));
                w.octet_string({});
            }
        });
    });
    der::Reader reader(need(sources.add_view(in_parts)));
    encrypted = need(cms::OctetString::make(reader.any(nullptr)));
    const der::Input opened = need(botan::decrypt(enveloped, recipient.key(), sources, &botan::is_one_sequence));
    BOOST_TEST(opened.same_octets(content));
    // The last octet of the second part, for one.
    const auto at = static_cast<std::uint32_t>(2 * part_octets - 1);
    const auto parent = sources.in_parent({opened.source(), at, 1});
    BOOST_REQUIRE(parent.has_value());
    BOOST_TEST(sources.at(*parent)[0] == ciphertext[at]);
}

// One recipient, and the parts of the message as they are, for changing.
struct Message {
    cms::EnvelopedDataParts parts;

    explicit Message(ContentCipher cipher, const Octets& content, const botan::KeyTransportOptions& options = {}) {
        botan::Random random;
        const std::vector to{need(botan::Recipient::key_transport(identity("rsa:2048").decoded(), options))};
        parts = need(botan::encrypt_parts(content, to, cipher, random));
    }
    [[nodiscard]] std::string outcome(bool (*accepts)(der::Input) = &botan::is_one_sequence) const {
        return ::outcome(cms::encode_enveloped_data(parts), identity("rsa:2048").key(), accepts);
    }
    void encrypted_key(const Octets& octets,
                       const Octets& algorithm = cms::encode_algorithm(x509::oids::rsaEncryption, cms::Parameters::null)) {
        parts.recipient_infos = {cms::encode_key_trans_recipient_info(cms::encode_subject_key_identifier(view("x")), algorithm, octets)};
    }
};

BOOST_AUTO_TEST_CASE(what_is_wrong_is_one_error) {
    const auto error_of = [](const Message& message) {
        Sources sources;
        const Octets octets = cms::encode_enveloped_data(message.parts);
        return open(octets, identity("rsa:2048").key(), sources).error();
    };
    const Octets content = plain(100);
    std::vector<Error> errors;
    // The content is no SEQUENCE.
    errors.push_back(error_of(Message(ContentCipher::aes128_CBC, Octets(104, 'x'))));
    // The padding is wrong: the block before the last is changed.
    Message message(ContentCipher::aes128_CBC, content);
    message.parts.encrypted_content[message.parts.encrypted_content.size() - 17] ^= 0xff;
    errors.push_back(error_of(message));
    // The encrypted key is another number: its padding is wrong; and one beyond the modulus.
    message = Message(ContentCipher::aes128_CBC, content);
    message.encrypted_key(Octets(256, 0x01));
    errors.push_back(error_of(message));
    message.encrypted_key(Octets(256, 0xff));
    errors.push_back(error_of(message));
    // A key of the wrong length: made for AES-256, used with AES-128.
    message = Message(ContentCipher::aes256_CBC, content);
    message.parts.content_encryption_algorithm = cms::encode_cbc_algorithm(cms::oids::aes128_CBC, Octets(16, 0));
    errors.push_back(error_of(message));
    // The same for OAEP.
    message = Message(ContentCipher::aes128_CBC, content, {.algorithm = botan::KeyTransport::id_RSAES_OAEP});
    message.encrypted_key(Octets(256, 0x01),
                          cms::encode_algorithm(x509::oids::id_RSAES_OAEP, der::encode([](der::Writer& w) { w.sequence([] {}); })));
    errors.push_back(error_of(message));
    for (const Error& error : errors) {
        BOOST_TEST(name(error.code) == name(ErrorCode::decryption_failed));
    }
    // A ciphertext of no whole blocks, and none at all.
    for (const std::size_t size : {0U, 1U, 15U, 17U, 31U}) {
        message = Message(ContentCipher::aes128_CBC, content);
        message.parts.encrypted_content.resize(size);
        BOOST_TEST(message.outcome(any) == "decryption_failed");
    }
}

// 31 octets are padded with one octet 01, which any change in the block before it changes; 02 .. 10 do not agree with the octets before
// them.
BOOST_AUTO_TEST_CASE(only_right_padding_is_taken) {
    for (unsigned change = 0; change < 256; ++change) {
        Message message(ContentCipher::aes128_CBC, Octets(31, 'x'));
        message.parts.encrypted_content[15] ^= static_cast<std::uint8_t>(change);
        BOOST_TEST(message.outcome(any) == (change == 0 ? "opened" : "decryption_failed"));
    }
}

struct Parameters {
    const char* what;
    Octets encoded;
    const char* outcome;
};
std::ostream& operator<<(std::ostream& out, const Parameters& row) { return out << row.what; }
const std::vector<Parameters> ivs{
    {"absent, but it was not zeros", {}, "decryption_failed"},
    {"NULL", {0x05, 0x00}, "invalid_parameters"},
    {"empty", {0x04, 0x00}, "invalid_parameters"},
    {"8 octets", {0x04, 0x08, 1, 2, 3, 4, 5, 6, 7, 8}, "invalid_parameters"},
    {"17 octets", {0x04, 0x11, 1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8, 9}, "invalid_parameters"},
    {"an INTEGER of 16 octets", {0x02, 0x10, 1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8}, "invalid_parameters"},
};
BOOST_DATA_TEST_CASE(an_iv_of_the_wrong_form_is_told, ivs) {
    Message message(ContentCipher::aes128_CBC, plain(10));
    message.parts.content_encryption_algorithm = cms::encode_algorithm(cms::oids::aes128_CBC, OctetsView(sample.encoded));
    BOOST_TEST(message.outcome() == sample.outcome);
}

BOOST_AUTO_TEST_CASE(an_absent_iv_is_one_of_zeros) {
    Octets key(octets(openssl_ok({"rand", "16"})));
    const Octets content = plain(20);
    Message message(ContentCipher::aes128_CBC, content);
    message.parts.content_encryption_algorithm = cms::encode_algorithm(cms::oids::aes128_CBC);
    // The key is known to openssl alone, which encrypts with it and with zeros.
    message.parts.encrypted_content =
        octets(openssl_ok({"enc", "-aes-128-cbc", "-K", der::to_hex(key), "-iv", std::string(32, '0'), "-in", file(content)}));
    message.encrypted_key(
        octets(openssl_ok({"pkeyutl", "-encrypt", "-inkey", identity("rsa:2048").certificate_file, "-certin", "-in", file(key)})));
    BOOST_TEST(message.outcome() == "opened");
}

const std::vector<Parameters> oaep_parameters{
    {"absent", {}, "opened"},
    {"NULL", {0x05, 0x00}, "opened"},
    {"empty", {0x30, 0x00}, "opened"},
    {"SHA-1 spelt out", {0x30, 0x0b, 0xa0, 0x09, 0x30, 0x07, 0x06, 0x05, 0x2b, 0x0e, 0x03, 0x02, 0x1a}, "opened"},
    {"an empty label spelt out",
     {0x30, 0x11, 0xa2, 0x0f, 0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x09, 0x04, 0x00},
     "opened"},
    {"a label",
     {0x30, 0x12, 0xa2, 0x10, 0x30, 0x0e, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x09, 0x04, 0x01, 0x78},
     "unsupported_algorithm"},
    {"an unknown digest", {0x30, 0x09, 0xa0, 0x07, 0x30, 0x05, 0x06, 0x03, 0x2a, 0x03, 0x04}, "unsupported_algorithm"},
    {"no SEQUENCE", {0x04, 0x00}, "unsupported_algorithm"},
    {"something after", {0x30, 0x02, 0xa7, 0x00}, "unsupported_algorithm"},
};
BOOST_DATA_TEST_CASE(oaep_parameters_are_read_or_refused, oaep_parameters) {
    Message message(ContentCipher::aes128_CBC, plain(10), {.algorithm = botan::KeyTransport::id_RSAES_OAEP});
    const Octets whole = cms::encode_enveloped_data(message.parts);
    const auto decoded = need(cms::EnvelopedData::decode_content_info(der::Input(OctetsView(whole))));
    const auto info = need(*decoded.recipient_infos.begin());
    const auto key = std::get<cms::KeyTransRecipientInfo>(info.choice).encrypted_key;
    message.encrypted_key(Octets(key.begin(), key.end()), cms::encode_algorithm(x509::oids::id_RSAES_OAEP, OctetsView(sample.encoded)));
    BOOST_TEST(message.outcome() == sample.outcome);
}

BOOST_AUTO_TEST_CASE(another_key_transport_does_not_hide_a_recipient_that_fits) {
    Message message(ContentCipher::aes128_CBC, plain(10));
    const auto good = message.parts.recipient_infos;
    message.encrypted_key(Octets(256, 1), cms::encode_algorithm(x509::oids::id_dsa));
    BOOST_TEST(message.outcome() == "unsupported_algorithm");
    message.parts.recipient_infos.insert(message.parts.recipient_infos.end(), good.begin(), good.end());
    BOOST_TEST(message.outcome() == "opened");
}

BOOST_AUTO_TEST_CASE(sixteen_recipients_are_tried) {
    const auto with_decoys = [](std::size_t count) {
        Message message(ContentCipher::aes128_CBC, plain(10));
        const auto good = message.parts.recipient_infos.front();
        message.encrypted_key(Octets(256, 1));
        // The decoy's identifier is short: SET OF puts it first.
        message.parts.recipient_infos.assign(count, message.parts.recipient_infos.front());
        message.parts.recipient_infos.push_back(good);
        return message.outcome();
    };
    BOOST_TEST(with_decoys(15) == "opened");
    BOOST_TEST(with_decoys(16) == "decryption_failed");
}

BOOST_AUTO_TEST_CASE(no_encrypted_content_is_told) {
    const Octets recipient = Message(ContentCipher::aes128_CBC, plain(10)).parts.recipient_infos.front();
    const Octets message = der::encode([&](der::Writer& w) {
        w.sequence([&] {
            w.oid(cms::oids::id_envelopedData);
            w.constructed(der::tag::context_constructed(0), [&] {
                w.sequence([&] {
                    w.integer(0);
                    w.set([&] { w.raw(recipient); });
                    w.sequence([&] {
                        w.oid(cms::oids::id_data);
                        w.raw(cms::encode_cbc_algorithm(cms::oids::aes128_CBC, Octets(16, 0)));
                    });
                });
            });
        });
    });
    BOOST_TEST(outcome(message, identity("rsa:2048").key()) == "missing_content");
}

// Passwords: iterations, derivations and wraps that are refused before any work is done.
BOOST_AUTO_TEST_CASE(password_recipients_that_are_refused) {
    const auto outcome_of = [](const std::vector<Octets>& recipients) {
        Message message(ContentCipher::aes128_CBC, plain(10));
        message.parts.recipient_infos = recipients;
        return outcome(cms::encode_enveloped_data(message.parts), std::string_view("password"));
    };
    const Octets derivation = cms::encode_pbkdf2_algorithm(view("saltsalt"), 1000);
    const Octets wrap = cms::encode_algorithm(cms::oids::id_alg_PWRI_KEK, cms::encode_cbc_algorithm(cms::oids::aes128_CBC, Octets(16, 0)));
    const auto recipient = [&](const Octets& d, const Octets& k, std::size_t size = 32) {
        return cms::encode_password_recipient_info(d, k, Octets(size, 7));
    };
    BOOST_TEST(outcome_of({recipient(derivation, wrap)}) == "decryption_failed");
    BOOST_TEST(outcome_of({recipient(cms::encode_pbkdf2_algorithm(view("saltsalt"), 10'000'001), wrap)}) == "unsupported_algorithm");
    BOOST_TEST(outcome_of({recipient(cms::encode_pbkdf2_algorithm(view("saltsalt"), 0x7fffffffffff), wrap)}) == "unsupported_algorithm");
    BOOST_TEST(outcome_of({recipient(cms::encode_pbkdf2_algorithm(view("saltsalt"), 0), wrap)}) == "unsupported_algorithm");
    BOOST_TEST(outcome_of({recipient(cms::encode_pbkdf2_algorithm(view("saltsalt"), -1), wrap)}) == "unsupported_algorithm");
    BOOST_TEST(outcome_of({recipient({}, wrap)}) == "unsupported_algorithm");
    BOOST_TEST(outcome_of({recipient(cms::encode_pbkdf2_algorithm(view("s"), 1, cms::encode_algorithm(x509::oids::id_md5)), wrap)}) ==
               "unsupported_algorithm");
    BOOST_TEST(outcome_of({recipient(derivation, cms::encode_algorithm(cms::oids::aes128_CBC))}) == "unsupported_algorithm");
    BOOST_TEST(outcome_of({recipient(derivation, cms::encode_algorithm(cms::oids::id_alg_PWRI_KEK,
                                                                       cms::encode_cbc_algorithm(cms::oids::rc2_cbc, Octets(8, 0))))}) ==
               "unsupported_algorithm");
    BOOST_TEST(outcome_of({recipient(derivation, cms::encode_algorithm(cms::oids::id_alg_PWRI_KEK,
                                                                       cms::encode_cbc_algorithm(cms::oids::aes128_CBC, Octets(8, 0))))}) ==
               "invalid_parameters");
    for (const std::size_t size : {0U, 1U, 16U, 31U, 33U, 48U, 512U}) {
        BOOST_TEST(outcome_of({recipient(derivation, wrap, size)}) == "decryption_failed");
    }
}

BOOST_AUTO_TEST_CASE(one_sequence_is_told_from_others) {
    const auto is = [](Octets octets) { return botan::is_one_sequence(der::Input(octets)); };
    BOOST_TEST(is({0x30, 0x00}));
    BOOST_TEST(is({0x30, 0x80, 0x00, 0x00}));
    BOOST_TEST(is({0x30, 0x81, 0x01, 0x05}));
    BOOST_TEST(!is({}));
    BOOST_TEST(!is({0x30}));
    BOOST_TEST(!is({0x30, 0x01}));
    BOOST_TEST(!is({0x30, 0x00, 0x00}));
    BOOST_TEST(!is({0x30, 0x80, 0x00}));
    BOOST_TEST(!is({0x31, 0x00}));
    BOOST_TEST(!is({0x30, 0x84, 0xff, 0xff, 0xff, 0xff}));
}

BOOST_AUTO_TEST_SUITE_END()
