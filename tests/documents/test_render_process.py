"""Rendering in processes of their own."""

import os
import signal
import threading
import time

import pytest

from documents import render_process
from documents.html_to_pdf import pdf_from_html
from documents.render_process import RenderingFailed, render
from documents.worker import MEBIBYTE, Limits, WorkerLost, Workers
from tests.documents.tasks import die, process_number, refuse, sleep_for, swallow_memory


def test_a_page_is_rendered_in_another_process():
    assert render(pdf_from_html, "<p>安岭县</p>").startswith(b"%PDF")
    assert render(process_number) != process_number()


def test_rendering_goes_on_after_a_worker_was_killed():
    render(process_number)
    for number in render_process._workers.pids():
        os.kill(number, signal.SIGKILL)
    assert render(pdf_from_html, "<p>再来一次</p>").startswith(b"%PDF")


def test_a_crash_fails_only_its_own_document():
    with pytest.raises(RenderingFailed) as failure:
        render(die)
    assert failure.value.message.startswith("文件未能生成")
    assert render(process_number)


def test_an_endless_document_is_given_up():
    with pytest.raises(RenderingFailed):
        render(sleep_for, 3600.0, timeout_seconds=0.2)
    assert render(process_number)


def test_memory_is_bounded():
    with pytest.raises(RenderingFailed):
        render(swallow_memory)
    assert render(process_number)


def test_the_message_tells_nothing_of_the_content():
    with pytest.raises(RenderingFailed) as failure:
        render(refuse)
    assert "秘密内容" not in failure.value.message


def test_many_threads_get_their_own_answers():
    answers: list[bytes] = []
    threads = [threading.Thread(target=lambda: answers.append(render(sleep_for, 0.01))) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [b"awake"] * 12


def test_a_worker_is_replaced_after_its_tasks():
    workers = Workers(Limits(memory=1024 * MEBIBYTE, tasks=2), most=1)
    numbers = [workers.run(process_number, timeout_seconds=30) for _ in range(4)]
    assert numbers[0] == numbers[1] != numbers[2] == numbers[3]


def test_a_worker_that_grew_is_replaced():
    workers = Workers(Limits(memory=1024 * MEBIBYTE, tasks=9, resident=1), most=1)
    assert workers.run(process_number, timeout_seconds=30) != workers.run(process_number, timeout_seconds=30)


def test_a_caller_who_finds_every_worker_busy_is_told():
    workers = Workers(Limits(memory=1024 * MEBIBYTE, tasks=9), most=1)
    busy = threading.Thread(target=lambda: workers.run(sleep_for, 3.0, timeout_seconds=30))
    busy.start()
    while workers._places.qsize():
        time.sleep(0.01)
    with pytest.raises(WorkerLost, match="busy"):
        workers.run(process_number, timeout_seconds=0.1)
    busy.join()
