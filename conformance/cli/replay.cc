#include <conformance/cli/replay.h>

#include <conformance/cli/expect_file.h>
#include <conformance/cli/judging.h>
#include <conformance/cli/materials.h>
#include <conformance/cli/output.h>
#include <conformance/cli/progress.h>
#include <conformance/input/read.h>
#include <conformance/report/html/page.h>
#include <conformance/report/json.h>
#include <conformance/report/junit.h>
#include <conformance/report/sarif.h>
#include <conformance/report/text.h>
#include <conformance/rules/engine.h>

#include <algorithm>

#include <unistd.h>

namespace sceplab::cli {

namespace {

using Expectations = Loaded<std::vector<rules::Expectation>>;

// Damage and unusable inputs go to standard error as they are met, whatever the report's format.
void note(rules::Result& result, input::Damage damage) {
    tell(result.inputs[damage.input], damage);
    result.errors.push_back(std::move(damage));
}

// Findings alone say nothing of the messages; --expect may ask for one.
bool tells_messages(const ReplayOptions& options) { return options.output.format != "text" || !options.output.quiet || !options.expect.empty(); }

void judge_inputs(rules::Result& result, std::vector<evidence::Settings> settings, rules::Engine& engine, const ReplayOptions& options, report::Page* page) {
    Progress progress(options.output.quiet);
    std::uint32_t next_source = 0;
    const Judging::Wanted wanted{.messages = tells_messages(options), .facts = page != nullptr};
    Judging judging(std::move(settings), engine, wanted, [&](Judging::Judged&& judged) {
        judged.summary.first_source = next_source;
        next_source += judged.sources;
        engine.add(std::move(judged.judgement));
        result.exchanges.push_back(std::move(judged.summary));
        if (judged.facts) {
            page->keep(std::move(*judged.facts));
        }
    });
    const input::Sink sink{
        .exchange =
            [&](input::Exchange&& exchange) {
                judging.add(std::move(exchange));
                progress.exchange();
            },
        .damage = [&](input::Damage&& damage) {
            progress.erase();
            note(result, std::move(damage));
        }};
    for (std::uint32_t i = 0; i < result.inputs.size(); ++i) {
        progress.begin(result.inputs[i]);
        input::read(result.inputs[i], i, sink);
    }
    judging.finish();
}

std::size_t threads(const ReplayOptions& options) {
    constexpr unsigned most = 64;
    return std::clamp(options.threads > 0 ? options.threads : std::thread::hardware_concurrency(), 1u, most);
}

void render(const rules::Result& result, const OutputOptions& options, const report::Options& how, report::Page* page, const report::Write& write) {
    if (page != nullptr) {
        write(page->render(result));
    } else if (options.format == "json") {
        report::json(result, how, write);
    } else if (options.format == "junit") {
        write(report::junit(result, how));
    } else if (options.format == "sarif") {
        write(report::sarif(result));
    } else if (!result.exchanges.empty() || result.errors.empty()) {
        // Else standard error has told why there is nothing.
        report::text(result, how, write);
    }
}

bool has_finding(const rules::Result& result, std::string_view fail_on) {
    using enum rules::Severity;
    return result.count(error) > 0 || result.count(rules::Expectation::State::unmet) > 0 || (fail_on == "warning" && result.count(warning) > 0);
}

}  // namespace

int replay(const ReplayOptions& options) {
    rules::Result result;
    result.version = SCEPLAB_VERSION;
    result.inputs = options.inputs;
    rules::Engine engine(*rules::Profile::named(options.profile), options.rules);
    const report::Options how{.show_secrets = options.output.show_secrets,
                              .colour = options.output.file.empty() && isatty(STDOUT_FILENO) == 1,
                              .quiet = options.output.quiet,
                              .fail_on = options.fail_on == "warning" ? rules::Severity::warning : rules::Severity::error};
    std::optional<report::Page> page;
    if (options.output.format == "html") {
        page.emplace(how);
    }
    report::Page* const to_page = page ? &*page : nullptr;
    auto settings = load_materials(options.materials, threads(options));
    auto expectations = options.expect.empty() ? Expectations() : read_expectations(options.expect);
    if (settings && expectations) {
        judge_inputs(result, std::move(*settings), engine, options, to_page);
    } else {
        // A file that is not one of the inputs, told like one.
        const Unusable& unusable = settings ? expectations.error() : settings.error();
        result.inputs.push_back(unusable.input);
        note(result, {.input = static_cast<std::uint32_t>(result.inputs.size() - 1), .reason = unusable.reason, .unusable = true});
    }
    engine.finish(result);
    if (expectations) {
        rules::expect(result, std::move(*expectations));
    }
    const auto document = [&](const report::Write& write) { render(result, options.output, how, to_page, write); };
    if (!write_document(document, options.output.file) || !result.errors.empty()) {
        return exit_unusable;
    }
    return has_finding(result, options.fail_on) ? exit_findings : exit_nothing_found;
}

}  // namespace sceplab::cli
