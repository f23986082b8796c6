"""Scenes, scripts, automations and buttons, by their names. Turning one on is HassTurnOn; skills.switching acts."""

from agent.stages import Phrase, Skill

STARTED = ("scene", "script")
SCENE = {"domain": "scene"}
SCRIPT = {"domain": "script"}

SKILL = Skill(
    name="scenes",
    phrases={
        "HassTurnOn": (
            Phrase("<named>", requires=STARTED),
            Phrase("<named> (mode|scene|script|time|on)", requires=STARTED),
            Phrase(
                "(activate|start|run|set|trigger|execute|launch|enable|do|play|load|apply|use|begin|turn on|switch on) <named> "
                "[scene|mode|script|routine|program]",
                requires=STARTED,
            ),
            Phrase("(activate|start|run|set|trigger|execute|launch|turn on) [the] (scene|script|routine|mode|program) <named>", requires=STARTED),
            Phrase(
                "(switch|change|transition|go|set) [the] [(scene|mode|mood|lights|house)] (to|into) [scene|the scene] <named> [mode|scene]",
                requires=STARTED,
            ),
            Phrase("(lets|let us) (do|have|start|go) <named>", requires=STARTED),
            Phrase("(its|it is|time for|its time for|it is time for) <named> [time]", requires=STARTED),
            Phrase("<i_want> <named> [mode|scene]", requires=STARTED),
            Phrase("set [the] (mood|scene) for <named>", requires=STARTED),
            Phrase("(turn|switch) <named> [script|scene|routine] on", requires=STARTED),
            Phrase("(press|push|tap|hit) [the] [button] <named> [button]", requires=("button", "input_button")),
            Phrase("(trigger|run|start) [the] [automation] <named> [automation]", requires=("automation",)),
        ),
        "HassTurnOff": (
            Phrase("(stop|end|quit|deactivate|turn off|switch off) <named> [script|routine|mode]", requires=("script",)),
            Phrase("(disable|deactivate|turn off) [the] [automation] <named> [automation]", requires=("automation",)),
        ),
    },
    handlers={},
)
