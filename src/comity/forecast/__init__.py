"""Forecasts: how likely an event is, estimated from panels."""

from comity.panel.logit import Logit, logit

__all__ = ["Logit", "logit"]
