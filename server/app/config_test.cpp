#include "app/config.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <map>

#include "base/error.hpp"
#include "testing/test_folder.hpp"

namespace engram::app {
namespace {

std::string refusal(const std::function<void()>& action) {
    try {
        action();
    } catch (const base::Error& error) {
        return error.safe();
    }
    return "";
}

TEST(ConfigTest, AFileIsOverruledByTheEnvironment) {
    const testing::TestFolder folder;
    std::ofstream(folder.file("engram.toml")) << "port = 9000\nregistration = \"open\"\nlimits = false\n";
    Config config;
    read_file(config, folder.file("engram.toml"));
    EXPECT_EQ(config.port, 9000);
    EXPECT_EQ(config.registration, user::Registration::kOpen);
    EXPECT_FALSE(config.limits);
    const std::map<std::string, std::string> variables{{"ENGRAM_PORT", "9001"}, {"ENGRAM_LIMITS", "on"}};
    read_environment(config, [&](const std::string& name) {
        const auto found = variables.find(name);
        return found == variables.end() ? std::nullopt : std::optional(found->second);
    });
    EXPECT_EQ(config.port, 9001);
    EXPECT_TRUE(config.limits);
    EXPECT_EQ(config.url(), "http://localhost:9001");
}

TEST(ConfigTest, WhatCannotBeUsedIsNamedWithWhatCan) {
    Config config;
    EXPECT_NE(refusal([&] { set(config, "prot", "1"); }).find("there are: listen, port"), std::string::npos);
    EXPECT_NE(refusal([&] { set(config, "port", "80a"); }).find("0 to 65535"), std::string::npos);
    EXPECT_NE(refusal([&] { set(config, "port", "70000"); }).find("0 to 65535"), std::string::npos);
    EXPECT_NE(refusal([&] { set(config, "registration", "shut"); }).find("open, invite or closed"), std::string::npos);
    EXPECT_NE(refusal([&] { set(config, "limits", "maybe"); }).find("on or off"), std::string::npos);
    const testing::TestFolder folder;
    std::ofstream(folder.file("engram.toml")) << "port = 1\nlisten = \n";
    EXPECT_NE(refusal([&] { read_file(config, folder.file("engram.toml")); }).find("line 2"), std::string::npos);
    EXPECT_NE(refusal([&] { read_file(config, folder.file("none.toml")); }).find("none.toml"), std::string::npos);
}

TEST(ConfigTest, AnOpenAddressWithoutTlsMustBeAskedFor) {
    Config config;
    check(config);
    config.listen = "0.0.0.0";
    EXPECT_NE(refusal([&] { check(config); }).find("--insecure-http"), std::string::npos);
    config.insecure_http = true;
    check(config);
}

}  // namespace
}  // namespace engram::app
