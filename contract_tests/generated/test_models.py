"""Every object of the contract, made from JSON and turned back to JSON, says what it said; a wrong one is refused."""

from __future__ import annotations

import copy
import json
import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_tests.support.drawn_bodies import bodies, comparable, draw_varied, is_accepted, wrong_bodies
from contract_tests.support.effort import cases
from twelvelabs_tasks.testing._document import contract
from twelvelabs_tasks_api import models
from twelvelabs_tasks_api.types import InvalidBody, Model

NO_MODELS = {"TasksCreateRequest", "TransfersCreateRequest", "UserMetadata", "ErrorResponse"}
OBJECTS = [
    name
    for name, schema in contract().schemas.items()
    if (schema.get("type") == "object" or "allOf" in schema) and name not in NO_MODELS
]


def model(name: str) -> type[Model]:
    found: type[Model] = getattr(models, name)
    return found


@pytest.mark.parametrize("name", OBJECTS)
@given(st.data())
@cases(25)
def test_an_object_says_what_it_was_made_from(name: str, data: st.DataObject) -> None:
    body = data.draw(bodies(name))
    assert comparable(name, model(name).from_dict(body).to_dict()) == comparable(name, body)


@pytest.mark.parametrize("name", OBJECTS)
@given(st.data())
@cases(50)
def test_an_object_of_a_newer_platform_says_what_it_was_made_from(name: str, data: st.DataObject) -> None:
    body = data.draw(draw_varied(name))
    made = model(name).from_dict(body)
    assert comparable(name, json.loads(json.dumps(made.to_dict()))) == comparable(name, body)
    assert model(name).from_dict(made.to_dict()) == made
    assert pickle.loads(pickle.dumps(made)) == copy.deepcopy(made) == made


def whole(name: str) -> dict[str, Any]:
    """Return an object with exactly the properties of the contract, all of which are `null` that may be."""
    schema = contract().schemas[name]
    examples = {"identifier": "x", "string": "2024-03-01T12:00:00Z", "integer": 1}
    return {
        each: examples[schema["properties"][each].get("type", "identifier")]
        if each in schema.get("required", ())
        else None
        for each in model(name).NAMES.values()
    }


@pytest.mark.parametrize("more", [{}, {"new": None}], ids=str)
@pytest.mark.parametrize("name", OBJECTS)
def test_an_object_keeps_what_is_added_to_it(name: str, more: dict[str, Any]) -> None:
    made, other = (model(name).from_dict(whole(name) | more) for _ in range(2))
    made.additional_properties["note"] = 1
    assert made.additional_properties == more | {"note": 1}
    assert dict(made) == dict(other) | {"note": 1}
    assert made.to_dict() == other.to_dict() | {"note": 1}
    assert "'note': 1" in repr(made)
    assert made != other
    for same in (copy.copy(made), copy.deepcopy(made), pickle.loads(pickle.dumps(made))):
        assert same == made
        assert same.to_dict() == made.to_dict()
    made.additional_properties.pop("note")
    assert made == other
    made.additional_properties = {"note": 2}
    assert (made.to_dict()["note"], other.additional_properties) == (2, more)


@pytest.mark.slow
@pytest.mark.parametrize("name", OBJECTS)
@given(st.data())
@cases(60)
def test_an_object_is_refused_exactly_if_its_types_are_wrong_or_something_is_missing(
    name: str, data: st.DataObject
) -> None:
    body = data.draw(wrong_bodies(name).filter(lambda drawn: is_json(drawn)))
    try:
        made = model(name).from_dict(body)
    except InvalidBody:
        assert not is_accepted(name, body)
    else:
        assert is_accepted(name, body)
        assert comparable(name, made.to_dict()) == comparable(name, body)


def is_json(value: Any) -> bool:
    try:
        json.dumps(value)
    except TypeError:
        return False
    return True


@pytest.mark.parametrize("name", OBJECTS)
@given(st.none() | st.booleans() | st.integers() | st.text() | st.lists(st.none() | st.just({})))
@cases(20)
def test_what_is_not_an_object_is_refused(name: str, body: Any) -> None:
    with pytest.raises(InvalidBody, match=f"{name} should be an object"):
        model(name).from_dict(body)


@pytest.mark.parametrize("item", [None, True, 1, {}])
def test_a_list_of_strings_that_holds_something_else_is_refused(item: object) -> None:
    with pytest.raises(InvalidBody, match=r"thumbnail_urls should be an array of strings, but is \['a', "):
        models.HlsObject.from_dict({"thumbnail_urls": ["a", item]})
