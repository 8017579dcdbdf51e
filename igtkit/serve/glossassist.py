"""The inference protocol of GlossAssist, a web application for glossing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from igtkit.boundaries import unsegment
from igtkit.serve.requests import read_object, read_texts
from igtkit.serve.shared import SharedGlosser

__all__ = ["routes"]


def routes(
    shared: SharedGlosser, name: str, no_learning: Callable[[Request], Awaitable[Response]] | None
) -> list[Route]:
    """The addresses of the protocol.

    Args:
        shared: The glosser.
        name: The name of the model.
        no_learning: What answers corrections where they are not taken; None where they are.
    """
    limits = shared.limits

    async def models(_: Request) -> JSONResponse:
        return JSONResponse({"models": [name]})

    async def predict(request: Request) -> JSONResponse:
        if request.path_params["model"] != name:
            raise HTTPException(404, f"the model here is {name!r}")
        asked = await read_object(request, limits)
        lines = {"transcription": asked.get("transcript"), "translation": asked.get("translation")}
        texts = read_texts([lines], limits)
        _, [found] = await shared.suggest(texts, None, request.is_disconnected)
        return JSONResponse({"segmentation": found.segmentation, "gloss": found.glosses})

    async def update(request: Request) -> JSONResponse:
        asked = await read_object(request, limits)
        corrections = asked.get("corrections")
        if not isinstance(corrections, list):
            raise HTTPException(400, 'expected {"corrections": [{"segmentation", "gloss"}]}')
        texts = read_texts([_lines(each) for each in corrections], limits, key="corrections")
        learned = (await shared.update(texts, None)).learned if texts else 0
        return JSONResponse({"status": "ok", "updated": learned})

    return [
        Route("/models", models),
        Route("/codebook/update", no_learning or update, methods=["POST"]),
        Route("/{model}/predict", predict, methods=["POST"]),
    ]


def _lines(correction: object) -> object:
    """The lines of a text, of a correction as the protocol has it."""
    if not isinstance(correction, dict):
        return correction
    segmentation = correction.get("segmentation")
    spelled = unsegment(segmentation) if isinstance(segmentation, str) else None
    return {
        "transcription": spelled,
        "segmentation": segmentation,
        "glosses": correction.get("gloss"),
    }
