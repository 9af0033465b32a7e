#include <vectors/generate/exchanges/changes.h>
#include <vectors/generate/exchanges/rows.h>

#include <algorithm>

namespace sceplab::vectors {

namespace {

ExchangePlan with_status(ExchangePlan plan, int status) {
    plan.status = status;
    plan.reply.reset();
    plan.reply_body = octets_of("no\n");
    return plan;
}

// A message by GET to a CA that takes no POST, with the query that `write` makes of its base64.
void message_by_get(Laboratory& lab, std::function<std::string(std::string)> write) {
    lab.ask_capabilities("AES\nSHA-256\n");
    auto plan = lab.enrolment();
    plan.method = "GET";
    plan.escape = std::move(write);
    lab.play(plan);
}

// The last digit before one "=" has two bits that no octet takes, before two it has four: the lowest of them is set.
void unused_bit_set(Laboratory& lab) {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    lab.ask_capabilities("AES\nSHA-256\n");
    ExchangePlan plan;
    std::string text;
    do {
        plan = lab.enrolment();
        plan.request_body = make(*plan.request);
        text = base64(*plan.request_body);
    } while (!text.ends_with('='));
    char& last = text[text.find_last_not_of('=')];
    last = alphabet[alphabet.find(last) + 1];
    plan.method = "GET";
    plan.escape = [text](const std::string&) { return percent_escaped(text); };
    lab.play(plan);
}

}  // namespace

ExchangePlan ca_certificate(Laboratory& lab, std::string_view query) { return get(query, lab.ca_certificate()); }

ExchangePlan get(std::string_view query, Octets answer) {
    ExchangePlan plan;
    plan.method = "GET";
    plan.target = "/cgi-bin/pkiclient.exe?" + std::string(query);
    plan.reply_body = std::move(answer);
    return plan;
}

Octets octets_of(std::string_view text) { return {text.begin(), text.end()}; }

void play_changed(Laboratory& lab, const ExchangePlan& plan, const std::function<void(input::Exchange&)>& change) {
    input::Exchange exchange = make(plan);
    change(exchange);
    lab.play(std::move(exchange));
}

void remove_field(Fields& fields, std::string_view name) {
    std::erase_if(fields, [&](const input::HeaderField& each) { return each.name == name; });
}

void set_field(Fields& fields, std::string name, std::string value) {
    remove_field(fields, name);
    fields.push_back({std::move(name), std::move(value)});
}

const Rows& request_form_rows() {
    static const Rows rows{
        {"GetCACert by POST",
         [](Laboratory& lab) {
             auto plan = ca_certificate(lab);
             plan.method = "POST";
             lab.play(plan);
         },
         {"method.get-without-data"}},
        {"a POST whose message is in the target",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.target += "&message=" + percent_escaped(base64(make(*plan.request)));
             plan.request_body = Octets{};
             lab.play(plan);
         },
         {"post.message-in-body"}},
        {"a POST to a CA that announced none",
         [](Laboratory& lab) {
             lab.ask_capabilities("AES\nSHA-256\n");
             lab.play(lab.enrolment());
         },
         {"method.post-announced"}},
        {"a POST after an empty list of capabilities",
         [](Laboratory& lab) {
             lab.ask_capabilities("");
             lab.play(lab.enrolment());
         },
         {"method.post-announced"}},
        {"RenewalReq and GetNextCACert after HTTP status 404 to GetCACaps",
         [](Laboratory& lab) {
             lab.play(with_status(get("operation=GetCACaps", {}), 404));
             auto plan = lab.renewal();
             plan.method = "GET";
             lab.play(plan);
             lab.play(lab.get_next_ca_cert());
         },
         {"field.pkiclient-path-taken", "field.service-found", "next-ca.announced", "renewal.announced"}},
        {"a form's Content-Type",
         [](Laboratory& lab) {
             play_changed(lab, lab.enrolment(), [](auto& exchange) { set_field(exchange.request->fields, "Content-Type", "application/x-www-form-urlencoded"); });
         },
         {"post.media-type"}},
        {"a POST without a Content-Type",
         [](Laboratory& lab) { play_changed(lab, lab.enrolment(), [](auto& exchange) { remove_field(exchange.request->fields, "Content-Type"); }); },
         {"post.media-type"}},
        {"a Content-Length one too small",
         [](Laboratory& lab) {
             play_changed(lab, lab.enrolment(), [](auto& exchange) {
                 set_field(exchange.request->fields, "Content-Length", std::to_string(exchange.request->body.size() - 1));
             });
         },
         {"post.content-length"}},
        {"no Content-Length",
         [](Laboratory& lab) { play_changed(lab, lab.enrolment(), [](auto& exchange) { remove_field(exchange.request->fields, "Content-Length"); }); },
         {"post.content-length"}},
        {"an operation given twice",
         [](Laboratory& lab) { lab.play(ca_certificate(lab, "operation=GetCACert&operation=GetCACert")); },
         {"target.parameters-once"}},
        {"no message in a PKIOperation by GET",
         [](Laboratory& lab) {
             lab.ask_capabilities("AES\nSHA-256\n");
             auto plan = lab.enrolment();
             plan.method = "GET";
             plan.request_body = Octets{};
             lab.play(plan);
         },
         {"message.decodes", "reply.to-readable-request"}},
        {"the message before the operation",
         [](Laboratory& lab) { lab.play(ca_certificate(lab, "message=ca&operation=GetCACert")); },
         {"field.ca-not-named", "target.operation-first"}},
        {"octets in the message of GetCACert",
         [](Laboratory& lab) { lab.play(ca_certificate(lab, "operation=GetCACert&message=%30%03%02%01%05")); },
         {"field.ca-not-named", "target.no-request-data"}},
        {"a CMS message in the message of GetNextCACert",
         [](Laboratory& lab) {
             auto plan = lab.get_next_ca_cert();
             plan.target += "&message=" + percent_escaped(base64(make(*lab.enrolment().request)));
             lab.play(plan);
         },
         {"target.no-request-data"}},
        {"a body in GetCACert",
         [](Laboratory& lab) {
             play_changed(lab, ca_certificate(lab), [](auto& exchange) { exchange.request->body = *exchange.sources.add_captured(octets_of("ca")); });
         },
         {"target.no-request-data"}},
        {"another path than the one that the CA told",
         [](Laboratory& lab) {
             lab.local.scep_path = "/scep";
             auto plan = ca_certificate(lab);
             plan.target = "/other?operation=GetCACert";
             lab.play(plan);
         },
         {"target.path-directed"}},
        {"HTTP/1.0",
         [](Laboratory& lab) { play_changed(lab, ca_certificate(lab), [](auto& exchange) { exchange.request->version = "HTTP/1.0"; }); },
         {"http.version-current"}},
        {"a request line that HTTP has not",
         [](Laboratory& lab) {
             play_changed(lab, ca_certificate(lab), [](auto& exchange) { exchange.request->malformed = "bad version"; });
         },
         {"http.request-well-formed"}},
        {"escapes in small letters",
         [](Laboratory& lab) {
             message_by_get(lab, [](const std::string& text) { return "%4d" + percent_escaped(text.substr(1)); });
         },
         {"target.escapes-upper-case"}},
        {"an escape that is none",
         [](Laboratory& lab) { message_by_get(lab, [](const std::string& text) { return percent_escaped(text).replace(20, 1, "%G1"); }); },
         {"message.decodes", "reply.to-readable-request", "target.escapes-valid"}},
        {"a character that base64 has not",
         [](Laboratory& lab) { message_by_get(lab, [](const std::string& text) { return percent_escaped(text).replace(20, 1, "!"); }); },
         {"message.decodes", "reply.to-readable-request"}},
        {"pad bits that are not zero", unused_bit_set, {"get.pad-bits-zero"}},
        {"GetCACaps, and the connection closed",
         [](Laboratory& lab) {
             auto plan = get("operation=GetCACaps", {});
             plan.answered = false;
             play_changed(lab, plan, [](auto& exchange) { exchange.ended = input::Ending::fin; });
         },
         {"capabilities.answered"}},
        {"GetCACert in another case",
         [](Laboratory& lab) {
             play_changed(lab, ca_certificate(lab, "operation=GetCaCert"),
                          [](auto& exchange) { set_field(exchange.response->fields, "Content-Type", "application/x-x509-ca-cert"); });
         },
         {"operation.spelt-exactly"}},
        {"the name of a message as an operation",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.target = "/cgi-bin/pkiclient.exe?operation=GetCertInitial";
             lab.play(plan);
         },
         {"operation.known"}},
        {"chunked bodies",
         [](Laboratory& lab) {
             play_changed(lab, lab.enrolment(), [](auto& exchange) {
                 for (auto* fields : {&exchange.request->fields, &exchange.response->fields}) {
                     remove_field(*fields, "Content-Length");
                     set_field(*fields, "Transfer-Encoding", "chunked");
                 }
             });
         },
         {},
         "rfc8894", "Request and answer come in chunks and without Content-Length, which HTTP/1.1 always allows."},
    };
    return rows;
}

const Rows& answer_form_rows() {
    static const Rows rows{
        {"a certificate under the type of a chain",
         [](Laboratory& lab) {
             play_changed(lab, ca_certificate(lab),
                  [](auto& exchange) { set_field(exchange.response->fields, "Content-Type", "application/x-x509-ca-ra-cert"); });
         },
         {"media-type.fits-certificates"}},
        {"a chain under the type of a certificate",
         [](Laboratory& lab) {
             play_changed(lab, get("operation=GetCACert", lab.certificates({lab.ca_certificate()})),
                  [](auto& exchange) { set_field(exchange.response->fields, "Content-Type", "application/x-x509-ca-cert"); });
         },
         {"media-type.fits-certificates"}},
        {"a certificate as octets",
         [](Laboratory& lab) {
             play_changed(lab, ca_certificate(lab), [](auto& exchange) { set_field(exchange.response->fields, "Content-Type", "application/octet-stream"); });
         },
         {"media-type.get-ca-cert"}},
        {"a CertRep as text",
         [](Laboratory& lab) {
             play_changed(lab, lab.enrolment(), [](auto& exchange) { set_field(exchange.response->fields, "Content-Type", "text/plain"); });
         },
         {"media-type.cert-rep"}},
        {"the next CA under the type of a chain",
         [](Laboratory& lab) {
             play_changed(lab, lab.get_next_ca_cert(),
                  [](auto& exchange) { set_field(exchange.response->fields, "Content-Type", "application/x-x509-ca-ra-cert"); });
         },
         {"media-type.next-ca"}},
        {"capabilities as octets",
         [](Laboratory& lab) {
             play_changed(lab, get("operation=GetCACaps", octets_of("AES\nPOSTPKIOperation\nSHA-256\n")),
                  [](auto& exchange) { set_field(exchange.response->fields, "Content-Type", "application/octet-stream"); });
         },
         {"capabilities.no-downgrade", "media-type.capabilities"}},
        {"no Content-Type",
         [](Laboratory& lab) { play_changed(lab, ca_certificate(lab), [](auto& exchange) { remove_field(exchange.response->fields, "Content-Type"); }); },
         {"media-type.present"}},
        {"a certificate in PEM",
         [](Laboratory& lab) {
             auto plan = ca_certificate(lab);
             plan.reply_body = octets_of("-----BEGIN CERTIFICATE-----\n" + base64(lab.ca_certificate()) + "\n-----END CERTIFICATE-----\n");
             play_changed(lab, plan, [](auto& exchange) { set_field(exchange.response->fields, "Content-Type", "application/x-x509-ca-cert"); });
         },
         {"answer.binary"}},
        {"a CertRep in base64",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.reply_body = octets_of(base64(make(*plan.reply)));
             lab.play(plan);
         },
         {"answer.binary"}},
        {"nothing in answer to an enrolment",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.reply.reset();
             lab.play(plan);
         },
         {"message.decodes"}},
        {"a FAILURE under HTTP status 500",
         [](Laboratory& lab) {
             auto plan = lab.refused();
             plan.status = 500;
             lab.play(plan);
         },
         {"cert-rep.http-status"}},
        {"GetCACert is not found",
         [](Laboratory& lab) { lab.play(with_status(ca_certificate(lab), 404)); },
         {"field.pkiclient-path-taken", "field.service-found", "get-ca-cert.http-status"}},
        {"a POST is not allowed though it was announced",
         [](Laboratory& lab) { lab.play(with_status(lab.enrolment(), 405)); },
         {"capabilities.post-works"}},
        {"GetNextCACert is not implemented though it was announced",
         [](Laboratory& lab) { lab.play(with_status(lab.get_next_ca_cert(), 501)); },
         {"capabilities.next-ca-works"}},
        {"a CertRep that came compressed",
         [](Laboratory& lab) {
             play_changed(lab, lab.enrolment(), [](auto& exchange) { set_field(exchange.response->fields, "Content-Encoding", "gzip"); });
         },
         {"http.no-content-coding"}},
        {"chunks that are none",
         [](Laboratory& lab) {
             play_changed(lab, with_status(lab.enrolment(), 503), [](auto& exchange) { exchange.response->malformed = "bad chunk"; });
         },
         {"field.refused-by-cert-rep", "http.answer-well-formed"}},
        {"a page instead of capabilities",
         [](Laboratory& lab) { lab.ask_capabilities("<html><body>Not Found</body></html>"); },
         {"capabilities.plain-text", "field.no-web-page"}},
        {"a zero octet among the capabilities",
         [](Laboratory& lab) { lab.ask_capabilities(std::string_view("AES\n\0\nSHA-256\n", 14)); },
         {"capabilities.plain-text", "capabilities.private-prefix"}},
    };
    return rows;
}

const Rows& http_sequence_rows() {
    static const Rows rows{
        {"GET again after HTTP status 414",
         [](Laboratory& lab) {
             lab.ask_capabilities("AES\nSHA-256\n");
             for (const int status : {414, 414}) {
                 auto plan = with_status(lab.enrolment(), status);
                 plan.method = "GET";
                 lab.play(plan);
             }
         },
         {"field.target-length", "field.target-length", "method.post-after-414"}},
        {"an answer out of a cache",
         [](Laboratory& lab) {
             lab.ask_capabilities("AES\nSHA-256\n");
             auto first = lab.pending();
             first.method = "GET";
             first.reply_body = make(*first.reply);
             auto second = lab.poll(first, scep::PkiStatus::PENDING);
             second.method = "GET";
             second.reply_body = first.reply_body;
             lab.play(first);
             lab.play(second);
         },
         {"get.answer-not-cached", "nonce.recipient-echoes-sender"}},
        {"a POST that a redirect made a GET",
         [](Laboratory& lab) {
             lab.play(with_status(lab.enrolment(), 302));
             auto plan = lab.enrolment();
             plan.method = "GET";
             plan.request_body = Octets{};
             lab.play(with_status(plan, 400));
         },
         {"message.decodes", "method.post-when-announced", "post.redirect-keeps-message"}},
    };
    return rows;
}

}  // namespace sceplab::vectors
