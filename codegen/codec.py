"""How a property of the contract is written in Python: its annotation, its decoding from JSON, its place in a request.

Templates call these functions. A kind of property without a rule stops the generation; `rules.py` finds it before,
with its place in the contract.
"""

from typing import Any

from openapi_python_client.parser.properties import AnyProperty, LiteralEnumProperty, ModelProperty
from openapi_python_client.parser.properties.boolean import BooleanProperty
from openapi_python_client.parser.properties.datetime import DateTimeProperty
from openapi_python_client.parser.properties.file import FileProperty
from openapi_python_client.parser.properties.float import FloatProperty
from openapi_python_client.parser.properties.int import IntProperty
from openapi_python_client.parser.properties.list_property import ListProperty
from openapi_python_client.parser.properties.string import StringProperty

__all__ = ["annotation", "argument", "decode", "model_imports"]

SIMPLE: dict[type, str] = {
    StringProperty: "str",
    AnyProperty: "Any",
    BooleanProperty: "bool",
    IntProperty: "int",
    FloatProperty: "float",
    DateTimeProperty: "datetime.datetime",
    FileProperty: "File",
}


def annotation(prop: Any) -> str:
    """Return the type of a property of a model."""
    if isinstance(prop, ListProperty):
        return f"list[{annotation(prop.inner_property)}]"
    if isinstance(prop, (ModelProperty, LiteralEnumProperty)):
        return str(prop.class_info.name)
    return SIMPLE[type(prop)]


def argument(prop: Any, *, in_query: bool = False) -> str:
    """Return the type of an argument of a method."""
    if isinstance(prop, ListProperty):
        inner = argument(prop.inner_property)
        return f"{inner} | Sequence[{inner}]" if in_query else f"Sequence[{inner}]"
    if isinstance(prop, ModelProperty):
        free = not (prop.required_properties or prop.optional_properties)
        return "Mapping[str, Any]" if free else f"{prop.class_info.name} | Mapping[str, Any]"
    return annotation(prop)


def model_imports(prop: Any) -> set[str]:
    """Return the imports that the module of a model needs for a property."""
    if isinstance(prop, ListProperty):
        return model_imports(prop.inner_property)
    if isinstance(prop, (ModelProperty, LiteralEnumProperty)):
        return {f"from .{prop.class_info.module_name} import {prop.class_info.name}"}
    return {"import datetime"} if isinstance(prop, DateTimeProperty) else set()


def decode(prop: Any, name: str) -> str:
    """Return the statements that check an attribute of `self`, as it came from JSON, and decode it; null is absent."""
    target = f"self.{prop.python_name}"
    classes, expected = CHECKS.get(type(prop), ((), ""))
    lines = []
    if classes:
        is_wrong = " and ".join(f"value.__class__ is not {each}" for each in classes)
        wrong = f'raise mismatch("{name}", "{expected}", value)'
        if isinstance(prop, IntProperty):  # 20.0 is an integer in JSON
            wrong = f'{target} = decode_integer("{name}", value)'
        present = "" if prop.required else " and value is not None"
        lines += [f"if {is_wrong}{present}:", f"    {wrong}"]
    if expression := decoding(prop, name):
        statement = f"{target} = {expression}"
        lines += [statement] if prop.required else ["if value is not None:", f"    {statement}"]
    return "\n".join([f"value = {target}", *lines] if lines else [])


def decoding(prop: Any, name: str) -> str:
    """Return the expression that decodes `value`, empty if it stays as it came."""
    if isinstance(prop, ModelProperty):
        return f"{prop.class_info.name}.from_dict(value)"
    if isinstance(prop, DateTimeProperty):
        return f'decode_datetime("{name}", value)'
    if isinstance(prop, ListProperty):
        if isinstance(prop.inner_property, ModelProperty):
            return f"list(map({prop.inner_property.class_info.name}.from_dict, value))"
        return f'decode_strings("{name}", value)'
    return ""


CHECKS: dict[type, tuple[tuple[str, ...], str]] = {
    StringProperty: (("str",), "a string"),
    LiteralEnumProperty: (("str",), "a string"),
    BooleanProperty: (("bool",), "a boolean"),
    IntProperty: (("int",), "an integer"),
    FloatProperty: (("float", "int"), "a number"),
    ListProperty: (("list",), "an array"),
}
