#include <vectors/generate/cms/signed.h>

#include <algorithm>

namespace sceplab::vectors {

namespace {

constexpr Result valid = Result::valid;
constexpr Result acceptable = Result::acceptable;
constexpr Result invalid = Result::invalid;

// Nothing repaired but the lengths around; what a signature covers is not touched, or the signature breaks with it.
std::vector<FieldChange> outside_of_what_is_signed() {
    std::vector<FieldChange> out;
    const auto append = [&](std::vector<FieldChange> more) { out.insert(out.end(), more.begin(), more.end()); };
    const auto but = [](std::vector<FieldChange> all, std::initializer_list<Change> others) {
        std::erase_if(all, [&](const FieldChange& each) { return std::ranges::find(others, each.change) != others.end(); });
        return all;
    };
    for (const std::string_view path :
         {"ContentInfo.contentType", "SignedData.version", "SignedData.encapContentInfo.eContentType", "SignedData.signerInfos[0].version",
          "SignedData.signerInfos[0].signature", "SignedData.signerInfos[0].signatureAlgorithm.algorithm",
          "SignedData.signerInfos[0].sid.serialNumber"}) {
        append(mandatory(path));
    }
    for (const std::string_view path :
         {"ContentInfo.content", "SignedData.encapContentInfo", "SignedData.signerInfos[0].signatureAlgorithm"}) {
        append(mandatory_constructed(path));
    }
    append(but(mandatory_constructed("SignedData.signerInfos[0].sid"), {Change::left_out}));
    // A NULL after the OID is its parameters, and so is another OID.
    append(mandatory("SignedData.signerInfos[0].digestAlgorithm"));
    append(but(mandatory("SignedData.signerInfos[0].digestAlgorithm.algorithm"), {Change::doubled}));
    append(mandatory("SignedData.signerInfos"));
    append({
        {"SignedData.signerInfos", Change::trailing, invalid, {}, "SignedData.signerInfos[1]"},
        {"SignedData.signerInfos[0].sid", Change::left_out, invalid, {}, "SignedData.signerInfos[0].sid.issuer"},
        {"SignedData.signerInfos[0].digestAlgorithm.algorithm", Change::doubled, acceptable,
         "The OID stands where parameters may; SHA-256 has none, so they mean nothing."},
        {"SignedData", Change::empty},
        {"SignedData", Change::other_tag, invalid, "The content of the ContentInfo is no SEQUENCE, so no SignedData, whatever it holds."},
        {"SignedData", Change::wrong_type},
        {"SignedData", Change::trailing},
        {"SignedData", Change::length_short},
        {"SignedData", Change::length_beyond},
        {"SignedData.version", Change::swapped, invalid, {}, "SignedData.version"},
        {"SignedData.digestAlgorithms", Change::left_out},
        {"SignedData.digestAlgorithms", Change::doubled},
        {"SignedData.digestAlgorithms",
         Change::empty,
         acceptable,
         "The set is empty though there is a signer. RFC 5652, 5.1 lets a verifier fail where the digest is not listed; one that reads the "
         "digest from here reads nothing.",
         {},
         {"SC018EmptyDigestAlgorithms"}},
        {"SignedData.digestAlgorithms", Change::other_tag},
        {"SignedData.digestAlgorithms", Change::wrong_type},
        {"SignedData.digestAlgorithms", Change::swapped, invalid, {}, "SignedData.digestAlgorithms"},
        {"SignedData.digestAlgorithms", Change::length_beyond},
        {"SignedData.digestAlgorithms[0]", Change::doubled, acceptable,
         "The same digest is listed twice; RFC 5652, 5.1 asks for no order and no number."},
        {"SignedData.digestAlgorithms[0]", Change::empty, invalid, {}, "SignedData.digestAlgorithms[0].algorithm"},
        {"SignedData.digestAlgorithms[0]", Change::other_tag},
        {"SignedData.digestAlgorithms[0]", Change::wrong_type},
        {"SignedData.digestAlgorithms[0].algorithm", Change::empty, invalid,
         "An OBJECT IDENTIFIER of no octets names no algorithm; one that compares its length first compares nothing and finds it equal.",
         "SignedData.digestAlgorithms[0].algorithm"},
        {"SignedData.digestAlgorithms[0].algorithm", Change::left_out},
        {"SignedData.digestAlgorithms[0].algorithm", Change::other_tag},
        {"SignedData.encapContentInfo", Change::swapped, invalid, {}, "-"},
        {"SignedData.encapContentInfo.eContent", Change::left_out, invalid,
         "The content is gone while the messageDigest is of what it was: a detached signature, of which nothing is to verify it by.", "-"},
        {"SignedData.encapContentInfo.eContent", Change::doubled},
        {"SignedData.encapContentInfo.eContent", Change::empty, invalid,
         "[0] is there and holds no OCTET STRING; absent content is written by leaving [0] out.", "SignedData.encapContentInfo.eContent"},
        {"SignedData.encapContentInfo.eContent", Change::other_tag, invalid, {}, "SignedData.encapContentInfo"},
        {"SignedData.encapContentInfo.eContent", Change::trailing},
        {"SignedData.encapContentInfo.eContent", Change::length_short},
        {"SignedData.encapContentInfo.eContent", Change::length_beyond},
        {"SignedData.encapContentInfo.eContent.value", Change::doubled, invalid,
         "Two OCTET STRINGs stand in [0]: one reader digests the first, one the last, one both."},
        {"SignedData.encapContentInfo.eContent.value", Change::empty, invalid,
         "The content has become empty and the digest has not: the message is not the one that was signed."},
        {"SignedData.encapContentInfo.eContent.value", Change::other_tag, invalid,
         "eContent is no OCTET STRING; PKCS#7 of old let any type stand here, CMS does not."},
        {"SignedData.encapContentInfo.eContent.value", Change::cut_short, invalid,
         "The content has lost its last octet: the digest does not fit."},
        {"SignedData.certificates",
         Change::left_out,
         invalid,
         "The signer's certificate is not in the message, so there is nothing to verify by; a verifier that then skips the check accepts "
         "anything.",
         "-",
         {"SC025SignerSelection"}},
        {"SignedData.certificates", Change::doubled, invalid, {}, "SignedData.signerInfos"},
        {"SignedData.certificates",
         Change::empty,
         invalid,
         "certificates is there and holds none: nothing to verify by.",
         "-",
         {"SC025SignerSelection"}},
        {"SignedData.certificates", Change::other_tag, invalid, {}, "SignedData.signerInfos"},
        {"SignedData.certificates", Change::wrong_type, invalid, {}, "SignedData.signerInfos"},
        {"SignedData.certificates", Change::swapped, invalid, {}, "-"},
        {"SignedData.certificates", Change::length_short},
        {"SignedData.certificates", Change::length_beyond},
        {"SignedData.certificates[0]", Change::cut_short, invalid,
         "The signer's certificate has lost its last octet and all lengths around it are right.", "-"},
        {"SignedData.certificates[0]", Change::wrong_type, invalid, {}, "-"},
        {"SignedData.certificates[0]", Change::trailing},
        {"SignedData.signerInfos[0]", Change::doubled, acceptable,
         "The same SignerInfo stands twice; both verify, which costs twice and proves no more."},
        {"SignedData.signerInfos[0]", Change::empty, invalid, {}, "SignedData.signerInfos[0].version"},
        {"SignedData.signerInfos[0]", Change::other_tag},
        {"SignedData.signerInfos[0]", Change::wrong_type},
        {"SignedData.signerInfos[0]", Change::trailing, invalid,
         "A NULL stands after the signature, where unsignedAttrs may: it is not signed, and who reads on by position takes it for them."},
        {"SignedData.signerInfos[0]", Change::length_short},
        {"SignedData.signerInfos[0]", Change::length_beyond},
        {"SignedData.signerInfos[0].version", Change::swapped, invalid, {}, "SignedData.signerInfos[0].version"},
        {"SignedData.signerInfos[0].sid", Change::swapped, invalid,
         "digestAlgorithm stands before sid; both are SEQUENCEs, so only what is inside tells them apart.", "-"},
        {"SignedData.signerInfos[0].sid.issuer", Change::left_out, invalid, {}, "-"},
        {"SignedData.signerInfos[0].sid.issuer",
         Change::empty,
         invalid,
         "The issuer is a Name of no parts, which names no certificate here; a comparison of no parts finds it equal to any.",
         "-",
         {"SC025SignerSelection"}},
        {"SignedData.signerInfos[0].sid.issuer", Change::other_tag},
        {"SignedData.signerInfos[0].sid.serialNumber",
         Change::cut_short,
         invalid,
         "The serial number is that of no certificate inside; a verifier that takes the only certificate there is does not look.",
         "-",
         {"SC025SignerSelection"}},
        {"SignedData.signerInfos[0].sid.serialNumber", Change::long_length, acceptable},
        {"SignedData.signerInfos[0].digestAlgorithm.algorithm",
         Change::cut_short,
         invalid,
         "The digest's OID has lost its last octet, and names another arc.",
         "-",
         {"UnknownDigest"}},
        {"SignedData.signerInfos[0].signedAttrs", Change::left_out, invalid,
         "The signedAttrs are gone and the signature is over them; the content itself was never signed.", "-"},
        {"SignedData.signerInfos[0].signedAttrs", Change::doubled, invalid, {}, "SignedData.signerInfos[0].signatureAlgorithm"},
        {"SignedData.signerInfos[0].signedAttrs", Change::empty, invalid,
         "signedAttrs is SET SIZE (1..MAX) and holds nothing; a reader that asks for [0] alone believes that there are attributes.",
         "SignedData.signerInfos[0].signedAttrs"},
        {"SignedData.signerInfos[0].signedAttrs", Change::other_tag, invalid, {}, "SignedData.signerInfos[0].signatureAlgorithm"},
        {"SignedData.signerInfos[0].signedAttrs", Change::wrong_type, invalid, {}, "SignedData.signerInfos[0].signatureAlgorithm"},
        {"SignedData.signerInfos[0].signedAttrs", Change::swapped, invalid, {}, "-"},
        {"SignedData.signerInfos[0].signedAttrs", Change::length_short},
        {"SignedData.signerInfos[0].signedAttrs", Change::length_beyond},
        {"SignedData.signerInfos[0].signedAttrs", Change::indefinite, acceptable,
         "signedAttrs came in indefinite length and are signed in DER; RFC 5652, 5.3 wants DER on the wire too, a verifier that encodes "
         "anew does not care."},
        {"SignedData.signerInfos[0].signedAttrs", Change::long_length, acceptable,
         "signedAttrs came with a long length and are signed in DER, with a short one."},
        {"SignedData.signerInfos[0].signatureAlgorithm", Change::swapped, invalid, {}, "-"},
        {"SignedData.signerInfos[0].signature", Change::cut_short, invalid,
         "The signature is one octet shorter than the modulus; numbers may drop leading zeros, a signature may not lose its end.", "-"},
        {"SignedData.signerInfos[0].signature", Change::long_length, acceptable},
    });
    return out;
}

const std::string content_type = "SignedData.signerInfos[0].signedAttrs[0]";
const std::string message_digest = "SignedData.signerInfos[0].signedAttrs[1]";

} // namespace

void signed_fields(Cases& cases) {
    add_changes(cases, usual_message, outside_of_what_is_signed(), usual_fields());

    // Paths are views, so what they look at lives here.
    std::vector<std::string> paths;
    for (const std::string& attribute : {content_type, message_digest}) {
        for (const char* member : {"", ".attrType", ".attrValues", ".attrValues[0]"}) {
            paths.push_back(attribute + member);
        }
    }
    const auto path = [&](std::size_t attribute, std::size_t member) { return std::string_view(paths[attribute * 4 + member]); };
    std::vector<FieldChange> inside;
    for (const std::size_t attribute : {0, 1}) {
        const std::string_view whole = path(attribute, 0);
        const std::string_view type = path(attribute, 1);
        const std::string_view values = path(attribute, 2);
        const std::string_view value = path(attribute, 3);
        const std::vector<FieldChange> each{
            {whole,
             Change::left_out,
             invalid,
             "One of the two attributes that RFC 5652, 5.3 demands is not there; who only looks up what is there finds nothing wrong.",
             "-",
             {"SC016SignedAttributes"}},
            {whole,
             Change::doubled,
             invalid,
             "The attribute is there twice, with the same value; RFC 5652, 11 allows one instance.",
             {},
             {"SC016SignedAttributes"}},
            {whole, Change::empty, invalid, {}, type},
            {whole, Change::other_tag},
            {whole, Change::wrong_type},
            {whole, Change::trailing},
            {type, Change::left_out},
            {type, Change::empty, invalid,
             "The attribute's type is an OID of no octets: no attribute, but one that a comparison by length of the shorter takes for any.",
             type},
            {type, Change::other_tag},
            {type,
             Change::cut_short,
             invalid,
             "The attribute's type has lost its last arc, so that this is another attribute and the one that is due is missing.",
             "-",
             {"SC016SignedAttributes"}},
            {values, Change::left_out},
            {values, Change::doubled, invalid, {}, whole},
            {values,
             Change::empty,
             invalid,
             "attrValues is a SET of no values, so the attribute says nothing; who takes the first value takes what follows in memory.",
             "-",
             {"SC016SignedAttributes"}},
            {values, Change::other_tag},
            {values, Change::wrong_type},
            {value,
             Change::doubled,
             invalid,
             "The attribute has two values, both the same; RFC 5652, 11.1 and 11.2 allow one.",
             {},
             {"SC016SignedAttributes"}},
            {value, Change::empty, invalid, "The value has no octets; a comparison over its length compares nothing and is content.", "-"},
            {value,
             Change::wrong_type,
             invalid,
             "The value is a NULL; who reads it as a string follows a pointer that is none.",
             "-",
             {"SC017AttributeTypeConfusion"}},
            {value, Change::cut_short, invalid, "The value has lost its last octet; a comparison over the shorter length is content.", "-"},
        };
        inside.insert(inside.end(), each.begin(), each.end());
    }
    Json two = usual_fields();
    two["certificates"] = "2";
    add_changes(cases, usual_message,
                {{"SignedData.certificates[0]", Change::doubled, acceptable,
                  "The signer's certificate is there twice; both are the same, so any choice is right."}},
                two);
    const Repair signed_again{"signed again", "the signature fits the signedAttrs as they are now",
                              [](Field& message) { sign_again(message, signers().rsa2048); }};
    add_changes(cases, usual_message, inside, usual_fields(), signed_again);

    const std::vector<FieldChange> content{
        {"SignedData.encapContentInfo.eContent", Change::left_out, valid,
         "A message without content is a good message; its digest is that of no octets."},
        {"SignedData.encapContentInfo.eContent.value", Change::empty, valid, "Empty content digests as absent content does."},
    };
    Json empty = usual_fields();
    empty["eContent"] = "";
    const Repair digested_again{"digested and signed again", "messageDigest and signature fit what is there now",
                                [](Field& message) { digest_and_sign_again(message, signers().rsa2048); }};
    Json absent = usual_fields();
    absent.erase("eContent");
    add_changes(cases, usual_message, {content[0]}, absent, digested_again);
    add_changes(cases, usual_message, {content[1]}, empty, digested_again);
    const Repair over_content{"signed over the content", "the signature is over the content itself",
                              [](Field& message) { sign_again(message, signers().rsa2048); }};
    add_changes(cases, usual_message,
                {{"SignedData.signerInfos[0].signedAttrs", Change::left_out, valid,
                  "With content of type id-data signedAttrs may be absent (RFC 5652, 5.3), and the content is what is signed."}},
                usual_fields(), over_content);
}

} // namespace sceplab::vectors
