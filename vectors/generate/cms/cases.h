#pragma once

#include <vectors/generate/case.h>
#include <vectors/generate/cms/fields.h>
#include <vectors/generate/plan.h>

#include <functional>
#include <initializer_list>

// Putting cases into a group.
namespace sceplab::vectors {

class Cases {
public:
    // `file` keeps cases of the same name in two files apart.
    Cases(std::string file, std::string type, Json members = Json::object());

    // Randomness from here on comes from the name, so make the input in `make`.
    Case& add(std::string name, std::string comment, Result result, std::vector<std::string> flags, const std::function<Octets()>& make);
    Case& valid(std::string name, std::string comment, const std::function<Octets()>& make);

    [[nodiscard]] Case& last() { return m_group.cases.back(); }
    [[nodiscard]] std::size_t size() const { return m_group.cases.size(); }
    [[nodiscard]] Case& at(std::size_t index) { return m_group.cases[index]; }
    // Of cases with the same input, the last: a change of one field may give what a case with more to say is about.
    [[nodiscard]] Group take();

private:
    std::string m_file;
    Group m_group;
};

// "1 octet", "2 octets"; "a NULL", "an INTEGER".
[[nodiscard]] std::string counted(std::size_t count, const std::string& thing);
[[nodiscard]] std::string with_article(const std::string& type);

// What one change to one field gives.
struct FieldChange {
    std::string_view path;
    Change change;
    Result result = Result::invalid;
    std::string_view why = {};           // what a mistaken reader does; what is usual for the change, where it is empty
    std::string_view where = {};         // else that path, where the change names it
    std::vector<std::string> flags = {}; // besides the change's own
};
// The changes that break any mandatory field; after them those that suit a constructed one, too.
[[nodiscard]] std::vector<FieldChange> mandatory(std::string_view path);
[[nodiscard]] std::vector<FieldChange> mandatory_constructed(std::string_view path);

[[nodiscard]] std::string comment_of(const FieldChange& change, std::string_view repaired = {});
[[nodiscard]] std::vector<std::string> flags_of(const FieldChange& change);

// One case for each: the good message, changed; `repair` puts right what encloses the field, says so in the name and the comment.
struct Repair {
    std::string_view name = {};    // "signed again"
    std::string_view comment = {}; // "the message is signed again over what it says now"
    std::function<void(Field&)> work = {};
};
void add_changes(Cases& cases, const std::function<Field()>& good, const std::vector<FieldChange>& changes, const Json& fields,
                 const Repair& repair = {});

} // namespace sceplab::vectors
