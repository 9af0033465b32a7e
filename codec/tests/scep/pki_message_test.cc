#include "../cms/dump.h"
#include "../cms/samples.h"

#include <sceptest.h>

#include <scepcodec/der/writer.h>
#include <scepcodec/scep/oids.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <array>

using namespace scep;
using namespace sceptest;
namespace data = boost::unit_test::data;

namespace {

PkiMessage decode(const Octets& octets) {
    const auto out = PkiMessage::decode(der::Input(octets));
    BOOST_REQUIRE_MESSAGE(out, (out ? std::string() : out.error().to_string()));
    return *out;
}

std::string text(const AttributeSlot& slot) { return slot.value ? std::string(slot.value->value().text()) : ""; }
std::string digits(const AttributeSlot& slot) { return slot.value ? der::to_hex(slot.value->value().octets()) : ""; }

const std::string own_nonce = "000102030405060708090a0b0c0d0e0f";
const std::string ca_nonce(32, '4');

struct Row {
    const char* name;
    std::optional<MessageType> type;
    const char* type_text;
    std::optional<PkiStatus> status;
    std::optional<FailInfo> fail_info;
    std::string fail_info_text;
    bool answer;
    bool envelope;
};
std::ostream& operator<<(std::ostream& out, const Row& row) { return out << row.name; }
const Row rows[] = {
    {"PKCSReq", MessageType::PKCSReq, "PKCSReq", std::nullopt, std::nullopt, "", false, true},
    {"PKCSReq, key identifier", MessageType::PKCSReq, "PKCSReq", std::nullopt, std::nullopt, "", false, true},
    {"RenewalReq", MessageType::RenewalReq, "RenewalReq", std::nullopt, std::nullopt, "", false, true},
    {"CertPoll", MessageType::CertPoll, "CertPoll", std::nullopt, std::nullopt, "", false, true},
    {"GetCert", MessageType::GetCert, "GetCert", std::nullopt, std::nullopt, "", false, true},
    {"GetCRL", MessageType::GetCRL, "GetCRL", std::nullopt, std::nullopt, "", false, true},
    {"CertRep SUCCESS", MessageType::CertRep, "CertRep", PkiStatus::SUCCESS, std::nullopt, "", true, true},
    {"CertRep FAILURE", MessageType::CertRep, "CertRep", PkiStatus::FAILURE, FailInfo::badMessageCheck, "wrong \xc3\xa9", true, false},
    {"CertRep PENDING", MessageType::CertRep, "CertRep", PkiStatus::PENDING, std::nullopt, "", true, false},
};

} // namespace

BOOST_AUTO_TEST_SUITE(pki_message)

BOOST_DATA_TEST_CASE(attributes_of_each_kind, data::make(rows), row) {
    const Octets octets = sample(row.name);
    const PkiMessage message = decode(octets);
    const TransactionAttributes& attributes = message.attributes;
    BOOST_TEST((attributes.message_type && attributes.message_type->known == row.type));
    BOOST_TEST(attributes.message_type->to_string() == row.type_text);
    BOOST_TEST(((attributes.pki_status ? attributes.pki_status->known : std::nullopt) == row.status));
    BOOST_TEST(((attributes.fail_info ? attributes.fail_info->known : std::nullopt) == row.fail_info));
    BOOST_TEST(text(attributes.transaction_id) == "8E63A1B2");
    BOOST_TEST(digits(attributes.sender_nonce) == (row.answer ? ca_nonce : own_nonce));
    BOOST_TEST(digits(attributes.recipient_nonce) == (row.answer ? own_nonce : ""));
    BOOST_TEST(text(attributes.fail_info_text) == row.fail_info_text);
    BOOST_TEST(text(attributes.signing_time) == "251124160000Z");
    BOOST_TEST(attributes.others == 0u);
    BOOST_TEST(attributes.message_digest.value->value().size() == 32u);
    BOOST_TEST(message.pkcs_pki_envelope().has_value() == row.envelope);
    BOOST_TEST(message.signed_data.encap_content_info.e_content.has_value() == row.envelope);
}

// OpenSSL verifies each of them: the octets to be signed are the ones RFC 5652 means.
BOOST_DATA_TEST_CASE(openssl_verifies_each_kind, data::make(rows), row) {
    const Octets octets = sample(row.name);
    const TemporaryFolder folder;
    std::vector<std::string> command{"cms", "-verify", "-noverify", "-binary", "-inform", "DER"};
    if (!row.envelope) {
        command.insert(command.end(), {"-content", folder.write("empty", std::string_view())});
    }
    const std::string content = openssl_text(command, octets);
    const PkiMessage message = decode(octets);
    const auto envelope = message.pkcs_pki_envelope();
    BOOST_TEST((envelope ? std::string(envelope->text()) : "") == content);
    if (envelope) {
        BOOST_TEST(cms::EnvelopedData::decode_content_info(*envelope).has_value());
    }
}

struct InnerRow {
    const char* name;
    MessageDataKind kind;
};
std::ostream& operator<<(std::ostream& out, const InnerRow& row) { return out << row.name; }
const InnerRow inner_rows[] = {
    {"PKCSReq", MessageDataKind::CertificationRequest}, {"RenewalReq", MessageDataKind::CertificationRequest},
    {"CertPoll", MessageDataKind::IssuerAndSubject},    {"GetCert", MessageDataKind::IssuerAndSerialNumber},
    {"GetCRL", MessageDataKind::IssuerAndSerialNumber}, {"CertRep SUCCESS", MessageDataKind::SignedData},
};

BOOST_DATA_TEST_CASE(openssl_decrypts_what_fits_the_type, data::make(inner_rows), row) {
    const PkiMessage message = decode(sample(row.name));
    const Octets plain =
        openssl({"cms", "-decrypt", "-binary", "-inform", "DER", "-inkey", key_file("ca.key")}, message.pkcs_pki_envelope()->octets());
    BOOST_TEST((message_data_kind(der::Input(plain)) == row.kind));
}

// What a decrypted messageData is, told by its shape alone.
struct KindRow {
    const char* octets;
    MessageDataKind kind;
};
std::ostream& operator<<(std::ostream& out, const KindRow& row) { return out << row.octets; }
const KindRow kind_rows[] = {
    {"", MessageDataKind::unknown},
    {"3000", MessageDataKind::unknown},
    {"0400", MessageDataKind::unknown},
    {"3003020100", MessageDataKind::unknown},
    {"300406022a03", MessageDataKind::SignedData},
    {"30073003020100", MessageDataKind::CertificationRequest},
    {"30053000020105", MessageDataKind::IssuerAndSerialNumber}, // an empty issuer
    {"300730023100020105", MessageDataKind::IssuerAndSerialNumber},
    {"300430003000", MessageDataKind::IssuerAndSubject}, // two empty names
    {"3006300231003000", MessageDataKind::IssuerAndSubject},
    {"30043000", MessageDataKind::unknown},
    {"300430000500", MessageDataKind::unknown},
};

BOOST_DATA_TEST_CASE(message_data_by_shape, data::make(kind_rows), row) {
    const Octets octets = hex(row.octets);
    BOOST_TEST((message_data_kind(der::Input(octets)) == row.kind));
}

BOOST_AUTO_TEST_CASE(issuer_and_subject) {
    const Octets octets = sample("IssuerAndSubject");
    const auto names = IssuerAndSubject::decode(der::Input(octets));
    BOOST_REQUIRE(names);
    BOOST_TEST(names->issuer.whole.same_octets(subject_of("ca")));
    BOOST_TEST(names->subject.whole.same_octets(subject_of("client")));
    const auto short_one = IssuerAndSubject::decode(der::Input(octets).from(2));
    BOOST_TEST(!short_one.has_value());
}

// Everything odd is kept, counted, and has its place.
BOOST_AUTO_TEST_CASE(odd_attributes_are_kept) {
    const Octets octets = sample("odd attributes");
    const PkiMessage message = decode(octets);
    const TransactionAttributes& attributes = message.attributes;
    BOOST_TEST(!attributes.message_type->known.has_value());
    BOOST_TEST(attributes.message_type->to_string() == "99");
    BOOST_TEST(attributes.transaction_id.occurrences == 2u);
    BOOST_TEST(attributes.transaction_id.values == 3u);
    BOOST_TEST(attributes.fail_info_slot.present());
    BOOST_TEST(attributes.fail_info_slot.values == 0u);
    BOOST_TEST(!attributes.fail_info.has_value());
    BOOST_TEST((attributes.pki_status->known == PkiStatus::SUCCESS));
    BOOST_TEST((attributes.pki_status->element.tag() == der::tag::IA5String));
    BOOST_TEST(attributes.others == 1u);
    // The other one is reached by walking.
    std::vector<std::string> values;
    for (const auto& attribute : *message.signer_info.signed_attrs) {
        if (attribute->type.to_string() == "1.3.6.1.4.1.311.21.38" || attribute->type == oids::transactionID) {
            for (const auto& value : attribute->values) {
                values.emplace_back(value->element.value().text());
                BOOST_TEST(der::Input(octets).slice(value->element.value().offset(), value->element.value().size()).text() ==
                           values.back());
            }
        }
    }
    std::ranges::sort(values);
    BOOST_TEST(values == (std::vector<std::string>{"8E63A1B2", "Issued", "first", "second"}), boost::test_tools::per_element());
}

// Attribute lists by hand.
struct SlotRow {
    const char* name;
    std::vector<const char*> attributes;
    std::uint32_t occurrences;
    std::uint32_t values;
    const char* first; // the whole of the value that counts
    std::optional<MessageType> known;
};
std::ostream& operator<<(std::ostream& out, const SlotRow& row) { return out << row.name; }
// .2 is messageType.
const SlotRow slot_rows[] = {
    {"as it should be", {"3012060a6086480186f845010902310413023139"}, 1, 1, "13023139", MessageType::PKCSReq},
    {"UTF8String",
     {"3012060a6086480186f8450109023104"
      "0c023230"},
     1,
     1,
     "0c023230",
     MessageType::CertPoll},
    {"OCTET STRING",
     {"3011060a6086480186f8450109023103"
      "040133"},
     1,
     1,
     "040133",
     MessageType::CertRep},
    {"INTEGER of the same octets",
     {"3011060a6086480186f8450109023103"
      "020133"},
     1,
     1,
     "020133",
     std::nullopt},
    {"leading zero",
     {"3012060a6086480186f8450109023104"
      "13023033"},
     1,
     1,
     "13023033",
     std::nullopt},
    {"trailing space",
     {"3013060a6086480186f8450109023105"
      "1303313920"},
     1,
     1,
     "1303313920",
     std::nullopt},
    {"empty",
     {"3010060a6086480186f8450109023102"
      "1300"},
     1,
     1,
     "1300",
     std::nullopt},
    {"unknown code",
     {"3012060a6086480186f8450109023104"
      "13023138"},
     1,
     1,
     "13023138",
     std::nullopt},
    {"BMPString",
     {"3014060a6086480186f8450109023106"
      "1e0400310039"},
     1,
     1,
     "1e0400310039",
     std::nullopt},
    {"two values",
     {"3016060a6086480186f8450109023108"
      "13023139"
      "13023137"},
     1,
     2,
     "13023139",
     MessageType::PKCSReq},
    {"two attributes",
     {"3012060a6086480186f845010902310413023137", "3012060a6086480186f845010902310413023139"},
     2,
     2,
     "13023137",
     MessageType::RenewalReq},
    {"no value, then one",
     {"300e060a6086480186f8450109023100", "3012060a6086480186f845010902310413023139"},
     2,
     1,
     "13023139",
     MessageType::PKCSReq},
    {"no value", {"300e060a6086480186f8450109023100"}, 1, 0, "", std::nullopt},
    {"none", {}, 0, 0, "", std::nullopt},
};

Octets attribute_list(const std::vector<const char*>& attributes) {
    return der::encode([&](der::Writer& w) {
        w.constructed(der::tag::context_constructed(0), [&] {
            for (const char* attribute : attributes) {
                w.raw(hex(attribute));
            }
        });
    });
}

BOOST_DATA_TEST_CASE(message_type_in_any_shape, data::make(slot_rows), row) {
    const Octets octets = attribute_list(row.attributes);
    der::Reader reader{der::Input(octets)};
    const auto list = cms::Attributes::read(reader, der::tag::context_constructed(0), "signedAttrs");
    BOOST_REQUIRE(!reader.failed());
    const auto attributes = TransactionAttributes::collect(list);
    BOOST_REQUIRE_MESSAGE(attributes, (attributes ? std::string() : attributes.error().to_string()));
    const AttributeSlot& slot = attributes->message_type_slot;
    BOOST_TEST(slot.occurrences == row.occurrences);
    BOOST_TEST(slot.values == row.values);
    BOOST_TEST((slot.value ? der::to_hex(slot.value->whole().octets()) : "") == row.first);
    BOOST_TEST(slot.whole.has_value() == (row.occurrences > 0));
    if (slot.whole) {
        BOOST_TEST(slot.whole->offset() == 2u);
    }
    BOOST_TEST(((attributes->message_type ? attributes->message_type->known : std::nullopt) == row.known));
}

BOOST_AUTO_TEST_CASE(a_malformed_attribute_is_named_by_its_index) {
    const Octets octets = attribute_list({"300e060a6086480186f8450109023100", "3003020105"});
    der::Reader reader{der::Input(octets)};
    const auto list = cms::Attributes::read(reader, der::tag::context_constructed(0), "signedAttrs");
    const auto attributes = TransactionAttributes::collect(list);
    BOOST_REQUIRE(!attributes);
    BOOST_TEST(attributes.error().to_string() == "signedAttrs[1].attrType: OBJECT IDENTIFIER expected, INTEGER at 20..23");
}

struct CodeRow {
    const char* text;
    std::optional<MessageType> type;
    std::optional<PkiStatus> status;
    std::optional<FailInfo> fail_info;
};
std::ostream& operator<<(std::ostream& out, const CodeRow& row) { return out << row.text; }
// RFC 8894, 3.2.1.2 to 3.2.1.4.
const CodeRow code_rows[] = {
    {"0", std::nullopt, PkiStatus::SUCCESS, FailInfo::badAlg},
    {"1", std::nullopt, std::nullopt, FailInfo::badMessageCheck},
    {"2", std::nullopt, PkiStatus::FAILURE, FailInfo::badRequest},
    {"3", MessageType::CertRep, PkiStatus::PENDING, FailInfo::badTime},
    {"4", std::nullopt, std::nullopt, FailInfo::badCertId},
    {"5", std::nullopt, std::nullopt, std::nullopt},
    {"17", MessageType::RenewalReq, std::nullopt, std::nullopt},
    {"18", std::nullopt, std::nullopt, std::nullopt},
    {"19", MessageType::PKCSReq, std::nullopt, std::nullopt},
    {"20", MessageType::CertPoll, std::nullopt, std::nullopt},
    {"21", MessageType::GetCert, std::nullopt, std::nullopt},
    {"22", MessageType::GetCRL, std::nullopt, std::nullopt},
    {"019", std::nullopt, std::nullopt, std::nullopt},
    {"-1", std::nullopt, std::nullopt, std::nullopt},
};

BOOST_DATA_TEST_CASE(codes, data::make(code_rows), row) {
    const Octets octets = der::encode([&](der::Writer& w) { w.printable_string(row.text); });
    der::Reader reader{der::Input(octets)};
    const der::Element element = reader.any(nullptr);
    BOOST_TEST((code_message_type(element).known == row.type));
    BOOST_TEST((code_pki_status(element).known == row.status));
    BOOST_TEST((code_fail_info(element).known == row.fail_info));
    BOOST_TEST(code_message_type(element).to_string() == (row.type ? name(*row.type) : std::string_view(row.text)));
    BOOST_TEST((code_message_type(element) == MessageType::PKCSReq) == (std::string_view(row.text) == "19"));
}

BOOST_AUTO_TEST_CASE(a_message_without_signer_is_an_error) {
    const Octets octets = sample("certificates only");
    const auto message = PkiMessage::decode(der::Input(octets));
    BOOST_REQUIRE(!message);
    BOOST_TEST((message.error().code == ErrorCode::signer_count));
    BOOST_TEST(message.error().to_string() ==
               "SignedData.signerInfos: signer_count at " + std::to_string(octets.size() - 2) + ".." + std::to_string(octets.size()));
}

// Servers fill the eContent of a FAILURE in three ways; an envelope is none of them.
BOOST_DATA_TEST_CASE(content_of_a_failure, data::make(std::vector<int>{-1, 0, 1}), size) {
    cms::SignedDataBuilder builder = build::cert_rep_failure(transaction(), FailInfo::badRequest);
    if (size >= 0) {
        builder.e_content = Octets(static_cast<std::size_t>(size), 0);
    }
    const Octets octets = sign(builder, "ca");
    const PkiMessage message = decode(octets);
    const auto& content = message.signed_data.encap_content_info.e_content;
    BOOST_TEST((content ? static_cast<int>(content->size()) : -1) == size);
    BOOST_TEST(message.pkcs_pki_envelope().has_value() == (size == 1));
}

BOOST_AUTO_TEST_CASE(two_signers_show) {
    const Octets octets = sample("signed, two signers");
    const PkiMessage message = decode(octets);
    BOOST_TEST(message.signed_data.signer_infos.size() == 2u);
    BOOST_TEST(message.signer_info.whole.offset() == message.signed_data.signer_infos.value().offset());
}

BOOST_AUTO_TEST_CASE(no_signed_attributes_leave_all_slots_empty) {
    const Octets octets = sample("signed, no attributes");
    const PkiMessage message = decode(octets);
    BOOST_TEST(!message.signer_info.signed_attrs.has_value());
    BOOST_TEST(!message.attributes.message_type_slot.present());
    BOOST_TEST(!message.attributes.message_digest.present());
    BOOST_TEST(message.attributes.others == 0u);
}

BOOST_AUTO_TEST_CASE(an_envelope_alone_is_no_pki_message) {
    const Octets octets = sample("ktri");
    const auto message = PkiMessage::decode(der::Input(octets));
    BOOST_REQUIRE(!message);
    BOOST_TEST((message.error().code == ErrorCode::unexpected_content_type));
}

// Offsets are those of the source, wherever the message stands in it.
BOOST_AUTO_TEST_CASE(places_count_from_the_start_of_the_source) {
    const Octets octets = sample("PKCSReq");
    Octets body(100, 0x20);
    body.insert(body.end(), octets.begin(), octets.end());
    Sources sources;
    const der::Input captured = *sources.add_captured(body);
    const auto message = PkiMessage::decode(captured.from(100), sources);
    BOOST_REQUIRE(message);
    const der::Input id = message->attributes.transaction_id.value->value();
    BOOST_TEST(std::string(body.begin() + id.offset(), body.begin() + id.offset() + id.size()) == "8E63A1B2");
    const auto cut = PkiMessage::decode(captured.slice(100, 50), sources);
    BOOST_REQUIRE(!cut);
    BOOST_TEST(cut.error().where.offset == 100u);
    BOOST_TEST(cut.error().where.length == 50u);
}

BOOST_AUTO_TEST_SUITE_END()
