"""What describes a task to be created, from the method that a user calls to the request."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from attrs import field, frozen

from twelvelabs_tasks_api.api.tasks.create_task import create_task

from ..core._calls import Call, Creation
from ..core._files import File, SourceFile
from ..core._request_options import RequestOptions

if TYPE_CHECKING:
    from ..core._uploads import OnProgress
    from ..types import TasksCreateResponse

__all__ = ["NewTask", "filename_of"]


@frozen
class NewTask:
    """What describes a task to be created, apart from its video. It may travel to other processes.

    Attributes:
        fields: The parameters of `create` that the API is sent, by their names.
        preflight: Whether to inspect the file before it is uploaded.
        options: The caller's options for the request.
    """

    fields: Mapping[str, Any]
    preflight: bool
    options: RequestOptions | None = field(repr=False)  # among its headers may be secrets

    @property
    def index_id(self) -> str:
        """The index of the task."""
        return str(self.fields["index_id"])

    def call(
        self,
        video_file: File | None,
        video_url: str | None,
        on_progress: OnProgress | None,
        *,
        waits_for_connection: bool = False,
    ) -> Call[TasksCreateResponse]:
        """Return the call that creates the task; raise ValueError unless exactly one of file and URL is given."""
        if (video_file is None) == (video_url is None):
            raise ValueError("exactly one of video_file and video_url must be given")
        file = None if video_file is None else SourceFile.of(video_file, "video_file")
        return Call(
            create_task(**self.fields, video_file=None if file is None else file.part, video_url=video_url),
            self.options,
            creation=Creation(
                self.index_id,
                filename=file.name if file else filename_of(video_url or ""),
                started_at=datetime.now(UTC),
                is_url=file is None,
            ),
            preflight=self.preflight,
            on_progress=on_progress,
            waits_for_connection=waits_for_connection,
        )


def filename_of(url: str) -> str:
    """Return the filename of a video from its URL: the end of its path, empty if there is none."""
    try:
        return unquote(PurePosixPath(urlsplit(url).path).name)
    except ValueError:
        return ""  # The API will refuse what is not a URL.
