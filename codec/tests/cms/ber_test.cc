// BER at every layer: where the deviations are told, and that the values come out the same.
#include "dump.h"
#include "samples.h"

#include <scepcodec/ber/normalise.h>
#include <scepcodec/der/writer.h>
#include <scepcodec/scep/certs_only.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace scep;
using namespace sceptest;
namespace data = boost::unit_test::data;

namespace {

using Kind = ber::DeviationKind;

// The same values with every constructed encoding of indefinite length, and OCTET STRINGs in two parts where told.
Octets indefinite(der::Input input, bool strings_in_parts) {
    Octets out;
    der::Reader reader(input);
    while (!reader.at_end()) {
        const der::Element element = reader.any(nullptr);
        BOOST_REQUIRE(!reader.failed());
        const bool split = strings_in_parts && element.tag() == der::tag::OCTET_STRING && element.value().size() > 1;
        if (!element.tag().constructed() && !split) {
            out.insert(out.end(), element.whole().begin(), element.whole().end());
            continue;
        }
        out.push_back(static_cast<std::uint8_t>(element.whole()[0] | 0x20));
        out.push_back(0x80);
        Octets inside;
        if (split) {
            const std::uint32_t half = element.value().size() / 2;
            inside = der::encode([&](der::Writer& w) {
                w.octet_string(element.value().slice(0, half).octets());
                w.octet_string(element.value().from(half).octets());
            });
        } else {
            inside = indefinite(element.value(), strings_in_parts);
        }
        out.insert(out.end(), inside.begin(), inside.end());
        out.insert(out.end(), {0, 0});
    }
    return out;
}

Octets framed(const Octets& der, bool strings_in_parts = false) { return indefinite(der::Input(der), strings_in_parts); }

std::size_t count(const std::vector<ber::Deviation>& deviations, Kind kind) {
    return static_cast<std::size_t>(std::ranges::count(deviations, kind, &ber::Deviation::kind));
}

// A PKCSReq with `envelope` inside, in DER.
Octets around(const Octets& envelope) { return sign(build::pkcs_req(transaction(), envelope)); }

const std::vector<std::string> pki_messages{"PKCSReq",         "PKCSReq, key identifier", "CertPoll",      "CertRep SUCCESS",
                                            "CertRep FAILURE", "CertRep PENDING",         "odd attributes"};

} // namespace

BOOST_AUTO_TEST_SUITE(ber_layers)

BOOST_DATA_TEST_CASE(indefinite_throughout_reads_the_same, data::make(pki_messages) * data::make(std::vector<bool>{false, true}), name,
                     strings_in_parts) {
    const Octets der = sample(name);
    const Octets ber = framed(der, strings_in_parts);
    BOOST_TEST((PkiMessage::decode(der::Input(ber)).error().code == ErrorCode::indefinite_length));
    Sources sources;
    const der::Input input = *sources.add_captured(ber);
    const auto message = PkiMessage::decode(input, sources);
    BOOST_REQUIRE_MESSAGE(message, (message ? std::string() : message.error().to_string()));
    BOOST_TEST(message->content_info.whole.same_octets(der));
    Dump ours;
    walk(*message, ours);
    Dump strict;
    walk(*PkiMessage::decode(der::Input(der)), strict);
    BOOST_TEST(ours.lines == strict.lines, boost::test_tools::per_element());
    // OpenSSL counts the indefinite lengths; ours are told at the same octets.
    std::vector<std::uint32_t> theirs;
    for (const Asn1Line& line : asn1parse(ber)) {
        if (ber[line.offset + line.header_size - 1] == 0x80 && (ber[line.offset] & 0x20) != 0) {
            theirs.push_back(line.offset);
        }
    }
    std::vector<std::uint32_t> told;
    for (const ber::Deviation& deviation : message->deviations) {
        if (deviation.kind == Kind::indefinite_length) {
            BOOST_TEST(deviation.where.source == input.source());
            told.push_back(deviation.where.offset);
        }
    }
    BOOST_TEST(told == theirs, boost::test_tools::per_element());
    BOOST_TEST((count(message->deviations, Kind::constructed_string) > 0) == strings_in_parts);
}

BOOST_AUTO_TEST_CASE(indefinite_envelope_in_a_definite_message) {
    const Octets envelope = framed(sample("ktri"));
    const Octets octets = around(envelope);
    Sources sources;
    const auto message = PkiMessage::decode(*sources.add_captured(octets), sources);
    BOOST_REQUIRE(message);
    BOOST_TEST(message->deviations.empty());
    BOOST_TEST(sources.size() == 1u);
    const auto inner = message->pkcs_pki_envelope();
    BOOST_REQUIRE(inner);
    BOOST_TEST(inner->same_octets(envelope));
    BOOST_TEST((cms::EnvelopedData::decode_content_info(*inner).error().code == ErrorCode::indefinite_length));
    const auto normalised = ber::normalise(*inner, sources);
    BOOST_REQUIRE(normalised);
    BOOST_TEST(normalised->der.same_octets(sample("ktri")));
    BOOST_TEST(cms::EnvelopedData::decode_content_info(normalised->der).has_value());
    // The first deviation is the envelope's own header, told in the message as received.
    BOOST_REQUIRE(!normalised->deviations.empty());
    BOOST_TEST(sources.in_capture(normalised->deviations[0].where).offset == inner->offset());
}

BOOST_AUTO_TEST_CASE(definite_envelope_in_an_indefinite_message) {
    const Octets envelope = sample("ktri");
    const Octets octets = framed(around(envelope), true);
    Sources sources;
    const auto message = PkiMessage::decode(*sources.add_captured(octets), sources);
    BOOST_REQUIRE(message);
    BOOST_TEST(count(message->deviations, Kind::indefinite_length) > 10u);
    const auto inner = message->pkcs_pki_envelope();
    BOOST_REQUIRE(inner);
    BOOST_TEST(inner->same_octets(envelope));
    const auto normalised = ber::normalise(*inner, sources);
    BOOST_REQUIRE(normalised);
    BOOST_TEST(!normalised->changed);
    BOOST_TEST(normalised->deviations.empty());
}

BOOST_AUTO_TEST_CASE(indefinite_in_indefinite) {
    const Octets octets = framed(around(framed(sample("ktri"))), true);
    Sources sources;
    const auto message = PkiMessage::decode(*sources.add_captured(octets), sources);
    BOOST_REQUIRE(message);
    const auto normalised = ber::normalise(*message->pkcs_pki_envelope(), sources);
    BOOST_REQUIRE(normalised);
    const auto enveloped = cms::EnvelopedData::decode_content_info(normalised->der);
    BOOST_REQUIRE(enveloped);
    BOOST_TEST(normalised->der.same_octets(sample("ktri")));
    // Two maps on top of each other: the contentType's octets stand in the capture as they are.
    const Location where = sources.in_capture(enveloped->encrypted_content_info.content_type.content.location());
    BOOST_TEST(where.source == 0u);
    BOOST_TEST(sources.at(where).same_octets(enveloped->encrypted_content_info.content_type.content));
}

BOOST_AUTO_TEST_CASE(envelope_in_parts_of_definite_length) {
    // eContent constructed, everything definite: the strict reader takes it, and leaves the parts apart.
    const Octets der = sample("PKCSReq");
    const auto strict = PkiMessage::decode(der::Input(der));
    const der::Input content = *strict->pkcs_pki_envelope();
    const Octets octets = der::encode([&](der::Writer& w) {
        w.sequence([&] {
            w.oid(cms::oids::id_signedData);
            w.constructed(der::tag::context_constructed(0), [&] {
                w.sequence([&] {
                    w.integer(1);
                    w.raw(strict->signed_data.digest_algorithms.whole());
                    w.sequence([&] {
                        w.oid(cms::oids::id_data);
                        w.constructed(der::tag::context_constructed(0), [&] {
                            w.constructed(der::tag::OCTET_STRING.as_constructed(), [&] {
                                w.octet_string(content.slice(0, 100).octets());
                                w.octet_string(content.from(100).octets());
                            });
                        });
                    });
                    w.raw(strict->signed_data.signer_infos.whole());
                });
            });
        });
    });
    const auto apart = PkiMessage::decode(der::Input(octets));
    BOOST_REQUIRE(apart);
    BOOST_TEST(apart->signed_data.encap_content_info.e_content->in_parts());
    BOOST_TEST(!apart->pkcs_pki_envelope().has_value());
    Sources sources;
    const auto joined = PkiMessage::decode(*sources.add_captured(octets), sources);
    BOOST_REQUIRE(joined);
    BOOST_TEST(joined->pkcs_pki_envelope()->same_octets(content));
    BOOST_REQUIRE(joined->deviations.size() == 1u);
    BOOST_TEST((joined->deviations[0].kind == Kind::constructed_string));
    BOOST_TEST(joined->deviations[0].where.offset == apart->signed_data.encap_content_info.e_content->element().whole().offset());
}

BOOST_DATA_TEST_CASE(octets_after_the_message,
                     data::make(std::vector<std::string>{"PKCSReq", "CertRep FAILURE"}) * data::make(std::vector<bool>{false, true}), name,
                     as_ber) {
    Octets octets = as_ber ? framed(sample(name)) : sample(name);
    const std::size_t size = octets.size();
    octets.insert(octets.end(), {'\r', '\n', 0});
    if (!as_ber) {
        const auto strict = PkiMessage::decode(der::Input(octets));
        BOOST_REQUIRE(!strict);
        BOOST_TEST(strict.error().to_string() == "ContentInfo: trailing_data at " + std::to_string(size) + ".." + std::to_string(size + 3));
    }
    Sources sources;
    const auto message = PkiMessage::decode(*sources.add_captured(octets), sources);
    BOOST_REQUIRE(message);
    const ber::Deviation& last = message->deviations.back();
    BOOST_TEST((last.kind == Kind::trailing_octets));
    BOOST_TEST(last.where.offset == size);
    BOOST_TEST(last.where.length == 3u);
    BOOST_TEST(message->deviations.size() == 1u + count(message->deviations, Kind::indefinite_length));
}

BOOST_AUTO_TEST_CASE(unsorted_set_in_a_definite_message_is_told) {
    // The two SignerInfos of a SET OF, exchanged.
    const Octets der = sample("signed, two signers");
    const auto strict = PkiMessage::decode(der::Input(der));
    BOOST_REQUIRE(strict);
    const der::Input signers = strict->signed_data.signer_infos.value();
    auto second = strict->signed_data.signer_infos.begin();
    const std::uint32_t first_size = second.whole().size();
    Octets octets(der.begin(), der.end() - signers.size());
    octets.insert(octets.end(), signers.begin() + first_size, signers.end());
    octets.insert(octets.end(), signers.begin(), signers.begin() + first_size);
    Sources sources;
    const auto message = PkiMessage::decode(*sources.add_captured(octets), sources);
    BOOST_REQUIRE(message);
    BOOST_REQUIRE(message->deviations.size() == 1u);
    BOOST_TEST((message->deviations[0].kind == Kind::unsorted_set_of));
    BOOST_TEST(message->deviations[0].where.offset == strict->signed_data.signer_infos.whole().offset());
    BOOST_TEST(sources.size() == 1u);
}

BOOST_AUTO_TEST_CASE(what_is_inside_one_certificate_hides_nothing_else) {
    // A length inside the certificate that leads beyond it: the message is read, the certificate is an error.
    Octets octets = sample("PKCSReq");
    const auto strict = PkiMessage::decode(der::Input(octets));
    const auto view = (*strict->signed_data.certificates->begin())->certificate();
    BOOST_REQUIRE(view);
    octets[view->tbs_certificate.offset() + 2] ^= 0x40;
    Sources sources;
    const auto message = PkiMessage::decode(*sources.add_captured(octets), sources);
    BOOST_REQUIRE(message);
    BOOST_TEST(message->attributes.transaction_id.value->value().text() == "8E63A1B2");
    const auto broken = (*message->signed_data.certificates->begin())->certificate();
    BOOST_REQUIRE(!broken);
    BOOST_TEST(broken.error().to_string().starts_with("Certificate.tbsCertificate: truncated at "));
}

BOOST_AUTO_TEST_CASE(certificates_answer_in_ber) {
    for (const std::string name : {"certificates only", "certificates and CRL", "Certificate"}) {
        const Octets octets = framed(sample(name));
        Sources sources;
        const auto answer = CertsOnly::decode(*sources.add_captured(octets), sources);
        BOOST_REQUIRE_MESSAGE(answer, name);
        BOOST_TEST(answer->certificate_count() == (name == "Certificate" ? 1u : 2u));
        BOOST_TEST(count(answer->deviations, Kind::indefinite_length) > 5u);
        // A certificate's octets as received are found again.
        const der::Input view =
            answer->certificate ? answer->certificate->whole : (*answer->signed_data->certificates->begin())->element.whole();
        const der::Input original = ber::original(view, sources);
        BOOST_TEST(original[1] == 0x80);
        BOOST_TEST(Octets(original.begin(), original.end()) == framed(Octets(view.begin(), view.end())), boost::test_tools::per_element());
    }
}

struct LimitRow {
    Limits limits;
    ErrorCode code;
};
std::ostream& operator<<(std::ostream& out, const LimitRow& row) { return out << name(row.code); }
const LimitRow limit_rows[] = {
    {{.bytes = 5000, .depth = 5, .elements = 4000}, ErrorCode::limit_depth},
    {{.bytes = 5000, .depth = 64, .elements = 50}, ErrorCode::limit_elements},
};

BOOST_DATA_TEST_CASE(limits_hold_for_der_too, data::make(limit_rows), row) {
    Sources sources(row.limits);
    const auto message = PkiMessage::decode(*sources.add_captured(sample("PKCSReq")), sources);
    BOOST_REQUIRE(!message);
    BOOST_TEST((message.error().code == row.code));
    BOOST_TEST(message.error().to_string().starts_with("ContentInfo: "));
}

struct BrokenRow {
    const char* octets;
    const char* text;
};
std::ostream& operator<<(std::ostream& out, const BrokenRow& row) { return out << row.octets; }
const BrokenRow broken_rows[] = {
    {"308006092a864886f70d010702a0", "ContentInfo: truncated at 13..14"},
    {"308006092a864886f70d010702", "ContentInfo: missing_end_of_contents at 0..2"},
    {"308006092a864886f70d0107020000", "ContentInfo.content: missing_content at 0..13"},
    {"0000", "ContentInfo: SEQUENCE expected, [UNIVERSAL 0] at 0..2"},
    {"3082000b06092a864886f70d010702", "ContentInfo.content: missing_content at 0..13"},
    {"3003020105", "ContentInfo.contentType: OBJECT IDENTIFIER expected, INTEGER at 2..5"},
};

BOOST_DATA_TEST_CASE(what_neither_form_reads, data::make(broken_rows), row) {
    Sources sources;
    const auto message = PkiMessage::decode(*sources.add_captured(hex(row.octets)), sources);
    BOOST_REQUIRE(!message);
    const std::string text = message.error().to_string();
    BOOST_TEST(text == row.text);
}

BOOST_AUTO_TEST_SUITE_END()
