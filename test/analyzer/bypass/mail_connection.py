# trick: connects with a mail client
# wants: network
# analysis: accepted
# sandbox: ConnectionRefusedError
import imaplib


def trick(port: int) -> str:
    return str(imaplib.IMAP4("127.0.0.1", port, timeout=2).welcome)
