#include <vectors/generate/exchanges/changes.h>
#include <vectors/generate/exchanges/rows.h>

#include <scepcodec/der/writer.h>

namespace sceplab::vectors {

namespace {

// GetCACert with the CA's certificate and one of an RA.
void introduce_ra(Laboratory& lab) {
    ExchangePlan plan;
    plan.method = "GET";
    plan.target = "/cgi-bin/pkiclient.exe?operation=GetCACert";
    const Octets ra = make({.issuer = &parties().ca, .subject = common_name("RA"), .public_key_info = parties().other.public_key_info(), .serial = 2});
    plan.reply_body = lab.certificates({lab.ca_certificate(), ra});
    lab.play(plan);
}

}  // namespace

void poll_naming(Laboratory& lab, OctetsView issuer, OctetsView subject) {
    const auto first = lab.pending();
    auto second = lab.poll(first, scep::PkiStatus::PENDING);
    second.request->content = scep::build::encode_issuer_and_subject(issuer, subject);
    lab.play(first);
    lab.play(second);
}

const Rows& named_ca_rows() {
    static const Rows rows{
        {"a CertPoll that names its own client as issuer",
         [](Laboratory& lab) { poll_naming(lab, parties().client.name(), parties().client.name()); },
         {"poll.issuer-is-ca"}},
        {"a CertPoll that names the RA",
         [](Laboratory& lab) {
             introduce_ra(lab);
             poll_naming(lab, common_name("RA"), parties().client.name());
         },
         {"get-ca-cert.stable", "poll.issuer-is-ca"}},
        {"a CertPoll for another subject",
         [](Laboratory& lab) { poll_naming(lab, parties().ca.name(), parties().other.name()); },
         {"poll.subject-is-requested"}},
        {"a CertPoll for the subject in other letters",
         [](Laboratory& lab) { poll_naming(lab, parties().ca.name(), common_name("DEVICE")); },
         {},
         "rfc8894", "Names are compared without regard to case (RFC 5280, 7.1): it is the subject of the enrolment."},
        {"a GetCert for the certificate of another CA",
         [](Laboratory& lab) {
             auto plan = lab.get_cert();
             plan.request->content = scep::cms::encode_issuer_and_serial_number(parties().next_ca.name(), integer_content(4660));
             plan.reply = lab.reply(*plan.request, scep::PkiStatus::FAILURE);
             plan.reply->codes.fail_info = "4";
             lab.play(plan);
         },
         {"query.issuer-is-ca"}},
        {"a CertificationRequest without octets of a key",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.request->content = lab.csr(parties().client, [](auto& builder) {
                 const auto key = parties().client.public_key_info();
                 const auto info = *scep::x509::SubjectPublicKeyInfo::decode(scep::der::Input(key));
                 builder.subject_pk_info = scep::der::encode([&](scep::der::Writer& w) {
                     w.sequence([&] {
                         w.raw(info.algorithm.whole.octets());
                         w.bit_string(Octets{});
                     });
                 });
             });
             plan.reply = lab.reply(*plan.request, scep::PkiStatus::FAILURE);
             plan.reply->codes.fail_info = "2";
             lab.play(plan);
         },
         {"csr.public-key-present", "enrolment.signer-has-key"}},
        {"no challengePassword, and the CA wants a secret",
         [](Laboratory& lab) {
             lab.local.secret_required = true;
             auto plan = lab.enrolment();
             plan.request->content = lab.csr(parties().client, [](auto& builder) { builder.challenge_password.reset(); });
             lab.play(plan);
         },
         {"csr.challenge-password-present", "csr.challenge-password-where-required", "issued.secret-asked"}},
        {"no challengePassword, and the CA wants none",
         [](Laboratory& lab) {
             lab.local.secret_required = false;
             auto plan = lab.renewal();
             lab.play(plan);
         },
         {},
         "rfc8894", "Where no secret is required its absence is no fault."},
    };
    return rows;
}

const Rows& refusal_rows() {
    static const Rows rows{
        {"SUCCESS to messageType 23",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.request->codes.message_type = "23";
             lab.play(plan);
         },
         {"message-type.known", "message-type.unknown-refused"}},
        {"badTime to messageType 23",
         [](Laboratory& lab) {
             auto plan = lab.refused(scep::FailInfo::badAlg);
             plan.request->codes.message_type = "23";
             plan.request->cipher = ContentCipher::des_ede3_cbc;
             lab.play(plan);
         },
         {"algorithm.aes-when-announced", "fail-info.bad-request-named", "message-type.known"}},
        {"SUCCESS to a messageType that both agreed upon",
         [](Laboratory& lab) {
             lab.local.private_message_types = {23};
             auto plan = lab.enrolment();
             plan.request->codes.message_type = "23";
             lab.play(plan);
         },
         {},
         "rfc8894", "23 is a messageType of their own to this client and this CA, as their facts say, and may be granted."},
        {"badTime to a signingTime of now",
         [](Laboratory& lab) {
             auto plan = lab.refused(scep::FailInfo::badTime);
             plan.time = now - 1;
             plan.request->transaction.signing_time = now - 2;
             lab.play(plan);
         },
         {"fail-info.bad-time-is-far"}},
        {"badTime to a signingTime of last year",
         [](Laboratory& lab) {
             auto plan = lab.refused(scep::FailInfo::badTime);
             plan.request->transaction.signing_time = now - 365 * 86'400;
             lab.play(plan);
         },
         {"signing-time.near"}},
        {"a CertRep to octets that are no message",
         [](Laboratory& lab) {
             auto plan = lab.refused();
             plan.request_body = Octets{'h', 'e', 'l', 'l', 'o'};
             lab.play(plan);
         },
         {"message.decodes", "reply.to-readable-request"}},
        {"FAILURE without a signer",
         [](Laboratory& lab) {
             auto plan = lab.refused();
             plan.reply_body = lab.certificates({});
             lab.play(plan);
         },
         {"certificates-only.not-empty", "message.signed"}},
    };
    return rows;
}

}  // namespace sceplab::vectors
