#include <vectors/generate/exchanges/changes.h>
#include <vectors/generate/exchanges/rows.h>

#include <scepcodec/x509/oids.h>

// Answers as servers and what stands before them give.
namespace sceplab::vectors {

using scep::PkiStatus;
namespace tag = scep::der::tag;
namespace x509_oids = scep::x509::oids;

namespace {

void refused_with(Laboratory& lab, std::string_view text) {
    auto plan = lab.enrolment();
    plan.reply_body = octets_of(text);
    plan.status = 500;
    lab.play(plan);
}

} // namespace

const Rows& answer_rows() {
    static const Rows rows{
        {"a web page to GetCACert",
         [](Laboratory& lab) { lab.play(get_ca_cert(lab, octets_of("<!DOCTYPE html><html>log in</html>"))); },
         {"field.no-web-page", "message.decodes"}},
        {"the page of NDES for people",
         [](Laboratory& lab) {
             lab.forget();
             lab.local.scep_path = "/certsrv/mscep_admin/";
             auto plan = get_ca_cert(lab, octets_of("<html><title>Network Device Enrollment Service</title></html>"));
             plan.target = "/certsrv/mscep_admin/?operation=GetCACert";
             lab.play(plan);
         },
         {"field.no-ndes-admin-page", "field.no-web-page", "message.decodes"}},
        {"ten line feeds to a PKIOperation",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.reply_body = octets_of("\n\n\n\n\n\n\n\n\n\n");
             lab.play(plan);
         },
         {"field.answer-not-blank", "message.decodes"}},
        {"HTTP 404 for another path",
         [](Laboratory& lab) {
             lab.forget();
             lab.local.scep_path = "/nothing";
             auto plan = get_ca_cert(lab, Octets{});
             plan.target = "/nothing?operation=GetCACert";
             plan.status = 404;
             lab.play(plan);
         },
         {"field.service-found", "get-ca-cert.http-status"}},
        {"HTTP 404 for pkiclient.exe",
         [](Laboratory& lab) {
             lab.forget();
             lab.local.scep_path = "/scep/pkiclient.exe";
             auto plan = get_ca_cert(lab, Octets{});
             plan.target = "/scep/pkiclient.exe?operation=GetCACert";
             plan.status = 404;
             lab.play(plan);
         },
         {"field.pkiclient-path-taken", "field.service-found", "get-ca-cert.http-status"}},
        {"HTTP 404 for a slash at the end",
         [](Laboratory& lab) {
             lab.forget();
             lab.local.scep_path = "/scep/";
             auto plan = get_ca_cert(lab, Octets{});
             plan.target = "/scep/?operation=GetCACert";
             plan.status = 404;
             lab.play(plan);
         },
         {"field.service-found", "field.trailing-slash-taken", "get-ca-cert.http-status"}},
        {"a GET of more than eight thousand octets",
         [](Laboratory& lab) {
             lab.ask_capabilities("AES\nSHA-256\n");
             auto plan = lab.enrolment();
             plan.method = "GET";
             plan.target += "&padding=" + std::string(6000, 'a');
             lab.play(plan);
         },
         {"field.target-length"}},
        {"HTTP 414",
         [](Laboratory& lab) {
             lab.ask_capabilities("AES\nSHA-256\n");
             auto plan = lab.enrolment();
             plan.method = "GET";
             plan.reply_body = Octets{};
             plan.status = 414;
             lab.play(plan);
         },
         {"field.target-length"}},
        {"the server read the base64 as BER",
         [](Laboratory& lab) {
             refused_with(lab, "asn1: structure error: tags don't match (16 vs {class:1 tag:13 length:73 isCompound:false})\n");
         },
         {"answer-text.undecoded-base64", "field.refused-by-cert-rep"}},
        {"the server cannot decode the base64",
         [](Laboratory& lab) { refused_with(lab, "illegal base64 data at input byte 1340\n"); },
         {"answer-text.base64", "field.refused-by-cert-rep"}},
        {"the server cannot read BER",
         [](Laboratory& lab) { refused_with(lab, "ber2der: Invalid BER format\n"); },
         {"answer-text.ber", "field.refused-by-cert-rep"}},
        {"the server finds another digest",
         [](Laboratory& lab) { refused_with(lab, "pkcs7: Message digest mismatch\n\tExpected: 00\n"); },
         {"answer-text.digest", "field.refused-by-cert-rep"}},
        {"the server does not know an algorithm",
         [](Laboratory& lab) {
             refused_with(lab, "pkcs7: cannot decrypt data: only RSA, DES, DES-EDE3, AES-256-CBC and AES-128-GCM supported\n");
         },
         {"answer-text.cipher", "field.refused-by-cert-rep"}},
        {"the server finds the signature wrong",
         [](Laboratory& lab) { refused_with(lab, "crypto/rsa: verification error\n"); },
         {"answer-text.signature", "field.refused-by-cert-rep"}},
        {"the server refuses the signer's certificate",
         [](Laboratory& lab) { refused_with(lab, "x509: authority key identifier incorrectly marked critical\n"); },
         {"answer-text.critical-key-identifier", "field.refused-by-cert-rep"}},
        {"the server does not know the messageType",
         [](Laboratory& lab) { refused_with(lab, "not implemented\n"); },
         {"answer-text.poll", "field.refused-by-cert-rep"}},
        {"an HRESULT of Microsoft's server",
         [](Laboratory& lab) {
             auto plan = lab.refused();
             plan.reply->signed_data = [](auto& builder) {
                 set_attribute(builder, scep::der::oid("1.3.6.1.4.1.311.21.33"), {string_value(tag::PrintableString, "-2147024809")});
             };
             lab.play(plan);
         },
         {"field.ndes-takes-algorithms", "producer.encodes-like", "vendor.microsoft-hresult"}},
        {"a request of certmonger",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             // 2 to the power of 248, as serial number and in decimal digits.
             Octets serial(32, 0);
             serial[0] = 1;
             plan.request->certificate = self_signed(serial, {});
             plan.request->transaction.transaction_id = "452312848583266388373324160190187140051835877600158453279131187530910662656";
             plan.reply->transaction.transaction_id = plan.request->transaction.transaction_id;
             plan.reply->recipients = {plan.request->certificate};
             lab.play(plan);
         },
         {"producer.encodes-like"}},
    };
    return rows;
}

} // namespace sceplab::vectors
