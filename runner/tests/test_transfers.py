"""Files to and from the registry, with everything that goes wrong on the way."""

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from local_registry import LocalRegistry

from callsheet_runner.files.cache import FileCache
from callsheet_runner.files.download import Downloads
from callsheet_runner.files.open_beneath import open_beneath
from callsheet_runner.files.transfer import Transfer
from callsheet_runner.files.upload import LARGE_BYTES, Right, Uploads, media_type_of, name_of
from callsheet_runner.lease import Lease
from callsheet_runner.outcome import Failed
from callsheet_runner.progress_flow import ProgressFlow
from callsheet_runner.wire import ProgressReport

pytestmark = pytest.mark.anyio

RIGHT = Right("/v1/files?run_id=1&expires=9&signature=s", "/v1/uploads?run_id=1&expires=9&signature=s")


@pytest.fixture
async def transfer(registry: LocalRegistry) -> AsyncIterator[Transfer]:
    made = Transfer(registry.url)
    yield made
    await made.close()


@pytest.fixture
def cache(tmp_path: Path) -> FileCache:
    (tmp_path / "files").mkdir()
    return FileCache(tmp_path / "files", 1000)


async def test_a_file_is_fetched_once_and_kept(registry: LocalRegistry, transfer: Transfer, cache: FileCache) -> None:
    digest = registry.keep(b"content")
    downloads = Downloads(cache, transfer)
    url = f"/v1/files/{digest}?s=1"
    paths = await asyncio.gather(*[downloads.fetch(digest, url, 7) for _ in range(5)])
    assert {path.read_bytes() for path in paths} == {b"content"}
    assert len(registry.requests) == 1


async def test_a_broken_download_is_continued_where_it_broke(registry: LocalRegistry, transfer: Transfer, cache: FileCache) -> None:
    content = os.urandom(500_000)
    digest = registry.keep(content)
    registry.break_after = 300_000
    registry.troubles = [503]
    with cache.using([digest]):
        path = await Downloads(cache, transfer).fetch(digest, f"/v1/files/{digest}?s=1", len(content))
    assert path.read_bytes() == content
    assert len(registry.requests) == 3


async def test_a_download_is_continued_after_a_restart(registry: LocalRegistry, transfer: Transfer, cache: FileCache) -> None:
    digest = registry.keep(b"0123456789")
    cache.partial(digest).write_bytes(b"0123")
    path = await Downloads(cache, transfer).fetch(digest, f"/v1/files/{digest}?s=1", 10)
    assert path.read_bytes() == b"0123456789"
    # What was left may be wrong, or whole already.
    for left in (b"abcd", b"0123456789", b"0123456789 and more"):
        path.unlink()
        cache.partial(digest).write_bytes(left)
        await Downloads(cache, transfer).fetch(digest, f"/v1/files/{digest}?s=1", 10)
        assert path.read_bytes() == b"0123456789"


async def test_bytes_that_are_not_what_their_digest_says_are_refused(registry: LocalRegistry, transfer: Transfer, cache: FileCache) -> None:
    digest = registry.keep(b"true")
    registry.files[digest] = b"false"
    with pytest.raises(Failed) as failed:
        await Downloads(cache, transfer).fetch(digest, f"/v1/files/{digest}?s=1")
    assert (failed.value.failure_class, failed.value.code) == ("transient", "input_unavailable")
    assert not cache.has(digest)


async def test_a_file_that_is_not_there_is_final(registry: LocalRegistry, transfer: Transfer, cache: FileCache) -> None:
    with pytest.raises(Failed) as failed:
        await Downloads(cache, transfer).fetch("sha256:" + "0" * 64, "/v1/files/sha256:00?s=1")
    assert (failed.value.failure_class, failed.value.code) == ("permanent", "input_unavailable")
    registry.troubles = [403]
    with pytest.raises(Failed) as failed:
        await Downloads(cache, transfer).fetch("sha256:" + "0" * 64, "/v1/files/sha256:00?s=1")
    assert (failed.value.failure_class, failed.value.code) == ("transient", "input_unavailable")


async def test_the_cache_removes_what_was_used_longest_ago_but_never_what_is_in_use(cache: FileCache, tmp_path: Path) -> None:
    def add(number: int) -> str:
        digest = f"sha256:{number:064x}"
        (tmp_path / "new").write_bytes(bytes(400))
        os.utime(tmp_path / "new", (number, number))
        cache.keep(digest, tmp_path / "new")
        return digest

    first = add(1)
    with cache.using([first]):
        second, third = add(2), add(3)
        assert (cache.has(first), cache.has(second), cache.has(third)) == (True, False, True)


async def test_a_small_file_is_sent_again_while_the_registry_is_away(registry: LocalRegistry, transfer: Transfer, tmp_path: Path) -> None:
    (tmp_path / "one.png").write_bytes(b"small")
    registry.troubles = [503, 500, 429]
    digest = await Uploads(transfer).send_output(RIGHT, tmp_path, "one.png")
    assert registry.files[digest] == b"small"


async def test_a_large_upload_is_continued_after_trouble_and_begun_again_when_lost(
    registry: LocalRegistry, transfer: Transfer, tmp_path: Path
) -> None:
    content = os.urandom(LARGE_BYTES + 1000)
    (tmp_path / "large").write_bytes(content)
    sending = asyncio.create_task(Uploads(transfer).send_output(RIGHT, tmp_path, "large"))
    while not registry.uploads:
        await asyncio.sleep(0.001)
    registry.uploads.clear()
    digest = await sending
    assert registry.files[digest] == content
    registry.files.clear()
    registry.troubles = [503, 503]
    assert await Uploads(transfer).send_output(RIGHT, tmp_path, "large") == digest
    assert registry.files[digest] == content


async def test_an_upload_whose_right_ran_out_fails_the_attempt(registry: LocalRegistry, transfer: Transfer, tmp_path: Path) -> None:
    (tmp_path / "one").write_bytes(b"small")
    for status, failure_class in ((403, "transient"), (413, "permanent")):
        registry.troubles = [status]
        with pytest.raises(Failed) as failed:
            await Uploads(transfer).send_output(RIGHT, tmp_path, "one")
        assert (failed.value.failure_class, failed.value.code) == (failure_class, "upload_failed")


async def test_only_regular_files_below_the_folder_are_opened(tmp_path: Path) -> None:
    (tmp_path / "outside").write_text("secret")
    folder = tmp_path / "folder"
    (folder / "inner").mkdir(parents=True)
    (folder / "inner" / "file").write_text("fine")
    (folder / "link").symlink_to(tmp_path / "outside")
    (folder / "up").symlink_to(tmp_path)
    os.mkfifo(folder / "pipe")
    os.close(open_beneath(folder, "inner/file"))
    os.close(open_beneath(folder, "./inner//file"))
    for relative in ("link", "up/outside", "../outside", "pipe", "inner", "none", "", "/etc/passwd", "inner/../../outside"):
        with pytest.raises(OSError):
            open_beneath(folder, relative)


async def test_names_and_media_types_are_such_as_the_registry_takes() -> None:
    assert name_of("a/b/c d.png") == "c d.png"
    assert name_of("a/\nb\\c") == "_b_c"
    assert len(name_of("x" * 300)) == 255
    assert media_type_of("a.png") == "image/png"
    assert media_type_of("a.unheard-of") == "application/octet-stream"


async def test_the_last_progress_is_sent_though_its_job_has_ended(registry: LocalRegistry, transfer: Transfer, tmp_path: Path) -> None:
    (tmp_path / "preview.png").write_bytes(b"preview")
    said: list[ProgressReport] = []
    progress = ProgressFlow(Lease("run", 1), tmp_path, Uploads(transfer), RIGHT, said.append)
    progress.add({"stage": "execute", "fraction": 1, "preview": "preview.png"})
    registry.troubles = [503]
    flushing = asyncio.create_task(progress.keep_flushing())
    while not registry.requests:
        await asyncio.sleep(0.001)
    flushing.cancel()
    await asyncio.gather(flushing, return_exceptions=True)
    await progress.flush()
    assert [(report.fraction, registry.files[report.preview or ""]) for report in said] == [(1, b"preview")]
