"""Exporters: figures in the forms that other tools read, one module a form, found by its name."""
