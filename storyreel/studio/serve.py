"""`storyreel studio`: serves one film's page on this machine, until it is stopped."""

from __future__ import annotations

import gc
import socket
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import uvicorn

from storyreel.errors import StoryreelError
from storyreel.render.cache import Cache
from storyreel.render.pool import default_jobs
from storyreel.render.queue import Workers
from storyreel.render.worker import SELDOM
from storyreel.studio.app import studio_app
from storyreel.studio.desk import Desk
from storyreel.studio.guard import HOST, new_token
from storyreel.studio.work import Work


def serve(
    scene: Path,
    told: Callable[[str], None],
    *,
    look: str | None = None,
    form: str | None = None,
    draft: bool = False,
    jobs: int | None = None,
    port: int = 0,
) -> None:
    """Serves a film until the process is stopped.

    Args:
        scene: its file.
        told: gets the page's address once it is there.
        look, form: in this look and format instead of the file's own.
        draft: drafts alone, no chunk in full.
        jobs: worker processes; as many as there are cores if left out.
        port: 0 for any that is free.

    Raises:
        StoryreelError: there is no such file, or the port is taken.
    """
    if not scene.is_file():
        raise StoryreelError(f"{scene}: no such file")
    # A film is many objects, too, that stay from save to save.
    gc.set_threshold(*SELDOM)
    with _listening(port) as listening, Workers(jobs or default_jobs()) as hands:
        number = listening.getsockname()[1]
        desk = Desk(scene, lambda ear: Work(hands, Cache(), ear), look=look, form=form, drafts_alone=draft)
        token = new_token()
        config = uvicorn.Config(
            studio_app(desk, token, lambda: number),
            log_level="error",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=1,
            lifespan="off",
        )
        with desk.at_work():
            told(f"http://{HOST}:{number}/{token}/")
            _Server(config, desk.end).run([listening])


class _Server(uvicorn.Server):
    """Lets go of the pages that listen before it waits for their requests to end."""

    def __init__(self, config: uvicorn.Config, ending: Callable[[], None]) -> None:
        super().__init__(config)
        self._ending = ending

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._ending()
        super().handle_exit(sig, frame)


def _listening(port: int) -> socket.socket:
    """A socket on this machine's own address."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((HOST, port))
        listening.listen()
    except OSError as error:
        listening.close()
        raise StoryreelError(f"port {port} is taken; leave --port out, and a free one is found") from error
    return listening
