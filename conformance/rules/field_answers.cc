#include <conformance/rules/common.h>
#include <conformance/rules/rule_files.h>

#include <algorithm>
#include <array>

// Answers that are no SCEP, and the base64 and targets that some servers cannot take: what is there, and what it is known to mean.
namespace sceplab::rules {

namespace {

using evidence::BodyKind;
using scep::Operation;

constexpr std::uint32_t looked_at = 4096; // octets of a body that is text

Place body_place(const Answer& answer) { return place(answer.exchange, Side::response, answer.http.body.location(), "body"); }
Place target_place(const Answer& answer) { return place(answer.exchange, Side::request, answer.target.whole.location(), "request-target"); }

bool is_text(const Answer& answer) { return answer.facts.kind == BodyKind::other && !answer.http.body.empty(); }

std::string beginning(const Answer& answer) { return lower_case(answer.http.body.slice(0, looked_at).text()); }

bool is_web_page(const std::string& text) {
    const auto first = text.find_first_not_of(" \t\r\n\xef\xbb\xbf");
    return first != std::string::npos && (text.compare(first, 5, "<html") == 0 || text.compare(first, 9, "<!doctype") == 0);
}

// What a PKIOperation is answered is judged elsewhere.
Outcome no_web_page(const Answer& answer) {
    if (!answer.exchange.operation || answer.exchange.operation == Operation::PKIOperation || !is_text(answer)) {
        return Outcome::not_applicable();
    }
    const std::string text = beginning(answer);
    if (!is_web_page(text)) {
        return Outcome::pass();
    }
    return Outcome::violation(body_place(answer), "a web page answers " + answer.exchange.operation_text +
                                                      ": a log-in, a redirection or an error page of what stands before the SCEP service");
}

Outcome no_admin_page(const Answer& answer) {
    if (!answer.exchange.operation) {
        return Outcome::not_applicable();
    }
    const bool admin_path = lower_case(answer.target.path.text()).contains("mscep_admin");
    const std::string text = is_text(answer) ? beginning(answer) : std::string();
    const bool admin_page = is_web_page(text) && (text.contains("network device enrollment service") || text.contains("mscep_admin"));
    if (admin_path) {
        return Outcome::violation(target_place(answer),
                                  "the request goes to mscep_admin, the page where NDES gives passwords to people, instead of to mscep");
    }
    return admin_page ? Outcome::violation(body_place(answer),
                                           "the page where NDES gives passwords to people answers: the address of its service is another")
                      : Outcome::pass();
}

Outcome not_blank(const Answer& answer) {
    if (answer.http.status != 200 || answer.exchange.operation != Operation::PKIOperation || answer.http.body.empty()) {
        return Outcome::not_applicable();
    }
    const bool blank = answer.http.body.text().find_first_not_of(" \t\r\n") == std::string_view::npos;
    return blank ? Outcome::violation(body_place(answer), "the answer is " + std::to_string(answer.http.body.size()) +
                                                              " octets of white space (" + hex(answer.http.body) +
                                                              ") with status 200: the CA could not make a CertRep")
                 : Outcome::pass();
}

// The statuses that say something else have rules of their own: 404, 405, 414, 501.
Outcome refused_by_cert_rep(const Answer& answer) {
    const int status = answer.http.status;
    const MessageFacts* request = answer.exchange.side(Side::request);
    if (answer.exchange.operation != Operation::PKIOperation || request == nullptr || !request->message) {
        return Outcome::not_applicable();
    }
    const bool error = status == 400 || status == 401 || status == 403 || (status >= 500 && status != 501);
    return error && !answer.facts.message
               ? Outcome::violation(body_place(answer),
                                    "HTTP " + std::to_string(status) + " and " +
                                        (answer.http.body.empty()
                                             ? std::string("nothing")
                                             : std::to_string(answer.http.body.size()) + " octets that are no CertRep") +
                                        " answer a pkiMessage: a FAILURE with its failInfo would say why; clients show an unknown error")
               : Outcome::pass();
}

Outcome found(const Answer& answer) {
    if (!answer.exchange.operation) {
        return Outcome::not_applicable();
    }
    return answer.http.status == 404
               ? Outcome::violation(target_place(answer), "HTTP 404 for " + quoted(answer.target.path.text()) +
                                                              ": no SCEP service is there; Windows logs it as 0x80190194")
               : Outcome::pass();
}

Outcome refused_for(const Answer& answer, std::string_view suffix, const char* message) {
    const std::string path = lower_case(answer.target.path.text());
    if (!answer.exchange.operation || !path.ends_with(suffix)) {
        return Outcome::not_applicable();
    }
    return answer.http.status == 404 ? Outcome::violation(target_place(answer), message) : Outcome::pass();
}

Outcome pkiclient_taken(const Answer& answer) {
    return refused_for(
        answer, "/pkiclient.exe",
        "HTTP 404 for a path that ends in /pkiclient.exe, which IOS and Windows add to what they are given: the request conforms");
}
Outcome slash_taken(const Answer& answer) {
    return refused_for(answer, "/",
                       "HTTP 404 for a path that ends in a slash, which some servers do not take for the same: the request conforms");
}

// 8190 octets of a request line is what Apache takes, 8 KiB nginx and others.
Outcome target_fits(const Answer& answer) {
    constexpr std::uint32_t usual_limit = 8000;
    if (answer.exchange.operation != Operation::PKIOperation || answer.exchange.exchange.request->method != "GET") {
        return Outcome::not_applicable();
    }
    const std::uint32_t size = answer.target.whole.size();
    if (answer.http.status == 414) {
        return Outcome::violation(target_place(answer), "HTTP 414: a request target of " + std::to_string(size) +
                                                            " octets is too long for the server; POST has no such limit");
    }
    return size > usual_limit ? Outcome::violation(target_place(answer),
                                                   "a request target of " + std::to_string(size) +
                                                       " octets: it conforms; servers and proxies commonly cut or refuse more than 8 KiB")
                              : Outcome::pass();
}

// Tomcat, Jetty and OpenXPKI know base64 of CMS by its first three characters.
Outcome base64_begins_mii(const Query& query) {
    const auto message = query.target.message();
    if (query.exchange.operation != Operation::PKIOperation || !message || query.facts.kind != BodyKind::pki_message) {
        return Outcome::not_applicable();
    }
    const auto beginning = query.facts.octets.slice(0, 2);
    return beginning.size() == 2 && beginning[1] == 0x82
               ? Outcome::pass()
               : Outcome::violation(place(query.exchange, Side::request, message->location(), "request-target.message"),
                                    "the message begins with " + hex(beginning) +
                                        ", and its base64 otherwise than with MII: it conforms; servers that know base64 by these letters "
                                        "do not decode it");
}

// The drafts had the name of a CA here.
Outcome names_no_ca(const Query& query) {
    const auto message = query.target.message();
    if (query.exchange.operation != Operation::GetCACert) {
        return Outcome::not_applicable();
    }
    return !message || message->empty()
               ? Outcome::pass()
               : Outcome::violation(place(query.exchange, Side::request, message->location(), "request-target.message"),
                                    "GetCACert names the CA " + quoted(message->text()) +
                                        ", as in the drafts: some servers look for a CA of that name and refuse, some decode it as base64");
}

struct Phrase {
    std::string_view id;
    std::string_view text; // in small letters
    std::string_view says;
    const char* meaning;
};

// What servers write, and what they mean by it.
// clang-format off
constexpr std::array phrases{
    Phrase{"answer-text.undecoded-base64", "tag:13",
        "The server decodes the base64 of a GET before the message",
        "class 1 tag 13 is the letter M: the server took the base64 for the message"},
    Phrase{"answer-text.base64", "illegal base64 data",
        "The server can decode the base64 of a GET",
        "the server's decoder stopped at a character that is not of its base64: a \"+\" that became a space, base64url, or a line break"},
    Phrase{"answer-text.ber", "invalid ber format",
        "The server can read BER",
        "Go's ber2der could not read the lengths of the message, which conform"},
    Phrase{"answer-text.digest", "message digest mismatch",
        "The server finds the messageDigest of the message",
        "the server digested something else than the octets of the eContent; where messageDigest fits here, an eContent in parts is what confuses it"},
    Phrase{"answer-text.cipher", "cannot decrypt data: only rsa",
        "The server knows the algorithms of the envelope",
        "Go's pkcs7 says so of an unknown key transport, and of an unknown content cipher; contentEncryptionAlgorithm and keyEncryptionAlgorithm tell which it was"},
    Phrase{"answer-text.signature", "verification error",
        "The server can verify the signature",
        "Go verifies over signed attributes sorted as DER; a signature over the order that was sent fails there"},
    Phrase{"answer-text.critical-key-identifier", "authority key identifier incorrectly marked critical",
        "The server can read the signer's certificate",
        "Go since 1.23 refuses a certificate with a critical authorityKeyIdentifier"},
    Phrase{"answer-text.poll", "not implemented",
        "The server knows the messageType",
        "the server does not implement what it was asked; of CertPoll that is so with micromdm/scep and step-ca"},
};
// clang-format on

template <std::size_t row>
Outcome says_nothing(const Answer& answer) {
    if (answer.http.status == 200 || !is_text(answer) || !answer.exchange.operation) {
        return Outcome::not_applicable();
    }
    const std::string text = beginning(answer);
    const auto at = text.find(phrases[row].text);
    if (at == std::string::npos) {
        return Outcome::pass();
    }
    const auto where = answer.http.body.slice(static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(phrases[row].text.size()));
    return Outcome::violation(place(answer.exchange, Side::response, where.location(), "body"),
                              "the server says " + quoted(where.text()) + ": " + phrases[row].meaning);
}

template <std::size_t... row>
void add_phrases(std::vector<Rule<Answer>>& rules, std::index_sequence<row...>) {
    (rules.push_back({.id = phrases[row].id,
                      .severity = Severity::notice,
                      .cite = {Document::practice, "-"},
                      .says = phrases[row].says,
                      .covers = {},
                      .check = says_nothing<row>}),
     ...);
}

std::vector<Rule<Answer>> make_rules() {
    using enum Document;
    using enum Severity;
    std::vector<Rule<Answer>> rules{
        {.id = "field.no-web-page",
         .severity = notice,
         .cite = {rfc8894, "4.3.1"},
         .says = "No web page answers GetCACaps, GetCACert or GetNextCACert",
         .covers = {},
         .check = no_web_page},
        {.id = "field.no-ndes-admin-page",
         .severity = notice,
         .cite = {practice, "-"},
         .says = "A request goes to the SCEP service of NDES, not to the page beside it",
         .covers = {},
         .check = no_admin_page},
        {.id = "field.answer-not-blank",
         .severity = notice,
         .cite = {rfc8894, "4.3.1"},
         .says = "An answer with status 200 to PKIOperation is more than white space",
         .covers = {},
         .check = not_blank},
        {.id = "field.refused-by-cert-rep",
         .severity = notice,
         .cite = {rfc8894, "4.3.1"},
         .says = "A CA that refuses a request does so in a CertRep",
         .covers = {},
         .check = refused_by_cert_rep},
        {.id = "field.service-found",
         .severity = notice,
         .cite = {rfc8894, "4.1"},
         .says = "There is a SCEP service at the path that is asked",
         .covers = {},
         .check = found},
        {.id = "field.pkiclient-path-taken",
         .severity = notice,
         .cite = {rfc8894, "4.1"},
         .says = "The CA takes a path that ends in /pkiclient.exe",
         .covers = {},
         .check = pkiclient_taken},
        {.id = "field.trailing-slash-taken",
         .severity = notice,
         .cite = {rfc8894, "4.1"},
         .says = "The CA takes a path that ends in a slash",
         .covers = {},
         .check = slash_taken},
        {.id = "field.target-length",
         .severity = notice,
         .cite = {rfc8894, "4.1"},
         .says = "The request target of a GET is short enough for common servers",
         .covers = {},
         .check = target_fits},
    };
    add_phrases(rules, std::make_index_sequence<phrases.size()>());
    return rules;
}

} // namespace

RuleSpan<Answer> field_answers_rules() {
    static const std::vector<Rule<Answer>> rules = make_rules();
    return rules;
}

RuleSpan<Query> field_queries_rules() {
    using enum Document;
    using enum Severity;
    static const std::vector<Rule<Query>> rules{
        {.id = "field.base64-begins-mii",
         .severity = notice,
         .cite = {rfc8894, "4.1"},
         .says = "The base64 of a GET begins with MII, as that of a message in definite lengths does",
         .covers = {},
         .check = base64_begins_mii},
        {.id = "field.ca-not-named",
         .severity = notice,
         .cite = {rfc8894, "4.2"},
         .says = "GetCACert names no CA",
         .covers = {},
         .check = names_no_ca},
    };
    return rules;
}

} // namespace sceplab::rules
