#include <vectors/generate/cms/signed.h>

#include <scepcodec/cms/oids.h>

#include <algorithm>

namespace sceplab::vectors {

namespace {

namespace oids = scep::cms::oids;
namespace tag = scep::der::tag;

constexpr std::string_view attributes_path = "SignedData.signerInfos[0].signedAttrs";

// An attribute that is put into the tree as it is.
Field attribute(const scep::der::OidConstant& type, const std::vector<Octets>& values) {
    Field out;
    out.instead = sequence({encoded(type), set(values)});
    return out;
}

// The usual message with another list of signedAttrs, signed again.
std::function<Octets()> with_attributes(const std::function<void(Field& message, std::vector<Field>& all)>& change) {
    return [change] {
        Field message = usual_message();
        change(message, at(message, attributes_path).inside);
        sign_again(message, signers().rsa2048);
        return write_field(message);
    };
}

Octets good_digest() { return digest_of(Digest::sha256, text("signed content")); }

void digests(Cases& cases) {
    const auto value = [&](std::string name, std::string comment, Result result, std::vector<std::string> flags,
                           const Octets& encoded_value) -> Case& {
        return cases.add(std::move(name), std::move(comment), result, std::move(flags),
                         with_attributes([&](Field& message, std::vector<Field>&) {
                             at(message, attribute_path(message, oids::id_messageDigest) + ".attrValues[0]").instead = encoded_value;
                         }));
    };
    value("messageDigest of other content",
          "Everything is signed and right but for the content, which was exchanged: only the messageDigest ties it to the signature.",
          Result::invalid, {"DigestMismatch"}, octet_string(digest_of(Digest::sha256, text("another content"))));
    value("messageDigest of no octets", "The digest is that of absent content, while there is content.", Result::invalid,
          {"DigestMismatch", "SC053EmptyContent"}, octet_string(digest_of(Digest::sha256, {})));
    value("messageDigest of the OCTET STRING with its header",
          "The digest covers tag and length of eContent too; RFC 5652, 5.4 digests the value alone.", Result::invalid, {"DigestMismatch"},
          octet_string(digest_of(Digest::sha256, octet_string(text("signed content")))));
    value("messageDigest by SHA-1",
          "The digest of the right content by another algorithm than digestAlgorithm says; a verifier that goes by the length takes it.",
          Result::invalid, {"DigestMismatch", "SC024DigestSize"}, octet_string(digest_of(Digest::sha1, text("signed content"))));
    for (const std::size_t size : {0, 1, 4, 16, 20, 31}) {
        Octets digest = good_digest();
        digest.resize(size);
        value("messageDigest cut to " + counted(size, "octet") + "",
              "The messageDigest is the start of the right one; who compares as many octets as are there finds them equal.",
              Result::invalid, {"DigestMismatch", "SC024DigestSize"}, octet_string(digest));
    }
    Octets longer = good_digest();
    longer.push_back(0);
    value("messageDigest with one octet more",
          "The right digest and a zero octet after it; who compares as many octets as the digest has finds them equal.", Result::invalid,
          {"DigestMismatch", "SC024DigestSize"}, octet_string(longer));
    for (const std::size_t bit : {0, 100, 255}) {
        Octets digest = good_digest();
        digest[bit / 8] ^= static_cast<std::uint8_t>(0x80 >> (bit % 8));
        value("messageDigest, bit " + std::to_string(bit) + " flipped",
              "One bit of the digest is wrong; a comparison that stops early, or starts late, misses it.", Result::invalid,
              {"DigestMismatch"}, octet_string(digest));
    }
    struct TypeRow {
        const char* name;
        Octets encoded_value;
    };
    const TypeRow types[] = {{"BOOLEAN", tlv(tag::BOOLEAN, {0xff})},
                             {"INTEGER", tlv(tag::INTEGER, good_digest())},
                             {"BIT STRING", tlv(tag::BIT_STRING, joined({{0}, good_digest()}))},
                             {"UTF8String", tlv(tag::UTF8String, good_digest())},
                             {"SEQUENCE of the OCTET STRING", sequence({octet_string(good_digest())})},
                             {"SET of no elements", set({})},
                             {"[0] in place of its tag", tlv(tag::context(0), good_digest())}};
    for (const TypeRow& row : types) {
        value("messageDigest is " + with_article(row.name),
              "The value is of another type than OCTET STRING; a verifier that reads the union of types by the wrong member crashes or "
              "compares rubbish.",
              Result::invalid, {"SC017AttributeTypeConfusion"}, row.encoded_value);
    }
    const Octets whole = good_digest();
    const Octets first_half(whole.begin(), whole.begin() + 16);
    const Octets second_half(whole.begin() + 16, whole.end());
    value("messageDigest in parts", "The OCTET STRING is constructed, of two parts, signed in that form: BER where DER is a must.",
          Result::acceptable, {"BerInSignedAttributes"},
          tlv(tag::OCTET_STRING.as_constructed(), joined({octet_string(first_half), octet_string(second_half)})));
}

void content_types(Cases& cases) {
    const auto value = [&](std::string name, std::string comment, std::vector<std::string> flags, const Octets& encoded_value) {
        cases.add(std::move(name), std::move(comment), Result::invalid, std::move(flags),
                  with_attributes([&](Field& message, std::vector<Field>&) {
                      at(message, attribute_path(message, oids::id_contentType) + ".attrValues[0]").instead = encoded_value;
                  }));
    };
    value("contentType is id-signedData",
          "The signed contentType is another than eContentType, which is not signed itself: who changes the type of the content is found "
          "out here alone.",
          {"ContentTypeMismatch"}, encoded(oids::id_signedData));
    value("contentType is id-envelopedData", "The same with the type that SCEP's content really has inside; both must still say id-data.",
          {"ContentTypeMismatch"}, encoded(oids::id_envelopedData));
    value("contentType is a UTF8String", "The OID's dotted text stands as a string.", {"SC017AttributeTypeConfusion"},
          tlv(tag::UTF8String, text("1.2.840.113549.1.7.1")));
    value("contentType with one arc more",
          "The OID starts as id-data does and goes on; who compares as many octets as id-data has finds it equal.", {"ContentTypeMismatch"},
          encoded(scep::der::oid("1.2.840.113549.1.7.1.1")));
    value("contentType of padded arcs", "The last arc is written 80 01: the same number in a form that X.690, 8.19.2 forbids.",
          {"SC047OidArcs"}, tlv(tag::OBJECT_IDENTIFIER, {0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x80, 0x01}));
    value("contentType with an arc of 2^32 + 1", "The last arc is 4294967297, which 32 bits make 1, so that the OID becomes id-data.",
          {"SC047OidArcs"}, tlv(tag::OBJECT_IDENTIFIER, {0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x90, 0x80, 0x80, 0x80, 0x01}));
    cases.add("eContentType changed afterwards",
              "eContentType became id-signedData after the signature; it is covered by the contentType attribute alone.", Result::invalid,
              {"ContentTypeMismatch"}, [] {
                  Field message = usual_message();
                  at(message, "SignedData.encapContentInfo.eContentType").value.back() = 2;
                  return write_field(message);
              });
    cases.add(
        "eContentType id-signedData without signedAttrs",
        "RFC 5652, 5.3 demands signedAttrs where the content is not of type id-data; without them nothing ties the type to the signature.",
        Result::invalid, {"ContentTypeMismatch", "SC015AttributesOrContent"}, [] {
            Field message = read_signed_data(make_signed({.type = scep::der::oid("1.2.840.113549.1.7.2")}));
            apply(message, attributes_path, Change::left_out);
            sign_again(message, signers().rsa2048);
            return write_field(message);
        });
}

void twice(Cases& cases) {
    const auto add = [&](std::string name, std::string comment, Result result,
                         const std::function<void(std::vector<Field>&)>& change) -> Case& {
        return cases.add(std::move(name), std::move(comment), result, {"SC016SignedAttributes"},
                         with_attributes([change](Field&, std::vector<Field>& all) { change(all); }));
    };
    const Octets good = octet_string(good_digest());
    const Octets bad = octet_string(Octets(32, 0xaa));
    add("two messageDigests, the right one first",
        "Two attributes of one type disagree; one reader takes the first, another the last, and each says that it has verified.",
        Result::invalid, [&](std::vector<Field>& all) { all.push_back(attribute(oids::id_messageDigest, {bad})); });
    add("two messageDigests, the right one last",
        "The first of two attributes is wrong, the second right: whoever tries them in turn until one fits accepts it.", Result::invalid,
        [&](std::vector<Field>& all) { all.insert(all.begin(), attribute(oids::id_messageDigest, {bad})); });
    add("a messageDigest of two values, the right one first", "One attribute, two values that disagree.", Result::invalid,
        [&](std::vector<Field>& all) { all[1] = attribute(oids::id_messageDigest, {good, bad}); });
    add("a messageDigest of two values, the right one last", "One attribute, two values that disagree, the wrong one first.",
        Result::invalid, [&](std::vector<Field>& all) { all[1] = attribute(oids::id_messageDigest, {bad, good}); });
    add("two contentTypes", "id-data and id-signedData are both said to be the type of the content.", Result::invalid,
        [&](std::vector<Field>& all) { all.push_back(attribute(oids::id_contentType, {encoded(oids::id_signedData)})); });
    add("neither contentType nor messageDigest",
        "A signed attribute is there, but not those that tie it to the content: any content goes with this signature.", Result::invalid,
        [&](std::vector<Field>& all) {
            all.clear();
            all.push_back(attribute(scep::der::oid("1.3.6.1.4.1.99999.2"), {integer(1)}));
        });
    const auto time = [](const char* value) { return tlv(tag::UTCTime, text(value)); };
    Case& times = add("two signingTimes", "Two times of signing, which RFC 5652, 11.3 forbids; no check of the signature needs either.",
                      Result::acceptable, [&](std::vector<Field>& all) {
                          all.push_back(attribute(oids::id_signingTime, {time("270101000000Z")}));
                          all.push_back(attribute(oids::id_signingTime, {time("280101000000Z")}));
                      });
    times.members["fields"] = usual_fields();
    Case& no_time = add("a signingTime of no values",
                        "signingTime has an empty SET of values; the signature does not depend on it, the reader's memory does.",
                        Result::acceptable, [&](std::vector<Field>& all) { all.push_back(attribute(oids::id_signingTime, {})); });
    no_time.members["fields"] = usual_fields();
    Case& odd_time = cases.add("a signingTime that is an OCTET STRING",
                               "signingTime is of a type that it cannot have; who prints it reads it as a time.", Result::acceptable,
                               {"SC017AttributeTypeConfusion"}, with_attributes([](Field&, std::vector<Field>& all) {
                                   all.push_back(attribute(oids::id_signingTime, {octet_string(text("yesterday"))}));
                               }));
    odd_time.members["fields"] = usual_fields();
    cases
        .valid("signingTime in 2051", "signingTime is a GeneralizedTime, as RFC 5652, 11.3 wants it after 2049.",
               with_attributes([](Field&, std::vector<Field>& all) {
                   all.push_back(attribute(oids::id_signingTime, {tlv(tag::GeneralizedTime, text("20510101000000Z"))}));
                   std::ranges::sort(all, {}, [](const Field& each) { return write_field(each); });
               }))
        .members["fields"] = usual_fields();
}

// RFC 5652, 5.4: the DER of the attributes, with the tag of a SET OF, is what is signed.
void what_is_signed(Cases& cases) {
    const auto unsorted = [] {
        Field message = usual_message();
        auto& all = at(message, attributes_path).inside;
        std::ranges::reverse(all);
        return message;
    };
    cases
        .add("signedAttrs unsorted, signed in DER",
             "The attributes were sent in another order than DER has; the signature is over the sorted ones, as RFC 5652, 5.4 says.",
             Result::acceptable, {"CmsUnsortedSetOf", "BerInSignedAttributes"}, [&] { return write_field(unsorted()); })
        .members["fields"] = usual_fields();
    cases
        .add("signedAttrs unsorted, signed as sent",
             "The attributes were sent and signed in another order than DER has: verifiers that digest what came take it, those that "
             "encode anew do not.",
             Result::acceptable, {"CmsUnsortedSetOf", "BerInSignedAttributes"},
             [&] {
                 Field message = unsorted();
                 sign_again(message, signers().rsa2048);
                 return write_field(message);
             })
        .members["fields"] = usual_fields();
    const auto signed_over = [&](std::string name, std::string comment, std::vector<std::string> flags,
                                 const std::function<Octets(Field&)>& octets) {
        cases.add(std::move(name), std::move(comment), Result::invalid, std::move(flags), [&] {
            Field message = usual_message();
            const Octets to_be_signed = octets(message);
            at(message, of_signer("signature")).value = *signers().rsa2048.signer().sign(to_be_signed);
            return write_field(message);
        });
    };
    signed_over("signed over [0] instead of SET",
                "The signature is over the octets of signedAttrs as they stand, tag A0; RFC 5652, 5.4 puts the SET OF tag in its place.",
                {"SignedOctets"}, [](Field& message) { return write_field(at(message, attributes_path)); });
    signed_over("signed over the attributes without a tag",
                "The signature is over the attributes alone, without tag and length of their set.", {"SignedOctets"}, [](Field& message) {
                    Octets out;
                    for (const Field& each : at(message, attributes_path).inside) {
                        const Octets octets = write_field(each);
                        out.insert(out.end(), octets.begin(), octets.end());
                    }
                    return out;
                });
    signed_over("signed over the content though there are signedAttrs",
                "The signature is over the content, and signedAttrs are there that nobody signed: whoever tries the content too accepts "
                "any attributes.",
                {"SC015AttributesOrContent"}, [](Field& message) { return content_of(message); });
    signed_over("signed over SEQUENCE instead of SET", "The attributes were signed with tag 30.", {"SignedOctets"}, [](Field& message) {
        Field sequence = at(message, attributes_path);
        sequence.identifier = 0x30;
        return write_field(sequence);
    });
    signed_over("signed over the digest of the content",
                "What was signed is the digest and not the content: it has been digested once too often.", {"SignedOctets"},
                [](Field& message) { return digest_of(Digest::sha256, content_of(message)); });
    cases
        .add("signedAttrs signed as content",
             "The signature of another message over its signedAttrs, with those octets (31 ...) as the content here and no signedAttrs: it "
             "verifies, and the signer never saw this content.",
             Result::acceptable, {"SC015AttributesOrContent"},
             [] {
                 Field message = usual_message();
                 Field attributes = at(message, attributes_path);
                 attributes.identifier = 0x31;
                 at(message, "SignedData.encapContentInfo.eContent.value").value = write_field(attributes);
                 apply(message, attributes_path, Change::left_out);
                 return write_field(message);
             })
        .members["fields"] = [] {
        Field message = usual_message();
        Field attributes = at(message, attributes_path);
        attributes.identifier = 0x31;
        Json fields = usual_fields();
        fields["eContent"] = hex(write_field(attributes));
        return fields;
    }();
    cases.add("a bit of the content flipped", "One bit of the content is not what was signed.", Result::invalid, {"DigestMismatch"}, [] {
        Field message = usual_message();
        at(message, "SignedData.encapContentInfo.eContent.value").value[3] ^= 0x10;
        return write_field(message);
    });
    cases.add("a bit of contentType flipped",
              "One bit of the contentType attribute was changed after the signature, and of eContentType too, so that both agree.",
              Result::invalid, {"SignatureMismatch"}, [] {
                  Field message = usual_message();
                  at(message, attribute_path(message, oids::id_contentType) + ".attrValues[0]").value.back() ^= 2;
                  at(message, "SignedData.encapContentInfo.eContentType").value.back() ^= 2;
                  return write_field(message);
              });
    cases.add("messageDigest and content changed together",
              "The content was exchanged and the messageDigest made to fit; only the signature over the attributes tells.", Result::invalid,
              {"SignatureMismatch"}, [] {
                  Field message = usual_message();
                  at(message, "SignedData.encapContentInfo.eContent.value").value = text("other content");
                  at(message, attribute_path(message, oids::id_messageDigest) + ".attrValues[0]").value =
                      digest_of(Digest::sha256, text("other content"));
                  return write_field(message);
              });
    cases.add("an attribute added after the signature",
              "A signed attribute of an unknown type was put in later; who digests only the attributes it knows does not see it.",
              Result::invalid, {"SignatureMismatch"}, [] {
                  Field message = usual_message();
                  at(message, attributes_path).inside.push_back(attribute(scep::der::oid("1.3.6.1.4.1.99999.2"), {integer(1)}));
                  return write_field(message);
              });
}

} // namespace

void signed_attributes(Cases& cases) {
    digests(cases);
    content_types(cases);
    twice(cases);
    what_is_signed(cases);
}

} // namespace sceplab::vectors
