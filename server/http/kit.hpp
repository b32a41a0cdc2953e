// The handler kit: turns a handler class (see route.hpp) into an Endpoint. Modules include this and nothing else of
// http.
#pragma once

#include <concepts>
#include <memory>
#include <string>
#include <utility>

#include "http/input.hpp"
#include "http/json_write.hpp"
#include "http/operation.hpp"
#include "http/route.hpp"
#include "http/upgrade.hpp"

namespace engram::http {

// The shape of a handler; process() is called from many threads at once.
template <class T>
concept Handler = requires(const T& handler, const Caller& caller, typename T::Input&& input) {
    requires Described<typename T::Input>;
    { T::kRoute } -> std::convertible_to<const Route&>;
    { handler.process(caller, std::move(input)) } -> std::same_as<Answer<typename T::Output>>;
};

// The status, headers and body of an answer. Empty has no body, and 204 where the route names no other success.
template <class Output>
Response make_response(const Route& route, Answer<Output>&& answer) {
    Response response;
    response.status = answer.status != 0 ? answer.status : route.success;
    response.headers = std::move(answer.headers);
    if constexpr (std::is_same_v<Output, Empty>) {
        if (response.status == 200) response.status = 204;
    } else if constexpr (std::is_same_v<Output, Raw>) {
        if (!answer.body.content_type.empty()) response.headers.set("Content-Type", answer.body.content_type);
        response.body = std::move(answer.body.body);
        response.stream = std::move(answer.body.stream);
        response.accept_web_socket = std::move(answer.body.accept_web_socket);
    } else {
        response.headers.add("Content-Type", "application/json");
        response.body.reserve(1024);
        write_json(response.body, answer.body);
    }
    return response;
}

// The endpoint owns the handler. Its call() throws what reading the input and process() throw.
// Throws kInternal where the rules of Input do not fit its fields.
template <Handler H>
Endpoint make_endpoint(H handler) {
    using Input = typename H::Input;
    using Output = typename H::Output;
    rules_of<Input>();
    Endpoint endpoint;
    endpoint.route = H::kRoute;
    // shared: std::function wants to be copyable, and a handler need not be
    auto held = std::make_shared<const H>(std::move(handler));
    endpoint.call = [held](const Caller& caller, Request& request, const PathValues& path) {
        if (H::kRoute.success == 101)
            if (auto refused = refused_upgrade(request, caller.request_id)) return std::move(*refused);
        return make_response<Output>(H::kRoute, held->process(caller, read_input<Input>(caller, request, path)));
    };
    endpoint.describe = [](boost::json::object& schemas) {
        return describe_operation<Input, Output>(H::kRoute, schemas);
    };
    return endpoint;
}

}  // namespace engram::http
