"""Searches all that can be printed of the library for the API key."""

from __future__ import annotations

import copy
import logging
import pickle
import traceback
import warnings
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest

from contract_tests.support.methods import PLAIN
from contract_tests.support.twins import API_KEY, Twin
from twelvelabs_tasks import errors

__all__ = ["USES", "assert_hidden", "collect_printed", "failure", "said"]


def collect_printed(thing: Any, depth: int = 4) -> Iterator[str]:
    """Yield whatever is printed of a thing, of its copies and of what its public attributes hold."""
    yield from (repr(thing), str(thing))
    if isinstance(thing, BaseException):
        yield "".join(traceback.format_exception(thing))
        yield from collect_printed(thing.__cause__)
        yield from collect_printed(thing.__context__)
        yield str([getattr(thing, name, "") for name in ("doc", "object")])  # what exceptions of parsers keep
    for duplicate in (copy.copy, copy.deepcopy):
        with suppress(TypeError, NotImplementedError):  # not everything can be copied
            yield repr(duplicate(thing))
    if depth and type(thing).__module__.startswith(("twelvelabs_tasks", "httpx")):
        for name in (name for name in dir(thing) if not name.startswith("_")):
            with suppress(RuntimeError, AttributeError):  # some attributes of httpx exist only in some states
                yield from collect_printed(getattr(thing, name), depth - 1)


def assert_hidden(thing: Any) -> None:
    """Fail if the API key is in anything that is printed of a thing."""
    found = [text for text in collect_printed(thing) if API_KEY in text]
    assert found == []


@pytest.fixture(autouse=True)
def said(caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]) -> Iterator[pytest.LogCaptureFixture]:
    """Search what the library logs, prints and warns of during every test of this module."""
    caplog.set_level(logging.DEBUG)
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always", UserWarning)
        yield caplog
    own = [record for record in caplog.get_records("call") if record.name == "twelvelabs_tasks"]
    assert [record for record in own if API_KEY in record.getMessage() + repr(vars(record))] == []
    assert [warning for warning in warned if API_KEY in str(warning.message)] == []
    assert capsys.readouterr() == ("", "")


def failure(twin: Twin, use: Callable[[Any], Any], **options: Any) -> BaseException:
    """Return what a call raises, after a search of it, and of what is left of it in another process."""
    with pytest.raises((errors.TwelveLabsError, ValueError, TypeError)) as caught:
        twin(use, max_retries=0, **options)
    pickled = pickle.dumps(caught.value)
    assert API_KEY.encode() not in pickled
    assert_hidden(pickle.loads(pickled))
    assert_hidden(caught.value)
    return caught.value


USES = {str(method): method.call for method in PLAIN}
