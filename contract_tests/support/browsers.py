"""The browser of this machine."""

from __future__ import annotations

import shutil

import pytest

__all__ = ["FLAGS", "browser"]

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run", "--autoplay-policy=no-user-gesture-required",
    "--force-device-scale-factor=1", "--hide-scrollbars", "--window-size=800,600",
]  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> str:
    """The browser of this machine."""
    for name in BROWSERS:
        if path := shutil.which(name):
            return path
    pytest.skip(f"No browser is installed (tried {', '.join(BROWSERS)}); in Debian: apt-get install chromium")
