"""What the page asks, and what it is told."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import attrs
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from desk import remarks
from desk.session import Session
from igtkit import IGT, Suggestion
from igtkit.serve import Limits, guard, read_object

_HERE = Path(__file__).resolve().parent
_PAGES = {"/": "page.html", "/desk.css": "desk.css", "/desk.js": "desk.js"}
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_LIMITS = Limits()
_SHORT = 20

Asked = dict[str, Any]


def make_app(session: Session, token: str) -> Starlette:
    """The application for one session, for who has the token."""
    one_at_a_time = asyncio.Lock()

    async def state(_: Asked) -> dict[str, Any]:
        told, session.told = session.told, ""
        return {**session.state(), "told": told}

    async def order(asked: Asked) -> dict[str, Any]:
        return {"order": await session.order(str(asked.get("by")))}

    async def sentence(asked: Asked) -> dict[str, Any]:
        number = _number(session, asked)
        text = session.texts[number]
        name = text.id if len(text.id or "") <= _SHORT else None  # FLEx has 36 characters
        return {
            "number": number,
            "place": " · ".join(filter(None, [text.source, name])),
            "transcription": text.transcription,
            "translation": text.translation,
            "language": (text.language and text.language.iso639_3) or "und",
            "done": session.is_done(number),
            "words": [
                {"surface": surface, "done": done, "options": [_option(each) for each in row]}
                for surface, done, row in await session.words(number)
            ],
        }

    async def check(asked: Asked) -> dict[str, Any]:
        form, gloss = str(asked.get("form", "")), str(asked.get("gloss", ""))
        problem = remarks.find_problem(form, gloss)
        if problem is not None:
            return {"problem": problem, "remarks": [], "morphemes": []}
        word = IGT(None, form, gloss, language=session.texts[_number(session, asked)].language)
        labels = frozenset(session.labels)
        said = await asyncio.to_thread(remarks.find_remarks, word, session.glossed, labels)
        return {"problem": None, "remarks": said, "morphemes": remarks.morphemes_of(form, gloss)}

    async def accept(asked: Asked) -> dict[str, Any]:
        number = _number(session, asked)
        try:
            words = {
                +each["at"]: (each["form"] + "", each["gloss"] + "") for each in asked["words"]
            }
        except (KeyError, TypeError) as error:
            raise HTTPException(400, 'expected "words": [{"at", "form", "gloss"}]') from error
        await session.accept(number, words)
        return {"sentence": await sentence(asked), "state": await state({})}

    async def save(_: Asked) -> dict[str, Any]:
        if session.unsaved and not session.original.is_current():
            raise HTTPException(
                409,
                f"{session.original.file.name} has been changed by another program, so nothing is "
                f"written into it. What you have accepted is in {session.journal.path.name}.",
            )
        said = await asyncio.to_thread(session.save)
        return {"said": said, "state": await state({})}

    async def reread(_: Asked) -> dict[str, Any]:
        await asyncio.to_thread(session.reread)
        return await state({})

    async def leave(_: Asked) -> dict[str, Any]:
        answer = await save({})
        signal.raise_signal(signal.SIGINT)
        return answer

    changing = (accept, save, reread, leave)

    def to_route(do: Callable[[Asked], Awaitable[dict[str, Any]]]) -> Route:
        async def answer(request: Request) -> Response:
            asked = await read_object(request, _LIMITS)
            try:
                if do not in changing:
                    return JSONResponse(await do(asked))
                async with one_at_a_time:
                    return JSONResponse(await do(asked))
            except OSError as error:
                raise HTTPException(500, f"it could not be written: {error}") from error

        return Route(f"/{do.__name__}", answer, methods=["POST"])

    def to_page(path: str, name: str) -> Route:
        async def page(_: Request) -> Response:
            return FileResponse(_HERE / name, headers=_HEADERS)

        return Route(path, page)

    routes = [to_page(*each) for each in _PAGES.items()]
    routes += [to_route(do) for do in (state, order, sentence, check, *changing)]
    return guard(routes, token=token)


def _number(session: Session, asked: Asked) -> int:
    number = asked.get("number")
    if not isinstance(number, int) or number not in session.to_do:
        raise HTTPException(404, f"there is no sentence {number!r:.40} to gloss")
    return number


def _option(suggested: Suggestion) -> dict[str, Any]:
    shape = remarks.morphemes_of(suggested.form or "", suggested.gloss or "")
    return {**attrs.asdict(suggested), "morphemes": shape}
