// Captures of real programs, and what others say of them.
#include "check.h"

#include <scepcodec/scep/http.h>

#include <nlohmann/json.hpp>

#include <fstream>
#include <sstream>

namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using sceplab::input::Exchange;

std::string operation_of(const Exchange& exchange) {
    const auto operation = scep::http::parse_target(exchange.request->target).operation_text();
    return operation ? std::string(operation->text()) : "-";
}

std::string status_of(const Exchange& exchange) {
    return exchange.response ? std::to_string(exchange.response->status) : std::string(name(exchange.ended));
}

json read_json(const fs::path& path) {
    std::ifstream in(path);
    return json::parse(in);
}

// Compares what is of transport: the rest of truth.json is for the report's tests.
void check_exchanges(const std::vector<Exchange>& got, const json& wanted) {
    BOOST_REQUIRE_EQUAL(got.size(), wanted.size());
    for (std::size_t i = 0; i < got.size(); ++i) {
        const json& truth = wanted[i];
        BOOST_TEST_CONTEXT("exchange " << i) {
            BOOST_TEST(got[i].request.has_value() == !truth.at("request").is_null());
            if (got[i].request) {
                BOOST_TEST(got[i].request->method == truth.at("method").get<std::string>());
                BOOST_TEST(operation_of(got[i]) == truth.at("operation").get<std::string>());
                if (truth["request"].contains("bytes") && got[i].request->method == "POST") {
                    BOOST_TEST(got[i].request->body.size() == truth["request"]["bytes"].get<std::size_t>());
                }
            }
            const json& answer = truth.at("response");
            BOOST_REQUIRE_EQUAL(got[i].response.has_value(), !answer.is_null());
            if (!got[i].response) {
                BOOST_TEST(name(got[i].ended) == truth.at("ended").get<std::string>());
                continue;
            }
            BOOST_TEST(got[i].response->status == answer.at("httpStatus").get<int>());
            if (answer.contains("bytes")) {
                BOOST_TEST(got[i].response->body.size() == answer["bytes"].get<std::size_t>());
            }
            if (answer.contains("contentType")) {
                BOOST_TEST(std::string(sceplab::input::find(got[i].response->fields, "Content-Type").value_or("")) ==
                           answer["contentType"].get<std::string>());
            }
        }
    }
}

fs::path captures() {
    const fs::path folder = sceptest::source_dir() / "vectors" / "captures";
    if (!fs::exists(folder / "variants" / "truth.json")) {
        sceptest::skip("no captures in this source tree");
    }
    return folder;
}

} // namespace

BOOST_AUTO_TEST_SUITE(recorded)

BOOST_AUTO_TEST_CASE(captures_of_the_project) {
    std::size_t runs = 0;
    for (const auto& run : fs::directory_iterator(captures())) {
        if (!fs::exists(run.path() / "capture.pcapng")) {
            continue;
        }
        ++runs;
        BOOST_TEST_CONTEXT(run.path().filename()) {
            const auto result = reading::read(run.path() / "capture.pcapng");
            BOOST_TEST(result.damage.empty());
            check_exchanges(result.exchanges, read_json(run.path() / "truth.json").at("exchanges"));
        }
    }
    BOOST_TEST(runs > 5u);
}

BOOST_AUTO_TEST_CASE(messages_of_the_project_as_folders) {
    for (const auto& run : fs::directory_iterator(captures())) {
        if (!fs::exists(run.path() / "messages")) {
            continue;
        }
        BOOST_TEST_CONTEXT(run.path().filename()) {
            for (const auto& exchange : reading::read(run.path() / "messages").exchanges) {
                // Where both sides were written, they are found together.
                BOOST_TEST((!exchange.request || exchange.response || run.path().filename() == "no-answer" ||
                            exchange.request->body.empty() || run.path().filename().string().find("refused") != std::string::npos));
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(variants_of_a_capture) {
    const fs::path folder = captures();
    const json truth = read_json(folder / "variants" / "truth.json");
    std::size_t compared = 0;
    for (const json& variant : truth.at("variants")) {
        const auto name = variant.at("file").get<std::string>();
        BOOST_TEST_CONTEXT(name) {
            const auto result = reading::read(folder / "variants" / name);
            check_exchanges(result.exchanges, variant.contains("same_as")
                                                  ? read_json(folder / variant["same_as"].get<std::string>() / "truth.json").at("exchanges")
                                                  : variant.at("exchanges"));
            ++compared;
        }
    }
    BOOST_TEST(compared > 5u);
}

BOOST_AUTO_TEST_CASE(live_runs_of_the_corpus) {
    const auto corpus = sceptest::corpus();
    if (!corpus) {
        sceptest::skip("no corpus");
    }
    std::size_t runs = 0;
    for (const auto& run : fs::directory_iterator(*corpus / "live")) {
        if (!fs::exists(run.path() / "summary.txt")) {
            continue;
        }
        ++runs;
        Lines wanted;
        std::ifstream summary(run.path() / "summary.txt");
        // "03-req POST /scep?operation=PKIOperation HTTP/1.1 | ...", "03-resp HTTP/1.1 200 OK | ..."
        for (std::string text; std::getline(summary, text);) {
            std::istringstream words(text);
            std::string side;
            std::string first;
            std::string second;
            words >> side >> first >> second;
            if (side.ends_with("-req")) {
                const auto operation = second.substr(second.find("operation=") + std::string_view("operation=").size());
                wanted.push_back(first + ' ' + operation.substr(0, operation.find('&')));
            } else if (side.ends_with("-resp")) {
                wanted.back() += ' ' + second;
            }
        }
        Lines got;
        const auto result = reading::read(run.path() / "capture.pcapng");
        for (const Exchange& exchange : result.exchanges) {
            got.push_back(exchange.request->method + ' ' + operation_of(exchange) + ' ' + status_of(exchange));
            BOOST_TEST(exchange.request->complete);
            BOOST_TEST(!exchange.request->malformed);
        }
        BOOST_TEST_CONTEXT(run.path().filename()) {
            check_lines(got, wanted);
            BOOST_TEST(result.damage.empty());
        }
    }
    BOOST_TEST(runs > 20u);
}

BOOST_AUTO_TEST_SUITE_END()
