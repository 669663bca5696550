"""Reads calendar files from strangers, in a worker that can be killed.

``process`` is that worker: no Django, no secrets, no files, little time and memory. ``runner``
starts it and turns what it says into typed values. Nothing here writes anything.
"""
