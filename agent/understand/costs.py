"""What it costs to have heard one phone for another: tables by phone number (agent.understand.phones).

Vowels are taken for one another easily, near consonants half as easily as far ones, and weak phones get lost.
"""

import numpy as np
import numpy.typing as npt

from agent.understand.phones import NUMBER, PHONES, UNKNOWN

VOWEL, NEAR, FAR, WEAK = 0.4, 0.5, 1.0, 0.6

_VOWELS = "AA AE AH AO AW AY EH ER EY IH IY OW OY UH UW"
_TWINS = "P-B T-D K-G F-V TH-DH S-Z SH-ZH CH-JH"
_NEAR = f"{_TWINS} M-N N-NG M-NG L-R W-V F-TH S-SH S-TH Z-DH T-CH D-JH T-TH D-DH V-DH V-B B-D P-T T-K D-G CH-SH JH-ZH L-W R-W R-ER Y-IY W-UW"
_WEAK = "AH IH HH R T D"


def _swaps() -> npt.NDArray[np.float32]:
    table = np.full((UNKNOWN + 1, UNKNOWN + 1), FAR, np.float32)
    vowels = [NUMBER[v] for v in _VOWELS.split()]
    table[np.ix_(vowels, vowels)] = VOWEL
    for pair in _NEAR.split():
        one, other = (NUMBER[phone] for phone in pair.split("-"))
        table[one, other] = table[other, one] = NEAR
    known = np.arange(1, UNKNOWN)
    table[known, known] = 0.0
    return table


def _drops() -> npt.NDArray[np.float32]:
    table = np.full(UNKNOWN + 1, FAR, np.float32)
    table[0] = 0.0
    table[[NUMBER[phone] for phone in _WEAK.split()]] = WEAK
    return table


def _classes() -> bytes:
    """For bytes.translate: vowels become one sound, of twins the first is kept."""
    table = bytearray(range(256))
    for vowel in _VOWELS.split():
        table[NUMBER[vowel]] = NUMBER["AH"]
    for pair in _TWINS.split():
        one, other = (NUMBER[phone] for phone in pair.split("-"))
        table[other] = one
    return bytes(table)


SWAP = _swaps()
"""[phones, phones]: the cost of hearing the one for the other; 0 on the diagonal, but not for UNKNOWN."""
DROP = _drops()
"""[phones]: the cost of a phone that was lost, or heard where none was; 0 for the padding."""
CLASSES = _classes()

assert len(PHONES) == UNKNOWN - 1
