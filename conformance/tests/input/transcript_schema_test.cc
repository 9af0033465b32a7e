// The published schema says what the reader does.
#include "check.h"

#include <conformance/tests/support/schema.h>

using sceplab::test::Json;

namespace {

const sceplab::test::Schema& schema() {
    static const sceplab::test::Schema the_schema("conformance/input/sceplab-transcript-1.schema.json");
    return the_schema;
}

struct Row {
    const char* exchange;
    bool fits;

    friend std::ostream& operator<<(std::ostream& out, const Row& row) { return out << row.exchange; }
};

const Row rows[] = {
    {R"({"request": {"method": "GET", "url": "/scep?operation=GetCACaps"}})", true},
    {R"({"request": {"method": "GET", "url": "/"}, "response": null, "ended": "rst", "connection": 1, "_x": {}})", true},
    {R"({"response": {"status": 200, "reason": null, "headers": [{"name": "A", "value": ""}], "body": "QQ==", "complete": false}})", true},
    {R"({"request": null, "response": {"status": 200, "time": "2026-11-23T16:33:30Z"}})", true},
    {R"({"request": {"method": "GET", "url": "/", "malformed": "bad version"}})", true},
    {R"({"request": {"method": "GET", "url": "/", "malformed": true}})", false},
    {R"({})", false},
    {R"({"request": null, "response": null})", false},
    {R"({"request": {"method": "GET"}})", false},
    {R"({"request": {"url": "/"}})", false},
    {R"({"response": {}})", false},
    {R"({"response": {"status": "200"}})", false},
    {R"({"response": {"status": 1000}})", false},
    {R"({"response": {"status": 0, "body": "QQ=="}})", true},
    {R"({"response": {"status": 99}})", false},
    {R"({"response": {"status": 200, "header": []}})", false},
    {R"({"response": {"status": 200, "headers": [{"name": "A"}]}})", false},
    {R"({"response": {"status": 200}, "ended": "answered"})", false},
    {R"({"response": {"status": 200}, "connection": 0})", false},
    {R"({"response": {"status": 200}, "other": 0})", false},
};

} // namespace

BOOST_AUTO_TEST_SUITE(transcript_schema)

BOOST_DATA_TEST_CASE(reader_and_schema_agree, boost::unit_test::data::make(rows), row) {
    const Json document{{"schema", "sceplab-transcript/1"}, {"exchanges", Json::array({Json::parse(row.exchange)})}};
    BOOST_TEST((schema().wrong(document) == "") == row.fits, schema().wrong(document));
    const std::string text = document.dump();
    const auto result = reading::read_octets({text.begin(), text.end()});
    BOOST_TEST((result.exchanges.size() == 1u && result.damage.empty()) == row.fits);
}

BOOST_AUTO_TEST_SUITE_END()
