#include "versions.h"

#include <botan/version.h>
#include <openssl/crypto.h>

#ifdef BENCH_GNUTLS
#include <gnutls/gnutls.h>
#endif
#ifdef BENCH_KSBA
#include <ksba.h>
#endif
#ifdef BENCH_NSS
#include <nss/nss.h>
#endif

namespace bench {

std::vector<std::pair<std::string, std::string>> versions() {
    [[maybe_unused]] const char* left_out = "left out: not installed when this was built";
    return {
        {"Botan", Botan::short_version_string()},
        {"OpenSSL", OpenSSL_version(OPENSSL_VERSION_STRING)},
#ifdef BENCH_GNUTLS
        {"GnuTLS", gnutls_check_version(nullptr)},
#else
        {"GnuTLS", left_out},
#endif
#ifdef BENCH_NSS
        {"NSS", NSS_GetVersion()},
#else
        {"NSS", left_out},
#endif
#ifdef BENCH_KSBA
        {"libksba", ksba_check_version(nullptr)},
#else
        {"libksba", left_out},
#endif
    };
}

} // namespace bench
