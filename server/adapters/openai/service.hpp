// One service that speaks OpenAI's API: how it is asked, and what is done where it fails. Internal.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "adapters/openai/breaker.hpp"
#include "adapters/openai/openai_embedder.hpp"
#include "ports/http_client.hpp"

namespace engram::openai {

struct ServiceOptions {
    std::string url;      // of its API, before "/embeddings"
    std::string api_key;  // is in no text that leaves this class but the request
    std::string model;
};

struct CallRules {
    std::chrono::milliseconds time_limit{};   // of each attempt
    std::chrono::milliseconds total_limit{};  // of all of them, with the pauses between
    int attempts_max = 1;
    // Before the second attempt, twice as long before the third; a random half is taken off. Where the service asks for
    // more than the longest, it is not asked again.
    std::chrono::milliseconds first_pause{}, longest_pause{};
    std::size_t answer_bytes_max = 0;
    // Where what is in the request may have brought about a refusal (400, 413, 422) or a failure, that is told and
    // counts for nothing; else it is the service's.
    bool suspect = false;
    bool suspect_silence = false;  // also where there was no answer
    int failed_before = 0;         // requests that were suspected: if this one fails as well the service has failed
};

// What has become of a request.
struct Posted {
    enum class Outcome {
        kGood,
        kRefused,
        kSuspected,  // it failed, perhaps because of what is in it
    };
    Outcome outcome = Outcome::kGood;
    std::string reason = {};  // unless it is good; safe to show
};

// Any thread.
class Service {
public:
    Service(ServiceOptions options, const OpenAiParts& parts);

    // Makes sense of a good answer's body; throws kMalformed with what it is, going on after "has answered with".
    using Read = std::function<void(std::string_view body)>;

    // Sends `body`, JSON, to url + `path`, again where that may help. What is suspected is told when the pause before
    // another attempt is over. Throws kUnavailable, with a reason that is safe to show, where the service has failed.
    Posted post(std::string_view path, const std::string& body, const CallRules& rules, const Read& read);

    // Why it is not asked at the moment; empty where it is.
    std::string trouble() const { return breaker_.trouble(); }
    std::string last_failure() const { return breaker_.last_failure(); }

    // Nothing is waited for any more: what is under way ends within about a second, with kUnavailable.
    void stop();

private:
    // Why an attempt has failed.
    struct Failure {
        std::string reason, detail = {};
        bool again = false;     // it may go well another time
        bool suspect = false;   // what was sent may be why
        bool answered = false;  // by the service
        std::optional<std::chrono::seconds> retry_after = {};
    };
    enum class Attempt { kGood, kRefused, kFailed };

    Attempt judge(const ports::IncomingAnswer& answer, const CallRules& rules, const Read& read,
                  Failure& failure) const;
    Attempt attempt(const ports::OutgoingRequest& request, const CallRules& rules, const Read& read,
                    Failure& failure) const;
    Failure status_failure(const ports::IncomingAnswer& answer) const;
    static bool is_suspected(const Failure& failure, const CallRules& rules);
    ports::OutgoingRequest request_of(std::string_view path, const std::string& body, const CallRules& rules) const;
    std::chrono::milliseconds pause_before(int attempt, const CallRules& rules, const Failure& failure);
    void wait(std::chrono::milliseconds pause);
    void throw_if_stopped() const;
    [[noreturn]] static void give_up(const Failure& failure);

    const ServiceOptions options_;
    const std::string host_;
    OpenAiParts parts_;
    Breaker breaker_;
    std::stop_source stop_;
    std::mutex mutex_;
    std::condition_variable_any pausing_;
};

}  // namespace engram::openai
