"""The pace of a bulk creation on a clock of its own: pauses that grow, end and are never cut short, and who waits."""

from __future__ import annotations

import httpx
from hypothesis import given
from hypothesis import strategies as st

from contract_tests.support.clock import Clock, stop_clock
from contract_tests.support.effort import cases
from contract_tests.support.samples import problem
from twelvelabs_tasks import errors
from twelvelabs_tasks.tasks._many.pace import Pace

UNASKED = [0.5, 1.0, 2.0, 4.0, 8.0, 8.0, 8.0]
"""How long pauses last in seconds, one after the other, if the platform does not say."""


def refusal(retry_after: float | None = None) -> errors.ApiError:
    """Return the error of a refusal that asks for a pause of some seconds, or does not say how long."""
    headers = {} if retry_after is None else {"retry-after": str(retry_after)}
    return errors.TooManyRequestsError(
        status_code=429, headers=httpx.Headers(headers), body=problem("too_many_requests", "Slow down.")
    )


def refuse_in_turn(pace: Pace, clock: Clock, *asked: float | None) -> list[float]:
    """Refuse one upload after the other, each at the end of the pause before; return how long each pause is."""
    pauses = []
    for each in asked:
        pace.slow_down(refusal(each))
        pauses.append(pace.pause)
        clock.now += pace.pause
    return pauses


def test_pauses_double_until_an_upload_is_accepted(clock: Clock) -> None:
    pace = Pace(4)
    assert refuse_in_turn(pace, clock, *[None] * len(UNASKED)) == UNASKED
    pace.go_on()
    assert refuse_in_turn(pace, clock, None, None) == UNASKED[:2]


def test_a_pause_is_as_long_as_the_platform_asks(clock: Clock) -> None:
    assert refuse_in_turn(Pace(4), clock, 3.0, 0.25) == [3.0, 0.25]


def test_what_the_platform_asks_for_in_vain_is_too_short(clock: Clock) -> None:
    # From the third refusal in a row on, a quarter of what would be waited without being asked.
    assert refuse_in_turn(Pace(4), clock, *[0.0] * 6, 60.0) == [0.0, 0.0, 0.5, 1.0, 2.0, 2.0, 60.0]


def test_refusals_of_what_was_sent_before_a_pause_count_once(clock: Clock) -> None:
    pace = Pace(8)
    for _ in range(8):
        pace.slow_down(refusal())
    assert (pace.pause, pace.concurrency) == (0.5, 4)
    clock.now += 0.5
    pace.slow_down(refusal())
    assert (pace.pause, pace.concurrency) == (1.0, 2)


def test_a_pause_is_made_longer_by_a_later_one_and_never_shorter(clock: Clock) -> None:
    pace = Pace(4)
    pace.slow_down(refusal(10.0))
    pace.slow_down(refusal(2.0))
    assert pace.pause == 10.0
    clock.now += 5.0
    assert pace.pause == 5.0
    pace.slow_down(refusal(20.0))
    assert pace.pause == 20.0


def test_an_upload_that_is_accepted_during_a_pause_does_not_end_it(clock: Clock) -> None:
    pace = Pace(4)
    pace.slow_down(refusal(10.0))
    pace.go_on()
    assert pace.pause == 10.0


def test_fewer_are_sent_at_once_after_a_pause_and_one_more_after_as_many_are_accepted(clock: Clock) -> None:
    pace = Pace(8)
    refuse_in_turn(pace, clock, None, None)
    assert pace.concurrency == 2
    seen = []
    for _ in range(2 + 3 + 4 + 5 + 6 + 7 + 20):
        pace.go_on()
        seen.append(pace.concurrency)
    assert seen == [2, *[3] * 3, *[4] * 4, *[5] * 5, *[6] * 6, *[7] * 7, *[8] * 21]


EVENTS = st.lists(
    st.one_of(
        st.just("accepted"),
        st.tuples(st.just("refused"), st.none() | st.floats(0, 30)),
        st.tuples(st.just("later"), st.floats(0.001, 20)),
    ),
    max_size=40,
)


@given(EVENTS, st.integers(1, 10))
@cases(300)
def test_whatever_happens_a_pause_keeps_its_end_and_somebody_is_sent(events: list[object], most: int) -> None:
    with stop_clock() as clock:
        pace = Pace(most)
        end = clock.now
        for event in events:
            before = pace.concurrency
            match event:
                case "accepted":
                    pace.go_on()
                    assert before <= pace.concurrency <= before + 1
                case ("refused", float() | None as asked):
                    in_a_pause = pace.pause > 0
                    pace.slow_down(refusal(asked))
                    assert pace.concurrency == (before if in_a_pause else max(1, before // 2))
                    assert pace.pause >= (asked or 0) - 1e-9
                    assert pace.pause <= max(30.0, end - clock.now) + 1e-9
                case ("later", float() as seconds):
                    clock.now += seconds
            assert 1 <= pace.concurrency <= most
            assert clock.now + pace.pause >= end - 1e-9 or clock.now >= end
            end = max(end, clock.now + pace.pause)
