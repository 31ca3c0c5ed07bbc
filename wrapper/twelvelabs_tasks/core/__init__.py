"""What all operations share: files, options, pagers."""

from ..errors import ApiError
from .files import File
from .pagers import AsyncPager, SyncPager
from .raw import RawResponse
from .request_options import RequestOptions
from .uploads import OnProgress

__all__ = ["ApiError", "AsyncPager", "File", "OnProgress", "RawResponse", "RequestOptions", "SyncPager"]
