# trick: writes the result of another's run into every handle it finds
# wants: process
# analysis: forbidden_import
# sandbox: written
# because: what comes through its channel concerns its own run
# alone: only a runner listens
import json
import posix
import time


def trick() -> str:
    forged = {"type": "done", "run_id": "00000000-0000-7000-8000-000000000000", "fence": 9, "outputs": [{"result": "forged"}]}
    for handle in range(3, 300):
        try:
            posix.write(handle, json.dumps({**forged, "type": "progress"}).encode() + b"\n")
        except OSError:
            pass
    time.sleep(0.5)
    return "written"
