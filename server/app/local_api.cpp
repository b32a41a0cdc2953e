#include "app/local_api.hpp"

#include <sys/stat.h>

#include "app/databases.hpp"
#include "app/wiring.hpp"
#include "base/json.hpp"
#include "http/client.hpp"
#include "ports/settled.hpp"

namespace engram::app {
namespace {

// A streamed answer whose reader is in the same process.
class PieceWriter final : public http::BodyWriter {
public:
    explicit PieceWriter(const std::function<void(std::string_view)>& on_piece) : on_piece_(on_piece) {}

    bool write(std::string_view piece) override {
        on_piece_(piece);
        return true;
    }
    bool cancelled() const override { return false; }
    void on_cancel(std::function<void()>) override {}

private:
    const std::function<void(std::string_view)>& on_piece_;
};

class SocketApi final : public LocalApi {
public:
    SocketApi(std::unique_ptr<http::Client> client, std::string user)
        : LocalApi(std::move(user)), client_(std::move(client)) {}

private:
    http::Response send(http::Request& request) override { return client_->send(request); }
    http::Response receive(http::Request& request, const std::function<void(std::string_view)>& on_piece) override {
        return client_->receive(request, on_piece);
    }

    std::unique_ptr<http::Client> client_;
};

class InProcessApi final : public LocalApi {
public:
    InProcessApi(const Config& config, std::string user) : LocalApi(std::move(user)), app_(config) {}

    void run_jobs() override { app_.jobs().run_due(); }

    void await_models() override {
        for (ports::Embedder* embedder : app_.embedders()) ports::settled(*embedder);
    }

private:
    http::Response send(http::Request& request) override {
        request.transport = http::Transport::kInProcess;
        return app_.gateway().handle(request);
    }
    http::Response receive(http::Request& request, const std::function<void(std::string_view)>& on_piece) override {
        http::Response response = send(request);
        PieceWriter writer(on_piece);
        if (response.stream) response.stream(writer);
        return response;
    }

    App app_;
};

bool exists(const std::string& path) {
    struct stat info{};
    return stat(path.c_str(), &info) == 0;
}

// A problem document as the error it was.
base::Error error_of(const http::Response& response) {
    base::Error error(base::Code::kInternal, "The server answered " + std::to_string(response.status) + ".");
    const auto type = response.headers.find("Content-Type");
    if (!type || *type != "application/problem+json") return error;
    const boost::json::value problem = base::parse_json(response.body);
    std::string text(problem.at("detail").as_string());
    if (const auto* fields = problem.as_object().if_contains("errors"))
        for (const auto& field : fields->as_array())
            ((text += "\n  ") += field.at("field").as_string()) += std::string(": ") += field.at("message").as_string();
    return base::Error(base::Code::kInvalid, text);
}

}  // namespace

std::unique_ptr<LocalApi> LocalApi::open(const Config& config, std::string user) {
    if (exists(socket_path(config))) {
        try {
            return std::make_unique<SocketApi>(http::Client::connect_unix(socket_path(config)), user);
        } catch (const base::Error& error) {
            // A socket that a killed server left behind: nobody listens, and the folder is free.
            if (error.code() != base::Code::kUnavailable) throw;
        }
    }
    return std::make_unique<InProcessApi>(config, std::move(user));
}

std::unique_ptr<LocalApi> LocalApi::open_existing(const Config& config, std::string user) {
    if (config.is_embedded() && !exists(database_path(config)))
        throw base::Error(base::Code::kNotFound, "There is no engram in the folder " + config.data +
                                                     ". Name another with --data, or begin with `engram serve` or "
                                                     "`engram user add`.");
    return open(config, std::move(user));
}

std::string LocalApi::call_text(http::Method method, std::string target, const boost::json::value& body) {
    http::Request request{.method = method, .target = "/api/v1" + std::move(target), .headers = {}, .body = {}};
    if (!body.is_null()) {
        request.headers.add("Content-Type", "application/json");
        base::append_json(request.body, body);
    }
    return exchange(request);
}

boost::json::value LocalApi::health() {
    http::Request request{.method = http::Method::kGet, .target = "/health?ready", .headers = {}, .body = {}};
    return base::parse_json(exchange(request));
}

boost::json::value LocalApi::upload(std::string target, http::BodyReader& body) {
    http::Request request{.method = http::Method::kPost, .target = "/api/v1" + std::move(target)};
    request.headers.add("Content-Type", "application/octet-stream");
    request.body_reader = &body;
    return base::parse_json(exchange(request));
}

void LocalApi::download(std::string target, const std::function<void(std::string_view)>& on_piece) {
    http::Request request{.method = http::Method::kGet, .target = "/api/v1" + std::move(target)};
    address(request);
    const http::Response response = receive(request, on_piece);
    if (response.status >= 400) throw error_of(response);
}

void LocalApi::address(http::Request& request) const {
    request.headers.add("Host", "localhost");
    if (!user_.empty()) request.headers.add("Engram-User", user_);
}

std::string LocalApi::exchange(http::Request& request) {
    address(request);
    http::Response response = send(request);
    if (response.status >= 400) throw error_of(response);
    return std::move(response.body);
}

boost::json::value LocalApi::call(http::Method method, std::string target, const boost::json::value& body) {
    const std::string text = call_text(method, std::move(target), body);
    return text.empty() ? boost::json::value() : base::parse_json(text);
}

}  // namespace engram::app
