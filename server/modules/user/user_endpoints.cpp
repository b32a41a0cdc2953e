#include "modules/user/user_endpoints.hpp"

#include "modules/user/user_policy.hpp"

namespace engram::user {
namespace {

constexpr std::string_view kPhonePattern = R"(^\+[1-9]\d{1,14}$)";
constexpr std::string_view kPhoneForm = "a number in international form, such as +4915112345678";
constexpr std::string_view kZoneForm = "an IANA name such as Europe/Berlin, or an offset such as +02:00";
constexpr std::string_view kLocaleForm = "a language, with or without a country: de, de-DE";
constexpr std::string_view kEmailForm = "an address such as name@example.org";

template <class T>
std::optional<std::optional<T>> changed(const Patch<T>& patch) {
    if (!patch.present()) return std::nullopt;
    return patch.value();
}

}  // namespace

std::vector<FieldRule> CreateUser::Input::rules() {
    return {
        {.name = "phone_number",
         .required = true,
         .pattern = kPhonePattern,
         .form = kPhoneForm,
         .matches = is_phone_number,
         .doc = "International form, such as +4915112345678"},
        {.name = "password", .required = true, .length_min = 8, .length_max = 1024},
        {.name = "name", .length_max = 255},
        {.name = "email", .length_max = 255, .form = kEmailForm, .matches = is_email},
        {.name = "locale",
         .length_max = 35,
         .form = kLocaleForm,
         .matches = is_locale,
         .doc = "BCP 47, such as de-DE: the language of texts that are too short to tell theirs"},
        {.name = "time_zone",
         .length_max = 64,
         .form = kZoneForm,
         .matches = is_time_zone,
         .doc = "IANA name, such as Europe/Berlin"},
        {.name = "invite", .length_max = 100, .doc = "The token of an invitation or of the set-up link"},
        {.name = "preferences", .json_bytes_max = 16 << 10, .json_depth_max = 5},
    };
}

Answer<User> CreateUser::process(const Caller& caller, Input input) const {
    const NewUser wanted{.phone_number = std::move(input.phone_number),
                         .password = std::move(input.password),
                         .name = std::move(input.name),
                         .email = std::move(input.email),
                         .locale = std::move(input.locale),
                         .time_zone = std::move(input.time_zone),
                         .preferences = input.preferences.value_or(base::JsonText{}),
                         .invite = std::move(input.invite)};
    return {.body = service().create(wanted, caller.local)};
}

Answer<User> GetMe::process(const Caller& caller, Input) const {
    auto user = service().find(caller.user_id);
    if (!user) throw base::Error(base::Code::kNotFound, "There is no such account.");
    return {.body = *std::move(user)};
}

std::vector<FieldRule> ChangeMe::Input::rules() {
    return {
        {.name = "name", .length_max = 255},
        {.name = "email", .length_max = 255, .form = kEmailForm, .matches = is_email},
        {.name = "locale", .length_max = 35, .form = kLocaleForm, .matches = is_locale},
        {.name = "time_zone", .length_max = 64, .form = kZoneForm, .matches = is_time_zone},
        {.name = "preferences", .json_bytes_max = 16 << 10, .json_depth_max = 5},
        {.name = "security_level", .min = 1, .max = 4},
    };
}

Answer<User> ChangeMe::process(const Caller& caller, Input input) const {
    const UserChange change{.name = changed(input.name),
                            .email = changed(input.email),
                            .locale = changed(input.locale),
                            .time_zone = changed(input.time_zone),
                            .preferences = std::move(input.preferences),
                            .security_level = input.security_level};
    return {.body = service().change(caller.user_id, change)};
}

std::vector<FieldRule> DeleteMe::Input::rules() {
    return {{.name = "password", .required = true, .length_max = 1024},
            {.name = "now", .doc = "At once, instead of in seven days, in which to sign in keeps the account"}};
}

Answer<Erasure> DeleteMe::process(const Caller& caller, const Input& input) const {
    return {.body = {service().request(caller.user_id, input.password, input.now.value_or(false))}};
}

}  // namespace engram::user
