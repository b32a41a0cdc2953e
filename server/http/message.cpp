#include "http/message.hpp"

#include <algorithm>

#include "http/token.hpp"

namespace engram::http {

std::string_view to_string(Method method) {
    switch (method) {
        case Method::kGet:
            return "GET";
        case Method::kHead:
            return "HEAD";
        case Method::kPost:
            return "POST";
        case Method::kPut:
            return "PUT";
        case Method::kPatch:
            return "PATCH";
        case Method::kDelete:
            return "DELETE";
        case Method::kOptions:
            return "OPTIONS";
        case Method::kOther:
            break;
    }
    return "OTHER";
}

std::optional<std::string_view> Headers::find(std::string_view name) const {
    for (const Header& header : list_) {
        if (iequals(header.name, name)) return header.value;
    }
    return std::nullopt;
}

void Headers::set(std::string_view name, std::string value) {
    const auto same = [name](const Header& header) { return iequals(header.name, name); };
    const auto first = std::find_if(list_.begin(), list_.end(), same);
    if (first == list_.end()) return add(std::string(name), std::move(value));
    first->value = std::move(value);
    list_.erase(std::remove_if(first + 1, list_.end(), same), list_.end());
}

std::string_view Request::query() const {
    const std::size_t mark = target.find('?');
    return mark == std::string::npos ? std::string_view{} : std::string_view(target).substr(mark + 1);
}

}  // namespace engram::http
