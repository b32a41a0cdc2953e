// Any bytes as a line of an export: refused as it says, or a memory that is written as it is read again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "http/json_write.hpp"
#include "modules/memory/whole_memory.hpp"

namespace {

using namespace engram;

void require(bool holds) {
    if (!holds) std::abort();
}

std::string written(const memory::WholeMemory& whole) {
    std::string line;
    http::write_json(line, whole);
    return line;
}

void check(const memory::WholeMemory& whole) {
    const std::string line = written(whole);
    require(written(memory::parse_whole_memory(line)) == line);
    const auto history = memory::history_of(whole, base::Uuid{});
    require(history.size() == whole.versions.size() + 1);
    for (const memory::StoredMemory& stored : history) require(stored.memory.id == whole.id);
    require(history.back().memory.content == whole.content);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    memory::WholeMemory whole;
    try {
        whole = memory::parse_whole_memory({reinterpret_cast<const char*>(data), size});
    } catch (const base::Error& error) {
        require(error.code() == base::Code::kMalformed || error.code() == base::Code::kInvalid ||
                error.code() == base::Code::kTooLarge);
        return 0;
    }
    check(whole);
    return 0;
}
