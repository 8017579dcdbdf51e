"""Mutations of bytes, lines, XML trees and JSON, by a `random.Random`: any engine can use them."""

from __future__ import annotations

import copy
import json
import re
from random import Random
from xml.etree import ElementTree as ET

__all__ = ["MUTATORS", "mutate"]

TEXTS = (
    "", " ", "\t", "-", "=", "~", "<", ">", "()", "(", "\\", "'", "‘", "’", '"', ".", "...", "??",
    "a-b=c", "-a", "a-", "a--b", "a - b", "<um>", "a<b", "1SG", "x(y)", "0", "-1", "1e999", "nan",
    "9" * 30, "\u0301", "\ufeff", "\u2028", "\x85", "\x1c", "\u00a0", "\u200f", "ß", "İ", "💬", "$",
    "{", "}", "[", "]", "|", "&amp;", "#", "%", "_", "*", ";", "\r", "\n", "\n\n", "\0", "ts1", "a1",
)  # fmt: skip


def mutate(kind: str, data: bytes, random: Random) -> bytes:
    """Change data of a kind in one to four places."""
    for _ in range(random.randint(1, 4)):
        chosen = MUTATORS[kind] if random.random() < 0.7 else _bytes
        data = chosen(data, random)
    return data


def _bytes(data: bytes, random: Random) -> bytes:
    at = random.randint(0, len(data))
    to = min(len(data), at + random.choice((1, 1, 2, 4, 16, 64)))
    piece = data[at:to]
    if random.random() < 0.03:  # what takes quadratic time shows on runs
        return data[:at] + (piece or b" ") * random.choice((100, 5000)) + data[to:]
    new = random.choice(
        (
            b"",
            piece + piece,
            piece[::-1],
            bytes(b ^ (1 << random.randrange(8)) for b in piece[:1]) + piece[1:],
            random.choice(TEXTS).encode() + piece,
            random.choice(TEXTS).encode(),
            random.randbytes(len(piece)),
        )
    )
    return data[:at] + new + data[to:]


def _pieces(data: bytes, random: Random, separator: str) -> bytes:
    """Delete, repeat, swap, replace or empty what stands between separators."""
    pieces = re.split(separator.encode(), data)
    marks = range(0, len(pieces), 2)  # the separators stand between them
    one, other = random.choice(marks), random.choice(marks)
    choice = random.randrange(6)
    if choice == 0:
        del pieces[one : one + 2]
    elif choice == 1:
        pieces[one:one] = pieces[one : one + 2]
    elif choice == 2:
        pieces[one], pieces[other] = pieces[other], pieces[one]
    elif choice == 3:
        pieces[one] = pieces[other]
    elif choice == 4:
        pieces[one] = random.choice(TEXTS).encode()
    else:
        pieces[one:one] = pieces[min(one, other) : max(one, other)][:40]
    return b"".join(pieces)


def _lines(data: bytes, random: Random) -> bytes:
    return _pieces(data, random, random.choice((r"(\n)", r"(\n\n)", r"(\s+)", r"([-=\s])")))


def _fields(data: bytes, random: Random) -> bytes:
    return _pieces(data, random, random.choice((r"(\n)", r"([\t,;])", r'(["\s])')))


def _macros(data: bytes, random: Random) -> bytes:
    return _pieces(data, random, random.choice((r"(\n)", r"(\\\w*)", r"([{}])", r"(\s+)")))


def _xml(data: bytes, random: Random) -> bytes:
    try:
        root = ET.fromstring(data)
    except (ET.ParseError, ValueError, LookupError):
        return _pieces(data, random, r"(<[^<>]*>)")
    elements = list(root.iter())
    one, other = random.choice(elements), random.choice(elements)
    children = list(one)
    choice = random.randrange(9)
    if choice == 0 and children:
        one.remove(random.choice(children))
    elif choice == 1 and children:
        child = random.choice(children)
        one.insert(random.randrange(len(children) + 1), copy.deepcopy(child))
    elif choice == 2 and len(elements) < 2000:
        one.append(copy.deepcopy(other))
    elif choice == 3 and children:
        random.shuffle(children)
        one[:] = children
    elif choice == 4:
        one.text = random.choice((other.text, random.choice(TEXTS), None))
    elif choice == 5 and one.attrib:
        name = random.choice(list(one.attrib))
        values = [value for each in elements for value in each.attrib.values()]
        one.set(name, random.choice((random.choice(values), random.choice(TEXTS))))
    elif choice == 6 and one.attrib:
        del one.attrib[random.choice(list(one.attrib))]
    elif choice == 7:
        one.attrib.update(other.attrib)
    else:
        one.tag = other.tag
    return ET.tostring(root, encoding="utf-8")


def _json(data: bytes, random: Random) -> bytes:
    """Each line, or the whole, as JSON."""
    lines = data.split(b"\n")
    for which, line in random.sample(list(enumerate(lines)), len(lines)):
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            continue
        lines[which] = json.dumps(_json_value(value, random), ensure_ascii=False).encode(
            "utf-8", "surrogatepass"
        )
        return b"\n".join(lines)
    return _pieces(data, random, r"([\[\]{},:])")


def _json_value(value: object, random: Random) -> object:
    if isinstance(value, dict) and value and random.random() < 0.8:
        name = random.choice(list(value))
        choice = random.randrange(6)
        changed = dict(value)
        if choice == 0:
            del changed[name]
        elif choice == 1:
            changed[random.choice(TEXTS)] = changed.pop(name)
        elif choice == 2:
            changed[name] = value[random.choice(list(value))]
        else:
            changed[name] = _json_value(value[name], random)
        return changed
    if isinstance(value, list) and value and random.random() < 0.8:
        at = random.randrange(len(value))
        new = random.choice(([], [value[at]] * 2, [_json_value(value[at], random)]))
        return [*value[:at], *new, *value[at + 1 :]]
    plain = (None, True, 0, -1, 1.5, 10**30, float("nan"), [], {}, [None], {"": None}, "\ud800")
    return random.choice((*plain, *TEXTS))


def _bundle(data: bytes, random: Random) -> bytes:
    """One of the files of a bundle (see `targets.unbundled`): JSON, or a table."""
    parts = data.split(b"\n===\n")
    at = random.randrange(len(parts))
    change = _json if parts[at].lstrip().startswith(b"{") else _fields
    parts[at] = change(parts[at], random)
    return b"\n===\n".join(parts)


MUTATORS = {
    "bytes": _bytes,
    "lines": _lines,
    "fields": _fields,
    "macros": _macros,
    "xml": _xml,
    "json": _json,
    "bundle": _bundle,
}
"""The mutation of each kind of data."""
