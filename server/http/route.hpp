// The words an endpoint is declared with. A handler is a class of the shape
//
//     class CreateThing : public ServiceHandler<ThingService> {
//     public:
//         using ServiceHandler::ServiceHandler;
//         struct Input { std::string name; std::optional<std::int64_t> limit; static std::vector<FieldRule> rules(); };
//         using Output = Thing;                                   // a described struct, a vector of them, Empty or Raw
//         static constexpr Route kRoute{Method::kPost, "/things/", .success = 201};
//         Answer<Output> process(const Caller& caller, Input input) const;
//     };
//
// Input and Output are structs with BOOST_DESCRIBE_STRUCT. The kit (kit.hpp) reads the input, checks the rules, names
// every bad field at once, calls process(), writes the output, and describes all of it in OpenAPI.
#pragma once

#include <array>
#include <boost/describe/class.hpp>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/id.hpp"
#include "base/json.hpp"
#include "base/time.hpp"
#include "http/message.hpp"

namespace engram::base {
BOOST_DESCRIBE_STRUCT(FieldError, (), (field, code, message))
}  // namespace engram::base

namespace engram::http {

// Signed in is what you get by saying nothing. kLocal: only engram's own command line, by the Unix socket.
enum class Access { kSignedIn, kAdmin, kPublic, kLocal };

struct Route {
    Method method;
    std::string_view path;  // "/memories/{id}"; a trailing slash never matters
    Access access = Access::kSignedIn;
    int success = 200;
    std::string_view scope = {};    // what a personal access token must have; empty: not for such tokens
    std::string_view summary = {};  // one line for the OpenAPI document
    std::string_view tag = {};      // its group there: "memories"
    std::size_t body_bytes_max = 1 << 20;
    std::array<int, 4> also = {};  // further statuses that the handler may answer
    bool brief = false;            // as BodyPolicy::brief; GET and HEAD are in any case
    bool stream_body = false;      // Input then has a member `BodyReader* body`
    bool tries_password = false;   // costs a hash: an address may ask less often
    bool root = false;             // served without the /api/v1 prefix: /health
};

// Who asks, as the gateway found out. Of a stranger on a public route `user_id` is nil (all zero).
struct Caller {
    base::Uuid user_id{};
    base::Uuid session_id{};
    int level = 1;  // of this session, step-up included
    bool admin = false;
    bool local = false;     // engram's own command line, by its Unix socket
    std::string peer = {};  // the client's address
    std::string request_id = {};
    bool known() const { return user_id != base::Uuid{}; }
};

// Where a field of Input comes from. kWholeBody: the JSON body itself (an array) is this field.
enum class In { kPath, kQuery, kHeader, kBody, kWholeBody };

// The rule of one field of Input. A field without a rule is optional and comes from the JSON body. The header of a
// field if_match is If-Match. one_of, matches, min and max hold for each item of an array.
struct FieldRule {
    std::string_view name;
    In in = In::kBody;
    bool required = false;
    std::size_t length_min = 0;       // code points of a text, and of each text in an array
    std::size_t length_max = 0;       // 0: no bound of its own
    std::size_t items_max = 0;        // of an array
    std::size_t item_length_max = 0;  // code points of each text in an array
    std::optional<double> min = {}, max = {};
    std::vector<std::string_view> one_of = {};
    std::string_view pattern = {};  // a regular expression for the document; `matches` decides
    std::string_view form = {};     // the same for people: "an address such as name@example.org"
    bool (*matches)(std::string_view) = nullptr;
    std::size_t json_bytes_max = 0;  // of a JsonText, serialised
    std::size_t json_depth_max = 0;
    std::string_view doc = {};
};

// A field that may be absent, null or a value: for PUT, where the three differ.
template <class T>
class Patch {
public:
    Patch() = default;
    explicit Patch(std::nullopt_t) : present_(true) {}
    explicit Patch(T value) : present_(true), value_(std::move(value)) {}
    bool present() const { return present_; }                 // absent: leave it as it is
    const std::optional<T>& value() const { return value_; }  // empty where null

private:
    bool present_ = false;
    std::optional<T> value_;
};

// One element of an array whose good elements count even where others are bad.
template <class T>
struct Parsed {
    std::optional<T> value;
    std::vector<base::FieldError> errors;  // not empty where there is no value
};

// An output field that is left out where it is empty (std::optional is written as null).
template <class T>
struct Maybe {
    std::optional<T> value;
};

struct Empty {};

// An output that is not JSON.
struct Raw {
    std::string content_type = {}, body = {};
    std::function<void(BodyWriter&)> stream = {};  // instead of `body`
    AcceptWebSocket accept_web_socket = {};        // instead of both; the route's success is 101
};

template <class T>
struct Answer {
    int status = 0;  // 0: the route's `success`
    Headers headers = {};
    T body = {};
};

using PathValues = std::vector<std::pair<std::string_view, std::string>>;  // name, decoded value

// What a handler derives from that acts through one service; the service outlives it.
template <class Service>
class ServiceHandler {
public:
    explicit ServiceHandler(Service& service) : service_(&service) {}

protected:
    Service& service() const { return *service_; }

private:
    Service* service_;
};

// A handler with its types forgotten.
struct Endpoint {
    Route route;
    std::function<Response(const Caller& caller, Request& request, const PathValues& path)> call;
    std::function<boost::json::object(boost::json::object& schemas)> describe;  // its OpenAPI operation
};

}  // namespace engram::http
