#include <vectors/run/harness.h>

#include <vectors/run/json_text.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace sceplab::vectors {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t longest_line = 64U << 20U;
constexpr int no_such_command = 127;
// Some have to load a runtime first.
constexpr int times_for_the_first = 6;

[[noreturn]] void fault(const std::string& what) { throw HarnessFault(what); }

}  // namespace

Harness::Harness(std::string command, std::chrono::milliseconds limit) : m_command(std::move(command)), m_limit(limit) {}

Harness::~Harness() {
    if (m_process > 0) {
        stop();
    }
}

void Harness::start() {
    std::array<int, 2> ends{};
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
        fault(std::string("no socket: ") + std::strerror(errno));
    }
    m_process = fork();
    if (m_process == 0) {
        setpgid(0, 0);
        // It does not outlive us.
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        dup2(ends[1], STDIN_FILENO);
        dup2(ends[1], STDOUT_FILENO);
        std::signal(SIGPIPE, SIG_DFL);
        execl("/bin/sh", "sh", "-c", m_command.c_str(), nullptr);
        _exit(no_such_command);
    }
    close(ends[1]);
    if (m_process < 0) {
        close(ends[0]);
        fault(std::string("no process: ") + std::strerror(errno));
    }
    // Both sides set it, so that neither has to wait for the other.
    setpgid(m_process, m_process);
    m_socket = ends[0];
    fcntl(m_socket, F_SETFL, O_NONBLOCK);
    m_rest.clear();
    m_fresh = true;
}

void Harness::finish() {
    if (m_process < 0) {
        return;
    }
    shutdown(m_socket, SHUT_WR);
    const auto until = Clock::now() + times_for_the_first * m_limit;
    std::array<char, 200> room{};
    ssize_t got = 0;
    do {
        if (!wait_for(POLLIN, until)) {
            stop();
            fault("it does not end when its input does");
        }
        got = recv(m_socket, room.data(), room.size(), 0);
    } while (got < 0 && (errno == EAGAIN || errno == EINTR));
    if (got > 0) {
        fault("it speaks without being asked: " + std::string(room.data(), static_cast<std::size_t>(got)));
    }
    if (const std::string ended = stop(); ended != "exit code 0") {
        fault("at the end of its input: " + ended);
    }
}

std::string Harness::stop() {
    close(m_socket);
    // It may have ended by itself, and its exit code is wanted then; where it has not, it gets a moment to see the end of its input.
    int status = 0;
    constexpr int moments = 100;
    pid_t ended = 0;
    for (int i = 0; i < moments && (ended = waitpid(m_process, &status, WNOHANG)) == 0; ++i) {
        usleep(1000);
    }
    kill(-m_process, SIGKILL);
    if (ended == 0) {
        waitpid(m_process, &status, 0);
    }
    m_process = -1;
    m_socket = -1;
    return WIFSIGNALED(status) ? "signal " + std::to_string(WTERMSIG(status)) : "exit code " + std::to_string(WEXITSTATUS(status));
}

bool Harness::wait_for(short event, Clock::time_point until) const {
    for (;;) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now()).count();
        if (left <= 0) {
            return false;
        }
        pollfd one{m_socket, event, 0};
        const int ready = poll(&one, 1, static_cast<int>(std::min<long long>(left, 1'000'000)));
        if (ready > 0) {
            return true;
        }
    }
}

Harness::Read Harness::exchange(std::string line) {
    const auto until = Clock::now() + (m_fresh ? times_for_the_first * m_limit : m_limit);
    m_fresh = false;
    line += '\n';
    if (pollfd early{m_socket, POLLIN, 0}; poll(&early, 1, 0) > 0) {
        std::array<char, 200> room{};
        if (const auto got = recv(m_socket, room.data(), room.size(), 0); got > 0) {
            fault("it speaks without being asked: " + std::string(room.data(), static_cast<std::size_t>(got)));
        }
    }
    for (std::size_t at = 0; at < line.size();) {
        if (!wait_for(POLLOUT, until)) {
            return Read::late;
        }
        const auto sent = send(m_socket, line.data() + at, line.size() - at, MSG_NOSIGNAL);
        if (sent < 0 && errno != EAGAIN && errno != EINTR) {
            return Read::end;
        }
        at += sent > 0 ? static_cast<std::size_t>(sent) : 0;
    }
    for (;;) {
        if (const auto end = m_rest.find('\n'); end != std::string::npos) {
            m_line = m_rest.substr(0, end);
            m_rest.erase(0, end + 1);
            return Read::line;
        }
        if (m_rest.size() > longest_line) {
            fault("an answer of more than 64 MiB");
        }
        if (!wait_for(POLLIN, until)) {
            return Read::late;
        }
        std::array<char, 65536> room{};
        const auto got = recv(m_socket, room.data(), room.size(), 0);
        if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR)) {
            return Read::end;
        }
        m_rest.append(room.data(), got > 0 ? static_cast<std::size_t>(got) : 0);
    }
}

Answer Harness::ask(const Json& request) {
    if (m_process < 0) {
        start();
    }
    Answer out;
    switch (exchange(request.dump())) {
    case Read::late:
        stop();
        out.state = Answer::State::hang;
        return out;
    case Read::end:
        out.reason = stop();
        if (out.reason == "exit code " + std::to_string(no_such_command)) {
            fault("cannot be started: " + m_command);
        }
        out.state = Answer::State::crash;
        return out;
    case Read::line:
        break;
    }
    if (!m_rest.empty()) {
        fault("more than one line in answer to " + request.at("id").get<std::string>() + ": " + m_rest.substr(0, 200));
    }
    const auto line = parse_json(m_line);
    const auto answer = line ? answer_of(*line) : std::nullopt;
    if (!answer || line->value("id", Json()) != request.at("id")) {
        fault("not an answer to " + request.at("id").get<std::string>() + ": " + m_line.substr(0, 200));
    }
    return *answer;
}

}  // namespace sceplab::vectors
