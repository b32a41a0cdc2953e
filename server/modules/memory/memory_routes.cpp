#include "modules/memory/memory_routes.hpp"

#include "http/kit.hpp"
#include "modules/memory/bulk_memories.hpp"
#include "modules/memory/change_memory.hpp"
#include "modules/memory/create_memory.hpp"
#include "modules/memory/read_memories.hpp"
#include "modules/memory/search_memories.hpp"
#include "modules/memory/synonym_routes.hpp"

namespace engram::memory {

std::vector<http::Endpoint> routes(MemoryService& memories) {
    return {
        http::make_endpoint(CreateMemory(memories)),   http::make_endpoint(CreateBatch(memories)),
        http::make_endpoint(ListMemories(memories)),   http::make_endpoint(GetStatus(memories)),
        http::make_endpoint(SearchMemories(memories)), http::make_endpoint(GetMemory(memories)),
        http::make_endpoint(Sync(memories)),           http::make_endpoint(ChangeMemory(memories)),
        http::make_endpoint(DeleteMemory(memories)),   http::make_endpoint(RestoreMemory(memories)),
        http::make_endpoint(ListVersions(memories)),   http::make_endpoint(BulkMemories(memories)),
        http::make_endpoint(UndoBulk(memories)),       http::make_endpoint(GetSynonyms(memories)),
        http::make_endpoint(SetSynonyms(memories)),
    };
}

}  // namespace engram::memory
