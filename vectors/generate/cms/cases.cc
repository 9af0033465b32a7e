#include <vectors/generate/cms/cases.h>

#include <scepcodec/der/values.h>

#include <algorithm>
#include <array>
#include <ranges>
#include <set>

namespace sceplab::vectors {

Cases::Cases(std::string file, std::string type, Json members)
    : m_file(std::move(file)), m_group{std::move(type), std::move(members), {}} {}

Case& Cases::add(std::string name, std::string comment, Result result, std::vector<std::string> flags,
                 const std::function<Octets()>& make) {
    begin_case(m_file + ": " + name);
    Case out{std::move(name), std::move(comment), result, std::move(flags)};
    out.members["input"] = scep::der::to_hex(make());
    m_group.cases.push_back(std::move(out));
    return m_group.cases.back();
}

Case& Cases::valid(std::string name, std::string comment, const std::function<Octets()>& make) {
    return add(std::move(name), std::move(comment), Result::valid, {}, make);
}

Group Cases::take() {
    std::set<std::string> seen;
    std::vector<Case> kept;
    for (Case& each : std::views::reverse(m_group.cases)) {
        if (seen.insert(each.members.at("input")).second) {
            kept.push_back(std::move(each));
        }
    }
    std::ranges::reverse(kept);
    m_group.cases = std::move(kept);
    return std::move(m_group);
}

std::string counted(std::size_t count, const std::string& thing) { return std::to_string(count) + ' ' + thing + (count == 1 ? "" : "s"); }

std::string with_article(const std::string& type) { return (type.starts_with('I') || type.starts_with('O') ? "an " : "a ") + type; }

namespace {

struct ChangeNote {
    Change change;
    std::string_view why;
    std::string_view flag;
};

constexpr std::array change_notes{
    ChangeNote{Change::left_out,
               "A reader by position takes the field that follows in its place, or goes on with what was in its variable before.",
               "CmsFieldMissing"},
    ChangeNote{Change::doubled,
               "A reader that skips what it does not expect uses the first, another the last, so that two readers see two messages.",
               "CmsFieldTwice"},
    ChangeNote{Change::empty, "A reader that looks at the first octet without asking for the length reads the octets of the next field.",
               "CmsFieldEmpty"},
    ChangeNote{Change::other_tag, "A reader that counts fields and does not compare tags takes it for the right one.", "CmsWrongTag"},
    ChangeNote{Change::wrong_type, "A reader that does not ask for the type uses an empty value, or a pointer to nothing.", "CmsWrongTag"},
    ChangeNote{Change::trailing, "A reader that stops after the last member it knows never sees the octets, which others may read.",
               "CmsHiddenOctets"},
    ChangeNote{Change::cut_short, "A reader that trusts the sizes it expects reads beyond the value.", "CmsTruncated"},
    ChangeNote{Change::length_short,
               "A reader that goes by the length meets the last octet as a tag; one that goes by what it expects does not notice.",
               "CmsLengthMismatch"},
    ChangeNote{Change::length_beyond,
               "A reader that does not hold the length against what encloses it takes an octet of the next field along.",
               "CmsLengthMismatch"},
    ChangeNote{Change::long_length, "A longer length than needed is BER but not DER.", "CmsLongLength"},
    ChangeNote{Change::indefinite, "An indefinite length is BER but not DER.", "CmsBerForm"},
    ChangeNote{Change::swapped, "A reader that looks for fields by their tags takes them in any order, which a SEQUENCE does not allow.",
               "CmsFieldOrder"},
};

const ChangeNote& note(Change change) { return *std::ranges::find(change_notes, change, &ChangeNote::change); }

// What is inside an explicit tag has no name of its own.
std::string shown(std::string_view path) {
    constexpr std::string_view inside = ".value";
    return path.ends_with(inside) ? "what is inside " + std::string(path.substr(0, path.size() - inside.size())) : std::string(path);
}

std::string where_of(const FieldChange& each) {
    if (!each.where.empty()) {
        return each.where == "-" ? std::string() : std::string(each.where);
    }
    // PKCS#7 let the content be absent, so what has not its tag is something after the last member.
    if (each.path == "ContentInfo.content" && (each.change == Change::other_tag || each.change == Change::wrong_type)) {
        return "ContentInfo";
    }
    const bool named = each.change == Change::left_out || each.change == Change::other_tag || each.change == Change::wrong_type ||
                       each.change == Change::trailing;
    return named && !each.path.ends_with(".value") ? std::string(each.path) : std::string();
}

std::vector<FieldChange> rows(std::string_view path, std::initializer_list<Change> changes) {
    std::vector<FieldChange> out;
    for (const Change change : changes) {
        out.push_back({path, change});
    }
    return out;
}

} // namespace

std::vector<FieldChange> mandatory(std::string_view path) {
    return rows(path, {Change::left_out, Change::doubled, Change::empty, Change::other_tag, Change::wrong_type, Change::length_short,
                       Change::length_beyond});
}

std::vector<FieldChange> mandatory_constructed(std::string_view path) {
    auto out = mandatory(path);
    out.push_back({path, Change::trailing});
    return out;
}

std::string comment_of(const FieldChange& each, std::string_view repaired) {
    std::string out = shown(each.path) + ' ' + std::string(says(each.change));
    if (!repaired.empty()) {
        out += "; " + std::string(repaired);
    }
    out[0] = out[0] == 'w' ? 'W' : out[0];
    return out + ". " + std::string(each.why.empty() ? note(each.change).why : each.why);
}

std::vector<std::string> flags_of(const FieldChange& each) {
    std::vector<std::string> out;
    if (each.result != Result::valid) {
        out.emplace_back(note(each.change).flag);
    }
    out.insert(out.end(), each.flags.begin(), each.flags.end());
    return out;
}

void add_changes(Cases& cases, const std::function<Field()>& good, const std::vector<FieldChange>& changes, const Json& fields,
                 const Repair& repair) {
    for (const FieldChange& each : changes) {
        std::string name = shown(each.path) + ", " + std::string(vectors::name(each.change));
        if (!repair.name.empty()) {
            name += ", " + std::string(repair.name);
        }
        Case& added = cases.add(std::move(name), comment_of(each, repair.comment), each.result, flags_of(each), [&] {
            Field message = good();
            apply(message, each.path, each.change);
            if (repair.work) {
                repair.work(message);
            }
            return write_field(message);
        });
        if (each.result != Result::invalid) {
            added.members["fields"] = fields;
        } else if (const std::string where = where_of(each); !where.empty()) {
            added.members["where"] = where;
        }
    }
}

} // namespace sceplab::vectors
