// The short paths, one after another, for callgrind to count: `paths` runs all of them and tells the allocations of each. bench/instructions.py
// reads both. Run by itself it only shows that each path gives what it should.
#include "paths_input.h"

#include <scepcodec/ber/normalise.h>
#include <scepcodec/der/framing.h>
#include <scepcodec/scep/certs_only.h>
#include <scepcodec/scep/pki_message.h>

#include <valgrind/callgrind.h>

#include <cstdio>
#include <cstdlib>
#include <new>
#include <string_view>

namespace {

std::size_t allocations = 0;

}  // namespace

void* operator new(std::size_t size) {
    ++allocations;
    if (void* memory = std::malloc(size)) {
        return memory;
    }
    throw std::bad_alloc();
}
void* operator new(std::size_t size, std::align_val_t alignment) {
    ++allocations;
    const auto unit = static_cast<std::size_t>(alignment);
    if (void* memory = std::aligned_alloc(unit, (size + unit - 1) / unit * unit)) {
        return memory;
    }
    throw std::bad_alloc();
}
void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace {

using namespace scep;
using bench::Octets;

[[noreturn]] void give_up(std::string_view path, std::string_view why) {
    std::fprintf(stderr, "paths: %.*s: %.*s\n", static_cast<int>(path.size()), path.data(), static_cast<int>(why.size()), why.data());
    std::exit(1);
}

// Runs `path` once for its caches and lazy bindings, then once counted. `path` gives a number that shows it did its work.
template <class F>
void measure(const char* name, std::size_t wanted, F&& path) {
    if (path() != wanted) {
        give_up(name, "gives another result than it should");
    }
    CALLGRIND_ZERO_STATS;
    const std::size_t before = allocations;
    CALLGRIND_TOGGLE_COLLECT;
    const std::size_t again = path();
    CALLGRIND_TOGGLE_COLLECT;
    const std::size_t used = allocations - before;
    CALLGRIND_DUMP_STATS_AT(name);
    if (again != wanted) {
        give_up(name, "gives another result the second time");
    }
    std::printf("%s %zu\n", name, used);
}

// What a server reads of a message before it decides anything.
std::size_t look_at(const Result<PkiMessage>& message) {
    if (!message) {
        return 0;
    }
    const TransactionAttributes& attributes = message->attributes;
    const auto size = [](const AttributeSlot& slot) { return slot.value ? slot.value->value().size() : 0; };
    std::size_t sum = attributes.message_type->known ? 1 : 0;
    sum += size(attributes.transaction_id) + size(attributes.sender_nonce) + size(attributes.recipient_nonce);
    sum += (message->signed_data.certificates->begin()).whole().size();
    sum += message->pkcs_pki_envelope()->size();
    return sum;
}

std::size_t read_message(const Octets& octets) { return look_at(PkiMessage::decode(der::Input(octets))); }

std::size_t read_ber(const Octets& octets, Sources& sources) {
    const auto input = sources.add_view(octets);
    return input ? look_at(PkiMessage::decode(*input, sources)) : 0;
}

// A message around what is signed and encrypted already; its size, since what it is was compared elsewhere.
std::size_t build_structure(const bench::PathParts& parts) {
    const auto attributes = build::encode_attributes(parts.transaction, MessageType::PKCSReq);
    cms::SignedDataViews views;
    views.e_content = cms::OctetsView(parts.envelope);
    views.certificates = parts.certificate;
    views.sid = parts.sid;
    views.digest_algorithm = parts.digest_algorithm;
    views.signature_algorithm = parts.signature_algorithm;
    views.message_digest = parts.message_digest;
    views.signed_attrs = attributes.octets();
    return views.finish(parts.signature).size();
}

std::size_t split(const Octets& octets) {
    const auto message = CertsOnly::decode(der::Input(octets));
    std::size_t sum = 0;
    if (message) {
        for (auto certificate = message->signed_data->certificates->begin(); certificate != std::default_sentinel; ++certificate) {
            sum += certificate.whole().size();
        }
    }
    return sum;
}

}  // namespace

int main() {
    const bench::PathInput pkcs_req = bench::pkcs_req(1500);
    const bench::PathInput large_pkcs_req = bench::pkcs_req(1'000'000);
    const bench::PathInput cert_rep = bench::cert_rep(3000);
    const bench::PathInput certificates = bench::certificates_only(100);
    measure("parse-pkcs-req", pkcs_req.sum, [&] { return read_message(pkcs_req.octets); });
    measure("parse-pkcs-req-1MB", large_pkcs_req.sum, [&] { return read_message(large_pkcs_req.octets); });
    measure("parse-cert-rep", cert_rep.sum, [&] { return read_message(cert_rep.octets); });
    measure("certs-only-100-check", certificates.elements, [&] { return der::check_framing(der::Input(certificates.octets)).value_or(0); });
    measure("certs-only-100-split", certificates.sum, [&] { return split(certificates.octets); });

    const bench::PathParts parts = bench::pkcs_req_parts(1500);
    measure("structure-pkcs-req", pkcs_req.octets.size(), [&] { return build_structure(parts); });

    // The sources and the view of the input are there before: a server reads more than this one message into them.
    const Octets ber = bench::ber_twin(pkcs_req.octets);
    Sources sources;
    measure("parse-pkcs-req-ber", pkcs_req.sum, [&] { return read_ber(ber, sources); });
}
