#pragma once

#include <string_view>

// The page's style and script, and their hashes as Content-Security-Policy writes them. embed.py makes them of page.css and page.js.
namespace sceplab::report::assets {

extern const std::string_view page_css;
extern const std::string_view page_css_hash;
extern const std::string_view page_js;
extern const std::string_view page_js_hash;

} // namespace sceplab::report::assets
