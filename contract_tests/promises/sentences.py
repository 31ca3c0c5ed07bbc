"""Split the documentation into sentences.

The unit is what can be true or false by itself: a sentence of a paragraph or a list, a row of a table, the comment of a
line of an example. Headings and the examples themselves are left out: other tests run those.
"""

from __future__ import annotations

import hashlib
import inspect
import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

__all__ = ["key_of", "of_docstring", "of_markdown"]

SECTIONS = ("Args", "Attributes", "Example", "Examples", "Raises", "Returns", "Warns", "Yields")
MARKDOWN = MarkdownIt("commonmark").enable("table")
# After a full stop, but not after the ellipsis of a list, nor after a word in bold that begins a paragraph.
END = re.compile(r"(?<=[.!?])(?<!, \.\.\.)(?<!^\*\*)\s+(?=[A-Z0-9`\"'(\[*<])|(?<=[.!?]\)|[.!?][`\"'])\s+(?=[A-Z`(\[*])")
ENTRY = re.compile(r"^    (\S[^:]*): ")
COMMENT = re.compile(r"(?:^|\s)# (.+)$")


def key_of(sentence: str) -> str:
    """Return what the ledger calls a sentence."""
    return hashlib.sha256(sentence.encode()).hexdigest()[:12]


def of_markdown(text: str) -> Iterator[str]:
    """Yield the sentences of a page."""
    tokens = MARKDOWN.parse(text)
    row: list[str] | None = None
    for before, token in zip([Token("", "", 0), *tokens], tokens, strict=False):
        if token.type == "tr_open":
            row = []
        elif token.type == "tr_close" and row is not None:
            yield " | ".join(row)
            row = None
        elif token.type == "fence":
            yield from _comments(token.content)
        elif token.type == "inline" and row is not None:
            row.append(_on_one_line(token.content))
        elif token.type == "inline" and before.type != "heading_open":
            yield from _split(token.content)


def of_docstring(text: str) -> Iterator[str]:
    """Yield the sentences of a docstring; those of a section begin with what they are about."""
    section = ""
    for block in inspect.cleandoc(text).split("\n\n"):
        title, _, rest = block.partition("\n")
        if title.rstrip(":") in SECTIONS and title.endswith(":"):
            section, block = title.rstrip(":"), rest
        elif not block.startswith(" "):
            section = ""
        if section.startswith("Example") or _is_code(block, section):
            yield from _comments(block)
        elif section in ("Args", "Attributes", "Raises", "Warns"):
            yield from _entries(block)
        else:
            yield from (f"{section}: {each}" if section else each for each in _split(block))


def _is_code(block: str, section: str) -> bool:
    return not section and (block.startswith("    ") or "\n>>>" in f"\n{block}")


def _entries(block: str) -> Iterator[str]:
    """Yield the sentences on each parameter, attribute or exception, with its name."""
    for entry in re.split(r"\n(?=    \S)", block):
        name = ENTRY.match(entry)
        about = name.group(1) if name else ""
        yield from (f"{about}: {each}" for each in _split(entry[name.end() if name else 0 :]))


def _comments(code: str) -> Iterator[str]:
    for line in code.splitlines():
        if found := COMMENT.search(line):
            yield f"# {found.group(1)}"


def _split(text: str) -> Iterator[str]:
    yield from filter(None, END.split(_on_one_line(text)))


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
