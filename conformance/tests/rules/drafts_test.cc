#include <conformance/tests/rules/rows.h>
#include <vectors/generate/parts.h>

#include <scepcodec/der/writer.h>
#include <sceptest.h>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

namespace sceplab::test {

namespace {

constexpr std::string_view nourse = "nourse";

Octets digest_of_key(const Party& party, Digest digest) { return party.signer(digest).digest(party.public_key_info()); }
std::string hex_of_key(const Party& party, Digest digest) { return scep::der::to_hex(digest_of_key(party, digest)); }

// An exchange as the drafts have it: transactionID is a hash of the key.
ExchangePlan with_id(ExchangePlan plan, std::string id) {
    plan.request->transaction.transaction_id = id;
    plan.reply->transaction.transaction_id = id;
    return plan;
}
ExchangePlan enrolment(Laboratory& lab) { return with_id(lab.enrolment(), hex_of_key(parties().client, Digest::sha256)); }

// The outermost TLV with an indefinite length.
Octets indefinite(const Octets& value) {
    const auto header = *scep::der::read_header(scep::der::Input(value));
    Octets out{value[0], 0x80};
    out.insert(out.end(), value.begin() + header.size, value.end());
    out.insert(out.end(), {0, 0});
    return out;
}

}  // namespace

const Rows& draft_rows() {
    static const Rows rows{
        {"an enrolment as the drafts have it", [](Laboratory& lab) { lab.play(enrolment(lab)); }, {}, nourse},
        {"an enrolment with an empty challengePassword by an existing certificate",
         [](Laboratory& lab) {
             auto plan = lab.renewal();
             plan.request->codes.message_type = "19";
             plan.request->content = lab.csr(parties().other, [](auto& builder) {
                 builder.subject = parties().client.name();
                 builder.challenge_password = "";
             });
             lab.play(with_id(plan, hex_of_key(parties().other, Digest::sha1)));
         },
         {},
         nourse},
        {"the same without one",
         [](Laboratory& lab) {
             auto plan = lab.renewal();
             plan.request->codes.message_type = "19";
             lab.play(with_id(plan, hex_of_key(parties().other, Digest::md5)));
         },
         {"csr.challenge-password-in-renewal", "renewal.empty-challenge-password"},
         nourse},
        {"a signer by subjectKeyIdentifier",
         [](Laboratory& lab) {
             auto plan = enrolment(lab);
             plan.request->octets = changing([](auto& parts) {
                 parts.version = 1;
                 parts.signers[0].version = 3;
                 parts.signers[0].sid = scep::cms::encode_subject_key_identifier(Octets(20, 0x11));
             });
             lab.play(plan);
         },
         {"pkcs7.constructs", "signer.certificate-included"},
         nourse},
        {"a recipient by password",
         [](Laboratory& lab) {
             auto plan = lab.enrolment_with_password();
             plan.reply->envelope = [](auto& parts) { parts.version = 0; };
             lab.play(with_id(plan, hex_of_key(parties().ec_client, Digest::sha512)));
         },
         {"algorithm.rsa-alone", "pkcs7.constructs"},
         nourse},
        {"SignedData of version 3",
         [](Laboratory& lab) {
             auto plan = enrolment(lab);
             plan.request->octets = changing([](auto& parts) { parts.version = 3; });
             lab.play(plan);
         },
         {"pkcs7.signed-data-version"},
         nourse},
        {"EnvelopedData of version 2",
         [](Laboratory& lab) {
             auto plan = enrolment(lab);
             plan.request->envelope = [](auto& parts) { parts.version = 2; };
             lab.play(plan);
         },
         {"pkcs7.enveloped-data-version"},
         nourse},
        {"a RenewalReq",
         [](Laboratory& lab) { lab.play(lab.renewal()); },
         {"message-type.of-the-drafts", "renewal.empty-challenge-password"},
         nourse},
        {"a transactionID that is no hash",
         [](Laboratory& lab) { lab.play(lab.enrolment()); },
         {"transaction-id.is-key-hash"},
         nourse},
        {"the hash in base64", [](Laboratory& lab) { lab.play(with_id(lab.enrolment(), base64(digest_of_key(parties().client, Digest::sha1)))); }, {"field.transaction-id-portable"}, nourse},
        {"the hash of another key",
         [](Laboratory& lab) { lab.play(with_id(lab.enrolment(), hex_of_key(parties().other, Digest::sha256))); },
         {"transaction-id.is-key-hash"},
         nourse},
        {"a query whose transactionID is no number",
         [](Laboratory& lab) { lab.play(with_id(lab.get_cert(), "my query")); },
         {"transaction-id.of-query-is-number"},
         nourse},
        {"a query whose transactionID is a number", [](Laboratory& lab) { lab.play(with_id(lab.get_cert(), "17")); }, {}, nourse},
        {"one key, two transactionIDs",
         [](Laboratory& lab) {
             lab.play(enrolment(lab));
             lab.play(with_id(lab.enrolment(), hex_of_key(parties().client, Digest::sha1)));
         },
         {"ca-certificates.fetched-anew", "transaction.same-key-same-id"},
         nourse},
        {"a CRL beside the certificate",
         [](Laboratory& lab) {
             auto plan = enrolment(lab);
             plan.reply->content = lab.certificates({lab.issued(parties().client)}, {make_crl(parties().ca)});
             lab.play(plan);
         },
         {"issued.no-crl"},
         nourse},
        {"a certificates-only SignedData of indefinite length",
         [](Laboratory& lab) {
             auto plan = enrolment(lab);
             plan.reply->content = indefinite(*plan.reply->content);
             lab.play(plan);
         },
         {"content.der"},
         nourse},
        {"the same where DER is asked for",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.reply->content = indefinite(*plan.reply->content);
             lab.play(plan);
         },
         {"content.der"},
         "strict-der"},
    };
    return rows;
}

}  // namespace sceplab::test

namespace {

using namespace sceplab;
using test::Laboratory;
namespace data = boost::unit_test::data;

}  // namespace

BOOST_AUTO_TEST_SUITE(drafts)

BOOST_DATA_TEST_CASE(deviations, data::make(test::draft_rows())) { test::check(sample); }

BOOST_AUTO_TEST_CASE(the_hash_may_be_over_any_form_of_the_key) {
    const auto& client = test::parties().client;
    const auto info = client.public_key_info();
    const auto key = *scep::x509::SubjectPublicKeyInfo::decode(scep::der::Input(info));
    // RSAPublicKey of 2048 bits: SEQUENCE and INTEGER in the long form, then the sign octet.
    const auto modulus = key.subject_public_key.octets.slice(9, 256);
    for (const auto octets : {key.whole.octets(), key.subject_public_key.octets.octets(), modulus.octets()}) {
        std::string id = scep::der::to_hex(client.signer(test::Digest::md5).digest(octets));
        for (char& c : id) {
            c = c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c;
        }
        Laboratory lab;
        lab.introduce();
        lab.play(test::with_id(lab.enrolment(), id));
        BOOST_TEST(test::fired(lab.judge({.profile = "nourse"})) == std::vector<std::string>{}, boost::test_tools::per_element());
    }
}

// Python's int.from_bytes(hashlib.sha256(key).digest(), "big") is the witness.
BOOST_AUTO_TEST_CASE(the_hash_may_be_a_decimal_number) {
    Laboratory lab;
    lab.introduce();
    const std::string hex = test::hex_of_key(test::parties().client, test::Digest::sha256);
    const auto python = sceptest::run({"python3", "-c", "print(int('" + hex + "', 16), end='')"});
    BOOST_REQUIRE(python.exit_code == 0);
    lab.play(test::with_id(lab.enrolment(), python.out));
    BOOST_TEST(test::fired(lab.judge({.profile = "nourse"})) == std::vector<std::string>{},
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
