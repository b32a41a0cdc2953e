#!/usr/bin/env python3
"""The whole road with the real program: set-up link, import, recall, kill -9, a second process, a clean stop."""
import http.client
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import threading
import time
import unittest
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from server import ENGRAM, PASSWORD, PHONE, Client, Server, run  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
WRITERS = 8
ROUNDS = 20


class EndToEnd(unittest.TestCase):
    def setUp(self):
        self.server = Server()
        self.addCleanup(self.server.close)

    def sample(self, messages: int) -> str:
        path = pathlib.Path(self.server.folder) / f"chat-{messages}.txt"
        made = subprocess.run([sys.executable, ROOT / "tools" / "make_sample_export.py", "--count", str(messages)],
                              check=True, capture_output=True)
        path.write_bytes(made.stdout)
        return str(path)


class TheRoad(EndToEnd):
    def test_from_the_link_to_recall(self):
        self.server.start()
        self.server.sign_up()
        chat = self.sample(600)
        preview = json.loads(run("import", chat, "--dry-run", "--json", data=self.server.data).stdout)
        self.assertEqual(preview["stored"], 0)
        first = json.loads(run("import", chat, "--json", data=self.server.data).stdout)
        self.assertEqual(first["stored"], preview["count"])
        self.assertEqual((first["refused"], first["problem_count"]), (0, 0))
        again = json.loads(run("import", chat, "--json", data=self.server.data).stdout)
        self.assertEqual((again["stored"], again["already_there"]), (0, first["stored"]))
        run("remember", "The spare key is with Mrs Quillfeather", data=self.server.data)
        told = run("recall", "spare keys quillfeather", "--limit", "3", data=self.server.data).stdout
        self.assertIn("Mrs Quillfeather", told)
        client = Client(self.server.port, self.server.sign_in())
        status, results = client.send("POST", "/memories/search", {"query": "quillfeather"})
        self.assertEqual((status, results[0]["content"]), (200, "The spare key is with Mrs Quillfeather"))
        _, state = client.send("GET", "/memories/status")
        self.assertEqual(state["memories"], first["stored"] + 1)
        client.close()
        self.assertEqual(self.server.stop(), 0)
        self.assertIn("Mrs Quillfeather", run("recall", "spare keys quillfeather", data=self.server.data).stdout)

    def test_a_longer_export_adds_what_is_new(self):
        run("user", "add", PHONE, data=self.server.data, stdin=PASSWORD + "\n")
        longer_chat = pathlib.Path(self.sample(400))
        chat = longer_chat.with_name("earlier.txt")
        chat.write_text("".join(longer_chat.read_text().splitlines(keepends=True)[:300]))
        first = json.loads(run("import", str(chat), "--json", data=self.server.data).stdout)
        longer = json.loads(run("import", str(longer_chat), "--json", data=self.server.data).stdout)
        # a message of several lines may have been cut in two where the earlier export ends
        self.assertIn(first["stored"] - longer["already_there"], (0, 1))
        self.assertEqual(longer["stored"], longer["count"] - longer["already_there"])

    def test_the_samples_of_the_readme_go_in_and_out_again(self):
        run("user", "add", PHONE, data=self.server.data, stdin=PASSWORD + "\n")
        samples = ROOT / "docs" / "samples"
        chat = str(samples / "WhatsApp Chat with Allotment 7.txt")
        self.server.start()
        preview = run("import", chat, "--dry-run", "--time-zone", "Europe/Berlin", data=self.server.data)
        self.assertIn("8 messages would be imported", preview.stdout)
        self.assertIn("line 17: There is no such date", preview.stderr)
        first = json.loads(run("import", chat, "--time-zone", "Europe/Berlin", "--json", data=self.server.data).stdout)
        self.assertEqual(first["stored"], 8)
        telegram = json.loads(run("import", str(samples / "telegram.json"), "--json", data=self.server.data).stdout)
        self.assertEqual((telegram["stored"], telegram["skipped_media"], telegram["skipped_system"]), (5, 1, 1))
        notes = pathlib.Path(self.server.folder) / "notes" / "garden"
        notes.mkdir(parents=True)
        (notes / "Pump.md").write_text("---\ntags: [water]\n---\n# The pump\n\nNever below 4 degrees\n")
        self.assertEqual(
            json.loads(run("import", str(notes.parent), "--json", data=self.server.data).stdout)["format"], "markdown")
        shutil.copy(chat, notes)
        mixed = run("import", str(notes.parent), "--dry-run", data=self.server.data).stderr
        self.assertRegex(mixed, r"(?m)^garden/Pump.md: The file was left out: .* 'whatsapp'\. Import it by itself")
        out = str(pathlib.Path(self.server.folder) / "all.zip")
        run("export", out, data=self.server.data)
        other = str(pathlib.Path(self.server.folder) / "other")
        run("user", "add", PHONE, data=other, stdin=PASSWORD + "\n")
        again = json.loads(run("import", out, "--json", data=other).stdout)
        self.assertEqual((again["format"], again["stored"], again["refused"]), ("engram-export", 14, 0))
        self.assertIn("Never below 4 degrees", run("recall", "pump degrees", data=other).stdout)
        self.assertIn("Taken back", run("imports", "undo", again["id"], data=other).stdout)
        self.assertEqual(run("recall", "pump degrees", data=other).stdout.count("degrees"), 0)

    def test_the_command_line_says_what_is_wrong(self):
        nobody = run("recall", "x", data=self.server.data, check=False)
        self.assertEqual(nobody.returncode, 1)
        self.assertIn("engram user add", nobody.stderr)
        bad = run("user", "add", "0151", data=self.server.data, stdin=PASSWORD + "\n", check=False)
        self.assertEqual(bad.returncode, 1)
        self.assertIn("phone_number", bad.stderr)
        missing = run("import", "/nowhere.txt", data=self.server.data, check=False)
        self.assertIn("/nowhere.txt", missing.stderr)
        usage = subprocess.run([ENGRAM, "recal"], capture_output=True, text=True)
        self.assertEqual(usage.returncode, 2)
        open_address = run("serve", "--listen", "0.0.0.0", data=self.server.data, check=False)
        self.assertEqual(open_address.returncode, 1)
        self.assertIn("--insecure-http", open_address.stderr)

    def test_dates_that_can_be_read_in_two_ways_are_asked_about(self):
        run("user", "add", PHONE, data=self.server.data, stdin=PASSWORD + "\n")
        chat = pathlib.Path(self.server.folder) / "ambiguous.txt"
        chat.write_text("01/02/23, 21:15 - Ruth: one\n02/02/23, 21:15 - Ruth: two\n")
        asked = run("import", str(chat), data=self.server.data, check=False)
        self.assertEqual(asked.returncode, 1)
        self.assertIn("--date-order", asked.stderr)
        told = json.loads(run("import", str(chat), "--date-order", "D/M/Y", "--json", data=self.server.data).stdout)
        self.assertEqual(told["stored"], 2)

    def test_a_message_that_was_deleted_meanwhile_doubles_no_other(self):
        run("user", "add", PHONE, data=self.server.data, stdin=PASSWORD + "\n")
        chat = pathlib.Path(self.server.folder) / "chat.txt"
        lines = [f"31.12.23, 21:15 - Ruth: {text}\n" for text in ("first", "second", "third")]
        chat.write_text("".join(lines))
        run("import", str(chat), data=self.server.data)
        chat.write_text("".join(["31.12.23, 21:15 - Ruth: This message was deleted\n", *lines[1:],
                                 "31.12.23, 21:16 - Ruth: fourth\n"]))
        again = json.loads(run("import", str(chat), "--json", data=self.server.data).stdout)
        self.assertEqual((again["stored"], again["already_there"]), (1, 2))

    def test_recall_shows_what_was_asked_for(self):
        run("user", "add", PHONE, data=self.server.data, stdin=PASSWORD + "\n")
        for text in ("The boiler smells of oil", "A second boiler", "The plum cake"):
            run("remember", text, data=self.server.data)
        plain = run("recall", "boiler", "--limit", "1", data=self.server.data)
        self.assertRegex(plain.stdout, r"^\d{4}-\d\d-\d\d  [^\n]*boiler[^\n]*\n$")
        self.assertIn("1 to 1 of 2", plain.stderr)
        self.assertNotEqual(run("recall", "boiler", "--limit", "1", "--offset", "1", data=self.server.data).stdout,
                            plain.stdout)
        colored = run("recall", "second", "boiler", "--color", "always", data=self.server.data)
        self.assertIn("\x1b[1;31mboiler\x1b[0m", colored.stdout)
        answer = json.loads(run("recall", "boiler is:open", "--json", data=self.server.data).stdout)
        self.assertEqual(answer["total"], 2)
        self.assertEqual(answer["interpreted"]["dropped"][0]["text"], "is:open")
        self.assertIn("Left out: is:open", run("recall", "boiler is:open", data=self.server.data).stderr)
        nothing = run("recall", "quillfeather", data=self.server.data)
        self.assertEqual((nothing.returncode, nothing.stdout), (0, ""))
        self.assertIn("Nothing found", nothing.stderr)
        usage = run("recall", "x", "--color", "blue", data=self.server.data, check=False)
        self.assertEqual(usage.returncode, 2)

    def test_models_that_are_missing_or_damaged_are_told(self):
        models = pathlib.Path(self.server.folder) / "models"
        environment = dict(os.environ, ENGRAM_MODELS=str(models), ENGRAM_DATA=self.server.data)

        def told(*arguments: str, stdin: str = "") -> str:
            done = subprocess.run([ENGRAM, *arguments], env=environment, input=stdin, text=True, capture_output=True,
                                  timeout=120, check=True)
            return done.stdout + done.stderr

        self.assertEqual(told("models", "list").count("not there"), 2)
        for name in ("e5-small-v2", "multilingual"):
            (models / name).mkdir(parents=True)
        (models / "multilingual" / "SHA256SUMS").write_text("damaged")
        self.assertRegex(told("models", "list"), r"e5-small-v2 .*useless: .*make setup")
        self.assertRegex(told("models", "list"), r"multilingual .*useless: .*engram models add multilingual")
        told("user", "add", PHONE, stdin=PASSWORD + "\n")
        told("remember", "The boiler smells of oil")
        self.assertIn("make setup", told("recall", "boiler"))

    def test_a_mistyped_folder_is_not_made(self):
        nowhere = str(pathlib.Path(self.server.folder) / "typo")
        self.assertIn(nowhere, run("recall", "x", data=nowhere, check=False).stderr)
        self.assertFalse(pathlib.Path(nowhere).exists())

    def test_an_answer_that_cannot_be_written_is_no_success(self):
        with open("/dev/full", "w", encoding="ascii") as full:
            done = subprocess.run([ENGRAM, "openapi"], stdout=full, stderr=subprocess.PIPE, text=True, timeout=60)
        self.assertEqual(done.returncode, 1)

    def test_a_second_process_is_told_who_has_the_folder(self):
        self.server.start()
        second = run("serve", "--port", "0", data=self.server.data, check=False)
        self.assertEqual(second.returncode, 1)
        self.assertIn(str(self.server.process.pid), second.stderr)

    def test_jobs_are_listed_paused_and_go_on(self):
        run("user", "add", PHONE, data=self.server.data, stdin=PASSWORD + "\n")
        self.server.start()
        run("jobs", "pause", "memory.trash", data=self.server.data)
        self.assertRegex(run("jobs", "list", data=self.server.data).stdout, r"memory\.trash .* paused")
        run("jobs", "resume", "memory.trash", data=self.server.data)
        self.assertNotIn("paused", run("jobs", "list", data=self.server.data).stdout)
        self.assertIn("no such kind", run("jobs", "pause", "nonsense", data=self.server.data, check=False).stderr)

    def test_the_openapi_document_is_the_one_checked_in(self):
        written = subprocess.run([ENGRAM, "openapi"], check=True, capture_output=True, text=True).stdout
        kept = (ROOT / "api" / "openapi.json").read_text()
        self.assertEqual(written, kept, "api/openapi.json is stale: build/release/engram openapi > api/openapi.json")

    def test_pages_come_over_the_network(self):
        self.server.start()
        for path in ("/", "/setup", "/docs", "/health?ready"):
            with urllib.request.urlopen(f"http://127.0.0.1:{self.server.port}{path}", timeout=10) as answer:
                self.assertEqual(answer.status, 200)


class Writer(threading.Thread):
    """Creates memories one after the other until the server is gone; keeps what was acknowledged."""

    def __init__(self, number: int, port: int, token: str, acknowledged: dict[str, str]):
        super().__init__()
        self.number, self.port, self.token, self.acknowledged = number, port, token, acknowledged

    def run(self):
        client = Client(self.port, self.token)
        count = 0
        try:
            while True:
                count += 1
                content = f"writer {self.number} memory {count} at {time.monotonic_ns()}"
                status, memory = client.send("POST", "/memories/", {"content": content})
                if status == 201:
                    self.acknowledged[memory["id"]] = content
        except (OSError, ValueError, http.client.HTTPException):
            client.close()  # the server was killed: that is the test


class KillMinusNine(EndToEnd):
    def all_memories(self, token: str) -> tuple[dict[str, str], list[int]]:
        client = Client(self.server.port, token)
        memories, revisions, since, more = {}, [], 0, True
        while more:
            status, page = client.send("GET", f"/sync?since={since}")
            self.assertEqual(status, 200)
            for change in page["changes"]:
                self.assertNotIn(change["memory"]["id"], memories)
                memories[change["memory"]["id"]] = change["memory"]["content"]
                revisions.append(change["memory"]["revision"])
            since, more = page["revision"], page["more"]
        client.close()
        return memories, revisions

    def test_every_acknowledged_memory_is_there_once(self):
        seed = random.randrange(1 << 32)
        print(f"seed {seed}")
        chance = random.Random(seed)
        acknowledged: dict[str, str] = {}
        self.server.start()
        self.server.sign_up()
        for _ in range(ROUNDS):
            token = self.server.sign_in()
            writers = [Writer(i, self.server.port, token, acknowledged) for i in range(WRITERS)]
            for writer in writers:
                writer.start()
            enough = len(acknowledged) + chance.randrange(5, 60)
            while len(acknowledged) < enough and self.server.process.poll() is None:
                time.sleep(0.001)
            self.server.kill()
            for writer in writers:
                writer.join()
            self.server.start()
        memories, revisions = self.all_memories(self.server.sign_in())
        lost = {key: text for key, text in acknowledged.items() if memories.get(key) != text}
        self.assertEqual(lost, {})
        self.assertEqual(revisions, list(range(1, len(revisions) + 1)))
        self.assertGreater(len(acknowledged), ROUNDS * 5)
        self.see_all_in_files(memories)

    def test_an_import_goes_on_where_it_was_killed(self):
        seed = random.randrange(1 << 32)
        print(f"seed {seed}")
        chance = random.Random(seed)
        self.server.start()
        self.server.sign_up()
        chat = pathlib.Path(self.sample(20_000)).read_bytes()
        client = Client(self.server.port, self.server.sign_in())
        client.connection.request("POST", "/api/v1/imports", chat, client.headers)
        begun = json.loads(client.connection.getresponse().read())
        kills = 0
        state, reached = begun, 0
        while state["state"] == "running":
            reached += chance.randrange(1, 4000)
            while state["state"] == "running" and state["done"] < reached:
                time.sleep(0.005)
                _, state = client.send("GET", f"/imports/{begun['id']}")
            client.close()
            if state["state"] == "running":
                kills += 1
                self.server.kill()
                self.server.start()
            client = Client(self.server.port, self.server.sign_in())
            _, state = client.send("GET", f"/imports/{begun['id']}")
        self.assertGreater(kills, 0)
        self.assertEqual((state["state"], state["stored"], state["done"]), ("done", begun["count"], begun["count"]))
        memories, _ = self.all_memories(self.server.sign_in())
        self.assertEqual(len(memories), begun["count"])
        client.close()
        run("imports", "undo", begun["id"], data=self.server.data)
        client = Client(self.server.port, self.server.sign_in())
        self.assertEqual(client.send("GET", "/memories/status")[1]["memories"], 0)
        client.close()

    def see_all_in_files(self, memories: dict[str, str]):
        """What the writers have left to be done is done in the end, whatever died when."""
        waiting, folder = 1, pathlib.Path(self.server.data) / "markdown"
        while waiting:
            jobs = json.loads(run("jobs", "list", "--json", data=self.server.data).stdout)
            self.assertEqual(jobs["dead"], [])
            waiting = sum(kind["waiting"] for kind in jobs["kinds"] if kind["kind"] == "memory.markdown")
        text = "".join(file.read_text() for file in folder.rglob("*.md"))
        self.assertEqual({key for key in memories if text.count(f"^{key}\n") != 1}, set())


class Backups(EndToEnd):
    def memories(self) -> int:
        self.server.start()
        client = Client(self.server.port, self.server.sign_in())
        _, state = client.send("GET", "/memories/status")
        client.close()
        self.server.stop()
        return state["memories"]

    # Whenever it is killed: what was there, or what the backup holds, and the next try succeeds.
    def test_a_restore_that_is_killed_leaves_the_old_or_the_new(self):
        seed = random.randrange(1 << 32)
        print(f"seed {seed}")
        chance = random.Random(seed)
        self.server.start()
        self.server.sign_up()
        stored = json.loads(run("import", self.sample(600), "--json", data=self.server.data).stdout)["stored"]
        made = json.loads(run("backup", "--json", data=self.server.data).stdout)
        self.assertEqual((made["persons"], made["memories"]), (1, stored))
        run("remember", "after the backup", data=self.server.data)
        refused = run("restore", made["path"], "--replace", data=self.server.data, check=False)
        self.assertIn("is in use by process", refused.stderr)
        self.server.stop()
        started = time.monotonic()
        run("restore", made["path"], "--replace", data=self.server.data)
        whole = time.monotonic() - started
        run("restore", "--rollback", data=self.server.data)
        self.assertEqual(self.memories(), stored + 1)
        for _ in range(12):
            restore = subprocess.Popen([ENGRAM, "restore", made["path"], "--replace", "--data", self.server.data],
                                       stdout=subprocess.DEVNULL)
            try:
                restore.wait(chance.uniform(0, whole * 1.2))
            except subprocess.TimeoutExpired:
                restore.kill()
                restore.wait()
            self.assertIn(self.memories(), (stored, stored + 1))
        run("restore", made["path"], "--replace", data=self.server.data)
        self.assertEqual(self.memories(), stored)


if __name__ == "__main__":
    unittest.main()
