"""Neutral drawings of every kind of thing, as shapes with roles."""

from __future__ import annotations

from collections.abc import Mapping

from storyreel.treatment.widget import Widget

NEUTRAL: Mapping[str, Widget] = {}
"""Every kind that is drawn in any look, by the name that authors write."""
