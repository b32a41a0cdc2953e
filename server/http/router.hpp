// Finds the endpoint of a method and a path: a tree over path segments, static ones before {parameters}.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "http/route.hpp"

namespace engram::http {

// add() first, from one thread; then find() and allowed() from any.
class Router {
public:
    struct Match {
        const Endpoint* endpoint;  // lives as long as the router, until the next add()
        PathValues path;
    };

    // Where routes without `root` are mounted: {"/api/v1"}, or {"/api/v1", ""} for the port of one role.
    explicit Router(std::vector<std::string> prefixes = {"/api/v1"});
    ~Router();
    Router(Router&&) noexcept;
    Router& operator=(Router&&) noexcept;

    // Throws kInternal where method and path are taken, or the path is not well-formed.
    void add(Endpoint endpoint);

    // `path` is as sent, without the query. A trailing slash never matters, an empty segment matches nothing, HEAD is
    // served by GET. Throws kNotFound, or kMethodNotAllowed with the methods that are ("GET, HEAD, POST") in detail().
    Match find(Method method, std::string_view path) const;

    // The endpoint alone, nothing where find() would throw. For what must be known before the request is read.
    const Endpoint* peek(Method method, std::string_view path) const;

    // Those methods; empty where the path is unknown. For the Allow header.
    std::string allowed(std::string_view path) const;

    // In the order of add().
    std::span<const Endpoint> endpoints() const { return endpoints_; }

private:
    struct Node;

    void mount(const Route& route, std::string_view prefix);

    std::vector<std::string> prefixes_;
    std::vector<Endpoint> endpoints_;
    std::unique_ptr<Node> root_;
};

}  // namespace engram::http
