"""How people speak of lists."""

from collections.abc import Mapping

from agent.stages import Phrase

LIST = ("todo",)
TODO = {"domain": "todo"}
WORD = "(list|to do list|todo list|checklist|tasks|to do|todo)"
MINE = "[<my>|the|this]"
ADDED = "(added|put|placed|included|entered|noted|written|listed|logged|recorded|scheduled|incorporated)"


def _with(slots: Mapping[str, object], *templates: str, requires: tuple[str, ...] = ()) -> tuple[Phrase, ...]:
    return tuple(Phrase(template, slots, requires) for template in templates)


PHRASES: dict[str, tuple[Phrase, ...]] = {
    "HassShoppingListAddItem": _with(
        {},
        f"<add> {{item:text}} (to|on|onto|in|into) {MINE} <shopping_list>",
        f"<add> (to|on|onto) {MINE} <shopping_list> {{item:text}}",
        f"(i need|we need|i want|get) {{item:text}} (on|added to) {MINE} <shopping_list>",
        "(shopping list|grocery list) (add|put) {item:text}",
        "(we are|i am|were|we have|i have) (out of|run out of|low on|running out of|almost out of) {item:text}",
        f"(we are|i am) out of {{item:text}} (add it|add that|put it|put that) (to|on) {MINE} <shopping_list>",
        "(we|i) (need|have) to buy {item:text}",
        "add [some|a|an] {item:words} [too|as well]",
        "(buy|get|pick up) {item:text} (at|from) the (store|shop|supermarket)",
        f"remind me to buy {{item:text}} on {MINE} <shopping_list>",
        f"<i_want> [you] to (add|put) {{item:text}} (to|on) {MINE} <shopping_list>",
        f"(can|could) you (add|put) {{item:text}} (to|on) {MINE} <shopping_list>",
        f"<add> (something|an item|item|items|a thing|things) (to|on) {MINE} (shopping list|grocery list)",
    ),
    "HassShoppingListCompleteItem": _with(
        {},
        f"(check off|tick off|complete|cross off|mark off|check) {{item:text}} [off] (on|from|off|in) {MINE} <shopping_list>",
        f"(remove|delete|take|erase) {{item:text}} (on|from|off|off of|in) {MINE} <shopping_list>",
        f"(mark|set) {{item:text}} (as|to) (done|bought|complete|completed|got) (on|in) {MINE} <shopping_list>",
        f"(i|we) (do not|no longer) need {{item:text}} [anymore|any more] (on|take it off) {MINE} <shopping_list>",
    ),
    "HassListAddItem": (
        *_with(
            {},
            f"<add> {{item:text}} (to|on|onto|in|into|at) {MINE} {{name}} [{WORD}]",
            f"<add> (to|on|onto) {MINE} {{name}} [{WORD}] {{item:text}}",
            (
                f"(i need|i want|i would like|we need|we want|we would like) {{item:text}} [to be] {ADDED} (to|on|onto|in|into) "
                f"{MINE} {{name}} [{WORD}]"
            ),
            f"(i need|i want|we need|we want) {{item:word}} [to be] on {MINE} {{name}} [{WORD}]",
            (
                f"[it (would be|is|will be) [much|greatly|very|really] (good|great|nice|appreciated|helpful|lovely|kind) if|i would appreciate it if|"
                f"may i (ask|request) that|please see that|make sure [that]|see to it that] {{item:text}} "
                f"(is|be|was|were|gets|could be|can be|should be|shall be|needs to be|has to be|must be|would be) "
                f"{ADDED} (to|on|onto|in|into) {MINE} {{name}} [{WORD}]"
            ),
            f"(can|could|shall|should) (we|you|i) (add|put|append|include) {{item:text}} (to|on|in) {MINE} {{name}} [{WORD}]",
            f"(lets|let us|go ahead and) (add|put) {{item:text}} (to|on) {MINE} {{name}} [{WORD}]",
            f"(incorporate|schedule|log|list|enter|register) {{item:text}} (into|in|on|to) {MINE} {{name}} [{WORD}]",
            f"{{name}} [{WORD}] (add|put) {{item:text}}",
            f"update {MINE} {{name}} [{WORD}] with {{item:text}}",
            requires=LIST,
        ),
        *_with(
            TODO,
            f"<add> {{item:text}} (to|on|onto|in|into) {MINE} {WORD}",
            f"<add> (to|on|onto) {MINE} {WORD} {{item:text}}",
            f"<add> {{item:text}} (to|on) {MINE} list of things to do",
            f"update {MINE} {WORD} with {{item:text}}",
            f"<add> (something|an item|a new item|new item|item|a thing|a task|a todo) (to|on) {MINE} {WORD}",
            "(new|create|make|add) [a] (task|todo|to do) [to] {item:text}",
        ),
    ),
    "HassListCompleteItem": (
        *_with(
            {},
            f"(check off|tick off|complete|finish|mark off|check|cross off) {{item:text}} [off] (on|from|off|in) {MINE} {{name}} [{WORD}]",
            f"(mark|set) {{item:text}} (as|to) (done|complete|completed|finished) (on|in|from) {MINE} {{name}} [{WORD}]",
            f"{{item:text}} is (done|finished|completed) on {MINE} {{name}} [{WORD}]",
            requires=LIST,
        ),
        *_with(
            TODO,
            f"(check off|tick off|complete|mark off|check|cross off) {{item:text}} [off] (on|from|off|in) {MINE} {WORD}",
            f"(mark|set) {{item:text}} (as|to) (done|complete|completed|finished) [(on|in) {MINE} {WORD}]",
            "(check|tick|cross) {item:text} off",
        ),
    ),
    "HassListRemoveItem": (
        *_with(
            {},
            f"<remove> {{item:text}} (from|off|off of|on|in|out of) {MINE} {{name}} [{WORD}]",
            requires=LIST,
        ),
        *_with(
            TODO,
            f"<remove> {{item:text}} (from|off|off of|on|in|out of) {MINE} {WORD}",
            f"<remove> (an item|item|something|a thing|that item|this item|it|this|that) (from|off|on) {MINE} [{{name}}] {WORD}",
            "(remove|take off|delete|cross off|cross out|strike) [the|my] {item:words}",
            "(take|cross|strike) [the|my] {item:words} off",
            f"i (do not|no longer) need {{item:text}} on {MINE} [{{name}}] {WORD} [anymore]",
            f"<remove> {{item:text}} (from|off) {MINE} (shopping|grocery) list",
        ),
        *_with(
            TODO,
            f"<remove> [the] (item|that item|this item|the item|list item) [number] [{{ordinal}}|{{number}}] [(from|on|off) {MINE} {WORD}]",
            f"(find|look up) {{item:text}} (on|in) {MINE} {WORD} and (remove|delete) [it]",
            f"<remove> [the] ({{ordinal}}|last|first) (item|thing|entry) (from|on|off|in) {MINE} {WORD}",
            f"move {{item:text}} (off|from) {MINE} {WORD}",
        ),
        *_with(
            {**TODO, "item": "all"},
            (
                "(delete|remove|get rid of|clean|drop) (a|the|my|this|all|all my|that) [{name}|shopping|grocery|to do|todo] "
                "(list|lists) [called {item:words}|for {item:words}]"
            ),
            f"(clear|empty|erase|delete|wipe) {MINE} [{{name}}|shopping|grocery] {WORD}",
            f"(remove|delete|clear|erase) (everything|all items|all the items|all) (from|off|on|in) {MINE} [{{name}}|shopping|grocery] {WORD}",
        ),
    ),
    "ExtListQuery": (
        *_with(
            TODO,
            (
                "(what is|what are|what do i have|what have i got|what else is|read|read me|read out|tell me|tell me what "
                f"is|show|show me|give me|check|open|list|go over) [everything|all|the items|items|out] [on|in|from] {MINE} "
                f"{{name}} [{WORD}]"
            ),
            f"(how many|how much) (items|things|entries|tasks|is|are) [are] (on|in) {MINE} {{name}} [{WORD}]",
            f"(is|are|do i have|do we have|does) {{item:text}} (on|in) {MINE} {{name}} [{WORD}]",
            requires=LIST,
        ),
        *_with(
            TODO,
            (
                "(what is|what are|what do i have|what have i got|what else is|what did i put|what things are|what items "
                "are|read|read me|read out|tell me|tell me what is|show|show me|give me|check|open|list|go over|let me know|i "
                "want to know|can i know) [what] [i have] [is|everything|all|the items|items|out|there|left] [on|in|from|of] "
                f"{MINE} [shopping|grocery] {WORD} [to me|for today|for me|right now]"
            ),
            (
                "(what|which) (do i|do we|should i|should we|must i) [have to|need to] (buy|get|shop for|purchase) [today|"
                "tomorrow|at the store|from the store]"
            ),
            "what (do i|am i supposed|do i have|have i got|do i need|should i) [have] (to do|to) [today|tomorrow|this week|next]",
            f"(is|are|do i have|do we have|does|did i put) {{item:text}} (on|in|written on) {MINE} [shopping|grocery] {WORD}",
            f"(does|do) {MINE} [shopping|grocery] {WORD} (have|contain|include) {{item:text}} [on it|written on it]",
            f"(how many|how much) (items|things|entries|tasks) [are|do i have] (on|in) {MINE} [shopping|grocery] {WORD}",
            f"what is (next|first|last|left|remaining) on {MINE} [shopping|grocery] {WORD}",
            f"<my> [shopping|grocery] {WORD}",
            "(read|read off|read out|tell|say|give|show|check|iterate|describe|look up|review|repeat|i need|i want to hear|"
            "can i see|send me|put on the screen) [me|to me]"
            f" [my|the] [complete|entire|whole|current] [shopping|grocery|purchase|work] {WORD} [read|items] [to me|for today|back to me]",
            (
                "(read|tell|iterate|list|say) [me|to me] [the] (items|things|everything|what is|what) [that are|i have|all is] "
                f"[on|in|from] {MINE} [shopping|grocery|purchase|work] {WORD}"
            ),
            f"what (is|all is|are) [the] [items] [on|in] {MINE} [shopping|grocery|purchase] {WORD} [today|for today|of things i need to buy today]",
            f"(check|check if|can you check if|see if|tell me if|look if) {{item:text}} (is on|is in|on) {MINE} [shopping|grocery] {WORD}",
            (
                "(did i|have i|can you check if i have|can you check if i) (remember to put|put|added|add|noted|note|jot down|"
                f"make a note) {{item:text}} (on|to|in) {MINE} [shopping|grocery] {WORD}"
            ),
            f"(is there|do i have) anything (on|in) {MINE} [shopping|grocery] {WORD} [for {{item:text}}]",
            f"when is {{item:text}} on {MINE} {WORD}",
            f"what (has|does) {MINE} [shopping|grocery] {WORD} [have] [on it|got]",
            "what items (did|do) i (plan|have|need|want) to buy",
            "(do i|do we) (have to|need to) buy {item:text}",
        ),
        *_with(
            {**TODO, "what": "lists"},
            "(what|which|how many) lists (do i have|are there|have i got|do we have|have i made|exist)",
            "(what are|show|show me|tell me|give me|read|list|give me the names of) [all] [<the>] [available] lists [i have]",
            "(do i have|are there) any lists",
            "(what|which) lists (are available|are open|are present|have i created|do i have)",
            (
                "(read|show|tell me|list|what are) [me] [all] [my|the] [available|current|names of the] lists [that i have "
                "created|i have available|for today|do i have]"
            ),
            "how many lists (are open|are there|do i have)",
        ),
    ),
}
