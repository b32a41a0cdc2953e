"""Tests of check_rooms.py on made-up trees."""
import pathlib
import tempfile
import unittest

import check_rooms


class Objections(unittest.TestCase):
    def allowed(self, path, header, quote='"'):
        self.assertIsNone(check_rooms.objection(path, header, quote), f"{path} -> {header}")

    def refused(self, path, header, why, quote='"'):
        self.assertIn(why, check_rooms.objection(path, header, quote) or "", f"{path} -> {header}")

    def test_arrows_point_down(self):
        self.allowed("search/index.cpp", "ports/search_index.hpp")
        self.allowed("gateway/edge.cpp", "http/server.hpp")
        self.allowed("app/main.cpp", "adapters/sqlite/sqlite.hpp")
        self.refused("base/id.cpp", "ports/clock.hpp", "base may not include ports")
        self.refused("search/index.cpp", "adapters/sqlite/sqlite.hpp", "search may not include adapters")
        self.refused("http/kit.cpp", "modules/user/user.hpp", "http may not include modules")
        self.refused("cellar/wine.cpp", "base/id.hpp", "no room")

    def test_third_parties_have_one_owner(self):
        self.allowed("adapters/sqlite/connection.hpp", "sqlite3.h", "<")
        self.allowed("http/beast_server.cpp", "boost/beast/core.hpp", "<")
        self.allowed("base/crypto.cpp", "sodium.h", "<")
        self.allowed("modules/user/user_store.cpp", "vector", "<")
        self.allowed("base/json.hpp", "boost/json/value.hpp", "<")
        self.allowed("base/log.cpp", "unistd.h", "<")
        self.refused("modules/user/user_store.cpp", "sqlite3.h", "lives in adapters/sqlite/", "<")
        self.refused("base/id.cpp", "sodium.h", "lives in base/crypto", "<")
        self.refused("app/main.cpp", "boost/asio.hpp", "lives in http/", "<")
        self.refused("app/main.cpp", "curl/curl.h", "lives in adapters/curl/", "<")
        self.refused("app/main.cpp", "openssl/ssl.h", "no room owns", "<")

    def test_googletest_is_for_tests(self):
        self.allowed("base/id_test.cpp", "gtest/gtest.h", "<")
        self.allowed("ports/conformance/database.hpp", "gtest/gtest.h", "<")
        self.refused("base/id.cpp", "gtest/gtest.h", "gtest/", "<")

    def test_fixtures_are_for_tests(self):
        self.allowed("search/index_test.cpp", "testing/fakes.hpp")
        self.allowed("adapters/sqlite/sqlite_test.cpp", "ports/conformance/database.hpp")
        self.refused("search/index.cpp", "testing/fakes.hpp", "only *_test.cpp")
        self.refused("adapters/sqlite/sqlite.cpp", "ports/conformance/database.hpp", "only *_test.cpp")

    def test_tests_of_an_engine_may_use_clock_and_network(self):
        self.allowed("adapters/sqlite/sqlite_test.cpp", "adapters/system/system_clock.hpp")
        self.allowed("adapters/sqlite/sqlite_test.cpp", "adapters/curl/curl_client.hpp")
        self.refused("adapters/sqlite/sqlite.cpp", "adapters/curl/curl_client.hpp", "does not know another")
        self.refused("adapters/sqlite/sqlite_test.cpp", "adapters/disk/files.hpp", "does not know another")

    def test_a_test_keeps_to_the_arrows_otherwise(self):
        self.refused("search/index_test.cpp", "adapters/sqlite/sqlite.hpp", "search may not include adapters")

    def test_an_inner_room_knows_little(self):
        self.allowed("modules/memory/hints/date_ago.cpp", "modules/memory/hints/date_items.hpp")
        self.allowed("modules/memory/hints/date_ago.cpp", "base/text.hpp")
        self.allowed("modules/memory/query_language.hpp", "modules/memory/hints/wall.hpp")
        self.refused("modules/memory/hints/date_ago.cpp", "modules/memory/memory.hpp", "hints/ may not include")
        self.refused("modules/memory/hints/date_ago.cpp", "ports/clock.hpp", "hints/ may not include")

    def test_adapters_do_not_meet(self):
        self.allowed("adapters/sqlite/a.cpp", "adapters/sqlite/b.hpp")
        self.allowed("adapters/sqlite/a_test.cpp", "adapters/system/system_clock.hpp")
        self.refused("adapters/sqlite/a.cpp", "adapters/disk/b.hpp", "does not know another")
        self.refused("adapters/sqlite/a_test.cpp", "adapters/disk/b.hpp", "does not know another")

    def test_modules_meet_at_doors(self):
        self.allowed("modules/memory/memory_service.cpp", "modules/user/user.hpp")
        self.allowed("modules/memory/memory_service.cpp", "modules/memory/memory_store.hpp")
        self.refused("modules/memory/memory_service.cpp", "modules/user/user_store.hpp", "by its door")
        self.refused("modules/user/user_service.cpp", "modules/memory/memory.hpp", "may not know memory")
        self.refused("modules/user/user_service.cpp", "modules/memories.hpp", "a module is one of")

    def test_gateway_mounts_routes(self):
        self.allowed("gateway/mount.cpp", "modules/user/user_routes.hpp")
        self.refused("gateway/mount.cpp", "modules/user/user_store.hpp", "the gateway enters user")

    def test_spelling(self):
        self.refused("base/id.cpp", "id.hpp", "from server/ on")
        self.refused("base/id.cpp", "../base/id.hpp", "from server/ on")
        self.refused("base/id.cpp", "base/id.hpp", "in quotes", "<")


class Trees(unittest.TestCase):
    def check(self, files, expected=frozenset()):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            for name, text in files.items():
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                (root / name).write_text(text)
            return check_rooms.check(root, set(expected))

    def test_a_good_house(self):
        self.assertEqual(self.check({"ports/clock.hpp": '#include <chrono>\n#include "base/time.hpp"\n'}), [])

    def test_names_file_and_header(self):
        self.assertEqual(self.check({"base/a.cpp": '#  include "app/main.hpp"\n'}),
                         ["base/a.cpp: includes app/main.hpp: base may not include app"])

    def test_circles_between_folders(self):
        complaints = self.check({"ports/a.hpp": '#include "ports/deep/b.hpp"\n',
                                 "ports/deep/b.hpp": '#include "ports/a.hpp"\n'})
        self.assertEqual(complaints, ["folders include each other: ports -> ports/deep -> ports"])

    def test_tests_make_no_circle(self):
        self.assertEqual(self.check({"search/a_test.cpp": '#include "testing/f.hpp"\n',
                                     "testing/f.hpp": '#include "search/a.hpp"\n'}), [])

    def test_a_debt_is_kept_and_its_payment_praised(self):
        debt = "base/a.cpp -> app/main.hpp"
        self.assertEqual(self.check({"base/a.cpp": '#include "app/main.hpp"\n'}, {debt}), [])
        self.assertEqual(self.check({"base/a.cpp": "\n"}, {debt}),
                         [f"good: this debt is paid, remove it from EXPECTED: {debt}"])


if __name__ == "__main__":
    unittest.main()
