"""All objects that the API responds with, and the types of what it is asked.

All but `BulkResult` are generated from the contract. Optional properties that are absent or `null` are `None`;
properties that the contract does not know are in `additional_properties`; `to_dict()` returns what came.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # Type checkers take these names as exported; a new model of the contract is here without an edit.
    from twelvelabs_tasks_api.models import *  # noqa: F403 # pyright: ignore[reportWildcardImportFromLibrary] # our own

    from ._bulk_result import BulkResult as BulkResult
else:
    from twelvelabs_tasks_api import models

    from .core._lazy import import_on_use

    __all__ = ["BulkResult", *models.__all__]
    __getattr__, __dir__ = import_on_use(
        __name__, {"BulkResult": "._bulk_result", **dict.fromkeys(models.__all__, models.__name__)}, __all__
    )
