#include <conformance/rules/common.h>
#include <conformance/rules/rule_files.h>

#include <array>

// The sets of certificates and CRLs of every SignedData of a body, and what a SignedData without signers leaves out (RFC 5652, 5.1, 5.2 and 10.2).
namespace sceplab::rules {

namespace {

using scep::cms::SignedData;
namespace tag = scep::der::tag;

struct FoundSignedData {
    const SignedData* data = nullptr;
    std::string path;
};

// The signed message, what is inside of it, and what came without a signature.
std::vector<FoundSignedData> signed_data_of(const Body& body) {
    const MessageFacts& facts = body.facts;
    std::vector<FoundSignedData> out;
    if (facts.message) {
        out.push_back({&facts.message->signed_data, "SignedData"});
    }
    if (facts.certs_only && facts.certs_only->signed_data) {
        out.push_back({&*facts.certs_only->signed_data, facts.message ? "SignedData.encapContentInfo.eContent.SignedData" : "SignedData"});
    }
    if (facts.message_data && facts.message_data->signed_data) {
        out.push_back({&*facts.message_data->signed_data, "messageData.SignedData"});
    }
    return out;
}

std::string index(const auto& each) { return "[" + std::to_string(each.index()) + "]"; }

// Each SEQUENCE of the lists, which is due to be a plain certificate or CRL.
template <class Lists, class Decode>
Outcome plain_ones_decode(const Body& body, const char* what, const char* field, Lists&& list_of, Decode&& decode) {
    Outcome out = Outcome::not_applicable();
    for (const auto& [data, path] : signed_data_of(body)) {
        const auto& list = list_of(*data);
        if (!list) {
            continue;
        }
        if (out.state() == Outcome::State::not_applicable) {
            out = Outcome::pass();
        }
        for (auto each = list->begin(); each != list->end(); ++each) {
            const auto choice = *each;
            if (choice && choice->element.tag() == tag::SEQUENCE) {
                if (const auto decoded = decode(*choice); !decoded) {
                    out.add(place(body, decoded.error().where, path + field + index(each)),
                            std::string(what) + " does not decode: " + decoded.error().to_string());
                }
            }
        }
    }
    return out;
}

Outcome certificates_decode(const Body& body) {
    const MessageFacts& facts = body.facts;
    const bool alone = facts.message && !facts.certs_only && !(facts.message_data && facts.message_data->signed_data);
    const auto& certificates = facts.message ? facts.message->signed_data.certificates : std::nullopt;
    if (alone && certificates && certificates->size() == facts.included.size()) {
        return Outcome::pass();  // evidence has decoded them all
    }
    return plain_ones_decode(
        body, "a certificate", ".certificates", [](const SignedData& data) -> auto& { return data.certificates; },
        [](const scep::cms::CertificateChoice& choice) { return choice.certificate(); });
}

Outcome crls_decode(const Body& body) {
    return plain_ones_decode(
        body, "a CRL", ".crls", [](const SignedData& data) -> auto& { return data.crls; },
        [](const scep::cms::RevocationInfoChoice& choice) { return choice.certificate_list(); });
}

// The first element of another form than the plain one.
template <class List>
void first_other_form(const Body& body, const std::optional<List>& list, const std::string& path, const char* plain, Outcome& out) {
    if (!list) {
        return;
    }
    if (out.state() == Outcome::State::not_applicable) {
        out = Outcome::pass();
    }
    for (auto each = list->begin(); each != list->end(); ++each) {
        const auto choice = *each;
        if (choice && choice->element.tag() != tag::SEQUENCE) {
            out.add(place(body, each.whole().location(), path + index(each)),
                    "an element of form " + scep::to_string(choice->element.tag()) + " where SCEP has " + plain + " alone");
            return;
        }
    }
}

Outcome plain_certificates(const Body& body) {
    Outcome out = Outcome::not_applicable();
    for (const auto& [data, path] : signed_data_of(body)) {
        first_other_form(body, data->certificates, path + ".certificates", "X.509 certificates", out);
    }
    return out;
}

Outcome plain_crls(const Body& body) {
    Outcome out = Outcome::not_applicable();
    for (const auto& [data, path] : signed_data_of(body)) {
        first_other_form(body, data->crls, path + ".crls", "CertificateLists", out);
    }
    return out;
}

// What every SignedData without signers has to pass.
template <class F>
Outcome each_degenerate(const Body& body, F&& look) {
    Outcome out = Outcome::not_applicable();
    for (const auto& [data, path] : signed_data_of(body)) {
        if (data->signer_infos.empty()) {
            if (out.state() == Outcome::State::not_applicable) {
                out = Outcome::pass();
            }
            look(*data, path, out);
        }
    }
    return out;
}

Outcome degenerate_type(const Body& body) {
    return each_degenerate(body, [&](const SignedData& data, const std::string& path, Outcome& out) {
        const auto& type = data.encap_content_info.e_content_type;
        if (type != scep::cms::oids::id_data) {
            out.add(place(body, type.content.location(), path + ".encapContentInfo.eContentType"),
                    "eContentType of a SignedData without signers is " + type.to_string() + " where id-data is due");
        }
    });
}

Outcome degenerate_digests(const Body& body) {
    return each_degenerate(body, [&](const SignedData& data, const std::string& path, Outcome& out) {
        if (!data.digest_algorithms.empty()) {
            out.add(place(body, data.digest_algorithms.whole().location(), path + ".digestAlgorithms"),
                    "digestAlgorithms of a SignedData without signers lists " + std::to_string(data.digest_algorithms.size()));
        }
    });
}

}  // namespace

RuleSpan<Body> certificate_sets_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Body>> rules{
        {.id = "certificates.decode",
         .severity = warning,
         .cite = {rfc5280, "4.1"},
         .says = "Each X.509 certificate of a message decodes",
         .covers = {"X509-cert-der"},
         .check = certificates_decode},
        {.id = "certificates.x509-alone",
         .severity = notice,
         .cite = {rfc5652, "10.2.2"},
         .says = "The certificates of a message are X.509 certificates, not attribute certificates or other ones",
         .covers = {"CMS-10.2.2-cert-choices"},
         .check = plain_certificates},
        {.id = "crls.decode",
         .severity = warning,
         .cite = {rfc5280, "5.1"},
         .says = "Each CRL of a message decodes",
         .covers = {"X509-5.1-crl"},
         .check = crls_decode},
        {.id = "crls.lists-alone",
         .severity = warning,
         .cite = {rfc5652, "10.2.1"},
         .says = "The crls of a message are CertificateLists, not other revocation information",
         .covers = {"CMS-10.2.1-crl-choices"},
         .check = plain_crls},
        {.id = "certificates-only.content-type-data",
         .severity = error,
         .cite = {rfc5652, "5.2"},
         .says = "eContentType of a SignedData without signers is id-data",
         .covers = {"CMS-5.2-degenerate-iddata"},
         .check = degenerate_type},
        {.id = "certificates-only.no-digest-algorithms",
         .severity = notice,
         .cite = {rfc5652, "5.1"},
         .says = "A SignedData without signers lists no digest algorithms",
         .covers = {"CMS-5.1-digestalgs-degenerate"},
         .check = degenerate_digests},
    };
    return rules;
}

}  // namespace sceplab::rules
