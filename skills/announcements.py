"""Announcements through the house."""

from agent import words
from agent.records import Context, Plan, Resolution
from agent.stages import Phrase, Skill
from agent.words import domain_of
from devices.home import Entity
from skills.plans import Step, act, ask, decline, slot_text, targets

HEARD_ON = ("assist_satellite", "notify", "tts")
"""Domains that can say something, the best first."""


def broadcast(resolution: Resolution, context: Context) -> Plan:
    """Slots: message, in the speaker's own words. On the satellites meant, else on all there are."""
    message = slot_text(resolution, "message")
    if not message:
        return ask("message", words.say("broadcast.ask"))
    there = targets(resolution, context, *HEARD_ON) or tuple(context.home.entities.values())
    for domain in HEARD_ON:
        steps = [
            step for entity in there if domain_of(entity) == domain and entity.available and (step := _step(entity, message, context)) is not None
        ]
        if steps:
            return act(steps, context)
    return decline(words.say("broadcast.none"))


def _step(entity: Entity, message: str, context: Context) -> Step | None:
    domain = domain_of(entity)
    if domain == "assist_satellite":
        return entity.entity_id, "assist_satellite.announce", {"message": message}
    if domain == "notify":
        return entity.entity_id, "notify.send_message", {"message": message}
    speakers = [e.entity_id for e in context.home.entities.values() if domain_of(e) == "media_player" and e.available]
    return (entity.entity_id, "tts.speak", {"media_player_entity_id": speakers, "message": message}) if speakers else None


SKILL = Skill(
    name="announcements",
    phrases={
        "HassBroadcast": (
            Phrase("(broadcast|announce) [everywhere|to everyone|to the house] [that] {message}"),
            Phrase("(tell|let) (everyone|everybody|the family|the kids|the whole house) [know] [that|to] {message}"),
            Phrase("make an announcement [that|saying] {message}"),
            Phrase("(say|shout) {message} (everywhere|in every room|to everyone)"),
            Phrase("(broadcast|announce) [something]"),
        ),
    },
    handlers={"HassBroadcast": broadcast},
)
