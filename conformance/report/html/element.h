#pragma once

#include <conformance/tree/legible.h>

#include <pugixml.hpp>

#include <string>
#include <string_view>

// Elements of the page. Whatever text comes in goes out escaped, by pugixml, and legible. Private to the page.
namespace sceplab::report::html {

inline pugi::xml_node element(pugi::xml_node parent, const char* name, const char* classes = nullptr) {
    pugi::xml_node node = parent.append_child(name);
    if (classes != nullptr) {
        node.append_attribute("class").set_value(classes);
    }
    return node;
}

inline void add_text(pugi::xml_node node, std::string_view words) {
    node.append_child(pugi::node_pcdata).set_value(tree::legible(words).c_str());
}

inline pugi::xml_node element(pugi::xml_node parent, const char* name, const char* classes, std::string_view words) {
    pugi::xml_node node = element(parent, name, classes);
    add_text(node, words);
    return node;
}

inline void attribute(pugi::xml_node node, const char* name, std::string_view value) {
    node.append_attribute(name).set_value(tree::legible(value).c_str());
}

} // namespace sceplab::report::html
