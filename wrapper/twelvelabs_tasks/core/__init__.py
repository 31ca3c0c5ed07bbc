"""What all operations share: files, options, pagers."""

from twelvelabs_tasks_api.operations import RawResponse, RequestOptions
from twelvelabs_tasks_api.pagers import AsyncPager, SyncPager

from ..errors import ApiError
from .files import File
from .uploads import OnProgress

__all__ = ["ApiError", "AsyncPager", "File", "OnProgress", "RawResponse", "RequestOptions", "SyncPager"]
