"""Settings: one YAML file, checked once at the edge, then frozen values. `agent/config.yaml` shows them all with their defaults.

Read by agent.app (the composition root) and the commands alone; everything else is handed the values it needs.
"""

import os
import re
from collections.abc import Iterator, Mapping
from datetime import time
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from platformdirs import user_config_path, user_data_path
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError, model_validator
from rapidfuzz import fuzz, process

from agent.config_file import ConfigError, Lines, read

CLOSE_ENOUGH = 60.0
"""A key this alike (of 100) is offered as the one that was meant."""
CLOCK = re.compile(r"([01]?\d|2[0-3]):[0-5]\d")
"""A time of day: 7:00, 22:30."""


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("it should be a time zone's IANA name such as Europe/Berlin") from None
    return name


Share = Annotated[float, Field(ge=0.0, le=1.0)]
Seconds = Annotated[float, Field(gt=0.0, le=86_400.0)]
Name = Annotated[str, Field(min_length=1)]
TimeZone = Annotated[str, AfterValidator(_zone)]


class Section(BaseModel):
    """A frozen part of the settings; a key it does not have is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Place(Section):
    latitude: Annotated[float, Field(ge=-90.0, le=90.0)] = 52.37
    longitude: Annotated[float, Field(ge=-180.0, le=180.0)] = 4.9
    time_zone: TimeZone = "UTC"


class FloorNames(Section):
    name: Name
    aliases: tuple[str, ...] = ()


class AreaNames(Section):
    name: Name
    aliases: tuple[str, ...] = ()
    floor: str | None = None


class HomeSettings(Section):
    """`floors` and `areas` are by id."""

    name: Name = "Home"
    location: Place = Place()
    floors: Mapping[str, FloorNames] = Field(default_factory=dict)
    areas: Mapping[str, AreaNames] = Field(default_factory=dict)


class StoreSettings(Section):
    folder: str | None = None
    retention_days: Annotated[int, Field(ge=1)] = 180

    @property
    def path(self) -> Path:
        """The folder, the user's own data folder where none is named."""
        return Path(self.folder).expanduser() if self.folder else data_folder()


class MqttSettings(Section):
    embedded: bool = True
    host: Name = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65_535)] = 1883
    username: str | None = None
    password: SecretStr | None = None
    discovery_prefix: Name = "homeassistant"
    timeout: Seconds = 3.0


class WakeSettings(Section):
    word: Name = "okay_nabu"
    threshold: Share | None = None


class SnapSettings(Section):
    """Costs of the nearest sentence: 0 is the same sound."""

    accept: Share = 0.2
    ask: Share = 0.3

    @model_validator(mode="after")
    def _in_order(self) -> "SnapSettings":
        if self.accept > self.ask:
            raise ValueError("`accept` should not be above `ask`")
        return self


class VoiceSettings(Section):
    wake: WakeSettings = WakeSettings()
    asr: Name = "auto"
    vosk_model: str | None = None
    snap: SnapSettings = SnapSettings()
    trailing_silence: Annotated[float, Field(ge=0.1, le=5.0)] = 0.64
    longest: Seconds = 15.0
    microphone: str | int | None = None
    tts: Name = "auto"
    rate: Annotated[int, Field(ge=60, le=400)] = 165

    @property
    def vosk_folder(self) -> Path:
        """Where a Vosk model is, or would be looked for."""
        return Path(self.vosk_model).expanduser() if self.vosk_model else data_folder() / "vosk"


def _is_pin(value: SecretStr) -> SecretStr:
    if not 4 <= len(value.get_secret_value()) <= 12 or not value.get_secret_value().isdecimal():
        raise ValueError("a PIN is 4 to 12 figures, in quotes")
    return value


Pin = Annotated[SecretStr, AfterValidator(_is_pin)]


class ConversationSettings(Section):
    keep_seconds: Seconds = 300.0
    confirm_seconds: Seconds = 20.0


def _clock(value: object) -> object:
    """ "22:00", or 22 * 60, which is what YAML makes of 22:00 without quotes."""
    if isinstance(value, time):
        return value
    said = f"{value // 60}:{value % 60:02d}" if isinstance(value, int) and value >= 60 else str(value)
    if CLOCK.fullmatch(said) is None:
        raise ValueError("it should be a time of day such as 22:00")
    hours, minutes = said.split(":")
    return time(int(hours), int(minutes))


TimeOfDay = Annotated[time, BeforeValidator(_clock)]


class ReplySettings(Section):
    """How replies sound (agent.replies). Alarms, timers and reminders are always loud."""

    style: Literal["full", "short", "sound"] = "full"
    night_from: TimeOfDay = time(22, 0)
    night_until: TimeOfDay = time(7, 0)
    night_volume: Share = 0.4


class RiskSettings(Section):
    overrides: Mapping[str, Literal["R1", "R2", "R3"]] = Field(default_factory=dict)
    excluded: tuple[str, ...] = ()
    pin: Pin | None = None


class SkillSettings(Section):
    disabled: tuple[str, ...] = ()


class Person(Section):
    name: Name
    devices: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()


class FleetSettings(Section):
    """A bundle of pairs that many homes learned (agent.fleet); without a file the one that is shipped, which is empty."""

    file: str | None = None
    key: str = ""


class LearningSettings(Section):
    enabled: bool = True
    hold_out: Share = 0.05
    asks: bool = True
    reading: bool = True
    fleet: FleetSettings = FleetSettings()


class Config(Section):
    """All settings. `Config()` are the packaged defaults."""

    home: HomeSettings = HomeSettings()
    store: StoreSettings = StoreSettings()
    mqtt: MqttSettings = MqttSettings()
    voice: VoiceSettings = VoiceSettings()
    conversation: ConversationSettings = ConversationSettings()
    replies: ReplySettings = ReplySettings()
    risk: RiskSettings = RiskSettings()
    skills: SkillSettings = SkillSettings()
    people: tuple[Person, ...] = ()
    learning: LearningSettings = LearningSettings()


def data_folder() -> Path:
    """The user's folder for what Hearth keeps, e.g. ~/.local/share/hearth."""
    return user_data_path("hearth")


def user_file() -> Path:
    """Where the user's own settings are looked for, e.g. ~/.config/hearth/config.yaml."""
    return user_config_path("hearth") / "config.yaml"


def load(path: Path | None = None, environment: Mapping[str, str] = os.environ) -> Config:
    """The settings of a file; without one the user's own, else the packaged defaults. ConfigError says what is wrong, and where."""
    if path is None:
        path = user_file()
        if not path.exists():
            return Config()
    values, lines = read(path, environment)
    try:
        return Config.model_validate(values)
    except ValidationError as error:
        raise ConfigError(_sentence(path, lines, error)) from None


def _sentence(path: Path, lines: Lines, error: ValidationError) -> str:
    """The first thing that is wrong, in one sentence; a key that does not exist explains more than what is missing because of it."""
    problems = error.errors(include_url=False, include_input=False)
    first = next((p for p in problems if p["type"] == "extra_forbidden"), problems[0])
    where = tuple(part for part in first["loc"] if not _is_union_branch(part))
    place = f"{path}, line {lines.of(where)}"
    if first["type"] == "extra_forbidden":
        return f"{place}: there is no setting `{dotted(where)}`{_suggestion(where)}"
    return f"{place}: `{dotted(where)}` is not right: {_plain(first['msg'])}."


def _is_union_branch(part: int | str) -> bool:
    """pydantic names the branch of a union ("int", "str") as if it were a key."""
    return part in ("int", "str")


def _plain(message: str) -> str:
    said = message.removeprefix("Value error, ").replace("Input should", "it should")
    return said[0].lower() + said[1:]


def _suggestion(where: tuple[int | str, ...]) -> str:
    """The nearest right key: among its neighbours, else anywhere."""
    folder, key = dotted(where[:-1]), str(where[-1])
    known = tuple(settings(Config))
    beside = [s for s in known if s.rpartition(".")[0] == folder]
    for candidates in (beside, list(known)):
        best = process.extractOne(key, candidates, scorer=fuzz.ratio, processor=lambda s: s.rpartition(".")[2].casefold(), score_cutoff=CLOSE_ENOUGH)
        if best is not None:
            return f"; did you mean `{best[0]}`?"
    return f"; here are {', '.join(s.rpartition('.')[2] for s in beside)}." if beside else "."


def dotted(where: tuple[int | str, ...]) -> str:
    """("people", 0, "name") -> people.0.name"""
    return ".".join(str(part) for part in where)


def settings(section: type[BaseModel], prefix: str = "") -> Iterator[str]:
    """The dotted path of every setting and section."""
    for name, field in section.model_fields.items():
        yield prefix + name
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from settings(field.annotation, f"{prefix}{name}.")


__all__ = ["Config", "ConfigError", "data_folder", "load", "settings", "user_file"]
