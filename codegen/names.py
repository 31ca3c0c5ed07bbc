"""Names of a contract that cannot become names in Python, or that are in use there already."""

import unicodedata
from collections.abc import Iterator
from typing import Any, TypeAlias

from openapi_python_client.strings import ClassName, PythonIdentifier

from codegen.contract import Contract, escape

__all__ = ["Problem", "names"]

Problem: TypeAlias = tuple[str, str]
"""A place, and what is wrong there."""

# Names of the methods and attributes that every model has.
TAKEN = {"to_dict", "from_dict", "additional_properties"}
# Names that every module of a model has in use.
TAKEN_BY_MODULES = {"Any", "ClassVar", "Self", "Model"}
# Names that functions and methods have in use.
TAKEN_BY_METHODS = {"self", "request_options", "operation", "first", "encode_form", "encode_json", "encode_query",
                    "no_content", "non_empty", "path_segment", "read_json", "warn_of_deprecation"}  # fmt: skip


def names(contract: Contract) -> Iterator[Problem]:
    """Yield the names that cannot become those of attributes, classes, functions and arguments."""
    for place, schema in contract.schemas():
        yield from _properties(place, schema)
    yield from _classes(contract)
    yield from _functions(contract)
    yield from _arguments(contract)


def _properties(place: str, schema: Any) -> Iterator[Problem]:
    for name in schema.get("properties", {}) if isinstance(schema, dict) else ():
        where = f"{place}/properties/{escape(name)}"
        attribute = PythonIdentifier(value=name, prefix="")
        if attribute in TAKEN:
            yield where, f"the attribute would be {attribute}, a name that every model has in use"
        elif not _is_identifier(attribute):
            yield where, "the name cannot be made that of an attribute"


def _is_identifier(name: str) -> bool:
    """Whether a name is an identifier that Python keeps as it is: others are normalised, but not in strings."""
    return name.isidentifier() and unicodedata.normalize("NFKC", name) == name


def _classes(contract: Contract) -> Iterator[Problem]:
    found: dict[str, str] = {}
    for name in contract.components:
        place, kind = f"components/schemas/{escape(name)}", ClassName(value=name, prefix="")
        if not _is_identifier(kind) or kind in TAKEN_BY_MODULES:
            yield place, "the name cannot be made that of a class"
        # Without regard to case, because files of some systems are named so.
        elif found.setdefault(kind.lower(), name) != name:
            yield place, f"the class would have the name of that of {found[kind.lower()]}"


def _functions(contract: Contract) -> Iterator[Problem]:
    functions: dict[str, str] = {}
    methods: dict[str, str] = {}
    for where, node in contract.places_of_operations():
        name, place = node.get("operationId", "x"), f"{where}/operationId"
        function = PythonIdentifier(value=name, prefix="")
        if not _is_identifier(function):
            yield place, "the name cannot be made that of a function"
        elif functions.setdefault(function, place) != place:
            yield place, f"the function would have the name of that of {functions[function]}"
        method, place = node.get("x-sdk-method", "x.x"), f"{where}/x-sdk-method"
        if "." not in method or not all(map(_is_identifier, method.split("."))):
            yield place, "it has to be the path of a method, such as tasks.retrieve"
        elif methods.setdefault(method, place) != place and "x-sdk-method" in node:
            yield place, f"the method would have the name of that of {methods[method]}"


def _arguments(contract: Contract) -> Iterator[Problem]:
    for use in contract.parameters():
        yield from _argument(use.place, use.name)
    for use in contract.bodies():
        for name in contract.resolve(use.schema).get("properties", {}):
            yield from _argument(use.place, name)
    for path, method, node in contract.operations():
        found: dict[str, str] = {}
        body = contract.resolve(node.get("requestBody", {})).get("content", {}).values()
        properties = [name for each in body for name in each.get("schema", {}).get("properties", {})]
        for name in [*(each["name"] for each in node["parameters"]), *properties]:
            argument = PythonIdentifier(value=name, prefix="")
            if (
                found.setdefault(argument, name) != name
                or properties.count(name) + sum(each["name"] == name for each in node["parameters"]) > 1
            ):
                yield f"paths/{escape(path)}/{method}", f"two arguments would have the name {argument}"


def _argument(place: str, name: str) -> Iterator[Problem]:
    argument = PythonIdentifier(value=name, prefix="")
    if not _is_identifier(argument):
        yield place, f"the name {name!r} cannot be made that of an argument"
    elif argument in TAKEN_BY_METHODS:
        yield place, f"the argument would be {argument}, a name that methods have in use"
