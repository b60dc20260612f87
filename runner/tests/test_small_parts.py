"""Rules without any machine around them."""

import asyncio
import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callsheet_runner.backoff import pauses
from callsheet_runner.child.input_paths import with_input_paths
from callsheet_runner.child_pipe import lines_of
from callsheet_runner.cut_text import cut_start, cut_text
from callsheet_runner.detect.devices import Use, parse_smi
from callsheet_runner.detect.host import cpu_cores, memory_mb
from callsheet_runner.detect.models import ModelHashes, detect_models, model_files
from callsheet_runner.detect.vram_of_others import vram_of_others
from callsheet_runner.job import Job
from callsheet_runner.job_process import failure_said
from callsheet_runner.lease import Lease
from callsheet_runner.log_flow import LogFlow
from callsheet_runner.outbox import Outbox
from callsheet_runner.sandbox.mounts import read_mounts
from callsheet_runner.send_queue import SendQueue
from callsheet_runner.warm import Warm
from callsheet_runner.wire import Draining, Limits, LogLines, ToRunner

ANY_TEXT = st.text(st.characters(codec=None))


@given(ANY_TEXT, st.integers(1, 50))
def test_cut_text_is_never_longer_than_the_registry_allows(text: str, most: int) -> None:
    for cut in (cut_text(text, most), cut_start(text, most)):
        assert len(cut.encode("utf-16-le")) // 2 <= most
        cut.encode("utf-8")


@given(ANY_TEXT)
def test_short_text_stays_as_it_is_but_for_what_is_no_character(text: str) -> None:
    assert cut_text(text, 10_000) == text.encode("utf-16-le", "replace").decode("utf-16-le")


def test_pauses_grow_to_their_most_and_stay_there() -> None:
    taken = list(itertools.islice(pauses(0.5, 30), 50))
    assert all(pause <= 30 for pause in taken)
    assert min(taken[10:]) >= 15
    assert taken[0] <= 0.5


def test_inputs_get_paths_wherever_a_digest_of_the_job_stands() -> None:
    files = {"sha256:aa": "/job/inputs/a.png"}
    inputs = {"one": "sha256:aa", "list": ["sha256:aa", "sha256:bb"], "deep": {"x": [{"y": "sha256:aa"}]}, "n": 1}
    path = Path("/job/inputs/a.png")
    assert with_input_paths(inputs, files) == {"one": path, "list": [path, "sha256:bb"], "deep": {"x": [{"y": path}]}, "n": 1}


async def collect(chunks: list[bytes], most: int) -> list[str]:
    reader = asyncio.StreamReader()
    for chunk in chunks:
        reader.feed_data(chunk)
    reader.feed_eof()
    return [line async for line in lines_of(reader, most)]


def test_lines_are_cut_and_a_progress_bar_counts_once() -> None:
    assert asyncio.run(collect([b"one\ntw", b"o\n", b"10%\r50%\r100%\nend"], 100)) == ["one", "two", "100%", "end"]
    assert asyncio.run(collect([b"x" * 50, b"y" * 50 + b"\nnext\n"], 10)) == ["x" * 10, "next"]
    assert asyncio.run(collect([b"\xff\xfe\n"], 10)) == ["\ufffd\ufffd"]


@given(st.lists(st.binary(max_size=300), max_size=20), st.integers(1, 40))
def test_no_line_is_longer_than_asked_whatever_comes(chunks: list[bytes], most: int) -> None:
    assert all(len(line) <= most for line in asyncio.run(collect(chunks, most)))


def test_a_log_is_gathered_by_stream_and_never_over_its_limits() -> None:
    said: list[LogLines] = []
    log = LogFlow(Lease("run", 1), said.append)
    log.add("stdout", "one")
    log.add("stdout", "two")
    log.add("stderr", "three")
    log.flush()
    assert [(message.stream, message.lines) for message in said] == [("stdout", ["one", "two"]), ("stderr", ["three"])]
    said.clear()
    for _ in range(300):
        log.add("stdout", "x" * 5000)
        log.flush()
    for _ in range(300):
        for number in range(1000):
            log.add("stdout", f"{number}")
        log.flush()
    limits = Limits()
    assert all(len(message.lines) <= 201 and len(message.to_json()) < limits.runner_message_bytes for message in said)
    assert all(len(line) <= limits.log_line_length for message in said for line in message.lines)
    assert sum(len(line) for message in said for line in message.lines) < limits.log_bytes_per_run + 100_000
    assert "left out" in said[-1].lines[-1]


def test_a_full_queue_drops_log_lines_and_nothing_else() -> None:
    queue = SendQueue(most=2)
    for _ in range(5):
        queue.put(LogLines(run_id="r", fence=1, stream="stdout", lines=["x"]))
    queue.put(Draining())

    async def all_said() -> list[str]:
        return [(await queue.get()).type for _ in range(3)]  # type: ignore[attr-defined]

    assert asyncio.run(all_said()) == ["log", "log", "draining"]


def test_an_outbox_that_cannot_be_read_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "x.1.json").write_text("{broken")
    outbox = Outbox(tmp_path)
    outbox.load()
    assert outbox.leases() == [] and not list(tmp_path.iterdir())


def test_a_message_with_keys_of_a_newer_registry_is_understood() -> None:
    message = ToRunner.model_validate({"type": "accepted", "run_id": "r", "fence": 1, "since": "tomorrow"}).root
    assert message.type == "accepted"


def test_a_job_says_of_itself_only_what_a_handler_can() -> None:
    forged = failure_said({"class": "transient", "code": "lease_expired", "message": 7})
    assert (forged.failure_class, forged.code, forged.message) == ("unknown", "handler_error", "7")


def test_warm_is_what_was_used_last() -> None:
    warm = Warm(most=2)
    warm.use("a", "b")
    warm.use("a")
    warm.use("c")
    assert warm.keys() == ["a", "c"]


def test_vram_of_others_leaves_our_jobs_out() -> None:
    use = {0: Use(5000, {10: 3000, 11: 1500}), 1: Use(9000, {}), 2: Use(100, {})}
    assert vram_of_others(use, {10}, {1: 8000, 2: 4000}) == {"0": 2000, "1": 1000, "2": 0}


def test_nvidia_smi_s_table_is_read() -> None:
    told = "0, NVIDIA GeForce RTX 4090, 24564, 8.9, GPU-1\n1, Tesla K80, 11441, [N/A], GPU-2\nodd row\n"
    devices = parse_smi(told)
    assert [(device.index, device.vram_mb, device.compute_capability, device.uuid) for device in devices] == [
        (0, 24564, "8.9", "GPU-1"),
        (1, 11441, None, "GPU-2"),
    ]


def test_a_container_s_limits_count(tmp_path: Path) -> None:
    (tmp_path / "cpu.max").write_text("100000 100000\n")
    (tmp_path / "memory.max").write_text(f"{512 * 1024 * 1024}\n")
    assert (cpu_cores(tmp_path), memory_mb(tmp_path)) == (1, 512)
    (tmp_path / "cpu.max").write_text("max 100000\n")
    (tmp_path / "memory.max").write_text("max\n")
    assert cpu_cores(tmp_path) >= 1 and memory_mb(tmp_path) > 512


def test_models_are_found_as_files_as_folders_and_in_a_hub_s_cache(tmp_path: Path) -> None:
    models = tmp_path / "models"
    for name in ("flat.safetensors", "sdxl-base-1.0/model_index.json", "org/net/config.json", "org/net/weights.safetensors", "notes.txt"):
        (models / name).parent.mkdir(parents=True, exist_ok=True)
        (models / name).write_text("x")
    (models / "models--stabilityai--sd-turbo/snapshots/abc").mkdir(parents=True)
    hashes = ModelHashes(tmp_path / "models.json")
    assert [model.name for model in detect_models(models, 100, hashes)] == ["flat", "org/net", "sdxl-base-1.0", "stabilityai/sd-turbo"]
    assert hashes.calculate(model_files(models)) and not hashes.calculate(model_files(models))
    known = {model.name: model.hash for model in detect_models(models, 100, ModelHashes(tmp_path / "models.json"))}
    assert known["flat"] == "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
    job = Job(output_dir=tmp_path, models_dir=models)
    for name in known:
        assert job.model_path(name).exists()


def test_what_is_hidden_stays_hidden_in_what_is_shown(tmp_path: Path) -> None:
    work, package = tmp_path / "all" / "work", tmp_path / "all" / "work" / "code"
    package.mkdir(parents=True)
    arguments = " ".join(read_mounts([tmp_path / "all", package], [work]))
    shown, covered = f"--ro-bind {tmp_path}/all {tmp_path}/all", f"--tmpfs {work}"
    assert arguments.index(shown) < arguments.index(covered) < arguments.index(f"--ro-bind {package}")


def test_an_output_s_name_stays_below_the_folder(tmp_path: Path) -> None:
    job = Job(output_dir=tmp_path)
    for name in ("../x", "/etc/x", "a/../../x"):
        with pytest.raises(ValueError):
            job.output_path(name)
    with pytest.raises(ValueError):
        job.report("execute", float("nan"))
