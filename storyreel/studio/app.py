"""The studio's requests: its page, what happens as it happens, chunks and stills, where the playhead is."""

from __future__ import annotations

import asyncio
import json
import mimetypes
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from storyreel.errors import StoryreelError
from storyreel.studio.desk import END, Desk, Told
from storyreel.studio.editor import inside, open_at
from storyreel.studio.fragments import picture_fragment, silence, sound_fragments
from storyreel.studio.guard import HEADERS, refusal
from storyreel.studio.shelves import gallery_routes

PAGE = Path(__file__).resolve().parent / "page"
ALIVE_EVERY = 10.0
"""Seconds between two signs of life to a page that nothing else is told."""
_FOR_EVER = "private, max-age=31536000, immutable"
"""A piece is known by what it is made of: under its key it never changes."""
_MOST = 4096
"""Bytes that a page may send."""

Answer = Callable[[Request], Awaitable[Response]]


class Guarded:
    """Answers only the studio's own page."""

    def __init__(self, app: ASGIApp, token: str, port: Callable[[], int]) -> None:
        self._app, self._token, self._port = app, token, port

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        why = refusal(request.method, request.url.path, request.headers, self._token, self._port())
        if why is not None:
            await PlainTextResponse(f"storyreel studio: {why}\n", 403, HEADERS)(scope, receive, send)
            return

        async def with_headers(message: Any) -> None:
            if message["type"] == "http.response.start":
                own = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
                message["headers"] = [*message["headers"], *own]
            await send(message)

        await self._app(scope, receive, with_headers)


def studio_app(desk: Desk, token: str, port: Callable[[], int]) -> ASGIApp:
    """The studio as an ASGI application, all of it under `/TOKEN/`; `port` is asked once it is known."""
    routes = [
        Route("/", _page),
        Route("/events", _events(desk)),
        Route("/playhead", _playhead(desk), methods=["POST"]),
        Route("/open", _open(desk), methods=["POST"]),
        Route("/still/{frame:int}", _at(desk.still, "image/jpeg")),
        Route("/beside/{frame:int}", _beside(desk)),
        Route("/bones/{frame:int}", _bones(desk)),
        Route("/picture/{frame:int}.png", _at(desk.picture, "image/png")),
        Route("/chunk/{key}", _chunk(desk)),
        Route("/sound/{key}", _sound(desk)),
        Route("/silence", _silence),
        *gallery_routes(),
        Route("/{name}", _file),
    ]
    return Guarded(Starlette(routes=[Mount(f"/{token}", routes=routes)]), token, port)


async def _page(_: Request) -> Response:
    return _own("index.html")


async def _file(request: Request) -> Response:
    return _own(request.path_params["name"])


def _own(name: str) -> Response:
    """One of the page's own files."""
    path = PAGE / name
    if path.parent != PAGE or not path.is_file():
        return Response(status_code=404)
    kind = "text/javascript" if path.suffix == ".js" else mimetypes.guess_type(name)[0]
    return Response(path.read_bytes(), media_type=kind, headers={"cache-control": "no-store"})


async def _silence(_: Request) -> Response:
    return _bytes(await run_in_threadpool(silence), "audio/mp4", _FOR_EVER)


def _events(desk: Desk) -> Answer:
    async def events(_: Request) -> Response:
        return StreamingResponse(_told(desk), media_type="text/event-stream", headers={"cache-control": "no-store"})

    return events


async def _told(desk: Desk) -> AsyncIterator[str]:
    """What happens, as server-sent events."""
    loop, waiting = asyncio.get_running_loop(), asyncio.Queue[Told]()

    def ear(told: Told) -> None:
        loop.call_soon_threadsafe(waiting.put_nowait, told)

    listening = desk.heard(ear)
    await run_in_threadpool(listening.__enter__)
    try:
        while True:
            try:
                told = await asyncio.wait_for(waiting.get(), ALIVE_EVERY)
            except TimeoutError:
                yield ": still here\n\n"
            else:
                if told is END:
                    return
                yield f"data: {json.dumps(told, ensure_ascii=False, allow_nan=False)}\n\n"
    finally:
        listening.__exit__(None, None, None)


def _playhead(desk: Desk) -> Answer:
    async def playhead(request: Request) -> Response:
        said = await _said(request)
        frame, playing = said.get("frame"), said.get("playing")
        if not isinstance(frame, int) or not isinstance(playing, bool):
            return Response(status_code=400)
        await run_in_threadpool(desk.look_at, frame, playing)
        return Response(status_code=204)

    return playhead


def _open(desk: Desk) -> Answer:
    async def opened(request: Request) -> Response:
        said = await _said(request)
        file, line, column = said.get("file"), said.get("line"), said.get("column")
        if not (isinstance(file, str) and isinstance(line, int) and isinstance(column, int)):
            return Response(status_code=400)
        try:
            path = inside(desk.base, file)
        except StoryreelError as error:
            return PlainTextResponse(str(error), 404)
        done = await run_in_threadpool(open_at, path, line, column)
        return JSONResponse({"opened": done, "place": f"{path}:{line}" if line else str(path)})

    return opened


async def _said(request: Request) -> dict[str, Any]:
    """What a page sends; nothing where that is no JSON object, or too much."""
    data = b""
    async for piece in request.stream():
        data += piece
        if len(data) > _MOST:
            return {}
    try:
        said = json.loads(data)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _at(make: Callable[[int], bytes | None], kind: str) -> Answer:
    """A picture of the film at a frame, which is never kept."""

    async def picture(request: Request) -> Response:
        return _bytes(await run_in_threadpool(make, request.path_params["frame"]), kind, "no-store")

    return picture


def _beside(desk: Desk) -> Answer:
    async def beside(request: Request) -> Response:
        asked = request.query_params
        frame, look, form = request.path_params["frame"], asked.get("look"), asked.get("format")
        return _bytes(await run_in_threadpool(desk.beside, frame, look, form), "image/jpeg", "no-store")

    return beside


def _bones(desk: Desk) -> Answer:
    async def bones(request: Request) -> Response:
        found = await run_in_threadpool(desk.bones, request.path_params["frame"])
        return Response(status_code=404) if found is None else JSONResponse(found)

    return bones


def _chunk(desk: Desk) -> Answer:
    def made(key: str) -> bytes | None:
        piece = desk.work.piece(key)
        return None if piece is None else picture_fragment(piece)

    async def chunk(request: Request) -> Response:
        return _bytes(await run_in_threadpool(made, request.path_params["key"]), "video/mp4", _FOR_EVER)

    return chunk


def _sound(desk: Desk) -> Answer:
    def made(key: str, whole: bool) -> bytes | None:
        piece = desk.work.piece(key)
        return piece if piece is None or whole else sound_fragments(piece)

    async def sound(request: Request) -> Response:
        data = await run_in_threadpool(made, request.path_params["key"], "whole" in request.query_params)
        return _bytes(data, "audio/mp4", _FOR_EVER)

    return sound


def _bytes(data: bytes | None, kind: str, kept: str) -> Response:
    if data is None:
        return Response(status_code=404)
    return Response(data, media_type=kind, headers={"cache-control": kept})
