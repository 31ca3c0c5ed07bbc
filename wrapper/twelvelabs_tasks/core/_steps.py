"""How anything is retried: decisions are generators of steps, which neither send nor sleep.

A generator yields what is to be done next (send this, sleep so long, do this work on a file) and gets the outcome as
the value, or as the exception, of its `yield`. `drive` carries steps out for a sync client, `drive_async` for an async
one. So retries, waiting, searching and bulk creations are written once.

A generator may clean up in `finally` with further steps: whoever drives it always drives it to its end.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Generator
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, TypeVar

if TYPE_CHECKING:
    from twelvelabs_tasks_api.http import httpx

    from ._uploads import Upload

__all__ = ["Carrier", "Exchange", "Notify", "Sleep", "Steps", "Work", "drive", "drive_async"]

T = TypeVar("T")


# The steps are tuples: every call makes some, and as classes of attrs they would take a tenth of its first import.


class Exchange(NamedTuple):
    """Send a request; the outcome is its response.

    Attributes:
        request: The request.
        upload: The file in its body, if there is one.
        deadline: When to stop waiting for the response, on the monotonic clock, in seconds; `None` for never.
    """

    request: httpx.Request
    upload: Upload | None = None
    deadline: float | None = None


class Sleep(NamedTuple):
    """Sleep for some seconds."""

    seconds: float


class Work(NamedTuple):
    """Call a function that blocks, off the event loop; the outcome is what it returns.

    Attributes:
        function: The function.
        may_stall: Whether it may block for ever, as reading from a pipe may. All others are waited for even when the
            caller is cancelled, so that nothing is closed while a thread uses it.
    """

    function: Callable[[], Any]
    may_stall: bool = False


class Notify(NamedTuple):
    """Call the caller's callback with a value, and await what it returns if that is awaitable."""

    callback: Callable[[Any], object]
    value: Any


Steps: TypeAlias = Generator[Any, Any, T]


class _End:
    """Steps have ended, with a result or with an exception."""

    def __init__(self, result: Any = None, error: BaseException | None = None) -> None:
        self.result = result
        self.error = error


class Carrier(BaseException):
    """Carries an exception through generators that would take it for their own end, as a callback's StopIteration."""

    def __init__(self, error: BaseException) -> None:
        super().__init__()
        self.error = error

    @classmethod
    def wrap(cls, error: BaseException) -> BaseException:
        """Return an exception as it may be thrown into a generator, or raised by one."""
        return cls(error) if isinstance(error, (StopIteration, StopAsyncIteration, GeneratorExit)) else error


def drive(steps: Steps[T], carry_out: Callable[[Any], Any]) -> T:
    """Carry out steps until they end, and return their result."""
    outcome: Any = None
    failure: BaseException | None = None
    step: Any = None
    try:
        while not isinstance(step := _advance(steps, outcome, failure), _End):
            outcome = failure = None
            try:
                outcome = carry_out(step)
            except BaseException as error:  # noqa: BLE001 - the steps decide what it means
                failure = Carrier.wrap(error)
        result: T = _result(step)
        return result
    finally:
        del outcome, failure, step  # an exception that refers to this frame would keep alive what it holds


async def drive_async(steps: Steps[T], carry_out: Callable[[Any], Awaitable[Any]], *, blocks: bool = False) -> T:
    """Do as `drive` does, for an async client.

    Args:
        steps: The steps.
        carry_out: Carries one out.
        blocks: Whether the generator itself uses files, so that it has to run off the event loop.
    """
    outcome: Any = None
    failure: BaseException | None = None
    step: Any = None
    advance: Callable[[], Any] | None = None
    is_cancelled = False
    try:
        while True:
            advance = partial(_advance, steps, outcome, failure)
            if not blocks:
                step, failure = advance(), None
            else:
                step, failure = await _advance_in_thread(advance)
                if is_cancelled:
                    failure = None  # the steps know it already, and are cleaning up
                is_cancelled = is_cancelled or failure is not None
            if isinstance(step, _End):
                if failure is not None:
                    raise failure
                result: T = _result(step)
                return result
            outcome = None
            if failure is not None:
                continue
            try:
                outcome = await carry_out(step)
            except BaseException as error:  # noqa: BLE001 - the steps decide what it means
                failure = Carrier.wrap(error)
                is_cancelled = is_cancelled or not isinstance(error, Exception)
    finally:
        del outcome, failure, step, advance


def _advance(steps: Steps[Any], outcome: Any, failure: BaseException | None) -> Any:
    """Return the next step, given the outcome of the one before; or how the steps ended."""
    try:
        return steps.send(outcome) if failure is None else steps.throw(failure)
    except StopIteration as end:
        return _End(end.value)
    except Carrier as carried:
        return _End(error=carried.error)
    except BaseException as error:  # noqa: BLE001 - it is raised where the steps are driven
        return _End(error=error)


async def _advance_in_thread(advance: Callable[[], Any]) -> tuple[Any, BaseException | None]:
    """Return the next step, and a cancellation that came meanwhile: the steps get it instead of being abandoned."""
    from ._threads import run_in_thread  # here, because it is rarely needed

    taken: list[Any] = []
    try:
        await run_in_thread(lambda: taken.append(advance()))
    except BaseException as cancellation:  # noqa: BLE001 - the steps decide what it means
        return taken[0] if taken else None, cancellation
    return taken[0], None


def _result(end: _End) -> Any:
    if end.error is not None:
        raise end.error
    return end.result
