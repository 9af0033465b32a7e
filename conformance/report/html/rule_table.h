#pragma once

#include <conformance/rules/result.h>

#include <pugixml.hpp>

namespace sceplab::report {

// The page's section of rules, family by family: held, violated, not applicable, not performed and why.
void add_rule_table(pugi::xml_node main, const rules::Result& result);

// The citation, as a link where the document is on the web.
void cite(pugi::xml_node parent, const rules::Citation& citation);

} // namespace sceplab::report
