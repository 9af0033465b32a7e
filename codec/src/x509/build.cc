#include <scepcodec/der/writer.h>
#include <scepcodec/x509/build.h>

namespace scep::x509 {

using der::Writer;

CertificateBuilder::Octets CertificateBuilder::to_be_signed() const {
    const std::int64_t number = version.value_or(extensions.empty() ? 0 : 2);
    return der::encode([&](Writer& w) {
        w.sequence([&] {
            if (number != 0) {
                w.constructed(der::tag::context_constructed(0), [&] { w.integer(number); });
            }
            w.integer(serial_number);
            w.raw(signature);
            w.raw(issuer);
            w.sequence([&] {
                w.time(not_before);
                w.time(not_after);
            });
            w.raw(subject);
            w.raw(subject_public_key_info);
            if (!extensions.empty()) {
                w.constructed(der::tag::context_constructed(3), [&] {
                    w.sequence([&] {
                        for (const Octets& extension : extensions) {
                            w.raw(extension);
                        }
                    });
                });
            }
        });
    });
}

CertificateBuilder::Octets CertificateBuilder::finish(std::span<const std::uint8_t> signature_value) const {
    const Octets tbs = to_be_signed();
    return der::encode([&](Writer& w) {
        w.sequence([&] {
            w.raw(tbs);
            w.raw(signature);
            w.bit_string(signature_value);
        });
    });
}

} // namespace scep::x509
