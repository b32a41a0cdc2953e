// Any bytes as the payload of a NOTIFY: the words of it, or where it is in another form those before. Words packed and
// unpacked are the same.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "adapters/postgres/bus_words.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace engram::postgres;
    constexpr std::string_view kOwn = "own-name\n", kOther = "others-n\n";
    const std::string payload(data, data + size);
    std::string again(payload.substr(0, kOwn.size()));
    unpack(payload, kOwn, [&](std::string_view topic, std::string_view text) {
        if (payload.starts_with(kOwn) || topic.find_first_of(" \n") != std::string_view::npos) std::abort();
        again += packed(topic, text);
    });
    std::string words;
    unpack(again, kOwn, [&](std::string_view topic, std::string_view text) { words += packed(topic, text); });
    if (again.size() >= kOwn.size() && words != again.substr(kOwn.size())) std::abort();
    unpack(std::string(kOther) + packed("topic", payload), kOwn, [&](std::string_view topic, std::string_view text) {
        if (topic != "topic" || text != payload) std::abort();
    });
    return 0;
}
