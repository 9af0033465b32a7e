#include <conformance/cli/decode.h>
#include <conformance/cli/list_rules.h>
#include <conformance/cli/redact.h>
#include <conformance/cli/replay.h>
#include <conformance/rules/profile.h>

#include <CLI/CLI.hpp>

#include <csignal>

namespace {

using namespace sceplab;

void add_materials(CLI::App& command, cli::MaterialOptions& options) {
    command.add_option("--key", options.keys, "private key, PEM or DER; each is tried where it fits")->type_name("FILE")->allow_extra_args(false);
    command.add_option("--key-pass", options.key_password, "password of encrypted keys")->type_name("P");
    command.add_option("--cert", options.certificates, "certificate that helps to find a signer; confers no trust")->type_name("FILE")->allow_extra_args(false);
    command.add_option("--trust", options.anchors, "trust anchor")->type_name("FILE")->allow_extra_args(false);
    command.add_option("--challenge", options.challenges, "challengePassword that a password recipient was encrypted with")
        ->type_name("TEXT")
        ->allow_extra_args(false);
    command.add_option("--time", options.time, "time for certificate validity instead of the capture's, like 2026-11-23T16:46:08Z")->type_name("T");
}

void add_output(CLI::App& command, cli::OutputOptions& options) {
    command.add_option("--format", options.format, "form of the report")->check(CLI::IsMember({"text", "json"}))->capture_default_str();
    command.add_option("-o", options.file, "write the report to a file")->type_name("FILE");
    command.add_flag("--show-secrets", options.show_secrets, "show challenge passwords and decrypted secrets");
}

}  // namespace

int main(int argc, char** argv) {
    // A reader that goes away early is a failed write, not a death.
    std::signal(SIGPIPE, SIG_IGN);

    CLI::App app("sceplab: conformance laboratory for SCEP (RFC 8894)", "sceplab");
    app.set_version_flag("--version", "sceplab " SCEPLAB_VERSION);
    app.require_subcommand(1);

    cli::ReplayOptions replay;
    CLI::App& replay_command = *app.add_subcommand("replay", "check captured exchanges against the specification");
    replay_command.add_option("INPUT", replay.inputs, "capture, HAR, transcript, folder of messages, message file, GET URL, log file, or - for standard input; gzip too")->required()->type_name("");
    add_materials(replay_command, replay.materials);
    add_output(replay_command, replay.output);
    replay_command.add_option("--profile", replay.profile, "which levels the rules have")->check(CLI::IsMember(rules::Profile::names()))->capture_default_str();
    replay_command.add_option("--rules", replay.rules, "ask only the rules whose id fits this pattern (* and ?)")->type_name("PATTERN");
    replay_command.add_option("--fail-on", replay.fail_on, "the level from which findings make the exit code 1")
        ->check(CLI::IsMember({"error", "warning"}))
        ->capture_default_str();
    replay_command.add_flag("--quiet", replay.output.quiet, "findings and summary only");

    cli::DecodeOptions decode;
    CLI::App& decode_command = *app.add_subcommand("decode", "show messages as an annotated ASN.1 tree");
    decode_command.add_option("INPUT", decode.inputs, "capture, HAR, transcript, folder of messages, message file, GET URL, log file, or - for standard input; gzip too")->required()->type_name("");
    add_materials(decode_command, decode.materials);
    add_output(decode_command, decode.output);

    cli::RedactOptions redact;
    CLI::App& redact_command = *app.add_subcommand("redact", "make a capture safe to share: hide addresses, hosts and what headers name");
    redact_command.add_option("CAPTURE", redact.input, "pcap, pcapng, HAR or transcript; - is standard input")->required()->type_name("");
    redact_command.add_option("-o", redact.file, "the file to write: a pcap, HAR or transcript")->required()->type_name("FILE");

    std::string rule;
    CLI::App& rules_command = *app.add_subcommand("rules", "list the rules, or explain one");
    rules_command.add_option("ID", rule, "rule id")->type_name("");

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? cli::exit_nothing_found : cli::exit_unusable;
    }
    if (replay_command.parsed()) {
        return cli::replay(replay);
    }
    if (redact_command.parsed()) {
        return cli::redact(redact);
    }
    return decode_command.parsed() ? cli::decode(decode) : cli::list_rules(rule);
}
