#include <vectors/generate/cms/pki.h>

#include <scepcodec/scep/oids.h>

#include <vectors/generate/parts.h>

#include <array>

namespace sceplab::vectors {

namespace {

using scep::MessageType;
namespace oids = scep::oids;
namespace tag = scep::der::tag;

struct AttributeRow {
    const char* name;
    scep::der::OidConstant type;
    bool request; // of the base message; else a FAILURE
    bool nonce;
    Octets value; // content octets of the good one
    Result left_out = Result::invalid;
};

const std::vector<AttributeRow>& attributes() {
    static const std::vector<AttributeRow> rows{
        {"transactionID", oids::transactionID, true, false, text("transaction 1")},
        {"messageType", oids::messageType, true, false, text("19")},
        {"senderNonce", oids::senderNonce, true, true, Octets(16, 0x4e)},
        {"recipientNonce", oids::recipientNonce, false, true, Octets(16, 0x52)},
        {"pkiStatus", oids::pkiStatus, false, false, text("2")},
        {"failInfo", oids::failInfo, false, false, text("2")},
    };
    return rows;
}

class Attributes {
public:
    Attributes(const PkiCases& cases, const AttributeRow& row) : m_cases(row.request ? cases.requests : cases.replies), m_row(row) {}

    // The attribute has these values, encoded.
    Case& values(std::string name, std::string comment, Result result, std::vector<std::string> flags, const std::vector<Octets>& values) {
        return change(std::move(name), std::move(comment), result, std::move(flags),
                      [&](scep::cms::SignedDataBuilder& builder) { set_attribute(builder, m_row.type, values); });
    }
    Case& change(std::string name, std::string comment, Result result, std::vector<std::string> flags,
                 const std::function<void(scep::cms::SignedDataBuilder&)>& work) {
        MessagePlan plan = base();
        plan.signed_data = work;
        return add(m_cases, std::string(m_row.name) + ", " + std::move(name), std::move(comment), result, std::move(flags), plan);
    }
    [[nodiscard]] MessagePlan base() const { return m_row.request ? a_request(MessageType::PKCSReq) : a_failure(); }
    [[nodiscard]] Octets encoded_value(const Octets& content) const {
        return tlv(m_row.nonce ? tag::OCTET_STRING : tag::PrintableString, content);
    }

private:
    Cases& m_cases;
    const AttributeRow& m_row;
};

Octets another(const AttributeRow& row) {
    Octets out = row.value;
    out.back() ^= 1;
    return out;
}

// What goes wrong with any of them.
void common(const PkiCases& cases) {
    for (const AttributeRow& row : attributes()) {
        Attributes here(cases, row);
        const Octets good = here.encoded_value(row.value);
        const Octets other = here.encoded_value(another(row));
        here.change("left out",
                    "The attribute is not there, and it is one that RFC 8894, 3.2.1 demands of this message; who looks only at what is "
                    "there goes on with a default.",
                    Result::invalid, {"AttributeMissing"},
                    [&](scep::cms::SignedDataBuilder& builder) { remove_attribute(builder, row.type); });
        here.change("there twice", "The attribute is there twice with two values: which one holds depends on the reader.", Result::invalid,
                    {"SC016SignedAttributes"}, [&](scep::cms::SignedDataBuilder& builder) {
                        set_attribute(builder, row.type, {good});
                        builder.signed_attrs.push_back(scep::cms::encode_attribute(row.type, other));
                    });
        here.change("there twice, equal", "The attribute is there twice with the same value; RFC 5652 has one instance of each type.",
                    Result::invalid, {"SC016SignedAttributes"}, [&](scep::cms::SignedDataBuilder& builder) {
                        set_attribute(builder, row.type, {good});
                        builder.signed_attrs.push_back(scep::cms::encode_attribute(row.type, good));
                    });
        here.values("of two values", "The attribute has two values; one reader takes the first, another the last.", Result::invalid,
                    {"SC016SignedAttributes"}, {good, other});
        here.values("of no values", "The attribute has an empty SET of values; who takes the first takes what is behind it.",
                    Result::invalid, {"SC016SignedAttributes"}, {});
        here.values("empty", "The value has no octets; who looks at its first one reads the next field.", Result::invalid,
                    {"SC012AttributeStrings"}, {here.encoded_value({})});
        struct TypeRow {
            const char* name;
            Octets value;
        };
        const std::vector<TypeRow> wrong{{"NULL", tlv(tag::NULL_, {})},
                                         {"BOOLEAN", tlv(tag::BOOLEAN, {0xff})},
                                         {"INTEGER", tlv(tag::INTEGER, row.nonce ? row.value : integer(19))},
                                         {"SEQUENCE", sequence({good})},
                                         {"SET", set({good})},
                                         {"BIT STRING", tlv(tag::BIT_STRING, joined({{0}, row.value}))}};
        for (const TypeRow& type : wrong) {
            here.values("is " + with_article(type.name),
                        "The value is " + with_article(type.name) +
                            "; a reader that takes every value for a string reads its octets, or crashes.",
                        Result::invalid, {"SC012AttributeStrings", "SC017AttributeTypeConfusion"}, {type.value});
        }
        if (row.nonce) {
            here.values("is a PrintableString", "The nonce is a PrintableString of the right length; its octets are no text.",
                        Result::invalid, {"SC012AttributeStrings"}, {tlv(tag::PrintableString, Octets(16, 'n'))});
            continue;
        }
        here.values("is an OCTET STRING", "The characters are in an OCTET STRING.", Result::invalid, {"SC012AttributeStrings"},
                    {octet_string(row.value)});
        Octets wide;
        for (const std::uint8_t c : row.value) {
            wide.push_back(0);
            wide.push_back(c);
        }
        if (std::string_view(row.name) != "transactionID") {
            here.values("is a BMPString",
                        "The characters take two octets each; who compares them as they are, or as C strings, sees another code or none.",
                        Result::invalid, {"SC012AttributeStrings"}, {tlv(tag::BMPString, wide)});
        }
    }
}

void strings(const PkiCases& cases) {
    for (const AttributeRow& row : attributes()) {
        if (row.nonce) {
            continue;
        }
        Attributes here(cases, row);
        const std::string good(row.value.begin(), row.value.end());
        for (const auto& [type, name] : {std::pair{tag::UTF8String, "UTF8String"}, std::pair{tag::IA5String, "IA5String"},
                                         std::pair{tag::TeletexString, "TeletexString"}}) {
            here.values("is " + with_article(name),
                        "RFC 8894, 3.2.1 has a PrintableString here, and some senders write " + with_article(name) +
                            " with the same octets.",
                        Result::acceptable, {"StringType"}, {string_value(type, good)});
        }
    }
}

void codes(const PkiCases& cases) {
    const auto of = [&](std::size_t row, const std::vector<std::pair<std::string, std::string>>& values, const std::string& flag) {
        Attributes here(cases, attributes()[row]);
        for (const auto& [value, why] : values) {
            std::string shown;
            for (const char c : value) {
                shown += c == '\0' ? std::string("NUL") : std::string(1, c);
            }
            here.values("\"" + shown + "\"", why, Result::invalid, {flag}, {string_value(tag::PrintableString, value)});
        }
    };
    const std::string undefined =
        "RFC 8894 gives no meaning to this value, and undefined ones are errors; who knows no case for it falls through without a check.";
    of(1,
       {{"0", "messageType 0 is reserved; a code that failed to parse is 0 too."},
        {"1", undefined},
        {"2", undefined},
        {"4", undefined},
        {"16", undefined},
        {"18", "18 is UpdateReq of an old draft: parsed and not handled it passed all checks in CVE-2026-30836."},
        {"23", undefined},
        {"99", undefined},
        {"019", "A zero stands before the 19: the same number to who converts it, and no message type."},
        {"+19", "A sign stands before the 19."},
        {"-19", "The number is negative."},
        {"19 ", "A space follows, which many conversions pass over."},
        {" 19", "A space goes before."},
        {std::string("19\0", 3), "A NUL follows, at which a C string ends."},
        {std::string("19\0junk", 7), "A NUL and more follow, which a C string hides."},
        {"0x13", "19 in hexadecimal."},
        {"PKCSReq", "The name of the type, and not its code."},
        {"275", "275 is 19 in eight bits."},
        {"4294967315", "4294967315 is 19 in 32 bits."},
        {"1,9", "A comma stands between the digits."},
        {"3", "messageType says CertRep, and none of the attributes of a reply are there."}},
       "SC001MessageType");
    of(4,
       {{"1", undefined},
        {"4", undefined},
        {"00", "00 is the number of SUCCESS and not its code."},
        {"02", "02 is the number of FAILURE and not its code."},
        {"2 ", "A space follows."},
        {"-1", "The number is negative."},
        {"256", "256 is SUCCESS in eight bits."},
        {"258", "258 is FAILURE in eight bits."},
        {"FAILURE", "The name of the status, and not its code."},
        {std::string("0\0", 2), "SUCCESS and a NUL."},
        {"0", "pkiStatus says SUCCESS in a message that has no envelope and a failInfo; who asks for the status alone believes it."}},
       "UnknownStatus");
    of(5,
       {{"5", undefined},
        {"6", undefined},
        {"10", undefined},
        {"99", undefined},
        {"00", "00 is the number of badAlg and not its code."},
        {"-1", "The number is negative."},
        {"256", "256 is badAlg in eight bits."},
        {"badRequest", "The name of the reason, and not its code."}},
       "UnknownFailInfo");
}

void transaction_ids(const PkiCases& cases) {
    const auto add_id = [&](std::string name, std::string comment, Result result, std::vector<std::string> flags, std::string id) {
        MessagePlan plan = a_request(MessageType::PKCSReq);
        plan.transaction.transaction_id = std::move(id);
        add(cases.requests, "transactionID " + std::move(name), std::move(comment), result, std::move(flags), plan);
    };
    add_id("of one character", "A transactionID is any PrintableString, of one character too.", Result::valid, {}, "1");
    add_id("of 40 digits", "The digest of a key in hexadecimal, as most clients write it.", Result::valid, {},
           "8e635d4d9f4b0e1c2a3f5b6c7d8e9fa0b1c2d3e4");
    add_id("of all characters", "Every character that a PrintableString may have.", Result::valid, {},
           "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 '()+,-./:=?");
    for (const std::size_t size : {127, 128, 255, 256, 1000, 16384}) {
        add_id("of " + counted(size, "character") + "",
               "No length is set; one that is longer than a file name, a column or a buffer may be refused but must not be cut.",
               size > 256 ? Result::acceptable : Result::valid,
               size > 256 ? std::vector<std::string>{"SC012AttributeStrings", "SC011TransactionIdLength"} : std::vector<std::string>{},
               std::string(size, 'a'));
    }
    add_id("like a path", "The transactionID is ../../etc/passwd: a good PrintableString, and no name of a file.", Result::valid, {},
           "../../etc/passwd");
    add_id("like a query", "The transactionID has quotes and dashes that mean something to SQL.", Result::valid, {}, "1' OR '1'='1' -- ");
    add_id("of other characters", "The characters @ * _ & are not in PrintableString, and common all the same.", Result::acceptable,
           {"StringType"}, "host_7@example*&");
    add_id("with a NUL inside", "A NUL stands in the middle, so that a C string ends there and two transactions have one name.",
           Result::invalid, {"SC012AttributeStrings", "SC048StringConversion"}, std::string("abc\0def", 7));
    add_id("of a NUL", "The transactionID is one NUL, an empty string to C.", Result::invalid, {"SC012AttributeStrings"},
           std::string(1, '\0'));
    add_id("with a line break", "CR and LF stand in the middle, which split a line of a log or a header.", Result::invalid,
           {"SC012AttributeStrings"}, "abc\r\ndef");
    for (const std::size_t size : {1, 8, 15, 17, 20, 32, 64, 1000}) {
        MessagePlan plan = a_request(MessageType::PKCSReq);
        plan.transaction.sender_nonce = Octets(size, 0x4e);
        add(cases.requests, "senderNonce of " + counted(size, "octet") + "",
            "RFC 8894, 3.2.1.5 has 16 octets; others are met with, and have to come back as they are, neither cut nor filled.",
            Result::acceptable, {"NonceSize"}, plan);
        MessagePlan reply = a_success();
        reply.transaction.recipient_nonce = Octets(size, 0x52);
        add(cases.replies, "recipientNonce of " + counted(size, "octet") + "",
            "The recipientNonce is not of 16 octets, as where the request's was not; a comparison of 16 octets leaves bounds.",
            Result::acceptable, {"NonceSize", "SC009Nonces"}, reply);
    }
    MessagePlan same = a_success();
    same.transaction.sender_nonce = same.transaction.recipient_nonce;
    add(cases.replies, "senderNonce equal to recipientNonce",
        "The CA sends the client's nonce as its own, too; it is fresh to nobody, and harmless.", Result::acceptable, {"SC009Nonces"}, same);
}

void company(const PkiCases& cases) {
    // Attributes where they should not be.
    MessagePlan plan = a_request(MessageType::PKCSReq);
    plan.codes.pki_status = "0";
    add(cases.requests, "PKCSReq with pkiStatus",
        "A request has a pkiStatus, which only replies have; who asks for it first takes the request for a reply.", Result::acceptable,
        {"AttributeMisplaced"}, plan);
    plan = a_request(MessageType::PKCSReq);
    plan.transaction.recipient_nonce = Octets(16, 0x52);
    add(cases.requests, "PKCSReq with recipientNonce", "A request has a recipientNonce, as old drafts had in polling.", Result::acceptable,
        {"AttributeMisplaced"}, plan);
    plan = a_success();
    plan.codes.fail_info = "2";
    add(cases.replies, "SUCCESS with failInfo",
        "pkiStatus says SUCCESS and failInfo gives a reason of failure: one of them is wrong, and who asks for one alone does not see it.",
        Result::invalid, {"StatusConflict"}, plan);
    plan = a_pending();
    plan.codes.fail_info = "2";
    add(cases.replies, "PENDING with failInfo", "pkiStatus says PENDING and failInfo gives a reason of failure.", Result::invalid,
        {"StatusConflict"}, plan);
    plan = a_success();
    plan.codes.fail_info_text = "all is well";
    add(cases.replies, "SUCCESS with failInfoText", "A text of failure stands beside SUCCESS; it is for people, and decides nothing.",
        Result::acceptable, {"AttributeMisplaced"}, plan);
    plan = a_success();
    plan.codes.pki_status.clear();
    add(cases.replies, "SUCCESS without pkiStatus",
        "A reply with an envelope and no pkiStatus: granted is what says so, not what looks so.", Result::invalid, {"AttributeMissing"},
        plan);
    plan = a_success();
    plan.transaction.recipient_nonce.clear();
    add(cases.replies, "SUCCESS without recipientNonce", "A reply without the nonce of its request can be anybody's, of any day.",
        Result::invalid, {"AttributeMissing", "SC009Nonces"}, plan);
    plan = a_pending();
    plan.codes.message_type.clear();
    add(cases.replies, "PENDING without messageType", "The reply has a status and does not say what it is.", Result::invalid,
        {"AttributeMissing", "SC001MessageType"}, plan);

    const auto text_value = [&](std::string name, std::string comment, Result result, std::vector<std::string> flags, const Octets& value) {
        MessagePlan failure = a_failure();
        failure.codes.fail_info_text = "why";
        failure.signed_data = [=](scep::cms::SignedDataBuilder& builder) { set_attribute(builder, oids::failInfoText, {value}); };
        Case& out = add(cases.replies, "failInfoText " + std::move(name), std::move(comment), result, std::move(flags), failure);
        if (result != Result::invalid) {
            out.members["fields"].erase("failInfoText");
        }
    };
    text_value("is a PrintableString", "RFC 8894, 3.2.1.4 has a UTF8String; the text is the same.", Result::acceptable, {"StringType"},
               string_value(tag::PrintableString, "why"));
    text_value("of broken UTF-8", "The octets are no UTF-8: a lead octet without the rest, and an overlong slash.", Result::acceptable,
               {"StringType", "SC048StringConversion"}, tlv(tag::UTF8String, {0x77, 0xe2, 0x82, 0x20, 0xc0, 0xaf}));
    text_value("with a NUL", "A NUL stands within the text.", Result::acceptable, {"SC048StringConversion"},
               tlv(tag::UTF8String, {0x77, 0, 0x79}));
    text_value("is a SEQUENCE", "The value is no string at all.", Result::invalid, {"SC017AttributeTypeConfusion"}, sequence({}));
    text_value("of 10000 characters", "The text is long, and a display is not.", Result::acceptable, {"SC012AttributeStrings"},
               tlv(tag::UTF8String, Octets(10000, 'x')));

    // Attributes that nobody signed, and types that are not what they look like.
    const Octets pkcs_req = scep::cms::encode_attribute(oids::messageType, string_value(tag::PrintableString, "19"));
    plan = a_request(MessageType::PKCSReq);
    plan.signed_data = [=](scep::cms::SignedDataBuilder& builder) {
        remove_attribute(builder, oids::messageType);
        builder.unsigned_attrs = {pkcs_req};
    };
    add(cases.requests, "messageType unsigned", "messageType stands among the unsignedAttrs alone, where anybody on the way can change it.",
        Result::invalid, {"AttributeMisplaced"}, plan);
    plan = a_request(MessageType::PKCSReq);
    plan.signed_data = [](scep::cms::SignedDataBuilder& builder) {
        builder.unsigned_attrs = {scep::cms::encode_attribute(oids::messageType, string_value(tag::PrintableString, "17"))};
    };
    add(cases.requests, "messageType signed, and another unsigned",
        "The unsignedAttrs say RenewalReq, the signed ones PKCSReq: only the signed ones are read.", Result::valid, {}, plan);
    const auto as_type = [&](std::string name, std::string comment, const Octets& type, Result result, std::vector<std::string> flags) {
        MessagePlan odd = a_request(MessageType::PKCSReq);
        odd.signed_data = [=](scep::cms::SignedDataBuilder& builder) {
            remove_attribute(builder, oids::messageType);
            builder.signed_attrs.push_back(sequence({type, set({string_value(tag::PrintableString, "19")})}));
        };
        add(cases.requests, std::move(name), std::move(comment), result, std::move(flags), odd);
    };
    const Octets good = encoded(oids::messageType);
    Octets wrapped(good.begin() + 2, good.end() - 1);
    wrapped.insert(wrapped.end(), {0x90, 0x80, 0x80, 0x80, 0x02});
    as_type("messageType with an arc of 2^32 + 2",
            "The attribute's last arc is 4294967298, 2 in 32 bits, which would make it messageType; it is an unknown attribute, and "
            "messageType is missing.",
            tlv(tag::OBJECT_IDENTIFIER, wrapped), Result::invalid, {"SC047OidArcs"});
    Octets led(good.begin() + 2, good.end() - 1);
    led.insert(led.end(), {0x80, 0x02});
    as_type("messageType with a padded arc",
            "The attribute's last arc starts with 80, which X.690, 8.19.2 forbids: to some it is messageType, to others an error.",
            tlv(tag::OBJECT_IDENTIFIER, led), Result::invalid, {"SC047OidArcs"});
    as_type("messageType with an empty OID", "The attribute's type has no octets.", tlv(tag::OBJECT_IDENTIFIER, {}), Result::invalid,
            {"SC047OidArcs"});
    Octets longer(good.begin() + 2, good.end());
    longer.push_back(1);
    as_type("messageType with an arc more", "The attribute's type is messageType and one arc more.", tlv(tag::OBJECT_IDENTIFIER, longer),
            Result::invalid, {"SC047OidArcs"});
    Octets giant(good.begin() + 2, good.end());
    giant.insert(giant.end(), 10000, 0x81);
    giant.push_back(1);
    as_type("an attribute with an arc of 10000 octets",
            "An arc of seventy thousand bits: whoever prints it in decimal is busy for long, and messageType is missing.",
            tlv(tag::OBJECT_IDENTIFIER, giant), Result::invalid, {"SC047OidArcs"});
}

} // namespace

void pki_attributes(const PkiCases& cases) {
    common(cases);
    strings(cases);
    codes(cases);
    transaction_ids(cases);
    company(cases);
}

} // namespace sceplab::vectors
