"""Two faults after one another within one call: what is documented follows from what is documented of each."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle

import attrs

from contract_tests.support.fault_server import FaultPlay, Peer
from contract_tests.support.methods import Method
from contract_tests.support.pauses import skip_pauses
from contract_tests.support.twins import TWINS, Twin
from contract_tests.wrapper.faults.catalogue import FAULTS
from contract_tests.wrapper.faults.fault import Fault
from contract_tests.wrapper.faults.methods import KINDS, METHODS, Kind, kind_of
from contract_tests.wrapper.faults.observing import call, differences

__all__ = ["Pair", "all_pairs", "choose_pairs", "not_as_documented"]

AT_ONCE, MOST_AGAIN = 16, 40

SECOND = tuple(fault for fault in FAULTS if fault.listening == "accepting")
"""The faults that can come second: a port that has accepted a connection cannot take that back."""


@attrs.frozen(eq=False)
class Pair:
    """A call that meets two faults.

    Attributes:
        first: What happens to its first request.
        second: What happens to all others, until everything that is allowed has been tried.
        method: The method.
        twin: The client.
    """

    first: Fault
    second: Fault
    method: Method
    twin: Twin

    @property
    def fault(self) -> Fault:
        """Both as one fault."""
        return Fault(
            f"{self.first}, then {self.second}",
            in_turn(self.first, self.second),
            self.first.rule,
            self.first.listening,
            min(self.first.timeout, self.second.timeout),
            min(self.first.max_retries, self.second.max_retries),
            self.second.rule,
        )

    def __str__(self) -> str:
        return f"{self.fault}: {self.method}, {self.twin}"


def not_as_documented(pairs: Iterable[Pair]) -> list[str]:
    """Make the calls, many at once, and return what is not as documented."""
    first = _differing(pairs)
    # On a busy machine a call may take longer than it may: a few are tried again.
    found = first if len(first) > MOST_AGAIN else _differing(first)
    return [f"{pair}: {difference}" for pair, differing in found.items() for difference in differing]


def _differing(pairs: Iterable[Pair]) -> dict[Pair, list[str]]:
    """Make the calls, and return those that do not end as documented, with what is different."""

    def observe(pair: Pair) -> list[str]:
        return list(differences(pair.fault, {pair.method: call(pair.fault, pair.twin, pair.method)}))

    pairs = list(pairs)
    with skip_pauses(), ThreadPoolExecutor(AT_ONCE) as pool:
        return {pair: found for pair, found in zip(pairs, pool.map(observe, pairs), strict=True) if found}


def in_turn(first: Fault, second: Fault) -> FaultPlay:
    """Play one fault to the first connection, and another to all others."""

    def play(peer: Peer) -> None:
        (first if peer.number == 1 and first.listening != "closed" else second).play(peer)

    return play


def all_pairs() -> Iterator[Pair]:
    """Yield each pair of faults with one method of each kind that sends another request after the first fault."""
    twins, methods = cycle(TWINS), {kind: cycle(each) for kind, each in _by_kind().items()}
    for first in FAULTS:
        for second in SECOND:
            for kind in KINDS:
                if _meets_both(first, second, kind):
                    yield Pair(first, second, next(methods[kind]), next(twins))


def choose_pairs() -> Iterator[Pair]:
    """Yield as many of them as it takes that each second fault meets all kinds of first faults and of methods."""
    pairs = list(all_pairs())
    chance = random.Random(13)
    met = set()
    for each in (_class_of_first, _kind):
        alike: dict[tuple[str, object], list[Pair]] = {}
        for pair in pairs:
            alike.setdefault((pair.second.name, each(pair)), []).append(pair)
        for (second, what), group in alike.items():
            if (second, what) not in met:
                pair = chance.choice([pair for pair in group if (second, _kind(pair)) not in met] or group)
                met.add((second, _kind(pair)))
                yield pair


def _kind(pair: Pair) -> Kind:
    return kind_of(pair.method)


def _class_of_first(pair: Pair) -> object:
    """Return what tells apart first faults after which a call goes on differently."""
    first = pair.first
    return tuple(kind for kind in KINDS if first.rule.goes_on(kind)), first.listening, first.timeout


def _by_kind() -> dict[Kind, list[Method]]:
    return {kind: [method for method in METHODS if kind_of(method) == kind] for kind in KINDS}


def _meets_both(first: Fault, second: Fault, kind: Kind) -> bool:
    """Return whether a kind of method meets both faults: a redirect leads to where nothing else redirects."""
    both_redirect = bool(first.rule.but and second.rule.but) and first.name.startswith("30")
    return first.rule.goes_on(kind) and not (both_redirect and second.name.startswith("30"))
