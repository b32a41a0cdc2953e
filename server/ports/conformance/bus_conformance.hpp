// What every ports::Bus must do. An adapter's test instantiates the suite:
//   INSTANTIATE_TEST_SUITE_P(Process, BusConformance, ::testing::Values(&process::make_process_bus));
// Only *_test.cpp includes this.
#pragma once

#include <gtest/gtest.h>

#include <memory>

#include "ports/bus.hpp"
#include "ports/conformance/heard.hpp"

namespace engram::ports {

using MakeBus = std::unique_ptr<Bus> (*)();

class BusConformance : public ::testing::TestWithParam<MakeBus> {
protected:
    Heard heard_, others_;
    std::unique_ptr<Bus> bus_ = GetParam()();  // last: its threads end first
};

// Makes the linker take the tests out of their library.
bool link_bus_conformance();
inline const bool kBusConformanceIsLinked = link_bus_conformance();

}  // namespace engram::ports
