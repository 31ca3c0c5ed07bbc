# Generated from openapi.yaml by `make regenerate`. Do not edit.
"""A low-level client of the TwelveLabs video indexing tasks API: one module for each operation, one for each object."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .client import AuthenticatedClient, Client

__all__ = ("AuthenticatedClient", "Client", "contract_path")


def contract_path() -> Path:
    """Return the path of `openapi.yaml`: in this package where it is installed, at the root of a checkout otherwise."""
    package = Path(__file__).resolve().parent
    installed = package / "openapi.yaml"
    return installed if installed.is_file() else package.parents[1] / "openapi.yaml"


def __getattr__(name: str) -> Any:
    if name not in ("AuthenticatedClient", "Client"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from . import client

    return getattr(client, name)
