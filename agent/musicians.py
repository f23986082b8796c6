"""Names that are music wherever they are played: bands, singers and composers that many homes ask for. A title that is none stays open."""

MUSICIANS = frozenset(
    name.strip()
    for name in (
        "abba, ac dc, acdc, adele, aerosmith, alicia keys, amy winehouse, arcade fire, arctic monkeys, ariana grande, aretha franklin, bach, "
        "backstreet boys, beck, bee gees, beethoven, beyonce, bill evans, billie eilish, billie holiday, billy joel, bjork, black sabbath, blondie, "
        "blur, bob dylan, bob marley, bon iver, bon jovi, brahms, britney spears, bruce springsteen, bruno mars, carole king, charles mingus, "
        "charlie parker, chet baker, chopin, coldplay, count basie, creedence clearwater revival, daft punk, dave brubeck, david bowie, debussy, "
        "deep purple, depeche mode, diana ross, dire straits, dizzy gillespie, dolly parton, drake, dua lipa, duke ellington, dvorak, ed sheeran, "
        "ella fitzgerald, elton john, elvis presley, eminem, eric clapton, fleetwood mac, foo fighters, frank sinatra, franz ferdinand, "
        "genesis, george michael, glenn gould, gorillaz, grieg, guns n roses, handel, hans zimmer, harry styles, haydn, herbie hancock, "
        "iron maiden, james brown, janis joplin, jay z, jimi hendrix, johann strauss, john coltrane, john lennon, johnny cash, joni mitchell, "
        "justin bieber, kanye west, kate bush, katy perry, kendrick lamar, keith jarrett, kraftwerk, lady gaga, lana del rey, led zeppelin, "
        "leonard cohen, linkin park, liszt, lorde, louis armstrong, ludovico einaudi, madonna, mahler, marvin gaye, massive attack, mendelssohn, "
        "metallica, michael jackson, miles davis, moby, mozart, muse, neil young, nick cave, nina simone, nirvana, oasis, olivia rodrigo, "
        "otis redding, paul mccartney, paul simon, pavarotti, pearl jam, phil collins, philip glass, pink floyd, portishead, prince, puccini, pulp, "
        "queen, rachmaninoff, radiohead, ray charles, red hot chili peppers, rem, rihanna, rod stewart, rolling stones, roxette, sade, santana, "
        "schubert, schumann, shakira, sibelius, sigur ros, simon and garfunkel, spice girls, steely dan, stevie wonder, sting, stravinsky, "
        "supertramp, talking heads, tame impala, "
        "taylor swift, tchaikovsky, the beach boys, the beatles, the clash, the cranberries, the cure, the doors, "
        "the eagles, the kinks, the police, the rolling stones, the smiths, the strokes, the supremes, the velvet underground, the weeknd, the who, "
        "thelonious monk, tina turner, toto, tom petty, tom waits, tracy chapman, u2, van halen, van morrison, verdi, vivaldi, wagner, weezer, "
        "whitney houston, yo yo ma"
    ).split(",")
)
"""Lower case, without punctuation."""
