"""What a chat model is asked to give for one chunk of a document."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from harmonyguard.policies.policy import Category, RiskLevel


class FoundPolicy(BaseModel):
    """One policy, as the model read it. Nothing of it is believed before it was checked (`verification`)."""

    model_config = ConfigDict(extra="forbid")

    quote: str = Field(description="The clause, word for word.")
    statement: str = Field(description="The same rule as one sentence that stands alone.")
    addressee: Literal["governed", "owner", "other"]
    audience: str = Field(description="Who is bound, or empty.")
    modality: Literal["prohibition", "obligation", "limit", "permission"]
    conditions: list[str]
    exceptions: list[str]
    category: Category
    category_reason: str
    risk_level: RiskLevel
    risk_reason: str


class ChunkReply(BaseModel):
    """The policies of one chunk."""

    model_config = ConfigDict(extra="forbid")

    policies: list[FoundPolicy]
