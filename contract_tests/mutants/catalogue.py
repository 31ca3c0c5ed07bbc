"""The faults that no tool makes: those of the contract, and some of SQL, of patterns and of time."""

from __future__ import annotations

from attrs import frozen

__all__ = ["FAULTS", "HandmadeFault"]


@frozen
class HandmadeFault:
    """One fault.

    Attributes:
        place: The file it is put into, or the folder of the one file that has the original.
        original: The text it replaces, which occurs exactly once there.
        faulty: What is put there.
        what: What is wrong then.
        tests: The tests that must fail.
    """

    place: str
    original: str
    faulty: str
    what: str
    tests: tuple[str, ...]


CONTRACT = ("contract_tests/contract", "contract_tests/wrapper/test_requests.py")


def contract(original: str, faulty: str, what: str) -> HandmadeFault:
    return HandmadeFault("openapi.yaml", original, faulty, what, CONTRACT)


def wrapper(original: str, faulty: str, what: str, *tests: str) -> HandmadeFault:
    return HandmadeFault(
        "wrapper", original, faulty, what, tuple(f"contract_tests/wrapper/test_{name}.py" for name in tests)
    )


def emulator(original: str, faulty: str, what: str, *tests: str) -> HandmadeFault:
    return HandmadeFault(
        "emulator", original, faulty, what, tuple(f"contract_tests/emulator/test_{name}.py" for name in tests)
    )


FAULTS: tuple[HandmadeFault, ...] = (
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

    wrapper('db.execute("PRAGMA locking_mode = EXCLUSIVE")', 'db.execute("PRAGMA locking_mode = NORMAL")',
            "two runs share a ledger", "bulk_ledger"),
    wrapper("SET state = 'failed', error", "SET state = 'created', error",
            "a failure is no failure for the next run", "bulk_ledger"),
    wrapper("WHERE rowid = ? AND state <> 'started'", "WHERE rowid = ?",
            "an upload of unknown outcome is forgotten", "ledger"),
    wrapper(", {status.st_mtime_ns} ns", "", "a file that was changed is not sent", "bulk_ledger"),
    wrapper(r'VALUE = r"([\x21-\x7e]([\t\x20-\x7e]*[\x21-\x7e])?)?"', r'VALUE = r"(?s)[^\x00]*"',
            "a header may hold a second one", "hostile_values"),
    wrapper("self._contenders = contenders\n",
            "known = contenders()\n        self._contenders = lambda: known\n",
            "a task is found that another creation made which began while the list was read", "owners_of_tasks"),

    emulator(":duration - 0.5 AND :duration + 0.5", ":duration - 1.5 AND :duration + 1.5",
             "`duration` matches too much", "lists"),
    emulator("{name} >= :{name} AND {name} < :{name}_end", "{name} >= :{name}",
             "`created_at` matches later days", "lists"),
    emulator("WHERE id = ? AND index_id = ? AND has_vector", "WHERE id = ? AND has_vector",
             "a video is deleted from an index it is not in", "task_life"),
)  # fmt: skip
