"""What the tests of the low-level client share."""

from __future__ import annotations

import pytest

from contract_tests.support.environment import environment
from contract_tests.support.twins import TWINS, Twin

__all__ = ["environment", "twin"]


@pytest.fixture(params=TWINS, ids=str, scope="session")
def twin(request: pytest.FixtureRequest) -> Twin:
    """The sync functions, and the async ones under asyncio and trio."""
    assert isinstance(request.param, Twin)
    return request.param
