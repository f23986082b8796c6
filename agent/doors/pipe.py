"""The pipe: one JSON object a line in, exactly one a line out, in order (shared PROTOCOL.md). Whoever writes the lines plays the world.

Time is the world's: the clock is the newest `at` that was given, and never runs backwards. What falls due before a line happens first.
"""

import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO

from agent.hearth import Hearth
from agent.records import Due, Failure, Fired, Hypothesis, Interpretation, Label, Learned, Request, Turn, Wake
from agent.stages import StageError
from agent.times import local
from devices.commands import Command
from devices.home_file import state_text

Line = Mapping[str, Any]
Answer = dict[str, Any]
Hear = Callable[[Path, bool], Awaitable[tuple[tuple[Hypothesis, ...], Wake | None, dict[str, float]]]]
Speak = Callable[[str, Path], Awaitable[None]]

class LineError(Exception):
    """A line that cannot be answered: a code and one sentence."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Pipe:
    """Answers lines. `hear` and `speak` are None where no voice is installed."""

    def __init__(self, hearth: Hearth, start: datetime, hear: Hear | None = None, speak: Speak | None = None) -> None:
        self._hearth = hearth
        self._now = start
        self._hear = hear
        self._speak = speak
        self._said = 0
        self._asleep = True
        """Until the first line: what fell due before it did so while nobody ran."""
        self._types: dict[str, Callable[[Line], Awaitable[Answer]]] = {
            "say": self._say,
            "hear": self._heard,
            "state": self._state,
            "interrupt": self._interrupt,
            "answer": self._answer,
            "advance": self._advance,
            "learn": self._learn,
            "explain": self._explain,
            "preferences": self._preferences,
            "rewrites": self._rewrites,
            "failures": self._failures,
            "labels": self._labels,
            "pending": self._pending,
            "forget": self._forget,
        }

    async def run(self, lines: TextIO, out: TextIO) -> None:
        """Answer every line until the end of input."""
        for raw in lines:
            if not raw.strip():
                continue
            out.write(json.dumps(await self.answer(raw), ensure_ascii=False, separators=(",", ":"), default=str) + "\n")
            out.flush()

    async def answer(self, raw: str) -> Answer:
        """One line's answer; a bad line's is an error and changes nothing."""
        try:
            line = _parsed(raw)
            kind = str(line.get("type"))
            if kind not in self._types:
                raise LineError("unknown_type", f"There is no line type {kind!r}; known are {', '.join(self._types)}.")
            fired = await self._time(line)
            answer = await self._types[kind](line)
        except LineError as error:
            return {"error": {"code": error.code, "message": str(error)}}
        except StageError as error:
            return {"error": {"code": error.code, "message": error.say}}
        if kind == "advance":
            return {
                "ok": True,
                "actions": [a for f in fired for a in _fired_actions(f)],
                "say": [f.due.say for f in fired if f.due.say],
                **_due(fired),
            }
        return {**answer, **_due(fired)}

    async def _time(self, line: Line) -> tuple[Fired, ...]:
        at = line.get("at")
        if at is not None:
            self._now = max(self._now, _moment(at))
        asleep, self._asleep = self._asleep, False
        return await self._hearth.fall_due(self._now, asleep=asleep)

    async def _say(self, line: Line) -> Answer:
        return await self._turn(line, _hypotheses(line), None, {})

    async def _heard(self, line: Line) -> Answer:
        if self._hear is None:
            raise LineError("no_voice", "No recogniser is installed: `pip install hearth-agent[voice]`, then `hearth doctor` says what is missing.")
        path = Path(_text(line, "wav"))
        hypotheses, wake, seconds = await self._hear(path, bool(line.get("has_wake", False)))
        answer = await self._turn(line, hypotheses, wake, seconds)
        answer["hypotheses"] = [{"text": h.text, "confidence": round(h.confidence, 4)} for h in hypotheses]
        if line.get("speak") and self._speak is not None and answer["say"]:
            await self._speak(answer["say"], Path(_text(line, "speak")))
        return answer

    async def _turn(self, line: Line, hypotheses: tuple[Hypothesis, ...], wake: Wake | None, heard: dict[str, float]) -> Answer:
        self._said += 1
        score = line.get("wake")
        if isinstance(score, int | float):
            wake = Wake("wake", float(score))
        request = Request(
            id=str(line.get("id") or f"say-{self._said}"),
            at=self._now,
            hypotheses=hypotheses,
            area=self._area(line.get("area")),
            device=str(line["device"]) if line.get("device") else None,
            speaker=str(line["speaker"]) if line.get("speaker") else None,
            conversation=str(line.get("conversation") or ""),
            wake=wake,
            door="pipe",
            dry=bool(line.get("dry", False)),
            heard=heard,
        )
        return turn_json(await self._hearth.turn(request))

    def _area(self, said: Any) -> str | None:
        """An area id, also where its name was given; a room that the home does not have stays as it was said."""
        if not said:
            return None
        text = str(said)
        areas = self._hearth.live.snapshot().areas
        if text in areas:
            return text
        folded = text.casefold()
        return next((a.area_id for a in areas.values() if folded in (a.name.casefold(), *(x.casefold() for x in a.aliases))), text)

    async def _state(self, line: Line) -> Answer:
        entity_id = _text(line, "entity_id")
        attributes = line.get("attributes")
        if attributes is not None and not isinstance(attributes, Mapping):
            raise LineError("bad_field", "`attributes` must be an object.")
        by = str(line.get("by") or "device")
        state = line.get("state")
        before = self._hearth.live.entity(entity_id)
        after = self._hearth.live.update(entity_id, None if state is None else state_text(state), attributes, by=by)
        if after is None:
            raise LineError("unknown_entity", f"The home has no entity {entity_id!r}.")
        await self._hearth.moved(before, after, by, self._now)
        return {"ok": True}

    async def _interrupt(self, line: Line) -> Answer:
        await self._hearth.store.record_interrupt(self._now)
        return {"ok": True}

    async def _answer(self, line: Line) -> Answer:
        value = _text(line, "value")
        if value not in ("yes", "no"):
            raise LineError("bad_field", f"`value` must be yes or no, not {value!r}.")
        turn_id = _text(line, "turn")
        if await self._hearth.store.turn(turn_id) is None:
            raise LineError("unknown_turn", f"There is no turn {turn_id!r} in the log.")
        await self._hearth.store.record_answer(turn_id, value, self._now)
        return {"ok": True}

    async def _advance(self, line: Line) -> Answer:
        return {}

    async def _learn(self, line: Line) -> Answer:
        return {"ok": True, "report": await self._hearth.learn(self._now)}

    async def _explain(self, line: Line) -> Answer:
        turn_id = _text(line, "turn")
        turn = await self._hearth.store.turn(turn_id)
        if turn is None:
            raise LineError("unknown_turn", f"There is no turn {turn_id!r} in the log.")
        return {**turn_json(turn), "stopped_at": turn.stopped_at or None, **await self._judged(turn_id)}

    async def _judged(self, turn_id: str) -> Answer:
        """What the learners found of a turn: its failure point, and what it was a second try at."""
        failure, first = await self._hearth.store.failure_of(turn_id), await self._hearth.store.rephrase_of(turn_id)
        known = {key: value for key, value in failure_json(failure).items() if key != "turn"} if failure else None
        return {"failure": known, **({"rephrase_of": first} if first else {})}

    async def _failures(self, line: Line) -> Answer:
        return {"failures": [failure_json(failure) for failure in await self._hearth.store.failures()]}

    async def _labels(self, line: Line) -> Answer:
        return {"labels": [label_json(label) for label in await self._hearth.store.labels()]}

    async def _preferences(self, line: Line) -> Answer:
        kept = self._hearth.around.preferences.values()
        return {"preferences": [{"speaker": p.speaker, "topic": p.topic, "value": p.value, "source": p.source} for p in kept]}

    async def _rewrites(self, line: Line) -> Answer:
        phrases = self._hearth.around.taught.values()
        taught = [
            {**NEVER_SERVED, "source": t.phrase, "target": t.sentence, "layer": "taught", "speaker": t.speaker, "version": t.version} for t in phrases
        ]
        pairs, _ = await self._hearth.store.learned()
        return {"rewrites": [*taught, *map(pair_json, pairs)]}

    async def _pending(self, line: Line) -> Answer:
        location = self._hearth.live.snapshot().location
        return {"pending": [_pending_json(d, local(d.due, location) if d.due else None) for d in self._hearth.agenda.all()]}

    async def _forget(self, line: Line) -> Answer:
        what = _text(line, "what")
        if what not in ("all", "learned", "taught", "speaker", "turn"):
            raise LineError("bad_field", f"`what` must be all, learned, taught, speaker or turn, not {what!r}.")
        if what in ("speaker", "turn") and not line.get("value"):
            raise LineError("missing_field", f"To forget a {what}, `value` has to name it.")
        return {"ok": True, "removed": await self._hearth.forget(what, str(line.get("value") or ""))}


def _parsed(raw: str) -> Line:
    try:
        line = json.loads(raw)
    except (json.JSONDecodeError, RecursionError) as error:
        raise LineError("bad_json", f"The line is not JSON: {str(error)[:200]}") from None
    if not isinstance(line, dict):
        raise LineError("bad_json", "The line must be one JSON object.")
    return line if raw.isascii() and "\\ud" not in raw.casefold() else _encodable(line)


def _encodable(line: Line) -> Line:
    """The line without halves of characters, which JSON can hold and neither UTF-8 nor the log can."""
    whole: Line = json.loads(json.dumps(line, ensure_ascii=False).encode("utf-8", "replace"))
    return whole


def _moment(at: Any) -> datetime:
    try:
        moment = datetime.fromisoformat(str(at))
    except ValueError:
        raise LineError("bad_time", f"`at` must be ISO 8601 with an offset, like 2026-03-10T10:00:00+00:00, not {str(at)[:60]!r}.") from None
    if moment.tzinfo is None:
        raise LineError("bad_time", f"`at` needs an offset, like {at}+00:00.")
    return moment


def _text(line: Line, key: str) -> str:
    value = line.get(key)
    if not isinstance(value, str) or not value:
        raise LineError("missing_field", f"A {line.get('type')!r} line needs `{key}` as text.")
    return value


def _hypotheses(line: Line) -> tuple[Hypothesis, ...]:
    many = line.get("hypotheses")
    if isinstance(many, list):
        found = [h for h in many if isinstance(h, Mapping) and isinstance(h.get("text"), str)]
        return tuple(Hypothesis(h["text"], float(h.get("confidence", 1.0) or 0.0)) for h in found)
    text = line.get("text")
    if not isinstance(text, str):
        raise LineError("missing_field", "A say line needs `text` or `hypotheses`.")
    return (Hypothesis(text),)


def action_json(command: Command, verified: bool | None) -> Answer:
    return {"service": command.service, "entity_id": list(command.entity_ids), "data": dict(command.data), "verified": verified}


def _reading_json(reading: Interpretation) -> Answer:
    return {"intent": reading.intent, "slots": dict(reading.slots), "confidence": round(reading.confidence, 4), "by": reading.by}


def turn_json(turn: Turn) -> Answer:
    """A turn as PROTOCOL.md writes it."""
    done = [action_json(r.command, r.verified) for r in turn.results]
    proposed = [action_json(c, None) for c in turn.proposed] if turn.outcome == "confirm" or turn.request.dry else []
    clauses = _clauses(turn)
    answer: Answer = {
        "id": turn.request.id,
        "turn": turn.id,
        "outcome": turn.outcome,
        "text": turn.text,
        "rewrite": {"source": r.source, "target": r.target, "layer": r.layer, "score": r.score} if (r := turn.rewrite) and not r.held else None,
        "interpretations": clauses[0] if clauses else [],
        "targets": list(turn.targets),
        "actions": done or proposed,
        "say": turn.say,
        "listen": turn.listen,
        "why": [{"signal": w.signal, "weight": w.weight, "candidate": w.candidate} for r in turn.resolutions for w in r.why],
        "runners_up": [{"intent": u.intent, "targets": list(u.targets), "score": u.score} for r in turn.resolutions for u in r.runners_up],
        "risk": turn.risk,
        "ms": {stage: round(seconds * 1000, 3) for stage, seconds in turn.seconds.items()},
    }
    if len(clauses) > 1:
        answer["clauses"] = clauses
    return answer


NEVER_SERVED: Answer = {"score": 1.0, "episodes": 0, "wins": 0, "losses": 0, "state": "serving"}


def pair_json(pair: Learned) -> Answer:
    """A learned pair as PROTOCOL.md writes it, and why it is not served."""
    shown = ("source", "target", "layer", "score", "episodes", "wins", "losses", "state", "speaker", "areas", "why")
    return {key: getattr(pair, key) for key in shown if getattr(pair, key) not in ("", ()) or key in ("source", "target")}


def failure_json(failure: Failure) -> Answer:
    return {"turn": failure.turn, "stage": failure.stage, "confidence": failure.confidence, "why": failure.why}


def label_json(label: Label) -> Answer:
    """A label as PROTOCOL.md writes it, and the words it is of."""
    shown = ("turn", "intent", "slots", "goal", "goal_success", "confidence", "source", "transcript")
    return {key: getattr(label, key) for key in shown}


def _clauses(turn: Turn) -> list[list[Answer]]:
    """Each clause's readings, the one that was resolved first."""
    readings = list(turn.clauses) or [(r.interpretation,) for r in turn.resolutions]
    found = []
    for index, clause in enumerate(readings):
        meant = turn.resolutions[index].interpretation if index < len(turn.resolutions) else None
        rest = [r for r in clause if meant is None or r.intent != meant.intent]
        found.append([_reading_json(r) for r in ([meant] if meant else []) + rest])
    return found


def _pending_json(due: Due, at: datetime | None) -> Answer:
    found: Answer = {"kind": due.kind, "id": due.id, "due": at.isoformat() if at else None}
    if due.trigger is not None:
        found["when"] = due.trigger.said
    return {**found, **{key: value for key, value in (("name", due.name), ("rrule", due.rrule), ("command", due.command)) if value}}


def _fired_actions(fired: Fired) -> list[Answer]:
    verified = {r.entity_id: r.verified for r in fired.reports}
    return [action_json(c, verified.get(c.entity_ids[0]) if c.entity_ids else None) for c in fired.due.actions]


def _due(fired: tuple[Fired, ...]) -> Answer:
    rows = [{"kind": f.due.kind, "id": f.due.id, "actions": _fired_actions(f), "say": f.due.say} for f in fired]
    return {"due": rows} if rows else {}
