# trick: uses an HTTP client that the runner has installed for itself
# wants: network
# analysis: accepted
# sandbox: ConnectError
import httpx


def trick(port: int) -> str:
    return httpx.get(f"http://127.0.0.1:{port}/").text
