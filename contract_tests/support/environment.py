"""The environment of tests that send nothing over the network, or over the loopback only."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

__all__ = ["environment"]


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Set nothing, whoever runs the tests, and trust no certificate: to read those takes longer than most tests."""
    for name in [*os.environ]:
        if name.startswith(("TWELVE_LABS_", "TWELVELABS_")) or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    monkeypatch.setenv("SSL_CERT_DIR", str(no_certificates(tmp_path_factory)))


def no_certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an empty folder."""
    folder = tmp_path_factory.getbasetemp() / "no-certificates"
    folder.mkdir(exist_ok=True)
    return folder
