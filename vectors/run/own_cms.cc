#include <vectors/run/own_cms.h>

#include <scepcodec/ber/normalise.h>
#include <scepcodec/botan/decrypt.h>
#include <scepcodec/cms/oids.h>

#include <array>

namespace sceplab::vectors {

namespace {

using scep::der::Input;

// The path of an error without what is said of it.
std::string path_of(const scep::Error& error) { return error.path.to_string(); }

template <class T>
using Decoded = std::expected<T, Answer>;

template <class List>
std::optional<Answer> check_elements(const List& list, const std::string& holder) {
    for (const auto& each : list) {
        if (!each) {
            return rejected(each.error().to_string(), holder + path_of(each.error()));
        }
    }
    return std::nullopt;
}

std::optional<Answer> check_attributes(const std::optional<scep::cms::Attributes>& attributes, const std::string& holder,
                                       const char* name) {
    if (!attributes) {
        return std::nullopt;
    }
    if (attributes->empty()) {
        return rejected("no attribute in it", holder + name);
    }
    return check_elements(*attributes, holder);
}

// RFC 5652, 10.2.1, 10.2.2: a SEQUENCE that is what it should be, or one of the other forms, [0] to [forms - 1].
template <class List, class IsGood>
std::optional<Answer> check_choices(const std::optional<List>& list, std::uint32_t forms, const std::string& path, IsGood&& is_good) {
    std::size_t index = 0;
    for (auto each = list ? list->begin() : typename List::iterator(); each != std::default_sentinel; ++each, ++index) {
        const auto choice = *each;
        const scep::der::Tag tag = choice->element.tag();
        const bool other = tag.tag_class() == scep::der::TagClass::context && tag.constructed() && tag.number() < forms;
        if (!other && !(tag == scep::der::tag::SEQUENCE && is_good(*choice))) {
            return rejected("none of the choices", path + '[' + std::to_string(index) + ']');
        }
    }
    return std::nullopt;
}

std::optional<Answer> check_members(const scep::cms::SignedData& data) {
    if (data.encap_content_info.content && !data.encap_content_info.e_content) {
        return rejected("no OCTET STRING", "SignedData.encapContentInfo.eContent");
    }
    if (auto wrong = check_elements(data.digest_algorithms, "SignedData.")) {
        return wrong;
    }
    if (auto wrong = check_choices(data.certificates, 4, "SignedData.certificates",
                                   [](const auto& each) { return each.certificate().has_value(); })) {
        return wrong;
    }
    if (auto wrong = check_choices(data.crls, 2, "SignedData.crls", [](const auto& each) { return each.certificate_list().has_value(); })) {
        return wrong;
    }
    if (auto wrong = check_elements(data.signer_infos, "SignedData.")) {
        return wrong;
    }
    for (auto each = data.signer_infos.begin(); each != data.signer_infos.end(); ++each) {
        const auto signer = *each;
        const std::string holder = "SignedData.signerInfos[" + std::to_string(each.index()) + "].";
        if (auto wrong = check_attributes(signer->signed_attrs, holder, "signedAttrs")) {
            return wrong;
        }
        if (auto wrong = check_attributes(signer->unsigned_attrs, holder, "unsignedAttrs")) {
            return wrong;
        }
    }
    return std::nullopt;
}

// One normalised ContentInfo; octets after it are not part of it.
template <class T>
scep::Result<T> decode(Input input, scep::Sources& sources) {
    const auto normalised = scep::ber::normalise(input, sources);
    if (!normalised) {
        // What knows the field is the decoder; unless it only says that this is BER.
        const auto strict = T::decode_content_info(input);
        return std::unexpected(!strict && !scep::ber::is_ber_framing(strict.error().code) ? strict.error() : normalised.error());
    }
    return T::decode_content_info(normalised->der);
}

} // namespace

Answer rejected(const scep::Error& error) { return rejected(error.to_string(), path_of(error)); }

Decoded<scep::cms::SignedData> decode_signed_data(const Json& request, scep::Sources& sources) {
    const auto input = sources.add_captured(octets_of(request));
    auto data = decode<scep::cms::SignedData>(*input, sources);
    if (!data) {
        return std::unexpected(rejected(data.error()));
    }
    if (auto wrong = check_members(*data)) {
        return std::unexpected(*wrong);
    }
    return *data;
}

Decoded<scep::cms::EnvelopedData> decode_enveloped_data(Input input, scep::Sources& sources) {
    auto data = decode<scep::cms::EnvelopedData>(input, sources);
    if (!data) {
        return std::unexpected(rejected(data.error()));
    }
    if (data->recipient_infos.empty()) {
        return std::unexpected(rejected("no recipient", "EnvelopedData.recipientInfos"));
    }
    if (auto wrong = check_elements(data->recipient_infos, "EnvelopedData.")) {
        return std::unexpected(*wrong);
    }
    if (auto wrong = check_attributes(data->unprotected_attrs, "EnvelopedData.", "unprotectedAttrs")) {
        return std::unexpected(*wrong);
    }
    return *data;
}

std::optional<std::vector<std::uint8_t>> octets_of(const scep::cms::EncapsulatedContentInfo& content) {
    if (!content.e_content) {
        return std::nullopt;
    }
    std::vector<std::uint8_t> out;
    for (const Input part : *content.e_content) {
        out.insert(out.end(), part.begin(), part.end());
    }
    return out;
}

namespace {

// RFC 5652, 11: these two are signed, there once, with one value.
std::optional<std::string> attributes_wrong(const scep::cms::SignerInfo& signer, const scep::cms::EncapsulatedContentInfo& content) {
    namespace oids = scep::cms::oids;
    std::array<scep::der::OidConstant, 2> types{oids::id_contentType, oids::id_messageDigest};
    for (const auto& type : types) {
        std::size_t count = 0;
        std::optional<scep::der::Element> value;
        for (const auto& each : *signer.signed_attrs) {
            if (each->type == type) {
                count += each->values.size() == 1 ? 1 : 2;
                value = each->value();
            }
        }
        const bool digest = type.content().data() == types[1].content().data();
        const auto tag = digest ? scep::der::tag::OCTET_STRING : scep::der::tag::OBJECT_IDENTIFIER;
        if (count != 1 || !value || value->tag() != tag) {
            return std::string(digest ? "messageDigest" : "contentType") + " is not there once, with one value of its type";
        }
        if (!digest && !value->value().same_octets(content.e_content_type.content)) {
            return "contentType is not the eContentType";
        }
    }
    return std::nullopt;
}

} // namespace

std::optional<Answer> verify_signer(const scep::cms::SignedData& data, const scep::cms::SignerInfo& signer) {
    const auto& content = data.encap_content_info;
    if (signer.signed_attrs) {
        if (auto wrong = attributes_wrong(signer, content)) {
            return rejected(*wrong);
        }
    } else if (!(content.e_content_type == scep::cms::oids::id_data)) {
        return rejected("signedAttrs are due where the content is not data");
    }
    Answer out = rejected("no certificate of the signer inside");
    if (!data.certificates) {
        return out;
    }
    for (const auto& choice : *data.certificates) {
        const auto certificate = choice->certificate();
        if (!certificate || !signer.sid.matches(*certificate)) {
            continue;
        }
        const auto key = scep::botan::PublicKey::load(certificate->subject_public_key_info);
        if (!key) {
            out = rejected(key.error().to_string());
            continue;
        }
        const scep::botan::Check check = scep::botan::verify(signer, content, *key).overall();
        if (check.verdict == scep::botan::Verdict::valid) {
            return std::nullopt;
        }
        out = rejected(check.reason);
    }
    return out;
}

namespace {

struct Form {
    const char* name;
    const scep::cms::AlgorithmIdentifier* key_encryption_algorithm;
};

Form form_of(const scep::cms::RecipientInfo& recipient) {
    struct Visitor {
        Form operator()(const scep::cms::KeyTransRecipientInfo& info) const { return {"ktri", &info.key_encryption_algorithm}; }
        Form operator()(const scep::cms::KeyAgreeRecipientInfo& info) const { return {"kari", &info.key_encryption_algorithm}; }
        Form operator()(const scep::cms::KEKRecipientInfo& info) const { return {"kekri", &info.key_encryption_algorithm}; }
        Form operator()(const scep::cms::PasswordRecipientInfo& info) const { return {"pwri", &info.key_encryption_algorithm}; }
        Form operator()(const scep::cms::OtherRecipientInfo&) const { return {"ori", nullptr}; }
    };
    return std::visit(Visitor{}, recipient.choice);
}

} // namespace

Answer open_envelope(const scep::cms::EnvelopedData& data, const Json& request, scep::Sources& sources) {
    scep::Result<Input> opened = std::unexpected(scep::Error{});
    const bool by_password = request.contains("password");
    if (by_password) {
        opened = scep::botan::decrypt(data, request["password"].get<std::string>(), sources, scep::botan::is_one_sequence);
    } else {
        const std::string pem = request.at("recipient").at("privateKey");
        const auto key = scep::botan::PrivateKey::load({reinterpret_cast<const std::uint8_t*>(pem.data()), pem.size()});
        if (!key) {
            return skipped("recipient: " + key.error().to_string());
        }
        opened = scep::botan::decrypt(data, *key, sources, scep::botan::is_one_sequence);
    }
    if (!opened) {
        // One failure for all: which it was is not for the sender to know.
        return rejected("it cannot be opened");
    }
    Answer out = accepted();
    const std::string_view wanted = by_password ? "pwri" : "ktri";
    for (const auto& recipient : data.recipient_infos) {
        if (const Form form = form_of(*recipient); form.name == wanted) {
            out.fields["recipient"] = form.name;
            out.fields["keyEncryptionAlgorithm"] = form.key_encryption_algorithm->algorithm.to_string();
            break;
        }
    }
    out.fields["contentEncryptionAlgorithm"] = data.encrypted_content_info.content_encryption_algorithm.algorithm.to_string();
    out.plaintext = scep::der::to_hex(opened->octets());
    return out;
}

} // namespace sceplab::vectors
