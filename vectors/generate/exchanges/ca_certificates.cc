#include <vectors/generate/exchanges/changes.h>
#include <vectors/generate/exchanges/rows.h>

#include <scepcodec/botan/verify.h>
#include <scepcodec/x509/oids.h>

namespace sceplab::vectors {

namespace {

namespace oids = scep::x509::oids;
using scep::der::Input;

Octets root() { return parties().next_ca.self_signed_ca(); }

// The CA's certificate as the root issues it.
CertificatePlan intermediate() {
    return {.issuer = &parties().next_ca,
            .subject = parties().ca.name(),
            .public_key_info = parties().ca.public_key_info(),
            .serial = 77,
            .ca = true,
            .until = ca_not_after};
}

// The CA's own certificate, for other usages.
Octets ca_for(Octets usages) {
    return make({.issuer = &parties().ca,
                 .subject = parties().ca.name(),
                 .public_key_info = parties().ca.public_key_info(),
                 .serial = 1,
                 .ca = true,
                 .until = ca_not_after,
                 .key_usage = std::move(usages)});
}

// Another server, of which nothing is known.
constexpr const char* elsewhere = "another.example";

void get_ca_cert(Laboratory& lab, Octets body, std::string type) {
    lab.local.ca_host.reset();
    lab.local.ca_fingerprints.clear();
    ExchangePlan plan;
    plan.host = elsewhere;
    plan.method = "GET";
    plan.target = "/cgi-bin/pkiclient.exe?operation=GetCACert";
    plan.reply_body = std::move(body);
    plan.reply_fields = {{"Content-Type", std::move(type)}};
    lab.play(plan);
}

void chain(Laboratory& lab, const std::vector<Octets>& certificates) {
    get_ca_cert(lab, lab.certificates(certificates), "application/x-x509-ca-ra-cert");
}

// An exchange with that server, whose CA has another certificate.
ExchangePlan with_ca(ExchangePlan plan, const Octets& certificate) {
    plan.host = elsewhere;
    plan.request->recipients = {certificate};
    plan.reply->certificate = certificate;
    return plan;
}

void enrol_with(Laboratory& lab, const Octets& certificate) {
    get_ca_cert(lab, certificate, "application/x-x509-ca-cert");
    lab.play(with_ca(lab.enrolment(), certificate));
}

}  // namespace

void play_capabilities(Laboratory& lab, std::string_view text) {
    ExchangePlan plan;
    plan.method = "GET";
    plan.target = "/cgi-bin/pkiclient.exe?operation=GetCACaps";
    plan.reply_body = Octets(text.begin(), text.end());
    lab.play(plan);
}

const Rows& ca_certificate_rows() {
    static const Rows rows{
        {"a bare intermediate certificate",
         [](Laboratory& lab) { get_ca_cert(lab, make(intermediate()), "application/x-x509-ca-cert"); },
         {"ca-certificates.whole-chain"}},
        {"an intermediate certificate with its root",
         [](Laboratory& lab) {
             chain(lab, {make(intermediate()), root()});
             lab.play(with_ca(lab.enrolment(), make(intermediate())));
         },
         {},
         "rfc8894", "The CA is an intermediate one and its chain comes whole, root included."},
        {"a CA certificate of another fingerprint",
         [](Laboratory& lab) { lab.local.ca_fingerprints = {{evidence::FingerprintHash::sha256, Octets(32, 0x11)}}; },
         {"ca-certificates.fingerprint"}},
        {"an enrolment with a CA of another fingerprint",
         [](Laboratory& lab) {
             lab.local.ca_fingerprints = {{evidence::FingerprintHash::sha256, Octets(32, 0x11)}};
             lab.play(lab.enrolment());
         },
         {"ca-certificates.fingerprint", "client.authenticates-ca"}},
        {"a fingerprint by SHA-1",
         [](Laboratory& lab) {
             const auto digest = scep::botan::digest({Input(oids::id_sha1.content())}, lab.ca_certificate());
             lab.local.ca_fingerprints = {{evidence::FingerprintHash::sha1, *digest}};
         },
         {"ca-certificates.fingerprint-strong"}},
        {"an RA's answer without an RA",
         [](Laboratory& lab) { chain(lab, {lab.ca_certificate(), root()}); },
         {"ca-certificates.ra-present"},
         "nourse"},
        {"a CA with a short key",
         [](Laboratory& lab) {
             chain(lab, {lab.ca_certificate(), make({.issuer = &parties().ca,
                                                     .subject = common_name("Short CA"),
                                                     .public_key_info = parties().short_client.public_key_info(),
                                                     .ca = true})});
         },
         {"ca-certificates.key-length"}},
        {"a CA that may not sign messages", [](Laboratory& lab) { enrol_with(lab, ca_for({0x26})); }, {"ca.usage-digital-signature"}},
        {"a CA that may not be encrypted for", [](Laboratory& lab) { enrol_with(lab, ca_for({0x86})); }, {"ca.usage-key-encipherment"}},
        {"a CA that may sign neither certificates nor CRLs", [](Laboratory& lab) { enrol_with(lab, ca_for({0xa0})); }, {"ca.usage-cert-sign", "issued.chains-to-ca"}},
        {"a request for an intermediate certificate that has expired",
         [](Laboratory& lab) {
             auto plan = intermediate();
             plan.until = now - 1;
             chain(lab, {make(plan), root()});
             lab.play(with_ca(lab.enrolment(), make(plan)));
         },
         {"issued.chains-to-ca", "recipient.ca-certificate-verified"}},
        {"a request for an intermediate certificate that its issuer did not sign",
         [](Laboratory& lab) {
             Octets certificate = make(intermediate());
             certificate.back() ^= 1;
             chain(lab, {certificate, root()});
             lab.play(with_ca(lab.enrolment(), certificate));
         },
         {"issued.chains-to-ca", "recipient.ca-certificate-verified"}},
        {"a request for the CA where there is an RA",
         [](Laboratory& lab) {
             chain(lab, {lab.ca_certificate(),
                         make({.issuer = &parties().ca, .subject = common_name("RA"), .public_key_info = parties().other.public_key_info()})});
             lab.play(with_ca(lab.enrolment(), lab.ca_certificate()));
         },
         {"recipient.ra-where-there-is-one", "transaction-id.is-key-hash"},
         "nourse"},
        {"a GetCRL with the serial number of the CA itself",
         [](Laboratory& lab) {
             chain(lab, {make(intermediate()), root()});
             auto plan = with_ca(lab.get_crl(), make(intermediate()));
             plan.request->content = scep::cms::encode_issuer_and_serial_number(parties().ca.name(), integer_content(77));
             lab.play(plan);
         },
         {"query.serial-of-subject"}},
    };
    return rows;
}

const Rows& offer_rows() {
    static const Rows rows{
        {"MD5 among the capabilities",
         [](Laboratory& lab) { lab.ask_capabilities("GetNextCACert\nMD5\nRenewal\nSCEPStandard\n"); },
         {"capabilities.no-des-md5"}},
        {"a private capability without a prefix",
         [](Laboratory& lab) { lab.ask_capabilities("FastPoll\nGetNextCACert\nRenewal\nSCEPStandard\n"); },
         {"capabilities.private-prefix"}},
        {"a private capability with a prefix",
         [](Laboratory& lab) { lab.ask_capabilities("Example.com-FastPoll\nGetNextCACert\nRenewal\nSCEPStandard\n"); },
         {},
         "rfc8894", "A keyword with the domain of its owner before it; a client passes over what it does not know."},
        {"SCEPStandard taken back",
         [](Laboratory& lab) { play_capabilities(lab, "AES\nGetNextCACert\nPOSTPKIOperation\nRenewal\nSHA-256\n"); },
         {"capabilities.no-downgrade"}},
        {"a POST that is not allowed",
         [](Laboratory& lab) {
             lab.ask_capabilities("AES\nSHA-256\n");
             auto plan = lab.enrolment();
             plan.status = 405;
             plan.reply_body = Octets{};
             lab.play(plan);
         },
         {"method.post-announced", "method.post-supported"}},
        {"a media type with a parameter",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.reply_fields = {{"Content-Type", "application/x-pki-message; charset=utf-8"}};
             lab.play(plan);
         },
         {"media-type.no-parameters"}},
        {"GetNextCACert without GetCACaps",
         [](Laboratory& lab) {
             lab.local.ca_host.reset();
             auto plan = lab.get_next_ca_cert();
             plan.host = elsewhere;
             lab.play(plan);
         },
         {"next-ca.capabilities-asked"},
         "nourse"},
    };
    return rows;
}

}  // namespace sceplab::vectors
