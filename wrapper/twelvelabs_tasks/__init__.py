"""A light, exact client for the video indexing tasks of TwelveLabs.

from twelvelabs_tasks import TwelveLabs

client = TwelveLabs(api_key="<YOUR_API_KEY>")
task = client.tasks.create(index_id="<YOUR_INDEX_ID>", video_file="holiday.mp4")
task = client.tasks.wait_for_done(task.id, callback=lambda task: print(task.status))
"""

from . import core, errors, indexes, tasks, types
from ._version import __version__
from .client import AsyncTwelveLabs, TwelveLabs

__all__ = ["AsyncTwelveLabs", "TwelveLabs", "__version__", "core", "errors", "indexes", "tasks", "types"]
