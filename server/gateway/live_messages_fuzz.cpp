// Any bytes as a client's message and as a message for one: understood, or refused in the two ways there are.
#include <cstdlib>

#include "base/error.hpp"
#include "base/json.hpp"
#include "gateway/live_messages.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

template <class Read>
void read(Read read_text) {
    using engram::base::Code;
    try {
        read_text();
    } catch (const engram::base::Error& error) {
        if (error.code() != Code::kMalformed && error.code() != Code::kTooLarge) std::abort();
        engram::base::parse_json(engram::gateway::error_message("malformed", error.safe()));
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace engram;
    const std::string text(data, data + size);
    read([&] {
        const auto message = gateway::parse_client_message(text);
        const auto* hello = std::get_if<gateway::Hello>(&message);
        if (hello != nullptr && hello->token.empty()) std::abort();
    });
    read([&] {
        const auto told = gateway::parse_told(text);
        if (told && (told->id.empty() || !base::parse_json(told->message).is_object())) std::abort();
    });
    return 0;
}
