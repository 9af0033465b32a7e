#include <vectors/generate/cms/enveloped.h>

#include <scepcodec/cms/oids.h>

#include <botan/pwdhash.h>

#include <array>

namespace sceplab::vectors {

namespace {

namespace tag = scep::der::tag;
namespace oids = scep::cms::oids;

constexpr std::string_view pwri_kek = "1.2.840.113549.1.9.16.3.9";

void well_formed(Cases& cases) {
    const auto add = [&](std::string name, std::string comment, const EnvelopePlan& plan, const char* cipher,
                         Result result = Result::valid) {
        EnvelopePlan with_password = plan;
        with_password.password = std::string(envelope_password);
        Case& out = cases.add(std::move(name), std::move(comment), result,
                              result == Result::valid ? std::vector<std::string>{} : std::vector<std::string>{"CmsWeakCipher"},
                              [&] { return make_envelope(with_password); });
        opens(out, envelope_fields(pwri_kek, cipher, "pwri"));
    };
    const char* const aes128 = "2.16.840.1.101.3.4.1.2";
    struct Row {
        Digest digest;
        const char* name;
    };
    for (const Row& row : {Row{Digest::sha1, "SHA-1"}, Row{Digest::sha224, "SHA-224"}, Row{Digest::sha256, "SHA-256"},
                           Row{Digest::sha384, "SHA-384"}, Row{Digest::sha512, "SHA-512"}}) {
        add(std::string("PBKDF2 with ") + row.name,
            std::string("The key is derived by HMAC with ") + row.name +
                (row.digest == Digest::sha1 ? ", the default, which DER leaves out." : ", named in prf."),
            {.password_options = {.prf = row.digest, .iterations = 1000}}, aes128);
    }
    for (const std::int64_t iterations : {1, 2048, 10000}) {
        add("PBKDF2 of " + std::to_string(iterations) + (iterations == 1 ? " iteration" : " iterations"),
            "The number of iterations is the sender's; one is foolish and legal.", {.password_options = {.iterations = iterations}},
            aes128);
    }
    add("PWRI with AES-192", "Key and content under AES-192: the wrapped key takes two blocks.", {.cipher = ContentCipher::aes192_CBC},
        "2.16.840.1.101.3.4.1.22");
    add("PWRI with AES-256", "Key and content under AES-256: the wrapped key takes three blocks.", {.cipher = ContentCipher::aes256_CBC},
        "2.16.840.1.101.3.4.1.42");
    add("PWRI with AES-256 over AES-128", "The key is wrapped under another cipher than the content's.",
        {.password_options = {.iterations = 1000, .key_cipher = ContentCipher::aes256_CBC}}, aes128);
    add("PWRI with AES-128 over AES-256", "The key of 32 octets is wrapped under blocks of a smaller cipher.",
        {.password_options = {.iterations = 1000, .key_cipher = ContentCipher::aes128_CBC}, .cipher = ContentCipher::aes256_CBC},
        "2.16.840.1.101.3.4.1.42");
    add("PWRI with triple DES", "Key and content under triple DES, with blocks of eight octets, as RFC 3211 was written for.",
        {.cipher = ContentCipher::des_ede3_cbc}, "1.2.840.113549.3.7", Result::acceptable);
}

// A PasswordRecipientInfo in pieces (RFC 3211, 2.3).
struct PasswordPieces {
    Octets salt = Octets(16, 0x51);
    std::int64_t iterations = 1000;
    Octets iteration_count = integer(1000);
    Octets key_length = {};
    Octets prf = sequence({encoded(oids::id_hmacWithSHA256), tlv(tag::NULL_, {})});
    std::optional<Octets> derivation = {}; // [0], the whole
    Octets kek_iv = Octets(16, 0x52);
    Octets kek_cipher = encoded(oids::aes128_CBC);
    std::optional<Octets> kek_parameters = {}; // else the IV
    std::optional<Octets> wrap = {};           // keyEncryptionAlgorithm, the whole
    std::string password = std::string(envelope_password);
    Octets block; // before it is enciphered twice: count, check octets, key, padding
    std::optional<Octets> wrapped = {};
    Octets version = integer(0);

    [[nodiscard]] Octets encrypted_key() const {
        Octets kek(16);
        Botan::PasswordHashFamily::create_or_throw("PBKDF2(SHA-256)")
            ->from_params(static_cast<std::size_t>(iterations))
            ->derive_key(kek.data(), kek.size(), password.data(), password.size(), salt.data(), salt.size());
        const Octets inner = encipher("AES-128/CBC/NoPadding", kek, kek_iv, block);
        return encipher("AES-128/CBC/NoPadding", kek, OctetsView(inner).last(16), inner);
    }
    [[nodiscard]] Octets info() const {
        const Octets parameters = sequence({octet_string(salt), iteration_count, key_length, prf});
        const Octets kdf = derivation ? *derivation : tlv(tag::context_constructed(0), joined({encoded(oids::id_PBKDF2), parameters}));
        const Octets algorithm = wrap ? *wrap
                                      : sequence({encoded(oids::id_alg_PWRI_KEK),
                                                  sequence({kek_cipher, kek_parameters ? *kek_parameters : octet_string(kek_iv)})});
        return context(3, joined({version, kdf, algorithm, octet_string(wrapped ? *wrapped : encrypted_key())}));
    }
};

Octets key_block(const Octets& key) {
    Octets out{static_cast<std::uint8_t>(key.size())};
    for (std::size_t i = 0; i < 3; ++i) {
        out.push_back(static_cast<std::uint8_t>(~key[i]));
    }
    out.insert(out.end(), key.begin(), key.end());
    out.resize((out.size() + 15) / 16 * 16, 0x77);
    return out;
}

void in_pieces(Cases& cases) {
    const auto add = [&](std::string name, std::string comment, Result result, const std::function<void(PasswordPieces&)>& change,
                         std::vector<std::string> flags = {"SC032PasswordRecipient"}) -> Case& {
        Case& out = cases.add(std::move(name), std::move(comment), result, std::move(flags), envelope_with([&](EnvelopePieces& pieces) {
                                  PasswordPieces password;
                                  password.block = key_block(pieces.key);
                                  change(password);
                                  pieces.version = integer(3);
                                  pieces.recipients = {password.info()};
                              }));
        if (result != Result::invalid) {
            opens(out, envelope_fields(pwri_kek, "2.16.840.1.101.3.4.1.2", "pwri"));
        }
        return out;
    };
    add("wrong password", "The message was made with another password; it has to fail as a broken content does.", Result::invalid,
        [](PasswordPieces& p) { p.password = "wrong"; }, {"WrongKey"});
    add("password in two octets a character", "The password was taken in UTF-16, as PKCS#12 does; PBKDF2 takes its octets in UTF-8.",
        Result::invalid,
        [](PasswordPieces& p) {
            std::string wide;
            for (const char c : envelope_password) {
                wide += '\0';
                wide += c;
            }
            p.password = wide;
        },
        {"WrongKey"});
    for (const std::size_t size : {0, 1, 7, 8, 15, 16, 17, 31, 33, 47}) {
        add("wrapped key of " + counted(size, "octet") + "",
            "RFC 3211, 2.3.2 wants two whole blocks at least; an unwrap that does not ask reads the block before the last from before the "
            "buffer.",
            Result::invalid, [size](PasswordPieces& p) {
                Octets octets = p.encrypted_key();
                octets.resize(size, 0x5a);
                p.wrapped = octets;
            });
    }
    for (const std::size_t count : {0, 1, 4, 15, 17, 24, 28, 29, 32, 64, 255}) {
        add("wrapped key says " + counted(count, "octet") + "",
            "The count inside is not the length that the cipher wants; where it goes beyond the buffer, who copies so many octets copies "
            "what is behind it.",
            Result::invalid, [count](PasswordPieces& p) { p.block[0] = static_cast<std::uint8_t>(count); });
    }
    for (const std::size_t at : {1, 2, 3}) {
        add("check octet " + std::to_string(at) + " of the wrapped key wrong",
            "One of the three octets that verify the key is wrong: the key has to be refused, and as a wrong password is.", Result::invalid,
            [at](PasswordPieces& p) { p.block[at] ^= 1; });
    }
    add("wrapped key, a bit flipped", "A bit of the wrapped key is wrong; both layers turn to rubbish.", Result::invalid,
        [](PasswordPieces& p) {
            Octets octets = p.encrypted_key();
            octets[20] ^= 1;
            p.wrapped = octets;
        });
    add("wrapped key with a block of padding more", "Three blocks where two are enough: RFC 3211, 2.3.1 lets padding be longer.",
        Result::acceptable, [](PasswordPieces& p) { p.block.resize(48, 0x78); });
    add("keyDerivationAlgorithm absent",
        "Without keyDerivationAlgorithm the key is known otherwise (RFC 5652, 6.2.4); CVE-2026-42766 looked into it all the same.",
        Result::invalid, [](PasswordPieces& p) { p.derivation = Octets{}; });
    add("keyDerivationAlgorithm unknown", "The derivation is an OID nobody knows.", Result::invalid, [](PasswordPieces& p) {
        p.derivation = tlv(tag::context_constructed(0), joined({encoded(scep::der::oid("1.3.6.1.4.1.99999.13")), tlv(tag::NULL_, {})}));
    });
    add("PBKDF2 without parameters", "PBKDF2 stands alone, without salt and count.", Result::invalid,
        [](PasswordPieces& p) { p.derivation = tlv(tag::context_constructed(0), encoded(oids::id_PBKDF2)); });
    add("PBKDF2 with NULL", "The parameters of PBKDF2 are NULL.", Result::invalid, [](PasswordPieces& p) {
        p.derivation = tlv(tag::context_constructed(0), joined({encoded(oids::id_PBKDF2), tlv(tag::NULL_, {})}));
    });
    struct CountRow {
        const char* name;
        Octets count;
        const char* comment;
    };
    const std::array counts{
        CountRow{"0", integer(0), "iterationCount is 0, which RFC 8018, A.2 does not allow; a loop that counts down from it does not end."},
        CountRow{"-1", integer(-1), "iterationCount is negative, and huge where it is unsigned."},
        CountRow{"2^31", integer(2147483648), "iterationCount does not fit an int, and takes an hour where it does fit: a limit is due."},
        CountRow{"2^63", tlv(tag::INTEGER, {0, 0x80, 0, 0, 0, 0, 0, 0, 0}), "iterationCount fits no machine word."},
        CountRow{"2^32 + 1000", integer(4294968296), "iterationCount is 1000 in 32 bits, with which the message would open."}};
    for (const CountRow& row : counts) {
        add(std::string("PBKDF2 of ") + row.name + " iterations", row.comment, Result::invalid,
            [&](PasswordPieces& p) { p.iteration_count = row.count; });
    }
    add("PBKDF2 with keyLength", "keyLength says 16 octets, as many as the cipher wants anyway.", Result::valid,
        [](PasswordPieces& p) { p.key_length = integer(16); }, {});
    add("PBKDF2 with another keyLength",
        "keyLength says 32 octets while the cipher wants 16; who makes as many as it says has a key too long.", Result::acceptable,
        [](PasswordPieces& p) { p.key_length = integer(32); });
    add("PBKDF2 with keyLength 0", "keyLength says no octets.", Result::acceptable, [](PasswordPieces& p) { p.key_length = integer(0); });
    add("PBKDF2 with a salt of no octets", "The salt is empty, and was so.", Result::acceptable, [](PasswordPieces& p) { p.salt.clear(); });
    add("PBKDF2 with a salt of one octet", "The salt has one octet, which RFC 8018, 4.1 advises against.", Result::acceptable,
        [](PasswordPieces& p) { p.salt = {7}; });
    add("PBKDF2 with a salt of 1000 octets", "The salt is longer than buffers for salts.", Result::acceptable,
        [](PasswordPieces& p) { p.salt = Octets(1000, 0x51); });
    add("PBKDF2 with a salt from elsewhere", "The salt is the other CHOICE, an AlgorithmIdentifier, which nobody implements.",
        Result::invalid, [](PasswordPieces& p) {
            p.derivation = tlv(tag::context_constructed(0),
                               joined({encoded(oids::id_PBKDF2),
                                       sequence({sequence({encoded(scep::der::oid("1.3.6.1.4.1.99999.14"))}), integer(1000), p.prf})}));
        });
    add("PBKDF2 with an unknown prf", "prf is an OID nobody knows.", Result::invalid,
        [](PasswordPieces& p) { p.prf = sequence({encoded(scep::der::oid("1.3.6.1.4.1.99999.15"))}); });
    add("PBKDF2 with another prf", "prf says HMAC with SHA-1, and the key was derived with SHA-256.", Result::invalid,
        [](PasswordPieces& p) { p.prf = {}; }, {"WrongKey"});
    add("PBKDF2 with prf without NULL", "The parameters of prf are absent where RFC 8018, B.1.2 has NULL.", Result::acceptable,
        [](PasswordPieces& p) { p.prf = sequence({encoded(oids::id_hmacWithSHA256)}); });
    add("PWRI-KEK with an unknown cipher", "The cipher that wraps the key is an OID nobody knows.", Result::invalid,
        [](PasswordPieces& p) { p.kek_cipher = encoded(scep::der::oid("1.3.6.1.4.1.99999.7")); });
    add("PWRI-KEK with AES-256", "The cipher that wraps the key is said to be AES-256, and was AES-128.", Result::invalid,
        [](PasswordPieces& p) { p.kek_cipher = encoded(oids::aes256_CBC); }, {"WrongKey"});
    add("PWRI-KEK without an IV", "The inner cipher has no parameters.", Result::invalid,
        [](PasswordPieces& p) { p.kek_parameters = Octets{}; });
    add("PWRI-KEK with NULL for the IV", "The inner cipher has NULL where its IV should be.", Result::invalid,
        [](PasswordPieces& p) { p.kek_parameters = tlv(tag::NULL_, {}); });
    add("PWRI-KEK with an IV of 8 octets", "The IV is half a block.", Result::invalid,
        [](PasswordPieces& p) { p.kek_parameters = octet_string(Octets(8, 0x52)); });
    add("PWRI-KEK with an IV of 64 octets", "The IV is four blocks.", Result::invalid,
        [](PasswordPieces& p) { p.kek_parameters = octet_string(Octets(64, 0x52)); });
    add("PWRI-KEK without parameters", "id-alg-PWRI-KEK names no cipher.", Result::invalid,
        [](PasswordPieces& p) { p.wrap = sequence({encoded(oids::id_alg_PWRI_KEK)}); });
    add("PWRI-KEK with an empty SEQUENCE", "id-alg-PWRI-KEK has a SEQUENCE without a cipher.", Result::invalid,
        [](PasswordPieces& p) { p.wrap = sequence({encoded(oids::id_alg_PWRI_KEK), sequence({})}); });
    add("key wrap of RFC 3394", "keyEncryptionAlgorithm is id-aes128-wrap, another way to wrap under a key from a password.",
        Result::invalid, [](PasswordPieces& p) { p.wrap = sequence({encoded(scep::der::oid("2.16.840.1.101.3.4.1.5"))}); },
        {"UnknownKeyEncryption"});
    add("keyEncryptionAlgorithm is the cipher itself", "keyEncryptionAlgorithm is AES-128 in CBC mode without id-alg-PWRI-KEK around it.",
        Result::invalid, [](PasswordPieces& p) { p.wrap = sequence({encoded(oids::aes128_CBC), octet_string(p.kek_iv)}); },
        {"UnknownKeyEncryption"});
    for (const std::int64_t version : {1, 3}) {
        add("PasswordRecipientInfo version " + std::to_string(version), "RFC 5652, 6.2.4 has version 0.", Result::acceptable,
            [version](PasswordPieces& p) { p.version = integer(version); }, {"CmsVersion", "SC054Versions"});
    }
    cases.add("no recipient by password", "The only recipient has an RSA key; a password opens nothing.", Result::invalid, {"WrongKey"},
              envelope_with([](EnvelopePieces&) {}));
    cases.add("a recipient with a key before the password", "The first recipient has an RSA key, the second the password.", Result::valid,
              {}, envelope_with([](EnvelopePieces& pieces) {
                  PasswordPieces password;
                  password.block = key_block(pieces.key);
                  pieces.version = integer(3);
                  pieces.recipients = {pieces.recipient(), password.info()};
              }));
    opens(cases.last(), envelope_fields(pwri_kek, "2.16.840.1.101.3.4.1.2", "pwri"));
}

} // namespace

void enveloped_passwords(Cases& cases) {
    well_formed(cases);
    in_pieces(cases);
}

} // namespace sceplab::vectors
