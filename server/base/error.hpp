// The one exception class of engram. Thrown by whoever finds out; caught at four edges only: gateway, job runner,
// thread start (base::Thread and the noexcept wrappers of callbacks), main. Absence is std::optional, not an error.
#pragma once

#include <chrono>
#include <exception>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace engram::base {

enum class Code {
    kInternal,
    kMalformed,
    kInvalid,
    kUnauthenticated,
    kForbidden,
    kNotFound,
    kMethodNotAllowed,
    kTimeout,
    kConflict,
    kStale,
    kTooLarge,
    kUnsupportedType,
    kRateLimited,
    kUnavailable,
    kStorageFull,
};

// One bad field of a request: `field` is a path such as "tags[1]", `code` a stable word for translation.
struct FieldError {
    std::string field, code, message;
};

// `safe` may be shown to the caller, `detail` goes to the log and nowhere else.
class Error : public std::exception {
public:
    Error(Code code, std::string safe, std::string detail = {})
        : code_(code), safe_(std::move(safe)), detail_(std::move(detail)) {}

    Code code() const { return code_; }
    const std::string& safe() const { return safe_; }
    const std::string& detail() const { return detail_; }
    const char* what() const noexcept override { return safe_.c_str(); }

    std::string type;                // what would allow it: "step-up-required"; empty: told by the code
    std::vector<FieldError> fields;  // every bad field at once
    std::optional<std::chrono::seconds> retry_after;
    std::string members;  // further members of the answer, as JSON: "\"current\":{...}"

private:
    Code code_;
    std::string safe_, detail_;
};

// An error of one field, kInvalid.
Error invalid_field(std::string field, std::string code, std::string message);

}  // namespace engram::base
