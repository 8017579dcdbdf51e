"""The process that renders chat templates: what a template finds there, and what it cannot reach."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

pytest.importorskip("jinja2", reason="jinja2 is not installed (the extra `models`)")

import igtkit

SCRIPT = Path(igtkit.__file__).parent / "models" / "causal" / "_sandbox.py"
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="only POSIX limits a process")


def run(content):
    return subprocess.run(
        [sys.executable, "-I", SCRIPT], input=content, capture_output=True, check=False
    )


def answer(template, *variables):
    done = run(json.dumps({"template": template, "variables": list(variables) or [{}]}).encode())
    assert (done.returncode, done.stderr) == (0, b"")
    return json.loads(done.stdout)


def test_each_prompt_is_rendered_by_itself_in_order():
    template = "{% for m in messages %}<{{ m.role }}>{{ m.content }}{% endfor %}{{ more }}"
    said = [
        {"messages": [{"role": "user", "content": "ş {{ 7 * 7 }}"}], "more": 1},
        {"messages": []},
        {"messages": [{"role": "user", "content": "<b>"}]},
    ]
    assert answer(template, *said) == {"rendered": ["<user>ş {{ 7 * 7 }}1", "", "<user><b>"]}


@pytest.mark.parametrize(
    ("template", "rendered"),
    [
        ("{% if true %}\n  a\n  {% endif %}\nb", "  a\nb"),  # blocks take their lines along
        ("{% generation %}a{% endgeneration %}b", "ab"),
        ("{% for i in range(9) %}{% if i == 2 %}{% break %}{% endif %}{{ i }}{% endfor %}", "01"),
        ("{{ {'b': '<ş>', 'a': 1}|tojson }}", '{"b": "<ş>", "a": 1}'),
        ("{{ {'b': 2, 'a': 1}|tojson(sort_keys=true, separators=(',', ':')) }}", '{"a":1,"b":2}'),
        ("{{ [1]|tojson(indent=1) }}", "[\n 1\n]"),
        ("{{ 'ş'|tojson(ensure_ascii=true) }}", '"\\u015f"'),
    ],
)
def test_a_template_finds_what_transformers_gives_it(template, rendered):
    assert answer(template) == {"rendered": [rendered]}


def test_a_template_may_ask_for_the_day():
    years = {str(datetime.now(UTC).year + offset) for offset in (-1, 0, 1)}
    [year] = answer("{{ strftime_now('%Y') }}")["rendered"]
    assert year in years


@pytest.mark.parametrize(
    ("template", "error"),
    [
        ("{{", "TemplateSyntaxError: "),
        ("{% generation %}a", "TemplateSyntaxError: "),
        ("{{ raise_exception('roles must alternate') }}", "TemplateError: roles must alternate"),
        ("{{ none.x.y }}", "UndefinedError: "),
        ("{{ ''.__class__.__mro__ }}", "SecurityError: "),
        ("{{ cycler.__init__.__globals__ }}", "SecurityError: "),
        ("{{ messages.append(1) }}", "SecurityError: "),
        ("{% include '/etc/passwd' %}", "TypeError: no loader"),
        ("{{ 1 / 0 }}", "ZeroDivisionError: "),
    ],
)
def test_what_goes_wrong_is_an_answer(template, error):
    found = answer(template, {"messages": []})
    assert found.keys() == {"error"}
    assert found["error"].startswith(error)


def test_a_long_complaint_is_cut():
    assert len(answer("{{ raise_exception('x' * 10000) }}")["error"]) == 300


@POSIX
def test_too_much_memory_is_an_answer():
    assert answer("{{ 'a' * 10**10 }}") == {"error": "it takes too much memory"}


@POSIX
def test_too_much_time_ends_the_process():
    loop = "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}"
    done = run(json.dumps({"template": loop, "variables": [{}]}).encode())
    assert done.returncode != 0
    assert done.stdout == b""


def test_it_loads_nothing_of_igtkit():
    code = (
        f"import runpy, sys; runpy.run_path({str(SCRIPT)!r}); "
        "print(*{name.split('.')[0] for name in sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert {"igtkit", "torch", "transformers"}.isdisjoint(done.stdout.split())
