"""What two sequences have in common, in their order.

The algorithm of Eugene Myers, “An O(ND) difference algorithm and its variations”
(1986), given up after so many changes: its time depends on those, where difflib's
grows with the cube of the length at worst.
"""


def matching(old: list[str], new: list[str], most: int) -> list[tuple[int, int, int]]:
    """Runs that are in both: their start in the old, in the new, and their length.

    The last run is empty and stands at the end of both. With more than `most` items
    removed and added, only what both begin and end with counts as common.
    """
    pairs = _pairs(old, new, most)
    if pairs is None:
        pairs = _ends(old, new)
    runs: list[tuple[int, int, int]] = []
    for i, j in pairs:
        start, place, size = runs[-1] if runs else (-1, -1, 0)
        if size and (i, j) == (start + size, place + size):
            runs[-1] = (start, place, size + 1)
        else:
            runs.append((i, j, 1))
    return [*runs, (len(old), len(new), 0)]


def _pairs(old: list[str], new: list[str], most: int) -> list[tuple[int, int]] | None:
    """`furthest` holds how far in the old text each diagonal has come; the diagonals
    below nought count from its end."""
    most = min(most, len(old) + len(new))
    furthest = [0] * (2 * most + 3)
    trail = []
    for changes in range(most + 1):
        trail.append(furthest.copy())
        for diagonal in range(-changes, changes + 1, 2):
            came = _came_from(furthest, diagonal, changes)
            i = furthest[came] + (came < diagonal)
            j = i - diagonal
            while i < len(old) and j < len(new) and old[i] == new[j]:
                i, j = i + 1, j + 1
            furthest[diagonal] = i
            if i >= len(old) and j >= len(new):
                return _walk_back(trail, i, j)
    return None


def _came_from(furthest: list[int], diagonal: int, changes: int) -> int:
    below, above = furthest[diagonal - 1], furthest[diagonal + 1]
    is_added = diagonal == -changes or (diagonal != changes and below < above)
    return diagonal + 1 if is_added else diagonal - 1


def _walk_back(trail: list[list[int]], i: int, j: int) -> list[tuple[int, int]]:
    pairs = []
    for changes in reversed(range(len(trail))):
        came = _came_from(trail[changes], i - j, changes)
        i_before = trail[changes][came]
        j_before = i_before - came
        while i > i_before and j > j_before:
            i, j = i - 1, j - 1
            pairs.append((i, j))
        i, j = i_before, j_before
    return pairs[::-1]


def _ends(old: list[str], new: list[str]) -> list[tuple[int, int]]:
    shorter = min(len(old), len(new))
    start = 0
    while start < shorter and old[start] == new[start]:
        start += 1
    end = 0
    while end < shorter - start and old[-1 - end] == new[-1 - end]:
        end += 1
    tail = [(len(old) - n, len(new) - n) for n in range(end, 0, -1)]
    return [(n, n) for n in range(start)] + tail
