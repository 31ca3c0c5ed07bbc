"""The httpx clients that are made here, with what the environment says of proxies."""

from __future__ import annotations

from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TypeVar
from urllib.request import getproxies

from twelvelabs_tasks_api.http import httpx

from ._settings import DEFAULT_TIMEOUT, check_port

__all__ = ["make_client"]

C = TypeVar("C", bound=httpx.Client | httpx.AsyncClient)

# As many connections as there are requests: how many of these there are at a time is limited before, in order.
LIMITS = httpx.Limits(max_connections=None, max_keepalive_connections=None)


def make_client(kind: type[C], given: C | None = None) -> C:
    """Return a client of httpx: the caller's, if one is given.

    Raises:
        ValueError: A proxy in the environment cannot be used.
        TypeError: What is given is not a client.
    """
    if given is not None:
        if isinstance(given, kind):
            return given
        from ._foreign_clients import adapt  # here, because it is rarely needed

        return adapt(given, kind)
    try:
        for scheme, proxy in getproxies().items():
            if scheme in ("http", "https", "all"):
                check_port(httpx.URL(proxy if "://" in proxy else f"http://{proxy}"))
        return kind(timeout=DEFAULT_TIMEOUT, limits=LIMITS, cookies=no_cookies())
    except ImportError:
        problem = "a SOCKS proxy needs another package: pip install 'httpx[socks]'"
    except (ValueError, httpx.InvalidURL):
        problem = "it is not a valid proxy URL"
    # Neither the URL, which may hold a password, nor an exception that shows it.
    raise ValueError("The proxy in the environment (HTTP_PROXY, HTTPS_PROXY or ALL_PROXY) cannot be used: " + problem)


def no_cookies() -> CookieJar:
    """Return a jar that takes no cookies: nothing is sent but what the contract says and the caller asks for."""
    return CookieJar(policy=DefaultCookiePolicy(allowed_domains=()))
