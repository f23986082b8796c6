"""Free text to train with: what people might play, buy, be reminded of. Made up here, or the names of well-known works and goods."""

TITLES = """bohemian rhapsody|hotel california|imagine|yesterday|billie jean|smells like teen spirit|let it be|hey jude|thriller|wonderwall|
rolling in the deep|take on me|africa|clocks|yellow|
hallelujah|dancing queen|stairway to heaven|purple rain|blinding lights|shape of you|someone like you|bad guy|viva la vida|the sound of silence|
losing my religion|under pressure|space oddity|
the office|breaking bad|friends|stranger things|the crown|planet earth|game of thrones|seinfeld|the simpsons|doctor who|sherlock|house of cards|
the hunger games|inception|the matrix|titanic|toy story|star wars|the lion king|frozen|jaws|alien|casablanca|back to the future|the godfather|amelie|
serial|radiolab|the daily|this american life|science friday|99 percent invisible|the moth|
harry potter and the philosopher's stone|moby dick|pride and prejudice|the hobbit|dune|war and peace|sherlock holmes|the history of rome|
a brief history of time|the great gatsby"""
ARTISTS = """the beatles|queen|adele|coldplay|taylor swift|miles davis|bach|mozart|beethoven|the rolling stones|pink floyd|david bowie|daft punk|
abba|u2|prince|radiohead|nina simone|johnny cash|ed sheeran|
beyonce|drake|eminem|rihanna|metallica|nirvana|bob dylan|elton john|madonna|michael jackson|frank sinatra|ella fitzgerald|louis armstrong|vivaldi|
chopin|the eagles|kate bush|norah jones|
john coltrane|billie eilish|lady gaga|bruno mars|shakira|linkin park|green day|the killers|arctic monkeys|fleetwood mac|led zeppelin|stevie wonder"""
GENRES = """jazz|rock|classical music|pop|hip hop|country|blues|folk music|techno|ambient|soul|reggae|metal|punk|opera|relaxing music|party music|
christmas songs|workout music|something calm|lo fi beats|
dinner music|old hits|love songs|nineties music|salsa|disco|funk|indie rock|rain sounds|white noise|whale songs|children's songs|soft rock|
smooth jazz|some blues|the news|the top forty"""
STATIONS = """bbc radio one|radio four|npr|kexp|classic fm|jazz fm|capital fm|hot one oh two|the jazz station|one hundred and one point five|
rock antenna|the news channel|channel four|sports radio"""
PLAYLISTS = """my favorites|road trip|chill out|running|summer hits|party mix|sleep|dinner party|morning coffee|focus|eighties mix|gym|
discover weekly|road songs|sunday morning"""
ITEMS = """milk|eggs|bread|apples|bananas|butter|cheese|coffee|toilet paper|dish soap|olive oil|flour|sugar|rice|chicken|tomatoes|onions|potatoes|
yogurt|orange juice|batteries|light bulbs|dog food|
cat litter|paper towels|a birthday card|two pounds of beef|a bottle of wine|peanut butter|shampoo|toothpaste|cereal|ice cream|frozen peas|salmon|
spinach|lettuce|a bag of ice|trash bags|baby wipes"""
TASKS = """call mom|take out the trash|water the plants|pay the rent|book a dentist appointment|clean the kitchen|walk the dog|wash the car|
do the laundry|fix the bike|return the library books|
buy a gift for anna|send the invoice|pick up the dry cleaning|feed the fish|clean the gutters|change the air filter|renew the passport|
finish the report|empty the dishwasher|email the teacher|
take my medicine|turn in the homework|mow the lawn|check the oven|get the kids from school|meet sarah|buy milk|charge the car|defrost the chicken"""
EVENTS = """dinner is ready|we are leaving in five minutes|the bus is here|it is bedtime|breakfast is on the table|somebody is at the door|
the movie starts now|please come downstairs|lunch is served"""
TIMERS = "pizza|pasta|tea|eggs|laundry|rice|nap|workout|bread|cookies|homework|chicken|meditation|break|cake"
CITIES = """london|paris|new york|berlin|san francisco|tokyo|sydney|chicago|boston|amsterdam|madrid|rome|toronto|dallas|seattle|oslo|mumbai|cairo|
lisbon|vienna"""
GAMES = "chess|poker|tic tac toe|monopoly|scrabble|hangman|battleship|trivia|twenty questions|solitaire|minesweeper|checkers"
LIKES = """jazz|italian food|the warriors|rock music|thai food|romantic comedies|tea|black coffee|football|the lakers|sushi|country music|
science fiction|spicy food|old movies"""
NAMES = "anna|ben|jane|ada|the boss|mom|dad|peter|sarah|grandma|the kids|tom|lucy"
SENTENCES = """turn on all the lights|play some jazz|make coffee|turn off the tv and the lights|close the blinds|set the thermostat to 20|
lock the front door|good night everyone|dim the lights to 20 percent"""
PHRASES = "movie time|it's showtime|party time|i'm off|bedtime|relax|chill mode|work time|let's go|goodbye house|game night|dinner time|i am home"


def listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.replace("\n", "").split("|") if part.strip())


TEXTS: dict[str, tuple[str, ...]] = {
    "search_query": listed("|".join([TITLES, ARTISTS, GENRES, STATIONS, PLAYLISTS])),
    "item": listed("|".join([ITEMS, ITEMS, TASKS])),
    "name": listed(TIMERS),
    "message": listed("|".join([TASKS, EVENTS])),
    "text": listed(TASKS),
    "task": listed(TASKS),
    "about": listed(TASKS),
    "playlist": listed(PLAYLISTS),
    "game": listed(GAMES),
    "location": listed(CITIES),
    "place": listed(CITIES),
    "city": listed(CITIES),
    "value": listed(LIKES),
    "alias": listed(PHRASES),
    "phrase": listed(PHRASES),
    "sentence": listed(SENTENCES),
    "other": listed(ITEMS),
    "conversation_command": listed(SENTENCES),
    "person": listed(NAMES),
    "mode": ("eco", "sleep", "turbo", "away", "boost", "night"),
    "list": ("shopping", "grocery", "to do", "chores", "packing", "wish"),
    "label": listed(TIMERS),
    "what": listed(TASKS),
}
"""Slot -> what may stand in it."""
