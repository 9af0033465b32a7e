#include <conformance/redact/redact.h>

#include <conformance/input/recording.h>
#include <conformance/input/stream.h>
#include <conformance/redact/writer.h>

#include <fmt/format.h>

#include <filesystem>

#include <unistd.h>

namespace sceplab::redact {

namespace {

using input::Recording;

std::unique_ptr<Writer> writer_for(Recording kind, std::FILE* out) {
    return kind == Recording::capture ? pcap_writer(out) : kind == Recording::har ? har_writer(out) : transcript_writer(out);
}

Report report(Recording kind, std::size_t exchanges, const Counts& counts) {
    Report out;
    out.exchanges = exchanges;
    if (kind == Recording::capture) {
        out.changed.push_back("addresses are of the documentation ranges, each for one of before; checksums, sequence numbers and the cut into packets are new");
        out.changed.push_back("link layer, comments, interface and host names, and every packet that is not of a SCEP exchange are left out");
    } else {
        out.changed.push_back("every member that is not of a SCEP exchange is left out");
    }
    out.changed.push_back(fmt::format("written over: host names: {}, values of header fields: {}, names of header fields: {}, paths and queries: {}, "
                                      "bodies that are no SCEP message: {}",
                                      counts.hosts, counts.values, counts.names, counts.targets, counts.texts));
    out.kept = {"names, keys and addresses inside of certificates, CRLs and requests",
                "encrypted content, for whoever has the key or a challengePassword",
                "transactionIDs, which may be hashes of keys; nonces; serial numbers",
                "the texts of operation= and message=, a CA identifier among them; failInfoText; capabilities",
                "times, ports and lengths"};
    return out;
}

} // namespace

std::expected<Report, std::string> redact(const std::string& path, std::FILE* out, const std::function<void(const input::Damage&)>& damaged) {
    std::error_code ignored;
    if (std::filesystem::is_directory(path, ignored)) {
        return std::unexpected("a folder; messages have no addresses or headers to hide, give the captures in it one by one");
    }
    auto file = path == "-" ? std::expected<input::File, std::string>(input::File(fdopen(dup(STDIN_FILENO), "rb"))) : input::open_file(path);
    if (file && !*file) {
        return std::unexpected("standard input is closed");
    }
    auto stream = file ? input::Stream::open(std::move(*file)) : std::unexpected(file.error());
    if (!stream) {
        return std::unexpected(stream.error());
    }
    const Recording kind = input::recording_of(stream->start());
    if (kind == Recording::none) {
        return std::unexpected("neither a capture nor a HAR or transcript: there are no addresses or headers to hide");
    }
    const auto writer = writer_for(kind, out);
    Masker masker;
    std::size_t exchanges = 0;
    std::optional<std::string> unusable;
    const input::Sink sink{.exchange = [&](input::Exchange&& exchange) {
                               ++exchanges;
                               writer->add(masker.mask(exchange));
                           },
                           .damage = [&](input::Damage&& damage) {
                               if (damage.unusable) {
                                   unusable = damage.reason;
                               } else {
                                   damaged(damage);
                               }
                           }};
    input::read_recording(kind, stream->take(), 0, 0, sink);
    if (auto problem = stream->problem()) {
        damaged({0, 0, std::move(*problem), false});
    }
    if (unusable) {
        return std::unexpected(std::move(*unusable));
    }
    writer->finish();
    return report(kind, exchanges, masker.counts());
}

} // namespace sceplab::redact
