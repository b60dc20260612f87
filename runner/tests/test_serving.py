"""A runner process against a registry, over real sockets."""

import json

import pytest
from local_registry import LocalRegistry
from runner_process import StartRunner

pytestmark = pytest.mark.anyio

FILE = {"type": "file"}


async def test_a_job_is_done_and_its_result_is_handed_over(registry: LocalRegistry, start_runner: StartRunner) -> None:
    start_runner(registry, "--name", "lab", "--label", "room=7")
    report = await registry.do(inputs={"text": "hi", "number": 7}, outputs={"text": {"type": "string"}, "number": {"type": "integer"}})
    assert (report.type, report.outputs) == ("result", [{"text": "hi", "number": 7}])
    hello = registry.hellos[0].capabilities
    assert (hello.name, hello.labels, hello.pool, hello.slots) == ("lab", {"room": "7"}, "default", 1)
    assert "echo" in hello.handlers and {"pydantic", "websockets"} <= set(hello.packages)
    assert registry.all("started", report.run_id)
    assert "hello from the handler" in [line for log in registry.all("log") for line in log.lines]


async def test_file_inputs_arrive_as_paths_wherever_they_stand(registry: LocalRegistry, start_runner: StartRunner) -> None:
    start_runner(registry)
    digest = registry.keep(b"file content")
    report = await registry.do(inputs={"picture": digest, "plain": "text"}, files=[digest], outputs={"picture": {"type": "string"}})
    assert report.outputs == [{"picture": "file content", "plain": "text"}]


async def test_file_outputs_are_uploaded_wherever_the_interface_declares_them(registry: LocalRegistry, start_runner: StartRunner) -> None:
    start_runner(registry)
    outputs = {
        "file": FILE,
        "list": {"type": "array", "items": FILE},
        "nested": {"type": "object", "properties": {"inner": FILE}},
        "plain": {"type": "string"},
    }
    report = await registry.do(handler="write_files", outputs=outputs)
    [values] = report.outputs
    assert registry.files[values["file"]] == b"one"
    assert [registry.files[digest] for digest in values["list"]] == [b"two"]
    assert values["nested"] == {"inner": values["file"]}
    assert values["plain"] == "one.txt"
    progress = registry.all("progress", report.run_id)
    assert progress[-1].fraction == 0.5
    assert registry.files[progress[-1].preview] == b"\x89PNG preview"
    streams = {(log.stream, line) for log in registry.all("log") for line in log.lines}
    assert {("stdout", "written"), ("stderr", "careful")} <= streams


async def test_a_handler_may_return_siblings(registry: LocalRegistry, start_runner: StartRunner) -> None:
    start_runner(registry)
    report = await registry.do(handler="siblings", outputs={"n": {"type": "integer"}})
    assert report.outputs == [{"n": 0}, {"n": 1}, {"n": 2}]


async def test_a_large_output_goes_up_in_parts(registry: LocalRegistry, start_runner: StartRunner) -> None:
    start_runner(registry)
    report = await registry.do(handler="large_file", outputs={"file": FILE})
    assert len(registry.files[report.outputs[0]["file"]]) == 20 * 1024 * 1024
    assert sum("/parts/" in request for request in registry.requests) == 3


async def test_outputs_too_large_for_a_message_travel_as_a_file(registry: LocalRegistry, start_runner: StartRunner) -> None:
    start_runner(registry)
    report = await registry.do(handler="large_value", inputs={"size": 600_000}, outputs={"text": {"type": "string"}})
    assert report.outputs is None
    assert len(json.loads(registry.files[report.outputs_digest])[0]["text"]) == 600_000
    report = await registry.do(handler="large_value", inputs={"size": 5_000_000}, outputs={"text": {"type": "string"}})
    assert (report.type, report.class_, report.code) == ("failure", "validation", "invalid_outputs")


async def test_inputs_too_large_for_a_message_are_fetched(registry: LocalRegistry, start_runner: StartRunner) -> None:
    start_runner(registry)
    digest = registry.keep(json.dumps({"text": "y" * 1000}).encode())
    report = await registry.do(inputs=None, inputs_file={"digest": digest, "url": f"/v1/files/{digest}?s=1"})
    assert report.outputs == [{"text": "y" * 1000}]


async def test_a_handler_sees_its_parameters_its_device_and_its_models(
    registry: LocalRegistry, start_runner: StartRunner, tmp_path
) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "tiny.safetensors").write_bytes(b"weights")
    start_runner(registry, "--models", str(tmp_path / "models"))
    report = await registry.do(handler="facts", parameters={"steps": 4}, quality="draft")
    [values] = report.outputs
    assert (values["parameters"], values["device"], values["quality"]) == ({"steps": 4}, "cpu", "draft")
    assert values["models"].endswith("/tiny.safetensors")
    assert [model.name for model in registry.hellos[0].capabilities.models] == ["tiny"]
    # The weights' hash is told as soon as it is known.
    await registry.until(lambda: registry.hellos[-1].capabilities.models[0].hash is not None)


async def test_several_slots_work_at_once_and_no_more(registry: LocalRegistry, start_runner: StartRunner) -> None:
    start_runner(registry, "--slots", "2")
    offers = [registry.offer(handler="sleep", inputs={"seconds": 30}) for _ in range(3)]
    for offer in offers:
        await registry.send(offer)
    await registry.until(lambda: len(registry.all("started")) == 2 and len(registry.all("release")) == 1)
    assert registry.all("release")[0].run_id == offers[2]["run_id"]


async def test_the_same_offer_twice_is_done_once(registry: LocalRegistry, start_runner: StartRunner) -> None:
    start_runner(registry, "--slots", "2")
    offer = registry.offer()
    await registry.send(offer)
    await registry.send(offer)
    await registry.report(offer["run_id"])
    assert len(registry.all("started")) == 1


async def test_a_cancelled_job_is_stopped(registry: LocalRegistry, start_runner: StartRunner) -> None:
    start_runner(registry)
    offer = registry.offer(handler="sleep")
    await registry.send(offer)
    await registry.until(lambda: registry.all("started"))
    await registry.send({"type": "cancel", "run_id": offer["run_id"], "fence": 1, "reason": "not wanted"})
    # Its slot is free for the next.
    report = await registry.do(inputs={"a": 1})
    assert report.type == "result"
    assert not registry.all("failure") and len(registry.all("result")) == 1
