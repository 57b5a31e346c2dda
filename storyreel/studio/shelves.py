"""The studio's gallery: what there is, kind by kind; each picture is drawn when the page first shows it, and kept."""

from __future__ import annotations

import threading

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from storyreel.film.exhibits import KINDS, making_of, rooms_of
from storyreel.render.cache import Cache

_KEPT = "private, max-age=3600"
_drawing = threading.Lock()
"""One picture is drawn at a time: the film goes first."""


def gallery_routes() -> list[Route]:
    """The gallery's requests: its kinds, what there is of one, and the file of one thing."""
    return [
        Route("/gallery", _kinds),
        Route("/gallery/{kind}", _rooms),
        Route("/gallery/{kind}/{file}", _exhibit),
    ]


async def _kinds(_: Request) -> Response:
    return JSONResponse(list(KINDS))


async def _rooms(request: Request) -> Response:
    kind = request.path_params["kind"]
    if kind not in KINDS:
        return Response(status_code=404)
    rooms = await run_in_threadpool(rooms_of, (kind,))
    return JSONResponse(
        [
            {
                "title": room.title,
                "exhibits": [
                    {"name": one.name, "about": one.about, "yaml": one.yaml, "file": one.file, "heard": one.heard}
                    for one in room.exhibits
                ],
            }
            for room in rooms
        ]
    )


async def _exhibit(request: Request) -> Response:
    data = await run_in_threadpool(_drawn, request.path_params["kind"], request.path_params["file"])
    if data is None:
        return Response(status_code=404)
    kind = "audio/mp4" if request.path_params["file"].endswith(".m4a") else "image/webp"
    return Response(data, media_type=kind, headers={"cache-control": _KEPT})


def _drawn(kind: str, file: str) -> bytes | None:
    making = making_of(kind, file)
    if making is None:
        return None
    with _drawing:
        return making.data(Cache())
