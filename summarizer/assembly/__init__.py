"""Items of a briefing, made of drafts with their verdicts; merged, ordered, told apart.

One builder a section, the actors, several sources, tolls over time, what stays open.
"""
