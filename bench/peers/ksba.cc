// libksba parses CMS for GnuPG's gpgsm. It gives the signer's certificate, its identity and its signature; of signed attributes only those
// it knows.
#include "owned.h"
#include "peers.h"

#include <ksba.h>

#include <memory>

namespace bench {

namespace {

void needed(gpg_error_t error) {
    if (error != 0) {
        give_up(std::string("libksba: ") + gpg_strerror(error));
    }
}

struct Parsed {
    Owned<ksba_reader_s, ksba_reader_release> reader;
    Owned<ksba_writer_s, ksba_writer_release> writer;
    Owned<ksba_cms_s, ksba_cms_release> cms;

    explicit Parsed(View octets) {
        ksba_reader_t made_reader = nullptr;
        needed(ksba_reader_new(&made_reader));
        reader.reset(made_reader);
        needed(ksba_reader_set_mem(made_reader, octets.data(), octets.size()));
        ksba_writer_t made_writer = nullptr;
        needed(ksba_writer_new(&made_writer));
        writer.reset(made_writer);
        needed(ksba_writer_set_mem(made_writer, octets.size()));
        ksba_cms_t made = nullptr;
        needed(ksba_cms_new(&made));
        cms.reset(made);
        needed(ksba_cms_set_reader_writer(made, made_reader, made_writer));
        // It asks where to hash the content; parsing alone hashes nothing.
        ksba_cms_set_hash_function(made, [](void*, const void*, std::size_t) {}, nullptr);
        ksba_stop_reason_t why = KSBA_SR_NONE;
        do {
            needed(ksba_cms_parse(made, &why));
        } while (why != KSBA_SR_READY);
    }
};

using Certificate = Owned<ksba_cert_s, ksba_cert_release>;

View octets(const Certificate& certificate) {
    std::size_t size = 0;
    const unsigned char* data = ksba_cert_get_image(certificate.get(), &size);
    return {data, size};
}

} // namespace

void enter_ksba(Suite& suite, const Messages& messages) {
    for (const auto* list : {&messages.each_type, &messages.twins}) {
        for (const Message& message : *list) {
            if (!message.data || message.in_ber()) {
                continue; // an absent eContent is refused, and so is one in parts
            }
            suite.contend("parse " + message.name, column::ksba, [&message](Reading* reading) {
                const Parsed parsed(message.octets);
                const Certificate certificate(ksba_cms_get_cert(parsed.cms.get(), 0));
                std::size_t size = 0;
                const Owned<void, ksba_free> content(ksba_writer_snatch_mem(parsed.writer.get(), &size));
                Fields{.message_type = {},
                       .pki_status = {},
                       .fail_info = {},
                       .transaction_id = {},
                       .sender_nonce = {},
                       .recipient_nonce = {},
                       .signer_certificate = octets(certificate),
                       .content = View(static_cast<const std::uint8_t*>(content.get()), size)}
                    .tell(reading);
            });
        }
    }
    for (std::size_t i = 0; i < messages.chains.size(); ++i) {
        const View message = messages.certs_only[i];
        suite.contend("certificates-only, " + std::to_string(messages.chains[i].size()), column::ksba, [message](Reading* reading) {
            const Parsed parsed(message);
            std::vector<Certificate> all;
            for (int at = 0;; ++at) {
                Certificate certificate(ksba_cms_get_cert(parsed.cms.get(), at));
                if (!certificate) {
                    break;
                }
                all.push_back(std::move(certificate));
            }
            // The last one comes first.
            tell(reading, "first", octets(all.back()));
            tell(reading, "last", octets(all.front()));
            tell(reading, "certificates", all.size());
        });
    }
}

} // namespace bench
