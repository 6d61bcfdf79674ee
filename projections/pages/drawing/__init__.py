"""What a page draws in SVG, beside the same in words: the timeline, and derivations."""
