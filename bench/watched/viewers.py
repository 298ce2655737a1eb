"""Viewers without a browser: they ask a server for changes as one would, and take the time."""

import http.client
import json
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from statistics import median
from typing import Protocol

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from bench.watched.servers import Server


class Viewer(Protocol):
    """Somebody who looks at a page."""

    def change(self, to: str) -> int:
        """Ask for another view and wait until all of it has come; the bytes received."""
        ...

    def leave(self) -> None: ...


class StreamlitViewer:
    """One connection to a Streamlit app; `page` is the path of a page.

    Messages that a browser would have kept are sent in full every time: the most a change can cost.
    """

    def __init__(self, server: Server, page: str) -> None:
        address = f"ws://127.0.0.1:{server.port}/_stcore/stream"
        self._socket = connect(
            address,
            subprotocols=["streamlit"],
            max_size=None,
            compression=None,  # type: ignore[list-item]
        )
        self._name, self._page = page, ""

    def change(self, to: str) -> int:
        asked = BackMsg()
        asked.rerun_script.query_string = to
        asked.rerun_script.page_script_hash = self._page
        if not self._page:
            asked.rerun_script.page_name = self._name
        self._socket.send(asked.SerializeToString())
        received = 0
        while True:
            data = self._socket.recv()
            received += len(data)
            message = ForwardMsg.FromString(bytes(data))  # type: ignore[arg-type]
            kind = message.WhichOneof("type")
            if kind == "navigation":
                self._page = message.navigation.page_script_hash
            if kind == "script_finished":
                return received

    def leave(self) -> None:
        self._socket.close()


class DashViewer:
    """One connection to the Dash page of bench/watched/dash_page.py."""

    def __init__(self, server: Server) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", server.port)

    def change(self, to: str) -> int:
        outputs = [("radar", "figure"), ("trend", "figure"), ("table", "children")]
        body = {
            "output": f"..{'...'.join('.'.join(one) for one in outputs)}..",
            "outputs": [{"id": name, "property": part} for name, part in outputs],
            "inputs": [{"id": "month", "property": "value", "value": to}],
            "changedPropIds": ["month.value"],
        }
        head = {"Content-Type": "application/json"}
        self._connection.request("POST", "/_dash-update-component", json.dumps(body), head)
        answer = self._connection.getresponse()
        content = answer.read()
        if answer.status != http.client.OK:
            raise SystemExit(f"Dash answered {answer.status}: {content[:200]!r}")
        return len(content)

    def leave(self) -> None:
        self._connection.close()


@dataclass(frozen=True)
class Cost:
    """What a change cost, the median of all: milliseconds until it stood, of the server, bytes."""

    wait: float
    work: float
    bytes: float


def measured(
    server: Server,
    viewer: Callable[[], Viewer],
    views: Iterator[Iterator[str]],
    *,
    viewers: int,
    changes: int,
    pace: float = 0.0,
) -> Cost:
    """Viewers that each look at views of their own, a change every `pace` seconds."""
    everybody = [(viewer(), list(islice(one, changes + 1))) for one in islice(views, viewers)]
    for who, (first, *_rest) in everybody:
        who.change(first)
    begun = server.worked()
    with ThreadPoolExecutor(viewers) as pool:
        tasks = [
            pool.submit(_look, who, seen[1:], pace, pace * number / viewers)
            for number, (who, seen) in enumerate(everybody)
        ]
        taken = [one for task in tasks for one in task.result()]
    work = (server.worked() - begun) / len(taken)
    for who, _seen in everybody:
        who.leave()
    waits, received = zip(*taken, strict=True)
    return Cost(median(waits), work, median(received))


def _look(who: Viewer, views: list[str], pace: float, wait: float) -> list[tuple[float, int]]:
    taken = []
    due = time.monotonic() + wait
    for view in views:
        time.sleep(max(0.0, due - time.monotonic()))
        begun = time.perf_counter()
        received = who.change(view)
        taken.append((1000 * (time.perf_counter() - begun), received))
        due = max(due + pace, time.monotonic())
    return taken
