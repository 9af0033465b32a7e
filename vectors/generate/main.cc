#include <vectors/generate/families.h>
#include <vectors/generate/write.h>

#include <fstream>
#include <iostream>

// usage: generate_vectors SOURCE FOLDER: writes vectors/v1 as FOLDER, with the notes, the schema and the ids of SOURCE (the folder `vectors`
// of the tree). New cases get ids, which go into SOURCE/ids.tsv. What is in FOLDER and was not written is taken away.
int main(int argc, char** argv) try {
    using namespace sceplab::vectors;
    namespace fs = std::filesystem;
    if (argc != 3) {
        std::cerr << "usage: generate_vectors SOURCE FOLDER\n";
        return 2;
    }
    const fs::path source = argv[1];
    const fs::path folder = argv[2];
    Ids ids(source / "ids.tsv");
    const Notes notes = read_notes(source / "generate/notes");
    std::vector<std::pair<std::string, Json>> documents;
    std::size_t count = 0;
    for (const Family family : families) {
        const File file = family();
        documents.emplace_back(file.name, document(file, ids, notes));
        count += documents.back().second.at("numberOfTests").get<std::size_t>();
    }
    std::set<fs::path> written;
    fs::create_directories(folder);
    for (const auto& [name, document] : documents) {
        const fs::path path = folder / (name + ".json");
        std::ofstream(path, std::ios::binary) << document.dump(2) << '\n';
        written.insert(path);
        write_plain(document, folder, written);
    }
    std::ifstream schema(source / "generate/sceplab-vectors-1.schema.json");
    Json published = Json::parse(schema);
    for (const auto& [flag, note] : notes) {
        published["definitions"]["flag"]["enum"].push_back(flag);
    }
    const fs::path schema_path = folder / "sceplab-vectors-1.schema.json";
    std::ofstream(schema_path, std::ios::binary) << published.dump(2) << '\n';
    written.insert(schema_path);
    std::vector<fs::path> gone;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file() && !written.contains(entry.path())) {
            gone.push_back(entry.path());
        }
    }
    for (const fs::path& path : gone) {
        fs::remove(path);
    }
    ids.write(source / "ids.tsv");
    std::cout << count << " cases\n";
} catch (const std::exception& error) {
    std::cerr << "generate_vectors: " << error.what() << '\n';
    return 2;
}
