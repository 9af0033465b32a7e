#include <vectors/generate/http/topics.h>

// RFC 8894, 3.5.2.
namespace sceplab::vectors {

namespace {

Json known(const std::vector<std::string>& capabilities) { return {{"capabilities", capabilities}}; }

Octets utf16(std::string_view ascii, bool big_endian) {
    Octets out;
    for (const char c : ascii) {
        const auto octet = static_cast<std::uint8_t>(c);
        out.push_back(big_endian ? 0 : octet);
        out.push_back(big_endian ? octet : 0);
    }
    return out;
}

} // namespace

Group capabilities() {
    GroupRows rows("Capabilities");
    rows.valid("caps-all",
               text("AES\r\nDES3\r\nGetNextCACert\r\nPOSTPKIOperation\r\nRenewal\r\nSHA-1\r\nSHA-256\r\nSHA-512\r\nSCEPStandard\r\n"),
               known({"AES", "DES3", "GetNextCACert", "POSTPKIOperation", "Renewal", "SHA-1", "SHA-256", "SHA-512", "SCEPStandard"}),
               "every keyword of the RFC, with CR LF");
    rows.valid("caps-example", text("AES\nGetNextCACert\nPOSTPKIOperation\nSCEPStandard\nSHA-256\n"),
               known({"AES", "GetNextCACert", "POSTPKIOperation", "SCEPStandard", "SHA-256"}),
               "the example of RFC 8894, 3.5.2, with LF alone, which clients must accept");
    rows.valid("caps-one", text("SCEPStandard"), known({"SCEPStandard"}), "one keyword and no line end");
    rows.valid("caps-no-end", text("AES\r\nSHA-256"), known({"AES", "SHA-256"}),
               "no line end after the last keyword: it counts all the same");
    rows.valid("caps-mixed-ends", text("AES\r\nDES3\nSHA-256\r\n"), known({"AES", "DES3", "SHA-256"}), "CR LF and LF in one list");
    rows.valid("caps-empty", text(""), known({}), "an empty body: a CA that supports none of them");
    rows.valid("caps-line-end-alone", text("\r\n"), known({}), "a line end and nothing else");
    rows.valid("caps-blank-lines", text("\n\nAES\n\n\nSHA-256\n\n"), known({"AES", "SHA-256"}),
               "blank lines before, between and after are no keywords and no end");
    rows.valid("caps-any-order", text("SHA-512\nAES\nRenewal\n"), known({"SHA-512", "AES", "Renewal"}), "the keywords come in any order");
    rows.valid("caps-unknown", text("AES\nCMP\nSHA-256\n"), known({"AES", "SHA-256"}),
               "an unknown keyword is to be ignored, and what follows it is not");
    rows.valid("caps-unknown-alone", text("VendorFeature\n"), known({}), "unknown keywords alone: as if there were none");
    rows.valid("caps-sha3", text("SHA3-256\nSHA-256\n"), known({"SHA-256"}),
               "SHA3-256 is unknown, and not SHA-256 for who looks for a piece of the text");
    rows.valid("caps-prefix", text("AES256\nSHA-2\nPOST\n"), known({}), "keywords that are longer or shorter than the RFC's are others");
    rows.valid("caps-aes-inside", text("NOAES\nAES-GCM\n"), known({}), "AES is a piece of both lines and is announced by none");
    rows.valid("caps-negated", text("-AES\n!SHA-256\n"), known({}), "signs before keywords make them unknown ones");
    rows.valid("caps-next-ca-inside", text("GetNextCACertificate\n"), known({}), "GetNextCACert with more letters is another keyword");
    rows.valid("caps-http-header", text("AES\r\nContent-Type: text/plain\r\nSHA-256\r\n"), known({"AES", "SHA-256"}),
               "a line like a field of HTTP in the body is an unknown keyword");
    rows.valid("caps-json", text("{\"capabilities\":[\"AES\"]}"), known({}), "JSON is one unknown keyword: nothing in it is announced");
    rows.valid("caps-long-line", text("AES\n" + std::string(8192, 'X') + "\nSHA-256\n"), known({"AES", "SHA-256"}),
               "an unknown keyword of 8 KiB between two known ones", {"HugeValue"});
    rows.valid("caps-many-lines", text([] {
                   std::string out;
                   for (int i = 0; i < 2000; ++i) {
                       out += "X\n";
                   }
                   return out + "AES\n";
               }()),
               known({"AES"}), "two thousand unknown keywords, and a known one after them", {"HugeValue"});
    rows.valid("caps-blank-many", text(std::string(4096, '\n') + "AES"), known({"AES"}), "four thousand blank lines before the keyword",
               {"HugeValue"});
    rows.acceptable("caps-lower-case", text("aes\nsha-256\nscepstandard\n"), Json::object(), {"CapabilityCase"},
                    "lower case: the CA must not, and clients should not mind");
    rows.acceptable("caps-upper-case", text("RENEWAL\nGETNEXTCACERT\n"), Json::object(), {"CapabilityCase"}, "upper case");
    rows.acceptable("caps-mixed-case", text("PostPKIOperation\nSha-256\n"), Json::object(), {"CapabilityCase"},
                    "the case that a person would write");
    rows.acceptable("caps-sha256", text("SHA256\n"), Json::object(), {"CapabilitySpelling"},
                    "SHA-256 without its hyphen is unknown, and surely meant");
    rows.acceptable("caps-3des", text("3DES\nDES-EDE3\n"), Json::object(), {"CapabilitySpelling"}, "triple DES by other names than DES3");
    rows.acceptable("caps-post-pki", text("PostPKI\nPOSTPKIOPERATION \n"), Json::object(), {"CapabilitySpelling"},
                    "POSTPKIOperation misspelt");
    rows.acceptable("caps-cr-alone", text("AES\rSHA-256\r"), Json::object(), {"CapabilitySeparator"},
                    "CR alone separates: one line for who looks for LF");
    rows.acceptable("caps-lf-cr", text("AES\n\rSHA-256\n\r"), Json::object(), {"CapabilitySeparator"},
                    "LF CR, the wrong way round: a keyword that begins with CR");
    rows.acceptable("caps-cr-cr-lf", text("AES\r\r\nSHA-256\r\r\n"), Json::object(), {"CapabilitySeparator"},
                    "CR CR LF, as text mode makes of CR LF: a keyword that ends in CR");
    rows.acceptable("caps-commas", text("AES,SHA-256,POSTPKIOperation"), Json::object(), {"CapabilitySeparator"},
                    "commas separate: one unknown keyword, or three");
    rows.acceptable("caps-spaces", text("AES SHA-256 POSTPKIOperation"), Json::object(), {"CapabilitySeparator"}, "spaces separate");
    rows.acceptable("caps-semicolons", text("AES;SHA-256"), Json::object(), {"CapabilitySeparator"}, "a semicolon separates");
    rows.acceptable("caps-backslash-n", text("AES\\nSHA-256\\n"), Json::object(), {"CapabilitySeparator"},
                    "a backslash and an n in the place of a line end, from a string that was not unescaped");
    rows.acceptable("caps-trailing-space", text("AES \r\nSHA-256\t\r\n"), known({"AES", "SHA-256"}), {"CapabilitySpace"},
                    "white space at the ends of lines, of which text has often some");
    rows.acceptable("caps-leading-space", text("  AES\n\tSHA-256\n"), known({"AES", "SHA-256"}), {"CapabilitySpace"},
                    "white space before keywords");
    rows.acceptable("caps-doubled", text("AES\nAES\nSHA-256\n"), Json::object(), {"CapabilityDoubled"},
                    "a keyword twice: once is enough, and no harm is in twice");
    rows.acceptable("caps-doubled-other-case", text("AES\naes\n"), Json::object(), {"CapabilityDoubled", "CapabilityCase"},
                    "a keyword twice in two cases");
    rows.acceptable("caps-byte-order-mark", joined({hex("ef bb bf"), text("AES\nSHA-256\n")}), Json::object(), {"CapabilityEncoding"},
                    "a byte order mark before the first keyword, which is unknown with it");
    rows.acceptable("caps-utf8", text("AES\nÜberSCEP\nSHA-256\n"), Json::object(), {"CapabilityEncoding"}, "an unknown keyword in UTF-8");
    rows.acceptable("caps-latin-1", joined({text("AES\n"), hex("dc"), text("berSCEP\n")}), Json::object(), {"CapabilityEncoding"},
                    "an unknown keyword in Latin-1, which is no UTF-8");
    rows.acceptable("caps-quoted", text("\"AES\"\n\"SHA-256\"\n"), Json::object(), {"CapabilitySpelling"},
                    "keywords in quotation marks, which are not to be sent");
    rows.acceptable("caps-numbered", text("1. AES\n2. SHA-256\n"), Json::object(), {"CapabilitySpelling"},
                    "keywords with numbers before them");
    rows.acceptable("caps-dos-end", joined({text("AES\nSHA-256\n"), {0x1a}}), Json::object(), {"CapabilityEncoding"},
                    "the end-of-file character of DOS after the last line");
    rows.acceptable("caps-escape", text("AES\n\x1b[31mSHA-256\x1b[0m\n"), Json::object(), {"CapabilityEncoding"},
                    "escape sequences of a terminal, which a log must not pass on");
    rows.invalid("caps-nul-inside", text(std::string_view("AES\0\nSHA-256\n", 13)), {"EmbeddedNul"},
                 "NUL after a keyword: the list ends there for who reads C strings");
    rows.invalid("caps-nul-separated", text(std::string_view("AES\0SHA-256\0", 12)), {"EmbeddedNul"}, "NULs in the place of line ends");
    rows.invalid("caps-nul-alone", Octets{0}, {"EmbeddedNul"}, "one octet 00, which is not an empty body");
    rows.invalid("caps-utf16-le", joined({hex("ff fe"), utf16("AES\r\nSHA-256\r\n", false)}), {"CapabilityEncoding"},
                 "UTF-16 with its byte order mark: half of the octets are 00");
    rows.invalid("caps-utf16-be", utf16("AES\r\nSHA-256\r\n", true), {"CapabilityEncoding"}, "UTF-16 without a mark, beginning with 00");
    rows.invalid("caps-html", text("<html><head><title>Sign in</title></head>\n<body>\nAES\n</body></html>\n"), {"NotCapabilities"},
                 "a web page, a line of which is a keyword: a login in the way of SCEP");
    rows.invalid("caps-doctype", text("<!DOCTYPE html>\n<html></html>\n"), {"NotCapabilities"}, "a web page that begins with its DOCTYPE");
    rows.invalid("caps-xml", text("<?xml version=\"1.0\"?>\n<caps>AES</caps>\n"), {"NotCapabilities"}, "a document in XML, as other services answer");
    rows.invalid("caps-certificate", parties().ca.self_signed_ca(), {"NotCapabilities"}, "a certificate, the answer to GetCACert");
    rows.invalid("caps-gzip", hex("1f 8b 08 00 00 00 00 00 00 03 73 74 0d e6 02 00 6b 5a 8a 5d 04 00 00 00"), {"NotCapabilities"},
                 "compressed text whose content coding was not undone");
    return std::move(rows).take();
}

} // namespace sceplab::vectors
