"""The contract as schemathesis reads it, one phase at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import schemathesis
from schemathesis.checks import CHECKS
from schemathesis.config import CheckConfig, SimpleCheckConfig
from schemathesis.specs.openapi.schemas import OpenApiSchema

from contract_tests.emulator.conformance import hooks
from contract_tests.support import effort

__all__ = ["CASES", "list_disabled_checks", "load", "use_emulator"]

CASES = 200 * effort.FACTOR
"""How many cases fuzzing gives to each operation."""
CONFIGURATION = Path(__file__).with_name("schemathesis.toml")
CONTRACT = Path(__file__).parents[3] / "openapi.yaml"


def load(phase: str) -> OpenApiSchema:
    """Return the contract, set up for one phase."""
    schema = schemathesis.openapi.from_path(CONTRACT, config=schemathesis.Config.from_path(CONFIGURATION))
    schema.config.phases.update(phases=[phase])
    schema.config.generation.update(max_examples=CASES, deterministic=effort.PROFILE == "repeatable")
    return schema


@contextmanager
def use_emulator(base_url: str, *schemas: OpenApiSchema) -> Iterator[None]:
    """Point schemas, and what prepares their cases, to the emulator."""
    for schema in schemas:
        schema.config.update(base_url=base_url)
    with hooks.provide_cases(base_url):
        yield


def list_disabled_checks(schema: OpenApiSchema) -> list[str]:
    """Return the names of the checks that are switched off."""
    return [name for name in CHECKS.get_all_names() if not _is_enabled(schema, name)]


def _is_enabled(schema: OpenApiSchema, name: str) -> bool:
    configured = schema.config.checks_config_for().get_by_name(name=name)
    return not isinstance(configured, CheckConfig | SimpleCheckConfig) or configured.enabled
