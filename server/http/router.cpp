#include "http/router.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "http/url.hpp"

namespace engram::http {
namespace {

constexpr std::size_t kMethods = static_cast<std::size_t>(Method::kOther) + 1;
constexpr std::size_t kParametersMax = 8;

bool is_parameter(std::string_view segment) { return segment.starts_with('{') && segment.ends_with('}'); }

// Cuts the first segment off "/a/b".
std::string_view next_segment(std::string_view& path) {
    path.remove_prefix(1);
    const std::string_view segment = path.substr(0, path.find('/'));
    path.remove_prefix(segment.size());
    return segment;
}

std::string_view without_trailing_slash(std::string_view path) {
    if (path.ends_with('/')) path.remove_suffix(1);
    return path;
}

// The parameters' texts on the way to a node, still encoded. No route has more than a few.
struct Captured {
    std::array<std::string_view, kParametersMax> texts;
    std::size_t count = 0;
};

[[noreturn]] void refuse(const Route& route, const std::string& why) {
    throw base::Error(base::Code::kInternal, "The routes are not well-formed.",
                      std::string(to_string(route.method)) + ' ' + std::string(route.path) + ": " + why);
}

}  // namespace

struct Router::Node {
    std::string segment;
    std::vector<std::unique_ptr<Node>> children;  // by segment
    std::unique_ptr<Node> parameter;
    std::array<std::uint32_t, kMethods> numbers{};  // of the endpoint, from 1; 0: none

    static bool before(const std::unique_ptr<Node>& node, std::string_view name) { return node->segment < name; }

    const Node* child(std::string_view name) const {
        const auto at = std::lower_bound(children.begin(), children.end(), name, before);
        return at != children.end() && (*at)->segment == name ? at->get() : nullptr;
    }

    Node& grow(std::string_view name) {
        std::unique_ptr<Node>* slot = &parameter;
        if (!is_parameter(name)) {
            auto at = std::lower_bound(children.begin(), children.end(), name, before);
            if (at == children.end() || (*at)->segment != name) at = children.insert(at, nullptr);
            slot = &*at;
        }
        if (!*slot) {
            *slot = std::make_unique<Node>();
            (*slot)->segment = name;
        }
        return **slot;
    }

    bool served() const {
        return std::any_of(numbers.begin(), numbers.end(), [](std::uint32_t number) { return number != 0; });
    }

    std::uint32_t number(Method method) const {
        const std::uint32_t own = numbers[static_cast<std::size_t>(method)];
        return own == 0 && method == Method::kHead ? numbers[static_cast<std::size_t>(Method::kGet)] : own;
    }

    // The most special node of the path that serves anything.
    const Node* walk(std::string_view path, Captured& captured) const {
        if (path.empty()) return served() ? this : nullptr;
        const std::string_view name = next_segment(path);
        if (name.empty()) return nullptr;
        if (const Node* next = child(name))
            if (const Node* found = next->walk(path, captured)) return found;
        if (!parameter) return nullptr;
        captured.texts[captured.count++] = name;
        const Node* found = parameter->walk(path, captured);
        if (!found) --captured.count;
        return found;
    }

    std::string allowed() const {
        std::string out;
        for (std::size_t i = 0; i < kMethods; ++i) {
            if (number(static_cast<Method>(i)) == 0) continue;
            if (!out.empty()) out += ", ";
            out += to_string(static_cast<Method>(i));
        }
        return out;
    }
};

Router::Router(std::vector<std::string> prefixes) : prefixes_(std::move(prefixes)), root_(std::make_unique<Node>()) {}
Router::~Router() = default;
Router::Router(Router&&) noexcept = default;
Router& Router::operator=(Router&&) noexcept = default;

void Router::add(Endpoint endpoint) {
    endpoints_.push_back(std::move(endpoint));
    const Route& route = endpoints_.back().route;
    if (route.root) return mount(route, "");
    for (const std::string& prefix : prefixes_) mount(route, prefix);
}

void Router::mount(const Route& route, std::string_view prefix) {
    if (!route.path.starts_with('/')) refuse(route, "a path begins with a slash");
    const std::string full = std::string(prefix) + std::string(without_trailing_slash(route.path));
    Node* node = root_.get();
    std::size_t parameters = 0;
    for (std::string_view rest = full; !rest.empty();) {
        const std::string_view segment = next_segment(rest);
        if (segment.empty()) refuse(route, "a segment is empty");
        parameters += is_parameter(segment) ? 1 : 0;
        node = &node->grow(segment);
    }
    if (parameters > kParametersMax) refuse(route, "too many parameters");
    std::uint32_t& number = node->numbers[static_cast<std::size_t>(route.method)];
    if (number != 0) refuse(route, "the route is there twice");
    number = static_cast<std::uint32_t>(endpoints_.size());
}

Router::Match Router::find(Method method, std::string_view path) const {
    Captured captured;
    const Node* node = path.starts_with('/') ? root_->walk(without_trailing_slash(path), captured) : nullptr;
    if (!node) throw base::Error(base::Code::kNotFound, "There is nothing at this address.");
    const std::uint32_t number = node->number(method);
    if (number == 0) {
        std::string methods = node->allowed();
        throw base::Error(base::Code::kMethodNotAllowed, "This address answers " + methods + " only.", methods);
    }
    Match match{&endpoints_[number - 1], {}};
    std::size_t at = 0;
    for (std::string_view rest = without_trailing_slash(match.endpoint->route.path); !rest.empty();) {
        const std::string_view segment = next_segment(rest);
        if (!is_parameter(segment)) continue;
        auto value = percent_decode(captured.texts[at++]);
        if (!value) throw base::Error(base::Code::kMalformed, "The address is not well-formed percent-encoded UTF-8.");
        match.path.emplace_back(segment.substr(1, segment.size() - 2), std::move(*value));
    }
    return match;
}

const Endpoint* Router::peek(Method method, std::string_view path) const {
    Captured captured;
    const Node* node = path.starts_with('/') ? root_->walk(without_trailing_slash(path), captured) : nullptr;
    const std::uint32_t number = node ? node->number(method) : 0;
    return number == 0 ? nullptr : &endpoints_[number - 1];
}

std::string Router::allowed(std::string_view path) const {
    Captured captured;
    const Node* node = path.starts_with('/') ? root_->walk(without_trailing_slash(path), captured) : nullptr;
    return node ? node->allowed() : std::string();
}

}  // namespace engram::http
