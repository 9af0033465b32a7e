#pragma once

namespace sceplab::report {

struct Options {
    bool show_secrets = false; // challengePassword as it is
    bool colour = false;       // text: escape sequences of a terminal
    bool quiet = false;        // text: findings and the summary only
};

} // namespace sceplab::report
