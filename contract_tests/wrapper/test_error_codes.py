"""The error codes of the contract: each that says more than its status has a class, with the values of its message."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
import respx

from contract_tests.contract.inventory import inventory, list_errors
from contract_tests.support.samples import INDEX_ID, problem
from contract_tests.support.twins import Twin
from twelvelabs_tasks import errors
from twelvelabs_tasks.testing._document import contract

VALUES = {
    "current_resolution": "320x240",
    "current_duration": "4.5",
    "maximum_size": "2.0 GB",
    "current_file_size": "2.1 GB",
}
GENERAL = {
    "parameter_invalid", "parameter_not_provided", "parameter_unknown", "resource_not_exist", "api_key_invalid",
    "too_many_requests", "import_in_progress", "method_not_allowed", "service_unavailable",
}  # fmt: skip
"""The codes that tell no more than the status does. Every other one has a class of its own."""
CODES: dict[str, str | None] = {
    code: inventory()["error_codes"].get(code)
    for code in contract().schemas["ErrorCode"]["enum"]
    if code not in GENERAL
}
"""The codes that have a class, with what the documentation says that their messages look like."""
STATUSES = {
    error["code"]: int(status)
    for operation in contract().operations.values()
    for status in operation.responses
    for error in list_errors(operation.responses[status])
}
"""The status that comes with each code."""


def catch_refusal(platform: respx.MockRouter, status: int, code: str, message: str) -> Any:
    """Return the error of a creation that the platform refuses so."""
    platform.post("/tasks").respond(status, json=problem(code, message))
    with pytest.raises(errors.ApiError) as caught:
        Twin("sync")(lambda client: client.tasks.create(index_id=INDEX_ID, video_url="https://example.com/a.mp4"))
    return caught.value


def class_name(code: str) -> str:
    return "".join(map(str.capitalize, code.split("_"))) + "Error"


@pytest.mark.parametrize(("code", "template"), CODES.items(), ids=list(CODES))
def test_each_code_has_a_class_of_its_name_with_the_values_of_the_message(
    platform: respx.MockRouter, code: str, template: str | None
) -> None:
    message = (template or "The task is being indexed.").format(**VALUES)
    status = STATUSES[code]
    error = catch_refusal(platform, status, code, message)
    assert type(error).__name__ == class_name(code)
    assert isinstance(error, errors.BY_STATUS[status])
    assert (error.status_code, error.code, error.message) == (status, code, message)
    for each in (error, pickle.loads(pickle.dumps(error))):
        for name, value in VALUES.items():
            if f"{{{name}}}" in (template or ""):
                assert getattr(each, name) == (float(value) if name == "current_duration" else value)


@pytest.mark.parametrize(("code", "template"), CODES.items(), ids=list(CODES))
def test_a_message_in_other_words_has_no_values(platform: respx.MockRouter, code: str, template: str | None) -> None:
    error = catch_refusal(platform, 400, code, "No. Current duration is `long` seconds.")
    for name in VALUES:
        if f"{{{name}}}" in (template or ""):
            assert getattr(error, name) is None


@pytest.mark.parametrize("status", [402, 403, 404, 413, 422])
def test_the_code_says_more_than_the_status(platform: respx.MockRouter, status: int) -> None:
    error = catch_refusal(platform, status, "usage_limit_exceeded", "Not enough free credit.")
    assert type(error) is errors.UsageLimitExceededError
    assert error.status_code == status


def test_a_failure_of_the_platform_is_one_whatever_its_code(platform: respx.MockRouter) -> None:
    platform.get("/tasks/x").respond(500, json=problem("video_file_broken", "Oh."))
    with pytest.raises(errors.InternalServerError):
        Twin("sync")(lambda client: client.tasks.retrieve("x"))


@pytest.mark.parametrize("code", [*sorted(GENERAL), "new_code"])
def test_all_other_codes_have_the_class_of_the_status(platform: respx.MockRouter, code: str) -> None:
    assert type(catch_refusal(platform, 400, code, "No.")) is errors.BadRequestError
