"""The pytest fixture `twelvelabs_emulator`, which is registered automatically.

    def test_my_code(twelvelabs_emulator):
        client = TwelveLabs(api_key=twelvelabs_emulator.api_key, base_url=twelvelabs_emulator.base_url)

The environment points code that creates its own client to the emulator:

    @pytest.mark.usefixtures("twelvelabs_environment")
    def test_my_program():
        my_program.main()

Every run of pytest loads this module, which therefore loads nothing but pytest. The emulator itself is loaded when a
test first uses it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from twelvelabs_emulator import Emulator

__all__ = ["twelvelabs_emulator", "twelvelabs_emulator_session", "twelvelabs_environment"]


@pytest.fixture(scope="session")
def twelvelabs_emulator_session() -> Iterator[Emulator]:
    """The emulator that runs for the whole session; tests use `twelvelabs_emulator` instead."""
    try:
        from twelvelabs_emulator import Emulator
    except ImportError as error:
        pytest.fail(str(error), pytrace=False)
    with Emulator() as emulator:
        yield emulator


@pytest.fixture
def twelvelabs_emulator(twelvelabs_emulator_session: Emulator) -> Emulator:
    """A fresh emulator: no tasks, no scenarios, an index of its own, and the clock at the present time.

    One server runs for the session and is renewed for each test, which takes a few milliseconds: it listens at another
    port, so that nothing that an earlier test left running reaches it. `Emulator.configure` changes settings for one
    test only.
    """
    if twelvelabs_emulator_session.is_running:
        twelvelabs_emulator_session.renew()
    else:  # A test has stopped it.
        twelvelabs_emulator_session.start()
    return twelvelabs_emulator_session


@pytest.fixture
def twelvelabs_environment(twelvelabs_emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> Emulator:
    """Like `twelvelabs_emulator`, but also sets `TWELVELABS_BASE_URL` and `TWELVE_LABS_API_KEY`.

    Thus `TwelveLabs()` without arguments uses it.
    """
    for name, value in twelvelabs_emulator.environment.items():
        monkeypatch.setenv(name, value)
    return twelvelabs_emulator
