"""Lay a decided briefing out as PDF, HTML and Word; whoever lays out chooses no words."""

# Bound after their modules are loaded, for a module and its function share a name; what is heavy is imported inside.
from briefings.render.html import html as html
from briefings.render.pdf import pdf as pdf
from briefings.render.word import word as word

__all__ = ["html", "pdf", "word"]
