"""How much of each device's memory is taken by others than our jobs."""

from callsheet_runner.detect.devices import Use


def vram_of_others(use: dict[int, Use], our_pids: set[int], leased_mb: dict[int, int]) -> dict[str, int]:
    """By device index, as text since JSON's keys are.

    Where the driver tells who uses what, our own processes are left out; in a container it does not,
    and then our jobs are taken to use all that they leased.
    """
    others = {}
    for index, taken in use.items():
        ours = sum(mb for pid, mb in taken.by_process_mb.items() if pid in our_pids)
        others[str(index)] = max(0, taken.used_mb - (ours or leased_mb.get(index, 0)))
    return others
