"""A client that was never finished can be inspected, as debuggers, loggers and failing tests do."""

from __future__ import annotations

from typing import Any

import pytest

from contract_tests.support.twins import API_KEY
from twelvelabs_tasks import AsyncTwelveLabs, TwelveLabs

CLIENTS = [TwelveLabs, AsyncTwelveLabs]


@pytest.mark.parametrize("kind", CLIENTS)
def test_the_text_of_a_client_that_was_not_initialised_names_its_class(kind: Any) -> None:
    client = kind.__new__(kind)
    assert kind.__name__ in repr(client)
    assert kind.__name__ in str(client)


@pytest.mark.parametrize("kind", CLIENTS)
@pytest.mark.parametrize("options", [{"api_key": ""}, {"api_key": API_KEY, "base_url": "none"}, {"timeout": -1}])
def test_the_text_of_a_client_whose_arguments_were_refused_names_its_class(kind: Any, options: Any) -> None:
    made: list[Any] = []

    class Kept(kind):  # type: ignore[misc] # the base is either client
        """Remembers itself before it is refused."""

        def __init__(self, **given: Any) -> None:
            made.append(self)
            super().__init__(**given)

    with pytest.raises(ValueError, match=r"API key|base_url|timeout"):
        Kept(**{"api_key": API_KEY, **options})
    assert kind.__name__ in repr(made[0])
    assert API_KEY not in repr(made[0])
