"""All objects that the API responds with, and the types of what it is asked.

All but `BulkResult` are generated from the contract. Optional properties that are absent or `null` are `None`;
properties that the contract does not know are in `additional_properties`; `to_dict()` returns what came.
"""

from typing import TYPE_CHECKING

from twelvelabs_tasks_api import models

from .core.lazy import import_on_use

if TYPE_CHECKING:
    from twelvelabs_tasks_api.models import *  # noqa: F403 - a new model of the contract is here without an edit

    from .bulk_result import BulkResult

__all__ = ["BulkResult"]
__all__ += models.__all__

if not TYPE_CHECKING:
    __getattr__, __dir__ = import_on_use(
        __name__, {"BulkResult": ".bulk_result", **dict.fromkeys(models.__all__, models.__name__)}, __all__
    )
