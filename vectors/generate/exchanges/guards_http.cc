#include <vectors/generate/exchanges/rows.h>

// What RFC 8894, 3.5 and 4, and HTTP leave free.
namespace sceplab::vectors {

namespace {

ExchangePlan ask(std::string_view query, Octets answer) {
    ExchangePlan plan;
    plan.method = "GET";
    plan.target = "/cgi-bin/pkiclient.exe?" + std::string(query);
    plan.reply_body = std::move(answer);
    return plan;
}

}  // namespace

const Rows& guard_rows_http() {
    static const Rows rows{
        {"a capability of the CA's own", [](Laboratory& lab) { lab.ask_capabilities("AES\nPOSTPKIOperation\nSHA-256\nexample.com-Foo\n"); }, {}},
        {"keywords that SCEPStandard implies",
         [](Laboratory& lab) { lab.ask_capabilities("AES\r\nPOSTPKIOperation\r\nSCEPStandard\r\nSHA-256\r\n"); },
         {}},
        {"capabilities separated by LF", [](Laboratory& lab) { lab.ask_capabilities("AES\nGetNextCACert\nPOSTPKIOperation\nSHA-256"); }, {}},
        {"an HTTP error to GetCACaps, then GET",
         [](Laboratory& lab) {
             auto plan = ask("operation=GetCACaps", {});
             plan.status = 404;
             lab.play(plan);
             plan = lab.enrolment();
             plan.method = "GET";
             lab.play(plan);
         },
         {"field.pkiclient-path-taken", "field.service-found"}},
        {"GetCACert with no message, an empty one and an identifier",
         [](Laboratory& lab) {
             for (const char* query : {"operation=GetCACert", "operation=GetCACert&message=", "operation=GetCACert&message=CAIdentifier"}) {
                 lab.play(ask(query, lab.ca_certificate()));
             }
         },
         {"field.ca-not-named", "field.goes-on-after-ca-certificate"}},
        {"a media type in other letters, with a parameter",
         [](Laboratory& lab) {
             input::Exchange exchange = make(lab.enrolment());
             for (auto* fields : {&exchange.request->fields, &exchange.response->fields}) {
                 for (auto& each : *fields) {
                     each.value = each.name == "Content-Type" ? "Application/X-Pki-Message; v=1" : each.value;
                 }
             }
             lab.play(std::move(exchange));
         },
         {"media-type.no-parameters", "media-type.no-parameters"}},
        {"PENDING in answer to an enrolment", [](Laboratory& lab) { lab.play(lab.pending()); }, {}},
        {"polls answered PENDING, FAILURE and SUCCESS",
         [](Laboratory& lab) {
             for (const auto last : {scep::PkiStatus::FAILURE, scep::PkiStatus::SUCCESS}) {
                 const auto first = lab.pending();
                 lab.play(first);
                 lab.play(lab.poll(first, scep::PkiStatus::PENDING));
                 lab.play(lab.poll(first, last));
             }
         },
         {}},
    };
    return rows;
}

}  // namespace sceplab::vectors
