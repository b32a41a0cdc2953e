// ports::HttpClient on libcurl: connections are kept and used again, certificates are checked, and no proxy is used but
// the one that is configured.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "ports/http_client.hpp"

namespace engram::curl {

struct CurlOptions {
    std::string user_agent = "engram";
    std::string proxy;                 // URL; empty: none, whatever the environment says
    std::string ca_file;               // PEM file of those who vouch for servers; empty: the machine's
    std::size_t idle_handles_max = 8;  // each keeps up to 5 connections
};

// Throws kInternal where libcurl cannot start.
std::unique_ptr<ports::HttpClient> make_curl_client(CurlOptions options = {});

}  // namespace engram::curl
