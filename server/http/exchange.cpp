#include "http/exchange.hpp"

#include <algorithm>

#include "base/log.hpp"
#include "http/gzip.hpp"
#include "http/status.hpp"

namespace engram::http {
namespace {

constexpr std::uint64_t kSkipBytesMax = 64 << 10;  // an unread rest that is cheaper to read than a new connection
constexpr Refusal kTooLarge{413, "The request's body is too large."};
constexpr Refusal kFull{503, "The server holds as many request bodies as it can. Try again in a moment."};
constexpr Refusal kInternal{500, "Something went wrong here."};

}  // namespace

std::optional<Refusal> Exchange::begin(std::string_view head, const Service& service) {
    if (auto refusal = parser_.parse_head(head)) return refusal;
    try {
        policy_ = service.body_policy(request_);
    } catch (const std::exception& error) {
        base::log(base::Severity::kError, "a body policy threw", {{"error", base::describe(error)}});
        return kInternal;
    }
    const auto length = parser_.content_length();
    if (length && *length > policy_.bytes_max) return kTooLarge;
    if (!length || policy_.stream) return std::nullopt;
    if (!share_.may_grow_to(*length)) return kFull;
    request_.body.reserve(std::min<std::uint64_t>(*length, BudgetShare::kFreeBytes));
    return std::nullopt;
}

// A length that is only declared takes nothing: whoever wants to fill the budget must send the bytes.
bool Exchange::make_room(std::size_t more) {
    std::string& body = request_.body;
    const std::size_t bytes_max = parser_.content_length().value_or(policy_.bytes_max);
    const std::size_t needed = std::min(body.size() + more, bytes_max);
    if (needed <= body.capacity()) return true;
    const std::size_t room = std::min(std::max(needed, 2 * body.capacity()), bytes_max);
    if (!share_.grow_to(room)) return false;
    std::string larger;  // reserve() on a string that has bytes may take more than it is asked for
    larger.reserve(room);
    larger.append(body);
    body.swap(larger);
    return true;
}

std::optional<Refusal> Exchange::feed(std::string_view bytes, std::size_t& taken) {
    if (!pipe_ && !make_room(bytes.size())) {
        body_failed_ = true;
        return kFull;
    }
    std::string& sink = pipe_ ? piece_ : request_.body;
    const auto refusal = parser_.parse_body(bytes, policy_.bytes_max, sink, taken);
    if (pipe_) {
        pipe_full_ = pipe_->push(piece_);
        piece_.clear();
        if (!refusal && parser_.complete()) pipe_->finish();
    }
    if (refusal) {
        fail_body(refusal->status == kTooLarge.status ? base::Code::kTooLarge : base::Code::kMalformed,
                  std::string(refusal->detail));
    }
    return refusal;
}

void Exchange::fail_body(base::Code code, std::string safe) {
    body_failed_ = true;
    if (pipe_) pipe_->fail(code, std::move(safe));
}

void Exchange::drop_body() {
    std::string().swap(request_.body);  // clear() would keep the memory
    share_.release();
}

void Exchange::open_pipe(std::function<void()> resume) {
    if (!policy_.stream) return;
    pipe_ = std::make_unique<BodyPipe>(std::move(resume));
    request_.body_reader = pipe_.get();
    if (parser_.complete()) pipe_->finish();
}

void Exchange::close_pipe() {
    if (pipe_) pipe_->close();
}

bool Exchange::can_keep_alive() const {
    if (!parser_.keep_alive() || body_failed_) return false;
    if (parser_.complete()) return true;
    const auto length = parser_.content_length();
    return length && *length - parser_.body_bytes() <= kSkipBytesMax;
}

Response answer(const Service& service, Request& request, std::size_t gzip_bytes_min, EdgeIds& ids) noexcept {
    try {
        Response response = service.handle(request);
        const int status_min = response.accept_web_socket ? 101 : 200;
        if (response.status < status_min || response.status > 599) {
            throw base::Error(base::Code::kInternal, "A status out of range.", std::to_string(response.status));
        }
        compress(request, response, gzip_bytes_min);
        return response;
    } catch (const std::exception& error) {
        const std::string id = ids.next();
        base::log(base::Severity::kError, "a handler threw", {{"request_id", id}, {"error", base::describe(error)}});
        return edge_problem(kInternal.status, kInternal.detail, id);
    }
}

}  // namespace engram::http
