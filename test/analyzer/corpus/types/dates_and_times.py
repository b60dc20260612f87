# expect function python.later
# expect input day {"type":"string","format":"date","required":true}
# expect input moment {"type":"string","format":"date-time","required":true}
# expect input clock {"type":"string","format":"time","required":true}
# expect input by {"type":"string","format":"duration","required":true}
# expect output result {"type":"string","format":"date","required":true}
# call {"day": "2024-02-28", "moment": "2024-01-01T00:00:00Z", "clock": "10:00:00Z", "by": "P2D"} => {"result": "2024-03-01"}
import datetime
from datetime import date, timedelta


def later(day: date, moment: datetime.datetime, clock: datetime.time, by: timedelta) -> date:
    return day + by
