#include <vectors/run/own_cms.h>

namespace sceplab::vectors {

namespace {

using scep::der::Input;

template <class List>
Json digests_of(const std::optional<List>& list) {
    Json out = Json::array();
    if (list) {
        for (const auto& each : *list) {
            out.push_back(scep::der::to_hex(scep::botan::sha256(each->element.whole().octets())));
        }
    }
    return out;
}

Answer certificates_only(const Json& request) {
    scep::Sources sources;
    const auto data = decode_signed_data(request, sources);
    if (!data) {
        return data.error();
    }
    if (!data->signer_infos.empty()) {
        return rejected("it has signers", "SignedData.signerInfos");
    }
    if (data->encap_content_info.content) {
        return rejected("it has content", "SignedData.encapContentInfo.eContent");
    }
    Answer out = accepted();
    out.fields = {{"certificates", digests_of(data->certificates)}, {"crls", digests_of(data->crls)}};
    return out;
}

Answer signed_data(const Json& request) {
    scep::Sources sources;
    const auto data = decode_signed_data(request, sources);
    if (!data) {
        return data.error();
    }
    if (data->signer_infos.empty()) {
        return rejected("nobody has signed it", "SignedData.signerInfos");
    }
    for (const auto& signer : data->signer_infos) {
        if (auto wrong = verify_signer(*data, *signer)) {
            return *wrong;
        }
    }
    const scep::cms::SignerInfo first = **data->signer_infos.begin();
    Answer out = accepted();
    out.fields["version"] =
        data->version.to_int64() ? std::to_string(*data->version.to_int64()) : scep::der::to_hex(data->version.content.octets());
    out.fields["eContentType"] = data->encap_content_info.e_content_type.to_string();
    if (const auto content = octets_of(data->encap_content_info)) {
        out.fields["eContent"] = scep::der::to_hex(*content);
    }
    out.fields["certificates"] = std::to_string(data->certificates ? data->certificates->size() : 0);
    out.fields["crls"] = std::to_string(data->crls ? data->crls->size() : 0);
    out.fields["digestAlgorithm"] = first.digest_algorithm.algorithm.to_string();
    out.fields["signatureAlgorithm"] = first.signature_algorithm.algorithm.to_string();
    return out;
}

Answer enveloped_data(const Json& request) {
    scep::Sources sources;
    const auto input = sources.add_captured(octets_of(request));
    const auto data = decode_enveloped_data(*input, sources);
    if (!data) {
        return data.error();
    }
    return open_envelope(*data, request, sources);
}

} // namespace

Answer own_certificates_only(const Json& request) { return certificates_only(request); }
Answer own_signed_data(const Json& request) { return signed_data(request); }
Answer own_enveloped_data(const Json& request) { return enveloped_data(request); }

} // namespace sceplab::vectors
