# expect function python.ask
# expect input question {"type":"string","required":true}
# expect output text {"type":"string","description":"What it says.","required":true}
# expect output score {"type":"float","required":true}
from pydantic import BaseModel, Field


class Answer(BaseModel):
    text: str = Field(alias="Text", description="What it says.")
    score: float = 0.5


def ask(question: str) -> Answer:
    return Answer(Text=question)
