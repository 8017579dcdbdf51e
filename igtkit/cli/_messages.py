"""What goes wrong, said in the words of the command line.

The library speaks of its arguments (``format=``, ``errors='skip'``); who types a command knows
options. The rules here are the only place that turns the one into the other.
"""

from __future__ import annotations

import ast
import logging
import re
import shlex
from collections.abc import Callable
from os import environ

from igtkit._characters import shown_line

__all__ = ["DEBUG", "Formatter", "explain_bug", "in_options", "said", "traceback_wanted"]

DEBUG = "IGTKIT_DEBUG"
"""The environment variable that asks for tracebacks."""

_PLAIN = re.compile(r"[\w.=@%+:/…-]+")
_ACTING = re.compile(r'["$`\\!]')

_Rule = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]


def _literal(match: re.Match[str]) -> str:
    """An argument with an example of its value, key by key."""
    pairs = ast.literal_eval(match[2]).items()
    return " ".join(f"--option {_quoted(f'{match[1]}.{key}={value}')}" for key, value in pairs)


def _quoted(argument: str) -> str:
    """An argument as a shell takes it: PowerShell and that of Windows, too, if they can."""
    if _PLAIN.fullmatch(argument):
        return argument
    return shlex.quote(argument) if _ACTING.search(argument) else f'"{argument}"'


_RULES: tuple[_Rule, ...] = (
    # What is written, before what is read: only these messages are about the output.
    (re.compile(r"(?<=does not tell the format; )name format="), "name it with --to"),
    (re.compile(r"name another encoding="), "name another one with --out-option encoding=NAME"),
    (re.compile(r"without template="), "without --out-option template=FILE"),
    (re.compile(r"\btiers= says which tiers a template has; give template=, too"),
     "--out-option tiers=… is about the tiers of a template; give --out-option template=…, too"),
    (re.compile(r"\(labels= says which are\)"), "(--out-option 'labels=[…]' says which are)"),
    (re.compile(r"no meaning is known of (\S+?)(,? .*|) \(abbreviations= says it\)"),
     r"no meaning is known of \1\2 (--out-option abbreviations.\1=… says it)"),
    (re.compile(r"\bsay excel=true\b"), "say --out-option excel=true"),
    # What is learned from, and by.
    (re.compile(r"(there is no folder \S+|is a file, no folder)$"), r"\1; igtkit train makes one"),
    (re.compile(r"\bungrammatical=True learns\b"), "--ungrammatical learns"),
    # What is read.
    (re.compile(r"name the format= of (.*), which is an open file"),
     r"say with --format (or, of what is written, --to) which format \1 has"),
    (re.compile(r"\bname another format="), "name another format with --format"),
    (re.compile(r"\bname format='(\w+)'"), r"say --format \1"),
    (re.compile(r"\bname format="), "name it with --format"),
    (re.compile(r"\bencoding='([^']*)'"), r"--encoding \1"),
    (re.compile(r"\berrors='skip'"), "--skip"),
    (re.compile(r"left out, kept in Corpus\.skipped"), "left out; igtkit check says which"),
    (re.compile(r"see metadata\['\w+'\]\['(?:issues|repairs)'\]"),
     "written as .jsonl, each says which"),
    (re.compile(r"\b(tiers|columns|markers|macros)=(\{[^{}]*\})"), _literal),
    (re.compile(r"\bsheet= reads one\b"), "--option sheet=NAME reads one"),
    (re.compile(r"\bname them with markers="),
     "name them with --option markers.transcription=… --option markers.glosses=…"),
    (re.compile(r"must be a string, not (-?\d[\w.]*)$"),
     r"""must be a string, not the number \1; in quotes it is one: '"\1"'"""),
)  # fmt: skip


def in_options(message: str) -> str:
    """Say a message of the library in options of the command.

    Example:
        >>> in_options("a.csv: not in utf-8; name its encoding, for example encoding='cp1252'")
        'a.csv: not in utf-8; name its encoding, for example --encoding cp1252'
    """
    for pattern, said in _RULES:
        message = pattern.sub(said, message)
    return message


def said(error: Exception) -> str:
    """What an error says, of a file the file first, and without the number of the system's error.

    Example:
        >>> said(FileNotFoundError(2, "No such file or directory", "a.txt"))
        'a.txt: No such file or directory'
    """
    if isinstance(error, OSError) and error.strerror and error.filename is not None:
        return f"{error.filename}: {error.strerror}"
    return str(error)


def explain_bug(error: Exception) -> str:
    """Say in one line that igtkit is at fault, and how to see where."""
    what = " ".join(f"{type(error).__name__}: {error}".split())
    return f"this is a bug in igtkit, please report it ({what:.200}); {DEBUG}=1 shows where it is"


def traceback_wanted() -> bool:
    """Whether the user asked for tracebacks."""
    return environ.get(DEBUG, "0") not in ("", "0")


class Formatter(logging.Formatter):
    """Gives what the library logs as messages of the command."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line to print."""
        return shown_line(f"igtkit: {in_options(super().format(record))}")
