"""Pieces of sentences that phrases share, by name: `<the>` in a template stands for RULES["the"].

Rules of this file: templates only, in the syntax of agent.stages.Phrase; a rule may use rules above it and slots, no rule may use itself.
Politeness at either end of a sentence ("could you please ...", "... for me, thanks") is taken off before phrases are tried, and so is a
point in time at either end of a command ("at nine", "in five minutes"): phrases need neither.
"""

RULES: dict[str, str] = {
    # --- small words -----------------------------------------------------------------------------------------------------------------
    "the": "(the|my|our|your|a|an|this|that|these|those|some|any)",
    "my": "(my|our|the)",
    "all": "(all|all of|every|every single|each|each and every|both|both of|any|any of|the rest of)",
    "it_is": "(it is|its|it feels|it looks|it seems|it is getting|its getting|it has gotten|it has become|it got)",
    "very": "(a bit|a bit too|a little|a little too|a tad|slightly|rather|quite|pretty|fairly|so|too|very|really|awfully|terribly|way too|far too|"
    "much too|kind of|absolutely|getting|getting a bit|getting quite|getting too|getting rather)",
    "please": "(please|now|right now|again|quickly|immediately|for me|for us)",
    "what_is": "(what is|what are|what was|whats|tell me|show me|give me|read me|let me know|do you know|i want to know|check|get me|say|"
    "how is|how are)",
    "is": "(is|are|was|were)",
    "i_want": "(i want|i want to|i would like|i would like to|i need|i need to|lets|let us|we want|we want to|we would like)",
    "currently": "(currently|right now|now|at the moment|at present|presently|still|at all|already|today|actually|securely)",
    "by": "(by|about|around|with)",
    "to": "(to|at|on|as|up to|down to)",
    "please_do": "(please|kindly|just|go ahead and)",
    # --- places ----------------------------------------------------------------------------------------------------------------------
    "at": "(in|at|on|of|for|from|inside|within|across|throughout|around|to|over in|out in|up in|down in)",
    "in_area": "[<at>] [all] [<the>] {area}",
    "on_floor": "[<at>] [all] [<the>] {floor}",
    "place": "(<in_area>|<on_floor>)",
    "of_place": "([<the>] {area}|[<the>] {floor})",
    # --- things ----------------------------------------------------------------------------------------------------------------------
    "named": "([<all>] [<the>] {name} [<at> [<the>] ({area}|{floor})]|[<the>] ({area}|{floor}) {name})",
    "light": "(light|lights|lighting|lightings|lamp|lamps|bulb|bulbs|led|leds|illumination)",
    "fan": "(fan|fans|ventilation|ventilator|ventilators)",
    "switch": "(switch|switches|socket|sockets|plug|plugs|outlet|outlets)",
    "lock": "(lock|locks|door|doors|door lock|door locks)",
    "lights": "([<all>] [<the>] <light> [<place>]|[<all>] [<the>] <of_place> <light>)",
    "fans": "([<all>] [<the>] <fan> [<place>]|[<all>] [<the>] <of_place> <fan>)",
    "switches": "([<all>] [<the>] <switch> [<place>]|[<all>] [<the>] <of_place> <switch>)",
    "locks": "([<all>] [<the>] <lock> [<place>]|[<all>] [<the>] <of_place> <lock>)",
    "covers": "([<all>] [<the>] {device_class:cover_class} [<place>]|[<all>] [<the>] <of_place> {device_class:cover_class})",
    "tv": "(tv|television|telly)",
    "music": "(music|song|songs|track|tracks|sound|audio|media|player|media player|playback|stereo|radio|speaker|speakers)",
    "volume": "(volume|sound|audio|loudness|music|volume level|sound level|media volume)",
    "temperature": "(temperature|temp|thermostat|heating|heat|climate)",
    "brightness": "(brightness|light level|brightness level|intensity|light intensity)",
    "timer": "(timer|timers|countdown)",
    "alarm": "(alarm|alarms|wake up alarm|alarm clock|wake up call)",
    "list": "(list|lists)",
    "shopping_list": "(shopping list|shopping|grocery list|groceries list|groceries|list)",
    "vacuum": "(vacuum|vacuum cleaner|robot vacuum|hoover|vac|roomba|robot|robot vacuum cleaner|vacuum robot|cleaner|cleaning robot)",
    "mower": "(mower|lawn mower|lawnmower|robot mower|mowing robot)",
    # --- verbs -----------------------------------------------------------------------------------------------------------------------
    "turn": "(turn|switch|put|power|bring|flip|get|set|make|have|flick|keep|leave)",
    "turn_on": "(turn on|switch on|put on|power on|power up|bring on|flip on|get on|flick on|activate|enable|start|engage|fire up|turn up|"
    "light up|put up)",
    "turn_off": "(turn off|switch off|put off|power off|power down|bring off|get off|flick off|shut off|shut down|cut|cut off|kill|"
    "deactivate|disable|stop|disengage|turn out|put out|extinguish)",
    "open": "(open|open up|raise|lift|roll up|pull up|draw up|unshut)",
    "close": "(close|shut|lower|roll down|pull down|close up|drop|draw)",
    "set": "(set|change|adjust|turn|put|make|switch|bring|move|get|modify|alter|configure)",
    "increase": "(increase|raise|turn up|up|boost|bump up|bring up|crank up|put up|ramp up|push up|step up|pump up|lift)",
    "decrease": "(decrease|lower|reduce|turn down|down|drop|bring down|put down|lessen|cut|take down|dial down|step down|tone down)",
    "start": "(start|begin|run|launch|initiate|kick off|start up|resume|activate|turn on|switch on)",
    "stop": "(stop|end|halt|quit|finish|cease|turn off|switch off)",
    "cancel": "(cancel|stop|delete|remove|end|clear|get rid of|turn off|dismiss|kill|drop|erase|scrap|call off|abort)",
    "pause": "(pause|hold|halt|freeze|suspend)",
    "resume": "(resume|continue|unpause|carry on|go on with|keep going with|restart|start again)",
    "play": "(play|start playing|put on|listen to|stream|queue|queue up|start|hear|watch|turn on|play me|play us)",
    "add": "(add|put|append|include|insert|write|note|note down|place|stick|throw)",
    "remove": "(remove|delete|take|take off|erase|cross off|cross out|strike|strike off|drop|get rid of|clear)",
}
"""Name -> template."""
