"""Concerns of a backtest: one question that policy answers about the past, one module."""
