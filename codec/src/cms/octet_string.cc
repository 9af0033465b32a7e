#include <scepcodec/cms/octet_string.h>

namespace scep::cms {

Result<OctetString> OctetString::make(const der::Element& element) {
    OctetString out;
    out.m_element = element;
    if (!element.tag().constructed()) {
        out.m_size = element.value().size();
        out.m_parts = 1;
        return out;
    }
    der::Reader reader(element.value());
    while (!reader.at_end()) {
        const der::Input part = reader.octet_string(nullptr);
        out.m_size += part.size();
        ++out.m_parts;
    }
    if (reader.failed()) {
        return std::unexpected(*reader.error());
    }
    return out;
}

std::optional<der::Input> OctetString::contiguous() const {
    if (!in_parts()) {
        return m_element.value();
    }
    std::optional<der::Input> only;
    for (const der::Input part : *this) {
        if (only && !only->empty() && !part.empty()) {
            return std::nullopt;
        }
        if (!only || only->empty()) {
            only = part;
        }
    }
    return only ? only : std::optional(m_element.value().slice(0, 0));
}

OctetString::iterator OctetString::begin() const {
    iterator first;
    first.m_done = false;
    if (in_parts()) {
        first.m_rest = m_element.value();
        ++first;
    } else {
        first.m_part = m_element.value();
        first.m_done = m_parts == 0;
    }
    return first;
}

OctetString::iterator& OctetString::iterator::operator++() {
    m_done = m_rest.empty();
    if (!m_done) {
        der::Reader reader(m_rest);
        m_part = reader.octet_string(nullptr);
        m_done = reader.failed();
        m_rest = reader.rest();
    }
    return *this;
}

}  // namespace scep::cms
