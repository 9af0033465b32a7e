#include <vectors/generate/exchanges/changes.h>
#include <vectors/generate/exchanges/rows.h>

#include <scepcodec/der/writer.h>
#include <scepcodec/scep/oids.h>
#include <scepcodec/x509/build.h>

#include <algorithm>
#include <array>

// What client and CA choose within what is allowed: algorithms, certificates, when to ask and how to answer.
namespace sceplab::vectors {

using scep::PkiStatus;
using scep::der::Writer;

namespace {

constexpr std::int64_t day = 24 * 3600;

void enrol(Laboratory& lab, const std::function<void(ExchangePlan&)>& change) {
    auto plan = lab.enrolment();
    change(plan);
    lab.play(plan);
}

// A certificate of nobody that the CA knows.
Octets stranger() {
    return make({.issuer = &parties().other, .subject = common_name("stranger"), .public_key_info = parties().client.public_key_info()});
}

// An empty CertificateList of the CA with these times.
Octets crl(std::int64_t this_update, std::int64_t next_update) {
    scep::botan::Signer& signer = parties().ca.signer();
    const Octets list = scep::der::encode([&](Writer& w) {
        w.sequence([&] {
            w.integer(1);
            w.raw(signer.certificate_signature_algorithm());
            w.raw(parties().ca.name());
            w.time(this_update);
            w.time(next_update);
        });
    });
    const Octets signature = *signer.sign(list);
    return scep::der::encode([&](Writer& w) {
        w.sequence([&] {
            w.raw(list);
            w.raw(signer.certificate_signature_algorithm());
            w.bit_string(signature);
        });
    });
}

void ask_crl(Laboratory& lab, const Octets& list) {
    auto plan = lab.get_crl();
    plan.reply->content = lab.certificates({}, {list});
    lab.play(plan);
}

// The issuer's name of the recipient written otherwise, in as many octets.
std::function<void(scep::cms::EnvelopedDataParts&)> issuer_written(const Octets& name, const Octets& otherwise) {
    return [name, otherwise](scep::cms::EnvelopedDataParts& parts) {
        Octets& info = parts.recipient_infos.at(0);
        std::copy(otherwise.begin(), otherwise.end(), std::search(info.begin(), info.end(), name.begin(), name.end()));
    };
}

// A client of two RDNs, and a reply to it that names them from the end.
void recipient_in_reverse(Laboratory& lab) {
    using scep::build::NamePart;
    const NamePart organization{scep::der::oid("2.5.4.10"), "device maker"};
    const NamePart common{scep::der::oid("2.5.4.3"), "device"};
    const Octets name = scep::build::encode_name(std::array{organization, common});
    enrol(lab, [&](auto& plan) {
        const Party& client = parties().client;
        plan.request->content = lab.csr(client, [&](auto& builder) { builder.subject = name; });
        plan.request->certificate = *scep::botan::self_signed_certificate(client.signer(), name, not_before, not_after);
        plan.reply->recipients = {plan.request->certificate};
        plan.reply->content = lab.certificates({make({.issuer = &parties().ca, .subject = name, .public_key_info = client.public_key_info()})});
        plan.reply->envelope = issuer_written(name, scep::build::encode_name(std::array{common, organization}));
    });
}

}  // namespace

ExchangePlan ca_certificates(Octets answer) {
    ExchangePlan plan;
    plan.method = "GET";
    plan.target = "/cgi-bin/pkiclient.exe?operation=GetCACert";
    plan.reply_body = std::move(answer);
    return plan;
}

ExchangePlan next_ca(Laboratory& lab, scep::cms::SignedDataBuilder builder) {
    auto plan = lab.get_next_ca_cert();
    plan.reply_body = *scep::botan::sign(std::move(builder), parties().ca.signer(), {lab.ca_certificate()});
    return plan;
}

Octets next_ca_certificate(std::int64_t until) {
    const Party& next = parties().next_ca;
    return make({.issuer = &next, .subject = next.name(), .public_key_info = next.public_key_info(), .serial = 1, .ca = true, .until = until});
}

const Rows& algorithm_choice_rows() {
    static const Rows rows{
        {"a request in AES-256",
         [](Laboratory& lab) { enrol(lab, [](auto& plan) { plan.request->cipher = ContentCipher::aes256_CBC; }); },
         {"algorithm.aes-is-128-cbc"}},
        {"a reply over SHA-512",
         [](Laboratory& lab) { enrol(lab, [](auto& plan) { plan.reply->digest = Digest::sha512; }); },
         {"algorithm.sha2-is-256"}},
        {"AES to a CA that has DES3",
         [](Laboratory& lab) {
             lab.ask_capabilities("DES3\nPOSTPKIOperation\nSHA-256\nSHA-1\n");
             lab.play(lab.enrolment());
         },
         {"algorithm.announced", "capabilities.of-the-standard"}},
        {"SHA-256 to a CA that has SHA-1",
         [](Laboratory& lab) {
             lab.ask_capabilities("AES\nPOSTPKIOperation\nSHA-1\n");
             lab.play(lab.enrolment());
         },
         {"algorithm.announced"}},
        {"MD5 to a CA that has SHA-1",
         [](Laboratory& lab) {
             lab.ask_capabilities("AES\nPOSTPKIOperation\nSHA-1\n");
             enrol(lab, [](auto& plan) {
                 plan.request->digest = Digest::md5;
                 plan.reply->digest = Digest::sha1;
             });
         },
         {"algorithm.no-md5", "algorithm.sha-when-announced", "field.sha1-reply"}},
        {"triple DES and SHA-1 in answer to AES and SHA-256",
         [](Laboratory& lab) {
             enrol(lab, [](auto& plan) {
                 plan.reply->cipher = ContentCipher::des_ede3_cbc;
                 plan.reply->digest = Digest::sha1;
             });
         },
         {"algorithm.reply-not-weaker", "algorithm.reply-not-weaker", "field.sha1-reply"}},
    };
    return rows;
}

const Rows& get_ca_cert_rows() {
    static const Rows rows{
        {"a stranger among the CA's certificates",
         [](Laboratory& lab) {
             auto plan = ca_certificates(lab.certificates({lab.ca_certificate(), stranger()}));
             plan.target += "&message=other";
             lab.play(plan);
         },
         {"ca-certificates.whole-chain", "field.ca-not-named", "get-ca-cert.leaves-belong"}},
        {"another CA certificate the second time",
         [](Laboratory& lab) { lab.play(ca_certificates(next_ca_certificate(not_after))); },
         {"ca-certificates.fingerprint", "get-ca-cert.stable"}},
        {"a next CA that ends before the current one",
         [](Laboratory& lab) {
             lab.play(next_ca(lab, scep::build::next_ca_cert(lab.certificates({next_ca_certificate(not_after - day)}))));
         },
         {"next-ca.takes-over"}},
        {"transaction attributes beside the next CA",
         [](Laboratory& lab) {
             auto builder = scep::build::next_ca_cert(lab.certificates({next_ca_certificate(not_after + 4000 * day)}));
             builder.signed_attrs.push_back(
                 scep::cms::encode_attribute(scep::oids::transactionID, std::vector{string_value(scep::der::tag::PrintableString, "1")}));
             lab.play(next_ca(lab, std::move(builder)));
         },
         {"next-ca.no-transaction-attributes"}},
        {"the next CA in a SignedData of version 3",
         [](Laboratory& lab) {
             auto plan = lab.get_next_ca_cert();
             changing([](SignedDataParts& parts) { parts.version = 3; })(*plan.reply_body);
             lab.play(plan);
         },
         {"version.signed-data"}},
        {"a next CA in BER",
         [](Laboratory& lab) {
             // 30 82 LL LL to 30 83 00 LL LL
             Octets inner = lab.certificates({next_ca_certificate(not_after + 4000 * day)});
             inner[1] = 0x83;
             inner.insert(inner.begin() + 2, 0);
             lab.play(next_ca(lab, scep::build::next_ca_cert(inner)));
         },
         {"next-ca.inner-der"}},
    };
    return rows;
}

const Rows& poll_matching_rows() {
    static const Rows rows{
        {"an enrolment while another is pending",
         [](Laboratory& lab) {
             lab.play(lab.pending());
             lab.play(lab.enrolment());
         },
         {"transaction.one-outstanding"}},
        {"an enrolment after the pending one was refused",
         [](Laboratory& lab) {
             const auto first = lab.pending();
             lab.play(first);
             lab.play(lab.poll(first, PkiStatus::FAILURE));
             lab.play(lab.enrolment());
         },
         {}},
        {"a CRL that has ended", [](Laboratory& lab) { ask_crl(lab, crl(not_before, now - day)); }, {"get-crl.current"}},
        {"a CRL of tomorrow", [](Laboratory& lab) { ask_crl(lab, crl(now + day, not_after)); }, {"get-crl.current"}},
        {"a CRL older than the one before",
         [](Laboratory& lab) {
             ask_crl(lab, crl(now - day, not_after));
             ask_crl(lab, crl(now - 2 * day, not_after));
         },
         {"get-crl.not-older"}},
    };
    return rows;
}

const Rows& habit_rows() {
    static const Rows rows{
        {"badRequest to a RenewalReq that was announced",
         [](Laboratory& lab) {
             auto plan = lab.renewal();
             plan.reply = lab.reply(*plan.request, PkiStatus::FAILURE);
             plan.reply->codes.fail_info = "2";
             lab.play(plan);
         },
         {"renewal.accepted-when-announced"}},
        {"extensions by the extensionReq of the drafts",
         [](Laboratory& lab) {
             enrol(lab, [&](auto& plan) {
                 plan.request->content = lab.csr(parties().client, [](auto& builder) {
                     const Octets extensions = scep::der::encode([](Writer& w) { w.sequence([] {}); });
                     builder.other_attributes.push_back(scep::cms::encode_attribute(scep::oids::extensionReq, std::vector{extensions}));
                 });
             });
         },
         {"csr.no-old-extension-request"}},
        {"a request that an RA signs",
         [](Laboratory& lab) {
             enrol(lab, [&](auto& plan) {
                 plan.request->signer = &parties().other;
                 plan.request->certificate = lab.issued(parties().other, 77);
                 plan.reply->recipients = {plan.request->certificate};
             });
         },
         {"enrolment.signed-for-itself", "renewal.has-renewal-type"}},
        {"a recipient in other letters", 
         [](Laboratory& lab) {
             enrol(lab, [](auto& plan) { plan.request->envelope = issuer_written(parties().ca.name(), common_name("TEST CA")); });
         },
         {"recipient.name-as-written"}},
        {"a recipient from the end", recipient_in_reverse, {"recipient.name-as-written", "recipient.reply-to-signer"}},
    };
    return rows;
}

}  // namespace sceplab::vectors
