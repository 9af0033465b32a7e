#include "sceptest.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

namespace sceptest {

namespace {

class Pipe {
public:
    Pipe() { m_open = pipe2(m_ends.data(), O_CLOEXEC) == 0; }
    ~Pipe() {
        close_end(0);
        close_end(1);
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;
    [[nodiscard]] bool open() const { return m_open; }
    [[nodiscard]] int end(std::size_t which) const { return m_ends[which]; }
    void close_end(std::size_t which) {
        if (m_ends[which] >= 0) {
            close(m_ends[which]);
            m_ends[which] = -1;
        }
    }

private:
    std::array<int, 2> m_ends{-1, -1};
    bool m_open = false;
};

[[noreturn]] void start(const std::vector<std::string>& arguments, const RunOptions& options, std::array<int, 3> descriptors) {
    for (int number = 0; number < 3; ++number) {
        dup2(descriptors[static_cast<std::size_t>(number)], number);
    }
    signal(SIGPIPE, SIG_DFL);
    if (!options.directory.empty() && chdir(options.directory.c_str()) != 0) {
        _exit(127);
    }
    for (const std::string& variable : options.environment) {
        const std::size_t equals = variable.find('=');
        setenv(variable.substr(0, equals).c_str(), variable.substr(equals + 1).c_str(), 1);
    }
    std::vector<char*> argv;
    for (const std::string& argument : arguments) {
        argv.push_back(const_cast<char*>(argument.c_str()));
    }
    argv.push_back(nullptr);
    execvp(argv[0], argv.data());
    _exit(127);
}

} // namespace

RunResult run(const std::vector<std::string>& arguments, const RunOptions& options) {
    RunResult result;
    Pipe input;
    Pipe output;
    Pipe error;
    if (arguments.empty() || !input.open() || !output.open() || !error.open()) {
        return result;
    }
    signal(SIGPIPE, SIG_IGN);
    const pid_t child = fork();
    if (child < 0) {
        return result;
    }
    if (child == 0) {
        start(arguments, options, {input.end(0), output.end(1), error.end(1)});
    }
    input.close_end(0);
    output.close_end(1);
    error.close_end(1);
    fcntl(input.end(1), F_SETFL, O_NONBLOCK);

    const auto deadline = std::chrono::steady_clock::now() + options.timeout;
    std::string_view rest = options.input;
    if (rest.empty()) {
        input.close_end(1);
    }
    // poll passes over negative descriptors, so a closed end needs no case of its own.
    while (output.end(0) >= 0 || error.end(0) >= 0) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now()).count();
        if (left <= 0) {
            result.timed_out = true;
            kill(child, SIGKILL);
            break;
        }
        std::array<pollfd, 3> ready{pollfd{output.end(0), POLLIN, 0}, pollfd{error.end(0), POLLIN, 0}, pollfd{input.end(1), POLLOUT, 0}};
        if (poll(ready.data(), ready.size(), static_cast<int>(left)) < 0 && errno != EINTR) {
            break;
        }
        const auto drain = [](const pollfd& state, Pipe& from, std::string& into) {
            if (state.fd < 0 || state.revents == 0) {
                return;
            }
            std::array<char, 65536> buffer;
            const ssize_t size = read(state.fd, buffer.data(), buffer.size());
            if (size > 0) {
                into.append(buffer.data(), static_cast<std::size_t>(size));
            } else if (size == 0 || errno != EINTR) {
                from.close_end(0);
            }
        };
        drain(ready[0], output, result.out);
        drain(ready[1], error, result.err);
        if (ready[2].fd >= 0 && ready[2].revents != 0) {
            const ssize_t size = write(ready[2].fd, rest.data(), rest.size());
            if (size > 0) {
                rest.remove_prefix(static_cast<std::size_t>(size));
            }
            if (rest.empty() || (size < 0 && errno != EAGAIN && errno != EINTR)) {
                input.close_end(1);
            }
        }
    }
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    result.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return result;
}

} // namespace sceptest
