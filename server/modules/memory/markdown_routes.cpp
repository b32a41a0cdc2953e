#include "modules/memory/markdown_routes.hpp"

#include <algorithm>
#include <boost/describe/class.hpp>

#include "base/error.hpp"
#include "http/kit.hpp"
#include "modules/memory/create_memory.hpp"

namespace engram::memory {
namespace {

// GET /memories/markdown/
class ListMarkdown : public http::ServiceHandler<MarkdownFiles> {
public:
    using ServiceHandler::ServiceHandler;

    struct Input {};
    using Output = std::vector<MarkdownFile>;
    static constexpr http::Route kRoute{.method = http::Method::kGet,
                                        .path = "/memories/markdown/",
                                        .scope = "memories:read",
                                        .summary = "The Markdown files of one's memories",
                                        .tag = "memories"};

    http::Answer<Output> process(const http::Caller& caller, Input) const {
        return {.body = service().list(actor_of(caller).owner)};
    }
};
BOOST_DESCRIBE_STRUCT(ListMarkdown::Input, (), ())

// GET /memories/markdown/{class}/{file}: as it is on the disk.
class GetMarkdown : public http::ServiceHandler<MarkdownFiles> {
public:
    using ServiceHandler::ServiceHandler;

    struct Input {
        std::string classification, file;
        static std::vector<http::FieldRule> rules() {
            return {{.name = "classification",
                     .in = http::In::kPath,
                     .required = true,
                     .one_of = {kClasses.begin(), kClasses.end()}},
                    {.name = "file", .in = http::In::kPath, .required = true, .doc = "2026-11.md"}};
        }
    };
    using Output = http::Raw;
    static constexpr http::Route kRoute{.method = http::Method::kGet,
                                        .path = "/memories/markdown/{classification}/{file}",
                                        .scope = "memories:read",
                                        .summary = "One of them, as it is on the disk",
                                        .tag = "memories",
                                        .also = {404}};

    http::Answer<Output> process(const http::Caller& caller, const Input& input) const {
        auto text = service().read(actor_of(caller).owner, input.classification + "/" + input.file);
        if (!text) throw base::Error(base::Code::kNotFound, "There is no such file.");
        return {.body = {.content_type = "text/markdown; charset=utf-8", .body = *std::move(text)}};
    }
};
BOOST_DESCRIBE_STRUCT(GetMarkdown::Input, (), (classification, file))

struct Rebuilt {
    std::int64_t persons = 0, files = 0;
};
BOOST_DESCRIBE_STRUCT(Rebuilt, (), (persons, files))

// POST /admin/markdown/rebuild
class RebuildMarkdown {
public:
    struct Input {};
    using Output = Rebuilt;
    static constexpr http::Route kRoute{.method = http::Method::kPost,
                                        .path = "/admin/markdown/rebuild",
                                        .access = http::Access::kAdmin,
                                        .summary = "Write everybody's Markdown files anew",
                                        .tag = "admin"};

    RebuildMarkdown(MarkdownFiles& files, user::UserService& users) : files_(&files), users_(&users) {}

    http::Answer<Output> process(const http::Caller&, Input) const {
        Rebuilt rebuilt;
        for (const base::Uuid& owner : users_->everybody()) {
            rebuilt.files += files_->rebuild(owner);
            ++rebuilt.persons;
        }
        return {.body = rebuilt};
    }

private:
    MarkdownFiles* files_;
    user::UserService* users_;
};
BOOST_DESCRIBE_STRUCT(RebuildMarkdown::Input, (), ())

}  // namespace

std::vector<http::Endpoint> markdown_routes(MarkdownFiles& files, user::UserService& users) {
    return {http::make_endpoint(ListMarkdown(files)), http::make_endpoint(GetMarkdown(files)),
            http::make_endpoint(RebuildMarkdown(files, users))};
}

}  // namespace engram::memory
