"""How an input is sent by another process: what travels there, and what is done there."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

from ...core.files import File, VideoFile
from ...core.settings import Settings
from ...types import TasksCreateResponse
from .plan import TaskArguments
from .uploads import BulkUpload, Outcome

if TYPE_CHECKING:
    from ...client import TwelveLabs

__all__ = ["ClientSettings", "Errand", "run_errand"]


@dataclass(frozen=True)
class ClientSettings:
    """Makes clients that are like the caller's, but for the API key and the headers: those never travel."""

    base_url: str
    timeout: httpx.Timeout | None
    max_retries: int
    follow_redirects: bool
    max_upload_bytes: int
    max_response_bytes: int

    @classmethod
    def of(cls, settings: Settings) -> ClientSettings:
        """Return those of a client."""
        return cls(
            base_url=settings.base_url,
            timeout=settings.timeout,
            max_retries=settings.max_retries,
            follow_redirects=settings.follow_redirects,
            max_upload_bytes=settings.max_upload_bytes,
            max_response_bytes=settings.max_response_bytes,
        )

    def __call__(self) -> TwelveLabs:
        """Return a client; raise ValueError if the environment of this process has no API key."""
        from ...client import TwelveLabs  # here, because the client has the method that leads here

        return TwelveLabs(
            base_url=self.base_url,
            timeout=self.timeout,
            max_retries=self.max_retries,
            follow_redirects=self.follow_redirects,
            max_upload_bytes=self.max_upload_bytes,
            max_response_bytes=self.max_response_bytes,
        )


@dataclass(frozen=True)
class Errand:
    """What travels to another process.

    Attributes:
        make_client: Makes the client there.
        arguments: What all tasks have in common.
        video_file: The file, given as a path.
        video_url: The URL, if it is no file.
        id: Tells it from all others, so that no scheduler takes two for the same and runs one.
    """

    make_client: Callable[[], TwelveLabs]
    arguments: TaskArguments
    video_file: File | None
    video_url: str | None
    id: str = field(default_factory=lambda: uuid.uuid4().hex)

    @classmethod
    def of(cls, upload: BulkUpload, arguments: TaskArguments, make_client: Callable[[], TwelveLabs]) -> Errand:
        """Return the errand that sends an input."""
        if upload.is_url:
            return cls(make_client, arguments, None, str(upload.given))
        video = VideoFile.of(upload.given)
        path = str(Path(str(video.content)).absolute())  # the other process may stand in another folder
        return cls(make_client, arguments, (video.name, path, video.content_type, dict(video.headers)), None)


def run_errand(errand: Errand) -> Outcome:
    """Send an input, in another process, with a client of its own; return how that ended."""

    def create() -> TasksCreateResponse:
        with errand.make_client() as client:
            return client.tasks.create(
                index_id=errand.arguments.index_id,
                video_file=errand.video_file,
                video_url=errand.video_url,
                enable_video_stream=errand.arguments.enable_video_stream,
                user_metadata=errand.arguments.user_metadata,
                preflight=errand.arguments.preflight,
                request_options=errand.arguments.request_options,
            )

    return Outcome.of(create)
