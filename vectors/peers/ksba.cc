// libksba with libgcrypt, by the calls that gpgsm makes. "accept" is, of
//   Certificate        ksba_cert_init_from_mem, and every member that gpgsm asks for can be read
//   CertificateList    ksba_crl_parse until it is ready
//   CertificatesOnly   ksba_cms_parse until it is ready; it is signedData without signers
//   SignedData         the same; the message digest and the signature of each signer hold, by the certificate inside that it names
//   EnvelopedData      the same; a recipient is the key's, gcry_pk_decrypt and gcry_cipher_decrypt open it, and the padding is right
//   PkiMessage         as SignedData, then as EnvelopedData where there is content
// Its reader of DER values is not public, and it only writes requests: both are skipped. So is what gpgsm would not do with a key: gcrypt
// has no name for the algorithm, or the key is not RSA. Octets after the end are refused where it tells of them: of a certificate and of a
// CRL. Of CMS it may stop before the last end of contents.
#include "adapter.h"

#include <gcrypt.h>
#include <ksba.h>

#include <array>

using namespace peers;

namespace {

void needed(gpg_error_t error) {
    switch (gpg_err_code(error)) {
    case GPG_ERR_NO_ERROR:
        return;
    case GPG_ERR_UNKNOWN_ALGORITHM:
    case GPG_ERR_UNSUPPORTED_ALGORITHM:
    case GPG_ERR_PUBKEY_ALGO:
    case GPG_ERR_DIGEST_ALGO:
    case GPG_ERR_CIPHER_ALGO:
    case GPG_ERR_UNKNOWN_CURVE:
    case GPG_ERR_UNSUPPORTED_CMS_OBJ:
        throw Unknown(gpg_strerror(error));
    default:
        throw Refused(gpg_strerror(error));
    }
}

using Reader = Owned<ksba_reader_s, ksba_reader_release>;
using Writer = Owned<ksba_writer_s, ksba_writer_release>;
using Certificate = Owned<ksba_cert_s, ksba_cert_release>;
using Text = Owned<char, ksba_free>;
using Canonical = Owned<unsigned char, ksba_free>;
using Expression = Owned<gcry_sexp, gcry_sexp_release>;
using Number = Owned<gcry_mpi, gcry_mpi_release>;
using Digest = Owned<gcry_md_handle, gcry_md_close>;
using Cipher = Owned<gcry_cipher_handle, gcry_cipher_close>;

// A C function that makes an object into its first argument.
template <class Holder, class Make, class... Arguments>
Holder made(Make make, Arguments... arguments) {
    typename Holder::pointer object = nullptr;
    needed(make(&object, arguments...));
    return Holder(object);
}

Expression expression(ksba_const_sexp_t canonical) {
    if (canonical == nullptr) {
        throw Refused("a value is missing");
    }
    const std::size_t size = gcry_sexp_canon_len(canonical, 0, nullptr, nullptr);
    Expression out = made<Expression>(gcry_sexp_new, static_cast<const void*>(canonical), size, 1);
    return out;
}

Certificate certificate_of(View octets) {
    Certificate out = made<Certificate>(ksba_cert_new);
    needed(ksba_cert_init_from_mem(out.get(), octets.data(), octets.size()));
    return out;
}
View image(ksba_cert_t certificate) {
    std::size_t size = 0;
    const unsigned char* data = ksba_cert_get_image(certificate, &size);
    return {data, size};
}

// The end of a list is an error too: -1, or with a name.
void needed_end(gpg_error_t error) {
    if (error != static_cast<gpg_error_t>(-1) && gpg_err_code(error) != GPG_ERR_EOF && gpg_err_code(error) != GPG_ERR_NO_DATA &&
        gpg_err_code(error) != GPG_ERR_NO_VALUE) {
        needed(error);
    }
}

Accepted certificate(const Case& asked) {
    const Certificate read = certificate_of(asked.input);
    const std::size_t size = image(read.get()).size();
    if (size != asked.input.size()) {
        throw Refused(size == 0 ? "it gives no octets of it" : "octets after it");
    }
    const Canonical serial(ksba_cert_get_serial(read.get()));
    const Text issuer(ksba_cert_get_issuer(read.get(), 0));
    if (!serial || !issuer || ksba_cert_get_digest_algo(read.get()) == nullptr) {
        throw Refused("a member cannot be read");
    }
    for (const int which : {0, 1}) {
        ksba_isotime_t time;
        needed(ksba_cert_get_validity(read.get(), which, time));
    }
    for (int i = 0;; ++i) {
        const char* oid = nullptr;
        int critical = 0;
        std::size_t at = 0;
        std::size_t length = 0;
        if (const gpg_error_t error = ksba_cert_get_extension(read.get(), i, &oid, &critical, &at, &length); error != 0) {
            needed_end(error);
            break;
        }
    }
    unsigned usage = 0;
    needed_end(ksba_cert_get_key_usage(read.get(), &usage));
    int authority = 0;
    int length = 0;
    needed_end(ksba_cert_is_ca(read.get(), &authority, &length));
    return {};
}

Reader reader_of(View octets) {
    Reader out = made<Reader>(ksba_reader_new);
    needed(ksba_reader_set_mem(out.get(), octets.data(), octets.size()));
    return out;
}
Accepted certificate_list(const Case& asked) {
    const Reader reader = reader_of(asked.input);
    const auto list = made<Owned<ksba_crl_s, ksba_crl_release>>(ksba_crl_new);
    needed(ksba_crl_set_reader(list.get(), reader.get()));
    ksba_crl_set_hash_function(list.get(), [](void*, const void*, std::size_t) {}, nullptr);
    for (ksba_stop_reason_t why = KSBA_SR_NONE; why != KSBA_SR_READY;) {
        needed(ksba_crl_parse(list.get(), &why));
        if (why == KSBA_SR_GOT_ITEM) {
            ksba_sexp_t serial = nullptr;
            ksba_isotime_t time;
            ksba_crl_reason_t reason{};
            needed(ksba_crl_get_item(list.get(), &serial, time, &reason));
            ksba_free(serial);
        } else if (why == KSBA_SR_BEGIN_ITEMS || why == KSBA_SR_END_ITEMS) {
            ksba_isotime_t last;
            ksba_isotime_t next;
            needed_end(ksba_crl_get_update_times(list.get(), last, next));
        }
    }
    if (ksba_reader_tell(reader.get()) != asked.input.size()) {
        throw Refused("octets after it");
    }
    return {};
}

// A message that is parsed to its end: its content, and what its digest algorithms give of it.
struct Message {
    Reader reader;
    Writer writer;
    Owned<ksba_cms_s, ksba_cms_release> cms;
    Digest digest;
    Octets content;

    explicit Message(View octets)
        : reader(reader_of(octets)), writer(made<Writer>(ksba_writer_new)), cms(made<decltype(cms)>(ksba_cms_new)),
          digest(made<Digest>(gcry_md_open, 0, 0U)) {
        needed(ksba_writer_set_mem(writer.get(), octets.size()));
        needed(ksba_cms_set_reader_writer(cms.get(), reader.get(), writer.get()));
        for (ksba_stop_reason_t why = KSBA_SR_NONE; why != KSBA_SR_READY;) {
            needed(ksba_cms_parse(cms.get(), &why));
            if (why == KSBA_SR_NEED_HASH || why == KSBA_SR_BEGIN_DATA) {
                hash();
            }
        }
        std::size_t size = 0;
        const Owned<void, ksba_free> written(ksba_writer_snatch_mem(writer.get(), &size));
        const auto* begin = static_cast<const unsigned char*>(written.get());
        content.assign(begin, begin + size);
    }

    void needed_type(ksba_content_type_t type, const char* otherwise) const {
        const ksba_content_type_t found = ksba_cms_get_content_type(cms.get(), 0);
        if (found == KSBA_CT_AUTHENVELOPED_DATA) {
            throw Unknown("authEnvelopedData");
        }
        if (found != type) {
            throw Refused(otherwise);
        }
    }

private:
    void hash() {
        const char* oid = nullptr;
        for (int i = 0; (oid = ksba_cms_get_digest_algo_list(cms.get(), i)) != nullptr; ++i) {
            if (const int algorithm = gcry_md_map_name(oid); algorithm != 0) {
                needed(gcry_md_enable(digest.get(), algorithm));
            }
        }
        ksba_cms_set_hash_function(
            cms.get(), [](void* into, const void* data, std::size_t size) { gcry_md_write(static_cast<gcry_md_hd_t>(into), data, size); },
            digest.get());
    }
};

struct Identifier {
    Text issuer;
    Canonical serial;
    bool there = false;
    Identifier(const Message& message, int at) {
        char* name = nullptr;
        ksba_sexp_t number = nullptr;
        if (const gpg_error_t error = ksba_cms_get_issuer_serial(message.cms.get(), at, &name, &number); error != 0) {
            needed_end(error);
            return;
        }
        issuer.reset(name);
        serial.reset(number);
        there = true;
    }
    [[nodiscard]] bool names(ksba_cert_t certificate) const {
        const Text other(ksba_cert_get_issuer(certificate, 0));
        const Canonical number(ksba_cert_get_serial(certificate));
        const auto octets = [](const Canonical& of) { return View(of.get(), gcry_sexp_canon_len(of.get(), 0, nullptr, nullptr)); };
        return issuer && other && serial && number && std::string_view(issuer.get()) == other.get() &&
               std::ranges::equal(octets(serial), octets(number));
    }
};

// The data of a signature as gcrypt wants it for that key.
Expression data_of(const Expression& key, const Expression& signature, int algorithm, View digest) {
    gcry_sexp_t out = nullptr;
    const auto holds = [](const Expression& in, const char* token) {
        return Expression(gcry_sexp_find_token(in.get(), token, 0)) != nullptr;
    };
    const char* name = gcry_md_algo_name(algorithm);
    if (holds(key, "ecc")) {
        // A digest that is longer than the order of the curve is cut to it.
        digest = digest.first(std::min<std::size_t>(digest.size(), (gcry_pk_get_nbits(key.get()) + 7) / 8));
        needed(gcry_sexp_build(&out, nullptr, "(data(flags raw)(value %b))", static_cast<int>(digest.size()), digest.data()));
    } else if (holds(signature, "salt-length")) {
        const Expression salt(gcry_sexp_find_token(signature.get(), "salt-length", 0));
        const Text length(salt ? gcry_sexp_nth_string(salt.get(), 1) : nullptr);
        needed(gcry_sexp_build(&out, nullptr, "(data(flags pss)(hash %s %b)(salt-length %s))", name, static_cast<int>(digest.size()),
                               digest.data(), length ? length.get() : "20"));
    } else {
        needed(gcry_sexp_build(&out, nullptr, "(data(flags pkcs1)(hash %s %b))", name, static_cast<int>(digest.size()), digest.data()));
    }
    return Expression(out);
}

void verify(const Message& message, int signer, const Identifier& identifier) {
    Certificate certificate;
    for (int i = 0; !certificate || !identifier.names(certificate.get()); ++i) {
        certificate.reset(ksba_cms_get_cert(message.cms.get(), i));
        if (!certificate) {
            throw Refused("no certificate of the signer");
        }
    }
    const char* oid = ksba_cms_get_digest_algo(message.cms.get(), signer);
    const int algorithm = oid != nullptr ? gcry_md_map_name(oid) : 0;
    if (algorithm == 0) {
        throw Unknown("a digest algorithm that gcrypt does not know");
    }
    if (gcry_md_is_enabled(message.digest.get(), algorithm) == 0) {
        throw Refused("digestAlgorithms has not the signer's");
    }
    const std::size_t size = gcry_md_get_algo_dlen(algorithm);
    View digest(gcry_md_read(message.digest.get(), algorithm), size);
    const Canonical raw(ksba_cms_get_sig_val(message.cms.get(), signer));
    if (!raw) {
        throw Unknown("a signature algorithm that libksba gives no value of");
    }
    const Expression signature = expression(raw.get());
    const Digest attributes = made<Digest>(gcry_md_open, algorithm, 0U);
    char* told = nullptr;
    std::size_t told_size = 0;
    const gpg_error_t error = ksba_cms_get_message_digest(message.cms.get(), signer, &told, &told_size);
    const Text owner(told);
    if (error == 0 && told != nullptr) {
        if (!std::ranges::equal(digest, View(reinterpret_cast<const unsigned char*>(told), told_size))) {
            throw Refused("the message digest is another");
        }
        ksba_cms_set_hash_function(
            message.cms.get(),
            [](void* into, const void* data, std::size_t length) { gcry_md_write(static_cast<gcry_md_hd_t>(into), data, length); },
            attributes.get());
        needed(ksba_cms_hash_signed_attrs(message.cms.get(), signer));
        digest = View(gcry_md_read(attributes.get(), algorithm), size);
    } else {
        needed_end(error);
    }
    const Canonical raw_key(ksba_cert_get_public_key(certificate.get()));
    const Expression key = expression(raw_key.get());
    needed(gcry_pk_verify(signature.get(), data_of(key, signature, algorithm, digest).get(), key.get()));
}

void verify(const Message& message) {
    message.needed_type(KSBA_CT_SIGNED_DATA, "not signedData");
    int count = 0;
    for (;; ++count) {
        const Identifier identifier(message, count);
        if (!identifier.there) {
            break;
        }
        verify(message, count, identifier);
    }
    if (count == 0) {
        throw Refused("no signers");
    }
}

Accepted certificates_only(const Case& asked) {
    const Message message(asked.input);
    message.needed_type(KSBA_CT_SIGNED_DATA, "not signedData");
    if (Identifier(message, 0).there) {
        throw Refused("there are signers");
    }
    return {};
}

Accepted signed_data(const Case& asked) {
    const Message message(asked.input);
    verify(message);
    return {.fields = {{"eContent", hex(message.content)}}, .plaintext = {}};
}

// PKCS#8 is gpgsm's agent's business, so its numbers are picked here: the RSAPrivateKey's after three of the outer ones.
View tlv(View& rest) {
    std::size_t size = rest[1];
    std::size_t at = 2;
    if (size > 0x80) {
        for (const std::size_t end = at + (size & 0x7f), first = at; at < end; ++at) {
            size = at == first ? rest[at] : size << 8 | rest[at];
        }
    }
    const View inside = rest.subspan(at, size);
    rest = rest.subspan(at + size);
    return inside;
}
Expression private_key(const Key& key) {
    constexpr std::array<unsigned char, 9> rsa = {0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01};
    View rest = key.private_key;
    View outer = tlv(rest);
    tlv(outer); // version
    View algorithm = tlv(outer);
    if (!std::ranges::equal(tlv(algorithm), View(rsa))) {
        throw Unknown("a key that is not RSA");
    }
    View octets = tlv(outer);
    View numbers = tlv(octets);
    tlv(numbers);              // version
    std::array<Number, 5> all; // n e d p q
    for (Number& each : all) {
        const View inside = tlv(numbers);
        gcry_mpi_t number = nullptr;
        needed(gcry_mpi_scan(&number, GCRYMPI_FMT_USG, inside.data(), inside.size(), nullptr));
        each.reset(number);
    }
    if (gcry_mpi_cmp(all[3].get(), all[4].get()) > 0) {
        std::swap(all[3], all[4]);
    }
    const Number inverse(gcry_mpi_new(0));
    gcry_mpi_invm(inverse.get(), all[3].get(), all[4].get());
    gcry_sexp_t out = nullptr;
    needed(gcry_sexp_build(&out, nullptr, "(private-key(rsa(n%m)(e%m)(d%m)(p%m)(q%m)(u%m)))", all[0].get(), all[1].get(), all[2].get(),
                           all[3].get(), all[4].get(), inverse.get()));
    return Expression(out);
}

// What gpgsm makes of "enc-val" for its agent: PKCS#1 v1.5 unless OAEP is named.
Octets content_key(const Message& message, int recipient, const Key& key) {
    const Canonical raw(ksba_cms_get_enc_val(message.cms.get(), recipient));
    if (!raw) {
        throw Unknown("a way of encrypting the key that libksba gives no value of");
    }
    const Expression encrypted = expression(raw.get());
    const Expression rsa(gcry_sexp_find_token(encrypted.get(), "rsa", 0));
    const Expression flagged(gcry_sexp_find_token(encrypted.get(), "flags", 0));
    if (!rsa) {
        throw Unknown("a recipient that is not RSA");
    }
    gcry_sexp_t asked = nullptr;
    if (flagged) {
        needed(gcry_sexp_build(&asked, nullptr, "%S", encrypted.get()));
    } else {
        needed(gcry_sexp_build(&asked, nullptr, "(enc-val(flags pkcs1)%S)", rsa.get()));
    }
    const Expression question(asked);
    gcry_sexp_t plain = nullptr;
    needed(gcry_pk_decrypt(&plain, question.get(), private_key(key).get()));
    const Expression answer(plain);
    const Expression value(gcry_sexp_find_token(answer.get(), "value", 0));
    std::size_t size = 0;
    const char* data = gcry_sexp_nth_data(value ? value.get() : answer.get(), value ? 1 : 0, &size);
    if (data == nullptr) {
        throw Refused("no content key");
    }
    return {data, data + size};
}

Octets decrypted(const Message& message, const Octets& key) {
    const char* oid = ksba_cms_get_content_oid(message.cms.get(), 2);
    const int algorithm = oid != nullptr ? gcry_cipher_map_name(oid) : 0;
    const int mode = oid != nullptr ? gcry_cipher_mode_from_oid(oid) : 0;
    if (algorithm == 0 || mode != GCRY_CIPHER_MODE_CBC) {
        throw Unknown("a content cipher that gpgsm does not open here");
    }
    const std::size_t block = gcry_cipher_get_algo_blklen(algorithm);
    std::array<unsigned char, 32> iv{};
    std::size_t iv_size = 0;
    needed(ksba_cms_get_content_enc_iv(message.cms.get(), iv.data(), iv.size(), &iv_size));
    const Cipher cipher = made<Cipher>(gcry_cipher_open, algorithm, mode, 0U);
    needed(gcry_cipher_setkey(cipher.get(), key.data(), key.size()));
    needed(gcry_cipher_setiv(cipher.get(), iv.data(), iv_size));
    Octets out(message.content.begin(), message.content.end());
    needed(gcry_cipher_decrypt(cipher.get(), out.data(), out.size(), nullptr, 0));
    const std::size_t padding = out.empty() ? 0 : out.back();
    if (padding == 0 || padding > block ||
        std::ranges::any_of(std::span(out).last(padding), [&](unsigned char octet) { return octet != padding; })) {
        throw Refused("wrong padding");
    }
    out.erase(out.end() - static_cast<std::ptrdiff_t>(padding), out.end());
    return out;
}

Octets opened(View octets, const Case& asked) {
    if (!asked.recipient) {
        throw Unknown("a recipient by password");
    }
    const Message message(octets);
    message.needed_type(KSBA_CT_ENVELOPED_DATA, "not envelopedData");
    const Certificate certificate = certificate_of(asked.recipient->certificate);
    for (int i = 0;; ++i) {
        const Identifier identifier(message, i);
        if (!identifier.there) {
            throw Refused("no recipient of the key");
        }
        if (identifier.names(certificate.get())) {
            return decrypted(message, content_key(message, i, *asked.recipient));
        }
    }
}

Accepted enveloped_data(const Case& asked) { return {.fields = Json::object(), .plaintext = opened(asked.input, asked)}; }

Accepted pki_message(const Case& asked) {
    const Message message(asked.input);
    verify(message);
    return {.fields = Json::object(), .plaintext = message.content.empty() ? std::optional<Octets>() : opened(message.content, asked)};
}

} // namespace

int main(int argc, char** argv) {
    gcry_check_version(nullptr);
    gcry_control(GCRYCTL_DISABLE_SECMEM, 0);
    gcry_control(GCRYCTL_INITIALIZATION_FINISHED, 0);
    return serve(argc, argv, std::string("libksba ") + ksba_check_version(nullptr) + ", libgcrypt " + gcry_check_version(nullptr),
                 {
                     {"Certificate", certificate},
                     {"CertificateList", certificate_list},
                     {"CertificatesOnly", certificates_only},
                     {"SignedData", signed_data},
                     {"EnvelopedData", enveloped_data},
                     {"PkiMessage", pki_message},
                 },
                 "libksba has no call for this");
}
