"""What the options of one request do to it."""

from __future__ import annotations

import json
from typing import Any

from twelvelabs_tasks_api.operations import RequestOptions

from ._headers import check_field_name, check_headers
from ._settings import check_retries, check_timeout

__all__ = ["RequestOptions", "apply_options", "check_options", "without_query_parameter"]


def check_options(options: RequestOptions) -> None:
    """Raise TypeError for unknown options, ValueError or TypeError for values that cannot be sent."""
    if unknown := options.keys() - RequestOptions.__optional_keys__:
        raise TypeError(f"request_options has no {', '.join(map(repr, sorted(unknown)))}")
    check_headers(options.get("additional_headers"))
    if (retries := options.get("max_retries")) is not None:
        check_retries(retries)
    if (timeout := options.get("timeout_in_seconds")) is not None:
        check_timeout(timeout)
    for name in options.get("additional_body_parameters") or ():
        check_field_name(name)


def apply_options(request: dict[str, Any], options: RequestOptions) -> dict[str, Any]:
    """Return the arguments of an httpx request with what the options ask to send."""
    request = dict(request)
    if query := options.get("additional_query_parameters"):
        request["params"] = {**request.get("params", {}), **query}
    if body := options.get("additional_body_parameters"):
        if "json" in request:
            request["json"] = {**request["json"], **body}
        elif "files" in request:
            kept = [part for part in request["files"] if part[0] not in body]
            request["files"] = [*kept, *((name, (None, _form_field(value))) for name, value in body.items())]
    return request


def without_query_parameter(options: RequestOptions | None, name: str) -> RequestOptions | None:
    """Return the options without one of their additional query parameters."""
    if options is None or name not in options.get("additional_query_parameters", {}):
        return options
    fewer = options.copy()
    fewer["additional_query_parameters"] = {
        key: value for key, value in options.get("additional_query_parameters", {}).items() if key != name
    }
    return fewer


def _form_field(value: Any) -> str:
    """Return a value as the text of a form field, booleans and objects as in JSON."""
    return value if isinstance(value, str) else json.dumps(value)
