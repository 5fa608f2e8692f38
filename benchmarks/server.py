"""What is measured: a scratch database with every shipped entry, and the server as `make run` starts it."""

import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

from benchmarks.client import Connection, request

ROOT = Path(__file__).resolve().parent.parent
OPTIONS = ["--interface", "wsgi", "--workers", "2", "--blocking-threads", "1", "--log-level", "warning"]
WAIT = 60


class Site:
    """A site in a folder of its own, driven through `manage.py`."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.database = self.folder / "site.sqlite3"
        self._environment = {
            **os.environ,  # noqa: TID251  handed on to the commands
            "DATABASE_URL": f"sqlite:///{self.database}",
            "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
            "PEDICLE_MODE": "local",
        }

    def manage(self, *arguments):
        """Run a command to its end; seconds, the start of Python among them."""
        begun = time.perf_counter()
        command = [sys.executable, "manage.py", *map(str, arguments)]
        done = subprocess.run(command, cwd=ROOT, env=self._environment, capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(f"manage.py {' '.join(map(str, arguments))} failed:\n{done.stdout}{done.stderr}")
        return time.perf_counter() - begun

    def make_empty(self):
        """A new database with its tables and vocabularies."""
        for end in ("", "-wal", "-shm"):
            Path(f"{self.database}{end}").unlink(missing_ok=True)
        self.manage("migrate", "--verbosity", 0)
        self.manage("loaddata", "--verbosity", 0, "vocabulary", "groups")

    @contextmanager
    def server(self):
        """A running server: (its process id, its port)."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        granian = Path(sys.executable).with_name("granian")
        command = [granian, *OPTIONS, "--host", "127.0.0.1", "--port", str(port), "procedures.wsgi:application"]
        process = subprocess.Popen(command, cwd=ROOT, env=self._environment)
        try:
            _wait_for(process, port)
            yield process.pid, port
        finally:
            process.terminate()
            process.wait(WAIT)


def _wait_for(process, port):
    end = time.monotonic() + WAIT
    while process.poll() is None and time.monotonic() < end:
        try:
            if Connection(port).send(request("/readyz"))[0] == 200:
                return
        except OSError:
            pass
        time.sleep(0.1)
    sys.exit("The server did not get ready.")


def cpu_seconds(pid):
    """Processor time of the server's workers so far; 0 where the system does not tell (Linux does)."""
    try:
        workers = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        stats = [Path(f"/proc/{worker}/stat").read_text().rpartition(")")[2].split() for worker in workers]
    except OSError:
        return 0
    return sum(int(stat[11]) + int(stat[12]) for stat in stats) / os.sysconf("SC_CLK_TCK")
