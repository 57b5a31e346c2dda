"""Who may talk to the studio: pages that came from it, under the address that it gave out, and nobody else.

It listens on this machine alone, but every page that is open in a browser can send requests there, and a name that
somebody else controls can be made to lead there. So the address holds a token, `Host` must be the studio's own, and a
request that another page makes is refused.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping

HOST = "127.0.0.1"
_LOCAL = (HOST, "localhost")

HEADERS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' blob: data:; media-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}
"""What every answer says: nothing from elsewhere is loaded, and nobody else may show it or read it."""


def new_token() -> str:
    """A token that nobody guesses, fit for an address."""
    return secrets.token_urlsafe(18)


def refusal(method: str, path: str, headers: Mapping[str, str], token: str, port: int) -> str | None:
    """Why a request is not answered; None for one that is.

    Args:
        path: from the root on; `/TOKEN/…` is the studio's.
        headers: by their names in small letters.
    """
    hosts = {f"{name}:{port}" for name in _LOCAL}
    if headers.get("host", "") not in hosts:
        return "this is not the studio's own address"
    origin = headers.get("origin")
    if origin is not None and origin not in {f"http://{host}" for host in hosts}:
        return "another page asks"
    if headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
        return "another page asks"
    if method != "GET" and origin is None:
        return "nobody says which page asks"
    given = path.removeprefix("/").partition("/")[0]
    if not secrets.compare_digest(given.encode(), token.encode()):
        return "the address lacks its token; take the one that the studio has printed"
    return None
