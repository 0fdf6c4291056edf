from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QCoreApplication, QObject, QThread, Signal
from pytestqt.qtbot import QtBot

from analysis.problems import UserProblem
from desktop.jobs import InlineJobs, Jobs, Progress

OPEN_ELSEWHERE = UserProblem("The file is open elsewhere.", "Nothing was changed.")
DISK_FULL = UserProblem("The disk is full.")


class Receiver(QObject):
    got = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.results: list[object] = []
        self.problems: list[UserProblem] = []
        self.threads: list[QThread] = []

    def take(self, result: object) -> None:
        self.results.append(result)
        self.threads.append(QThread.currentThread())
        self.got.emit()

    def sorry(self, problem: UserProblem) -> None:
        self.problems.append(problem)
        self.got.emit()


@pytest.fixture
def receiver() -> Receiver:
    return Receiver()


@pytest.fixture
def jobs(qtbot: QtBot) -> Jobs:
    return Jobs()


def test_a_result_is_delivered_on_the_gui_thread(jobs: Jobs, receiver: Receiver, qtbot: QtBot) -> None:
    worker: list[int] = []

    def work(progress: Progress) -> int:
        worker.append(threading.get_ident())
        return 42

    with qtbot.waitSignal(receiver.got):
        jobs.read(work, receiver.take)
    app = QCoreApplication.instance()
    assert app is not None
    assert receiver.results == [42]
    assert receiver.threads == [app.thread()]
    assert worker != [threading.get_ident()]
    assert jobs.count == 0


def test_writes_run_one_at_a_time_in_the_order_asked(jobs: Jobs, receiver: Receiver, qtbot: QtBot) -> None:
    under_way: list[int] = []
    most: list[int] = []

    def write(number: int) -> int:
        under_way.append(number)
        most.append(len(under_way))
        under_way.remove(number)
        return number

    for number in range(20):
        jobs.write(lambda _, n=number: write(n), receiver.take)  # type: ignore[misc]  # mypy cannot infer a default
    qtbot.waitUntil(lambda: len(receiver.results) == 20)
    assert receiver.results == list(range(20))
    assert max(most) == 1


def test_what_was_asked_for_earlier_is_not_shown_after_what_was_asked_for_later(
    jobs: Jobs, receiver: Receiver, qtbot: QtBot
) -> None:
    later_is_there, other = threading.Event(), Receiver()

    def slow(_progress: Progress) -> str:
        later_is_there.wait(5)
        return "as it was"

    def quick(_progress: Progress) -> str:
        return "as it is"

    for wants_newest in (True, False):
        receiver.results.clear()
        later_is_there.clear()
        jobs.read(slow, receiver.take, newest=wants_newest)
        jobs.read(quick, receiver.take, newest=wants_newest)
        jobs.read(quick, other.take, newest=wants_newest)
        qtbot.waitUntil(lambda: receiver.results == ["as it is"])
        later_is_there.set()
        qtbot.waitUntil(lambda: jobs.count == 0)
        assert receiver.results == (["as it is"] if wants_newest else ["as it is", "as it was"])
    jobs.read(quick, receiver.take, newest=True)
    qtbot.waitUntil(lambda: receiver.results[-1:] == ["as it is"])
    assert other.results == ["as it is"] * 2


def test_progress_reaches_the_gui(jobs: Jobs, receiver: Receiver, qtbot: QtBot) -> None:
    gate = threading.Event()

    def work(progress: Progress) -> None:
        gate.wait(5)
        progress.step(1, 2, "Reading row 1 of 2")

    job = jobs.read(work, receiver.take)
    with qtbot.waitSignal(job.progressed) as told:
        gate.set()
    assert told.args == [1, 2, "Reading row 1 of 2"]
    qtbot.waitUntil(lambda: jobs.count == 0)


def test_a_cancelled_job_stops_at_its_next_step_and_delivers_nothing(
    jobs: Jobs, receiver: Receiver, qtbot: QtBot
) -> None:
    begun, gate = threading.Event(), threading.Event()
    steps: list[int] = []

    def work(progress: Progress) -> str:
        begun.set()
        gate.wait(5)
        progress.check()
        steps.append(1)
        return "never"

    job = jobs.read(work, receiver.take)
    begun.wait(5)
    job.cancel()
    gate.set()
    qtbot.waitUntil(lambda: jobs.count == 0)
    assert receiver.results == []
    assert steps == []


def test_a_problem_goes_to_whoever_asked_to_be_told(jobs: Jobs, receiver: Receiver, qtbot: QtBot) -> None:
    def work(progress: Progress) -> None:
        raise OPEN_ELSEWHERE

    with qtbot.waitSignal(receiver.got):
        jobs.write(work, receiver.take, receiver.sorry)
    assert receiver.problems[0].message == "The file is open elsewhere."


def test_a_problem_nobody_asked_about_is_shown_by_the_window(jobs: Jobs, receiver: Receiver, qtbot: QtBot) -> None:
    def work(progress: Progress) -> None:
        raise DISK_FULL

    with qtbot.waitSignal(jobs.problem) as told:
        jobs.write(work, receiver.take)
    assert told.args is not None
    assert told.args[0].message == "The disk is full."


def test_a_fault_of_the_program_is_neither_lost_nor_fatal(
    jobs: Jobs, receiver: Receiver, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    def work(progress: Progress) -> None:
        raise ZeroDivisionError

    with qtbot.waitSignal(jobs.crashed) as told:
        jobs.read(work, receiver.take, label="Reading the portfolio")
    assert told.args is not None
    assert isinstance(told.args[0], ZeroDivisionError)
    assert "Reading the portfolio failed" in caplog.text


def test_a_result_for_a_page_that_has_gone_is_dropped(jobs: Jobs, receiver: Receiver, qtbot: QtBot) -> None:
    gate = threading.Event()
    jobs.read(lambda _: gate.wait(5), receiver.take)
    results = receiver.results
    import shiboken6

    shiboken6.delete(receiver)
    gate.set()
    qtbot.waitUntil(lambda: jobs.count == 0)
    assert results == []


def test_closing_waits_for_writes_under_way(jobs: Jobs, receiver: Receiver) -> None:
    written: list[int] = []
    for number in range(5):
        jobs.write(lambda _, n=number: written.append(n), receiver.take)  # type: ignore[misc]  # default argument
    jobs.close()
    assert written == [0, 1, 2, 3, 4]


def test_inline_jobs_deliver_before_they_return(qtbot: QtBot, receiver: Receiver) -> None:
    InlineJobs().read(lambda _: 7, receiver.take)
    assert receiver.results == [7]
