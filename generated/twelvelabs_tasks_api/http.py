# Generated from openapi.yaml by `make regenerate`. Do not edit.
"""The HTTP library, in one place: everything else, here and in the library above, takes it from this module."""

import httpx

__all__ = ("httpx",)
