"""Chat templates: rendered as transformers does, with no reach and little time and memory."""

from __future__ import annotations

import time

import pytest

torch = pytest.importorskip("torch")

from igtkit.errors import ModelFileError  # noqa: E402
from igtkit.models.causal import new_chat_model  # noqa: E402
from igtkit.models.causal.rendering import render  # noqa: E402

TURNS = (
    {"role": "system", "content": " You gloss. "},
    {"role": "user", "content": "ev{{ 7 * 7 }}ler <|end|> ş\n"},
    {"role": "assistant", "content": "house-PL"},
    {"role": "user", "content": "{% raw %}"},
)
TEMPLATES = {
    "turns": "{% for m in messages %}<|{{ m['role'] }}|>{{ m.content }}{{ eos_token }}{% endfor %}",
    "qwen": (
        "{%- set ns = namespace(last=messages|length - 1) %}{%- for m in messages[::-1] %}\n"
        "  {%- if m.role == 'user' %}{%- set ns.last = loop.index0 %}{%- endif %}\n{%- endfor %}\n"
        "{%- for m in messages %}\n    {{- '<|im_start|>' + m.role + '\\n' + m.content|trim }}\n"
        "{% endfor %}\n{%- if add_generation_prompt %}\n    {{- '<|im_start|>assistant\\n' }}\n"
        "    {%- if enable_thinking is defined and enable_thinking is false %}\n"
        "        {{- '<think>\\n\\n</think>\\n\\n' }}\n    {%- endif %}\n{%- endif %}{{ ns.last }}"
    ),
    "extensions": (
        "{% for m in messages %}{% generation %}{{ m.content }}{% endgeneration %}"
        "{% if loop.index == 2 %}{% break %}{% endif %}{% endfor %}"
        "{{ messages|tojson(indent=1) }}{{ dict(a=1)|tojson }}{{ tools is none }}"
    ),
}
HOSTILE = {
    "a long text": "{{ 'a' * 10**10 }}",
    "a wide field": "{{ '%10000000000d' % 1 }}",
    "a loop in a loop": "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}",
    "doubling": "{% set n = namespace(x='aa') %}{% for i in range(99) %}{% set n.x = n.x ~ n.x %}{% endfor %}",
    "a power": "{{ 9 ** (9 ** 9) }}",
    "much filler": "{{ lipsum(10**7) }}",
    "recursion": "{% macro f() %}{{ f() }}{{ f() }}{% endmacro %}{{ f() }}",
    "parentheses": "{{ " + "(" * 10**5 + "1" + ")" * 10**5 + " }}",
    "an end": "{{",
    "a class": "{{ ''.__class__.__mro__ }}",
    "globals": "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "a file": "{% include '/etc/passwd' %}",
    "a refusal": "{{ raise_exception('no') }}",
}


@pytest.fixture(scope="module")
def tokenizer():
    return new_chat_model(["evler geldi"] * 9)[1]


@pytest.mark.parametrize("name", TEMPLATES)
@pytest.mark.parametrize("options", [{}, {"add_generation_prompt": True, "enable_thinking": False}])
def test_it_is_what_transformers_writes(tokenizer, name, options):
    tokenizer.chat_template = TEMPLATES[name]
    conversations = [list(TURNS[:size]) for size in (1, 2, 4)]
    expected = [
        tokenizer.apply_chat_template(each, tokenize=False, **options) for each in conversations
    ]
    assert render(tokenizer, [(each, options) for each in conversations]) == expected


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_template_is_one_error(tokenizer, what):
    tokenizer.chat_template = HOSTILE[what]
    begun = time.process_time()
    with pytest.raises(ModelFileError, match="chat template"):
        render(tokenizer, [(TURNS[:1], {})])
    assert time.process_time() - begun < 1  # the rest is the sandbox's, which is stopped after 2 s
