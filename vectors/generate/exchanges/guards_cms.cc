#include <vectors/generate/exchanges/rows.h>
#include <vectors/generate/parts.h>
#include <vectors/generate/structures.h>

namespace sceplab::vectors {

const Rows& guard_rows_cms() {
    static const Rows rows{
        {"an attribute value of 40 nested SEQUENCEs",
         [](Laboratory& lab) {
             Octets value;
             for (int i = 0; i < 40; ++i) {
                 value = sequence({value});
             }
             auto plan = lab.enrolment();
             plan.request->transaction.other_attributes = {scep::cms::encode_attribute(scep::der::oid("1.2.3"), value)};
             lab.play(plan);
         },
         {}},
        {"a message taken apart and put together again",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.request->octets = changing([](auto&) {});
             plan.reply->octets = changing([](auto&) {});
             lab.play(plan);
         },
         {}},
    };
    return rows;
}

}  // namespace sceplab::vectors
