"""What all operations share: files, options, pagers."""

from typing import TYPE_CHECKING

from ._lazy import import_on_use

if TYPE_CHECKING:
    from twelvelabs_tasks_api.operations import RequestOptions
    from twelvelabs_tasks_api.pagers import AsyncPager, SyncPager
    from twelvelabs_tasks_api.raw_responses import RawResponse

    from ..errors import ApiError
    from ._files import File
    from ._uploads import OnProgress

__all__ = ["ApiError", "AsyncPager", "File", "OnProgress", "RawResponse", "RequestOptions", "SyncPager"]

if not TYPE_CHECKING:
    __getattr__, __dir__ = import_on_use(
        __name__,
        {
            "ApiError": "..errors",
            "AsyncPager": "twelvelabs_tasks_api.pagers",
            "File": "._files",
            "OnProgress": "._uploads",
            "RawResponse": "twelvelabs_tasks_api.raw_responses",
            "RequestOptions": "twelvelabs_tasks_api.operations",
            "SyncPager": "twelvelabs_tasks_api.pagers",
        },
        __all__,
    )
