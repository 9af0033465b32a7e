#include <conformance/cli/decode.h>
#include <conformance/cli/diff.h>
#include <conformance/cli/list_rules.h>
#include <conformance/cli/redact.h>
#include <conformance/cli/replay.h>
#include <conformance/cli/run_vectors.h>
#include <conformance/rules/profile.h>
#include <conformance/tree/legible.h>

#include <CLI/CLI.hpp>

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <new>
#include <sstream>
#include <utility>

#include <unistd.h>

namespace {

using namespace sceplab;

std::atomic<char*> reserve = nullptr;  // memory to unwind with, since destructors may need some

// The first time there is no memory, an exception; the second time it cannot be told in any other way.
void out_of_memory() {
    if (char* const kept = reserve.exchange(nullptr)) {
        delete[] kept;
        throw std::bad_alloc();
    }
    constexpr std::string_view line = "sceplab: out of memory\n";
    static_cast<void>(write(STDERR_FILENO, line.data(), line.size()) < 0);
    _exit(cli::exit_unusable);
}

void add_materials(CLI::App& command, cli::MaterialOptions& options) {
    command.add_option("--key", options.keys, "private key, PEM or DER; each is tried where it fits")->type_name("FILE")->allow_extra_args(false);
    command.add_option("--key-pass", options.key_password, "password of encrypted keys")->type_name("P");
    command.add_option("--cert", options.certificates, "certificate that helps to find a signer; confers no trust")->type_name("FILE")->allow_extra_args(false);
    command.add_option("--trust", options.anchors, "trust anchor")->type_name("FILE")->allow_extra_args(false);
    command.add_option("--challenge", options.challenges, "challengePassword that a password recipient was encrypted with")
        ->type_name("TEXT")
        ->allow_extra_args(false);
    command.add_option("--facts", options.facts, "what the traffic cannot know, as JSON: the CA's fingerprint, whether a secret is required ...")->type_name("FILE");
    command.add_option("--time", options.time, "time for certificate validity instead of the capture's, like 2026-11-23T16:46:08Z")->type_name("T");
}

void add_document(CLI::App& command, cli::OutputOptions& options, const std::vector<std::string>& formats) {
    command.add_option("--format", options.format, "form of the report")->check(CLI::IsMember(formats))->capture_default_str();
    command.add_option("-o", options.file, "write the report to a file")->type_name("FILE");
}

void add_output(CLI::App& command, cli::OutputOptions& options, const std::vector<std::string>& formats) {
    add_document(command, options, formats);
    command.add_flag("--show-secrets", options.show_secrets, "show challenge passwords and decrypted secrets");
}

void add_profile(CLI::App& command, std::string& profile) {
    command.add_option("--profile", profile, "which levels the rules have")->check(CLI::IsMember(rules::Profile::names()))->capture_default_str();
}

// What CLI11 says of an argument repeats it, escape sequences and all.
int tell(const CLI::App& app, const CLI::ParseError& error) {
    std::ostringstream out;
    std::ostringstream err;
    const int code = app.exit(error, out, err);
    std::istringstream lines(err.str());
    for (std::string line; std::getline(lines, line);) {
        std::cerr << tree::legible(line) << '\n';
    }
    std::cout << out.str() << std::flush;
    return code == 0 ? cli::exit_nothing_found : cli::exit_unusable;
}

}  // namespace

int main(int argc, char** argv) {
    // A reader that goes away early is a failed write, not a death.
    std::signal(SIGPIPE, SIG_IGN);
    // Botan would share one private operation among threads of its own; here the exchanges are shared among threads.
    setenv("BOTAN_THREAD_POOL_SIZE", "none", 0);
    constexpr std::size_t reserved_octets = 16u << 20;
    reserve = new (std::nothrow) char[reserved_octets];
    std::set_new_handler(out_of_memory);

    CLI::App app("sceplab: conformance laboratory for SCEP (RFC 8894)", "sceplab");
    app.set_version_flag("--version", "sceplab " SCEPLAB_VERSION);
    app.require_subcommand(1);

    cli::ReplayOptions replay;
    CLI::App& replay_command = *app.add_subcommand("replay", "check captured exchanges against the specification");
    replay_command.add_option("INPUT", replay.inputs, "capture, HAR, transcript, folder of messages, message file, GET URL, log file, or - for standard input; gzip too")->required()->type_name("");
    add_materials(replay_command, replay.materials);
    add_output(replay_command, replay.output, {"text", "json", "junit", "html", "sarif"});
    add_profile(replay_command, replay.profile);
    replay_command.add_option("--rules", replay.rules, "ask only the rules whose id fits this pattern (* and ?)")->type_name("PATTERN");
    replay_command.add_option("--fail-on", replay.fail_on, "the level from which findings make the exit code 1")
        ->check(CLI::IsMember({"error", "warning"}))
        ->capture_default_str();
    replay_command.add_option("--expect", replay.expect, "known deviations and their reasons, as JSON; one that is gone is told")->type_name("FILE");
    replay_command.add_flag("!--no-crypto", replay.materials.cryptography, "check no signature and open no envelope");
    replay_command.add_option("--threads", replay.threads, "threads to work on (default: as many as the machine has); the report is the same for any number")
        ->check(CLI::Range(1, 64))
        ->type_name("N");
    replay_command.add_flag("--quiet", replay.output.quiet, "findings and summary only");

    cli::DecodeOptions decode;
    CLI::App& decode_command = *app.add_subcommand("decode", "show messages as an annotated ASN.1 tree");
    decode_command.add_option("INPUT", decode.inputs, "capture, HAR, transcript, folder of messages, message file, GET URL, log file, or - for standard input; gzip too")->required()->type_name("");
    add_materials(decode_command, decode.materials);
    add_output(decode_command, decode.output, {"text", "json"});
    add_profile(decode_command, decode.profile);

    cli::DiffOptions diff;
    CLI::App& diff_command = *app.add_subcommand("diff", "compare two messages or two captures, structure by structure");
    diff_command.add_option("A", diff.a, "the one that works")->required()->type_name("");
    diff_command.add_option("B", diff.b, "the other one")->required()->type_name("");
    add_materials(diff_command, diff.materials);
    add_output(diff_command, diff.output, {"text", "json"});
    add_profile(diff_command, diff.profile);
    diff_command.add_flag("--quiet", diff.output.quiet, "only what matters");

    cli::RedactOptions redact;
    CLI::App& redact_command = *app.add_subcommand("redact", "make a capture safe to share: hide addresses, hosts and what headers name");
    redact_command.add_option("CAPTURE", redact.input, "pcap, pcapng, HAR or transcript; - is standard input")->required()->type_name("");
    redact_command.add_option("-o", redact.file, "the file to write: a pcap, HAR or transcript")->required()->type_name("FILE");

    cli::RulesOptions rules;
    CLI::App& rules_command = *app.add_subcommand("rules", "list the rules, or explain some");
    rules_command.add_option("ID", rules.patterns, "rule id, or a pattern of * and ?")->type_name("");
    add_document(rules_command, rules.output, {"text", "json"});

    cli::VectorOptions vectors;
    CLI::App& vectors_command = *app.add_subcommand("run-vectors", "put test vectors to our own codec, or to a harness");
    vectors_command.add_option("INPUT", vectors.inputs, "documents of test vectors, or folders of them (default: vectors/v1)")->type_name("");
    vectors_command.add_option("--harness", vectors.harness, "command that answers cases on its standard input: vectors/README.md tells how")->type_name("CMD");
    vectors_command.add_option("--timeout", vectors.seconds, "seconds that a harness has for an answer")
        ->check(CLI::Range(0.001, 3600.0))
        ->type_name("SECONDS")
        ->capture_default_str();
    vectors_command.add_option("--ids", vectors.ids, "only the cases whose id fits this pattern (* and ?)")->type_name("PATTERN");
    vectors_command.add_option("--junit", vectors.junit, "write a JUnit file, too")->type_name("FILE");
    add_document(vectors_command, vectors.output, {"text", "json", "junit"});

    CLI::App& answer_command = *app.add_subcommand("answer-vectors", "our own codec as a harness of test vectors");

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return tell(app, error);
    }
    try {
        if (replay_command.parsed()) {
            return cli::replay(replay);
        }
        if (diff_command.parsed()) {
            return cli::diff(diff);
        }
        if (redact_command.parsed()) {
            return cli::redact(redact);
        }
        if (vectors_command.parsed()) {
            return cli::run_vectors(vectors);
        }
        if (answer_command.parsed()) {
            return cli::answer_vectors();
        }
        return decode_command.parsed() ? cli::decode(decode) : cli::list_rules(rules);
    } catch (const std::bad_alloc&) {
        delete[] reserve.exchange(nullptr);
        out_of_memory();
    } catch (const std::exception& error) {
        std::cerr << "sceplab: " << tree::legible(error.what()) << '\n';
    }
    return cli::exit_unusable;
}
