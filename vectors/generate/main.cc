#include <vectors/generate/contributed.h>
#include <vectors/generate/families.h>
#include <vectors/generate/write.h>

#include <fstream>
#include <iostream>

// usage: generate_vectors SOURCE FOLDER [FILE]: writes vectors/v1 as FOLDER (or one file of it, such as "der", alone), out of the families, what was contributed, the notes, the schema and
// the ids of SOURCE (the folder `vectors` of the tree). New cases get ids, which go into SOURCE/ids.tsv. What is in FOLDER and was not
// written is taken away.
int main(int argc, char** argv) try {
    using namespace sceplab::vectors;
    namespace fs = std::filesystem;
    if (argc != 3 && argc != 4) {
        std::cerr << "usage: generate_vectors SOURCE FOLDER [FILE]\n";
        return 2;
    }
    const fs::path source = argv[1];
    Ids ids(source / "ids.tsv");
    std::string version;
    std::ifstream(source / "VERSION") >> version;
    const Notes notes = read_notes(source / "generate/notes");
    std::vector<std::pair<std::string, Json>> documents;
    std::size_t count = 0;
    std::set<std::string> files;
    for (const Family& family : families) {
        files.emplace(family.name);
    }
    check_contributed(source / "contributed", files);
    for (const Family& family : families) {
        if (argc == 4 && family.name != argv[3]) {
            continue;
        }
        File file = family.make();
        add_contributed(file, source / "contributed");
        documents.emplace_back(file.name, document(file, version, ids, notes));
        count += documents.back().second.at("numberOfTests").get<std::size_t>();
    }
    ids.write(source / "ids.tsv");
    Folder folder(argv[2]);
    for (const auto& [name, document] : documents) {
        folder.write(name + ".json", document.dump(2) + '\n');
        write_plain(document, folder);
    }
    folder.write("sceplab-vectors-1.schema.json", schema(source / "generate/sceplab-vectors-1.schema.json", notes).dump(2) + '\n');
    folder.finish();
    std::cout << count << " cases\n";
} catch (const std::exception& error) {
    std::cerr << "generate_vectors: " << error.what() << '\n';
    return 2;
}
