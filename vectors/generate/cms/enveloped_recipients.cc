#include <vectors/generate/cms/enveloped.h>

#include <scepcodec/cms/oids.h>
#include <scepcodec/x509/oids.h>

namespace sceplab::vectors {

namespace {

namespace tag = scep::der::tag;

Octets rsa_algorithm() { return sequence({encoded(scep::x509::oids::rsaEncryption), tlv(tag::NULL_, {})}); }
Octets wrap_algorithm() { return sequence({encoded(scep::der::oid("2.16.840.1.101.3.4.1.5"))}); } // id-aes128-wrap

Octets for_other(const Octets& key) {
    return key_transport_info(integer(0), recipient_identifier(parties().other), rsa_algorithm(),
                              encrypt_key(parties().other, key, "PKCS1v15"));
}

Octets other_info(const Octets& type, const Octets& value) { return context(4, joined({type, value})); }

// Recipients of the other forms, well formed and for somebody else.
struct FormRow {
    const char* name;
    const char* what;
    Octets info;
};
std::vector<FormRow> other_forms() {
    const Octets agreement = sequence({encoded(scep::der::oid("1.3.132.1.11.1")), wrap_algorithm()}); // dhSinglePass-stdDH-sha256kdf-scheme
    const Octets point =
        tlv(tag::context_constructed(1),
            joined({sequence({encoded(scep::x509::oids::id_ecPublicKey)}), tlv(tag::BIT_STRING, joined({{0, 4}, Octets(64, 0x5a)}))}));
    const Octets encrypted_keys = sequence({sequence({recipient_identifier(signers().p256), octet_string(Octets(24, 0x5a))})});
    const Octets kem =
        sequence({integer(0), recipient_identifier(signers().p256), sequence({encoded(scep::der::oid("2.16.840.1.101.3.4.4.1"))}),
                  octet_string(Octets(768, 0x5a)), sequence({encoded(scep::der::oid("1.2.840.113549.1.9.16.3.28"))}), integer(16),
                  wrap_algorithm(), octet_string(Octets(24, 0x5a))});
    const Octets derivation = tlv(tag::context_constructed(0),
                                  joined({encoded(scep::cms::oids::id_PBKDF2), sequence({octet_string(Octets(8, 1)), integer(1000)})}));
    const Octets password_wrap = sequence(
        {encoded(scep::cms::oids::id_alg_PWRI_KEK), sequence({encoded(scep::cms::oids::aes128_CBC), octet_string(Octets(16, 2))})});
    return {
        {"kari", "a KeyAgreeRecipientInfo by an ephemeral EC key",
         context(1, joined({integer(3), context(0, point), agreement, encrypted_keys}))},
        {"kari with ukm", "a KeyAgreeRecipientInfo with user keying material",
         context(1, joined({integer(3), context(0, point), context(1, octet_string(Octets(8, 3))), agreement, encrypted_keys}))},
        {"kari without parameters",
         "a KeyAgreeRecipientInfo whose keyEncryptionAlgorithm has no parameters, which CVE-2026-28389 looked at",
         context(1, joined({integer(3), context(0, point), sequence({encoded(scep::der::oid("1.3.132.1.11.1"))}), encrypted_keys}))},
        {"kekri", "a KEKRecipientInfo for a key known before",
         context(2, joined({integer(4), sequence({octet_string(text("key 7"))}), wrap_algorithm(), octet_string(Octets(24, 0x5a))}))},
        {"kekri with a date", "a KEKRecipientInfo whose KEKIdentifier has a date",
         context(2, joined({integer(4), sequence({octet_string(text("key 7")), tlv(tag::GeneralizedTime, text("20260101000000Z"))}),
                            wrap_algorithm(), octet_string(Octets(24, 0x5a))}))},
        {"pwri", "a PasswordRecipientInfo", context(3, joined({integer(0), derivation, password_wrap, octet_string(Octets(32, 0x5a))}))},
        {"pwri without a derivation", "a PasswordRecipientInfo without keyDerivationAlgorithm",
         context(3, joined({integer(0), password_wrap, octet_string(Octets(32, 0x5a))}))},
        {"ori", "an OtherRecipientInfo of a type nobody knows",
         other_info(encoded(scep::der::oid("1.3.6.1.4.1.99999.11")), octet_string({1}))},
        {"ori of a NULL", "an OtherRecipientInfo whose value is NULL",
         other_info(encoded(scep::der::oid("1.3.6.1.4.1.99999.11")), tlv(tag::NULL_, {}))},
        {"ori with KEM", "a KEMRecipientInfo (RFC 9629) with ML-KEM-512", other_info(encoded(scep::cms::oids::id_ori_kem), kem)},
        {"ori with an OID of 33 octets", "an OtherRecipientInfo whose type takes 33 octets, one more than the buffer of CVE-2026-5295",
         other_info(tlv(tag::OBJECT_IDENTIFIER, joined({{0x2b}, Octets(31, 0x81), {0x01}})), octet_string({1}))},
        {"ori with an OID of 200 octets", "an OtherRecipientInfo whose type takes 200 octets",
         other_info(tlv(tag::OBJECT_IDENTIFIER, joined({{0x2b}, Octets(198, 0x81), {0x01}})), octet_string({1}))},
    };
}

void forms(Cases& cases) {
    for (const FormRow& row : other_forms()) {
        const bool ori = row.name[0] == 'o';
        const std::vector<std::string> flags =
            ori ? std::vector<std::string>{"OtherRecipients", "SC033OtherRecipientInfo"} : std::vector<std::string>{"OtherRecipients"};
        const std::int64_t version = row.name[0] == 'o' || row.name[0] == 'p' ? 3 : 2;
        cases.add(std::string(row.name) + " before ours",
                  std::string("The first recipient is ") + row.what +
                      ", the second is ours: the forms that are for others are passed over.",
                  Result::valid, flags, envelope_with([&](EnvelopePieces& pieces) {
                      pieces.version = integer(version);
                      pieces.recipients = {row.info, pieces.recipient()};
                  }));
        opens(cases.last());
        cases.last().flags.clear();
        cases.add(std::string(row.name) + " alone",
                  std::string("The only recipient is ") + row.what + ", and nobody with an RSA key can open it; no key is a wrong key.",
                  Result::invalid, flags, envelope_with([&](EnvelopePieces& pieces) {
                      pieces.version = integer(version);
                      pieces.recipients = {row.info};
                  }));
    }
    // Those with an OID of many arcs: some readers limit an arc, or an OID.
    for (std::size_t i = 0; i < cases.size(); ++i) {
        Case& each = cases.at(i);
        if (each.name.starts_with("ori with an OID of") && each.result == Result::valid) {
            each.result = Result::acceptable;
            each.flags = {"OtherRecipients", "SC033OtherRecipientInfo"};
        }
    }
    const auto broken = [&](std::string name, std::string comment, const Octets& info, std::string where) {
        cases
            .add(std::move(name), std::move(comment), Result::invalid, {"OtherRecipients", "SC033OtherRecipientInfo"},
                 envelope_with([&](EnvelopePieces& pieces) {
                     pieces.version = integer(3);
                     pieces.recipients = {info};
                 }))
            .members["where"] = "EnvelopedData.recipientInfos[0]" + where;
    };
    broken("ori of a type alone", "The OtherRecipientInfo has no value; a length that is the whole less the OID is nothing, or less.",
           context(4, encoded(scep::der::oid("1.3.6.1.4.1.99999.11"))), ".oriValue");
    broken("ori without a type", "The OtherRecipientInfo starts with its value.", context(4, octet_string({1})), ".oriType");
    broken("ori of nothing", "The OtherRecipientInfo is empty.", context(4, {}), ".oriType");
    broken("ori with KEM that is an OCTET STRING", "The value of id-ori-kem is no SEQUENCE.",
           other_info(encoded(scep::cms::oids::id_ori_kem), octet_string({1})), ".oriValue");
    broken("ori with an empty KEM", "The value of id-ori-kem is an empty SEQUENCE.",
           other_info(encoded(scep::cms::oids::id_ori_kem), sequence({})), ".oriValue.version");
    cases.add(
        "an unknown form before ours",
        "The first recipient has tag [5], which a later CMS might give; RFC 5652 has ori for that, and a reader may stop or pass over.",
        Result::acceptable, {"OtherRecipients"},
        envelope_with([](EnvelopePieces& pieces) { pieces.recipients = {context(5, integer(1)), pieces.recipient()}; }));
    opens(cases.last());
}

void many(Cases& cases) {
    const auto with = [&](std::string name, std::string comment, Result result, std::vector<std::string> flags,
                          const std::function<std::vector<Octets>(EnvelopePieces&)>& recipients) {
        cases.add(std::move(name), std::move(comment), result, std::move(flags),
                  envelope_with([&](EnvelopePieces& pieces) { pieces.recipients = recipients(pieces); }));
        if (result != Result::invalid) {
            opens(cases.last());
        }
    };
    with("two recipients, ours first", "A second recipient follows, whose key has the same size.", Result::valid, {},
         [](EnvelopePieces& p) { return std::vector<Octets>{p.recipient(), for_other(p.key)}; });
    with("two recipients, ours second",
         "The first recipient is another with a key of the same size; a reader that takes the first has the wrong one.", Result::valid, {},
         [](EnvelopePieces& p) { return std::vector<Octets>{for_other(p.key), p.recipient()}; });
    with(
        "two recipients of one rid, the good one second",
        "Both RecipientInfos name ours; the first is encrypted with another key and opens to a random content key. Only the content tells.",
        Result::acceptable, {"OtherRecipients", "SC027KeyPaddingOracle"}, [](EnvelopePieces& p) {
            return std::vector<Octets>{key_transport_info(integer(0), recipient_identifier(parties().client), rsa_algorithm(),
                                                          encrypt_key(parties().other, p.key, "PKCS1v15")),
                                       p.recipient()};
        });
    with("two recipients of one rid, two content keys",
         "Both RecipientInfos are ours and well padded, with different content keys; the second is that of the content.",
         Result::acceptable, {"OtherRecipients", "SC027KeyPaddingOracle"}, [](EnvelopePieces& p) {
             return std::vector<Octets>{key_transport_info(integer(0), recipient_identifier(parties().client), rsa_algorithm(),
                                                           encrypt_key(parties().client, Octets(16, 0x33), "PKCS1v15")),
                                        p.recipient()};
         });
    with("recipient another", "The only recipient is another, whose key has the same size.", Result::invalid, {"WrongKey"},
         [](EnvelopePieces& p) { return std::vector<Octets>{for_other(p.key)}; });
    with("rid of another, key ours",
         "rid names another's certificate and the key is for ours; devices do that, and who looks for the name does not find it.",
         Result::acceptable, {"WrongIdentifier"}, [](EnvelopePieces& p) {
             return std::vector<Octets>{key_transport_info(integer(0), recipient_identifier(parties().other), rsa_algorithm(),
                                                           encrypt_key(parties().client, p.key, "PKCS1v15"))};
         });
    with("subjectKeyIdentifier of nobody", "rid is a subjectKeyIdentifier that no certificate has, the key is ours.", Result::acceptable,
         {"WrongIdentifier"}, [](EnvelopePieces& p) {
             return std::vector<Octets>{key_transport_info(integer(2), tlv(tag::context(0), Octets(20, 0x5a)), rsa_algorithm(),
                                                           encrypt_key(parties().client, p.key, "PKCS1v15"))};
         });
    with("subjectKeyIdentifier of no octets", "rid is an empty subjectKeyIdentifier.", Result::acceptable, {"WrongIdentifier"},
         [](EnvelopePieces& p) {
             return std::vector<Octets>{key_transport_info(integer(2), tlv(tag::context(0), {}), rsa_algorithm(),
                                                           encrypt_key(parties().client, p.key, "PKCS1v15"))};
         });
    for (const auto& [identifier, name] :
         {std::pair{tag::context(1), "[1]"}, std::pair{tag::context(2), "[2]"}, std::pair{tag::OCTET_STRING, "OCTET STRING"}}) {
        with(std::string("rid is ") + name, "rid is a CHOICE of SEQUENCE and [0]; another tag is none of them.", Result::invalid,
             {"CmsWrongTag", "SC038Choice"}, [identifier = identifier](EnvelopePieces& p) {
                 return std::vector<Octets>{key_transport_info(integer(2), tlv(identifier, Octets(20, 0x5a)), rsa_algorithm(),
                                                               encrypt_key(parties().client, p.key, "PKCS1v15"))};
             });
        cases.last().members["where"] = "EnvelopedData.recipientInfos[0].rid";
    }
    with("twenty recipients, ours last",
         "Nineteen recipients with keys of the same size stand before ours; each may cost a private operation, so a limit is a sensible "
         "answer.",
         Result::acceptable, {"ManyElements", "SC051Counts"}, [](EnvelopePieces& p) {
             std::vector<Octets> all(19, for_other(p.key));
             all.push_back(p.recipient());
             return all;
         });
}

void around(Cases& cases) {
    const auto either = [&](std::string name, std::string comment, std::vector<std::string> flags,
                            const std::function<void(EnvelopePieces&)>& change, Result result = Result::acceptable) {
        cases.add(std::move(name), std::move(comment), result, std::move(flags), envelope_with(change));
        if (result != Result::invalid) {
            opens(cases.last());
        }
    };
    for (const std::int64_t version : {1, 2, 3, 4, 5, 255, -1}) {
        either("EnvelopedData version " + std::to_string(version),
               "RFC 5652, 6.1 computes version 0 for this message; a reader goes by the tags.", {"CmsVersion", "SC054Versions"},
               [=](EnvelopePieces& pieces) { pieces.version = integer(version); });
    }
    for (const std::int64_t version : {1, 2, 3, 4}) {
        either("KeyTransRecipientInfo version " + std::to_string(version) + " with issuerAndSerialNumber",
               "The version is not the 0 that goes with issuerAndSerialNumber; the tag tells which form it is.",
               {"CmsVersion", "SC054Versions"}, [=](EnvelopePieces& pieces) {
                   pieces.recipients = {key_transport_info(integer(version), recipient_identifier(parties().client), rsa_algorithm(),
                                                           encrypt_key(parties().client, pieces.key, "PKCS1v15"))};
               });
    }
    for (const std::int64_t version : {0, 1, 3}) {
        either("KeyTransRecipientInfo version " + std::to_string(version) + " with subjectKeyIdentifier",
               "The version is not the 2 that goes with subjectKeyIdentifier.", {"CmsVersion", "SC054Versions"},
               [=](EnvelopePieces& pieces) {
                   pieces.version = integer(2);
                   pieces.recipients = {key_transport_info(integer(version), tlv(tag::context(0), key_identifier(parties().client)),
                                                           rsa_algorithm(), encrypt_key(parties().client, pieces.key, "PKCS1v15"))};
               });
    }
    const Octets certificate = certificate_of(signers().p256);
    either("originatorInfo empty", "originatorInfo is there and has neither certificates nor CRLs.", {"SC037OriginatorInfo"},
           [](EnvelopePieces& pieces) {
               pieces.version = integer(2);
               pieces.originator_info = context(0, {});
           });
    either(
        "originatorInfo with a certificate", "originatorInfo holds a certificate, which nobody needs to open this.", {},
        [&](EnvelopePieces& pieces) {
            pieces.version = integer(2);
            pieces.originator_info = context(0, context(0, certificate));
        },
        Result::valid);
    either(
        "originatorInfo with certificates and CRLs", "originatorInfo holds a certificate and a CRL.", {},
        [&](EnvelopePieces& pieces) {
            pieces.version = integer(2);
            pieces.originator_info = context(0, joined({context(0, certificate), context(1, make_crl(parties().ca))}));
        },
        Result::valid);
    either("originatorInfo with empty sets", "certs and crls are there and hold nothing.", {"SC037OriginatorInfo"},
           [](EnvelopePieces& pieces) {
               pieces.version = integer(2);
               pieces.originator_info = context(0, joined({context(0, {}), context(1, {})}));
           });
    either("originatorInfo with a broken certificate",
           "The certificate in originatorInfo is an INTEGER; who frees what was not made crashes. Nothing needs it.",
           {"SC037OriginatorInfo"}, [](EnvelopePieces& pieces) {
               pieces.version = integer(2);
               pieces.originator_info = context(0, context(0, integer(1)));
           });
    either("originatorInfo with thirty certificates", "originatorInfo is larger than the rest of the message.",
           {"SC037OriginatorInfo", "ManyElements"}, [&](EnvelopePieces& pieces) {
               pieces.version = integer(2);
               Octets all;
               for (int i = 0; i < 30; ++i) {
                   all.insert(all.end(), certificate.begin(), certificate.end());
               }
               pieces.originator_info = context(0, context(0, all));
           });
    either(
        "originatorInfo that is an OCTET STRING",
        "What stands where originatorInfo may is no [0], so recipientInfos is missing at its place.",
        {"CmsWrongTag", "SC037OriginatorInfo"}, [](EnvelopePieces& pieces) { pieces.originator_info = octet_string({1}); },
        Result::invalid);
    cases.last().members["where"] = "EnvelopedData.recipientInfos";
    const Octets attribute = scep::cms::encode_attribute(scep::der::oid("1.3.6.1.4.1.99999.12"), octet_string({1}));
    either(
        "unprotectedAttrs", "An attribute stands outside of what is encrypted; it is neither secret nor signed.", {},
        [&](EnvelopePieces& pieces) {
            pieces.version = integer(2);
            pieces.unprotected_attributes = context(1, attribute);
        },
        Result::valid);
    either(
        "unprotectedAttrs empty", "unprotectedAttrs is SET SIZE (1..MAX) and holds nothing.", {"CmsFieldEmpty"},
        [](EnvelopePieces& pieces) {
            pieces.version = integer(2);
            pieces.unprotected_attributes = context(1, {});
        },
        Result::invalid);
    cases.last().members["where"] = "EnvelopedData.unprotectedAttrs";
    either(
        "unprotectedAttrs with a broken attribute", "An attribute has no values.", {"CmsFieldMissing"},
        [](EnvelopePieces& pieces) {
            pieces.version = integer(2);
            pieces.unprotected_attributes = context(1, sequence({encoded(scep::der::oid("1.3.6.1.4.1.99999.12"))}));
        },
        Result::invalid);
    cases.last().members["where"] = "EnvelopedData.unprotectedAttrs[0].attrValues";
}

} // namespace

void enveloped_recipients(Cases& cases) {
    forms(cases);
    many(cases);
    around(cases);
}

} // namespace sceplab::vectors
