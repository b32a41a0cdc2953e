#include "adapters/process/process_bus.hpp"

#include "ports/subscribers.hpp"

namespace engram::process {
namespace {

class ProcessBus final : public ports::Bus {
public:
    void subscribe(std::string_view topic, OnWord function) override { subscribers_.add(topic, std::move(function)); }
    void on_gap(std::function<void()>) override {}
    void start() override {}
    void stop() override {}
    void publish(std::string_view topic, std::string_view text) noexcept override {
        if (text.size() <= kTextMax) subscribers_.tell(topic, text);
    }
    void publish_to_others(std::string_view, std::string_view) noexcept override {}

private:
    ports::Subscribers subscribers_;
};

}  // namespace

std::unique_ptr<ports::Bus> make_process_bus() { return std::make_unique<ProcessBus>(); }

}  // namespace engram::process
