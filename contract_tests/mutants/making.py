"""Make the mutants of a module: its source with one small fault each.

The faults are those of mutmut's operators; two more drop a call, and turn a condition round. mutmut itself runs mutants
as renamed functions in one process, which leaves out decorated functions and what is outside of functions, and what the
programs that tests start reach. cosmic-ray runs one command for all mutants, changes annotations too, and never the
arguments of a call.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import libcst as cst
from attrs import frozen
from libcst.metadata import MetadataWrapper, ParentNodeProvider, PositionProvider
from mutmut.mutation.mutators import mutation_operators, operator_string

__all__ = ["ROOT", "Mutant", "mutants_of"]

ROOT = Path(__file__).parents[2]

# What is looked at by people and type checkers only, or is a list of names.
NEVER_MUTATED = (cst.Annotation, cst.Decorator, cst.Import, cst.ImportFrom, cst.Assert)
# Calls whose arguments the type checkers guard.
NEVER_MUTATED_CALLS = {"cast", "isinstance", "issubclass", "len", "NewType", "ParamSpec", "TypeVar"}


@frozen
class Mutant:
    """One fault that a tool makes.

    Attributes:
        path: The module, relative to the project.
        function: The qualified name of the function it lies in; empty outside of functions.
        lines: The lines of what is changed, from 1.
    """

    path: str
    function: str
    lines: range
    _module: cst.Module
    _node: cst.CSTNode
    _changed: cst.CSTNode

    @cached_property
    def source(self) -> str:
        """The whole module, with the fault."""
        changed = self._module.deep_replace(self._node, self._changed)
        assert isinstance(changed, cst.Module)
        return changed.code

    @cached_property
    def lines_changed(self) -> tuple[str, str]:
        """The changed lines, without the fault and with it, each in one line."""
        differences = list(difflib.unified_diff(self._module.code.splitlines(), self.source.splitlines(), n=0))[3:]
        return _in_one_line(differences, "-"), _in_one_line(differences, "+")

    @property
    def is_sound(self) -> bool:
        """Whether it is another module, which Python compiles, and more than a `None` for a `False`."""
        if self.source == self._module.code or not _compiles(self.source):
            return False
        original, faulty = self.lines_changed
        return not any(
            f"{original[: found.start()]}None{original[found.end() :]}" == faulty
            for found in re.finditer(r"\bFalse\b", original)
        )

    def __str__(self) -> str:
        original, faulty = self.lines_changed
        return f"{self.path}:{self.lines.start}  {original}  ->  {faulty or '(nothing)'}"


def mutants_of(path: str) -> list[Mutant]:
    """Return all mutants of a module, whose path is relative to the project, in the order of its lines."""
    wrapper = MetadataWrapper(cst.parse_module((ROOT / path).read_text(encoding="utf-8")))
    visitor = _Visitor(path, wrapper.module)
    wrapper.visit(visitor)
    return visitor.found


class _Visitor(cst.CSTVisitor):
    """Collect what may be put in place of each node."""

    METADATA_DEPENDENCIES = (PositionProvider, ParentNodeProvider)

    def __init__(self, path: str, module: cst.Module) -> None:
        super().__init__()
        self.found: list[Mutant] = []
        self._path = path
        self._module = module
        self._names: list[str] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        if isinstance(node, NEVER_MUTATED) or _is_for_types(node) or _is_guarded_call(node):
            return False
        if isinstance(node, cst.FunctionDef | cst.ClassDef):
            self._names.append(node.name.value)
        for kind, operator in OPERATORS:
            if isinstance(node, kind):
                function, lines = self._function(node), self._lines(node)
                self.found += [
                    Mutant(self._path, function, lines, self._module, node, changed) for changed in operator(node)
                ]
        return True

    def on_leave(self, original_node: cst.CSTNode) -> None:
        if isinstance(original_node, cst.FunctionDef | cst.ClassDef):
            self._names.pop()

    def _function(self, node: cst.CSTNode) -> str:
        """Return the name of the function whose body, not whose head, a node lies in."""
        child, parent = node, self.get_metadata(ParentNodeProvider, node, None)
        while parent is not None:
            if isinstance(parent, cst.FunctionDef) and child is parent.body:
                return ".".join(self._names)
            child, parent = parent, self.get_metadata(ParentNodeProvider, parent, None)
        return ""

    def _lines(self, node: cst.CSTNode) -> range:
        place: Any = node.test if isinstance(node, cst.If) else node  # of an `if`, only the condition is changed
        while (position := self.get_metadata(PositionProvider, place, None)) is None:  # as operators have none
            place = self.get_metadata(ParentNodeProvider, place)
        return range(position.start.line, position.end.line + 1)


def _marked_string(node: cst.SimpleString) -> Iterator[cst.CSTNode]:
    """Change a string once: more variants of it show nothing more."""
    yield from list(operator_string(node))[:1]


def _without_call(node: cst.SimpleStatementLine) -> Iterator[cst.CSTNode]:
    """Drop a statement that is a call."""
    match node.body:
        case [cst.Expr(cst.Call() | cst.Await(expression=cst.Call()))]:
            yield node.with_changes(body=[cst.Pass()])


def _negated(node: cst.If) -> Iterator[cst.CSTNode]:
    """Turn a condition round."""
    test = node.test.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
    space = cst.SimpleWhitespace(" ")
    yield node.with_changes(test=cst.UnaryOperation(cst.Not(), test), whitespace_before_test=space)


OPERATORS: tuple[tuple[type[cst.CSTNode], Callable[[Any], Iterable[cst.CSTNode]]], ...] = (
    *(each for each in mutation_operators if each[1] is not operator_string),
    (cst.SimpleString, _marked_string),
    (cst.SimpleStatementLine, _without_call),
    (cst.If, _negated),
)


def _is_for_types(node: cst.CSTNode) -> bool:
    match node:
        case cst.If(test=cst.Name("TYPE_CHECKING")) | cst.TypeAlias():
            return True
        case cst.Assign(targets=[cst.AssignTarget(target=cst.Name(name))]):
            return name in {"__all__", "__slots__"}
        case cst.AnnAssign(annotation=cst.Annotation(annotation=cst.Name("TypeAlias"))):
            return True
    return False


def _is_guarded_call(node: cst.CSTNode) -> bool:
    return isinstance(node, cst.Call) and isinstance(node.func, cst.Name) and node.func.value in NEVER_MUTATED_CALLS


def _compiles(source: str) -> bool:
    try:
        compile(source, "mutant", "exec", dont_inherit=True)
    except SyntaxError:
        return False
    return True


def _in_one_line(differences: Sequence[str], sign: str) -> str:
    return " ".join(" ".join(line[1:].split()) for line in differences if line.startswith(sign))
