#include <iostream>

#include "app/answers.hpp"
#include "app/commands.hpp"
#include "app/local_api.hpp"
#include "app/terminal.hpp"

namespace engram::app {

void add_user(const Config& config, const CommonOptions& common, const UserAddOptions& options) {
    const auto api = LocalApi::open(config, "");
    boost::json::object body{{"phone_number", options.phone_number}};
    if (options.name) body["name"] = *options.name;
    if (options.email) body["email"] = *options.email;
    body["password"] = ask_password("Password for " + options.phone_number);
    const boost::json::value user = api->call(http::Method::kPost, "/users/", body);
    if (common.json) return print_json(user);
    std::cout << "The account of " << options.phone_number << " is ready.\n";
}

}  // namespace engram::app
