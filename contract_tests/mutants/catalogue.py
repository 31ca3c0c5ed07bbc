"""The faults: each one a small change that would harm a user, and the tests that must notice."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["FAULTS", "Fault"]


@dataclass(frozen=True)
class Fault:
    """One fault.

    Attributes:
        path: The file it is put into.
        original: The text it replaces, which occurs exactly once.
        faulty: What is put there.
        what: What is wrong then.
        tests: The tests that must fail.
    """

    path: str
    original: str
    faulty: str
    what: str
    tests: tuple[str, ...]

    @property
    def party(self) -> str:
        """The party that is at fault."""
        return "contract" if self.path == "openapi.yaml" else self.path.partition("/")[0]


T = "contract_tests"
CONTRACT = (f"{T}/contract", f"{T}/wrapper/test_requests.py")
MODELS = (f"{T}/wrapper/test_objects.py", f"{T}/generated/test_models.py")
LOW_LEVEL = (f"{T}/generated/test_low_level_requests.py",)
ANSWERS = (f"{T}/generated/test_low_level_answers.py",)
TYPES = "generated/twelvelabs_tasks_api/types.py"
API = "generated/twelvelabs_tasks_api/api"
OBJECTS = "generated/twelvelabs_tasks_api/models"
CORE = "wrapper/twelvelabs_tasks/core"
TASKS = "wrapper/twelvelabs_tasks/tasks"
MANY = f"{TASKS}/many"


EMULATOR = "emulator/twelvelabs_emulator"


def emulator(*names: str) -> tuple[str, ...]:
    return tuple(f"{T}/emulator/test_{name}.py" for name in names)


def wrapper(*names: str) -> tuple[str, ...]:
    return tuple(f"{T}/wrapper/test_{name}.py" for name in names)


def contract(original: str, faulty: str, what: str) -> Fault:
    return Fault("openapi.yaml", original, faulty, what, CONTRACT)


FAULTS: tuple[Fault, ...] = (
    contract("        hls:\n              $ref", "        stream:\n              $ref", "`hls` has another name"),
    contract("            maximum: 50\n", "            maximum: 51\n", "`page_limit` may be 51"),
    contract("            default: 10\n", "            default: 20\n", "the default of `page_limit` is another"),
    contract("            default: created_at\n", "            default: updated_at\n", "tasks are sorted by update"),
    contract("            enum: [asc, desc]\n", "            enum: [asc]\n", "`desc` is not allowed"),
    contract("      enum: [PROCESSING, COMPLETE, CANCELED, ERROR]\n", "      enum: [PROCESSING, COMPLETE, ERROR]\n",
             "a stream is never `CANCELED`"),
    contract("      required: [video_id, filename, created_at]\n", "      required: [video_id, filename]\n",
             "`VideoItem.created_at` may be missing"),
    contract("        - usage_limit_exceeded\n", "", "an error code is missing"),
    contract("          explode: true\n", "          explode: false\n", "statuses are joined by commas"),
    contract("        retry_failed:\n          type: boolean", "        retry_failed:\n          type: string",
             "`retry_failed` is a text"),
    contract("    delete:\n      operationId: delete_video\n", "    delete:\n      operationId: remove_video\n",
             "an operation has another name"),
    contract("      required: [index_id]\n      properties:\n        index_id:\n          $ref: \"#/components/schemas/"
             "Identifier\"\n          description: The unique identifier of the index to which the videos",
             "      properties:\n        index_id:\n          $ref: \"#/components/schemas/Identifier\"\n"
             "          description: The unique identifier of the index to which the videos",
             "an import needs no index"),

    Fault(f"{API}/tasks/list_tasks.py", 'params["height"] = height', 'params["heigth"] = height',
          "a query parameter is misspelt", LOW_LEVEL),
    Fault(f"{API}/tasks/list_tasks.py", 'params["filename"] = filename', 'params["filename"] = None',
          "a query parameter is dropped", LOW_LEVEL),
    Fault(f"{API}/tasks/retrieve_task.py", 'path_segment("task_id", task_id)', "task_id",
          "an identifier is not escaped", LOW_LEVEL),
    Fault(f"{API}/tasks/delete_task.py", '"method": "delete"', '"method": "get"', "a deletion only looks", LOW_LEVEL),
    Fault(f"{API}/transfers/retrieve_import_status.py", '/status"', '/logs"', "another path is asked", LOW_LEVEL),
    Fault(f"{OBJECTS}/tasks_create_request.py", '"true" if self.enable_video_stream else "false"',
          "str(self.enable_video_stream)", "`True` for `true`", LOW_LEVEL),
    Fault(f"{OBJECTS}/tasks_create_request.py", '(("user_metadata", ', '(("metadata", ',
          "a form field has another name", LOW_LEVEL),
    Fault(f"{OBJECTS}/transfers_create_request.py", 'data["retry_failed"] = self.retry_failed',
          'data["retry_failed"] = not self.retry_failed', "a flag is turned round", LOW_LEVEL),
    Fault(f"{OBJECTS}/video_indexing_task.py", 'value = get("updated_at")', 'value = get("created_at")',
          "one time is read for the other", MODELS),
    Fault(f"{OBJECTS}/video_item.py",
          'if value.__class__ is not str:\n            raise types.mismatch("VideoItem.video_id", "a string", value)',
          'if value.__class__ is not str and value is not None:\n'
          '            raise types.mismatch("VideoItem.video_id", "a string", value)',
          "a required property may be missing", MODELS),
    Fault(f"{OBJECTS}/hls_object.py", 'data["status"] = self.status', "pass", "a property is not given back", MODELS),
    Fault(TYPES,
          "return {name: value for name, value in source.items() if name not in names}", "return {}",
          "unknown properties are lost", MODELS),
    Fault(TYPES, 'if value in ("", ".", ".."):', 'if value == "":',
          "`..` leads to another path", LOW_LEVEL),
    Fault(TYPES, "timedelta(seconds=leap)", "timedelta(0)",
          "a leap second is lost", MODELS),
    Fault(TYPES, "    except (ValueError, RecursionError) as error:\n        raise Inv",
          "    except RecursionError as error:\n        raise Inv", "an answer that is not JSON escapes", ANSWERS),

    Fault(f"{CORE}/pagers.py", "return page < info.total_page", "return page <= info.total_page",
          "one page more than there are is asked for", wrapper("pages", "pages_model")),
    Fault(f"{CORE}/pagers.py", "return page * limit < info.total_results", "return page * limit <= info.total_results",
          "one page more is asked for where only the results are counted", wrapper("pages", "pages_model")),
    Fault(f"{CORE}/pagers.py", "count > 0 and (limit is None or count >= limit)", "count > 0",
          "a short page is not the last", wrapper("pages", "pages_model")),
    Fault(f"{TASKS}/calls.py", "number = self.number + 1", "number = self.number + 2", "pages are skipped",
          wrapper("pages", "pages_model")),
    Fault(f"{TASKS}/calls.py", "if (video_file is None) == (video_url is None):",
          "if video_file is None and video_url is None:", "a file and a URL may be given both",
          wrapper("refused_files")),
    Fault(f"{TASKS}/calls.py", "repeatable=False", "repeatable=True", "an upload is sent twice", wrapper("retries")),
    Fault(f"{TASKS}/transfers/calls.py", "repeatable=False", "repeatable=True", "an import is started twice",
          wrapper("retries")),
    Fault(f"{TASKS}/transfers/calls.py", "stacklevel=_frames_of_the_library()", "stacklevel=2",
          "a warning points into the library", wrapper("transfers")),
    Fault(f"{CORE}/transport.py", "await returned", "pass", "an async callback is not awaited", wrapper("waiting")),
    Fault(f"{CORE}/transport.py", "                callback(value)\n", "                pass\n",
          "the callback is not called", wrapper("waiting")),
    Fault(f"{TASKS}/waiting.py", 'frozenset({"ready", "failed"})', 'frozenset({"ready", "failed", "indexing"})',
          "a task that is being indexed is done", wrapper("waiting", "waiting_model")),
    Fault(f"{TASKS}/waiting.py", "if not 0 < sleep_interval < math.inf:", "if sleep_interval < 0:",
          "an interval of 0 is taken", wrapper("waiting")),
    Fault(f"{TASKS}/waiting.py", "except (errors.ApiConnectionError, errors.TooManyRequestsError, ",
          "except (errors.ApiConnectionError, errors.ApiError, ", "a refusal is swallowed",
          wrapper("waiting", "waiting_model")),
    Fault(f"{TASKS}/waiting.py", "Sleep(min(self._sleep_interval, self.left))", "Sleep(self._sleep_interval)",
          "the timeout is slept past", wrapper("waiting", "waiting_model")),
    Fault(f"{TASKS}/waiting.py", "task=seen", "task=None", "the task last seen is lost", wrapper("waiting")),
    Fault(f"{MANY}/waiting.py", "fruitless + 1 < self._may_be_in(index_id)", "self._may_be_in(index_id)",
          "one old task is searched on every page", wrapper("waiting_for_many", "waiting_for_many_model")),
    Fault(f"{MANY}/waiting.py", "if self.left <= (0 if number > 0 else -GRACE):", "if self.left <= 0:",
          "a wait of no time looks at nothing", wrapper("waiting_for_many")),
    Fault(f"{MANY}/waiting.py", "for task_id in self._task_ids]", "for task_id in self._retrievals]",
          "a task that is named twice comes back once", wrapper("waiting_for_many")),
    Fault(f"{MANY}/ledger_file.py", "PRAGMA locking_mode = EXCLUSIVE", "PRAGMA locking_mode = NORMAL",
          "two runs share a ledger", wrapper("bulk_ledger")),
    Fault(f"{MANY}/records.py", "state = 'failed', error", "state = 'created', error",
          "a failure is no failure for the next run", wrapper("bulk_ledger")),
    Fault(f"{MANY}/bulk.py", 'if entry is None or entry.state == "failed":', "if True:",
          "an upload that was left behind is sent again", wrapper("bulk_ledger")),
    Fault(f"{MANY}/settling.py",
          'why = trouble or (f"{len(verdict.candidates)} tasks may be it" if verdict.candidates else None)',
          "why = trouble",
          "what is ambiguous is sent again", wrapper("bulk_outcomes")),
    Fault(f"{MANY}/settling.py", "return Sleep(seconds)", "return Sleep(0.0)",
          "a task is looked for before it may be seen", wrapper("bulk_ledger")),
    Fault(f"{MANY}/bulk.py", "            self._pace.slow_down(result)", "            pass",
          "no upload waits for the others", wrapper("bulk")),
    Fault(f"{MANY}/bulk.py", "and upload.rewind()", "", "a stream is sent again from its end", wrapper("bulk")),
    Fault(f"{MANY}/settling.py", " or self._records.holds_task(task_id)", "",
          "a task is taken for that of two uploads", wrapper("bulk_outcomes", "bulk_ledger")),
    Fault(f"{TASKS}/searching.py", "return self.is_url or not is_plain", "return not is_plain",
          "a URL keeps its filename", wrapper("bulk_outcomes")),
    Fault(f"{TASKS}/searching.py", ", by_name.get(None, [])]", "]",
          "a task without a filename is nobody's", wrapper("bulk_outcomes")),
    Fault(f"{CORE}/creations.py", "return owner == creation", "return True",
          "nobody notices that two creations get the same task", wrapper("logging")),
    Fault(f"{MANY}/uploads.py", ", {status.st_mtime_ns} ns", "", "a file that was changed is not sent",
          wrapper("bulk_ledger")),
    Fault(f"{MANY}/remote.py", "path = os.path.abspath(", "path = str(",
          "another process looks in its own folder", emulator("bulk_executors")),
    Fault(f"{MANY}/running.py", "is_known=False", "is_known=True",
          "what a cluster loses is thought to have failed", emulator("bulk_executors")),
    Fault(f"{CORE}/retries.py", "if attempt > max_retries:", "if attempt >= max_retries:",
          "one retry too few", wrapper("retries")),
    Fault(f"{CORE}/retries.py", "frozenset({429, 502, 503, 504})", "frozenset({429, 502, 504})",
          "503 is not repeated", wrapper("retries")),
    Fault(f"{CORE}/retries.py", "min(max(seconds, 0.0), LONGEST_RETRY_AFTER)", "max(seconds, 0.0)",
          "`Retry-After` is not bounded", wrapper("retries")),
    Fault(f"{CORE}/outcomes.py", 'return "retry-after" in error.headers', "return True",
          "an upload is repeated after any 503", wrapper("retries")),
    Fault(f"{CORE}/requests.py", "return target if _origin(target.url) == _origin(response.request.url) else None",
          "return target", "the API key goes to another origin", wrapper("redirects")),
    Fault(f"{CORE}/requests.py", 'response.request.method != "GET"', 'response.request.method == "HEAD"',
          "an upload follows a redirect", wrapper("redirects")),
    Fault(f"{CORE}/redaction.py", "headers[name] = HIDDEN", "pass", "errors show the API key",
          wrapper("errors", "redirects")),
    Fault(f"{CORE}/calls.py", 'code=_text(fields.get("code"))', "code=None", "errors lose their code",
          wrapper("errors")),
    Fault(f"{CORE}/uploads.py", "self._stream.seek(self._start)\n            elif", "pass\n            elif",
          "a repeated upload begins where the first one stopped", wrapper("uploads")),
    Fault(f"{CORE}/uploads.py", "self._on_progress(self.sent, self.size)", "self._on_progress(0, self.size)",
          "progress stands still", wrapper("uploads")),
    Fault(f"{CORE}/uploads.py", "- self._start\n", "\n", "an upload from the middle of a file claims all of it",
          wrapper("uploads")),
    Fault(f"{CORE}/request_options.py", "else json.dumps(value)", "else str(value)", "`True` for `true` in options",
          wrapper("request_options")),
    Fault(f"{CORE}/settings.py", 'os.environ.get("TWELVE_LABS_API_KEY")', 'os.environ.get("TWELVELABS_API_KEY")',
          "another environment variable is read", wrapper("clients")),
    Fault("wrapper/twelvelabs_tasks/_client.py",
          "        if self._transport.owns_client:\n            self._transport.client.close()",
          "        self._transport.client.close()", "a client of the user is closed", wrapper("clients")),
    Fault("wrapper/twelvelabs_tasks/errors/_statuses.py", "    404: NotFoundError,\n", "",
          "404 has no class of its own", wrapper("errors")),
    Fault("wrapper/twelvelabs_tasks/errors/_codes.py",
          '    "video_duration_too_long": VideoDurationTooLongError,\n', "",
          "an error code has no class of its own", wrapper("error_codes")),
    Fault("wrapper/twelvelabs_tasks/errors/_codes.py", '"Current duration is"', '"duration is now"',
          "an error has lost the value of its message", wrapper("error_codes")),
    Fault(f"{CORE}/outcomes.py", "return not cannot_have_acted(error)", "return False",
          "a lost answer is taken for a refusal", wrapper("lost_answers")),
    Fault(f"{CORE}/outcomes.py", "error.response.status_code < 300", "error.response.status_code < 200",
          "an answer that cannot be read is taken for a refusal", wrapper("lost_answers")),
    Fault(f"{CORE}/outcomes.py", " or (upload is not None and not upload.may_have_created)", "",
          "an upload that breaks off is said to have created a task, perhaps", wrapper("lost_answers")),
    Fault(f"{CORE}/outcomes.py", "return error.status_code == 429", "return False",
          "an upload is not repeated after 429", wrapper("retries")),
    Fault(f"{CORE}/retries.py", "error is upload.failure", "False",
          "trouble of the caller's own is taken for trouble of the network", wrapper("upload_failures")),
    Fault(f"{CORE}/retries.py", "if upload is not None and not upload.can_repeat:", "if False:",
          "half a stream is sent again", wrapper("uploads", "upload_failures")),
    Fault(f"{TASKS}/searching.py", "agreeing[0].name != claim.filename or ", "",
          "another video's task is taken for the lost one", wrapper("lost_tasks", "unclear_uploads")),
    Fault(f"{TASKS}/searching.py", "islice(listed, bisect_left(listed, since, key=_time), None)", "listed",
          "an old task is taken for the lost one", wrapper("lost_answers")),
    Fault(f"{TASKS}/searching.py", "if len(agreeing) != 1 or", "if not agreeing or",
          "one of two tasks is taken for the lost one", wrapper("lost_answers")),
    Fault(f"{TASKS}/searching.py", "offset = date - received_at\n", "offset = timedelta(0)\n",
          "a task is not found if the platform's clock is another", wrapper("lost_answers")),
    Fault(f"{TASKS}/searching.py", "return bool(tasks) and (created_at is None or created_at >= self._reach)",
          "return False", "only the first page is searched", wrapper("lost_answers")),
    Fault(f"{CORE}/uploads.py", "or (not piece and self._read < self.size)", "",
          "a file that became shorter is sent as if it had not", wrapper("upload_failures")),
    Fault(f"{CORE}/uploads.py", "if size > self._max_bytes:", "if size > 2 * self._max_bytes:",
          "a file that is too large is sent", (f"{T}/emulator/test_preflight.py",)),
    Fault(f"{CORE}/redaction.py", "return text.replace(api_key, HIDDEN) if", "return text if",
          "errors repeat the API key where the platform does", wrapper("secrets")),
    Fault(f"{CORE}/answers.py", "if self._length > self._limit:", "if False:",
          "an answer may be as long as it likes", wrapper("bounded_answers")),
    Fault(f"{CORE}/answers.py", "self._limit - self._length + 1", "0",
          "a bomb is unpacked whole", wrapper("bounded_answers")),
    Fault(f"{CORE}/answers.py", "if not self._is_refusal:\n                raise\n\n    async def __aiter__",
          "raise\n\n    async def __aiter__", "a refusal is lost if its page cannot be read",
          wrapper("bounded_answers")),
    Fault(f"{CORE}/headers.py", 'VALUE = re.compile(r"([\\x21-\\x7e]([\\t\\x20-\\x7e]*[\\x21-\\x7e])?)?")',
          'VALUE = re.compile(r"[^\\x00]*")', "a header may hold a second one", wrapper("hostile_values")),
    Fault(f"{CORE}/raw.py", "result = super().run(steps)\n        hide_api_key(self.response)\n",
          "result = super().run(steps)\n", "a raw response shows the API key",
          wrapper("raw_responses")),
    Fault(f"{CORE}/connections.py", "DefaultCookiePolicy(allowed_domains=())", "DefaultCookiePolicy()",
          "cookies are kept and sent", wrapper("clients")),
    Fault(f"{CORE}/request_options.py", "options.keys() - RequestOptions.__optional_keys__", "set()",
          "an option that is misspelt is passed over", wrapper("request_options")),

    Fault(f"{TASKS}/searching.py", " and contenders.get(likeness(claim.filename), 0) <= 1", "",
          "a task is found that another upload of the same name may have made", wrapper("unclear_uploads")),
    Fault(f"{TASKS}/searching.py", "is_contended = contenders.get(ANY_NAME, 0) > len(at_home)", "is_contended = False",
          "a task is found that an upload may have made whose name the list rewrites", wrapper("unclear_uploads")),
    Fault(f"{TASKS}/searching.py", "self._contenders = contenders\n",
          "known = contenders()\n        self._contenders = lambda: known\n",
          "a task is found that another creation made which began while the list was read", wrapper("owners_of_tasks")),
    Fault(f"{MANY}/settling.py", " + creations.names_of_others(self._records.name)", "",
          "a bulk creation finds a task that another creation of the client may have made", wrapper("lost_tasks")),
    Fault(f"{TASKS}/creating.py", "creations.names_of_others(creation.group) + Counter(", "Counter(",
          "a creation finds a task that another one of the client may have made", wrapper("lost_tasks")),
    Fault(f"{CORE}/creations.py", "return owner is not None and owner.group != group", "return False",
          "a task that was given to another creation is found", wrapper("lost_tasks", "unclear_uploads")),
    Fault(f"{TASKS}/searching.py", "SLACK = timedelta(seconds=5)", "SLACK = timedelta(0)",
          "clocks may not differ at all", wrapper("lost_tasks")),
    Fault(f"{TASKS}/searching.py", "return len(filename) <= LONGEST_PLAIN_NAME and", "return True or",
          "a name that the list may have rewritten is sent again if the list does not show it",
          wrapper("unclear_uploads")),
    Fault(f"{TASKS}/searching.py", "return timedelta(0), self._offset, claim.offset or timedelta(0)",
          "return (self._offset,)",
          "only what a gateway calls the time counts", wrapper("unclear_uploads", "lost_tasks")),
    Fault(f"{MANY}/settling.py", "margin=MARGIN", "margin=timedelta(0)",
          "an upload is sent again because the clock of its run was wrong", wrapper("unclear_uploads")),
    Fault(f"{MANY}/settling.py", "if each.over_at + self._plan.settling_seconds > time.monotonic():", "if False:",
          "an upload is sent again while a worker may still send it", emulator("bulk_workers")),
    Fault(f"{MANY}/bulk.py", "lease = upload.given_up_at if self._senders is Senders.WORKERS else None",
          "lease = None", "the ledger does not say until when a worker may send", emulator("bulk_workers")),
    Fault(f"{MANY}/remote.py", "if datetime.now(UTC) >= self.gives_up_at:", "if False:",
          "a worker never gives up", emulator("bulk_workers")),
    Fault(f"{MANY}/remote.py", "    if parent is None or parent.pid != process:\n", "    if True:\n",
          "the children of a run that was killed send on", emulator("bulk_workers")),
    Fault(f"{MANY}/ledger_file.py", "            self._check_identity()\n", "",
          "a run goes on with a ledger that was deleted or replaced", wrapper("ledger_files")),
    Fault(f"{MANY}/ledger_file.py", "        if status.st_size == 0:\n", "        if False:\n",
          "a ledger that was truncated is taken for a new one", wrapper("ledger_files")),
    Fault(f"{MANY}/ledger_file.py", "            if links > 1:\n", "            if False:\n",
          "a ledger is used by two names", wrapper("ledger_files")),
    Fault(f"{MANY}/ledger_file.py", "return str(absolute.parent.resolve() / absolute.name)", "return str(absolute)",
          "a file is another upload if its path is written in another way", wrapper("ledger_files")),
    Fault(f"{MANY}/bulk.py",
          "                upload = self._next(uploads)\n"
          "                if upload is None:\n"
          "                    break\n"
          "                yield from self._send(upload)\n",
          "                start, self._records.start = self._records.start, lambda *_, **__: None\n"
          "                upload = self._next(uploads)\n"
          "                self._records.start = start\n"
          "                if upload is None:\n"
          "                    break\n"
          "                yield from self._send(upload)\n"
          "                start(upload.key, upload.filename, given_up_at=None)\n",
          "an upload begins before the ledger says so", wrapper("bulk_ledger")),
    Fault(f"{MANY}/pace.py", "return count >= MOST_IN_A_ROW or", "return",
          "an input that is refused again and again is sent fifty times", wrapper("bulk_refused")),
    Fault(f"{MANY}/pace.py", " or upload.refusals >= MOST_REFUSALS", "",
          "an input that is refused while others are accepted is never given up", wrapper("bulk_refused")),
    Fault(f"{CORE}/transport.py",
          "        client = self.client\n        if exchange.deadline is None:\n",
          "        client = self.client\n        if True:\n",
          "a wait outlasts its timeout while a response is on its way", wrapper("wait_limits")),
    Fault(f"{CORE}/transport.py",
          "with move_on_after(max(0.0, exchange.deadline - time.monotonic())):", "with move_on_after(None):",
          "an async wait outlasts its timeout while a response is on its way", wrapper("wait_limits")),
    Fault(f"{CORE}/transport.py", "if self._process == process:", "if self._process is not None:",
          "a child that was forked uses the connections of its parent", wrapper("forked_clients")),
    Fault(f"{CORE}/threads.py", "while not job.outcome.done():", "while not job.outcome.done() and not cancellation:",
          "a cancellation withdraws work that has not begun, or leaves it behind", wrapper("bulk_cancelled")),
    Fault(f"{CORE}/transport.py", "(in_daemon_thread if may_stall else in_thread)(function)", "in_thread(function)",
          "a stream that stalls is waited for in spite of a cancellation", wrapper("stalled_streams")),
    Fault(f"{CORE}/early_responses.py", 'if name != "http11.send_request_body.failed":', "if True:",
          "a response that comes before the upload is over is lost", wrapper("early_responses")),
    Fault(f"{CORE}/early_responses.py", "if name.endswith(STREAM_MADE):", "if False:",
          "an async client loses a response that comes before the upload is over", wrapper("early_responses")),
    Fault(f"{CORE}/transport.py", "if exchange.upload is not None and response.status_code < 300:", "if False:",
          "an early success that cannot be read is taken for a failure", wrapper("early_responses")),

    Fault(f"{EMULATOR}/platform/stages.py", 'return "queued", due_at', 'return "indexing", due_at',
          "a status is skipped", emulator("task_life")),
    Fault(f"{EMULATOR}/platform/stages.py", """ if task.hls_status != "PROCESSING":""", ":",
          "a task is ready before its stream", emulator("task_life")),
    Fault(f"{EMULATOR}/store/tasks.py", ":duration - 0.5 AND :duration + 0.5", ":duration - 1.5 AND :duration + 1.5",
          "`duration` matches too much", emulator("lists")),
    Fault(f"{EMULATOR}/store/tasks.py", '_FILTERS = ("index_id", "filename", "width", "height")',
          '_FILTERS = ("index_id", "filename", "width")', "a filter is ignored", emulator("lists")),
    Fault(f"{EMULATOR}/store/tasks.py", "{name} >= :{name} AND {name} < :{name}_end", "{name} >= :{name}",
          "`created_at` matches later days", emulator("lists")),
    Fault(f"{EMULATOR}/operations/tasks.py", "-(-page.total // size)", "page.total // size + 1",
          "`total_page` is off by one", emulator("lists")),
    Fault(f"{EMULATOR}/operations/tasks.py", 'query.get("page_limit", 10)', 'query.get("page_limit", 20)',
          "a page has another length", emulator("lists")),
    Fault(f"{EMULATOR}/operations/tasks.py", "    if task.has_vector:", "    if False:",
          "a ready task is deleted before its video vector", emulator("task_life")),
    Fault(f"{EMULATOR}/operations/tasks.py", "    if not task.is_final:", "    if False:",
          "a running task is deleted", emulator("task_life")),
    Fault(f"{EMULATOR}/operations/tasks.py", 'body.get("enable_video_stream", True)',
          'body.get("enable_video_stream", False)', "videos are not streamed by default", emulator("task_life")),
    Fault(f"{EMULATOR}/http/traffic.py", "if len(times) >= limit:", "if len(times) > limit:",
          "one request too many is let through", emulator("refused_requests")),
    Fault(f"{EMULATOR}/http/validation.py", "if len(values) > 1 and not parameter.repeated:", "if False:",
          "a parameter may be given twice", emulator("refused_requests")),
    Fault(f"{EMULATOR}/http/api.py", "if not key or (", "if (", "no key is asked for", emulator("refused_requests")),
    Fault(f"{EMULATOR}/platform/intake.py", "used > limit", "used >= 2 * limit", "credit is overdrawn",
          emulator("refused_videos")),
    Fault("wrapper/twelvelabs_tasks/video/_limits.py", "MIN_SIDE: Final = 360", "MIN_SIDE: Final = 361",
          "a limit is moved by one pixel", emulator("refused_videos")),
    Fault("wrapper/twelvelabs_tasks/video/_limits.py", "MAX_SECONDS: Final = 7200.0", "MAX_SECONDS: Final = 7201.0",
          "a limit is moved by one second", emulator("refused_videos")),
    Fault("wrapper/twelvelabs_tasks/video/_limits.py", "MAX_ASPECT_RATIO: Final = 2.4", "MAX_ASPECT_RATIO: Final = 2.5",
          "videos may be too wide", emulator("refused_videos")),
)  # fmt: skip
