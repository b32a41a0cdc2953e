// A model that is loaded in the background when somebody first asks for it: for adapters of ports::Embedder.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "base/error.hpp"
#include "base/log.hpp"
#include "base/thread.hpp"
#include "ports/clock.hpp"
#include "ports/embedder.hpp"

namespace engram::ports {

// Where loading fails it is tried again when somebody asks 30 seconds later. Once there, the model stays. Any thread;
// its end waits for the loading.
template <class Model>
class BackgroundModel {
public:
    // `load` runs on a thread of its own; what it throws becomes the status. The clock outlives this.
    using Load = std::function<std::unique_ptr<const Model>()>;
    BackgroundModel(const Clock& clock, Load load) : clock_(clock), load_(std::move(load)) {}

    EmbedderStatus status() {
        const std::lock_guard lock(mutex_);
        load_where_due();
        return status_;
    }

    // Throws kUnavailable, with the time after which to ask again, where it is not there.
    const Model& get() {
        const std::lock_guard lock(mutex_);
        load_where_due();
        if (model_) return *model_;
        const bool loading = status_.state == EmbedderState::kLoading;
        base::Error error(base::Code::kUnavailable, loading ? "The embedding model is being loaded." : status_.reason);
        error.retry_after = loading ? std::chrono::seconds(1) : kTryAgainAfter;
        throw error;
    }

    // nullptr where it is not there; begins nothing.
    const Model* find() {
        const std::lock_guard lock(mutex_);
        return model_.get();
    }

private:
    static constexpr std::chrono::seconds kTryAgainAfter{30};

    void load_where_due() {
        if (model_ || loading_ || clock_.steady_now() < try_at_.value_or(clock_.steady_now())) return;
        loading_ = true;
        loader_ = base::Thread("embedder", [this](const std::stop_token&) { load(); });  // the one before has ended
    }

    // The edge of its thread: what goes wrong becomes the status.
    void load() {
        try {
            settle(load_(), {EmbedderState::kReady, {}});
        } catch (const std::exception& error) {
            base::log(base::Severity::kWarning, "no embedding model", {{"error", base::describe(error)}});
            settle(nullptr, {EmbedderState::kUnavailable, reason_of(error)});
        }
    }

    void settle(std::unique_ptr<const Model> model, EmbedderStatus status) {
        const std::lock_guard lock(mutex_);
        model_ = std::move(model);
        status_ = std::move(status);
        try_at_ = clock_.steady_now() + kTryAgainAfter;
        loading_ = false;
    }

    static std::string reason_of(const std::exception& error) {
        const auto* known = dynamic_cast<const base::Error*>(&error);
        if (known == nullptr) return "The embedding model cannot be loaded.";
        if (known->code() == base::Code::kUnavailable) return known->safe();
        return "The embedding model cannot be loaded. " + known->safe();
    }

    const Clock& clock_;
    const Load load_;
    std::mutex mutex_;  // of what follows
    EmbedderStatus status_;
    std::unique_ptr<const Model> model_;
    std::optional<std::chrono::steady_clock::time_point> try_at_;
    bool loading_ = false;
    base::Thread loader_;  // last: it ends before what it uses
};

}  // namespace engram::ports
