"""A small HTTP client: keep-alive connections, one a process, each asking again as soon as it was answered."""

import socket
import time
from dataclasses import dataclass

TIMEOUT = 30


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict
    size: int


class Connection:
    """One keep-alive connection. Bare sockets, because the client's work is taken from the same processors."""

    def __init__(self, port):
        self._socket = socket.create_connection(("127.0.0.1", port), TIMEOUT)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._stream = self._socket.makefile("rb", 1 << 16)

    def get(self, path, **headers):
        return self.send(request(path, **headers))

    def send(self, message):
        self._socket.sendall(message)
        line = self._stream.readline()
        if not line:
            raise ConnectionError("the server closed the connection")
        status, headers = int(line.split()[1]), {}
        while line := self._stream.readline().strip():
            name, _, value = line.partition(b":")
            headers[name.lower().decode()] = value.strip().decode()
        size = 0 if status == 304 else int(headers["content-length"])
        if len(self._stream.read(size)) < size:
            raise ConnectionError("the answer was cut off")
        return Answer(status, headers, size)


def request(path, **headers):
    lines = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1", *(f"{k.replace('_', '-')}: {v}" for k, v in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode()


def run(port, messages, seconds, barrier, results):
    """Ask for each message in turn for so long, together with the other processes; put the seconds of each answer.

    `messages` are (message, status expected). All are sent over the same connection, so that whatever place the
    connection has at the server is the same for all of them.
    """
    try:
        connection = Connection(port)
        for message, expected in messages:
            barrier.wait()
            times, end = [], time.perf_counter() + seconds
            while not times or time.perf_counter() < end:
                begun = time.perf_counter()
                answer = connection.send(message)
                times.append(time.perf_counter() - begun)
                assert answer.status == expected, f"answered {answer.status}, not {expected}"
            barrier.wait()
            results.put(times)
            barrier.wait()
    except BaseException:
        barrier.abort()
        raise
