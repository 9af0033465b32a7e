#include <vectors/generate/exchanges/changes.h>
#include <vectors/generate/exchanges/rows.h>

namespace sceplab::vectors {

void refused_with_content(Laboratory& lab, Octets content) {
    auto plan = lab.refused();
    plan.reply->content = std::move(content);
    plan.reply->encrypted = false;
    lab.play(plan);
}

const Rows& status_rows() {
    static const Rows rows{
        {"reply without pkiStatus",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.reply->codes.pki_status.clear();
             lab.play(plan);
         },
         {"pki-status.present"}},
        {"FAILURE without failInfo",
         [](Laboratory& lab) {
             auto plan = lab.refused();
             plan.reply->codes.fail_info.clear();
             lab.play(plan);
         },
         {"fail-info.present"}},
        {"SUCCESS with failInfo",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.reply->codes.fail_info = "2";
             lab.play(plan);
         },
         {"fail-info.only-with-failure"}},
        {"PENDING with failInfo and failInfoText",
         [](Laboratory& lab) {
             auto plan = lab.pending();
             plan.reply->codes.fail_info = "2";
             plan.reply->codes.fail_info_text = "wait";
             lab.play(plan);
         },
         {"fail-info.only-with-failure", "fail-info.only-with-failure"}},
        {"SUCCESS without an envelope",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.reply->content.reset();
             lab.play(plan);
         },
         {"envelope.present-with-success"}},
        {"SUCCESS with an empty eContent",
         [](Laboratory& lab) {
             auto plan = lab.enrolment();
             plan.reply->content = Octets{};
             plan.reply->encrypted = false;
             lab.play(plan);
         },
         {"envelope.present-with-success"}},
        {"FAILURE with an empty eContent", [](Laboratory& lab) { refused_with_content(lab, {}); }, {"envelope.omitted-not-empty"}},
        {"FAILURE with the one octet 00", [](Laboratory& lab) { refused_with_content(lab, {0}); }, {"envelope.omitted"}},
        {"FAILURE with several octets",
         [](Laboratory& lab) {
             refused_with_content(lab, {'n', 'o', '!'});
         },
         {"envelope.omitted"}},
        {"PENDING with an envelope",
         [](Laboratory& lab) {
             auto plan = lab.pending();
             plan.reply->content = lab.certificates({lab.issued(parties().client)});
             lab.play(plan);
         },
         {"envelope.omitted"}},
    };
    return rows;
}

}  // namespace sceplab::vectors
