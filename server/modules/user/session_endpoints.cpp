#include "modules/user/session_endpoints.hpp"

#include "base/text.hpp"

namespace engram::user {
namespace {

InviteView view_of(const Invite& invite) {
    InviteView view{invite.id, {}, invite.created_at, invite.expires_at, invite.used_at};
    if (!invite.token.empty()) view.token.value = invite.token;
    return view;
}

}  // namespace

std::vector<FieldRule> Login::Input::rules() {
    return {
        {.name = "phone_number", .length_max = 255, .doc = "This or the e-mail address"},
        {.name = "email", .length_max = 255},
        {.name = "password", .required = true, .length_max = 1024},
        {.name = "user_agent", .in = In::kHeader},
    };
}

Answer<TokenPair> Login::process(const Caller& caller, Input input) const {
    if (input.phone_number.has_value() == input.email.has_value())
        throw base::invalid_field("phone_number", "required", "send either phone_number or email");
    const std::string& name = input.phone_number ? *input.phone_number : *input.email;
    const std::string agent(base::cut_code_points(input.user_agent.value_or(""), 255));
    return {.headers = {{"Cache-Control", "no-store"}},
            .body = service().login(name, input.password, {caller.peer, agent})};
}

std::vector<FieldRule> Refresh::Input::rules() {
    return {{.name = "refresh_token", .required = true, .length_max = 1000}};
}

Answer<TokenPair> Refresh::process(const Caller&, Input input) const {
    return {.headers = {{"Cache-Control", "no-store"}}, .body = service().refresh(input.refresh_token)};
}

std::vector<FieldRule> Logout::Input::rules() {
    return {{.name = "everywhere", .in = In::kQuery, .doc = "End every session of this person"}};
}

Answer<Empty> Logout::process(const Caller& caller, Input input) const {
    service().logout(caller.user_id, caller.session_id, input.everywhere.value_or(false));
    return {};
}

std::vector<FieldRule> CreateInvite::Input::rules() {
    return {{.name = "days", .min = 1, .max = 90, .doc = "How long it is good for; 7 days unless told"}};
}

Answer<InviteView> CreateInvite::process(const Caller& caller, Input input) const {
    if (!caller.known())
        throw base::Error(base::Code::kUnauthenticated, "Whose invitation? Name the person with --user.");
    const std::chrono::days good_for(input.days.value_or(7));
    return {.headers = {{"Cache-Control", "no-store"}}, .body = view_of(service().invite(caller.user_id, good_for))};
}

Answer<std::vector<InviteView>> ListInvites::process(const Caller&, Input) const {
    Answer<Output> answer;
    for (const Invite& invite : service().invites()) answer.body.push_back(view_of(invite));
    return answer;
}

std::vector<FieldRule> RevokeInvite::Input::rules() { return {{.name = "id", .in = In::kPath, .required = true}}; }

Answer<Empty> RevokeInvite::process(const Caller&, Input input) const {
    if (!service().revoke_invite(input.id)) throw base::Error(base::Code::kNotFound, "There is no such invitation.");
    return {};
}

}  // namespace engram::user
