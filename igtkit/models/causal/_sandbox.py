"""Renders chat templates, in a process of its own that may take little time and memory.

A chat template is a program (Jinja) that comes with a model. What it can reach is bounded by
Jinja's sandbox, what it takes is not: ``{{ 'a' * 10**10 }}`` is a template. This file is run as a
script by `igtkit.models.causal.rendering`, and imports nothing but the standard library and jinja2.

It reads JSON: the template, and what to render it with, once for each prompt. It writes JSON:
``rendered``, or ``error``. What a template finds is what transformers gives it.
"""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn

import jinja2
import jinja2.ext
import jinja2.nodes
import jinja2.parser
import jinja2.sandbox

__all__: tuple[str, ...] = ()  # a script

SECONDS = 2  # of processor time
MEMORY = 256 * 2**20  # bytes, beside what the program itself takes


class Generation(jinja2.ext.Extension):
    """The block ``{% generation %}``, which marks what the assistant says, and changes nothing."""

    tags = {"generation"}  # noqa: RUF012 -- as Jinja has it

    def parse(self, parser: jinja2.parser.Parser) -> jinja2.nodes.Node:
        """The block as a call that gives back what is in it."""
        line = next(parser.stream).lineno
        body = parser.parse_statements(("name:endgeneration",), drop_needle=True)
        return jinja2.nodes.CallBlock(self.call_method("_same"), [], [], body).set_lineno(line)

    def _same(self, caller: Callable[[], str]) -> str:
        return caller()


def environment() -> jinja2.Environment:
    """Jinja as transformers sets it up for chat templates."""
    made = jinja2.sandbox.ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, extensions=[Generation, jinja2.ext.loopcontrols]
    )
    made.filters["tojson"] = to_json
    made.globals["raise_exception"] = refuse
    made.globals["strftime_now"] = lambda layout: datetime.now().strftime(layout)  # noqa: DTZ005
    return made


def to_json(
    value: Any,
    ensure_ascii: bool = False,
    indent: int | None = None,
    separators: tuple[str, str] | None = None,
    sort_keys: bool = False,
) -> str:
    """JSON, with no character escaped for HTML."""
    return json.dumps(
        value,
        ensure_ascii=ensure_ascii,
        indent=indent,
        separators=separators,
        sort_keys=sort_keys,
    )


def refuse(message: str) -> NoReturn:
    """What a template calls that cannot write a conversation."""
    raise jinja2.TemplateError(message)


def limit() -> None:
    """Take no more than so much time and memory, where the system can see to it."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 -- Windows has none

        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
        taken = int(pages) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (taken + MEMORY, taken + MEMORY))


def main() -> None:
    """Render what is asked for."""
    asked = json.load(sys.stdin.buffer)
    limit()
    answer: dict[str, Any]
    try:
        template = environment().from_string(asked["template"])
        answer = {"rendered": [template.render(**each) for each in asked["variables"]]}
    except MemoryError:
        answer = {"error": "it takes too much memory"}
    except Exception as error:  # noqa: BLE001 -- whatever a template raises
        answer = {"error": f"{type(error).__name__}: {error}"[:300]}
    sys.stdout.buffer.write(json.dumps(answer).encode())


if __name__ == "__main__":
    main()
