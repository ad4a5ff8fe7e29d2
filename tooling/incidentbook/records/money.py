"""Amounts of money: a decimal number and an ISO 4217 currency. Amounts of different currencies are never added."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentbook.frozen import frozen

if TYPE_CHECKING:  # a responder's command does without: it is imported where an amount is made
    from decimal import Decimal

_MOST = 10**18
_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£"}


@frozen
class Money:
    """An amount in one currency."""

    amount: Decimal
    currency: str

    @classmethod
    def from_plain(cls, value: object) -> Money | None:
        """Read ``{amount, currency}``; None when either is missing, of another type, or beyond any economy (10^18)."""
        if not isinstance(value, dict):
            return None
        amount, currency = value.get("amount"), value.get("currency")
        if isinstance(amount, bool) or not isinstance(amount, int | float) or not isinstance(currency, str):
            return None
        from decimal import Decimal  # noqa: PLC0415 - as above

        return cls(Decimal(str(amount)), currency) if -_MOST <= amount <= _MOST else None

    def times(self, factor: Decimal) -> Money:
        """Return the amount times ``factor``, rounded to cents, halves up."""
        from decimal import ROUND_HALF_UP, Decimal  # noqa: PLC0415 - as above

        return Money((self.amount * factor).quantize(Decimal("0.01"), ROUND_HALF_UP), self.currency)

    def __str__(self) -> str:
        """Write ``$191,250`` or ``191,250.50 CHF``: cents only where there are any."""
        whole = self.amount == self.amount.to_integral_value()
        number = f"{self.amount:,.0f}" if whole else f"{self.amount:,.2f}"
        sign = _SIGNS.get(self.currency)
        return f"{sign}{number}" if sign else f"{number} {self.currency}"
