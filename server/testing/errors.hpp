// Errors that a test expects.
#pragma once

#include <gtest/gtest.h>

#include "base/error.hpp"

namespace engram::testing {

// The error that `work` ends with; fails the test where there is none.
template <class Work>
base::Error error_of(const Work& work) {
    try {
        work();
    } catch (const base::Error& error) {
        return error;
    }
    ADD_FAILURE() << "no error";
    return {base::Code::kMalformed, ""};
}

}  // namespace engram::testing
