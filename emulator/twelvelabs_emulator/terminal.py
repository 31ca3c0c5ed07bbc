"""Text for terminals, which could otherwise be commanded by names that are in it."""

from __future__ import annotations

__all__ = ["escape"]


def escape(text: str) -> str:
    """Return a string of one or more lines with everything escaped that is not to be seen."""
    return "".join(each if each.isprintable() or each == "\n" else ascii(each)[1:-1] for each in text)
