#include "adapters/openai/service.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "adapters/openai/error_word.hpp"
#include "adapters/openai/retry_after.hpp"
#include "base/error.hpp"

namespace engram::openai {
namespace {

using std::chrono::milliseconds;

constexpr std::chrono::seconds kRetryAfter{5};  // said to who asks, where nothing better is known

// "127.0.0.1:11434" of "http://127.0.0.1:11434/v1": without a user's name and password.
std::string host_of(std::string_view url) {
    url.remove_prefix(std::min(url.size(), url.find("://") + 3));
    url = url.substr(0, url.find_first_of("/?#"));
    return std::string(url.substr(url.rfind('@') + 1));
}

bool is_refusal(int status) { return status == 400 || status == 413 || status == 422; }

}  // namespace

Service::Service(ServiceOptions options, const OpenAiParts& parts)
    : options_(std::move(options)), host_(host_of(options_.url)), parts_(parts), breaker_(parts.clock) {}

// What a failure says of the request rather than of the service is left to who sent it: another request can tell.
bool Service::is_suspected(const Failure& failure, const CallRules& rules) {
    if (!rules.suspect || !failure.suspect || failure.retry_after) return false;
    return failure.answered || rules.suspect_silence;
}

Posted Service::post(std::string_view path, const std::string& body, const CallRules& rules, const Read& read) {
    const auto began = parts_.clock.steady_now();
    const auto left = [&] {
        return rules.total_limit - std::chrono::floor<milliseconds>(parts_.clock.steady_now() - began);
    };
    if (rules.total_limit <= milliseconds(0)) give_up({host_ + " has not answered in time."});
    ports::OutgoingRequest request = request_of(path, body, rules);
    for (int attempts = 1;; ++attempts) {
        throw_if_stopped();
        request.time_limit = std::clamp(left(), milliseconds(1), rules.time_limit);
        Breaker::Pass pass(breaker_);
        Failure failure;
        const Attempt ended = attempt(request, rules, read, failure);
        if (ended == Attempt::kGood) return pass.succeeded(), Posted();
        if (ended == Attempt::kRefused) return {Posted::Outcome::kRefused, failure.reason};
        throw_if_stopped();  // this failure is not the service's
        const milliseconds pause = pause_before(rules.failed_before + attempts + 1, rules, failure);
        if (pause <= rules.longest_pause && is_suspected(failure, rules)) {
            wait(pause);
            return {Posted::Outcome::kSuspected, failure.reason};
        }
        pass.failed(failure.reason, failure.retry_after, 1 + (attempts == 1 ? rules.failed_before : 0));
        const bool again =
            failure.again && attempts < rules.attempts_max && pause <= rules.longest_pause && pause < left();
        if (!again || !breaker_.trouble().empty()) give_up(failure);
        wait(pause);
    }
}

ports::OutgoingRequest Service::request_of(std::string_view path, const std::string& body,
                                           const CallRules& rules) const {
    ports::OutgoingRequest request;
    request.method = "POST";
    request.url = options_.url + std::string(path);
    request.headers = {{"Content-Type", "application/json"}, {"Accept", "application/json"}};
    if (!options_.api_key.empty()) request.headers.push_back({"Authorization", "Bearer " + options_.api_key});
    request.body = body;
    request.answer_bytes_max = rules.answer_bytes_max;
    request.stop = stop_.get_token();
    return request;
}

// Where a failure becomes a value: what is done about it is decided in one place, post().
Service::Attempt Service::attempt(const ports::OutgoingRequest& request, const CallRules& rules, const Read& read,
                                  Failure& failure) const {
    try {
        return judge(parts_.http.send(request), rules, read, failure);
    } catch (const base::Error& error) {
        failure = {error.safe(), error.detail(), error.code() == base::Code::kUnavailable, true};
        return Attempt::kFailed;
    }
}

Service::Attempt Service::judge(const ports::IncomingAnswer& answer, const CallRules& rules, const Read& read,
                                Failure& failure) const {
    if (answer.status < 200 || answer.status > 299) {
        failure = status_failure(answer);
        return rules.suspect && is_refusal(answer.status) ? Attempt::kRefused : Attempt::kFailed;
    }
    try {
        read(answer.body);
        return Attempt::kGood;
    } catch (const base::Error& error) {
        if (error.code() != base::Code::kMalformed) throw;
        failure = {host_ + " has answered with " + error.safe() + ".", {}, false, true, true};
        return Attempt::kFailed;
    }
}

Service::Failure Service::status_failure(const ports::IncomingAnswer& answer) const {
    const int status = answer.status;
    std::string word = error_word(answer.body);
    if (!options_.api_key.empty() && word.find(options_.api_key) != std::string::npos) word.clear();
    const std::string numbered = " (" + std::to_string(status) + (word.empty() ? "" : ", " + word) + ").";
    Failure failure{host_};
    if (status == 401 || status == 403)
        failure.reason += options_.api_key.empty() ? " wants a key" : ": the key was refused";
    else if (status == 404)
        failure.reason += " has no such model: " + options_.model + ", or its URL is another";
    else if (status == 429)
        failure.reason += " is asked more than it allows";
    else if (status >= 300 && status < 400)
        failure.reason += " sends elsewhere: its URL is another";
    else
        failure.reason += status >= 500 || status == 408 ? " has failed" : " has refused the request";
    failure.reason += numbered;
    failure.again = status == 408 || status == 429 || status >= 500;
    failure.suspect = status == 408 || status >= 500;
    failure.answered = true;
    if (const auto value = answer.header("retry-after"); value && failure.again)
        failure.retry_after = parse_retry_after(*value, parts_.clock.now());
    return failure;
}

milliseconds Service::pause_before(int attempt, const CallRules& rules, const Failure& failure) {
    const milliseconds whole = rules.first_pause * (1 << std::min(attempt - 2, 10));
    std::array<std::uint8_t, 1> share{};  // of 256
    parts_.random.fill(share);
    const milliseconds jittered = whole / 2 + whole / 2 * share[0] / 256;
    return std::max(jittered, milliseconds(failure.retry_after.value_or(std::chrono::seconds(0))));
}

void Service::wait(milliseconds pause) {
    if (parts_.wait) return parts_.wait(pause);
    std::unique_lock lock(mutex_);
    pausing_.wait_for(lock, stop_.get_token(), pause, [] { return false; });
}

void Service::stop() { stop_.request_stop(); }

void Service::throw_if_stopped() const {
    if (stop_.stop_requested()) throw base::Error(base::Code::kUnavailable, "The server is stopping.");
}

void Service::give_up(const Failure& failure) {
    base::Error error(base::Code::kUnavailable, failure.reason, failure.detail);
    error.retry_after = failure.retry_after.value_or(kRetryAfter);
    throw error;
}

}  // namespace engram::openai
