#include <conformance/evidence/summaries.h>

#include <concepts>
#include <cstring>
#include <type_traits>

namespace sceplab::evidence {

namespace {

// The members of each structure, for both ways: packed from a const one, unpacked into another.
template <class T, class Wanted>
concept Either = std::same_as<std::remove_const_t<T>, Wanted>;

template <class Archive, Either<botan::Check> T>
void members(Archive& archive, T& check) {
    archive(check.verdict, check.reason);
}
template <class Archive, Either<SourceSummary> T>
void members(Archive& archive, T& source) {
    archive(source.kind, source.side, source.parent, source.length);
}
template <class Archive, Either<CertificateSummary> T>
void members(Archive& archive, T& certificate) {
    archive(certificate.subject, certificate.issuer, certificate.serial, certificate.sha256, certificate.not_before, certificate.not_after, certificate.role);
}
template <class Archive, Either<MessageSummary> T>
void members(Archive& archive, T& message) {
    archive(message.bytes, message.kind, message.http_status, message.content_type, message.message_type, message.pki_status, message.fail_info,
            message.fail_info_text, message.transaction_id, message.sender_nonce, message.recipient_nonce, message.encoding, message.digest_algorithm,
            message.signature_algorithm, message.signature, message.signer_found, message.signer_subject, message.signer_chain,
            message.content_encryption_algorithm, message.decryption, message.decryption_reason, message.message_data, message.subject,
            message.challenge_password, message.certificates, message.crls, message.capabilities, message.error);
}
template <class Archive, Either<ExchangeSummary> T>
void members(Archive& archive, T& exchange) {
    archive(exchange.sources, exchange.index, exchange.time, exchange.connection, exchange.operation, exchange.method, exchange.url, exchange.request,
            exchange.response, exchange.ended);
}


template <class T>
concept Plain = std::is_arithmetic_v<T> || std::is_enum_v<T>;

class Packer {
public:
    template <class... Members>
    void operator()(const Members&... each) {
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
    void put(const std::string& text) {
        put_size(text.size());
        m_out += text;
    }
    template <class T>
    void put(const std::optional<T>& value) {
        put(value.has_value());
        if (value) {
            put(*value);
        }
    }
    template <class T>
    void put(const std::vector<T>& values) {
        put_size(values.size());
        for (const T& each : values) {
            put(each);
        }
    }
    template <class T>
        requires std::is_class_v<T>
    void put(const T& value) {
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

ExchangeSummaries::Packed ExchangeSummaries::pack(const ExchangeSummary& summary) {
    Packer packer;
    packer(summary);
    return {summary.first_source, summary.input, summary.transaction, packer.take()};
}

void ExchangeSummaries::replace(std::size_t at, const ExchangeSummary& summary) { m_packed[at] = pack(summary); }

const ExchangeSummary ExchangeSummaries::operator[](std::size_t at) const {
    ExchangeSummary out;
    Unpacker unpack(m_packed[at].octets);
    unpack(out);
    out.first_source = m_packed[at].first_source;
    out.input = m_packed[at].input;
    out.transaction = m_packed[at].transaction;
    return out;
}

std::optional<scep::SourceKind> ExchangeSummaries::source_kind(std::size_t at, scep::SourceId id) const {
    Unpacker unpack(m_packed[at].octets);
    std::uint32_t count = 0;
    unpack(count);
    if (id >= count) {
        return std::nullopt;
    }
    SourceSummary source;
    for (scep::SourceId each = 0; each <= id; ++each) {
        unpack(source);
    }
    return source.kind;
}

std::vector<SourceSummary> ExchangeSummaries::sources(std::size_t at) const {
    std::vector<SourceSummary> out;
    Unpacker unpack(m_packed[at].octets);
    unpack(out);
    return out;
}

}  // namespace sceplab::evidence
