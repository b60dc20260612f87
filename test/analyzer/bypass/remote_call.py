# trick: connects with the client of XML-RPC
# wants: network
# analysis: accepted
# sandbox: ConnectionRefusedError
import xmlrpc.client


def trick(port: int) -> str:
    return str(xmlrpc.client.ServerProxy(f"http://127.0.0.1:{port}").secret())
