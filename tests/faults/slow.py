"""Readers who send one byte and then think."""

import socket
from threading import Event, Thread


class SlowReaders:
    """So many connections that each send a request, one byte a second."""

    def __init__(self, port: int, number: int) -> None:
        self.port, self.number = port, number
        self.is_over = Event()

    def __enter__(self) -> "SlowReaders":
        """Connect all of them."""
        address = ("127.0.0.1", self.port)
        self.sockets = [socket.create_connection(address) for _ in range(self.number)]
        self.thread = Thread(target=self._drip)
        self.thread.start()
        return self

    def __exit__(self, *why) -> None:
        """Let all of them go."""
        self.is_over.set()
        self.thread.join()
        for one in self.sockets:
            one.close()

    def _drip(self) -> None:
        request = b"POST /search/ HTTP/1.1\r\nHost: a\r\nX-Slow: " + b"a" * 10_000
        for byte in request:
            for one in self.sockets:
                try:
                    one.send(bytes([byte]))
                except OSError:
                    continue
            if self.is_over.wait(1):
                return
