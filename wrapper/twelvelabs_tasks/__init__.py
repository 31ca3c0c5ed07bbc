"""A light, exact client for the video indexing tasks of TwelveLabs.

Example:
    from twelvelabs_tasks import TwelveLabs

    client = TwelveLabs(api_key="<YOUR_API_KEY>")
    task = client.tasks.create(index_id="<YOUR_INDEX_ID>", video_file="holiday.mp4")
    task = client.tasks.wait_for_done(task.id, callback=lambda task: print(task.status))
"""

from typing import TYPE_CHECKING

from . import core, errors
from ._client import AsyncTwelveLabs, TwelveLabs
from ._version import __version__
from .core._lazy import import_on_use

if TYPE_CHECKING:
    from . import indexes, tasks, types
    from .tasks import Ledger

__all__ = ["AsyncTwelveLabs", "Ledger", "TwelveLabs", "__version__", "core", "errors", "indexes", "tasks", "types"]

if not TYPE_CHECKING:
    __getattr__, __dir__ = import_on_use(
        __name__, {"indexes": "", "tasks": "", "types": "", "Ledger": ".tasks"}, __all__
    )
