// What a service says is wrong. Internal.
#pragma once

#include <string>
#include <string_view>

namespace engram::openai {

// The one word for it in an answer such as {"error":{"code":"insufficient_quota",...}}; empty where there is none. Its
// sentences are not taken: they may quote what was sent.
std::string error_word(std::string_view body);

}  // namespace engram::openai
