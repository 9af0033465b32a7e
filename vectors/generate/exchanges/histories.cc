#include <vectors/generate/exchanges/rows.h>

#include <scepcodec/der/writer.h>
#include <scepcodec/x509/oids.h>

#include <array>

namespace sceplab::vectors {

namespace {

using scep::der::Writer;

// cRLDistributionPoints with one URI (RFC 5280, 4.2.1.13).
Octets crl_location() {
    const std::string_view uri = "http://ca.example/crl";
    const auto wrapped = [](std::uint8_t tag, const Octets& content) {
        Octets out{tag, static_cast<std::uint8_t>(content.size())};
        out.insert(out.end(), content.begin(), content.end());
        return out;
    };
    Octets value = wrapped(0x86, Octets(uri.begin(), uri.end()));
    for (const std::uint8_t tag : std::array<std::uint8_t, 4>{0xa0, 0xa0, 0x30, 0x30}) {
        value = wrapped(tag, value);
    }
    return scep::build::encode_extension(scep::x509::oids::id_ce_cRLDistributionPoints, false, value);
}

}  // namespace

const Rows& history_rows() {
    static const Rows rows{
        {"a request to another host",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.host = "another.example";
             lab.play(plan);
         },
         {"client.configured-host"}},
        {"a GetCRL though the certificate tells where its CRL is",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.reply->content = lab.certificates({make({.issuer = &parties().ca,
                                                           .subject = parties().client.name(),
                                                           .public_key_info = parties().client.public_key_info(),
                                                           .more_extensions = {crl_location()}})});
             lab.play(plan);
             lab.play(lab.get_crl());
         },
         {"get-crl.last-resort"}},
        {"a GetCRL refused for a certificate that does not tell where its CRL is",
         [](Laboratory& lab) {
             lab.play(lab.enrolment());
             lab.ask_ca_certificate();
             auto plan = lab.get_crl();
             plan.reply = lab.reply(*plan.request, scep::PkiStatus::FAILURE);
             plan.reply->codes.fail_info = "2";
             lab.play(plan);
         },
         {"issued.crl-somewhere", "transaction-id.is-key-hash", "transaction-id.of-query-is-number"},
         "nourse"},
        {"a second operation without GetCACert",
         [](Laboratory& lab) {
             lab.play(lab.enrolment());
             lab.play(lab.get_cert());
         },
         {"ca-certificates.fetched-anew", "transaction-id.is-key-hash", "transaction-id.of-query-is-number"},
         "nourse"},
    };
    return rows;
}

}  // namespace sceplab::vectors
