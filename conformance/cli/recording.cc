#include <conformance/cli/recording.h>

#include <conformance/cli/materials.h>
#include <conformance/cli/output.h>
#include <conformance/cli/progress.h>
#include <conformance/input/read.h>
#include <conformance/rules/engine.h>

namespace sceplab::cli {

Loaded<diff::Recording> record(const std::vector<std::string>& inputs, const MaterialOptions& materials, const std::string& profile, bool quiet) {
    auto settings = load_materials(materials);
    if (!settings) {
        return std::unexpected(settings.error());
    }
    diff::Recording out;
    out.result.version = SCEPLAB_VERSION;
    out.result.inputs = inputs;
    evidence::Investigator investigator(std::move(*settings));
    rules::Engine engine(*rules::Profile::named(profile));
    Progress progress(quiet);
    std::uint32_t next_source = 0;
    const input::Sink sink{.exchange =
                               [&](input::Exchange&& exchange) {
                                   out.exchanges.emplace_back(new evidence::ExchangeFacts(investigator.investigate(std::move(exchange))));
                                   const evidence::ExchangeFacts& facts = *out.exchanges.back();
                                   engine.judge(facts);
                                   out.result.exchanges.push_back(evidence::summarise(facts, next_source));
                                   next_source += static_cast<std::uint32_t>(facts.sources().size());
                                   progress.exchange();
                               },
                           .damage =
                               [&](input::Damage&& damage) {
                                   progress.erase();
                                   tell(inputs[damage.input], damage);
                                   out.result.errors.push_back(std::move(damage));
                               }};
    for (std::uint32_t i = 0; i < inputs.size(); ++i) {
        progress.begin(inputs[i]);
        input::read(inputs[i], i, sink);
    }
    engine.finish(out.result);
    return out;
}

}  // namespace sceplab::cli
