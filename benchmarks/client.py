"""A small HTTP client: keep-alive connections, one a process, each asking again as soon as it was answered."""

import socket
import time

TIMEOUT = 30


class Connection:
    """One keep-alive connection. Bare sockets, because the client's work is taken from the same processors."""

    def __init__(self, port):
        self._socket = socket.create_connection(("127.0.0.1", port), TIMEOUT)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._stream = self._socket.makefile("rb", 1 << 16)

    def send(self, message):
        """(status, headers, bytes of the body)."""
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
        return status, headers, size


def request(path, *headers):
    return "\r\n".join([f"GET {path} HTTP/1.1", "Host: 127.0.0.1", *headers, "", ""]).encode()


def run(port, messages, seconds, barrier, results):
    """Send each message again and again for so long, at the same time as the other processes; put the times.

    `messages` are (message, status expected). All go over the same connection, so that whatever place it has at the
    server is the same for all of them.
    """
    try:
        connection = Connection(port)
        for message, expected in messages:
            barrier.wait()
            times, end = [], time.perf_counter() + seconds
            while not times or time.perf_counter() < end:
                begun = time.perf_counter()
                status, _, _ = connection.send(message)
                times.append(time.perf_counter() - begun)
                assert status == expected, f"answered {status}, not {expected}"
            barrier.wait()
            results.put(times)
    except BaseException:
        barrier.abort()
        raise
