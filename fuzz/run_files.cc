// The main of a fuzz target without a fuzzing engine: runs each file given, and each file of each folder given, once.
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <span>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

static bool run(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    const std::vector<std::uint8_t> octets{std::istreambuf_iterator<char>(file), {}};
    if (!file) {
        std::cerr << path.string() << ": cannot be read\n";
        return false;
    }
    LLVMFuzzerTestOneInput(octets.data(), octets.size());
    return true;
}

int main(int argc, char* argv[]) {
    std::size_t count = 0;
    for (const std::filesystem::path path : std::span(argv, static_cast<std::size_t>(argc)).subspan(1)) {
        std::vector<std::filesystem::path> files{path};
        if (std::error_code ignored; std::filesystem::is_directory(path, ignored)) {
            files.assign(std::filesystem::directory_iterator(path), {});
        }
        for (const auto& file : files) {
            if (!run(file)) {
                return 2;
            }
            ++count;
        }
    }
    std::cout << count << " inputs\n";
}
