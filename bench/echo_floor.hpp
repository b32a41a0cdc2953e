// What a request costs on this machine before any program does anything: the floor under every figure of one request.
#pragma once

#include <cstddef>

namespace engram::bench {

// CPU per exchange, in ms, of a process of its own that waits for `request_bytes` on a TCP connection of 127.0.0.1 and
// sends `answer_bytes` back: one epoll_wait, one recv, one send. Throws base::Error where the system refuses.
double echo_cpu_ms(std::size_t request_bytes, std::size_t answer_bytes, std::size_t count);

}  // namespace engram::bench
