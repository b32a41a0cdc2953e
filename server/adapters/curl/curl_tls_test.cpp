#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <string>

#include "adapters/curl/curl_client.hpp"
#include "base/text.hpp"
#include "testing/errors.hpp"
#include "testing/test_folder.hpp"

namespace engram::curl {
namespace {

// A server with a certificate that nobody vouches for, by the openssl program; it ends after two connections.
class TlsServer {
public:
    TlsServer() {
        const std::string pair = " -keyout '" + folder_.file("key") + "' -out '" + certificate() + "'";
        const std::string make = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 " +
                                 ("-subj /CN=test -addext subjectAltName=IP:127.0.0.1" + pair) + " 2>/dev/null";
        if (std::system(make.c_str()) != 0) throw std::runtime_error("no certificate could be made");
        const std::string serve = "exec timeout 60 openssl s_server -accept 127.0.0.1:0 -naccept 2 -www -cert '" +
                                  certificate() + "' -key '" + folder_.file("key") + "' </dev/null 2>&1";
        output_.reset(::popen(serve.c_str(), "r"));
        constexpr std::string_view kMark = "ACCEPT ";
        char line[200];
        while (url_.empty() && output_ && std::fgets(line, sizeof line, output_.get()) != nullptr)
            if (const std::string_view said(line); said.starts_with(kMark))
                url_ = "https://" + std::string(base::trim(said.substr(kMark.size()))) + "/";
        if (url_.empty()) throw std::runtime_error("openssl does not serve");
    }

    std::string certificate() const { return folder_.file("certificate"); }
    const std::string& url() const { return url_; }

private:
    struct Close {
        void operator()(FILE* file) const { ::pclose(file); }
    };
    const testing::TestFolder folder_;
    std::unique_ptr<FILE, Close> output_;
    std::string url_;
};

TEST(CurlTls, TrustsNobodyWhoIsNotVouchedFor) {
    const TlsServer server;
    ports::OutgoingRequest request;
    request.url = server.url();
    const base::Error error = testing::error_of([&] { make_curl_client()->send(request); });
    EXPECT_EQ(error.code(), base::Code::kUnavailable);
    EXPECT_NE(error.safe().find("a certificate that is not trusted here"), std::string::npos) << error.safe();
    CurlOptions options;
    options.ca_file = server.certificate();
    EXPECT_EQ(make_curl_client(options)->send(request).status, 200);
}

}  // namespace
}  // namespace engram::curl
