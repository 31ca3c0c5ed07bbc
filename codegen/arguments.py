"""The arguments of the functions and methods: what each is called, where it is sent, what its docstring says."""

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen
from openapi_python_client.parser.openapi import Endpoint
from openapi_python_client.parser.properties import ModelProperty

from codegen.codec import argument
from codegen.docstrings import Parameter

__all__ = ["Argument", "arguments_of", "properties_of"]


@frozen
class Argument:
    """An argument of a method.

    Attributes:
        name: Its name in Python.
        wire_name: Its name in the contract.
        place: Where it is sent: `path`, `params`, `json` or `files`.
        prop: What the generator knows of it.
        schema: Its schema, references resolved.
        description: What the contract says of it.
        example: An example of a value.
    """

    name: str
    wire_name: str
    place: str
    prop: Any
    schema: Mapping[str, Any]
    description: str
    example: Any

    @property
    def required(self) -> bool:
        """Whether it must be given."""
        return bool(self.prop.required)

    @property
    def type(self) -> str:
        """Its type."""
        return argument(self.prop, in_query=self.place == "params")

    @property
    def declaration(self) -> str:
        """Its place in a signature."""
        return f"{self.name}: {self.type}" if self.required else f"{self.name}: {self.type} | None = None"

    @property
    def refuses_empty(self) -> bool:
        """Whether the empty string is refused before it is sent."""
        return self.required and self.type == "str" and bool(self.schema.keys() & {"pattern", "minLength"})

    @property
    def words(self) -> Parameter:
        """What its docstring says."""
        in_path = self.place == "path"
        refuses_empty = in_path or self.refuses_empty
        return Parameter(self.name, self.description, self.schema, self.example, in_path, self.required, refuses_empty)

    @property
    def value(self) -> str:
        """What is sent."""
        return f'non_empty("{self.name}", {self.name})' if self.refuses_empty else self.name


def arguments_of(endpoint: Endpoint, node: Mapping[str, Any]) -> Iterator[Argument]:
    """Yield the arguments of an operation, given what the generator knows of it and what the contract says of it."""
    known = {(each["in"], each["name"]): each for each in node.get("parameters", [])}
    for place, props in (("path", endpoint.path_parameters), ("query", endpoint.query_parameters)):
        for prop in props:
            found = known[place, str(prop.name.get_untrusted_value())]
            yield Argument(
                str(prop.python_name),
                found["name"],
                {"query": "params"}.get(place, place),
                prop,
                found["schema"],
                found.get("description", ""),
                found.get("example"),
            )
    for body in endpoint.bodies:
        (content,) = node["requestBody"]["content"].values()
        schemas = content["schema"]["properties"]
        assert isinstance(body.prop, ModelProperty)
        for prop in properties_of(body.prop):
            schema = schemas[prop.name.get_untrusted_value()]
            yield Argument(
                str(prop.python_name),
                str(prop.name.get_untrusted_value()),
                str(body.body_type),
                prop,
                schema,
                schema.get("description", ""),
                next(iter(schema.get("examples", [])), None),
            )


def properties_of(model: ModelProperty) -> list[Any]:
    """Return the properties of a model, the required ones first."""
    return [*(model.required_properties or []), *(model.optional_properties or [])]
