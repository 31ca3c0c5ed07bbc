"""A server that reads what is uploaded to it as fast as it can, forgets it, and responds as the platform does."""

from __future__ import annotations

import json
import socketserver

from benchmarks.samples import task_id

BUFFER = 1 << 20  # bytes
RESPONSE = json.dumps({"_id": task_id(1), "video_id": task_id(1)}).encode()


class Upload(socketserver.StreamRequestHandler):
    """One connection, over which any number of requests come."""

    def handle(self) -> None:
        space = memoryview(bytearray(BUFFER))
        while self.rfile.readline():
            length = 0
            while (line := self.rfile.readline()) not in (b"\r\n", b""):
                name, _, value = line.partition(b":")
                if name.lower() == b"content-length":
                    length = int(value)
            while length:
                length -= self.rfile.readinto(space[: min(length, BUFFER)])
            self.wfile.write(
                b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b"
                % (len(RESPONSE), RESPONSE)
            )


class Sink(socketserver.ThreadingTCPServer):
    daemon_threads = True


def main() -> None:
    with Sink(("127.0.0.1", 0), Upload) as server:
        print(f"http://127.0.0.1:{server.server_address[1]}", flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main()
