#include <vectors/generate/exchanges/changes.h>
#include <vectors/generate/exchanges/rows.h>

#include <scepcodec/der/reader.h>

// The BER twins of messages: the same values in encodings that BER allows and DER does not.
namespace sceplab::vectors {

using scep::PkiStatus;

namespace {

using scep::der::Input;

// Constructed values down to that many levels in indefinite lengths; what is below stays as it is.
Octets indefinite(Input value, int levels) {
    const auto header = *scep::der::read_header(value);
    if (levels == 0 || !header.tag.constructed()) {
        return {value.begin(), value.end()};
    }
    Octets out{*value.begin(), 0x80};
    for (Input rest = value.from(header.size); !rest.empty();) {
        const auto inner = *scep::der::read_header(rest);
        const Octets element = indefinite(rest.slice(0, inner.size + inner.length), levels - 1);
        out.insert(out.end(), element.begin(), element.end());
        rest = rest.from(inner.size + inner.length);
    }
    out.insert(out.end(), {0, 0});
    return out;
}

// The length in one octet more than it needs.
Octets long_length(const Octets& value) {
    const auto header = *scep::der::read_header(Input(value));
    Octets out{value[0], 0x83, static_cast<std::uint8_t>(header.length >> 16), static_cast<std::uint8_t>(header.length >> 8),
               static_cast<std::uint8_t>(header.length)};
    out.insert(out.end(), value.begin() + header.size, value.end());
    return out;
}

// ContentInfo, [0], SignedData; and with the fields of SignedData, below which the signed and the certified octets begin.
constexpr int to_signed_data = 3;

void outer(Octets& message) { message = indefinite(Input(message), to_signed_data); }
void inner(scep::cms::SignedDataBuilder& builder) {
    if (builder.e_content) {
        builder.e_content = indefinite(Input(*builder.e_content), to_signed_data);
    }
}
void stretched(Octets& message) { message = long_length(message); }

ExchangePlan changed(ExchangePlan plan, bool request, bool reply, void (*octets)(Octets&),
                     void (*signed_data)(scep::cms::SignedDataBuilder&)) {
    for (const auto& [message, change] : {std::pair{&plan.request, request}, std::pair{&plan.reply, reply}}) {
        if (change) {
            (*message)->octets = octets;
            (*message)->signed_data = signed_data;
        }
    }
    return plan;
}

} // namespace

const Rows& twin_rows() {
    static const Rows rows{
        {"a request in indefinite lengths, outside",
         [](Laboratory& lab) { lab.play(changed(lab.enrolment(), true, false, outer, nullptr)); },
         {"field.indefinite-lengths"},
         "rfc8894",
         "ContentInfo, its [0] and SignedData end in end-of-contents octets, as streaming encoders write them; the certificate and the "
         "signed attributes stay DER."},
        {"a request in indefinite lengths, inside",
         [](Laboratory& lab) { lab.play(changed(lab.enrolment(), true, false, nullptr, inner)); },
         {"field.indefinite-envelope"},
         "rfc8894",
         "The EnvelopedData inside of the SignedData is BER; messageDigest covers these octets as they are, and a decoder that re-encodes "
         "before it digests breaks the signature."},
        {"a request in indefinite lengths, outside and inside",
         [](Laboratory& lab) { lab.play(changed(lab.enrolment(), true, false, outer, inner)); },
         {"field.indefinite-lengths"},
         "rfc8894",
         "Both layers are BER: each has to be read on its own, for the inner one is an OCTET STRING to the outer."},
        {"a reply in indefinite lengths, outside",
         [](Laboratory& lab) { lab.play(changed(lab.enrolment(), false, true, outer, nullptr)); },
         {"field.indefinite-lengths"},
         "rfc8894",
         "Servers in Java and .NET stream their replies so; clients that read DER alone see no message."},
        {"a reply in indefinite lengths, inside",
         [](Laboratory& lab) { lab.play(changed(lab.enrolment(), false, true, nullptr, inner)); },
         {"field.indefinite-envelope"},
         "rfc8894",
         "The envelope of the reply is BER inside of a DER SignedData."},
        {"a request and a reply in indefinite lengths, outside and inside",
         [](Laboratory& lab) { lab.play(changed(lab.enrolment(), true, true, outer, inner)); },
         {"field.indefinite-lengths", "field.indefinite-lengths"},
         "rfc8894",
         "A whole exchange in BER gives what its DER gives."},
        {"a request whose outermost length has a leading zero octet",
         [](Laboratory& lab) { lab.play(changed(lab.enrolment(), true, false, stretched, nullptr)); },
         {},
         "rfc8894",
         "The length of the ContentInfo is in three octets where two are enough: BER allows it, DER does not, and nothing that is signed "
         "is touched."},
        {"a refusal in indefinite lengths",
         [](Laboratory& lab) { lab.play(changed(lab.refused(), false, true, outer, nullptr)); },
         {"field.indefinite-lengths"},
         "rfc8894",
         "A CertRep without content in BER: encapContentInfo has the type alone, and an end-of-contents octet is not a field of it."},
        {"a PENDING reply in indefinite lengths",
         [](Laboratory& lab) { lab.play(changed(lab.pending(), false, true, outer, nullptr)); },
         {"field.indefinite-lengths"},
         "rfc8894",
         "The reply to a request that waits, in BER."},
        {"a renewal in indefinite lengths",
         [](Laboratory& lab) { lab.play(changed(lab.renewal(), true, true, outer, inner)); },
         {"field.indefinite-lengths", "field.indefinite-lengths"},
         "rfc8894",
         "A RenewalReq and its answer in BER."},
        {"a GetCRL in indefinite lengths",
         [](Laboratory& lab) { lab.play(changed(lab.get_crl(), true, true, outer, inner)); },
         {"field.indefinite-lengths", "field.indefinite-lengths"},
         "rfc8894",
         "A query and its answer in BER; the CRL inside keeps the octets that its issuer signed."},
        {"a GetCert in indefinite lengths",
         [](Laboratory& lab) { lab.play(changed(lab.get_cert(), true, true, outer, inner)); },
         {"field.indefinite-lengths", "field.indefinite-lengths"},
         "rfc8894",
         "A query for a certificate and its answer in BER."},
        {"the next CA's certificate in indefinite lengths",
         [](Laboratory& lab) {
             auto plan = lab.get_next_ca_cert();
             outer(*plan.reply_body);
             lab.play(plan);
         },
         {"field.indefinite-lengths"},
         "rfc8894",
         "The outer SignedData of GetNextCACert in BER."},
        {"a message by GET in indefinite lengths",
         [](Laboratory& lab) {
             lab.ask_capabilities("AES\nSHA-256\n");
             auto plan = changed(lab.enrolment(), true, false, outer, nullptr);
             plan.method = "GET";
             lab.play(plan);
         },
         {"field.base64-begins-mii", "field.indefinite-lengths"},
         "rfc8894",
         "The base64 of indefinite lengths begins with MIA and not with MII, by which a server knew base64."},
    };
    return rows;
}

} // namespace sceplab::vectors
