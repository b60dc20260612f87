# expect function python.price
# expect input id {"type":"string","format":"uuid","required":true}
# expect input amount {"type":"float","required":true}
# expect input other {"type":"string","format":"uuid","nullable":true,"default":null}
# expect input rate {"type":"float","default":1}
# expect output result {"type":"string","required":true}
# call {"id": "0199b2c4-8d6e-7c3a-9f10-2a6b1c0d4e5f", "amount": 1.5} => {"result": "0199 2.5"}
import decimal
import uuid
from decimal import Decimal
from uuid import UUID


def price(id: UUID, amount: Decimal, other: uuid.UUID | None = None, rate: decimal.Decimal = 1) -> str:
    return f"{id.hex[:4]} {amount + 1}"
