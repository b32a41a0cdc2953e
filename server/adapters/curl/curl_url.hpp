// What of a URL may be told. Internal.
#pragma once

#include <string>

namespace engram::curl {

// "host" or "host:8080" of a URL of http or https. Throws kInvalid where it is none; its text has nothing of the URL.
std::string host_of(const std::string& url);

}  // namespace engram::curl
