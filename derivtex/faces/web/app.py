"""The page on this machine: its files, and one address that takes the requests of `derivtex server`.

Only this machine is served: the address is the loopback's, requests that name another host are refused (a page elsewhere cannot have
its name point here), and so is what is not JSON (a form elsewhere cannot be sent here).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from derivtex.core.errors import UsageError
from derivtex.core.shipped import fields, katex, shipped

if TYPE_CHECKING:
    from anyio import CapacityLimiter
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response

LARGEST = 2_000_000
HOSTS = ["127.0.0.1", "localhost", "testserver"]


def page() -> Path:
    """Where the files of the page lie."""
    return shipped("web", "web/page")


def application() -> Starlette:
    """The ASGI application. Raises UsageError where the libraries of the extra `web` are not installed."""
    try:
        from starlette.applications import Starlette
        from starlette.middleware import Middleware
        from starlette.middleware.trustedhost import TrustedHostMiddleware
        from starlette.routing import BaseRoute, Mount, Route
        from starlette.staticfiles import StaticFiles
    except ImportError as error:
        raise UsageError("the page needs a few libraries more", way_out="pip install 'derivtex[web]'") from error
    routes: list[BaseRoute] = [Route("/api", answered, methods=["POST"]), Route("/engine.json", here)]
    routes.extend(Mount(f"/{name}", StaticFiles(directory=place)) for name, place in (("katex", katex()), ("fields", fields())) if place is not None)
    routes.append(Mount("/", StaticFiles(directory=page(), html=True)))
    return Starlette(routes=routes, middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=HOSTS)])


async def here(request: Request) -> Response:
    """Where the answers come from: of the static site's file of this name, from a worker."""
    from starlette.responses import JSONResponse

    return JSONResponse({"engine": "server"})


@cache
def one_at_a_time() -> CapacityLimiter:
    """Answers are worked out one after the other, in the order in which they were asked for: the work is Python's own."""
    from anyio import CapacityLimiter

    return CapacityLimiter(1)


async def answered(request: Request) -> Response:
    """One request of the page: JSON as `derivtex server` takes it, answered as that answers."""
    from anyio.to_thread import run_sync
    from starlette.responses import PlainTextResponse, Response

    from derivtex.faces.server import answer

    if not request.headers.get("content-type", "").startswith("application/json"):
        return PlainTextResponse("send JSON", 415)
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LARGEST:
            return PlainTextResponse(f"a request has at most {LARGEST} bytes", 413)
    return Response(await run_sync(answer, body, limiter=one_at_a_time()), media_type="application/json")
