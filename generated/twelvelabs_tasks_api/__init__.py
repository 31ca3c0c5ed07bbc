# Generated from openapi.yaml by `make regenerate`. Do not edit.

"""A client library for accessing TwelveLabs video indexing tasks"""

from .client import AuthenticatedClient, Client

__all__ = (
    "AuthenticatedClient",
    "Client",
)
