"""What all models share: strict keys, values that never change, and one thing that stands for a list of one."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Strict(BaseModel):
    """Base of every model: unknown keys are refused, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, allow_inf_nan=False)


def alone_or_listed(value: object) -> object:
    """One thing stands for a list of one."""
    return value if isinstance(value, list | tuple) or value is None else [value]
