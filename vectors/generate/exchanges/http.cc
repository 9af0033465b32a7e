#include <vectors/generate/exchanges/changes.h>
#include <vectors/generate/exchanges/rows.h>

namespace sceplab::vectors {

namespace {

std::string wrapped(const std::string& text) {
    std::string out;
    for (std::size_t at = 0; at < text.size(); at += 64) {
        out += percent_escaped(text.substr(at, 64)) + "%0A";
    }
    return out;
}

}  // namespace

ExchangePlan by_get(Laboratory& lab, std::function<std::string(std::string)> escape) {
    lab.ask_capabilities("AES\nSHA-256\n");
    ExchangePlan plan;
    std::string text;
    do {
        plan = lab.enrolment();
        plan.request_body = make(*plan.request);
        text = base64(*plan.request_body);
    } while (text.find('+') == std::string::npos || text.find('/') == std::string::npos || text.find('=') == std::string::npos);
    plan.method = "GET";
    plan.escape = std::move(escape);
    return plan;
}

std::string replaced(std::string text, std::string_view what, std::string_view with) {
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) {
        text.replace(at, what.size(), with);
    }
    return text;
}

const Rows& http_rows() {
    static const Rows rows{
        {"all escaped", [](Laboratory& lab) { lab.play(by_get(lab, percent_escaped)); }, {}},
        {"a bare +",
         [](Laboratory& lab) {
             lab.play(by_get(lab, [](const std::string& text) { return replaced(percent_escaped(text), "%2B", "+"); }));
         },
         {"get.plus-escaped"}},
        {"a bare /",
         [](Laboratory& lab) {
             lab.play(by_get(lab, [](const std::string& text) { return replaced(percent_escaped(text), "%2F", "/"); }));
         },
         {"get.slash-escaped"}},
        {"a bare =",
         [](Laboratory& lab) {
             lab.play(by_get(lab, [](const std::string& text) { return replaced(percent_escaped(text), "%3D", "="); }));
         },
         {"get.equals-escaped"}},
        {"a space for +",
         [](Laboratory& lab) {
             lab.play(by_get(lab, [](const std::string& text) { return replaced(percent_escaped(text), "%2B", "%20"); }));
         },
         {"get.no-space-for-plus"}},
        {"base64url",
         [](Laboratory& lab) {
             lab.play(by_get(lab, [](const std::string& text) { return percent_escaped(replaced(replaced(text, "+", "-"), "/", "_")); }));
         },
         {"get.base64-alphabet"}},
        {"lines", [](Laboratory& lab) { lab.play(by_get(lab, wrapped)); }, {"get.no-line-breaks"}},
        {"no padding",
         [](Laboratory& lab) { lab.play(by_get(lab, [](const std::string& text) { return percent_escaped(replaced(text, "=", "")); })); },
         {"get.padded"}},
        {"escaped twice",
         [](Laboratory& lab) {
             lab.play(by_get(lab, [](const std::string& text) { return replaced(percent_escaped(text), "%", "%25"); }));
         },
         {"get.escaped-once"}},
        {"base64 as the body of a POST",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             const std::string text = base64(make(*plan.request));
             plan.request_body = Octets(text.begin(), text.end());
             lab.play(plan);
         },
         {"post.binary"}},
        {"PEM as the body of a POST",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             const std::string text =
                 "-----BEGIN CMS-----\n" + replaced(wrapped(base64(make(*plan.request))), "%0A", "\n") + "-----END CMS-----\n";
             plan.request_body = Octets();
             for (const char c : replaced(replaced(replaced(text, "%2B", "+"), "%2F", "/"), "%3D", "=")) {
                 plan.request_body->push_back(static_cast<std::uint8_t>(c));
             }
             lab.play(plan);
         },
         {"post.not-pem"}},
        {"an operation that SCEP has not",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.target = "/cgi-bin/pkiclient.exe?operation=Enrol";
             lab.play(plan);
         },
         {"operation.known"}},
        {"a POST without an operation",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.target = "/cgi-bin/pkiclient.exe";
             lab.play(plan);
         },
         {"operation.known"}},
        {"an operation in small letters",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.target = "/cgi-bin/pkiclient.exe?operation=pkioperation";
             lab.play(plan);
         },
         {"operation.spelt-exactly"}},
    };
    return rows;
}

}  // namespace sceplab::vectors
