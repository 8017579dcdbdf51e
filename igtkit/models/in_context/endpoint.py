"""A chat model behind an endpoint that speaks the protocol of OpenAI."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from igtkit._optional import require
from igtkit.errors import EndpointError, InputError
from igtkit.models.in_context.cache import Cache
from igtkit.models.in_context.chat import Chat, Message

__all__ = ["EndpointChat"]


class EndpointChat(Chat):
    """Asks an endpoint: a server of one's own (vLLM, llama.cpp, Ollama), or a provider's.

    What takes too long, fails for a moment or is refused for too many requests is asked again, with
    growing pauses, or after as long as the server says. Texts leave this computer only for the
    endpoint that is named here: where it sends them on to another address, that is an error.

    A name, a password or a query in the address, and the key, are neither saved nor shown.

    Args:
        base_url: Where it is, such as ``"http://localhost:8000/v1"``.
        model: Its name there.
        api_key: The key; by default that of the environment variable ``OPENAI_API_KEY``, or none.
        max_tokens: The most tokens of an answer, thoughts included.
        temperature: 0 for the likeliest answer.
        thinking: Whether a model that can think does so; None leaves it to the server.
        timeout: Seconds to wait for an answer.
        retries: How often to ask again.
        workers: How many requests to have open at a time.
        requests_per_minute: The most requests to begin in a minute, evenly apart; what a provider
            allows, say. None for no limit. Answers from the cache do not count.
        cache: File to keep answers in, so that a run that was stopped goes on without asking for
            any of them again; None for no cache.

    Raises:
        InputError: If a setting makes no sense, or `cache` is a file of another kind.
        MissingExtraError: If openai is not installed.
    """

    def __init__(
        self,
        base_url: str,
        model: str,
        *,
        api_key: str | None = None,
        max_tokens: int = 1024,
        temperature: float = 0.0,
        thinking: bool | None = None,
        timeout: float = 120.0,
        retries: int = 5,
        workers: int = 4,
        requests_per_minute: float | None = None,
        cache: str | os.PathLike[str] | None = None,
    ) -> None:
        least = {"max_tokens": 1, "workers": 1, "retries": 0, "temperature": 0}
        for name, value in zip(least, (max_tokens, workers, retries, temperature), strict=True):
            if value < least[name]:
                raise InputError(f"{name} must be {least[name]} or more, not {value!r}")
        if timeout <= 0:
            raise InputError(f"timeout must be above 0 seconds, not {timeout!r}")
        if requests_per_minute is not None and requests_per_minute <= 0:
            raise InputError(f"requests_per_minute must be above 0, not {requests_per_minute!r}")
        self._pace = _Pace(0.0 if requests_per_minute is None else 60 / requests_per_minute)
        self._openai = require("openai", "api")
        key = api_key or os.environ.get("OPENAI_API_KEY")
        self._client = self._openai.OpenAI(
            base_url=base_url,
            api_key=key or "none",
            timeout=timeout,
            max_retries=retries,
            http_client=self._openai.DefaultHttpxClient(timeout=timeout, follow_redirects=False),
        )
        self._client.organization = self._client.project = None  # of the environment
        self._base_url = _public(base_url)
        self._secrets = [each for each in (base_url, key) if each and each != self._base_url]
        self._asked: dict[str, Any] = {
            "model": model,
            "max_tokens": max_tokens,
            "temperature": temperature,
        }
        if thinking is not None:
            self._asked["extra_body"] = {"chat_template_kwargs": {"enable_thinking": thinking}}
        self._workers = workers
        self._cache = None if cache is None else Cache(cache)

    def settings(self) -> Mapping[str, Any]:
        """The arguments that make the same chat again, without the key; see `Chat.settings`."""
        body = self._asked.get("extra_body")
        return {
            "kind": "endpoint",
            "base_url": self._base_url,
            **{name: value for name, value in self._asked.items() if name != "extra_body"},
            "thinking": body["chat_template_kwargs"]["enable_thinking"] if body else None,
        }

    def answer(
        self,
        conversations: Sequence[Sequence[Message]],
        *,
        advance: Callable[[int], object] = lambda _: None,
    ) -> list[str]:
        """Return the next turns of conversations, asked several at a time; see `Chat.answer`.

        Raises:
            EndpointError: If the endpoint refuses, or does not answer however often it is asked.
                Answers that came in before are in the cache.
        """
        lock = threading.Lock()

        def ask(messages: Sequence[Message]) -> str:
            answer = self._ask(messages)
            with lock:
                advance(1)
            return answer

        with ThreadPoolExecutor(self._workers) as pool:
            waiting = [pool.submit(ask, messages) for messages in conversations]
            try:
                return [each.result() for each in waiting]
            except BaseException:
                for each in waiting:
                    each.cancel()
                raise

    def _ask(self, messages: Sequence[Message]) -> str:
        settings = self.settings()
        known = self._cache.get(settings, messages) if self._cache else None
        if known is not None:
            return known
        self._pace.wait()
        try:
            reply = self._client.chat.completions.create(messages=list(messages), **self._asked)
            answer = reply.choices[0].message.content or ""
        except self._openai.APIStatusError as error:
            if 300 <= error.status_code < 400:
                place = _public(error.response.headers.get("location", "nowhere"))
                raise EndpointError(
                    f"{self._base_url} sends on to {place}, and texts go only where you send "
                    "them: if that is right, pass it as base_url"
                ) from None
            raise self._error(error) from None
        except self._openai.OpenAIError as error:
            raise self._error(error) from None
        except (AttributeError, IndexError, TypeError, ValueError) as error:
            raise EndpointError(f"{self._base_url} gave no chat completion: {error!r}") from error
        if self._cache:
            self._cache.put(settings, messages, answer)
        return answer

    def _error(self, error: Exception) -> EndpointError:
        message = str(error)
        for secret in self._secrets:
            message = message.replace(secret, "...")
        return EndpointError(f"{self._base_url}: {message}")


def _public(address: str) -> str:
    """An address without what may be secret in it.

    Raises:
        InputError: If it is no address.

    Example:
        >>> _public("https://me:secret@example.org:8000/v1?key=secret")
        'https://example.org:8000/v1'
    """
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise InputError("base_url is no address, such as 'http://localhost:8000/v1'") from None
    host = f"[{host}]" if ":" in host else host
    return urlunsplit(
        (parts.scheme, host if port is None else f"{host}:{port}", parts.path, "", "")
    )


class _Pace:
    """Lets threads go one after the other, so many seconds apart."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._lock = threading.Lock()
        self._next = 0.0

    def wait(self) -> None:
        """Wait for one's turn."""
        with self._lock:
            now = time.monotonic()
            turn = max(now, self._next)
            self._next = turn + self._seconds
        time.sleep(turn - now)
