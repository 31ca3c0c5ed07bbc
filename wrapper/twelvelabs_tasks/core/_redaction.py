"""The API key, kept out of all that a caller may print: requests, answers, messages."""

from __future__ import annotations

from twelvelabs_tasks_api.http import httpx

__all__ = ["hidden", "hide_api_key", "shown", "without_api_key"]

SECRETS = frozenset({"x-api-key", "authorization", "proxy-authorization", "cookie"})
SHORTEST_SECRET = 16  # characters; a shorter API key is one of an emulator, and may be a word of a message
HIDDEN = "[hidden]"
OF_THE_BODY = frozenset({"content-encoding", "content-length", "transfer-encoding"})


def without_api_key(request: httpx.Request) -> httpx.Request:
    """Return what an exception may show of a request: all but the API key, its like, and the body."""
    headers = request.headers.copy()
    for name in SECRETS & headers.keys():
        headers[name] = HIDDEN
    # With a stream of its own, httpx does not work out headers, which takes longer than all the rest.
    shown = httpx.Request(request.method, request.url, headers=headers, stream=httpx.ByteStream(b""))
    shown.read()
    return shown


def hide_api_key(response: httpx.Response) -> None:
    """Take the API key out of the requests that an answer leads to: the one it answers and the one it redirects to."""
    response.request = without_api_key(response.request)
    response.next_request = None


def hidden(text: str, request: httpx.Request) -> str:
    """Return a text without the API key of a request, which the platform may have repeated in its answer."""
    api_key = request.headers.get("x-api-key", "")
    return text.replace(api_key, HIDDEN) if len(api_key) >= SHORTEST_SECRET else text


def shown(response: httpx.Response) -> httpx.Response:
    """Return what an exception may show of an answer: no API key, also where the platform repeats it."""
    request = response.request
    hide_api_key(response)
    try:
        body = response.content.decode("latin-1")  # in which every byte is a character
    except httpx.ResponseNotRead:
        body = ""
    reason = response.reason_phrase
    texts = [body, reason, *response.headers.values()]
    if all(text == hidden(text, request) for text in texts):
        return response
    return httpx.Response(
        response.status_code,
        headers=[
            (name, hidden(value, request))
            for name, value in response.headers.multi_items()
            if name not in OF_THE_BODY  # which is not what it was
        ],
        content=hidden(body, request).encode("latin-1"),
        request=response.request,
        extensions={"http_version": response.http_version.encode(), "reason_phrase": hidden(reason, request).encode()},
    )
