#include <conformance/evidence/summaries.h>

#include <cstring>
#include <type_traits>

namespace sceplab::evidence {

namespace {

// The members of each structure, for both ways.
template <class Archive>
void members(Archive& archive, botan::Check& check) {
    archive(check.verdict, check.reason);
}
template <class Archive>
void members(Archive& archive, SourceSummary& source) {
    archive(source.kind, source.side, source.parent, source.length);
}
template <class Archive>
void members(Archive& archive, CertificateSummary& certificate) {
    archive(certificate.subject, certificate.issuer, certificate.serial, certificate.sha256, certificate.not_before, certificate.not_after, certificate.role);
}
template <class Archive>
void members(Archive& archive, MessageSummary& message) {
    archive(message.bytes, message.kind, message.http_status, message.content_type, message.message_type, message.pki_status, message.fail_info,
            message.fail_info_text, message.transaction_id, message.sender_nonce, message.recipient_nonce, message.encoding, message.digest_algorithm,
            message.signature_algorithm, message.signature, message.signer_found, message.signer_chain, message.content_encryption_algorithm,
            message.decryption, message.decryption_reason, message.message_data, message.subject, message.challenge_password, message.certificates,
            message.crls, message.capabilities, message.error);
}
template <class Archive>
void members(Archive& archive, ExchangeSummary& exchange) {
    archive(exchange.index, exchange.input, exchange.time, exchange.connection, exchange.transaction, exchange.operation, exchange.method, exchange.url,
            exchange.request, exchange.response, exchange.ended, exchange.first_source, exchange.sources);
}


template <class T>
concept Plain = std::is_arithmetic_v<T> || std::is_enum_v<T>;

class Packer {
public:
    template <class... Members>
    void operator()(Members&... each) {
        (put(each), ...);
    }
    [[nodiscard]] std::string take() {
        m_out.shrink_to_fit();
        return std::move(m_out);
    }

private:
    template <Plain T>
    void put(T value) {
        m_out.append(reinterpret_cast<const char*>(&value), sizeof value);
    }
    void put_size(std::size_t size) { put(static_cast<std::uint32_t>(size)); }
    void put(std::string& text) {
        put_size(text.size());
        m_out += text;
    }
    template <class T>
    void put(std::optional<T>& value) {
        put(value.has_value());
        if (value) {
            put(*value);
        }
    }
    template <class T>
    void put(std::vector<T>& values) {
        put_size(values.size());
        for (T& each : values) {
            put(each);
        }
    }
    template <class T>
        requires std::is_class_v<T>
    void put(T& value) {
        members(*this, value);
    }

    std::string m_out;
};

class Unpacker {
public:
    explicit Unpacker(std::string_view octets) : m_left(octets) {}
    template <class... Members>
    void operator()(Members&... each) {
        (get(each), ...);
    }

private:
    template <Plain T>
    void get(T& value) {
        std::memcpy(&value, m_left.data(), sizeof value);
        m_left.remove_prefix(sizeof value);
    }
    std::size_t get_size() {
        std::uint32_t size = 0;
        get(size);
        return size;
    }
    void get(std::string& text) {
        const std::size_t size = get_size();
        text = m_left.substr(0, size);
        m_left.remove_prefix(size);
    }
    template <class T>
    void get(std::optional<T>& value) {
        bool there = false;
        get(there);
        if (there) {
            get(value.emplace());
        }
    }
    template <class T>
    void get(std::vector<T>& values) {
        values.resize(get_size());
        for (T& each : values) {
            get(each);
        }
    }
    template <class T>
        requires std::is_class_v<T>
    void get(T& value) {
        members(*this, value);
    }

    std::string_view m_left;
};

}  // namespace

void ExchangeSummaries::push_back(const ExchangeSummary& summary) {
    m_packed.emplace_back();
    replace(m_packed.size() - 1, summary);
}

void ExchangeSummaries::replace(std::size_t at, const ExchangeSummary& summary) {
    Packer packer;
    ExchangeSummary copy = summary;
    packer(copy);
    m_packed[at] = {summary.first_source, packer.take()};
}

ExchangeSummary ExchangeSummaries::operator[](std::size_t at) const {
    ExchangeSummary out;
    Unpacker unpack(m_packed[at].octets);
    unpack(out);
    return out;
}

}  // namespace sceplab::evidence
