"""Fixtures that modules import under the name that they have there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from contract_tests.support.fake_platform import FakePlatform, serve_platform

__all__ = ["served_platform"]


@pytest.fixture(name="platform")
def served_platform() -> Iterator[FakePlatform]:
    """The platform, over real sockets."""
    with serve_platform() as platform:
        yield platform
