// The API as the command line uses it: through the socket of a server that runs on the folder, else in this process.
#pragma once

#include <boost/json/value.hpp>
#include <functional>
#include <memory>
#include <string>

#include "app/config.hpp"
#include "http/message.hpp"

namespace engram::app {

// Used by one thread.
class LocalApi {
public:
    // Talks to the server of this folder, or opens the folder itself. `user`: the phone number of the person whose
    // memory it is; empty where there is only one. Throws kConflict where another process has the folder and does not
    // answer.
    static std::unique_ptr<LocalApi> open(const Config& config, std::string user);

    // As open(), but throws kNotFound where the folder holds no engram yet.
    static std::unique_ptr<LocalApi> open_existing(const Config& config, std::string user);
    virtual ~LocalApi() = default;

    // The JSON of a successful answer, null where it has none. Throws base::Error with what the server said where it
    // refused.
    boost::json::value call(http::Method method, std::string target, const boost::json::value& body = nullptr);

    // What GET /health?ready answers.
    boost::json::value health();

    // The text of a successful answer, as it came.
    std::string call_text(http::Method method, std::string target, const boost::json::value& body = nullptr);

    // As call(), with a body that is read as it goes: a POST.
    boost::json::value upload(std::string target, http::BodyReader& body);

    // Hands the body of the answer to a GET over as it comes.
    void download(std::string target, const std::function<void(std::string_view)>& on_piece);

    // Does the jobs that are due where no server is there to do them.
    virtual void run_jobs() {}

    // Waits while models are being loaded, where no server has done that long ago.
    virtual void await_models() {}

protected:
    explicit LocalApi(std::string user) : user_(std::move(user)) {}
    virtual http::Response send(http::Request& request) = 0;
    virtual http::Response receive(http::Request& request, const std::function<void(std::string_view)>& on_piece) = 0;

private:
    void address(http::Request& request) const;
    std::string exchange(http::Request& request);

    std::string user_;
};

}  // namespace engram::app
