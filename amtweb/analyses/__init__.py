"""The analyses on the site: a question, a few controls, a picture, and what can be applied.

Each panel asks one analysis of the calculator about the scenario on the bench.
"""
