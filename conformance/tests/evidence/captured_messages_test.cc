#include <conformance/evidence/investigator.h>
#include <conformance/evidence/summary.h>
#include <conformance/tests/support/truth.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

// Facts of the captured messages, without any capture format: exchanges are put together from the extracted bodies.
namespace {

using namespace sceplab;
using test::Json;
namespace data = boost::unit_test::data;
using evidence::Investigator;

evidence::Settings settings_of(const std::string& run) {
    evidence::Settings settings;
    for (const std::string& path : test::materials(run, ".key")) {
        auto key = scep::botan::PrivateKey::load(sceptest::read_file(path));
        BOOST_REQUIRE_MESSAGE(key, path);
        settings.keys.push_back(std::move(*key));
    }
    return settings;
}

std::vector<std::uint8_t> message(const std::string& run, std::size_t number, const std::string& side) {
    const std::string start = (number < 10 ? "0" : "") + std::to_string(number) + "-" + side;
    for (const char* ending : {".der", ".txt"}) {
        const auto path = test::captures_dir() / run / "messages" / (start + ending);
        if (std::filesystem::exists(path)) {
            return sceptest::read_file(path);
        }
    }
    return {};
}

scep::der::Input add(scep::Sources& sources, std::vector<std::uint8_t> octets) { return *sources.add_captured(std::move(octets)); }

input::Exchange exchange_of(const std::string& run, std::size_t number, const Json& truth) {
    input::Exchange out;
    out.connection = 1;
    out.request.emplace();
    // A GET PKIOperation is posted here: its text form is the input room's business.
    out.request->method = "POST";
    const std::string target = "/scep?operation=" + truth["operation"].get<std::string>();
    out.request->target = add(out.sources, {target.begin(), target.end()});
    out.request->body = add(out.sources, message(run, number, "req"));
    if (!truth["response"].is_null()) {
        out.response.emplace();
        out.response->status = truth["response"]["httpStatus"];
        out.response->body = add(out.sources, message(run, number, "resp"));
        out.ended = input::Ending::answered;
    }
    return out;
}

template <class T>
Json nullable(const std::optional<T>& value) {
    return value ? Json(*value) : Json();
}

Json as_json(const evidence::MessageSummary& summary) {
    Json out;
    out["bytes"] = summary.bytes;
    out["messageType"] = nullable(summary.message_type);
    out["pkiStatus"] = nullable(summary.pki_status);
    out["failInfo"] = nullable(summary.fail_info);
    out["transactionID"] = nullable(summary.transaction_id);
    out["senderNonce"] = nullable(summary.sender_nonce);
    out["recipientNonce"] = nullable(summary.recipient_nonce);
    out["digestAlgorithm"] = nullable(summary.digest_algorithm);
    out["signatureAlgorithm"] = nullable(summary.signature_algorithm);
    out["contentEncryptionAlgorithm"] = nullable(summary.content_encryption_algorithm);
    out["messageData"] = nullable(summary.message_data);
    out["signature"] = summary.signature ? Json(name(summary.signature->verdict)) : Json();
    out["decryption"] = summary.decryption ? Json(name(*summary.decryption)) : Json();
    out["capabilities"] = nullable(summary.capabilities);
    out["certificates"] = Json::array();
    for (const auto& certificate : summary.certificates) {
        out["certificates"].push_back({{"sha256", certificate.sha256}});
    }
    return out;
}

Json without_http(Json truth) {
    for (const char* member : {"httpStatus", "contentType"}) {
        truth.erase(member);
    }
    return truth;
}

// All exchanges of a run, investigated in order.
std::vector<evidence::ExchangeFacts> investigate(const std::string& run, Investigator& investigator) {
    std::vector<evidence::ExchangeFacts> out;
    const Json truth = test::read_json(test::captures_dir() / run / "truth.json");
    for (std::size_t i = 0; i < truth["exchanges"].size(); ++i) {
        out.push_back(investigator.investigate(exchange_of(run, i, truth["exchanges"][i])));
    }
    return out;
}

evidence::ExchangeFacts last_of(const std::string& run, evidence::Settings settings) {
    Investigator investigator(std::move(settings));
    return std::move(investigate(run, investigator).back());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(captured_messages)

BOOST_DATA_TEST_CASE(facts_are_those_of_the_witnesses, data::make(test::captured_runs()), run) {
    Investigator investigator(settings_of(run));
    const Json truth = test::read_json(test::captures_dir() / run / "truth.json")["exchanges"];
    const auto all = investigate(run, investigator);
    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto summary = evidence::summarise(all[i], 0);
        BOOST_TEST_CONTEXT(run << ", exchange " << i) {
            BOOST_TEST(test::differences(without_http(truth[i]["request"]), as_json(*summary.request)) == "");
            if (!truth[i]["response"].is_null()) {
                BOOST_TEST(test::differences(without_http(truth[i]["response"]), as_json(*summary.response)) == "");
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(the_reply_is_signed_by_the_certificate_that_get_ca_cert_gave) {
    const auto facts = last_of("enrol", settings_of("enrol"));
    const evidence::Signer& signer = facts.response->signature->signer;
    BOOST_TEST(signer.ca_certificates_known);
    BOOST_TEST(signer.in_get_ca_cert);
    BOOST_TEST(signer.chain.reason == "no trust anchor");
    BOOST_TEST(!facts.request->signature->signer.in_get_ca_cert);
}

BOOST_AUTO_TEST_CASE(capabilities_are_known_to_later_exchanges) {
    const auto facts = last_of("enrol", settings_of("enrol"));
    BOOST_TEST(facts.server.announces("AES"));
    BOOST_TEST(facts.server.announces("postpkioperation"));
    BOOST_TEST(!facts.server.announces("GetNextCACert"));
}

BOOST_AUTO_TEST_CASE(the_issued_certificate_is_told_from_its_issuer_by_the_requested_key) {
    const auto facts = last_of("enrol", settings_of("enrol"));
    const auto& key = facts.request->message_data->certification_request->subject_pk_info.whole;
    unsigned issued = 0;
    for (const auto& certificate : facts.response->certificates) {
        const bool same_key = certificate.certificate.subject_public_key_info.whole.same_octets(key);
        BOOST_TEST((certificate.role == evidence::Role::issued) == same_key);
        issued += same_key ? 1 : 0;
    }
    BOOST_TEST(issued == 1U);
}

BOOST_AUTO_TEST_CASE(a_key_of_another_run_opens_nothing_and_is_not_called_a_failure) {
    const auto facts = last_of("enrol", settings_of("renewal"));
    BOOST_TEST((facts.request->envelope->decryption == evidence::Decryption::not_performed));
    BOOST_TEST(facts.request->envelope->reason == "no key that fits");
    BOOST_TEST(!facts.request->message_data.has_value());
}

BOOST_AUTO_TEST_CASE(one_octet_of_the_ciphertext_changed_is_a_failure_of_the_recipients_own_key) {
    const Json truth = test::read_json(test::captures_dir() / "enrol" / "truth.json")["exchanges"];
    Investigator investigator(settings_of("enrol"));
    const auto whole = investigate("enrol", investigator);
    const auto& encrypted = *whole.back().request->envelope->enveloped_data->encrypted_content_info.encrypted_content;
    const auto where = whole.back().sources().in_capture((*encrypted.begin()).location());
    auto exchange = exchange_of("enrol", truth.size() - 1, truth.back());
    auto octets = message("enrol", truth.size() - 1, "req");
    octets[where.offset] ^= 1;
    exchange.request->body = add(exchange.sources, octets);
    const auto facts = investigator.investigate(std::move(exchange));
    BOOST_TEST((facts.request->envelope->decryption == evidence::Decryption::failed));
    BOOST_TEST((facts.request->signature->message_digest.verdict == scep::botan::Verdict::invalid));
    BOOST_TEST((facts.request->signature->overall.verdict == scep::botan::Verdict::invalid));
    BOOST_TEST((facts.request->signature->value.verdict == scep::botan::Verdict::valid));
}

BOOST_AUTO_TEST_CASE(every_prefix_of_a_reply_gives_facts) {
    const Json truth = test::read_json(test::captures_dir() / "enrol" / "truth.json")["exchanges"];
    const auto octets = message("enrol", truth.size() - 1, "resp");
    Investigator investigator({});
    for (std::size_t size = 0; size < octets.size(); size += size < 200 ? 1 : 37) {
        auto exchange = exchange_of("enrol", truth.size() - 1, truth.back());
        exchange.response->body = add(exchange.sources, {octets.begin(), octets.begin() + static_cast<std::ptrdiff_t>(size)});
        const auto facts = investigator.investigate(std::move(exchange));
        const auto summary = evidence::summarise(facts, 0);
        BOOST_TEST(!facts.response->message.has_value());
        BOOST_TEST((size == 0 || facts.response->error.has_value()));
        BOOST_TEST((size == 0 || facts.response->error->where.offset <= size));
    }
}

BOOST_AUTO_TEST_SUITE_END()
