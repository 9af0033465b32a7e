#include <vectors/generate/cms/enveloped.h>

#include <algorithm>

namespace sceplab::vectors {

namespace {

constexpr Result acceptable = Result::acceptable;
constexpr Result invalid = Result::invalid;

Field usual_envelope() {
    static const Octets octets = make_envelope({});
    return read_enveloped_data(octets);
}

} // namespace

void enveloped_fields(Cases& cases) {
    std::vector<FieldChange> all;
    const auto append = [&](std::vector<FieldChange> more) { all.insert(all.end(), more.begin(), more.end()); };
    const auto but = [](std::vector<FieldChange> changes, std::initializer_list<Change> others) {
        std::erase_if(changes, [&](const FieldChange& each) { return std::ranges::find(others, each.change) != others.end(); });
        return changes;
    };
    for (const std::string_view path :
         {"ContentInfo.contentType", "EnvelopedData.version", "EnvelopedData.encryptedContentInfo.contentType",
          "EnvelopedData.recipientInfos[0].version", "EnvelopedData.recipientInfos[0].encryptedKey",
          "EnvelopedData.recipientInfos[0].rid.serialNumber"}) {
        append(mandatory(path));
    }
    append(mandatory_constructed("ContentInfo.content"));
    append(mandatory_constructed("EnvelopedData.encryptedContentInfo"));
    append(but(mandatory("EnvelopedData.recipientInfos"), {Change::empty}));
    append(but(mandatory_constructed("EnvelopedData.recipientInfos[0].rid"), {Change::left_out}));
    append(mandatory("EnvelopedData.recipientInfos[0].keyEncryptionAlgorithm"));
    append(mandatory("EnvelopedData.encryptedContentInfo.contentEncryptionAlgorithm"));
    append(mandatory("EnvelopedData.recipientInfos[0].keyEncryptionAlgorithm.algorithm"));
    append(mandatory("EnvelopedData.encryptedContentInfo.contentEncryptionAlgorithm.algorithm"));
    // A NULL is there already; another member is one too many.
    append({
        {"EnvelopedData", Change::empty},
        {"EnvelopedData", Change::other_tag, invalid, "The content of the ContentInfo is no SEQUENCE, so no EnvelopedData."},
        {"EnvelopedData", Change::wrong_type},
        {"EnvelopedData", Change::trailing},
        {"EnvelopedData", Change::length_short},
        {"EnvelopedData", Change::length_beyond},
        {"EnvelopedData.version", Change::swapped},
        {"EnvelopedData.recipientInfos", Change::empty, invalid,
         "There is no recipient: recipientInfos is SET SIZE (1..MAX), and nobody can open this.", "EnvelopedData.recipientInfos"},
        {"EnvelopedData.recipientInfos", Change::trailing, invalid, {}, "EnvelopedData.recipientInfos[1]"},
        {"EnvelopedData.recipientInfos", Change::swapped},
        {"EnvelopedData.recipientInfos[0]", Change::left_out, invalid, "The only recipient is gone and the set is empty.",
         "EnvelopedData.recipientInfos"},
        {"EnvelopedData.recipientInfos[0]", Change::doubled, acceptable, "The same recipient is there twice; either opens it."},
        {"EnvelopedData.recipientInfos[0]", Change::empty, invalid, {}, "EnvelopedData.recipientInfos[0].version"},
        {"EnvelopedData.recipientInfos[0]", Change::other_tag, invalid, "The recipient has tag [5], which is none of the five forms."},
        {"EnvelopedData.recipientInfos[0]", Change::wrong_type},
        {"EnvelopedData.recipientInfos[0]", Change::trailing},
        {"EnvelopedData.recipientInfos[0]", Change::length_short},
        {"EnvelopedData.recipientInfos[0]", Change::length_beyond},
        {"EnvelopedData.recipientInfos[0].version", Change::swapped},
        {"EnvelopedData.recipientInfos[0].rid", Change::left_out, invalid, {}, "EnvelopedData.recipientInfos[0].rid.issuer"},
        {"EnvelopedData.recipientInfos[0].rid", Change::swapped, invalid, "keyEncryptionAlgorithm stands before rid; both are SEQUENCEs.",
         "-"},
        {"EnvelopedData.recipientInfos[0].rid.issuer", Change::left_out, invalid, {}, "-"},
        {"EnvelopedData.recipientInfos[0].rid.issuer", Change::other_tag},
        {"EnvelopedData.recipientInfos[0].rid.issuer", Change::empty, acceptable,
         "rid names an issuer without a name; whoever has one key may try it, whoever looks for the named certificate has none."},
        {"EnvelopedData.recipientInfos[0].rid.serialNumber", Change::long_length, acceptable},
        {"EnvelopedData.recipientInfos[0].keyEncryptionAlgorithm", Change::trailing},
        {"EnvelopedData.recipientInfos[0].keyEncryptionAlgorithm", Change::swapped, invalid, {}, "-"},
        {"EnvelopedData.recipientInfos[0].keyEncryptionAlgorithm.parameters", Change::left_out, acceptable,
         "The parameters of rsaEncryption are absent where RFC 3370, 4.2.1 wants NULL; nothing depends on them."},
        {"EnvelopedData.recipientInfos[0].keyEncryptionAlgorithm.parameters", Change::doubled},
        {"EnvelopedData.recipientInfos[0].keyEncryptionAlgorithm.parameters", Change::other_tag, acceptable,
         "The parameters of rsaEncryption are not NULL; nothing depends on them.", "-"},
        {"EnvelopedData.recipientInfos[0].keyEncryptionAlgorithm.algorithm", Change::cut_short, invalid,
         "The OID has lost its last arc, and names no algorithm.", "-"},
        {"EnvelopedData.recipientInfos[0].encryptedKey", Change::cut_short, invalid,
         "encryptedKey is one octet shorter than the modulus; RFC 8017, 7.2.2 refuses it before any arithmetic.", "-"},
        {"EnvelopedData.recipientInfos[0].encryptedKey", Change::long_length, acceptable},
        {"EnvelopedData.encryptedContentInfo.contentType", Change::cut_short, acceptable,
         "contentType has lost its last arc: an arc of PKCS#7 that is no type; what is inside opens all the same."},
        {"EnvelopedData.encryptedContentInfo.contentType", Change::swapped},
        {"EnvelopedData.encryptedContentInfo.contentEncryptionAlgorithm", Change::swapped},
        {"EnvelopedData.encryptedContentInfo.contentEncryptionAlgorithm", Change::trailing},
        {"EnvelopedData.encryptedContentInfo.contentEncryptionAlgorithm.parameters", Change::doubled},
        {"EnvelopedData.encryptedContentInfo.contentEncryptionAlgorithm.parameters", Change::other_tag, invalid,
         "The IV is no OCTET STRING.", "-"},
        {"EnvelopedData.encryptedContentInfo.contentEncryptionAlgorithm.parameters", Change::wrong_type, invalid,
         "NULL stands in place of the IV, so there are no octets to start from.", "-"},
        {"EnvelopedData.encryptedContentInfo.contentEncryptionAlgorithm.parameters", Change::empty, invalid, "The IV has no octets.", "-"},
        {"EnvelopedData.encryptedContentInfo.contentEncryptionAlgorithm.parameters", Change::cut_short, invalid,
         "The IV is an octet shorter than a block; who copies a block reads beyond it.", "-"},
        {"EnvelopedData.encryptedContentInfo.contentEncryptionAlgorithm.algorithm", Change::cut_short, invalid,
         "The cipher's OID has lost its last arc, and names a list of ciphers.", "-"},
        {"EnvelopedData.encryptedContentInfo.encryptedContent",
         Change::left_out,
         invalid,
         "encryptedContent is absent: the content is elsewhere, and there is nothing to open.",
         "-",
         {"SC036ContentMissing"}},
        {"EnvelopedData.encryptedContentInfo.encryptedContent", Change::doubled},
        {"EnvelopedData.encryptedContentInfo.encryptedContent",
         Change::empty,
         invalid,
         "encryptedContent has no octets, not even a block of padding.",
         "-",
         {"SC035EmptyPlaintext"}},
        {"EnvelopedData.encryptedContentInfo.encryptedContent", Change::other_tag},
        {"EnvelopedData.encryptedContentInfo.encryptedContent", Change::wrong_type},
        {"EnvelopedData.encryptedContentInfo.encryptedContent",
         Change::cut_short,
         invalid,
         "The ciphertext is an octet short of whole blocks.",
         "-",
         {"SC034CiphertextLength"}},
        {"EnvelopedData.encryptedContentInfo.encryptedContent", Change::length_short},
        {"EnvelopedData.encryptedContentInfo.encryptedContent", Change::length_beyond, invalid, {}, {}, {"SC034CiphertextLength"}},
        {"EnvelopedData.encryptedContentInfo.encryptedContent", Change::long_length, acceptable},
    });
    Json fields = envelope_fields();
    const std::size_t before = cases.size();
    add_changes(cases, usual_envelope, all, fields);
    for (std::size_t i = before; i < cases.size(); ++i) {
        if (cases.at(i).result != Result::invalid) {
            opens(cases.at(i), fields);
        }
    }
}

} // namespace sceplab::vectors
