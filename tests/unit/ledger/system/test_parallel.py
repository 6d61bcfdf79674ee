"""Work side by side: what the other processes are handed, and who is told of Ctrl-C."""

from __future__ import annotations

import signal

from answerable.ledger.system.parallel import handed, processes_worth, side_by_side


def test_others_are_handed_what_they_need_and_leave_ctrl_c_to_who_started_them() -> None:
    with side_by_side(2, handing={"asked": 7}) as submit:
        told, ignored = submit(handed), submit(signal.getsignal, signal.SIGINT)
        assert told() == {"asked": 7}
        assert ignored() == signal.SIG_IGN
    assert handed() is None


def test_work_is_done_here_where_there_is_too_little_of_it() -> None:
    assert processes_worth(99, 100) == 1
    with side_by_side(processes_worth(99, 100)) as submit:
        assert submit(sum, (1, 2))() == 3
