"""espeak-ng's reading of a word, as cmudict's phones: libespeak-ng by ctypes (a tenth of a millisecond a word), where it is installed."""

import ctypes
import ctypes.util
from threading import Lock
from typing import Any

_SILENT_OUTPUT = 1
_DO_NOT_EXIT = 0x8000
_UTF8 = 1
_IPA = 0x02

_SOUNDS = {
    "tʃ": "CH", "dʒ": "JH", "eɪ": "EY", "aɪ": "AY", "ɔɪ": "OY", "aʊ": "AW", "oʊ": "OW", "əʊ": "OW", "aɪə": "AY AH", "aɪɚ": "AY ER",
    "iə": "IY AH", "n̩": "AH N", "l̩": "AH L", "əl": "AH L", "ɔːɹ": "AO R", "oːɹ": "AO R", "ɑːɹ": "AA R", "ɛɹ": "EH R", "ɪɹ": "IH R",
    "ʊɹ": "UH R", "iː": "IY", "uː": "UW", "ɑː": "AA", "ɔː": "AO", "ɜː": "ER", "oː": "AO", "ɐ": "AH", "ə": "AH", "ʌ": "AH", "ɚ": "ER",
    "ɝ": "ER", "ɜ": "ER", "ɪ": "IH", "ᵻ": "IH", "i": "IY", "ɛ": "EH", "e": "EH", "æ": "AE", "a": "AE", "ɑ": "AA", "ɒ": "AA", "ɔ": "AO",
    "o": "OW", "ʊ": "UH", "u": "UW", "b": "B", "d": "D", "ð": "DH", "f": "F", "ɡ": "G", "g": "G", "h": "HH", "k": "K", "x": "K", "l": "L",
    "ɬ": "L", "m": "M", "n": "N", "ŋ": "NG", "ɲ": "N Y", "p": "P", "ɹ": "R", "r": "R", "s": "S", "ʃ": "SH", "ç": "SH", "t": "T", "ɾ": "T",
    "ʔ": "T", "θ": "TH", "v": "V", "w": "W", "ʍ": "W", "j": "Y", "y": "UW", "z": "Z", "ʒ": "ZH",
}  # fmt: skip
_LONGEST = max(map(len, _SOUNDS))


def phones(ipa: str) -> tuple[str, ...]:
    """IPA as the nearest of the 39 phones; stress, length and what is no sound of English are left out."""
    found: list[str] = []
    at = 0
    while at < len(ipa):
        size = next((n for n in range(_LONGEST, 0, -1) if ipa[at : at + n] in _SOUNDS), 0)
        found += _SOUNDS[ipa[at : at + size]].split() if size else []
        at += size or 1
    return tuple(found)


class Espeak:
    """The library, ready to read American English. One at a time in a process."""

    def __init__(self, library: Any) -> None:
        self._library = library
        self._lock = Lock()

    @classmethod
    def found(cls) -> "Espeak | None":
        """The installed library, None where there is none or it does not start."""
        name = ctypes.util.find_library("espeak-ng")
        if name is None:
            return None
        try:
            library = ctypes.CDLL(name)
        except OSError:
            return None
        library.espeak_TextToPhonemes.restype = ctypes.c_char_p
        library.espeak_TextToPhonemes.argtypes = [ctypes.POINTER(ctypes.c_char_p), ctypes.c_int, ctypes.c_int]
        started = library.espeak_Initialize(_SILENT_OUTPUT, 0, None, _DO_NOT_EXIT) > 0
        return cls(library) if started and library.espeak_SetVoiceByName(b"en-us") == 0 else None

    def phones(self, word: str) -> tuple[str, ...]:
        """How it reads a word; empty where it says nothing."""
        text = ctypes.c_char_p(word.encode())
        with self._lock:
            said = self._library.espeak_TextToPhonemes(ctypes.byref(text), _UTF8, _IPA)
        return phones(said.decode("utf-8", "replace")) if said else ()
