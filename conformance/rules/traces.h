#pragma once

#include <conformance/rules/subjects.h>

// What rules over sequences share. Private to the room.
namespace sceplab::rules {

// The value of an attribute, by its trace.
[[nodiscard]] Place trace_place(std::uint32_t exchange, Side side, const evidence::Trace& trace);

[[nodiscard]] inline bool same(const evidence::Trace& a, const evidence::Trace& b) { return a.present && b.present && a.hash == b.hash; }

}  // namespace sceplab::rules
