"""The index that browsers search in: sent once, and again only when it has changed."""

import gzip
import hashlib
from collections.abc import Iterator
from functools import cache, lru_cache
from http import HTTPStatus
from typing import Final

import orjson
from sqlalchemy import Engine
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from components.frame.navigation import menu, page_of
from components.reader.streamlit_internals import as_view_of
from core.access.actors import Grant, current_actor
from core.errors import AccessError, StoreError
from core.services.search.index import Entry, entries, kind_words
from core.services.stores import open_store
from core.store.results.versions import stamp_now
from core.text import Text

_OF_AREAS: Final = ("overview", "scorecard", "crisis", "star")
"""Pages of an area that are no inspection themes."""

_Row = list[object]
"""Kind, code, both names, what it lies in, other codes, day of closing, page, criterion."""


async def send_index(request: Request) -> Response:
    """Answer with the index; 304 to a browser that has it already, 403 to who may read nothing."""
    try:
        packed, digest = await run_in_threadpool(_packed_now, request.url.query)
    except AccessError:
        return Response(status_code=HTTPStatus.FORBIDDEN)
    except StoreError:
        return Response(status_code=HTTPStatus.SERVICE_UNAVAILABLE)
    headers = {
        "ETag": digest,
        "Cache-Control": "private, no-cache",
        "Vary": "Accept-Encoding, Cookie",
    }
    if digest in request.headers.get("if-none-match", ""):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return Response(gzip.decompress(packed), media_type="application/json", headers=headers)
    headers["Content-Encoding"] = "gzip"
    return Response(packed, media_type="application/json", headers=headers)


def _packed_now(address: str) -> tuple[bytes, str]:
    with as_view_of(address):
        store = open_store()
    return _packed(store, stamp_now(store), current_actor().reach)


@lru_cache(maxsize=32)
def _packed(store: Engine, _stamp: str, _reach: tuple[Grant, ...]) -> tuple[bytes, str]:
    """The index of whoever reads so far compressed, and its tag, which is that of its content."""
    content = orjson.dumps(index(entries(store)))
    digest = hashlib.sha256(content).hexdigest()[:16]
    return gzip.compress(content, compresslevel=6, mtime=0), f'"{digest}"'


def index(entries: tuple[Entry, ...]) -> dict[str, object]:
    """Pages, results of criteria, then what the register and the rules hold."""
    return {
        "words": kind_words().model_dump(),
        "areaPages": _area_pages(),
        "entries": [*_pages(), *_indicators(entries), *map(_row, entries)],
    }


@cache
def _area_pages() -> tuple[str, ...]:
    """Pages that show the area of their address: an area that is found opens on them."""
    return (*_OF_AREAS, *(page.id for page in menu().pages if page.indicators))


def _pages() -> Iterator[_Row]:
    for page in menu().pages:
        yield _row_of("page", page.id, page.title)


def _indicators(entries: tuple[Entry, ...]) -> Iterator[_Row]:
    """The criteria whose results a page shows, each with that page."""
    for one in entries:
        if one.kind != "rule" or one.under:
            continue
        page, criterion = page_of(one.code)
        if page and (criterion or page in _OF_AREAS):
            yield [*_row_of("indicator", one.code, one.name), page, criterion]


def _row(one: Entry) -> _Row:
    under = [one.under.th, one.under.en] if isinstance(one.under, Text) else one.under
    return _row_of(one.kind, one.code, one.name, under, one.codes, one.closed)


def _row_of(
    kind: str,
    code: str,
    name: Text,
    under: object = "",
    codes: tuple[str, ...] = (),
    closed: str = "",
) -> _Row:
    return [kind, code, name.th, name.en, under, codes, closed]
