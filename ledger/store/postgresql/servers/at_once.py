"""Run what binds nothing and gives nothing at the least cost: what begins and ends a transaction.

psycopg's own way of a statement takes three times as long, which is most of what a short question
costs. This one waits as that does: other threads go on, and Ctrl-C is heard.
"""

from __future__ import annotations

from select import POLLIN, poll

import psycopg
from psycopg.errors import error_from_result
from psycopg.pq import ConnStatus, ExecStatus

FAILED = (ExecStatus.FATAL_ERROR, ExecStatus.BAD_RESPONSE)


def run_at_once(connection: psycopg.Connection[object], statements: bytes) -> str:
    """Run statements in one round trip; return what the server says of the last: `COMMIT`.

    Raises:
        psycopg.Error: one of them failed, or the connection is cut.
    """
    server = connection.pgconn
    said, failed = b"", None
    with connection.lock:
        server.send_query(statements)
        waiting = poll()
        waiting.register(server.socket, POLLIN)
        while True:
            while server.is_busy():
                server.flush()
                waiting.poll()
                server.consume_input()
            result = server.get_result()
            if result is None:
                break
            if result.status in FAILED and failed is None:
                failed = error_from_result(result, encoding=connection.info.encoding)
            said = result.command_status or b""
    if server.status == ConnStatus.BAD:
        raise psycopg.OperationalError("the connection is cut") from failed
    if failed is not None:
        raise failed
    return said.decode()
