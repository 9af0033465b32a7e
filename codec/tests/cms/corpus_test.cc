// The messages of the corpus' public/ beside what its MANIFEST.tsv, made by another program, says of them.
#include "samples.h"

#include <sceptest.h>

#include <scepcodec/ber/normalise.h>
#include <scepcodec/der/set_order.h>
#include <scepcodec/scep/pki_message.h>
#include <scepcodec/x509/oids.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <fstream>
#include <map>

using namespace scep;
using namespace sceptest;
namespace data = boost::unit_test::data;

namespace {

using Row = std::map<std::string, std::string>;

std::vector<std::string> cells(const std::string& line) {
    std::vector<std::string> out;
    std::size_t start = 0;
    for (std::size_t tab = 0; tab != std::string::npos; start = tab + 1) {
        tab = line.find('\t', start);
        out.push_back(line.substr(start, tab == std::string::npos ? tab : tab - start));
    }
    return out;
}

std::map<std::string, Row> manifest() {
    std::ifstream file(*corpus() / "public" / "MANIFEST.tsv");
    std::string line;
    std::getline(file, line);
    const std::vector<std::string> columns = cells(line);
    std::map<std::string, Row> rows;
    while (std::getline(file, line)) {
        const std::vector<std::string> values = cells(line);
        for (std::size_t i = 0; i < values.size() && i < columns.size(); ++i) {
            rows[values[0]][columns[i]] = values[i];
        }
    }
    return rows;
}

const Row& row_of(const std::string& name) {
    static const std::map<std::string, Row> rows = manifest();
    const auto row = rows.find(name);
    BOOST_REQUIRE_MESSAGE(row != rows.end(), name << " is not in MANIFEST.tsv");
    return row->second;
}

const std::map<std::string, std::string> algorithm_names{
    {"1.2.840.113549.2.5", "md5"},
    {"1.3.14.3.2.26", "sha1"},
    {"2.16.840.1.101.3.4.2.1", "sha256"},
    {"1.2.840.113549.1.1.1", "rsaEncryption"},
    {"1.2.840.113549.1.1.5", "sha1WithRSA"},
    {"1.2.840.113549.1.1.7", "rsaOAEP"},
    {"1.2.840.113549.1.1.11", "sha256WithRSA"},
    {"1.3.14.3.2.7", "DES-CBC"},
    {"1.2.840.113549.3.7", "3DES-CBC"},
    {"2.16.840.1.101.3.4.1.2", "AES128-CBC"},
    {"2.16.840.1.101.3.4.1.42", "AES256-CBC"},
    {"1.2.840.113549.1.7.1", "data"},
    {"1.2.840.113549.1.7.5", "digestedData"},
    {"1.2.840.113549.1.7.6", "encryptedData"},
};
const std::map<std::string, std::string> attribute_names{
    {"2.16.840.1.113733.1.9.2", "messageType"},    {"2.16.840.1.113733.1.9.3", "pkiStatus"},
    {"2.16.840.1.113733.1.9.4", "failInfo"},       {"2.16.840.1.113733.1.9.5", "senderNonce"},
    {"2.16.840.1.113733.1.9.6", "recipientNonce"}, {"2.16.840.1.113733.1.9.7", "transactionID"},
    {"1.2.840.113549.1.9.3", "contentType"},       {"1.2.840.113549.1.9.4", "messageDigest"},
    {"1.2.840.113549.1.9.5", "signingTime"},       {"1.2.840.113549.1.9.52", "cmsAlgProtect"},
    {"1.2.840.113549.1.9.15", "smimeCaps"},        {"1.2.840.113549.1.9.16.2.47", "signingCertV2"},
};

std::string named(const std::map<std::string, std::string>& names, const der::Oid& oid) {
    const auto name = names.find(oid.to_string());
    return name == names.end() ? oid.to_string() : name->second;
}

// Digests and signatures are said to have no parameters where they have none; ciphers are not.
std::string algorithm(const x509::AlgorithmIdentifier& value) {
    return named(algorithm_names, value.algorithm) + (value.parameters ? "" : "(no-params)");
}

std::string sized(const der::Input octets) {
    std::string digits = der::to_hex(octets.octets());
    return (digits.size() > 64 ? digits.substr(0, 64) : digits) + "(" + std::to_string(octets.size()) + ")";
}

std::string attribute_value(const std::string& name, const der::Element& value) {
    if (name == "messageDigest") {
        return "..";
    }
    switch (value.tag().bits) {
    case der::tag::PrintableString.bits:
        return "PrintableString:" + std::string(value.value().text());
    case der::tag::UTF8String.bits:
        return "UTF8String:" + std::string(value.value().text());
    case der::tag::UTCTime.bits:
        return "UTCTime:" + std::string(value.value().text());
    case der::tag::OBJECT_IDENTIFIER.bits:
        return "OID:" + named(algorithm_names, *der::decode_oid(value));
    case der::tag::OCTET_STRING.bits:
        return "OCTET:" + sized(value.value());
    case der::tag::SEQUENCE.bits:
        return "SEQ:" + sized(value.value());
    default:
        return "?";
    }
}

std::string signed_attributes(const cms::SignedData& signed_data) {
    std::string text;
    for (const auto& signer : signed_data.signer_infos) {
        BOOST_REQUIRE(signer);
        for (const auto& attribute : signer->signed_attrs.value_or(cms::Attributes{})) {
            BOOST_REQUIRE(attribute);
            const std::string name = named(attribute_names, attribute->type);
            text += (text.empty() ? "" : "; ") + name + "=" + attribute_value(name, *attribute->value());
        }
    }
    return text;
}

std::string sid_form(const cms::CertificateIdentifier& identifier) { return identifier.issuer_and_serial_number ? "issuerSerial" : "SKI"; }

std::string structure(const cms::SignedData& data, const std::string& e_content, const std::string& certificates) {
    std::string text = "SignedData v" + std::to_string(*data.version.to_int64()) + ", digestAlgs=";
    for (const auto& digest : data.digest_algorithms) {
        text += algorithm(*digest);
    }
    text += std::string(data.digest_algorithms.empty() ? "EMPTY" : "") + ", eContent(" +
            named(algorithm_names, data.encap_content_info.e_content_type) + ") " + e_content + certificates;
    text += ", signerInfos=" + std::to_string(data.signer_infos.size());
    for (const auto& signer : data.signer_infos) {
        text += ", SI v" + std::to_string(*signer->version.to_int64()) + " " + sid_form(signer->sid) +
                " dig=" + algorithm(signer->digest_algorithm) + " sig=" + algorithm(signer->signature_algorithm) + " " +
                std::to_string(8 * signer->signature.size()) + "bit";
        if (signer->signed_attrs && der::first_out_of_order(signer->signed_attrs->value())) {
            text += " UNSORTED-SET";
        }
    }
    return text;
}

std::string recipient(const cms::RecipientInfo& info) {
    if (const auto* ktri = std::get_if<cms::KeyTransRecipientInfo>(&info.choice)) {
        const bool no_parameters =
            ktri->key_encryption_algorithm.algorithm == x509::oids::rsaEncryption && !ktri->key_encryption_algorithm.parameters;
        return "ktri v" + std::to_string(*ktri->version.to_int64()) + " " + sid_form(ktri->rid) + " " +
               named(algorithm_names, ktri->key_encryption_algorithm.algorithm) + (no_parameters ? "(no-params) " : " ") +
               std::to_string(8 * ktri->encrypted_key.size()) + "bit";
    }
    return "ri[" + std::to_string(info.choice.index()) + "]";
}

std::string enveloped(const cms::EnvelopedData& data) {
    std::string text = "EnvelopedData v" + std::to_string(*data.version.to_int64()) + ", RI:";
    bool first = true;
    for (const auto& info : data.recipient_infos) {
        BOOST_REQUIRE(info);
        text += (first ? "" : "; ") + recipient(*info);
        first = false;
    }
    const auto& encrypted = data.encrypted_content_info;
    text += ", enc contentType=" + named(algorithm_names, encrypted.content_type) +
            " alg=" + algorithm(encrypted.content_encryption_algorithm) + " content=[0]" +
            (encrypted.encrypted_content->in_parts() ? "constructed " : "primitive ") +
            std::to_string(encrypted.encrypted_content->size()) + "B";
    if (encrypted.encrypted_content->in_parts()) {
        text += " in " + std::to_string(encrypted.encrypted_content->parts()) + " chunk(s)";
    }
    return text;
}

// How the octets as received say it: whether a length was indefinite is told by the deviations, not by the views.
std::string without(std::string text, const std::string& part) {
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part)) {
        text.erase(at, part.size());
    }
    return text;
}

std::string form(const std::vector<ber::Deviation>& deviations) {
    const auto count = [&](ber::DeviationKind kind) { return std::ranges::count(deviations, kind, &ber::Deviation::kind); };
    const auto indefinite = count(ber::DeviationKind::indefinite_length);
    const auto strings = count(ber::DeviationKind::constructed_string);
    return std::to_string(indefinite) + " indefinite" + (strings > 0 ? ", " + std::to_string(strings) + " constructed string(s)" : "");
}

struct Decoded {
    Sources sources;
    ber::Normalised outer;
    std::optional<cms::ContentInfo> info;

    explicit Decoded(const std::string& name) {
        outer = ber::normalise(*sources.add_captured(message_file(name)), sources).value();
        if (const auto decoded = cms::ContentInfo::decode(outer.der)) {
            info = *decoded;
        }
    }
};

} // namespace

BOOST_AUTO_TEST_SUITE(public_corpus)

BOOST_DATA_TEST_CASE(signed_attributes_as_listed, data::make(corpus_names()), name) {
    const Decoded message(name);
    const std::string expected = row_of(name).at("signed_attributes");
    if (!message.info || !(message.info->content_type == cms::oids::id_signedData)) {
        BOOST_TEST(expected == "");
        return;
    }
    const auto signed_data = cms::SignedData::decode_content_info(message.outer.der);
    BOOST_REQUIRE(signed_data);
    BOOST_TEST(signed_attributes(*signed_data) == expected);
}

BOOST_DATA_TEST_CASE(structure_as_listed, data::make(corpus_names()), name) {
    const Decoded message(name);
    const std::string expected = without(row_of(name).at("structure"), "/indef");
    if (!message.info) {
        BOOST_TEST(expected.starts_with("not a ContentInfo"));
    } else if (message.info->content_type == cms::oids::id_signedData) {
        const auto data = cms::SignedData::decode_content_info(message.outer.der);
        BOOST_REQUIRE(data);
        const auto& content = data->encap_content_info;
        const bool joined = message.outer.changed && expected.find("OCTET constructed") != std::string::npos;
        std::string e_content = "absent";
        if (content.e_content) {
            const auto chunks = expected.find("constructed ");
            e_content = "OCTET " + (joined ? expected.substr(chunks, expected.find("chunk(s) ") + 9 - chunks) : std::string("primitive ")) +
                        std::to_string(content.e_content->size()) + "B";
        } else if (content.content) {
            e_content = "NON-OCTET tag 0x30";
        }
        std::string certificates = data->certificates ? ", certs=" + std::to_string(data->certificates->size()) : ", certs field absent";
        certificates += data->crls ? ", crls=" + std::to_string(data->crls->size()) : "";
        BOOST_TEST(structure(*data, e_content, certificates) == expected);
    } else if (message.info->content_type == cms::oids::id_envelopedData) {
        const auto data = cms::EnvelopedData::decode_content_info(message.outer.der);
        BOOST_REQUIRE(data);
        BOOST_TEST(enveloped(*data) == expected);
    } else {
        BOOST_TEST("contentType=" + named(algorithm_names, message.info->content_type) == expected);
    }
}

BOOST_DATA_TEST_CASE(envelope_as_listed, data::make(corpus_names()), name) {
    Decoded message(name);
    const std::string expected = without(row_of(name).at("envelope"), "/indef");
    const auto signed_message = PkiMessage::decode(message.outer.der);
    const auto octets = signed_message ? signed_message->pkcs_pki_envelope() : std::nullopt;
    const auto inner = octets ? ber::normalise(*octets, message.sources) : std::unexpected(Error{});
    const auto data = inner ? cms::EnvelopedData::decode_content_info(inner->der) : std::unexpected(Error{});
    BOOST_TEST((data ? enveloped(*data) : "") == expected);
}

BOOST_DATA_TEST_CASE(ber_form_as_listed, data::make(corpus_names()), name) {
    Decoded message(name);
    const std::string expected = row_of(name).at("ber_form");
    const auto signed_message = PkiMessage::decode(message.outer.der);
    const auto octets = signed_message ? signed_message->pkcs_pki_envelope() : std::nullopt;
    const auto inner = octets && message_data_kind(*octets) == MessageDataKind::SignedData ? ber::normalise(*octets, message.sources)
                                                                                           : std::unexpected(Error{});
    std::string text = message.outer.changed ? "BER: " + form(message.outer.deviations) : "";
    if (inner && inner->changed) {
        text += (text.empty() ? "" : ", ") + ("inner BER: " + form(inner->deviations));
    }
    BOOST_TEST((text.empty() ? "DER-like (definite, primitive)" : text) == expected);
}

// Each deviation of the inner layer is told at the octet of the captured message that has it.
BOOST_DATA_TEST_CASE(inner_deviations_resolve_to_the_capture, data::make(corpus_names()), name) {
    Decoded message(name);
    const auto signed_message = PkiMessage::decode(message.outer.der);
    const auto octets = signed_message ? signed_message->pkcs_pki_envelope() : std::nullopt;
    const auto inner = octets ? ber::normalise(*octets, message.sources) : std::unexpected(Error{});
    if (!inner) {
        return;
    }
    for (const ber::Deviation& deviation : inner->deviations) {
        const Location where = message.sources.in_capture(deviation.where);
        BOOST_TEST(where.source == 0u);
        if (deviation.kind == ber::DeviationKind::indefinite_length) {
            const der::Input header = message.sources.at(where);
            BOOST_REQUIRE(!header.empty());
            BOOST_TEST(header[header.size() - 1] == 0x80);
            BOOST_TEST((header[0] & 0x20) != 0);
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
