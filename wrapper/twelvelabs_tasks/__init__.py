"""A light, exact client for the video indexing tasks of TwelveLabs.

from twelvelabs_tasks import TwelveLabs

client = TwelveLabs(api_key="<YOUR_API_KEY>")
task = client.tasks.create(index_id="<YOUR_INDEX_ID>", video_file="holiday.mp4")
task = client.tasks.wait_for_done(task.id, callback=lambda task: print(task.status))
"""

from importlib import import_module
from typing import TYPE_CHECKING

from . import core, errors
from ._version import __version__
from .client import AsyncTwelveLabs, TwelveLabs

if TYPE_CHECKING:
    from . import indexes, tasks, types
    from .tasks import Ledger

__all__ = ["AsyncTwelveLabs", "Ledger", "TwelveLabs", "__version__", "core", "errors", "indexes", "tasks", "types"]


if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """Import what is not needed to make a client when it is first asked for."""
        if name in ("indexes", "tasks", "types"):
            return import_module(f".{name}", __name__)
        if name == "Ledger":
            return import_module(".tasks", __name__).Ledger
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
