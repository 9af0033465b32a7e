// Decoding a PKCSReq, beside OpenSSL's d2i_CMS_ContentInfo on the same octets.
#include <scepcodec/cms/oids.h>
#include <scepcodec/scep/build.h>
#include <scepcodec/scep/pki_message.h>
#include <scepcodec/x509/oids.h>

#include <benchmark/benchmark.h>
#include <openssl/cms.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unistd.h>

namespace {

using namespace scep;
using cms::Octets;
using cms::OctetsView;

[[noreturn]] void give_up(const std::string& why) {
    std::fprintf(stderr, "decode_bench: %s\n", why.c_str());
    std::exit(1);
}

void free_certificates(STACK_OF(X509) * list) {
    sk_X509_pop_free(list, X509_free);
}

template <auto function>
struct Free {
    template <class T>
    void operator()(T* object) const {
        function(object);
    }
};
template <class T, auto function>
using Owned = std::unique_ptr<T, Free<function>>;
using Certificate = Owned<X509, X509_free>;
using Key = Owned<EVP_PKEY, EVP_PKEY_free>;
using Certificates = Owned<STACK_OF(X509), free_certificates>;
using CmsMessage = Owned<CMS_ContentInfo, CMS_ContentInfo_free>;

template <class T>
T* needed(T* object) {
    if (object == nullptr) {
        give_up("OpenSSL failed while the message was made");
    }
    return object;
}

template <auto i2d, class T>
Octets encoded(const T& object) {
    unsigned char* der = nullptr;
    const int size = i2d(object.get(), &der);
    if (size < 0) {
        give_up("OpenSSL failed while the message was made");
    }
    Octets out(der, der + size);
    OPENSSL_free(der);
    return out;
}

Certificate self_signed(const Key& key) {
    Certificate certificate(needed(X509_new()));
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), 0);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 86400);
    X509_set_pubkey(certificate.get(), key.get());
    X509_NAME* name = X509_get_subject_name(certificate.get());
    X509_NAME_add_entry_by_txt(name, "O", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>("Example"), -1, -1, 0);
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>("device"), -1, -1, 0);
    X509_set_issuer_name(certificate.get(), name);
    X509_sign(certificate.get(), key.get(), EVP_sha256());
    return certificate;
}

// The request is encrypted by OpenSSL, the message written by our builder. Its signature is none: neither side looks at it.
Octets make_message() {
    const Key key(needed(EVP_RSA_gen(2048)));
    const Certificate certificate = self_signed(key);
    const Octets request(900); // as long as one with a 2048 bit key; its content is not looked at
    const Owned<BIO, BIO_free> content(needed(BIO_new_mem_buf(request.data(), static_cast<int>(request.size()))));
    const Certificates recipients(needed(sk_X509_new_null()));
    X509_up_ref(certificate.get());
    sk_X509_push(recipients.get(), certificate.get());
    const CmsMessage envelope(needed(CMS_encrypt(recipients.get(), content.get(), EVP_aes_256_cbc(), CMS_BINARY)));

    const Octets certificate_octets = encoded<i2d_X509>(certificate);
    const auto view = x509::Certificate::decode(der::Input(certificate_octets));
    if (!view) {
        give_up(view.error().to_string());
    }
    auto builder = build::pkcs_req({.transaction_id = "8e63a1f0b4", .sender_nonce = Octets(16, 0x5a), .recipient_nonce = {}, .signing_time = {},
                                    .other_attributes = {}},
                                   encoded<i2d_CMS_ContentInfo>(envelope));
    builder.certificates = {certificate_octets};
    builder.sid = cms::encode_issuer_and_serial_number(view->issuer.whole.octets(), view->serial_number.content.octets());
    builder.digest_algorithm = cms::encode_algorithm(x509::oids::id_sha256);
    builder.signature_algorithm = cms::encode_algorithm(x509::oids::rsaEncryption, cms::Parameters::null);
    builder.message_digest = Octets(32, 0x5a);
    return builder.finish(Octets(256, 0x5a));
}

CmsMessage openssl_decode(OctetsView octets) {
    const unsigned char* at = octets.data();
    return CmsMessage(d2i_CMS_ContentInfo(nullptr, &at, static_cast<long>(octets.size())));
}

// Everything of the message is looked at once: each signed attribute and value, each certificate.
std::size_t walk(const PkiMessage& message) {
    std::size_t count = 0;
    for (const auto& attribute : *message.signer_info.signed_attrs) {
        for (const auto& value : attribute->values) {
            count += value->element.value().size();
        }
    }
    for (const auto& choice : *message.signed_data.certificates) {
        count += choice->certificate()->subject.rdns.size();
    }
    return count;
}

std::string_view text_of(const ASN1_STRING* string) {
    return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(string)), static_cast<std::size_t>(ASN1_STRING_length(string))};
}

// Both must have read the same message, or their times say nothing.
void compare(OctetsView octets) {
    const auto ours = PkiMessage::decode(der::Input(octets));
    if (!ours) {
        give_up(ours.error().to_string());
    }
    const CmsMessage theirs = openssl_decode(octets);
    if (!theirs) {
        give_up("OpenSSL does not decode the message");
    }
    const CMS_SignerInfo* signer = sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(theirs.get()), 0);
    const auto attribute = [&](const char* type) -> std::string_view {
        const Owned<ASN1_OBJECT, ASN1_OBJECT_free> object(OBJ_txt2obj(type, 1));
        const int index = CMS_signed_get_attr_by_OBJ(signer, object.get(), -1);
        return index < 0 ? std::string_view() : text_of(X509_ATTRIBUTE_get0_type(CMS_signed_get_attr(signer, index), 0)->value.asn1_string);
    };
    const TransactionAttributes& attributes = ours->attributes;
    const auto same = [](const AttributeSlot& slot, std::string_view theirs_text) { return slot.value && slot.value->value().text() == theirs_text; };
    const Certificates certificates(CMS_get1_certs(theirs.get()));
    const Certificate certificate(sk_X509_shift(certificates.get()));
    const bool agree = same(attributes.message_type_slot, attribute("2.16.840.1.113733.1.9.2")) &&
                       same(attributes.sender_nonce, attribute("2.16.840.1.113733.1.9.5")) &&
                       same(attributes.transaction_id, attribute("2.16.840.1.113733.1.9.7")) &&
                       static_cast<int>(ours->signer_info.signed_attrs->size()) == CMS_signed_get_attr_count(signer) &&
                       ours->pkcs_pki_envelope()->text() == text_of(*CMS_get0_content(theirs.get())) &&
                       (*ours->signed_data.certificates->begin())->element.whole().same_octets(encoded<i2d_X509>(certificate));
    if (!agree) {
        give_up("OpenSSL and scepcodec read the message differently");
    }
}

// The usual table, and at its end what the fastest repetition of one took by that of another.
class Ratios : public benchmark::ConsoleReporter {
public:
    Ratios() : ConsoleReporter(isatty(STDOUT_FILENO) != 0 ? OO_ColorTabular : OO_Tabular) {}

    void ReportRuns(const std::vector<Run>& runs) override {
        ConsoleReporter::ReportRuns(runs);
        for (const Run& run : runs) {
            if (run.run_type == Run::RT_Iteration && !run.error_occurred) {
                const auto [at, first] = m_times.try_emplace(run.run_name.function_name, run.GetAdjustedCPUTime());
                at->second = std::min(at->second, run.GetAdjustedCPUTime());
            }
        }
    }
    void Finalize() override {
        ConsoleReporter::Finalize();
        const auto openssl = m_times.find("openssl_decode");
        const auto ours = m_times.find("scepcodec_decode_and_walk");
        if (openssl != m_times.end() && ours != m_times.end()) {
            GetOutputStream() << "ratio: OpenSSL takes " << openssl->second / ours->second << " times as long as scepcodec, walk included\n";
        }
    }

private:
    std::map<std::string, double> m_times;
};

} // namespace

int main(int argc, char* argv[]) {
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) {
        return 2;
    }
    const Octets message = make_message();
    compare(message);
    benchmark::RegisterBenchmark("scepcodec_decode", [&](benchmark::State& state) {
        for (auto _ : state) {
            auto decoded = PkiMessage::decode(der::Input(message));
            benchmark::DoNotOptimize(decoded);
        }
    });
    benchmark::RegisterBenchmark("scepcodec_decode_and_walk", [&](benchmark::State& state) {
        for (auto _ : state) {
            benchmark::DoNotOptimize(walk(*PkiMessage::decode(der::Input(message))));
        }
    });
    benchmark::RegisterBenchmark("openssl_decode", [&](benchmark::State& state) {
        for (auto _ : state) {
            auto decoded = openssl_decode(message);
            benchmark::DoNotOptimize(decoded);
        }
    });
    Ratios reporter;
    benchmark::RunSpecifiedBenchmarks(&reporter);
}
