// One request on its way in and what is decided about it, without I/O. Internal to http.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "http/body_pipe.hpp"
#include "http/byte_budget.hpp"
#include "http/message.hpp"
#include "http/request_parser.hpp"

namespace engram::http {

// Used by the thread that leads the loop; while the handler runs, `request()` belongs to the thread that runs it.
class Exchange {
public:
    explicit Exchange(ByteBudget& budget) : share_(budget) {}
    Exchange(const Exchange&) = delete;
    Exchange& operator=(const Exchange&) = delete;

    Request& request() { return request_; }

    // Reads a whole head and asks the service how large the body may be.
    std::optional<Refusal> begin(std::string_view head, const Service& service);

    // Takes body bytes into the request or its pipe. A refusal fails the pipe too, and the connection cannot go on.
    std::optional<Refusal> feed(std::string_view bytes, std::size_t& taken);
    void fail_body(base::Code code, std::string safe);
    void drop_body();  // of a request that is handled

    // Makes the pipe where the route asked for one. `resume`: see BodyPipe.
    void open_pipe(std::function<void()> resume);
    void close_pipe();

    bool wants_continue() const { return parser_.expects_continue(); }
    bool is_brief() const { return policy_.brief; }
    bool body_complete() const { return parser_.complete(); }
    std::optional<std::uint64_t> body_left() const { return parser_.body_left(); }  // nothing: nobody knows
    bool body_failed() const { return body_failed_; }
    bool has_pipe() const { return pipe_ != nullptr; }
    bool pipe_full() const { return pipe_full_; }
    void clear_pipe_full() { pipe_full_ = false; }
    bool http_1_0() const { return parser_.http_1_0(); }
    bool is_head() const { return request_.method == Method::kHead; }

    // Of a request that was answered: may the connection serve another one, once the rest of its body is skipped?
    bool can_keep_alive() const;

private:
    bool make_room(std::size_t more);

    Request request_;
    BudgetShare share_;  // of the memory of request_.body
    RequestParser parser_{request_};
    BodyPolicy policy_;
    std::unique_ptr<BodyPipe> pipe_;
    std::string piece_;
    bool pipe_full_ = false;
    bool body_failed_ = false;
};

// Names the requests that the server answers itself. Any thread.
class EdgeIds {
public:
    std::string next() { return "edge-" + std::to_string(++count_); }

private:
    std::atomic<std::uint64_t> count_{0};
};

// Runs the handler; what it throws becomes a 500. Compresses. Never throws.
Response answer(const Service& service, Request& request, std::size_t gzip_bytes_min, EdgeIds& ids) noexcept;

}  // namespace engram::http
