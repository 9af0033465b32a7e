#include <vectors/generate/exchanges/rows.h>
#include <vectors/generate/parts.h>

#include <scepcodec/cms/oids.h>
#include <scepcodec/cms/signed_data.h>
#include <scepcodec/der/writer.h>

// What the documents leave free in messages and attributes: nothing may fire.
namespace sceplab::vectors {

namespace {

Octets attribute(const scep::der::OidConstant& type, scep::der::Tag tag, std::string_view text) {
    return scep::cms::encode_attribute(type, string_value(tag, text));
}

Octets indefinite(const Octets& value) {
    const auto header = *scep::der::read_header(scep::der::Input(value));
    Octets out{value[0], 0x80};
    out.insert(out.end(), value.begin() + header.size, value.end());
    out.insert(out.end(), {0, 0});
    return out;
}

// ContentInfo, [0], SignedData and eContent as stacks that write streams have them.
Octets in_ber(const Octets& message) {
    namespace tag = scep::der::tag;
    const auto info = *scep::cms::ContentInfo::decode(scep::der::Input(message));
    const auto data = *scep::cms::SignedData::decode(info.content->whole());
    const auto content = data.encap_content_info.e_content->contiguous();
    Octets in_parts = scep::der::encode([&](scep::der::Writer& w) {
        w.octet_string(content->slice(0, 100).octets());
        w.octet_string(content->from(100).octets());
    });
    in_parts.insert(in_parts.begin(), {0x24, 0x80});
    in_parts.insert(in_parts.end(), {0, 0});
    Octets signed_data = scep::der::encode([&](scep::der::Writer& w) {
        w.sequence([&] {
            w.integer(1);
            w.raw(data.digest_algorithms.whole().octets());
            w.sequence([&] {
                w.oid(data.encap_content_info.e_content_type);
                w.constructed(tag::context_constructed(0), [&] { w.raw(in_parts); });
            });
            w.raw(data.certificates->whole().octets());
            w.raw(data.signer_infos.whole().octets());
        });
    });
    signed_data = indefinite(signed_data);
    return indefinite(scep::der::encode([&](scep::der::Writer& w) {
        w.sequence([&] {
            w.oid(info.content_type);
            w.raw(indefinite(scep::der::encode([&](scep::der::Writer& inner) { inner.constructed(tag::context_constructed(0), [&] { inner.raw(signed_data); }); })));
        });
    }));
}

}  // namespace

const Rows& guard_rows_message() {
    static const Rows rows{
        {"a CertRep without certificates",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.reply->certificate_included = false;
             lab.play(plan);
         },
         {"field.reply-has-certificates"}},
        {"attributes that SCEP does not know",
         [](Laboratory& lab) {
             auto plan = lab.refused();
             const auto randomNonce = scep::der::oid("1.2.840.113549.1.9.25.3");
             const auto microsoft = scep::der::oid("1.3.6.1.4.1.311.21.33");
             plan.request->transaction.other_attributes = {attribute(randomNonce, scep::der::tag::OCTET_STRING, "0123456789abcdef")};
             plan.reply->transaction.other_attributes = {attribute(microsoft, scep::der::tag::PrintableString, "-2147024809")};
             lab.play(plan);
         },
         {"field.ndes-takes-algorithms", "producer.encodes-like", "vendor.microsoft-hresult"}},
        {"attributes before and between those of SCEP",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             for (auto* message : {&*plan.request, &*plan.reply}) {
                 message->transaction.other_attributes = {attribute(scep::der::oid("0.9"), scep::der::tag::UTF8String, ""),
                                                          attribute(scep::der::oid("2.999.1"), scep::der::tag::UTF8String, "between"),
                                                          attribute(scep::der::oid("2.16.840.1.113733.1.6.11"), scep::der::tag::UTF8String, "x")};
             }
             lab.play(plan);
         },
         {}},
        {"a transactionID that a CA gave out",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.request->transaction.transaction_id = "0";
             plan.reply->transaction.transaction_id = "0";
             lab.play(plan);
         },
         {}},
        {"CertPolls with and without the nonce of the CertRep before them",
         [](Laboratory& lab) {
             const auto first = lab.pending();
             auto second = lab.poll(first, scep::PkiStatus::PENDING);
             second.request->transaction.recipient_nonce = first.reply->transaction.sender_nonce;
             lab.play(first);
             lab.play(second);
             lab.play(lab.poll(first, scep::PkiStatus::PENDING));
             lab.play(lab.poll(first, scep::PkiStatus::SUCCESS));
         },
         {}},
        {"the CA's certificate beside the issued one",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             SignedDataParts parts;
             parts.e_content_type = scep::der::encode([](scep::der::Writer& w) { w.oid(scep::cms::oids::id_data); });
             parts.certificates = {lab.issued(parties().client), lab.ca_certificate()};
             plan.reply->content = put_together(parts);
             lab.play(plan);
         },
         {}},
        {"a failInfoText",
         [](Laboratory& lab) {
             auto plan = lab.refused();
             plan.reply->codes.fail_info_text = "kein Schlüssel, 鍵なし";
             lab.play(plan);
         },
         {}},
        {"a signingTime",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.request->transaction.signing_time = now - 5;
             plan.reply->transaction.signing_time = now;
             lab.play(plan);
         },
         {}},
        {"a GetCert signed with a self-signed certificate", [](Laboratory& lab) { lab.play(lab.get_cert()); }, {}},
        {"BER around DER",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.request->octets = [](Octets& message) { message = in_ber(message); };
             plan.reply->octets = [](Octets& message) { message = in_ber(message); };
             lab.play(plan);
         },
         {"field.content-in-parts", "field.content-in-parts", "field.indefinite-lengths", "field.indefinite-lengths"}},
    };
    return rows;
}

}  // namespace sceplab::vectors
