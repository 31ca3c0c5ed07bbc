"""The API key, kept out of all that a caller may print: requests, responses, messages, exceptions."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import Any

from twelvelabs_tasks_api.http import httpx

__all__ = ["Secret", "hide_api_key", "hide_in_error", "redact", "redact_request", "redact_response", "secret_of"]

SECRETS = frozenset({b"x-api-key", b"authorization", b"proxy-authorization", b"cookie"})
SHORTEST_SECRET = 16  # characters; a shorter API key is one of an emulator, and may be a word of a message
LONGEST_SPELLED = 256  # characters; of a longer API key, these are searched for, and what follows them is hidden too
LEAST_SHOWN = 8  # characters; a message that is cut within the API key may end with fewer of it
HIDDEN = "[hidden]"
OF_THE_BODY = frozenset({b"content-encoding", b"content-length", b"transfer-encoding"})
ASCII_LIKE = frozenset({"utf-8", "ascii", "us-ascii", "iso-8859-1"})  # read as bytes, no secret hides in them


class Secret:
    """An API key that is not to be shown, in whatever case and with whatever escapes a text spells it.

    Args:
        text: The API key, of ASCII characters.
        is_word: Whether to look for it only where it stands as a word of its own.
    """

    def __init__(self, text: str, *, is_word: bool = False) -> None:
        self._spelled = text
        self._text = text.lower()
        self._is_word = is_word

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """The pattern of all that spells it, made when a text may: that takes longer than most calls."""
        spelled = "".join(map(_spelling, self._spelled[:LONGEST_SPELLED]))
        if len(self._spelled) > LONGEST_SPELLED:
            spelled += r"[\x21-\x7e]*"
        if self._is_word:
            spelled = f"(?<![0-9A-Za-z]){spelled}(?![0-9A-Za-z])"
        return re.compile(spelled)

    def redact(self, text: str) -> str:
        """Return a text without the secret."""
        if not self._text:
            return text
        lower = text.lower()
        if "\\" in text or "%" in text or self._text[:LONGEST_SPELLED] in lower:
            text = self._pattern.sub(HIDDEN, text)
            lower = text.lower()
        if self._is_word:
            return text
        # A text that was cut may end within it.
        if lower[-LEAST_SHOWN:] not in self._text:
            return text
        longest = min(len(self._text) - 1, len(text), LONGEST_SPELLED)
        for length in range(longest, LEAST_SHOWN - 1, -1):
            if lower.endswith(self._text[:length]):
                return text[:-length] + HIDDEN
        return text

    def redact_bytes(self, content: bytes) -> bytes:
        """Return bytes without the secret; all else stays what it is."""
        return self.redact(content.decode("latin-1")).encode("latin-1")

    def redact_data(self, data: Any) -> Any:
        """Return JSON data without the secret, in names as well. Arrays and objects are changed in place."""
        waiting: list[list[Any] | dict[str, Any]] = []

        def clean(value: Any) -> Any:
            if isinstance(value, str):
                return self.redact(value)
            if isinstance(value, (list, dict)):
                waiting.append(value)
            return value

        data = clean(data)
        while waiting:
            each = waiting.pop()
            if isinstance(each, list):
                each[:] = map(clean, each)
            else:
                items = [(self.redact(name), clean(value)) for name, value in each.items()]
                each.clear()
                each.update(items)
        return data


def _spelling(character: str) -> str:
    """Return the pattern of a character, plain or escaped as in JSON, in a literal of Python, or in a URL."""
    digits = "".join(f"[{each}{each.upper()}]" if each.isalpha() else each for each in f"{ord(character):02x}")
    plain = f"[{character.lower()}{character.upper()}]" if character.isalpha() else rf"\\{{0,4}}{re.escape(character)}"
    return rf"(?:{plain}|\\{{1,4}}(?:u00|x){digits}|%{digits})"


@lru_cache(maxsize=8)
def _secret(api_key: str) -> Secret:
    return Secret(api_key if len(api_key) >= SHORTEST_SECRET else "")


def secret_of(request: httpx.Request) -> Secret:
    """Return the API key of a request as a secret; one that is never found if it is short."""
    return _secret(request.headers.get("x-api-key", ""))


def redact(text: str, request: httpx.Request) -> str:
    """Return a text without the API key of a request, which the API may have repeated in its response."""
    return secret_of(request).redact(text)


def redact_request(request: httpx.Request) -> httpx.Request:
    """Return what an exception may show of a request: all but the API key, its like, and the body."""
    # With a stream of its own, httpx does not work out headers, which takes longer than all the rest.
    shown = httpx.Request(request.method, _url(request), headers=request.headers, stream=httpx.ByteStream(b""))
    for name in SECRETS.intersection(name.lower() for name, _ in shown.headers.raw):
        shown.headers[name.decode()] = HIDDEN
    shown.read()
    return shown


def _url(request: httpx.Request) -> httpx.URL:
    """Return the URL of a request without its API key, which a redirect may have put there."""
    text = str(request.url)
    clean = redact(text, request)
    try:
        return request.url if clean == text else httpx.URL(clean)
    except httpx.InvalidURL:
        return httpx.URL(scheme=request.url.scheme, host="hidden")


def hide_api_key(response: httpx.Response) -> None:
    """Take the API key out of the requests that a response leads to: its own and the one that it redirects to."""
    response.request = redact_request(response.request)
    response.next_request = None


def hide_in_error(error: BaseException, secret: Secret) -> None:
    """Take a secret out of the texts of an exception, and of those that led to it."""
    waiting: list[BaseException | None] = [error]
    seen: set[int] = set()
    while waiting:
        each = waiting.pop()
        if each is not None and id(each) not in seen:
            seen.add(id(each))
            each.args = tuple(secret.redact(text) if isinstance(text, str) else text for text in each.args)
            waiting += [each.__cause__, each.__context__]


def redact_response(response: httpx.Response, secret: Secret | None = None) -> httpx.Response:
    """Return what an exception may show of a response: no API key, also where the API repeats it.

    Args:
        response: The response, from which the API key of its request is taken away.
        secret: What to hide. Default: that API key.
    """
    secret = secret or secret_of(response.request)
    hide_api_key(response)
    body = _RedactedBody(response, secret)
    headers = [(secret.redact_bytes(name), secret.redact_bytes(value)) for name, value in response.headers.raw]
    reason = secret.redact(response.reason_phrase)
    if not body.has_changed and headers == response.headers.raw and reason == response.reason_phrase:
        return response
    rebuilt = httpx.Response(
        response.status_code,
        headers=[(name, value) for name, value in headers if name.lower() not in OF_THE_BODY],  # which has changed
        content=body.content,
        request=response.request,
        extensions={"http_version": response.http_version.encode(), "reason_phrase": reason.encode()},
    )
    if body.is_reencoded:
        rebuilt.headers["Content-Type"] = rebuilt.headers.get("Content-Type", "").partition(";")[0] + "; charset=utf-8"
    return rebuilt


class _RedactedBody:
    """The body of a response without a secret.

    Attributes:
        content: Its bytes; none if it has not been read.
        has_changed: Whether it held the secret.
        is_reencoded: Whether it is now in UTF-8, because it held the secret in another encoding.
    """

    def __init__(self, response: httpx.Response, secret: Secret) -> None:
        self.is_reencoded = False
        self.has_changed = False
        self.content = b""
        try:
            content = response.content
        except httpx.ResponseNotRead:
            return
        self.content = secret.redact_bytes(content)
        for text in _decode_body(response, self.content):
            clean = secret.redact(text)
            if clean != text:
                self.content = clean.encode(errors="replace")
                self.is_reencoded = True
                break
        self.has_changed = self.content != content


def _decode_body(response: httpx.Response, content: bytes) -> Iterator[str]:
    """Yield the texts that a body may be read as, but for those that have the same ASCII characters as its bytes."""
    for encoding in {json.detect_encoding(content), response.encoding or "utf-8"}:
        try:
            if encoding.lower() not in ASCII_LIKE:
                yield content.decode(encoding, "replace")
        except (AssertionError, LookupError, TypeError, ValueError):
            pass  # The charset it names is a codec, but not one of text, such as hex.
