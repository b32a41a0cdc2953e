#include "base/error.hpp"

namespace engram::base {

Error invalid_field(std::string field, std::string code, std::string message) {
    Error error(Code::kInvalid, field + ": " + message);
    error.fields.push_back({std::move(field), std::move(code), std::move(message)});
    return error;
}

}  // namespace engram::base
