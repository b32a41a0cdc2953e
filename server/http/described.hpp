// What the kit knows about types: the fields of described structs, and the wrappers that a field's type may have.
#pragma once

#include <boost/describe.hpp>
#include <boost/mp11/algorithm.hpp>
#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "http/route.hpp"

namespace engram::http {

template <class T, template <class...> class Wrapper>
inline constexpr bool kIsA = false;
template <class... A, template <class...> class Wrapper>
inline constexpr bool kIsA<Wrapper<A...>, Wrapper> = true;

// The T of optional<T>, Patch<T>, Maybe<T>, vector<T>, Parsed<T>; any other type is itself.
template <class T>
struct Unwrap {
    using type = T;
};
template <template <class...> class Wrapper, class T, class... Rest>
    requires kIsA<Wrapper<T, Rest...>, std::optional> || kIsA<Wrapper<T, Rest...>, Patch> ||
             kIsA<Wrapper<T, Rest...>, Maybe> || kIsA<Wrapper<T, Rest...>, std::vector> ||
             kIsA<Wrapper<T, Rest...>, Parsed>
struct Unwrap<Wrapper<T, Rest...>> {
    using type = T;
};
template <class T>
using Unwrapped = typename Unwrap<T>::type;

template <class T>
concept Described = std::is_class_v<T> && boost::describe::has_describe_members<T>::value;

template <class T>
using MembersOf = boost::describe::describe_members<T, boost::describe::mod_public | boost::describe::mod_inherited>;

template <class T>
inline constexpr std::size_t kMemberCount = boost::mp11::mp_size<MembersOf<T>>::value;

template <class T, class Member>
using MemberType = std::remove_cvref_t<decltype(std::declval<T&>().*Member::pointer)>;

// Calls visit(member) for each field, in the order of the declaration; `member.name`, `T::*member.pointer`.
template <class T, class Visit>
void for_each_member(Visit&& visit) {
    boost::mp11::mp_for_each<MembersOf<T>>(visit);
}

// A field that a text (path, query, header) can give.
template <class T>
inline constexpr bool kFromText = std::is_arithmetic_v<T> || std::is_same_v<T, std::string> ||
                                  std::is_same_v<T, base::Uuid> || std::is_same_v<T, base::Time>;
template <class T>
inline constexpr bool kFromText<std::optional<T>> = kFromText<T>;
template <class T>
inline constexpr bool kFromText<std::vector<T>> = kFromText<T>;
template <class T>
inline constexpr bool kFromText<std::vector<std::vector<T>>> = false;

// "CreateThingInput" of "engram::things::CreateThing::Input": the last words that are types. Written by the compiler's
// spelling of the type, so that nothing has to be declared.
std::string short_type_name(std::string_view pretty);

// The name of a struct in the OpenAPI document: T::kName where there is one, else by its place in the code.
template <class T>
std::string type_name() {
    if constexpr (requires { std::string(T::kName); })
        return std::string(T::kName);
    else
        return short_type_name(__PRETTY_FUNCTION__);
}

}  // namespace engram::http
