# expect function python.call
# expect input x {"type":"object","properties":{"mail":{"type":"string","format":"email","required":true},"url":{"type":"string","format":"uri","required":true},"count":{"type":"integer","min":1,"default":1}},"additional_properties":true,"required":true}
# expect input a {"type":"integer","min":0,"max":9,"required":true}
# expect input b {"type":"string","min_length":1,"required":true}
# expect input c {"type":"array","items":{"type":"integer"},"max_items":2,"default":[]}
# expect input d {"type":"float","min":0,"default":0}
# expect output result {"type":"integer","required":true}
from pydantic import BaseModel, ConfigDict, EmailStr, HttpUrl, NonNegativeFloat, PositiveInt, conint, conlist, constr


class Open(BaseModel):
    model_config = ConfigDict(extra="allow")

    mail: EmailStr
    url: HttpUrl
    count: PositiveInt = 1


def call(x: Open, a: conint(ge=0, le=9), b: constr(min_length=1), c: conlist(int, max_length=2) = [], d: NonNegativeFloat = 0.0) -> int:
    return a
