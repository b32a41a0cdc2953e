#include "bench/echo_floor.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <string>

#include "base/error.hpp"

namespace engram::bench {

namespace {

class Descriptor {
public:
    explicit Descriptor(int fd) : fd_(fd) {
        if (fd < 0) throw base::Error(base::Code::kUnavailable, "The echo has no socket.");
    }
    ~Descriptor() { ::close(fd_); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int get() const { return fd_; }

private:
    int fd_;
};

void send_at_once(int fd) {
    const int on = 1;
    ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

// Until the client has gone.
void serve(int listening, std::size_t answer_bytes) {
    const int fd = ::accept(listening, nullptr, nullptr);
    send_at_once(fd);
    const int epoll = ::epoll_create1(0);
    epoll_event event{.events = EPOLLIN | EPOLLET, .data = {}};
    ::epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
    std::string buffer(std::max<std::size_t>(answer_bytes, 8192), 'x');
    while (::epoll_wait(epoll, &event, 1, -1) > 0) {
        if (::recv(fd, buffer.data(), 8192, MSG_DONTWAIT) <= 0) return;
        ::send(fd, buffer.data(), answer_bytes, MSG_NOSIGNAL);
    }
}

void ask(const sockaddr_in& address, std::size_t request_bytes, std::size_t answer_bytes, std::size_t count) {
    const Descriptor fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (::connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        throw base::Error(base::Code::kUnavailable, "The echo does not listen.");
    send_at_once(fd.get());
    std::string buffer(std::max(request_bytes, answer_bytes), 'x');
    for (std::size_t i = 0; i < count; ++i) {
        ::send(fd.get(), buffer.data(), request_bytes, MSG_NOSIGNAL);
        if (::recv(fd.get(), buffer.data(), answer_bytes, MSG_WAITALL) != static_cast<ssize_t>(answer_bytes))
            throw base::Error(base::Code::kUnavailable, "The echo broke off.");
    }
}

}  // namespace

double echo_cpu_ms(std::size_t request_bytes, std::size_t answer_bytes, std::size_t count) {
    const Descriptor listening(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    if (::bind(listening.get(), reinterpret_cast<const sockaddr*>(&address), length) != 0 ||
        ::listen(listening.get(), 1) != 0)
        throw base::Error(base::Code::kUnavailable, "The echo cannot listen.");
    ::getsockname(listening.get(), reinterpret_cast<sockaddr*>(&address), &length);
    const pid_t child = ::fork();
    if (child == 0) {
        serve(listening.get(), answer_bytes);
        ::_exit(0);
    }
    ask(address, request_bytes, answer_bytes, count);
    rusage usage{};
    if (::wait4(child, nullptr, 0, &usage) != child) throw base::Error(base::Code::kUnavailable, "The echo was lost.");
    const auto ms = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_usec) / 1e3;
    };
    return (ms(usage.ru_utime) + ms(usage.ru_stime)) / static_cast<double>(count);
}

}  // namespace engram::bench
