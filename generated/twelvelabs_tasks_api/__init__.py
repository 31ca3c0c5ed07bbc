# Generated from openapi.yaml by `make regenerate`. Do not edit.
"""A low-level client of the TwelveLabs video indexing tasks API: one module for each operation, one for each object."""

from pathlib import Path

from .client import AuthenticatedClient, Client

__all__ = ("AuthenticatedClient", "Client", "contract_path")


def contract_path() -> Path:
    """Return the path of `openapi.yaml`: in this package where it is installed, at the root of a checkout otherwise."""
    package = Path(__file__).resolve().parent
    installed = package / "openapi.yaml"
    return installed if installed.is_file() else package.parents[1] / "openapi.yaml"
