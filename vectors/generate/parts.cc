#include <vectors/generate/parts.h>

#include <scepcodec/der/writer.h>
#include <scepcodec/scep/pki_message.h>

namespace sceplab::vectors {

namespace {

using scep::der::Input;
using scep::der::Writer;
namespace tag = scep::der::tag;

Octets copy(Input octets) { return {octets.begin(), octets.end()}; }

template <class List>
std::vector<Octets> elements(const List& list) {
    std::vector<Octets> out;
    for (auto each = list.begin(); each != list.end(); ++each) {
        out.push_back(copy(each.whole()));
    }
    return out;
}

SignerParts take_apart(const scep::cms::SignerInfo& signer) {
    SignerParts out;
    out.version = *signer.version.to_int64();
    out.sid = copy(signer.sid.whole);
    out.digest_algorithm = copy(signer.digest_algorithm.whole);
    if (signer.signed_attrs) {
        out.attributes = elements(*signer.signed_attrs);
    }
    out.signature_algorithm = copy(signer.signature_algorithm.whole);
    out.signature = copy(signer.signature);
    return out;
}

void write(Writer& w, const std::vector<Octets>& all) {
    for (const Octets& each : all) {
        w.raw(each);
    }
}

void write(Writer& w, const SignerParts& signer) {
    w.sequence([&] {
        w.integer(signer.version);
        w.raw(signer.sid);
        w.raw(signer.digest_algorithm);
        if (signer.attributes) {
            w.constructed(tag::context_constructed(0), [&] { write(w, *signer.attributes); });
        }
        w.raw(signer.signature_algorithm);
        w.octet_string(signer.signature);
    });
}

}  // namespace

SignedDataParts take_apart(const Octets& message) {
    const auto decoded = scep::PkiMessage::decode(Input(message));
    SignedDataParts out;
    const scep::cms::SignedData& data = decoded->signed_data;
    out.version = *data.version.to_int64();
    out.digest_algorithms = elements(data.digest_algorithms);
    out.e_content_type = scep::der::encode([&](Writer& w) { w.oid(data.encap_content_info.e_content_type); });
    if (data.encap_content_info.content) {
        out.e_content = copy(data.encap_content_info.content->whole());
    }
    if (data.certificates) {
        out.certificates = elements(*data.certificates);
    }
    if (data.crls) {
        out.crls = elements(*data.crls);
    }
    out.signers.push_back(take_apart(decoded->signer_info));
    return out;
}

Octets put_together(const SignedDataParts& parts) {
    return scep::der::encode([&](Writer& w) {
        w.sequence([&] {
            w.oid(scep::cms::oids::id_signedData);
            w.constructed(tag::context_constructed(0), [&] {
                w.sequence([&] {
                    w.integer(parts.version);
                    w.set([&] { write(w, parts.digest_algorithms); });
                    w.sequence([&] {
                        w.raw(parts.e_content_type);
                        if (!parts.e_content.empty()) {
                            w.constructed(tag::context_constructed(0), [&] { w.raw(parts.e_content); });
                        }
                    });
                    if (!parts.certificates.empty()) {
                        w.constructed(tag::context_constructed(0), [&] { write(w, parts.certificates); });
                    }
                    if (!parts.crls.empty()) {
                        w.constructed(tag::context_constructed(1), [&] { write(w, parts.crls); });
                    }
                    w.set([&] {
                        for (const SignerParts& signer : parts.signers) {
                            write(w, signer);
                        }
                    });
                });
            });
        });
    });
}

std::function<void(Octets&)> changing(std::function<void(SignedDataParts&)> change) {
    return [change = std::move(change)](Octets& message) {
        SignedDataParts parts = take_apart(message);
        change(parts);
        message = put_together(parts);
    };
}

namespace {

void remove(std::vector<Octets>& attributes, const scep::der::OidConstant& type) {
    std::erase_if(attributes, [&](const Octets& each) {
        const auto attribute = scep::der::decode<scep::x509::Attribute>(Input(each));
        return attribute && attribute->type == type;
    });
}

}  // namespace

void remove_attribute(scep::cms::SignedDataBuilder& builder, const scep::der::OidConstant& type) { remove(builder.signed_attrs, type); }

void set_attribute(scep::cms::SignedDataBuilder& builder, const scep::der::OidConstant& type, std::vector<Octets> values) {
    remove_attribute(builder, type);
    builder.signed_attrs.push_back(scep::cms::encode_attribute(type, values));
}

void remove_attribute(SignerParts& signer, const scep::der::OidConstant& type) { remove(*signer.attributes, type); }

Octets string_value(scep::der::Tag type, std::string_view text) {
    return scep::der::encode([&](Writer& w) { w.primitive(type, text); });
}

Octets set_in_order(const std::vector<Octets>& elements) {
    return scep::der::encode([&](Writer& w) { w.set([&] { write(w, elements); }); });
}

}  // namespace sceplab::vectors
