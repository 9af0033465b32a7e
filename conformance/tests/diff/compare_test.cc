#include <conformance/diff/compare.h>

#include <conformance/evidence/investigator.h>
#include <conformance/rules/engine.h>
#include <vectors/generate/laboratory.h>
#include <vectors/generate/parts.h>

#include <scepcodec/cms/oids.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <ostream>

// Two enrolments that differ in one thing: the comparison says that thing and no other.
namespace {

using namespace sceplab;
using namespace sceplab::vectors;

diff::Recording record(std::vector<input::Exchange> exchanges, bool keys = true) {
    evidence::Settings settings;
    if (keys) {
        settings.keys.push_back(parties().ca.key_copy());
        settings.keys.push_back(parties().client.key_copy());
    }
    evidence::Investigator investigator(std::move(settings));
    rules::Engine engine(*rules::Profile::named("rfc8894"));
    diff::Recording out;
    for (input::Exchange& exchange : exchanges) {
        out.exchanges.emplace_back(new evidence::ExchangeFacts(investigator.investigate(std::move(exchange))));
        engine.judge(*out.exchanges.back());
        out.result.exchanges.push_back(evidence::summarise(*out.exchanges.back(), 0));
    }
    engine.finish(out.result);
    return out;
}

diff::Recording record(const ExchangePlan& plan, bool keys = true) {
    std::vector<input::Exchange> exchanges;
    exchanges.push_back(make(plan));
    return record(std::move(exchanges), keys);
}

// "request length SignedData…" of what matters.
std::vector<std::string> lines(const diff::Comparison& comparison) {
    std::vector<std::string> out;
    const auto add = [&](const char* side, const std::vector<tree::Difference>& differences) {
        for (const tree::Difference& difference : differences) {
            if (difference.matters) {
                out.push_back(std::string(side) + " " + std::string(name(difference.kind)) + " " + difference.path);
            }
        }
    };
    for (const diff::ExchangeDifference& exchange : comparison.exchanges) {
        if (!exchange.paired()) {
            out.push_back((exchange.a ? "only_a " : "only_b ") + exchange.what);
        }
        add("request", exchange.request);
        add("response", exchange.response);
    }
    return out;
}

std::vector<std::string> rule_ids(const diff::Comparison& comparison) {
    std::vector<std::string> out;
    for (const diff::RuleDifference& entry : comparison.rules) {
        out.push_back((entry.in_a ? "a " : "b ") + std::string(entry.rule.id));
    }
    return out;
}

// 30 82 xx xx … becomes 30 80 … 00 00.
void make_indefinite(Octets& octets) {
    BOOST_REQUIRE(octets[1] == 0x82);
    Octets out{0x30, 0x80};
    out.insert(out.end(), octets.begin() + 4, octets.end());
    out.insert(out.end(), {0, 0});
    octets = std::move(out);
}
// 30 82 xx xx becomes 30 83 00 xx xx.
void lengthen_length(Octets& octets) {
    BOOST_REQUIRE(octets[1] == 0x82);
    octets[1] = 0x83;
    octets.insert(octets.begin() + 2, std::uint8_t{0});
}

struct One {
    const char* name;
    void (*change)(ExchangePlan&);
    std::vector<std::string> differences;
};
std::ostream& operator<<(std::ostream& out, const One& row) { return out << row.name; }

const std::string attrs = "SignedData.signerInfos[0].signedAttrs";
const std::string envelope = "EnvelopedData.encryptedContentInfo";

const std::vector<One> rows{
    {"nothing", [](ExchangePlan&) {}, {}},
    {"a short senderNonce",
     [](ExchangePlan& plan) { plan.request->transaction.sender_nonce.resize(8); },
     {"request length " + attrs + "[senderNonce].attrValues[0]"}},
    {"a long transactionID",
     [](ExchangePlan& plan) { plan.request->transaction.transaction_id.assign(80, 'x'); },
     {"request length " + attrs + "[transactionID].attrValues[0]"}},
    {"another messageType",
     [](ExchangePlan& plan) { plan.request->codes.message_type = "17"; },
     {"request value " + attrs + "[messageType].attrValues[0]"}},
    {"a messageType in a UTF8String",
     [](ExchangePlan& plan) {
         plan.request->signed_data = [](scep::cms::SignedDataBuilder& builder) {
             set_attribute(builder, scep::oids::messageType, {string_value(scep::der::tag::UTF8String, "19")});
         };
     },
     {"request type " + attrs + "[messageType].attrValues[0]"}},
    {"no messageType",
     [](ExchangePlan& plan) {
         plan.request->signed_data = [](scep::cms::SignedDataBuilder& builder) { remove_attribute(builder, scep::oids::messageType); };
     },
     {"request only_a " + attrs + "[messageType]"}},
    {"another attribute",
     [](ExchangePlan& plan) {
         plan.request->signed_data = [](scep::cms::SignedDataBuilder& builder) {
             set_attribute(builder, scep::oids::failInfoText, {string_value(scep::der::tag::UTF8String, "no")});
         };
     },
     {"request only_b " + attrs + "[failInfoText]"}},
    {"another cipher",
     [](ExchangePlan& plan) { plan.request->cipher = ContentCipher::des_ede3_cbc; },
     {"request value " + envelope + ".contentEncryptionAlgorithm.algorithm", "request length " + envelope + ".contentEncryptionAlgorithm.parameters"}},
    {"another digest",
     [](ExchangePlan& plan) { plan.request->digest = Digest::sha512; },
     {"request value SignedData.digestAlgorithms", "request value SignedData.signerInfos[0].digestAlgorithm.algorithm"}},
    {"a signer by its key identifier",
     [](ExchangePlan& plan) {
         plan.reply->octets = changing([](SignedDataParts& parts) {
             parts.signers[0].version = 3;
             parts.signers[0].sid = {0x80, 0x02, 0xab, 0xcd};
         });
     },
     {"response value SignedData.signerInfos[0].version", "response type SignedData.signerInfos[0].sid"}},
    {"no certificate", [](ExchangePlan& plan) { plan.request->certificate_included = false; }, {"request only_a SignedData.certificates"}},
    {"a second certificate of the same kind",
     [](ExchangePlan& plan) {
         plan.request->octets = changing([](SignedDataParts& parts) { parts.certificates.push_back(parties().client.self_signed()); });
     },
     {"request only_b SignedData.certificates[1]"}},
    {"no challengePassword",
     [](ExchangePlan& plan) {
         plan.request->content = Laboratory::csr(parties().client, [](scep::build::CertificationRequestBuilder& builder) { builder.challenge_password.reset(); });
     },
     {"request only_a CertificationRequest.certificationRequestInfo.attributes[challengePassword]"}},
    {"another challengePassword",
     [](ExchangePlan& plan) {
         plan.request->content = Laboratory::csr(parties().client, [](scep::build::CertificationRequestBuilder& builder) { builder.challenge_password = "sekret"; });
     },
     {"request value CertificationRequest.certificationRequestInfo.attributes[challengePassword].attrValues[0]"}},
    {"another name that is asked for",
     [](ExchangePlan& plan) {
         plan.request->content = Laboratory::csr(parties().client, [](scep::build::CertificationRequestBuilder& builder) { builder.subject = common_name("thing"); });
     },
     {"request value CertificationRequest.certificationRequestInfo.subject[commonName].value"}},
    {"another key that is asked for", [](ExchangePlan& plan) { plan.request->content = Laboratory::csr(parties().other, [](auto& builder) { builder.subject = parties().client.name(); }); }, {}},
    {"a key of another kind",
     [](ExchangePlan& plan) { plan.request->content = Laboratory::csr(parties().ec_client, [](auto& builder) { builder.subject = parties().client.name(); }); },
     {"request value CertificationRequest.certificationRequestInfo.subjectPKInfo.algorithm.algorithm",
      "request type CertificationRequest.certificationRequestInfo.subjectPKInfo.algorithm.parameters",
      "request value CertificationRequest.signatureAlgorithm.algorithm", "request only_a CertificationRequest.signatureAlgorithm.parameters"}},
    {"in the clear", [](ExchangePlan& plan) { plan.request->encrypted = false; }, {"request value SignedData.encapContentInfo.eContent"}},
    {"an indefinite length", [](ExchangePlan& plan) { plan.request->octets = make_indefinite; }, {"request encoding "}},
    {"a length in more octets than needed", [](ExchangePlan& plan) { plan.request->octets = lengthen_length; }, {"request encoding "}},
    {"octets after the message",
     [](ExchangePlan& plan) { plan.request->octets = [](Octets& octets) { octets.push_back(0); }; },
     {"request only_b "}},
    {"attributes out of order",
     [](ExchangePlan& plan) {
         plan.request->octets = changing([](SignedDataParts& parts) { std::ranges::reverse(*parts.signers[0].attributes); });
     },
     {"request encoding " + attrs}},
    {"a refusal",
     [](ExchangePlan& plan) {
         plan.reply->codes.pki_status = "2";
         plan.reply->codes.fail_info = "2";
         plan.reply->content.reset();
     },
     {"response only_a SignedData.encapContentInfo.eContent", "response value " + attrs + "[pkiStatus].attrValues[0]", "response only_b " + attrs + "[failInfo]"}},
    {"no answer", [](ExchangePlan& plan) { plan.answered = false; }, {"response only_a response"}},
    {"an answer that is no CMS", [](ExchangePlan& plan) { plan.reply_body = Octets{'<', 'h', 't', 'm', 'l', '>'}; }, {"response value body"}},
    {"another status",
     [](ExchangePlan& plan) {
         plan.status = 500;
         plan.reply_fields = {{"Content-Type", "application/x-pki-message"}};
     },
     {"response value HTTP.status"}},
    {"another path",
     [](ExchangePlan& plan) { plan.target = "/scep?operation=PKIOperation"; },
     {"request value HTTP.path"}},
    {"another query",
     [](ExchangePlan& plan) { plan.target += "&message="; },
     {"request value HTTP.query"}},
    {"an operation in another case",
     [](ExchangePlan& plan) { plan.target = "/cgi-bin/pkiclient.exe?operation=pkioperation"; },
     {"request value HTTP.query.operation"}},
};

// Each with nonces and a transactionID of its own, and all with one challengePassword.
ExchangePlan enrolment() {
    static Laboratory lab;
    ExchangePlan plan = lab.enrolment();
    plan.request->content = Laboratory::csr(vectors::parties().client);
    return plan;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(compare)

BOOST_DATA_TEST_CASE(one_change_is_one_difference, boost::unit_test::data::make(rows), row) {
    ExchangePlan changed = enrolment();
    row.change(changed);
    const diff::Recording a = record(enrolment());
    const diff::Recording b = record(changed);
    BOOST_TEST(lines(diff::compare(a, b)) == row.differences, boost::test_tools::per_element());
}

// What is only in one of them changes sides, and nothing else does.
BOOST_DATA_TEST_CASE(the_other_way_round_it_is_the_same, boost::unit_test::data::make(rows), row) {
    ExchangePlan changed = enrolment();
    row.change(changed);
    const diff::Recording a = record(enrolment());
    const diff::Recording b = record(changed);
    BOOST_TEST(diff::compare(b, a).count() == diff::compare(a, b).count());
}

BOOST_AUTO_TEST_CASE(rules_that_one_violates_come_by_their_id) {
    ExchangePlan changed = enrolment();
    changed.request->transaction.sender_nonce.resize(8);
    const diff::Recording a = record(enrolment());
    const diff::Recording b = record(changed);
    const diff::Comparison there = diff::compare(a, b);
    BOOST_TEST(!there.rules.empty());
    for (const diff::RuleDifference& entry : there.rules) {
        BOOST_TEST(!entry.in_a);
        BOOST_TEST(entry.count >= 1u);
    }
    const diff::Comparison back = diff::compare(b, a);
    BOOST_TEST(back.rules.size() == there.rules.size());
    BOOST_TEST(back.rules.front().in_a);
    BOOST_TEST(diff::compare(a, a).count() == 0u);
    // The worst first.
    for (std::size_t i = 1; i < there.rules.size(); ++i) {
        BOOST_TEST((there.rules[i - 1].rule.severity >= there.rules[i].rule.severity));
    }
    BOOST_TEST(rule_ids(there).front().starts_with("b nonce."), rule_ids(there).front());
}

BOOST_AUTO_TEST_CASE(without_a_key_for_one_the_envelopes_are_not_compared) {
    const diff::Recording a = record(enrolment());
    const diff::Recording b = record(enrolment(), false);
    const diff::Comparison comparison = diff::compare(a, b);
    BOOST_TEST(lines(comparison).empty());
    std::size_t closed = 0;
    for (const auto* side : {&comparison.exchanges[0].request, &comparison.exchanges[0].response}) {
        closed += static_cast<std::size_t>(std::ranges::count(*side, tree::DifferenceKind::not_compared, &tree::Difference::kind));
    }
    BOOST_TEST(closed == 2u);
}

BOOST_AUTO_TEST_CASE(what_differs_as_it_must_is_told_apart) {
    const diff::Recording a = record(enrolment());
    const diff::Recording b = record(enrolment());
    const diff::Comparison comparison = diff::compare(a, b);
    std::vector<std::string> paths;
    for (const tree::Difference& difference : comparison.exchanges[0].request) {
        BOOST_TEST(!difference.matters, difference.path);
        paths.push_back(difference.path);
    }
    for (const std::string& path : {attrs + "[senderNonce].attrValues[0]", attrs + "[transactionID].attrValues[0]", attrs + "[messageDigest].attrValues[0]",
                                    std::string("EnvelopedData.recipientInfos[0].encryptedKey"), envelope + ".contentEncryptionAlgorithm.parameters",
                                    std::string("SignedData.signerInfos[0].signature")}) {
        BOOST_TEST((std::ranges::find(paths, path) != paths.end()), path);
    }
}

BOOST_AUTO_TEST_CASE(secrets_do_not_show) {
    ExchangePlan changed = enrolment();
    changed.request->content =
        Laboratory::csr(parties().client, [](scep::build::CertificationRequestBuilder& builder) { builder.challenge_password = "sesame, open"; });
    const diff::Recording a = record(enrolment());
    const diff::Recording b = record(changed);
    const diff::Comparison comparison = diff::compare(a, b);
    for (const tree::Difference& difference : comparison.exchanges[0].request) {
        BOOST_TEST(difference.a_says.find("secret") == std::string::npos);
        BOOST_TEST(difference.b_says.find("sesame") == std::string::npos);
    }
}

BOOST_AUTO_TEST_CASE(exchanges_are_paired_by_what_they_are) {
    Laboratory lab;
    std::vector<input::Exchange> a;
    a.push_back(make(lab.enrolment()));
    a.push_back(make(lab.get_crl()));
    a.push_back(make(lab.get_cert()));
    std::vector<input::Exchange> b;
    b.push_back(make(lab.get_crl()));
    b.push_back(make(lab.pending()));
    b.push_back(make(lab.enrolment()));
    const diff::Recording of_a = record(std::move(a));
    const diff::Recording of_b = record(std::move(b));
    const diff::Comparison comparison = diff::compare(of_a, of_b);
    BOOST_REQUIRE(comparison.exchanges.size() == 4u);
    const auto pair = [&](std::size_t i) { return std::pair(comparison.exchanges[i].a.value_or(99), comparison.exchanges[i].b.value_or(99)); };
    BOOST_TEST((pair(0) == std::pair(0u, 1u)));  // PKCSReq, the first of them
    BOOST_TEST((pair(1) == std::pair(1u, 0u)));  // GetCRL
    BOOST_TEST((pair(2) == std::pair(2u, 99u)));  // GetCert
    BOOST_TEST((pair(3) == std::pair(99u, 2u)));  // PKCSReq, the second
    BOOST_TEST(comparison.exchanges[2].what == "PKIOperation GetCert");
}

BOOST_AUTO_TEST_CASE(single_messages_are_a_pair_whatever_they_are) {
    Laboratory lab;
    const diff::Recording a = record(lab.get_crl());
    const diff::Recording b = record(lab.get_cert());
    const diff::Comparison comparison = diff::compare(a, b);
    BOOST_REQUIRE(comparison.exchanges.size() == 1u);
    BOOST_TEST(comparison.exchanges[0].what == "PKIOperation GetCRL | PKIOperation GetCert");
    const auto found = lines(comparison);
    BOOST_TEST((std::ranges::find(found, "request value " + attrs + "[messageType].attrValues[0]") != found.end()));
}

BOOST_AUTO_TEST_SUITE_END()
