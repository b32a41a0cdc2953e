#include "modules/integration/integration_routes.hpp"

#include "base/error.hpp"
#include "http/kit.hpp"

namespace engram::integration {

namespace {

constexpr std::size_t kUploadBytesMax = std::size_t{4} << 30;

using memory::actor_of;

base::Error no_such_import() { return {base::Code::kNotFound, "There is no such import."}; }

Import or_not_found(std::optional<Import>&& import) {
    if (!import) throw no_such_import();
    return *std::move(import);
}

// Of one that is worked at: come back for more.
http::Answer<Import> answer_of(Import&& import) {
    const bool works = is_at_work(import);
    return {.status = works ? 202 : 200, .body = std::move(import)};
}

http::FieldRule time_zone_rule(http::In in) {
    return {.name = "time_zone",
            .in = in,
            .length_max = 64,
            .doc = "Of times that do not tell it: Europe/Berlin or +02:00. Unless told, that of the account, else UTC"};
}

http::FieldRule date_order_rule(http::In in) {
    return {.name = "date_order",
            .in = in,
            .one_of = {"D/M/Y", "M/D/Y", "Y/M/D"},
            .doc = "How 03/04/24 is meant; found out unless told"};
}

// POST /imports: the body is the file as it is.
class AddImport : public http::ServiceHandler<ImportService> {
public:
    using ServiceHandler::ServiceHandler;

    struct Input {
        http::BodyReader* body = nullptr;
        std::optional<std::string> name, format, time_zone, date_order;
        std::optional<bool> dry_run;
        static std::vector<http::FieldRule> rules() {
            return {{.name = "name", .in = http::In::kQuery, .length_max = 200, .doc = "Of the file"},
                    {.name = "format", .in = http::In::kQuery, .length_max = 50, .doc = "Found out unless told"},
                    time_zone_rule(http::In::kQuery),
                    date_order_rule(http::In::kQuery),
                    {.name = "dry_run", .in = http::In::kQuery, .doc = "A preview: it waits to be started"}};
        }
    };
    using Output = Import;
    static constexpr http::Route kRoute{.method = http::Method::kPost,
                                        .path = "/imports",
                                        .success = 202,
                                        .scope = "memories:write",
                                        .summary = "Import what another program has exported",
                                        .tag = "imports",
                                        .body_bytes_max = kUploadBytesMax,
                                        .also = {200},
                                        .stream_body = true};

    http::Answer<Output> process(const http::Caller& caller, const Input& input) const {
        const NewImport wanted{.name = input.name.value_or(""),
                               .format = input.format.value_or(""),
                               .settings = {input.time_zone, input.date_order},
                               .start = !input.dry_run.value_or(false)};
        const auto read = [&](std::span<char> out) { return input.body->read(out); };
        auto answer = answer_of(service().add(actor_of(caller), wanted, read));
        answer.headers.add("Location", "/api/v1/imports/" + to_string(answer.body.id));
        return answer;
    }
};
BOOST_DESCRIBE_STRUCT(AddImport::Input, (), (body, name, format, time_zone, date_order, dry_run))

// GET /imports
class ListImports : public http::ServiceHandler<ImportService> {
public:
    using ServiceHandler::ServiceHandler;

    struct Input {};
    using Output = std::vector<Import>;
    static constexpr http::Route kRoute{.method = http::Method::kGet,
                                        .path = "/imports",
                                        .scope = "memories:read",
                                        .summary = "One's imports, the newest first",
                                        .tag = "imports"};

    http::Answer<Output> process(const http::Caller& caller, Input) const {
        return {.body = service().list(actor_of(caller))};
    }
};
BOOST_DESCRIBE_STRUCT(ListImports::Input, (), ())

struct ById {
    base::Uuid id;
    static std::vector<http::FieldRule> rules() { return {{.name = "id", .in = http::In::kPath, .required = true}}; }
};
BOOST_DESCRIBE_STRUCT(ById, (), (id))

// GET /imports/{id}
class GetImport : public http::ServiceHandler<ImportService> {
public:
    using ServiceHandler::ServiceHandler;

    using Input = ById;
    using Output = Import;
    static constexpr http::Route kRoute{.method = http::Method::kGet,
                                        .path = "/imports/{id}",
                                        .scope = "memories:read",
                                        .summary = "How far it is, and what has become of it",
                                        .tag = "imports",
                                        .also = {404}};

    http::Answer<Output> process(const http::Caller& caller, Input input) const {
        return {.body = or_not_found(service().find(actor_of(caller), input.id))};
    }
};

// PUT /imports/{id}: another preview of one that waits.
class ChangeImport : public http::ServiceHandler<ImportService> {
public:
    using ServiceHandler::ServiceHandler;

    struct Input {
        base::Uuid id;
        std::optional<std::string> time_zone, date_order;
        static std::vector<http::FieldRule> rules() {
            return {{.name = "id", .in = http::In::kPath, .required = true},
                    time_zone_rule(http::In::kBody),
                    date_order_rule(http::In::kBody)};
        }
    };
    using Output = Import;
    static constexpr http::Route kRoute{.method = http::Method::kPut,
                                        .path = "/imports/{id}",
                                        .scope = "memories:write",
                                        .summary = "Read one that waits otherwise",
                                        .tag = "imports",
                                        .also = {404, 409}};

    http::Answer<Output> process(const http::Caller& caller, Input input) const {
        const ImportSettings settings{std::move(input.time_zone), std::move(input.date_order)};
        return {.body = or_not_found(service().change(actor_of(caller), input.id, settings))};
    }
};
BOOST_DESCRIBE_STRUCT(ChangeImport::Input, (), (id, time_zone, date_order))

// POST /imports/{id}/start
class StartImport : public http::ServiceHandler<ImportService> {
public:
    using ServiceHandler::ServiceHandler;

    using Input = ById;
    using Output = Import;
    static constexpr http::Route kRoute{.method = http::Method::kPost,
                                        .path = "/imports/{id}/start",
                                        .success = 202,
                                        .scope = "memories:write",
                                        .summary = "Store one that waits, or has failed",
                                        .tag = "imports",
                                        .also = {404, 409}};

    http::Answer<Output> process(const http::Caller& caller, Input input) const {
        return answer_of(or_not_found(service().start(actor_of(caller), input.id)));
    }
};

// DELETE /imports/{id}
class UndoImport : public http::ServiceHandler<ImportService> {
public:
    using ServiceHandler::ServiceHandler;

    using Input = ById;
    using Output = Import;
    static constexpr http::Route kRoute{.method = http::Method::kDelete,
                                        .path = "/imports/{id}",
                                        .success = 202,
                                        .scope = "memories:write",
                                        .summary = "Take all of it back; what you have changed since goes to the trash",
                                        .tag = "imports",
                                        .also = {200, 404}};

    http::Answer<Output> process(const http::Caller& caller, Input input) const {
        return answer_of(or_not_found(service().undo(actor_of(caller), input.id)));
    }
};

// GET /users/me/export: a zip archive, made while it is read.
class ExportMe : public http::ServiceHandler<const Exporter> {
public:
    using ServiceHandler::ServiceHandler;

    struct Input {};
    using Output = http::Raw;
    static constexpr http::Route kRoute{.method = http::Method::kGet,
                                        .path = "/users/me/export",
                                        .summary = "Everything engram holds of you, to read and to import again (.zip)",
                                        .tag = "users"};

    http::Answer<Output> process(const http::Caller& caller, Input) const {
        http::Answer<Output> answer;
        answer.headers.add("Content-Disposition", "attachment; filename=\"" + service().file_name() + "\"");
        answer.headers.add("Cache-Control", "no-store");
        answer.body.content_type = "application/zip";
        answer.body.stream = [&exporter = service(), owner = caller.user_id](http::BodyWriter& body) {
            exporter.write(owner, [&body](std::string_view piece) { return body.write(piece); });
        };
        return answer;
    }
};
BOOST_DESCRIBE_STRUCT(ExportMe::Input, (), ())

}  // namespace

std::vector<http::Endpoint> routes(ImportService& imports, const Exporter& exporter) {
    return {http::make_endpoint(AddImport(imports)),   http::make_endpoint(ListImports(imports)),
            http::make_endpoint(GetImport(imports)),   http::make_endpoint(ChangeImport(imports)),
            http::make_endpoint(StartImport(imports)), http::make_endpoint(UndoImport(imports)),
            http::make_endpoint(ExportMe(exporter))};
}

}  // namespace engram::integration
