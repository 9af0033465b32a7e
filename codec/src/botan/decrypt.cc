#include "cbc.h"
#include "pwri.h"

#include <scepcodec/botan/decrypt.h>
#include <scepcodec/botan/random.h>
#include <scepcodec/x509/oids.h>

#include <botan/cipher_mode.h>

#include <algorithm>
#include <array>

namespace scep::botan {

namespace {

// A message has few recipients; what names more makes work, one private operation and one decryption of the whole content each.
constexpr std::size_t most_attempts = 16;

// The encrypted content with its cipher and IV, checked.
struct Content {
    const CipherTraits* cipher = nullptr;
    std::array<std::uint8_t, 16> iv{}; // of which the cipher takes its block
    cms::OctetString octets;

    [[nodiscard]] OctetsView iv_octets() const { return OctetsView(iv).first(cipher->block_octets); }

    [[nodiscard]] Location where() const { return octets.element().whole().location(); }
};

Result<Content> content_of(const cms::EncryptedContentInfo& info) {
    const auto& algorithm = info.content_encryption_algorithm;
    Content out{.cipher = find_cipher(algorithm.algorithm), .iv = {}, .octets = {}};
    if (out.cipher == nullptr) {
        return std::unexpected(make_error(ErrorCode::unsupported_algorithm, algorithm.whole.location()));
    }
    // Old clients leave the parameters out and mean an IV of zeros.
    if (algorithm.parameters) {
        const der::Input iv = algorithm.parameters->value();
        if (algorithm.parameters->tag() != der::tag::OCTET_STRING || iv.size() != out.cipher->block_octets) {
            return std::unexpected(make_error(ErrorCode::invalid_parameters, algorithm.whole.location()));
        }
        std::ranges::copy(iv, out.iv.begin());
    }
    if (!info.encrypted_content) {
        return std::unexpected(make_error(ErrorCode::missing_content, info.whole.location()));
    }
    out.octets = *info.encrypted_content;
    return out;
}

// Octets of Botan's secure memory, which a Secret would write twice: its elements are made one by one.
class SecretOctets {
public:
    explicit SecretOctets(std::size_t size) : m_octets(Botan::secure_allocator<std::uint8_t>().allocate(size), size) {}
    SecretOctets(const SecretOctets&) = delete;
    SecretOctets& operator=(const SecretOctets&) = delete;
    ~SecretOctets() { Botan::secure_allocator<std::uint8_t>().deallocate(m_octets.data(), m_octets.size()); }

    [[nodiscard]] std::span<std::uint8_t> octets() const { return m_octets; }

private:
    std::span<std::uint8_t> m_octets;
};

// Copies and decrypts by turns, so that what is decrypted is still in the cache. Gives the places that the parts came from.
std::vector<OffsetPoint> decrypt_into(std::span<std::uint8_t> out, const Content& content, OctetsView key) {
    constexpr std::size_t piece_octets = 16384;
    const auto mode = start_decrypting_cbc(*content.cipher, key, content.iv_octets());
    std::vector<OffsetPoint> map;
    std::size_t copied = 0;
    std::size_t decrypted = 0;
    for (const der::Input part : content.octets) {
        if (!part.empty()) {
            map.push_back({static_cast<std::uint32_t>(copied), part.offset()});
        }
        for (OctetsView rest = part.octets(); !rest.empty();) {
            const OctetsView piece = rest.first(std::min(rest.size(), decrypted + piece_octets - copied));
            std::ranges::copy(piece, out.begin() + static_cast<std::ptrdiff_t>(copied));
            rest = rest.subspan(piece.size());
            copied += piece.size();
            if (copied - decrypted == piece_octets || copied == out.size()) {
                mode->process(out.subspan(decrypted, copied - decrypted));
                decrypted = copied;
            }
        }
    }
    return map;
}

// Whatever is wrong, the padding and the content are both looked at, and there is one error for all.
Result<der::Input> open(const Content& content, OctetsView key, Sources& sources, bool (*accepts)(der::Input)) {
    const auto failed = [&] { return std::unexpected(make_error(ErrorCode::decryption_failed, content.where())); };
    if (content.octets.size() == 0 || content.octets.size() % content.cipher->block_octets != 0) {
        return failed();
    }
    return guarded(ErrorCode::decryption_failed, content.where(), [&]() -> Result<der::Input> {
        const auto plaintext = std::make_shared<const SecretOctets>(content.octets.size());
        std::vector<OffsetPoint> map = decrypt_into(plaintext->octets(), content, key);
        const auto [size, fits] = unpad(plaintext->octets(), content.cipher->block_octets);
        const OctetsView octets = plaintext->octets().first(size);
        const bool accepted = accepts(der::Input(octets));
        if (!(fits && accepted)) {
            return failed();
        }
        return sources.add_owned(SourceKind::decrypted, content.where().source, plaintext, octets, std::move(map));
    });
}

// Botan's name of a key transport; empty where it is not supported.
std::string key_transport(const x509::AlgorithmIdentifier& algorithm) {
    if (algorithm.algorithm == x509::oids::rsaEncryption) {
        return "PKCS1v15";
    }
    if (algorithm.algorithm == x509::oids::id_RSAES_OAEP) {
        if (const auto oaep = oaep_parameters(algorithm)) {
            return std::string("OAEP(").append(oaep->digest->name).append(",MGF1(").append(oaep->mgf_digest->name).append("))");
        }
    }
    return {};
}

// The outcome that says most when several recipients were tried: an attempt beats "not supported", which beats "none fits".
void keep_better(Error& best, const Error& next) {
    if (best.code == ErrorCode::key_mismatch || next.code == ErrorCode::decryption_failed) {
        best = next;
    }
}

// Tries the recipients of one kind in turn. `unlock` gives the content key of one, or why it was not tried; nothing where it is not for
// this key.
template <class Kind, class F>
Result<der::Input> try_each(const cms::EnvelopedData& enveloped, Sources& sources, bool (*accepts)(der::Input), F&& unlock) {
    const Result<Content> content = content_of(enveloped.encrypted_content_info);
    if (!content) {
        return std::unexpected(content.error());
    }
    Error best = make_error(ErrorCode::key_mismatch, enveloped.recipient_infos.whole().location());
    std::size_t attempts = 0;
    for (const Result<cms::RecipientInfo>& recipient : enveloped.recipient_infos) {
        const auto* kind = recipient ? std::get_if<Kind>(&recipient->choice) : nullptr;
        std::optional<Result<Secret>> content_key = kind == nullptr ? std::nullopt : unlock(*kind, content->cipher->key_octets);
        if (!content_key) {
            continue;
        }
        if (++attempts > most_attempts) {
            keep_better(best, make_error(ErrorCode::limit_elements, enveloped.recipient_infos.whole().location()));
            break;
        }
        if (!*content_key) {
            keep_better(best, content_key->error());
            continue;
        }
        const Result<der::Input> plaintext = open(*content, **content_key, sources, accepts);
        if (plaintext) {
            return plaintext;
        }
        keep_better(best, plaintext.error());
    }
    return std::unexpected(best);
}

} // namespace

bool is_one_sequence(der::Input plaintext) {
    const auto header = der::read_header(plaintext);
    if (!header || header->tag != der::tag::SEQUENCE) {
        return false;
    }
    return header->indefinite ? plaintext.size() >= header->size + 2 : plaintext.size() - header->size == header->length;
}

Result<der::Input> decrypt(const cms::EnvelopedData& enveloped, const PrivateKey& key, Sources& sources, bool (*accepts)(der::Input)) {
    return try_each<cms::KeyTransRecipientInfo>(
        enveloped, sources, accepts, [&](const cms::KeyTransRecipientInfo& recipient, std::size_t octets) -> std::optional<Result<Secret>> {
            if (key.modulus_octets() == 0 || recipient.encrypted_key.size() != key.modulus_octets()) {
                return std::nullopt;
            }
            const std::string padding = key_transport(recipient.key_encryption_algorithm);
            Result<Secret> content_key = std::unexpected(make_error(ErrorCode::unsupported_algorithm));
            if (!padding.empty()) {
                content_key = key.decrypt_key(recipient.encrypted_key.octets(), octets, padding);
            }
            if (!content_key) {
                content_key.error().where = recipient.key_encryption_algorithm.whole.location();
            }
            return content_key;
        });
}

Result<der::Input> decrypt(const cms::EnvelopedData& enveloped, std::string_view password, Sources& sources, bool (*accepts)(der::Input)) {
    Random random;
    std::int64_t iterations = 0;
    return try_each<cms::PasswordRecipientInfo>(
        enveloped, sources, accepts, [&](const cms::PasswordRecipientInfo& recipient, std::size_t octets) -> std::optional<Result<Secret>> {
            const Result<Pbkdf2> derivation = Pbkdf2::read(recipient);
            if (!derivation) {
                return std::unexpected(derivation.error());
            }
            const Result<PwriKek> kek = PwriKek::read(recipient);
            if (!kek) {
                return std::unexpected(kek.error());
            }
            iterations += derivation->iterations;
            if (iterations > most_iterations) {
                return std::unexpected(make_error(ErrorCode::unsupported_algorithm, recipient.key_derivation_algorithm->whole.location()));
            }
            return guarded(ErrorCode::internal_error, recipient.encrypted_key.location(), [&]() -> Result<Secret> {
                return kek->unwrap(derivation->derive(password, kek->cipher->key_octets), recipient.encrypted_key.octets(), octets,
                                   random.generator());
            });
        });
}

} // namespace scep::botan
