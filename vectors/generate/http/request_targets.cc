#include <vectors/generate/http/topics.h>

#include <scepcodec/der/values.h>

#include <algorithm>

// RFC 8894, 4.1.
namespace sceplab::vectors {

namespace {

constexpr std::string_view path = "/cgi-bin/pkiclient.exe";

std::string with(std::string_view query) { return std::string(path) + '?' + std::string(query); }

// The beginning of a message, and octets whose base64 has both signs and both kinds of padding.
const Octets& message() {
    static const Octets out = hex("30 82 01 0a fb ff bf 3e 3f fb ef be ff");
    return out;
}
std::string replaced(std::string text, std::string_view what, std::string_view by) {
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size())) {
        text.replace(at, what.size(), by);
    }
    return text;
}
std::string pki(std::string_view text) { return with("operation=PKIOperation&message=" + std::string(text)); }

Json read_as(std::string_view operation) { return {{"operation", operation}}; }
Json read_as_message(const Octets& octets) { return {{"operation", "PKIOperation"}, {"message", scep::der::to_hex(octets)}}; }

void operations(GroupRows& rows) {
    const auto target = [](std::string_view query) { return text(with(query)); };
    rows.valid("get-ca-caps", target("operation=GetCACaps"), read_as("GetCACaps"), "GetCACaps without a message");
    rows.valid("get-ca-cert", target("operation=GetCACert"), read_as("GetCACert"), "GetCACert without a message");
    rows.valid("get-next-ca-cert", target("operation=GetNextCACert"), read_as("GetNextCACert"), "GetNextCACert without a message");
    rows.valid("get-ca-cert-identifier", target("operation=GetCACert&message=MyCA"), read_as("GetCACert"),
               "the drafts' CA identifier, which is plain text and no base64");
    rows.valid("get-ca-caps-identifier", target("operation=GetCACaps&message=ca.example"), read_as("GetCACaps"),
               "an identifier with a dot, which base64 does not have");
    rows.valid("get-ca-cert-identifier-empty", target("operation=GetCACert&message="), read_as("GetCACert"),
               "an empty identifier, as most clients send");
    rows.valid("path-short", text("/scep?operation=GetCACaps"), read_as("GetCACaps"), "another path, which the CA should ignore");
    rows.valid("path-root", text("/?operation=GetCACaps"), read_as("GetCACaps"), "the root as path");
    rows.valid("path-ndes", text("/certsrv/mscep/mscep.dll/pkiclient.exe?operation=GetCACaps"), read_as("GetCACaps"),
               "the path of NDES, with the RFC's at its end");
    rows.valid("path-escaped", text("/my%20ca/pkiclient.exe?operation=GetCACaps"), read_as("GetCACaps"), "a percent escape in the path");
    rows.valid("path-equals", text("/a=b&operation=X/pkiclient.exe?operation=GetCACaps"), read_as("GetCACaps"),
               "what looks like a query before the '?' is path");
    rows.valid("absolute-form", text("http://ca.example/cgi-bin/pkiclient.exe?operation=GetCACaps"), read_as("GetCACaps"),
               "a whole URL, as a proxy is asked; servers must take it (RFC 9112, 3.2.2)");
    rows.acceptable("path-empty", text("?operation=GetCACaps"), read_as("GetCACaps"), {"TargetForm"},
                    "no path at all, which HTTP does not allow");
    rows.acceptable("operation-lower-case", target("operation=getcacaps"), Json::object(), {"OperationCase"},
                    "the operation in lower case: it must be set as the RFC spells it, and servers differ");
    rows.acceptable("operation-upper-case", target("operation=GETCACERT"), Json::object(), {"OperationCase"},
                    "the operation in upper case");
    rows.acceptable("operation-old-case", target("operation=GetCaCert"), Json::object(), {"OperationCase"}, "one letter in the other case");
    rows.acceptable("parameter-name-case", target("Operation=GetCACaps"), Json::object(), {"OperationCase"},
                    "the name of the parameter in another case");
    rows.acceptable("operation-escaped", target("operation=%47etCACaps"), Json::object(), {"TargetForm"},
                    "the first letter escaped: the same URL to RFC 3986, another text to a comparison");
    rows.acceptable("operation-last", target("message=&operation=GetCACaps"), read_as("GetCACaps"), {"TargetForm"},
                    "message before operation");
    rows.acceptable("other-parameter", target("operation=GetCACaps&profile=device"), read_as("GetCACaps"), {"TargetForm"},
                    "a parameter that SCEP does not have");
    rows.acceptable("other-parameter-first", target("id=7&operation=GetCACaps"), read_as("GetCACaps"), {"TargetForm"},
                    "a parameter that SCEP does not have, before the operation");
    rows.acceptable("ampersand-last", target("operation=GetCACaps&"), read_as("GetCACaps"), {"TargetForm"}, "an '&' at the end");
    rows.acceptable("ampersand-twice", target("operation=GetCACert&&message=x"), read_as("GetCACert"), {"TargetForm"},
                    "an empty parameter between");
    rows.acceptable("operation-twice-same", target("operation=GetCACaps&operation=GetCACaps"), read_as("GetCACaps"), {"ParameterDoubled"},
                    "the same operation twice");
    rows.invalid("operation-twice-differing", target("operation=GetCACaps&operation=PKIOperation"), {"ParameterDoubled"},
                 "two operations: a filter before the CA looks at one, the CA at the other");
    rows.invalid("operation-missing", text(path), {"OperationUnknown"}, "no query");
    rows.invalid("operation-missing-message", target("message=MIIB"), {"OperationUnknown"}, "a message without an operation");
    rows.invalid("operation-empty", target("operation="), {"OperationUnknown"}, "an operation of no letters");
    rows.invalid("operation-no-equals", target("operation"), {"OperationUnknown"}, "the name without a value");
    rows.invalid("query-empty", target(""), {"OperationUnknown"}, "a '?' and nothing after it");
    rows.invalid("operation-unknown", target("operation=GetCRL"), {"OperationUnknown"}, "GetCRL is a messageType, not an operation");
    rows.invalid("operation-enroll", target("operation=PKCSReq"), {"OperationUnknown"}, "PKCSReq is a messageType, not an operation");
    rows.invalid("operation-prefix", target("operation=GetCACer"), {"OperationUnknown"},
                 "the operation is cut: a comparison of the first letters takes it");
    rows.invalid("operation-longer", target("operation=GetCACertChain"), {"OperationUnknown"}, "GetCACertChain, which an early draft had");
    rows.invalid("operation-space", target("operation=GetCACaps%20"), {"OperationUnknown"}, "an escaped space after the operation");
    rows.invalid("operation-nul", target("operation=GetCACaps%00x"), {"OperationUnknown", "EmbeddedNul"},
                 "an escaped NUL after the operation: GetCACaps for who reads C strings");
    rows.invalid("operation-equals-escaped", target("operation%3DGetCACaps"), {"OperationUnknown"},
                 "the '=' is escaped: a name without a value");
    rows.invalid("question-mark-escaped", text("/cgi-bin/pkiclient.exe%3Foperation=GetCACaps"), {"OperationUnknown"},
                 "the '?' is escaped: all is path");
    rows.invalid("question-mark-twice", text("/cgi-bin/pkiclient.exe??operation=GetCACaps"), {"OperationUnknown"},
                 "two '?': the second is the first letter of the name");
    rows.invalid("question-mark-in-operation", target("operation=GetCACaps?message=x"), {"OperationUnknown"}, "a '?' in the place of '&'");
    rows.invalid("semicolon", target("operation=GetCACert;message=x"), {"OperationUnknown"}, "a ';' in the place of '&'");
    rows.invalid("fragment", target("operation=GetCACaps#top"), {"OperationUnknown"},
                 "a fragment, which is not sent to servers (RFC 9110, 7.1)");
    rows.invalid("asterisk", text("*"), {"OperationUnknown"}, "the target of OPTIONS");
    rows.invalid("no-characters", text(""), {"OperationUnknown"}, "no target at all");
}

void messages(GroupRows& rows) {
    const std::string plain = base64(message());
    const std::string escaped = percent_escaped(plain);
    const Json whole = read_as_message(message());
    const auto target = [](std::string_view written) { return text(pki(written)); };
    rows.valid("message-escaped", target(escaped), whole, "'+', '/' and '=' escaped, as RFC 8894, 4.1 demands");
    rows.valid("message-lower-case-escapes", target(replaced(replaced(replaced(plain, "+", "%2b"), "/", "%2f"), "=", "%3d")), whole,
               "the escapes with lower-case digits");
    rows.valid("message-no-padding-due", target(base64(hex("30 82 01 0a 30 82"))), read_as_message(hex("30 82 01 0a 30 82")),
               "a length that needs no padding");
    rows.valid("message-one-padding", target(percent_escaped(base64(hex("30 82 01 0a 30")))), read_as_message(hex("30 82 01 0a 30")),
               "one '=' at the end");
    rows.valid("message-indefinite", target("MIAGCSqGSIb3DQEHAqCA"), read_as_message(hex("30 80 06 09 2a 86 48 86 f7 0d 01 07 02 a0 80")),
               "a message of indefinite length begins with MIA: who looks for MII takes it for something else");
    rows.valid("message-letters-escaped", target(replaced(escaped, "M", "%4D")), whole, "a letter escaped that need not be");
    rows.valid("message-one-octet", target("AA%3D%3D"), read_as_message({0}), "one octet 00: a message to base64, whatever it is to CMS");
    rows.valid("message-absolute-form", text("http://ca.example" + pki(escaped)), whole, "the same in a whole URL");
    rows.acceptable("message-4-kib", target(percent_escaped(base64(Octets(4096, 0x30)))), read_as_message(Octets(4096, 0x30)),
                    {"TargetLong"}, "a message of 4 KiB: some servers stop at 4 KiB of target");
    rows.acceptable("message-8-kib", target(percent_escaped(base64(Octets(8000, 0x30)))), read_as_message(Octets(8000, 0x30)),
                    {"TargetLong"}, "a message of 8000 octets: most servers stop at 8 KiB of target");
    rows.acceptable("message-raw-plus", target(replaced(escaped, "%2B", "+")), whole, {"Base64Escaping"},
                    "a raw '+', which many servers read as a space");
    rows.acceptable("message-raw-slash", target(replaced(escaped, "%2F", "/")), whole, {"Base64Escaping"},
                    "a raw '/', which a query may have");
    rows.acceptable("message-raw-equals", target(replaced(escaped, "%3D", "=")), whole, {"Base64Escaping"},
                    "a raw '=', which a query may have and a split at '=' loses");
    rows.acceptable("message-nothing-escaped", target(plain), whole, {"Base64Escaping"}, "base64 as it is");
    rows.acceptable("message-equals-alone-escaped", target(replaced(plain, "=", "%3D")), whole, {"Base64Escaping"},
                    "the padding escaped and the signs not, as some phones send");
    rows.acceptable("message-space-for-plus", target(replaced(replaced(escaped, "%2B", "%20"), "+", "%20")), whole, {"Base64Escaping"},
                    "an escaped space in the place of '+', after a form was decoded and encoded again");
    rows.acceptable("message-escaped-twice", target(replaced(escaped, "%", "%25")), whole, {"Base64Escaping"}, "percent-escaped twice");
    rows.acceptable("message-base64url", target(replaced(replaced(replaced(plain, "+", "-"), "/", "_"), "=", "%3D")), whole,
                    {"Base64Alphabet"}, "'-' and '_' of base64url, from which RFC 8894 sets base64 apart");
    rows.acceptable("message-base64url-unpadded", target(replaced(replaced(replaced(plain, "+", "-"), "/", "_"), "=", "")), whole,
                    {"Base64Alphabet", "Base64Padding"}, "base64url without padding, as its libraries write");
    rows.acceptable("message-padding-missing", target(percent_escaped(replaced(plain, "=", ""))), whole, {"Base64Padding"},
                    "the padding is missing");
    rows.acceptable("message-half-padding", target(percent_escaped(plain.substr(0, plain.size() - 1))), whole, {"Base64Padding"},
                    "one '=' where two are due");
    rows.acceptable("message-pad-bits", target("MIIBCv%3D%3D"), read_as_message(hex("30 82 01 0a")), {"Base64Padding"},
                    "the last digit has bits that no octet takes: another text for the same octets (RFC 4648, 3.5)");
    std::string lines = escaped;
    lines.insert(8, "%0A");
    rows.acceptable("message-line-break", target(lines), whole, {"Base64LineBreak"}, "a line break inside, as text of 64 columns has it");
    std::string crlf = escaped;
    crlf.insert(8, "%0D%0A");
    rows.acceptable("message-crlf", target(crlf), whole, {"Base64LineBreak"}, "CR LF inside");
    rows.acceptable("message-trailing-line-break", target(escaped + "%0A"), whole, {"Base64LineBreak"},
                    "a line break at the end, as tools print it");
    rows.acceptable("message-first", text(with("message=" + escaped + "&operation=PKIOperation")), whole, {"TargetForm"},
                    "message before operation");
    rows.acceptable("message-twice-same", target(escaped + "&message=" + escaped), whole, {"ParameterDoubled"}, "the same message twice");
    rows.acceptable("message-name-case", text(with("operation=PKIOperation&Message=" + escaped)), Json::object(), {"OperationCase"},
                    "the name of the parameter in another case");
    rows.acceptable("message-operation-lower-case", text(with("operation=pkioperation&message=" + escaped)), Json::object(),
                    {"OperationCase"}, "PKIOperation in lower case");
    rows.invalid("message-twice-differing", target(escaped + "&message=MIIB"), {"ParameterDoubled"},
                 "two messages: a filter before the CA looks at one, the CA at the other");
    rows.invalid("message-missing", text(with("operation=PKIOperation")), {"MessageMissing"}, "a GET PKIOperation without a message");
    rows.invalid("message-empty", target(""), {"MessageMissing"}, "a message of no characters");
    rows.invalid("message-no-equals", text(with("operation=PKIOperation&message")), {"MessageMissing"}, "the name without a value");
    rows.invalid("message-other-name", text(with("operation=PKIOperation&msg=" + escaped)), {"MessageMissing"},
                 "the message under another name");
    rows.invalid("message-html-ampersand", text(with("operation=PKIOperation&amp;message=" + escaped)), {"MessageMissing"},
                 "'&amp;' from a web page in the place of '&'");
    rows.invalid("message-padding-alone", target("%3D%3D%3D%3D"), {"Base64Padding"}, "padding and nothing that it pads");
    rows.invalid("message-one-digit", target("M"), {"Base64Padding"}, "one digit: six bits are no octet");
    rows.invalid("message-five-digits", target("MIIBC"), {"Base64Padding"}, "five digits: a text that was cut");
    rows.invalid("message-padding-inside", target("MA%3D%3DMIIB"), {"Base64Padding"}, "padding inside: two texts one after the other");
    rows.invalid("message-padding-too-much", target("MIIB%3D%3D%3D%3D"), {"Base64Padding"}, "four '=' where none is due");
    rows.invalid("message-three-padding", target("MA%3D%3D%3D"), {"Base64Padding"}, "three '=' where two are due");
    rows.invalid("message-escape-cut", target("MIIB%2"), {"PercentEscape"},
                 "an escape of one digit at the end: the second is read from behind the text");
    rows.invalid("message-escape-alone", target("MIIB%"), {"PercentEscape"}, "a '%' at the end");
    rows.invalid("message-escape-no-digits", target("MIIB%zz"), {"PercentEscape"}, "letters that are no hexadecimal digits");
    rows.invalid("message-escape-sign", target("MIIB%+2"), {"PercentEscape"}, "a sign in the place of a digit, which strtol takes");
    rows.invalid("message-escape-space", target("MIIB%%20"), {"PercentEscape"}, "a '%' and an escape after it");
    rows.invalid("message-escape-unicode", target("MIIB%u002B"), {"PercentEscape"}, "an escape of JavaScript's");
    rows.invalid("message-other-character", target("MIIB*CgE"), {"Base64Alphabet"}, "'*' is in no alphabet of base64");
    rows.invalid("message-dot", target("MIIB.CgE"), {"Base64Alphabet"}, "'.' is in no alphabet of base64");
    rows.invalid("message-nul", target("MIIB%00CgE"), {"Base64Alphabet", "EmbeddedNul"},
                 "an escaped NUL: the message ends there for who reads C strings");
    rows.invalid("message-utf8", target("MIIB%C3%A9CgE"), {"Base64Alphabet"}, "octets beyond ASCII, which index out of a table of 128");
    rows.invalid("message-ff", target("MIIB%FFCgE"), {"Base64Alphabet"},
                 "octet ff, which is -1 as a signed char and the end of input to some");
    rows.valid("message-hexadecimal", target("30820122"), read_as_message(hex("df 4f 36 d3 5d b6")),
               "hexadecimal digits are digits of base64, too: to tell that no message comes out is for CMS");
    rows.acceptable("message-pem", target("-----BEGIN%20PKCS7-----%0AMIIB%0A-----END%20PKCS7-----"), Json::object(), {"Base64Alphabet"},
                    "PEM: its hyphens and spaces are digits to who takes base64url and spaces for '+', and no message comes out");
    rows.invalid("message-quoted", target("%22MIIB%22"), {"Base64Alphabet"}, "base64 in quotation marks");
    rows.invalid("message-fragment", target("MIIB#CgE"), {"Base64Alphabet"}, "a raw '#', at which a URL parser cuts and this is no URL");
}

Group of_get() {
    GroupRows rows("RequestTarget", {{"method", "GET"}});
    operations(rows);
    messages(rows);
    return std::move(rows).take();
}

Group of_post() {
    GroupRows rows("RequestTarget", {{"method", "POST"}});
    const Json whole = read_as("PKIOperation");
    rows.valid("post", text(with("operation=PKIOperation")), whole, "the message is in the body, and the target has the operation alone");
    rows.valid("post-short-path", text("/scep?operation=PKIOperation"), whole, "another path");
    rows.acceptable("post-with-message", text(with("operation=PKIOperation&message=MIIB")), whole, {"TargetForm"},
                    "a message in the target besides the body: which of the two counts?");
    rows.acceptable("post-with-empty-message", text(with("operation=PKIOperation&message=")), whole, {"TargetForm"},
                    "an empty message in the target, as clients that share code send");
    rows.acceptable("post-with-broken-message", text(with("operation=PKIOperation&message=%zz")), whole, {"TargetForm", "PercentEscape"},
                    "a broken message in the target, which the body makes needless");
    rows.acceptable("post-lower-case", text(with("operation=pkioperation")), Json::object(), {"OperationCase"},
                    "the operation in lower case");
    rows.acceptable("post-get-ca-caps", text(with("operation=GetCACaps")), read_as("GetCACaps"), {"PostOfGet"},
                    "POST where SCEP has GET alone");
    rows.acceptable("post-get-ca-cert", text(with("operation=GetCACert")), read_as("GetCACert"), {"PostOfGet"}, "POST of GetCACert");
    rows.invalid("post-no-query", text(path), {"OperationUnknown"}, "no operation: the body alone does not tell it");
    rows.invalid("post-unknown", text(with("operation=Enroll")), {"OperationUnknown"}, "an operation that SCEP does not have");
    rows.invalid("post-empty-operation", text(with("operation=")), {"OperationUnknown"}, "an operation of no letters");
    rows.invalid("post-two-operations", text(with("operation=GetCACert&operation=PKIOperation")), {"ParameterDoubled"},
                 "two operations, one of which does not need what the other checks");
    return std::move(rows).take();
}

} // namespace

std::vector<Group> request_targets() { return {of_get(), of_post()}; }

} // namespace sceplab::vectors
