"""What templates need to know of the operations: how each becomes a function, and a method of the class of its tag."""

import json
from collections.abc import Mapping
from typing import Any

from attrs import frozen
from openapi_python_client import Project
from openapi_python_client.parser.openapi import Endpoint
from openapi_python_client.parser.properties import LiteralEnumProperty, ModelProperty
from openapi_python_client.parser.properties.list_property import ListProperty
from openapi_python_client.strings import ClassName, PythonIdentifier

from codegen.arguments import arguments_of, properties_of
from codegen.codec import annotation
from codegen.contract import Contract
from codegen.docstrings import Words, docstring

__all__ = ["FORMS", "Form", "Method", "Tag", "tags_of"]


class Method:
    """An operation, as a function and as a method.

    Args:
        endpoint: What the generator knows of it.
        node: What the contract says of it, with the parameters of its path, references resolved.
        verb: The method of HTTP.
        path: The path.
    """

    encoders: Mapping[str, str] = {"params": "encode_query", "json": "encode_json", "files": "encode_form"}

    def __init__(self, endpoint: Endpoint, node: Mapping[str, Any], verb: str, path: str) -> None:
        self.operation = str(endpoint.name)
        self.verb = verb
        self.path = path
        self.full_name = str(node["x-sdk-method"])
        self.client_path, _, self.name = self.full_name.rpartition(".")
        self.summary = str(node["summary"]).rstrip(".")
        self.deprecation = (
            str(node.get("x-deprecation", "the API has deprecated it.")) if node.get("deprecated") else ""
        )
        self.is_plain = not any(body.body_type == "files" for body in endpoint.bodies)
        self.arguments = sorted(
            arguments_of(endpoint, node), key=lambda each: (each.place != "path", not each.required)
        )
        self._node = node
        self._result = next(
            (
                response.prop
                for response in endpoint.responses
                if isinstance(response.prop, ModelProperty) and response.status_code.pattern.startswith("2")
            ),
            None,
        )

    @property
    def result(self) -> str:
        """The type of its result."""
        return "None" if self._result is None else annotation(self._result)

    @property
    def item(self) -> str:
        """The type of the items, if it is a list."""
        properties = {each.name: each for each in properties_of(self._result)} if self._result is not None else {}
        data = properties.get("data")
        if "page_info" in properties and isinstance(data, ListProperty):
            return annotation(data.inner_property)
        return ""

    @property
    def models(self) -> list[str]:
        """The classes that its annotations name."""
        found = {self.result, self.item} - {"None", ""}
        for each in self.arguments:
            prop = each.prop.inner_property if isinstance(each.prop, ListProperty) else each.prop
            if isinstance(prop, (ModelProperty, LiteralEnumProperty)):
                found.add(str(prop.class_info.name))
        return sorted(found) or ["ErrorCode"]

    @property
    def has_keywords(self) -> bool:
        """Whether an argument is given by name only."""
        return any(each.place != "path" for each in self.arguments)

    @property
    def parameters(self) -> str:
        """The arguments, as a signature has them."""
        by_position = [each.declaration for each in self.arguments if each.place == "path"]
        by_name = [each.declaration for each in self.arguments if each.place != "path"]
        return ", ".join([*by_position, *(["*"] if by_name else []), *by_name])

    @property
    def forwarded_arguments(self) -> str:
        """The arguments, as the method hands them to the function."""
        return ", ".join(each.name if each.place == "path" else f"{each.name}={each.name}" for each in self.arguments)

    @property
    def url(self) -> str:
        """The expression of the path."""
        text = self.path
        for each in self.arguments:
            if each.place == "path":
                text = text.replace(f"{{{each.wire_name}}}", f"{{path_segment('{each.name}', {each.name})}}")
        return json.dumps(text) if text == self.path else f'f"{text}"'

    @property
    def places(self) -> dict[str, dict[str, str]]:
        """What is sent, by the place where it is sent, and by its name there."""
        found: dict[str, dict[str, str]] = {}
        for each in self.arguments:
            if each.place != "path":
                found.setdefault(each.place, {})[each.wire_name] = each.value
        return found

    @property
    def arrays(self) -> str:
        """The argument that says which query parameters may have several values."""
        names = [each.wire_name for each in self.arguments if isinstance(each.prop, ListProperty)]
        return f", arrays=frozenset({names!r})" if names else ""

    def docstring(self, form: "Form") -> str:
        """Return the docstring of its method in a form."""
        return docstring(
            Words(
                summary=self.summary,
                description=str(self._node.get("description", "")),
                deprecation=self.deprecation,
                call=f"{self.client_path}{'.with_raw_response' if form.is_raw else ''}.{self.name}",
                parameters=[each.words for each in self.arguments],
                responses=self._node["responses"],
                is_list=bool(self.item),
                has_result=self._result is not None,
                is_idempotent=self.verb not in ("post", "patch"),
                is_async=form.is_async,
                is_raw=form.is_raw,
            )
        )


@frozen
class Form:
    """One of the four forms of the class of a tag."""

    is_async: bool
    is_raw: bool

    @property
    def module(self) -> str:
        """The name of its module."""
        return ("async_" if self.is_async else "") + ("raw_" if self.is_raw else "") + "client"

    @property
    def raw(self) -> "Form":
        """The raw form of it."""
        return Form(self.is_async, is_raw=True)

    def class_name(self, tag: "Tag") -> str:
        """Return the name of its class."""
        return f"{'Async' if self.is_async else ''}{'Raw' if self.is_raw else ''}{ClassName(tag.name, '')}Client"

    def summary(self, tag: "Tag") -> str:
        """Return the docstring of its module."""
        kind = "raw " if self.is_raw else ""
        return f"The {kind}methods of `client.{tag.path}`{', for async clients' if self.is_async else ''}."

    def description(self, tag: "Tag") -> str:
        """Return the docstring of its class."""
        if self.is_raw:
            return f"The methods of `client.{tag.path}`, each returning a `RawResponse`."
        awaited = " Its methods are awaited." if self.is_async else ""
        return f"{tag.description} Reached as `client.{tag.path}`.{awaited}"

    def return_type(self, method: Method) -> str:
        """Return the type of what a method returns."""
        twin = "Async" if self.is_async else "Sync"
        result = f"{twin}Pager[{method.item}]" if method.item else method.result
        return f"RawResponse[{result}]" if self.is_raw else result


FORMS = [Form(is_async, is_raw) for is_async in (False, True) for is_raw in (False, True)]


@frozen
class Tag:
    """The operations of a tag that become methods."""

    name: str
    description: str
    methods: list[Method]

    @property
    def path(self) -> str:
        """Where the methods are, from a client."""
        return self.methods[0].client_path

    @property
    def models(self) -> list[str]:
        """The classes that annotations name."""
        return sorted({name for method in self.methods for name in method.models})


def tags_of(project: Project, contract: Contract) -> tuple[list[Tag], dict[str, Method]]:
    """Return the tags with their plain methods, and all operations by their names.

    Args:
        project: What the generator made of the contract.
        contract: The contract.
    """
    described = {each["name"]: each.get("description", "") for each in contract.root.get("tags", [])}
    nodes = {
        str(PythonIdentifier(node["operationId"], "")): (node, verb, path) for path, verb, node in contract.operations()
    }
    methods: dict[str, Method] = {}
    tags = []
    for name, collection in project.openapi.endpoint_collections_by_tag.items():
        found = [Method(endpoint, *nodes[str(endpoint.name)]) for endpoint in collection.endpoints]
        methods.update({method.operation: method for method in found})
        plain = [method for method in found if method.is_plain]
        if plain:
            tags.append(Tag(str(name), described.get(str(name), ""), plain))
    return tags, methods
