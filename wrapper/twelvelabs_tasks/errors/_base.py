"""The base of all exceptions."""

__all__ = ["TwelveLabsError"]


class TwelveLabsError(Exception):
    """The base of all exceptions of this library."""
