#include <conformance/rules/traces.h>

namespace sceplab::rules {

Place trace_place(std::uint32_t exchange, Side side, const evidence::Trace& trace) {
    std::string path;
    if (trace.attribute >= 0) {
        path = "SignedData.signerInfos[0].signedAttrs[" + std::to_string(trace.attribute) + "].attrValues[0]";
    }
    return {exchange, side, trace.where, std::move(path)};
}

}  // namespace sceplab::rules
