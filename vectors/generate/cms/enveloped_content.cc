#include <vectors/generate/cms/enveloped.h>

#include <scepcodec/cms/oids.h>

namespace sceplab::vectors {

namespace {

namespace tag = scep::der::tag;
namespace oids = scep::cms::oids;

class Contents {
public:
    explicit Contents(Cases& cases) : m_cases(cases) {}

    Case& bad(std::string name, std::string comment, std::vector<std::string> flags, const std::function<void(EnvelopePieces&)>& change) {
        return m_cases.add(std::move(name), std::move(comment), Result::invalid, std::move(flags), envelope_with(change));
    }
    Case& either(std::string name, std::string comment, std::vector<std::string> flags,
                 const std::function<void(EnvelopePieces&)>& change) {
        Case& out = m_cases.add(std::move(name), std::move(comment), Result::acceptable, std::move(flags), envelope_with(change));
        opens(out);
        return out;
    }

private:
    Cases& m_cases;
};

void paddings(Contents& contents) {
    const auto padding = [&](std::string name, std::string comment, const std::function<void(Octets&)>& change) {
        contents.bad(std::move(name), std::move(comment), {"SC028PaddingOracle"},
                     [change](EnvelopePieces& pieces) { change(pieces.padded); });
    };
    const std::size_t count = padded(plaintext()).size() - plaintext().size();
    const auto fill = [count](Octets& octets, std::uint8_t octet) {
        std::fill(octets.end() - static_cast<std::ptrdiff_t>(count), octets.end(), octet);
    };
    padding("last octet 00", "The padding says that it has no octets; a reader that takes it away takes nothing, or everything.",
            [](Octets& o) { o.back() = 0; });
    padding("last octet 11", "The padding says 17 octets, one more than a block has.", [](Octets& o) { o.back() = 0x11; });
    padding("last octet 20", "The padding says 32 octets, two blocks.", [](Octets& o) { o.back() = 0x20; });
    padding("last octet 80", "The padding says 128 octets, negative where an octet has a sign.", [](Octets& o) { o.back() = 0x80; });
    padding("last octet FF", "The padding says 255 octets, more than there are.", [](Octets& o) { o.back() = 0xff; });
    padding("padding's first octet wrong",
            "The last octet is right and the first one of the padding is not; who looks at the last alone does not see it.",
            [count](Octets& o) { o[o.size() - count] ^= 1; });
    padding("padding's last but one octet wrong", "The octet before the last is wrong.", [](Octets& o) { o[o.size() - 2] ^= 1; });
    padding("padding of zeros and the count",
            "The padding is that of ANSI X9.23: zeros, then the count. CMS fills with the count (RFC 5652, 6.3).", [=](Octets& o) {
                fill(o, 0);
                o.back() = static_cast<std::uint8_t>(count);
            });
    padding("padding of random octets and the count", "The padding is that of ISO 10126, which XML Encryption uses.", [=](Octets& o) {
        const Octets random = *case_randomness().octets(count);
        std::copy(random.begin(), random.end(), o.end() - static_cast<std::ptrdiff_t>(count));
        o.back() = static_cast<std::uint8_t>(count);
    });
    padding("padding of 80 and zeros", "The padding is that of ISO 7816-4.", [=](Octets& o) {
        fill(o, 0);
        o[o.size() - count] = 0x80;
    });
    padding("padding of zeros", "The padding is of zeros alone, as who pads by hand does.", [=](Octets& o) { fill(o, 0); });
    padding("padding counted with itself", "Each octet of the padding is one more than it should be.",
            [=](Octets& o) { fill(o, static_cast<std::uint8_t>(count + 1)); });
    padding("a whole block of padding, its first octet wrong", "The last block is sixteen octets of 10, but for the first of them.",
            [](Octets& o) {
                o = padded(sequence({octet_string(Octets(12, 0x5a))}));
                o[o.size() - 16] = 0x11;
            });
    padding("two blocks of padding", "Thirty-two octets of 20: more than a block is padding no more.",
            [](Octets& o) { o = joined({sequence({octet_string(Octets(12, 0x5a))}), Octets(32, 0x20)}); });
    padding("no padding", "The content ends with its last block, and there is no padding at all.",
            [](Octets& o) { o = sequence({octet_string(Octets(12, 0x5a))}); });
    padding("a block of 11", "The last block is sixteen octets of 11.",
            [](Octets& o) { o = joined({sequence({octet_string(Octets(12, 0x5a))}), Octets(16, 0x11)}); });
    padding("a block of 00", "The last block is sixteen zeros.",
            [](Octets& o) { o = joined({sequence({octet_string(Octets(12, 0x5a))}), Octets(16, 0)}); });
    Case& nothing = contents.either("nothing but padding", "One block, all of it padding: the content is empty, which no SCEP message is.",
                                    {"SC035EmptyPlaintext"}, [](EnvelopePieces& pieces) { pieces.padded = padded({}); });
    nothing.members["plaintext"] = "";
}

void lengths(Contents& contents) {
    const auto ciphertext = [&](std::string name, std::string comment, const std::function<void(Octets&)>& change) {
        contents.bad(std::move(name), std::move(comment), {"SC034CiphertextLength"}, [change](EnvelopePieces& pieces) {
            Octets octets = encipher(pieces.mode, pieces.key, pieces.iv, pieces.padded);
            change(octets);
            pieces.ciphertext = octets;
        });
    };
    ciphertext("ciphertext of one octet", "One octet is less than a block; who decrypts whole blocks reads beyond it.",
               [](Octets& o) { o.resize(1); });
    ciphertext("ciphertext of 15 octets", "An octet is missing of the only block.", [](Octets& o) { o.resize(15); });
    ciphertext("ciphertext of 17 octets", "An octet stands after the first block.", [](Octets& o) { o.resize(17); });
    ciphertext("ciphertext with one octet more", "An octet follows the last block; who rounds down does not see it.",
               [](Octets& o) { o.push_back(0); });
    ciphertext("ciphertext without its last block", "The last block is gone, and the padding with it.",
               [](Octets& o) { o.resize(o.size() - 16); });
    ciphertext("ciphertext with a block more", "A block of zeros follows, which decrypts to no padding.",
               [](Octets& o) { o.resize(o.size() + 16); });
    contents.bad("encryptedContent of no parts", "A0 00: constructed, of no parts, so there is no ciphertext.", {"SC035EmptyPlaintext"},
                 [](EnvelopePieces& pieces) { pieces.encrypted_content = context(0, {}); });
    contents.bad(
        "encryptedContent explicit", "[0] holds an OCTET STRING that holds the ciphertext, as where the tag were EXPLICIT and primitive.",
        {"CmsWrongTag"}, [](EnvelopePieces& pieces) {
            pieces.encrypted_content = tlv(tag::context(0), octet_string(encipher(pieces.mode, pieces.key, pieces.iv, pieces.padded)));
        });
    contents.bad("encryptedContent in parts of INTEGER",
                 "A part of the constructed encryptedContent is an INTEGER; only OCTET STRINGs are parts.", {"CmsWrongTag"},
                 [](EnvelopePieces& pieces) {
                     const Octets octets = encipher(pieces.mode, pieces.key, pieces.iv, pieces.padded);
                     pieces.encrypted_content = context(0, joined({octet_string(octets), integer(1)}));
                 });
    contents.bad("encryptedContent in parts of [0]",
                 "The parts of the constructed encryptedContent are tagged [0] as the whole is; X.690, 8.14.3 has universal ones.",
                 {"CmsWrongTag"}, [](EnvelopePieces& pieces) {
                     pieces.encrypted_content =
                         context(0, tlv(tag::context(0), encipher(pieces.mode, pieces.key, pieces.iv, pieces.padded)));
                 });
    contents.bad(
        "a bit before the last block flipped",
        "A bit of the last block but one is flipped, and with it that bit of the padding: the classic question to a padding oracle.",
        {"SC028PaddingOracle"}, [](EnvelopePieces& pieces) {
            Octets octets = encipher(pieces.mode, pieces.key, pieces.iv, pieces.padded);
            octets[octets.size() - 17] ^= 0x40;
            pieces.ciphertext = octets;
        });
    const auto changed = [](std::size_t at) {
        Octets out = plaintext();
        out[at] ^= 0x20;
        return out;
    };
    Case& malleable = contents.either("a bit of the IV flipped",
                                      "A bit of the IV flips that bit of the first block and nothing else: EnvelopedData has no integrity, "
                                      "and the signature outside has to be verified first.",
                                      {"NoIntegrity", "SC028PaddingOracle"}, [](EnvelopePieces& pieces) {
                                          pieces.ciphertext = encipher(pieces.mode, pieces.key, pieces.iv, pieces.padded);
                                          pieces.iv[5] ^= 0x20;
                                      });
    malleable.members["plaintext"] = hex(changed(5));
}

void ivs(Contents& contents) {
    const auto algorithm = [](const Octets& parameters) { return sequence({encoded(oids::aes128_CBC), parameters}); };
    for (const std::size_t size : {1, 8, 12, 15, 17, 32, 64, 4096}) {
        contents.bad("IV of " + counted(size, "octet") + "",
                     "The IV is not of a block's size; who copies it into a buffer of one block, or copies a block from it, leaves bounds.",
                     {"SC034CiphertextLength", "IvSize"}, [=](EnvelopePieces& pieces) {
                         pieces.algorithm = algorithm(octet_string(Octets(size, 0x5a)));
                         pieces.ciphertext = encipher(pieces.mode, pieces.key, pieces.iv, pieces.padded);
                     });
    }
    contents.either("no IV, zeros meant",
                    "The parameters are absent and the IV was zeros, as some old clients do; RFC 3565, 4.1 demands an IV.",
                    {"OddParameters"}, [=](EnvelopePieces& pieces) {
                        pieces.iv = Octets(16, 0);
                        pieces.algorithm = algorithm({});
                    });
    contents.bad("IV in a SEQUENCE", "The parameters are a SEQUENCE that holds the IV, as RC2 has it.", {"OddParameters"},
                 [=](EnvelopePieces& pieces) { pieces.algorithm = algorithm(sequence({octet_string(pieces.iv)})); });
    contents.bad("IV as a BIT STRING", "The parameters are a BIT STRING.", {"OddParameters"},
                 [=](EnvelopePieces& pieces) { pieces.algorithm = algorithm(tlv(tag::BIT_STRING, joined({{0}, pieces.iv}))); });
    contents.either("IV in parts", "The OCTET STRING of the IV is constructed, of two parts, as BER lets it.", {"CmsBerForm"},
                    [=](EnvelopePieces& pieces) {
                        const Octets first(pieces.iv.begin(), pieces.iv.begin() + 8);
                        const Octets second(pieces.iv.begin() + 8, pieces.iv.end());
                        pieces.algorithm =
                            algorithm(tlv(tag::OCTET_STRING.as_constructed(), joined({octet_string(first), octet_string(second)})));
                    });
}

void ciphers(Contents& contents) {
    const auto cipher = [&](std::string name, std::string comment, std::vector<std::string> flags, const scep::der::OidConstant& oid,
                            const Octets& parameters) {
        contents.bad(std::move(name), std::move(comment), std::move(flags),
                     [=](EnvelopePieces& pieces) { pieces.algorithm = sequence({encoded(oid), parameters}); });
    };
    const auto iv = [](std::size_t size) { return octet_string(Octets(size, 0x5a)); };
    cipher("unknown cipher", "The content cipher is an OID nobody knows.", {"UnknownCipher"}, scep::der::oid("1.3.6.1.4.1.99999.7"),
           iv(16));
    cipher("content cipher is a digest", "The content cipher is SHA-256.", {"UnknownCipher"}, scep::der::oid("2.16.840.1.101.3.4.2.1"), {});
    cipher("content cipher is RSA", "The content cipher is rsaEncryption.", {"UnknownCipher"}, scep::der::oid("1.2.840.113549.1.1.1"),
           tlv(tag::NULL_, {}));
    cipher("AES-128 in ECB mode", "The cipher is AES-128 in ECB mode, which CMS does not have.", {"UnknownCipher"},
           scep::der::oid("2.16.840.1.101.3.4.1.1"), {});
    cipher("AES-256 with a key of 16 octets",
           "The cipher wants a key of 32 octets and the key that was sent has 16; one that copies 32 copies what is behind it.",
           {"ContentKeySize"}, oids::aes256_CBC, iv(16));
    cipher("triple DES with a key of 16 octets",
           "The cipher wants a key of 24 octets, and 16 were sent: two-key triple DES is written out in CMS.", {"ContentKeySize"},
           oids::des_ede3_cbc, iv(8));
    cipher("DES with a key of 16 octets", "The cipher wants a key of 8 octets and 16 were sent.", {"ContentKeySize"}, oids::des_cbc, iv(8));
    cipher("RC2 with a key of 16 octets", "RC2 of 40 bits, as S/MIME of old had it; who still takes it takes what anybody opens.",
           {"CmsWeakCipher"}, oids::rc2_cbc, sequence({integer(160), iv(8)}));
    contents.bad(
        "content in the clear",
        "The cipher is an OID of none, and encryptedContent holds the plaintext; who falls back to no cipher shows the secret to all.",
        {"UnknownCipher", "SC013SecretInTheClear"}, [](EnvelopePieces& pieces) {
            pieces.algorithm = sequence({encoded(scep::der::oid("1.3.6.1.4.1.99999.8")), tlv(tag::NULL_, {})});
            pieces.ciphertext = plaintext();
        });
    // GCMParameters ::= SEQUENCE { aes-nonce OCTET STRING, aes-ICVlen INTEGER DEFAULT 12 }   RFC 5084, 3.2
    const auto gcm = [&](std::string name, std::string comment, std::size_t nonce, const Octets& tag_length, std::size_t tag_octets) {
        contents.bad(std::move(name), std::move(comment), {"SC029AeadInEnvelopedData"}, [=](EnvelopePieces& pieces) {
            const Octets octets = *case_randomness().octets(nonce);
            pieces.algorithm = sequence({encoded(scep::der::oid("2.16.840.1.101.3.4.1.6")), sequence({octet_string(octets), tag_length})});
            pieces.ciphertext = nonce == 0 ? Octets(48, 0x5a) : encipher("AES-128/GCM", pieces.key, octets, plaintext());
            pieces.ciphertext->resize(pieces.ciphertext->size() - 16 + tag_octets);
        });
    };
    gcm("GCM in an EnvelopedData",
        "id-aes128-GCM is for AuthEnvelopedData (RFC 5084, 1.1), whose mac EnvelopedData has no place for; here it stands after the "
        "ciphertext.",
        12, integer(16), 16);
    gcm("GCM without a mac", "The mac is not there at all: who decrypts GCM as a stream has no integrity and thinks that there is.", 12,
        integer(16), 0);
    gcm("GCM with a mac of one octet", "aes-ICVlen is 1, so that one in 256 forgeries passes; RFC 5084 allows 12 to 16.", 12, integer(1),
        1);
    gcm("GCM with a mac length of 0", "aes-ICVlen is 0: nothing to verify is verified at once.", 12, integer(0), 0);
    gcm("GCM with a mac length of 17", "aes-ICVlen is longer than a block.", 12, integer(17), 16);
    gcm("GCM with an empty nonce", "The nonce has no octets, which GCM does not define.", 0, integer(16), 16);
    gcm("GCM with a nonce of 8 octets", "The nonce is shorter than the 12 octets that RFC 5084 recommends.", 8, integer(16), 16);
    gcm("GCM with a nonce of 64 octets", "The nonce is longer than the buffers that hold an IV, the overflow of CVE-2025-15467.", 64,
        integer(16), 16);
    gcm("GCM with a nonce of 4096 octets", "The nonce is far longer than any buffer for one.", 4096, integer(16), 16);
}

void containers(Contents& contents) {
    // AuthEnvelopedData ::= SEQUENCE { version, recipientInfos, authEncryptedContentInfo, mac OCTET STRING }   RFC 5083, 2.1
    const auto authenticated = [&](std::string name, std::string comment, std::size_t tag_octets, std::size_t nonce_octets) {
        contents.bad(std::move(name), std::move(comment), {"SC029AeadInEnvelopedData", "UnexpectedContentType"},
                     [=](EnvelopePieces& pieces) {
                         const Octets nonce = *case_randomness().octets(nonce_octets);
                         Octets octets = encipher("AES-128/GCM", pieces.key, nonce, plaintext());
                         const Octets mac(octets.end() - 16, octets.end() - 16 + static_cast<std::ptrdiff_t>(tag_octets));
                         octets.resize(octets.size() - 16);
                         pieces.content_type = encoded(scep::der::oid("1.2.840.113549.1.9.16.1.23"));
                         pieces.algorithm = sequence({encoded(scep::der::oid("2.16.840.1.101.3.4.1.6")),
                                                      sequence({octet_string(nonce), integer(static_cast<std::int64_t>(tag_octets))})});
                         pieces.ciphertext = octets;
                         pieces.unprotected_attributes = octet_string(mac);
                     });
    };
    authenticated("AuthEnvelopedData",
                  "The content type is AuthEnvelopedData, a good one: it opens by its own rules, but it is no EnvelopedData.", 16, 12);
    authenticated("AuthEnvelopedData with a mac of one octet",
                  "An AuthEnvelopedData whose mac is one octet, as its parameters say: the sender must not choose how little is verified.",
                  1, 12);
    authenticated("AuthEnvelopedData with a mac of four octets",
                  "An AuthEnvelopedData whose mac is four octets long; RFC 5084, 3.2 has twelve at least.", 4, 12);
    authenticated("AuthEnvelopedData with an empty mac", "An AuthEnvelopedData without a mac's octets.", 0, 12);
    authenticated("AuthEnvelopedData with a nonce of 64 octets", "The nonce is longer than the buffer for an IV.", 16, 64);
    const auto typed = [&](const char* name, const scep::der::OidConstant& type) {
        contents
            .bad(std::string("contentType is ") + name, "The ContentInfo says another type than EnvelopedData over the same octets.",
                 {"UnexpectedContentType", "SC050ContentType"}, [=](EnvelopePieces& pieces) { pieces.content_type = encoded(type); })
            .members["where"] = "ContentInfo.contentType";
    };
    typed("id-data", scep::der::oid("1.2.840.113549.1.7.1"));
    typed("id-signedData", scep::der::oid("1.2.840.113549.1.7.2"));
    typed("signedAndEnvelopedData", scep::der::oid("1.2.840.113549.1.7.4"));
    typed("id-encryptedData", scep::der::oid("1.2.840.113549.1.7.6"));
    typed("an unknown OID", scep::der::oid("1.3.6.1.4.1.99999.1"));
    const auto inner = [&](const char* name, const scep::der::OidConstant& type) {
        contents.either(std::string("encrypted contentType is ") + name,
                        "The type of what is encrypted is not id-data; it opens all the same, and a SCEP message must not have it.",
                        {"ContentTypeMismatch"}, [=](EnvelopePieces& pieces) { pieces.encrypted_type = encoded(type); });
    };
    inner("id-signedData", scep::der::oid("1.2.840.113549.1.7.2"));
    inner("id-envelopedData", scep::der::oid("1.2.840.113549.1.7.3"));
    inner("an unknown OID", scep::der::oid("1.3.6.1.4.1.99999.1"));
}

} // namespace

void enveloped_content(Cases& cases) {
    Contents contents(cases);
    paddings(contents);
    lengths(contents);
    ivs(contents);
    ciphers(contents);
    containers(contents);
}

} // namespace sceplab::vectors
