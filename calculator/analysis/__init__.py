"""The analyses: questions asked of a scenario, answered by computing it many times over.

None has tax code of its own.  Each changes the scenario in some amounts, as a batch, and reads the
answer off the results.
"""
