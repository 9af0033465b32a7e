#include "sceptest.h"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <system_error>

namespace sceptest {

namespace {

// Asked for by tables of rows too, before main and Boost.Test are there to take a failed check.
std::filesystem::path required(const char* name) {
    const char* value = std::getenv(name);
    if (value == nullptr) {
        throw std::runtime_error(std::string(name) + " is not set: run the tests with meson test");
    }
    return value;
}

} // namespace

std::optional<std::filesystem::path> corpus() {
    const char* value = std::getenv("SCEPLAB_CORPUS");
    std::error_code ignored;
    if (value == nullptr || *value == '\0' || !std::filesystem::is_directory(value, ignored)) {
        return std::nullopt;
    }
    return value;
}

std::filesystem::path source_dir() { return required("SCEPTEST_SOURCE_DIR"); }
std::filesystem::path build_dir() { return required("SCEPTEST_BUILD_DIR"); }

std::filesystem::path sceplab() {
    const char* value = std::getenv("SCEPTEST_SCEPLAB");
    if (value == nullptr) {
        skip("sceplab is not built");
    }
    return value;
}

bool sanitized() {
#if defined(__SANITIZE_ADDRESS__)
    return true;
#else
    return false;
#endif
}

std::vector<std::uint8_t> read_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    BOOST_REQUIRE_MESSAGE(file, "cannot read " << path);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

TemporaryFolder::TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "sceplab-test-XXXXXX").string();
    BOOST_REQUIRE(mkdtemp(name.data()) != nullptr);
    m_path = name;
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(m_path, ignored);
}

std::filesystem::path TemporaryFolder::write(std::string_view name, std::span<const std::uint8_t> octets) const {
    return write(name, std::string_view{reinterpret_cast<const char*>(octets.data()), octets.size()});
}

std::filesystem::path TemporaryFolder::write(std::string_view name, std::string_view text) const {
    const std::filesystem::path path = m_path / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream file(path, std::ios::binary);
    file.write(text.data(), static_cast<std::streamsize>(text.size()));
    file.close();
    BOOST_REQUIRE_MESSAGE(file, "cannot write " << path);
    return path;
}

} // namespace sceptest
