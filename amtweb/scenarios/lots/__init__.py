"""Options and shares in the results: the days that matter, and what each event counted as.

The calculator finds both; here are their words, their places in the editor, and their picture.
"""
