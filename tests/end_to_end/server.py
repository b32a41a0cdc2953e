"""A real engram for tests: the program itself, a folder of its own, a free loopback port."""
import http.client
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile

ENGRAM = os.environ["ENGRAM"]
PASSWORD = "otter lamp canyon"
PHONE = "+4915112345678"


def run(*arguments: str, data: str, stdin: str = "", check: bool = True) -> subprocess.CompletedProcess:
    """Runs the command line on a data folder."""
    done = subprocess.run([ENGRAM, arguments[0], *arguments[1:], "--data", data], input=stdin, text=True,
                          capture_output=True, timeout=120)
    if check and done.returncode != 0:
        raise AssertionError(f"engram {' '.join(arguments)}: {done.returncode}\n{done.stdout}{done.stderr}")
    return done


class Client:
    """One keep-alive connection."""

    def __init__(self, port: int, token: str = ""):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.headers = {"Content-Type": "application/json"}
        if token:
            self.headers["Authorization"] = "Bearer " + token

    def send(self, method: str, path: str, body: object = None) -> tuple[int, object]:
        data = None if body is None else json.dumps(body)
        self.connection.request(method, "/api/v1" + path, data, self.headers)
        answer = self.connection.getresponse()
        text = answer.read()
        return answer.status, json.loads(text) if text else None

    def close(self) -> None:
        self.connection.close()


class Server:
    """Starts with start(); the folder goes with close()."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="engram_end_to_end_")
        self.data = str(pathlib.Path(self.folder) / "data")
        self.process: subprocess.Popen | None = None
        self.port = 0
        self.setup_token = ""

    def start(self) -> None:
        """Returns once the server has said that it is ready."""
        environment = dict(os.environ, ENGRAM_LIMITS="off")
        self.process = subprocess.Popen([ENGRAM, "serve", "--port", "0", "--data", self.data], env=environment,
                                        stdout=subprocess.PIPE, text=True)
        for line in self.process.stdout:
            ready = re.search(r"engram is ready: http://localhost:(\d+)", line)
            self.port = int(ready[1]) if ready else self.port
            setup = re.search(r"/setup#setup=(\S+)", line)
            self.setup_token = setup[1] if setup else self.setup_token
            if "Stop it" in line:
                return
        raise AssertionError(f"the server ended with {self.process.wait()} before it was ready")

    def sign_up(self) -> None:
        client = Client(self.port)
        status, user = client.send("POST", "/users/", {"phone_number": PHONE, "password": PASSWORD,
                                                       "invite": self.setup_token})
        client.close()
        assert status == 201, user

    def sign_in(self) -> str:
        client = Client(self.port)
        status, pair = client.send("POST", "/auth/login", {"phone_number": PHONE, "password": PASSWORD})
        client.close()
        assert status == 200, pair
        return pair["access_token"]

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process.stdout.close()

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(timeout=30)
        self.process.stdout.close()
        return code

    def close(self) -> None:
        if self.process and self.process.poll() is None:
            self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)
