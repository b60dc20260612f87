# trick: names subprocess.Popen in a logging configuration
# wants: process
# analysis: accepted
# sandbox: started
# because: it ended with its job
import logging.config


def trick(mark: int) -> str:
    started = {"()": "subprocess.Popen", "args": ["sleep", str(mark)], "start_new_session": True}
    logging.config.dictConfig({"version": 1, "formatters": {"started": started}})
    return "started"
