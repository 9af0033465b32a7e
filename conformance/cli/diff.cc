#include <conformance/cli/diff.h>

#include <conformance/cli/output.h>
#include <conformance/cli/recording.h>
#include <conformance/report/diff.h>

#include <unistd.h>

namespace sceplab::cli {

namespace {

// A run of which nothing is known but why.
sceplab::diff::Recording unusable(const std::string& input, const Unusable& reason, const std::string& profile) {
    sceplab::diff::Recording out;
    out.result.version = SCEPLAB_VERSION;
    out.result.profile = profile;
    out.result.inputs = {input, reason.input};
    out.result.errors.push_back({.input = 1, .reason = reason.reason, .unusable = true});
    return out;
}

}  // namespace

int diff(const DiffOptions& options) {
    auto a = record({options.a}, options.materials, options.profile, options.output.quiet);
    auto b = a ? record({options.b}, options.materials, options.profile, options.output.quiet) : Loaded<sceplab::diff::Recording>(std::unexpected(a.error()));
    if (!a || !b) {
        const Unusable& reason = a ? b.error() : a.error();
        tell(reason.input, reason.reason);
        a = unusable(options.a, reason, options.profile);
        b = unusable(options.b, reason, options.profile);
    }
    const bool judged = a->result.errors.empty() && b->result.errors.empty();
    const auto comparison = sceplab::diff::compare(*a, *b);
    if (options.output.format == "json") {
        if (!write_document(report::diff_json(*a, *b, comparison), options.output.file)) {
            return exit_unusable;
        }
    } else if (!a->exchanges.empty() && !b->exchanges.empty()) {
        const report::Options how{.colour = options.output.file.empty() && isatty(STDOUT_FILENO) == 1, .quiet = options.output.quiet};
        if (!write_document(report::diff_text(*a, *b, comparison, how), options.output.file)) {
            return exit_unusable;
        }
    }
    return !judged ? exit_unusable : comparison.count() > 0 ? exit_findings : exit_nothing_found;
}

}  // namespace sceplab::cli
