"""Say what every answer says beside what was asked for: whence it is, and what it holds for.

In JSON by an envelope; in text by the times above it, its lines on a screen, and the head below it.
It may import what `shared` may.
"""
