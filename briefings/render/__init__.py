"""Lay a decided briefing out as PDF, HTML, Word and workbook; whoever lays out chooses no words."""

# Bound after their modules are loaded, for a module and its function share a name; what is heavy is imported inside.
from briefings.render.html import html as html
from briefings.render.pdf import pdf as pdf
from briefings.render.source import source as source
from briefings.render.word import word as word
from briefings.render.workbook import workbook as workbook

__all__ = ["html", "pdf", "source", "word", "workbook"]
