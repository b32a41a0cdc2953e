#include "adapters/process/process_bus.hpp"

#include <gtest/gtest.h>

#include "ports/conformance/bus_conformance.hpp"

namespace engram::ports {
namespace {

INSTANTIATE_TEST_SUITE_P(Process, BusConformance, ::testing::Values(&process::make_process_bus));

}  // namespace
}  // namespace engram::ports
