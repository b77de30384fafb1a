"""Readers who send one byte and then think."""

import socket
from contextlib import suppress
from threading import Event, Thread

HEAD = b"POST /search/ HTTP/1.1\r\nHost: a\r\nX-Slow: "


class SlowReaders:
    """So many connections that each send a request, one byte a second, and begin
    again when the server has had enough of them."""

    def __init__(self, port: int, number: int) -> None:
        self.address, self.number = ("127.0.0.1", port), number
        self.begun_again = 0
        self.is_over = Event()

    def __enter__(self) -> "SlowReaders":
        """Connect all of them."""
        self.sockets = [self._connected() for _ in range(self.number)]
        self.thread = Thread(target=self._drip)
        self.thread.start()
        return self

    def __exit__(self, *why) -> None:
        """Let all of them go."""
        self.is_over.set()
        self.thread.join()
        for one in self.sockets:
            one.close()

    def _connected(self) -> socket.socket:
        one = socket.create_connection(self.address)
        one.sendall(HEAD)
        return one

    def _drip(self) -> None:
        while not self.is_over.wait(1):
            for place, one in enumerate(self.sockets):
                if _is_closed(one):
                    one.close()
                    self.sockets[place] = self._connected()
                    self.begun_again += 1
                with suppress(OSError):  # closed just now: it begins again next time
                    self.sockets[place].send(b"a")


def _is_closed(one: socket.socket) -> bool:
    """Whether the server has answered or hung up, which comes to the same."""
    try:
        one.recv(1, socket.MSG_DONTWAIT)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True
