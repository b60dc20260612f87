"""Kills, broken connections, draining: what was finished is handed over, what was not is handed back."""

import asyncio
import signal
import time
from pathlib import Path

import psutil
import pytest
from local_registry import LocalRegistry
from runner_process import StartRunner

pytestmark = pytest.mark.anyio

#: A search path on which there is no bwrap.
WITHOUT_BWRAP = "/nonexistent"


def outbox(start_runner: StartRunner) -> list[Path]:
    return list((start_runner.work_dir / "outbox").glob("*.json"))


async def killed_with_a_result(registry: LocalRegistry, start_runner: StartRunner) -> str:
    registry.acknowledges = False
    runner = start_runner(registry)
    report = await registry.do(inputs={"text": "kept"})
    runner.kill()
    registry.said.clear()
    registry.acknowledges = True
    assert len(outbox(start_runner)) == 1
    return report.run_id


async def test_a_result_survives_kill_9_of_its_runner(registry: LocalRegistry, start_runner: StartRunner) -> None:
    run_id = await killed_with_a_result(registry, start_runner)
    start_runner(registry)
    report = await registry.report(run_id)
    assert report.outputs == [{"text": "kept"}]
    assert [key.run_id for key in registry.hellos[-1].leases] == [run_id]
    assert registry.hellos[0].capabilities.runner_id == registry.hellos[-1].capabilities.runner_id
    while outbox(start_runner):
        await asyncio.sleep(0.05)


async def test_a_result_whose_lease_is_over_is_forgotten(registry: LocalRegistry, start_runner: StartRunner) -> None:
    run_id = await killed_with_a_result(registry, start_runner)
    registry.keeps = []
    start_runner(registry)
    await registry.until(lambda: len(registry.hellos) == 2)
    await registry.do(inputs={})
    assert not registry.all("result", run_id)
    assert not [path for path in outbox(start_runner) if run_id in path.name]


async def test_an_unacknowledged_result_is_said_again_on_the_next_connection(registry: LocalRegistry, start_runner: StartRunner) -> None:
    registry.acknowledges = False
    start_runner(registry)
    report = await registry.do(inputs={"text": "again"})
    assert registry.socket is not None
    await registry.socket.close()
    registry.acknowledges = True
    await registry.until(lambda: len(registry.all("result", report.run_id)) == 2)


@pytest.mark.parametrize("path", [None, WITHOUT_BWRAP])
async def test_jobs_die_with_a_killed_runner_and_their_leases_are_not_named_again(
    registry: LocalRegistry, start_runner: StartRunner, path: str | None
) -> None:
    runner = start_runner(registry, **({} if path is None else {"path": path}))
    offer = registry.offer(handler="sleep", inputs={"seconds": 600})
    await registry.send(offer)
    await registry.until(lambda: registry.all("progress", offer["run_id"]))
    children = psutil.Process(runner.process.pid).children(recursive=True)
    assert children
    runner.kill()
    gone, alive = psutil.wait_procs(children, timeout=10)
    assert not alive and gone
    start_runner(registry)
    await registry.until(lambda: len(registry.hellos) == 2)
    assert registry.hellos[-1].leases == []


async def test_a_job_goes_on_while_the_registry_is_away(registry: LocalRegistry, start_runner: StartRunner) -> None:
    start_runner(registry)
    offer = registry.offer(handler="sleep", inputs={"seconds": 1}, outputs={"slept": {"type": "boolean"}})
    await registry.send(offer)
    await registry.until(lambda: registry.all("started"))
    await registry.stop()
    await asyncio.sleep(1.5)
    back = LocalRegistry(registry.token)
    await back.start(registry.port)
    report = await back.report(offer["run_id"])
    assert report.outputs == [{"slept": True}]
    assert [key.run_id for key in back.hellos[0].leases] == [offer["run_id"]]
    await back.stop()


async def test_heartbeats_go_on_whatever_a_job_does(registry: LocalRegistry, start_runner: StartRunner) -> None:
    registry.heartbeat_seconds = 0.1
    start_runner(registry)
    offer = registry.offer(handler="spin")
    await registry.send(offer)
    await registry.until(lambda: registry.all("started"))
    before = len(registry.all("heartbeat"))
    await registry.until(lambda: len(registry.all("heartbeat")) >= before + 5)
    assert [key.run_id for key in registry.all("heartbeat")[-1].leases] == [offer["run_id"]]


async def test_a_pool_that_falls_silent_is_left(registry: LocalRegistry, start_runner: StartRunner) -> None:
    registry.heartbeat_seconds, registry.lease_seconds = 0.1, 0.5
    registry.is_silent = True
    start_runner(registry)
    await registry.until(lambda: len(registry.hellos) == 2)


async def test_a_lease_that_is_lost_is_stopped(registry: LocalRegistry, start_runner: StartRunner) -> None:
    start_runner(registry)
    offer = registry.offer(handler="sleep")
    await registry.send(offer)
    await registry.until(lambda: registry.all("started"))
    await registry.send({"type": "heard", "lost": [{"run_id": offer["run_id"], "fence": 1}]})
    assert (await registry.do(inputs={"next": 1})).type == "result"
    assert not registry.all("failure")


async def test_a_run_that_is_leased_anew_is_done_under_the_new_lease(registry: LocalRegistry, start_runner: StartRunner) -> None:
    start_runner(registry)
    first = registry.offer(handler="sleep")
    await registry.send(first)
    await registry.until(lambda: registry.all("started"))
    await registry.send({**first, "fence": 2, "handler": "echo"})
    report = await registry.report(first["run_id"])
    assert report.fence == 2


async def test_sigterm_lets_jobs_end_and_takes_no_more(registry: LocalRegistry, start_runner: StartRunner) -> None:
    runner = start_runner(registry)
    offer = registry.offer(handler="sleep", inputs={"seconds": 1})
    await registry.send(offer)
    await registry.until(lambda: registry.all("started"))
    runner.process.send_signal(signal.SIGTERM)
    await registry.until(lambda: registry.all("draining"))
    refused = registry.offer()
    await registry.send(refused)
    assert await runner.ended() == 0
    assert registry.all("result", offer["run_id"]) and registry.all("release", refused["run_id"])
    assert outbox(start_runner) == []


async def test_after_its_grace_a_draining_runner_hands_jobs_back(registry: LocalRegistry, start_runner: StartRunner) -> None:
    runner = start_runner(registry, "--grace", "0.2")
    offer = registry.offer(handler="sleep")
    await registry.send(offer)
    await registry.until(lambda: registry.all("started"))
    runner.process.send_signal(signal.SIGTERM)
    assert await runner.ended() == 0
    assert [release.run_id for release in registry.all("release")] == [offer["run_id"]]
    assert not registry.all("failure")


async def test_a_second_signal_hands_jobs_back_at_once(registry: LocalRegistry, start_runner: StartRunner) -> None:
    runner = start_runner(registry, "--grace", "600")
    await registry.send(registry.offer(handler="sleep"))
    await registry.until(lambda: registry.all("started"))
    runner.process.send_signal(signal.SIGINT)
    await registry.until(lambda: registry.all("draining"))
    runner.process.send_signal(signal.SIGINT)
    assert await runner.ended() == 0
    assert len(registry.all("release")) == 1


async def test_a_runner_that_was_told_once_does_one_job_and_stops(registry: LocalRegistry, start_runner: StartRunner) -> None:
    runner = start_runner(registry, "--once")
    await registry.do()
    assert await runner.ended() == 0
    assert outbox(start_runner) == []


async def test_a_stopped_runner_without_a_registry_keeps_its_result(registry: LocalRegistry, start_runner: StartRunner) -> None:
    registry.acknowledges = False
    runner = start_runner(registry)
    await registry.do()
    await registry.stop()
    runner.process.send_signal(signal.SIGTERM)
    assert await runner.ended() == 0
    assert len(outbox(start_runner)) == 1


async def test_a_wrong_token_is_told_and_tried_again_slowly(registry: LocalRegistry, start_runner: StartRunner) -> None:
    runner = start_runner(registry, token="wrong")
    await said(runner, "does not know the token (401)")
    assert runner.process.poll() is None
    assert "wrong" not in runner.text()


async def test_a_pool_that_refuses_the_runner_says_why(registry: LocalRegistry, start_runner: StartRunner) -> None:
    registry.closes_with = 1008
    await said(start_runner(registry), "the pool closed the connection: not you")


async def test_an_address_without_a_registry_is_told(registry: LocalRegistry, start_runner: StartRunner) -> None:
    runner = start_runner(registry, "--url", f"{registry.url}/elsewhere")
    await said(runner, "is it a Callsheet registry?")


async def test_two_runners_do_not_share_a_work_dir(registry: LocalRegistry, start_runner: StartRunner) -> None:
    start_runner(registry)
    await registry.until(lambda: registry.hellos)
    second = start_runner(registry)
    assert await second.ended() == 2
    assert "another runner uses" in second.text()


async def test_the_token_is_nowhere_where_a_job_could_look(registry: LocalRegistry, start_runner: StartRunner) -> None:
    runner = start_runner(registry)
    await registry.send(registry.offer(handler="sleep"))
    await registry.until(lambda: registry.all("started"))
    for process in psutil.Process(runner.process.pid).children(recursive=True):
        assert registry.token not in " ".join(process.cmdline())
        assert registry.token not in process.environ().values()
    assert registry.token not in " ".join(psutil.Process(runner.process.pid).cmdline())


async def said(runner, words: str) -> None:
    deadline = time.monotonic() + 20
    while words not in runner.text():
        assert time.monotonic() < deadline, runner.text()
        await asyncio.sleep(0.05)
