#include <vectors/generate/cms/pki.h>
#include <vectors/generate/cms/twins.h>

#include <array>

namespace sceplab::vectors {

namespace {

using scep::MessageType;

std::vector<std::string> flags_of(const TwinForm& form) {
    return form.result == Result::valid ? std::vector<std::string>{} : std::vector<std::string>{"CmsLongLength"};
}

// The envelope rewritten before it is signed, the SignedData after.
MessagePlan inside(MessagePlan plan, const TwinForm& form) {
    plan.signed_data = [&form](scep::cms::SignedDataBuilder& builder) {
        builder.e_content = twin(read_enveloped_data(*builder.e_content), form);
    };
    return plan;
}

const TwinForm& form_named(std::string_view name) { return *std::ranges::find(twin_forms(), name, &TwinForm::name); }

void add_twin(Cases& cases, const std::string& kind, const MessagePlan& plan, const TwinForm& form, bool outer, bool inner) {
    const std::string where = outer && inner ? "both layers" : outer ? "outer layer" : "inner layer";
    const std::string what = outer && inner ? "SignedData and EnvelopedData are both in this form"
                             : outer        ? "Only the SignedData is in this form, the envelope is DER"
                                            : "Only the EnvelopedData is in this form, and signed so; the SignedData is DER";
    Case& out = cases.add(kind + ", " + where + ", " + std::string(form.name), std::string(form.comment) + ' ' + what + '.', form.result,
                          flags_of(form), [&] {
                              const Octets message = make(inner ? inside(plan, form) : plan);
                              return outer ? twin(read_signed_data(message), form) : message;
                          });
    reads(out, plan);
}

} // namespace

void pki_twins(const PkiCases& cases) {
    const MessagePlan request = a_request(MessageType::PKCSReq);
    for (const TwinForm& form : twin_forms()) {
        add_twin(cases.requests, "PKCSReq", request, form, true, false);
        add_twin(cases.requests, "PKCSReq", request, form, false, true);
    }
    constexpr std::array chosen{"indefinite lengths", "content in parts of 16 octets", "indefinite lengths and parts",
                                "parts within parts, indefinite", "long lengths"};
    for (const char* name : chosen) {
        const TwinForm& form = form_named(name);
        add_twin(cases.requests, "PKCSReq", request, form, true, true);
        add_twin(cases.replies, "SUCCESS", a_success(), form, true, false);
        add_twin(cases.replies, "SUCCESS", a_success(), form, false, true);
        add_twin(cases.replies, "SUCCESS", a_success(), form, true, true);
    }
    const TwinForm& streamed = form_named("indefinite lengths and parts");
    for (const MessageType type : {MessageType::RenewalReq, MessageType::CertPoll, MessageType::GetCert, MessageType::GetCRL}) {
        add_twin(cases.requests, std::string(scep::name(type)), a_request(type), streamed, true, true);
    }
    for (const TwinForm& form : twin_forms_without_content()) {
        add_twin(cases.replies, "FAILURE", a_failure(), form, true, false);
    }
    add_twin(cases.replies, "PENDING", a_pending(), form_named("indefinite lengths"), true, false);
    // The third layer: what is encrypted.
    for (const char* name : {"indefinite lengths", "indefinite lengths inside"}) {
        MessagePlan plan = a_success();
        plan.content = twin(read_signed_data(*plan.content), form_named(name));
        add(cases.replies, "SUCCESS, messageData, " + std::string(name),
            "The certificates-only SignedData within the envelope is BER, as OpenSSL writes it for streams.", Result::valid, {}, plan);
    }
}

} // namespace sceplab::vectors
