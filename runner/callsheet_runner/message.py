"""The base of every wire type. Keys that it does not know are ignored, so that a newer registry can talk to an older runner."""

from pydantic import BaseModel, ConfigDict


class Message(BaseModel):
    """Something said between a runner and its registry."""

    model_config = ConfigDict(extra="ignore", populate_by_name=True)

    def to_json(self) -> str:
        """As it goes over the wire; keys that are None are sent as null, since the contract wants them said."""
        return self.model_dump_json(by_alias=True)
