#include "ports/subscribers.hpp"

#include "base/log.hpp"

namespace engram::ports {
namespace {

template <class Call>
void guarded(std::string_view topic, Call call) noexcept {
    try {
        call();
    } catch (const std::exception& error) {
        base::log(base::Severity::kError, "who heard a word threw",
                  {{"topic", topic}, {"error", base::describe(error)}});
    }
}

}  // namespace

void Subscribers::add(std::string_view topic, Bus::OnWord function) {
    by_topic_[std::string(topic)].push_back(std::move(function));
}

void Subscribers::tell(std::string_view topic, std::string_view text) const noexcept {
    const auto found = by_topic_.find(topic);
    if (found == by_topic_.end()) return;
    for (const Bus::OnWord& function : found->second) guarded(topic, [&] { function(text); });
}

void Subscribers::tell_gap() const noexcept {
    for (const auto& function : on_gap_) guarded("gap", function);
}

}  // namespace engram::ports
