"""Text, without knowledge of kinds: front matter, Markdown, links, citations, differences.

Pure Python: no Django, no database, no files. Only this package imports yaml, markdown and nh3.
"""
