"""Fictional paragraphs in many house styles, each with the quotations it holds and whose they are.

Every person, town and event is invented. A case is (name, article, [(words, speaker), …]); the words of a split quotation
are joined with one space.
"""

CASES: list[tuple[str, str, list[tuple[str, str | None]]]] = [
    (
        "agency, split by the attribution",
        "MILLBROOK, Conn. (AP) — Mayor Lena Hartwig told reporters Monday she will not seek a third term.\n\n"
        "“I have loved this job,” Hartwig said. “But ten years is enough for anybody.”\n\n"
        "She said she would endorse nobody before the convention.",
        [("I have loved this job, But ten years is enough for anybody.", "Lena Hartwig")],
    ),
    (
        "agency, the next paragraph goes on with a pronoun",
        "Councilman Dario Pell voted against the budget on Tuesday.\n\n"
        "“We are borrowing from our kids,” he said.\n\n“I won’t be part of it,” Pell added.",
        [("We are borrowing from our kids,", "Dario Pell"), ("I won’t be part of it,", "Dario Pell")],
    ),
    (
        "verb first",
        "“Nobody asked the tenants,” said Odile Marchetti, 61, who has rented on Quay Street since 1998.\n\n"
        "“That’s just not true,” replied the council’s housing chair, Ray Fenwick.",
        [("Nobody asked the tenants,", "Odile Marchetti"), ("That’s just not true,", "Ray Fenwick")],
    ),
    (
        "told somebody",
        "Superintendent Ines Okafor told the Board of Education on Thursday: “The roof will not survive another winter.”",
        [("The roof will not survive another winter.", "Ines Okafor")],
    ),
    (
        "an age and a trade between the name and the verb",
        "Gus Tallman, 43, a teacher at Eastfield Middle School, wrote in a letter to the paper, “My students deserve heat.”",
        [("My students deserve heat.", "Gus Tallman")],
    ),
    (
        "party in brackets, reported speech first",
        "State Rep. Nadia Brandt (D) also spoke for the bill and said, “We can do this without raising a single tax.”",
        [("We can do this without raising a single tax.", "Nadia Brandt")],
    ),
    (
        "surname later, of the programme",
        "Republican Calvin Stroud opposes the arena. Stroud, of the financing plan, said, “It is a blank check.” "
        "He said of the shuttle program, “It runs empty.”",
        [("It is a blank check.", "Calvin Stroud"), ("It runs empty.", "Calvin Stroud")],
    ),
    (
        "he, after a ban by somebody else",
        "Unaffiliated candidate Milo Vance argued that the matter was settled by an order of Governor Ruth Adair. "
        "However, he pressed the point and said, “An order can be undone in a morning.”",
        [("An order can be undone in a morning.", "Milo Vance")],
    ),
    (
        "a lead-in clause that names the speaker",
        "While independent Petra Lund did not take a side on the merger, she asked for more time. "
        "She said, “Show us the numbers first.”",
        [("Show us the numbers first.", "Petra Lund")],
    ),
    (
        "a quotation woven into the sentence",
        "Lund said that the timetable was “a recipe for a lawsuit” and that she would vote no.",
        [("a recipe for a lawsuit", "Lund")],
    ),
    (
        "called it",
        "Councilwoman Bettina Rao called the plan “reckless” and accused the mayor of “hiding the real bill from taxpayers.”",
        [("reckless", "Bettina Rao"), ("hiding the real bill from taxpayers.", "Bettina Rao")],
    ),
    (
        "titles and arm’s-length words are not speech",
        "Residents compared it with the ‘business-as-usual’ approach. The “Safe Streets” program began in 2012, and "
        "Rao once appeared on “The Morning Table” to promote her book, “A Town Without Buses.”",
        [],
    ),
    (
        "reported speech without marks",
        "Hartwig said the city would buy forty buses. Pell replied that it could not afford ten, and he asked who would drive them.",
        [],
    ),
    (
        "several paragraphs of one quotation",
        "Fire Chief Walt Ibsen did not mince words.\n\n“We had eleven people on shift that night,” Ibsen said. “Eleven.\n\n"
        "“In 1990 we would have had thirty. The hydrants on Mill Road were dry.\n\n“I will not let that happen twice.”\n\n"
        "The council meets again on Friday.",
        [
            (
                "We had eleven people on shift that night, Eleven. In 1990 we would have had thirty. The hydrants on "
                "Mill Road were dry. I will not let that happen twice.",
                "Walt Ibsen",
            )
        ],
    ),
    (
        "British, single marks, the comma outside",
        "‘It’s the residents’ money, not ours’, said Cllr Maud Penrose. ‘We’ll spend it carefully.’\n\n"
        "Her colleague Tom Aske disagreed: ‘You cannot run a library on goodwill.’",
        [
            ("It’s the residents’ money, not ours We’ll spend it carefully.", "Maud Penrose"),
            ("You cannot run a library on goodwill.", "Tom Aske"),
        ],
    ),
    (
        "British, straight single marks with apostrophes",
        "'We don't have a choice,' said Ellen Croft, the council leader, who's held the seat since the '90s. "
        "'It's cuts or bankruptcy.'",
        [("We don't have a choice, It's cuts or bankruptcy.", "Ellen Croft")],
    ),
    (
        "straight double marks",
        '"How much is this going to cost?" Scott Danvers said.\n\n"We can\'t afford not to do it," Alma Reyes said.',
        [("How much is this going to cost?", "Scott Danvers"), ("We can't afford not to do it,", "Alma Reyes")],
    ),
    (
        "two speakers in one paragraph",
        "“You had four years,” challenger Ida Moss said. Mayor Leo Grant shot back, “And you had four years to read the budget.”",
        [("You had four years,", "Ida Moss"), ("And you had four years to read the budget.", "Leo Grant")],
    ),
    (
        "a quotation, then the next sentence says whose",
        "“It was never about the stadium.” Hector Voss, who chairs the parks board, said the land was promised to the school.",
        [("It was never about the stadium.", "Hector Voss")],
    ),
    (
        "a sentence about somebody, then what they said",
        "Alma Reyes was blunter. “They lied to us, plain and simple.”",
        [("They lied to us, plain and simple.", "Alma Reyes")],
    ),
    (
        "according to",
        "The bridge is “one hard freeze away from closing,” according to city engineer Paula Yates.",
        [("one hard freeze away from closing,", "Paula Yates")],
    ),
    (
        "a report speaks",
        "“Staffing is below the state minimum,” the report said. A sign on the door read “Closed until further notice.”",
        [("Staffing is below the state minimum,", None), ("Closed until further notice.", None)],
    ),
    (
        "somebody without a name, then a pronoun",
        "“I just want the bus to come,” one resident said. “It never does,” she added.",
        [("I just want the bus to come,", None), ("It never does,", None)],
    ),
    (
        "a spokesman for somebody is not somebody",
        "“The mayor will not comment,” said a spokesman for Mayor Leo Grant. “We stand by the vote,” Grant’s office said in a statement.",
        [("The mayor will not comment,", None), ("We stand by the vote,", None)],
    ),
    (
        "a spokesman with a name",
        "“The mayor is traveling,” said Grant’s spokeswoman, Tess Auden.",
        [("The mayor is traveling,", "Tess Auden")],
    ),
    (
        "a role known from before",
        "Mayor Leo Grant opened the meeting late. “My apologies, the bridge was up,” the mayor said.",
        [("My apologies, the bridge was up,", "Leo Grant")],
    ),
    (
        "one surname, two people",
        "Ann Doyle and her brother Frank Doyle both spoke.\n\n“We sold the farm in March,” Doyle said.",
        [("We sold the farm in March,", None)],
    ),
    (
        "one surname, two people, the full name beside the verb",
        "Ann Doyle and her brother Frank Doyle both spoke.\n\n“We sold the farm in March,” Frank Doyle said.",
        [("We sold the farm in March,", "Frank Doyle")],
    ),
    (
        "nested marks, brackets and ellipses are kept",
        "Rosa Lind said, “My mother told me, ‘Never sign [anything] you haven’t read …’ and I signed it.”",
        [("My mother told me, ‘Never sign [anything] you haven’t read …’ and I signed it.", "Rosa Lind")],
    ),
    (
        "a colon and no verb",
        "Rosa Lind on the budget: “Show me one line we can cut.”",
        [("Show me one line we can cut.", "Rosa Lind")],
    ),
    (
        "a question by the moderator",
        "“Will you raise the levy, yes or no?” asked moderator Phil Traynor. “No,” said Lind. “Not this year,” said Vance.",
        [("Will you raise the levy, yes or no?", "Phil Traynor"), ("No,", "Lind"), ("Not this year,", "Vance")],
    ),
    (
        "a post",
        "“Proud of this council tonight!” Dario Pell tweeted. In a later post he wrote: “The work starts now.”",
        [("Proud of this council tonight!", "Dario Pell"), ("The work starts now.", "Dario Pell")],
    ),
    (
        "a headline with the mayor in it",
        "‘We are not closing the pool’: Mayor Grant hits back\n\nMayor Leo Grant said on Friday the pool would open in May. "
        "“We are not closing the pool,” he told the crowd.",
        [("We are not closing the pool", "Leo Grant"), ("We are not closing the pool,", "Leo Grant")],
    ),
    (
        "a blog in the first person",
        "I caught up with Jo Tanaka after the vote. “I’m exhausted,” she told me. “Ask me tomorrow.” “About the appeal?” I asked.",
        [("I’m exhausted, Ask me tomorrow.", "Jo Tanaka"), ("About the appeal?", None)],
    ),
    (
        "radio on the web, present tense",
        '"You can hear the pumps from here," says Amos Kerr, standing on the levee. Kerr farms 90 acres below the dam. '
        '"When they stop, I leave," he says.',
        [("You can hear the pumps from here,", "Amos Kerr"), ("When they stop, I leave,", "Amos Kerr")],
    ),
    (
        "adding, and noting",
        "Judge Carla Whit denied the motion, adding that the filing was “three weeks late and two pages short.”",
        [("three weeks late and two pages short.", "Carla Whit")],
    ),
    (
        "Spanish, angled marks, verb before the name",
        "El alcalde Julián Ferrer Ortega presentó el presupuesto el martes.\n\n«No vamos a subir los impuestos», dijo Ferrer.\n\n"
        "La concejala Marta Solís respondió: «Eso mismo prometió el año pasado».\n\nSegún Solís, el plan es «papel mojado».",
        [
            ("No vamos a subir los impuestos", "Julián Ferrer Ortega"),
            ("Eso mismo prometió el año pasado", "Marta Solís"),
            ("papel mojado", "Marta Solís"),
        ],
    ),
    (
        "Spanish, curly marks, no pronoun",
        "Daniela Peñafiel afirmó que “no hay dinero para otra obra”. “Primero el agua”, agregó.\n\n"
        "“El agua ya está pagada”, contestó el candidato Iván Robles de la Torre.",
        [
            ("no hay dinero para otra obra", "Daniela Peñafiel"),
            ("Primero el agua", "Daniela Peñafiel"),
            ("El agua ya está pagada", "Iván Robles de la Torre"),
        ],
    ),
    (
        "Spanish, a dash after the marks",
        "«La calle es de todos» —dijo Lucía Amado—, «y la vamos a abrir».",
        [("La calle es de todos y la vamos a abrir", "Lucía Amado")],
    ),
    (
        "the speaker of the paragraph before goes on",
        "“The shelter is full,” said director Wren Halley.\n\n“We turned away nine families last night. Nine.”\n\n"
        "The council will vote on Monday.",
        [("The shelter is full,", "Wren Halley"), ("We turned away nine families last night. Nine.", "Wren Halley")],
    ),
    (
        "a dialogue without names stays without names",
        "“Did you read the memo?” Moss asked.\n\n“I did,” Grant said.\n\n“And?”",
        [("Did you read the memo?", "Moss"), ("I did,", "Grant"), ("And?", None)],
    ),
    (
        "a nickname in marks",
        "Robert “Buck” Sandoval, who owns the hardware store, said: “I’ll believe it when I see the trucks.”",
        [("I’ll believe it when I see the trucks.", "Robert “Buck” Sandoval")],
    ),
    (
        "an opening mark that nothing closes",
        "Petra Lund said, “We never saw the contract.\n\nThe contract was signed in May. “It was posted online,” clerk Otis Blum said.",
        [("It was posted online,", "Otis Blum")],
    ),
    (
        "inches are not marks",
        'The 24" main burst at 6 a.m. "It sounded like a train," Lou Pratt said of the 12" line.',
        [("It sounded like a train,", "Lou Pratt")],
    ),
    (
        "a group and a company",
        "“Our members will strike,” the Harbor Workers Union said in a statement.",
        [("Our members will strike,", "Harbor Workers Union")],
    ),
    (
        "questions and answers are no quotations",
        "Q: What would you do first?\n\nA: I would fix the pumps. Then I’d call the governor.",
        [],
    ),
    (
        "who said",
        "Among them was Cyril Banks, a retired welder who said “the noise starts at five and never ends.”",
        [("the noise starts at five and never ends.", "Cyril Banks")],
    ),
    (
        "a woman and a man, each by a pronoun",
        "Councilwoman Bettina Rao and Councilman Dario Pell argued for an hour. “You never read the file,” she said. "
        "“I wrote the file,” he said.",
        [("You never read the file,", "Bettina Rao"), ("I wrote the file,", "Dario Pell")],
    ),
    (
        "a pronoun that may be two people",
        "Kim Ashe met Lee Dorn at the site. Ashe and Dorn walked the line together.\n\n"
        "“It needs a wall,” they agreed. “A tall one,” he said.",
        [("It needs a wall,", None), ("A tall one,", None)],
    ),
    (
        "the same words by two cues in a row",
        "Asked about the delay, Hartwig said “nobody is more frustrated than I am” but declined to say when work would begin.",
        [("nobody is more frustrated than I am", "Hartwig")],
    ),
    (
        "a town between commas is not the speaker",
        "Omar Fields, a pharmacist from Springfield, Massachusetts, said, “They ran out by noon.”",
        [("They ran out by noon.", "Omar Fields")],
    ),
    (
        "one word after is and was",
        "Rosa Lind said she was “stunned” by the vote but that the mayor’s tone was “fine.”",
        [("stunned", "Rosa Lind"), ("fine.", "Rosa Lind")],
    ),
    (
        "somebody’s answer, and a one-word text",
        "Rosa Lind was asked twice. Lind’s answer was short: “Never.” Mayor Leo Grant replied with a text: “Noted.”",
        [("Never.", "Rosa Lind"), ("Noted.", "Leo Grant")],
    ),
    (
        "as somebody put it",
        "As Rosa Lind put it, “You can’t mow a landslide.”",
        [("You can’t mow a landslide.", "Rosa Lind")],
    ),
    (
        "a surname with a small particle",
        "Aldo de Vries has run the market since 1988. “The fish decide,” de Vries said. A cousin, Max van Horn, disagreed. "
        "“The weather decides,” van Horn said.",
        [("The fish decide,", "Aldo de Vries"), ("The weather decides,", "Max van Horn")],
    ),
    (
        "a paragraph of reported speech, then a quotation without a name",
        "Rosa Lind said the culvert had been blocked since March.\n\n“We called eleven times. Nobody came.”",
        [("We called eleven times. Nobody came.", "Rosa Lind")],
    ),
    (
        "a name twice removed",
        "Grant’s attorney, Nell Porter, D-Ward 2, told the Sentinel that her client was “the last honest man in Millbrook.”",
        [("the last honest man in Millbrook.", "Nell Porter")],
    ),
    (
        "introduced by what they did, then a pronoun",
        "Mayor Hollis Prentiss said the pipes will be mended before the first snow.\n\nThat drew a laugh from Devon Okoye, "
        "who sits on the council. “Which snow?” he asked. “I heard that in 2019.”",
        [("Which snow? I heard that in 2019.", "Devon Okoye")],
    ),
    (
        "an exchange in which only one of two can be she",
        "Coach Terry Blount said he liked the street as it is. “Who do you mean?” Renata Villalobos asked.\n\n"
        "“You know who,” Blount said.\n\n“I don’t,” she said.",
        [
            ("Who do you mean?", "Renata Villalobos"),
            ("You know who,", "Terry Blount"),
            ("I don’t,", "Renata Villalobos"),
        ],
    ),
    (
        "her challenger, told by another’s pronoun",
        "Sheriff Walt Humboldt spoke first. “It is full,” Humboldt said.\n\nHis challenger, former deputy Rochelle Stamps, "
        "agreed. “I have filled it,” she said.",
        [("It is full,", "Walt Humboldt"), ("I have filled it,", "Rochelle Stamps")],
    ),
    (
        "a role before a name that a comma sets apart",
        "The fourth candidate, the plumber Buck Tarrant, called the fund “a bucket with a hole.” The moderator — retired "
        "anchor Bill Estabrook — tried again. “Folks,” he said, “we have forty questions.”",
        [("a bucket with a hole.", "Buck Tarrant"), ("Folks, we have forty questions.", "Bill Estabrook")],
    ),
    (
        "offices with ex- and -elect, and a veteran of the other side",
        "Ex-Alderman Chip Lindqvist: “There is no plaque.”\n\nOpponent Felicity Agbaje and Mayor-elect Dot Rusk disagreed. "
        "“There is,” said Agbaje. “Two,” Rusk said. “I counted,” Mayor Pro Tem Edwin Voss offered.",
        [
            ("There is no plaque.", "Chip Lindqvist"),
            ("There is,", "Felicity Agbaje"),
            ("Two,", "Dot Rusk"),
            ("I counted,", "Edwin Voss"),
        ],
    ),
    (
        "a name that two bear, before the second comes in",
        "Delia Lopez said a sale would “gut it.” “First the ward, then the roof,” Lopez said.\n\n“They count twice,” said "
        "Carol Lopez, the union’s president, who is no relation. “Nobody knows,” Lopez said.",
        [
            ("gut it.", "Delia Lopez"),
            ("First the ward, then the roof,", "Delia Lopez"),
            ("They count twice,", "Carol Lopez"),
            ("Nobody knows,", None),
        ],
    ),
    (
        "a couple under one surname",
        "Gabe and Theresa Mancuso answered together. “Open,” he said. “We are still at it,” Theresa Mancuso said.",
        [("Open,", None), ("We are still at it,", "Theresa Mancuso")],
    ),
    (
        "brothers, and a first name that is a particle elsewhere",
        "Al and Frank Dutra, who both run, split. “Ban them,” Al Dutra said. “Teach them,” said Frank Dutra.",
        [("Ban them,", "Al Dutra"), ("Teach them,", "Frank Dutra")],
    ),
    (
        "surnames of two words",
        "Chairman Darrell Iron Cloud smiled at moderator Joe Standing Elk. “They govern themselves,” Iron Cloud joked. "
        "“Do they?” asked Joe Standing Elk.",
        [("They govern themselves,", "Darrell Iron Cloud"), ("Do they?", "Joe Standing Elk")],
    ),
    (
        "a verb of sound, and one that colours",
        "“Nobody asks about the dam!” bellowed Gerald Pym, known in town as “Gerald the Great.” “Sit down,” Delphine Marsh "
        "deadpanned. “Then where is the money?” Pym shot back.",
        [
            ("Nobody asks about the dam!", "Gerald Pym"),
            ("Sit down,", "Delphine Marsh"),
            ("Then where is the money?", "Gerald Pym"),
        ],
    ),
    (
        "a term before a noun, and a nickname between dashes",
        "Helena Brandvold, citing the state’s “certificate of need” rules, said it takes two years. The Rev. Otis Blakemore — "
        "“Pastor O” to his people at Mt. Zion — said that he had seen “too many deputies on too many porches.”",
        [("too many deputies on too many porches.", "Otis Blakemore")],
    ),
    (
        "a spokeswoman for an organisation with an article",
        "A spokeswoman for the Harbor Police Association said in a statement that the union “has never refused to wear a camera.”",
        [("has never refused to wear a camera.", None)],
    ),
    (
        "two verdicts on one verb",
        "The others were undecided, with Jeb Oakes saying he was “leaning no” and Tiffany Lund “leaning yes.”",
        [("leaning no", "Jeb Oakes"), ("leaning yes.", "Tiffany Lund")],
    ),
    (
        "a film, then what was said of it",
        "Renata Villalobos named “The House on Mango Street.” Terry Blount said of it, “A girl grows up and leaves.”",
        [("A girl grows up and leaves.", "Terry Blount")],
    ),
    (
        "in her words, and what it reads",
        "Annika Sorrell, 29, moved here to, in her words, “get away from my phone.” The audit is short. It reads: “No process "
        "was documented.” “That is a way of life,” she said.",
        [
            ("get away from my phone.", "Annika Sorrell"),
            ("No process was documented.", None),
            ("That is a way of life,", "Annika Sorrell"),
        ],
    ),
    (
        "a headline that says again what somebody said",
        "“Nobody is coming to save us”: candidates talk jobs\n\n“Nobody is coming to save us,” said Lyle Amaro. “We do it ourselves.”",
        [
            ("Nobody is coming to save us", "Lyle Amaro"),
            ("Nobody is coming to save us, We do it ourselves.", "Lyle Amaro"),
        ],
    ),
    (
        "what other people feel, by somebody’s word",
        "Independent Sandy Muir, 19, said young people felt “invisible and unheard” and that buses stopped at six.",
        [("invisible and unheard", "Sandy Muir")],
    ),
    (
        "Spanish, the narrator between dashes inside the marks",
        "El alcalde, Ramón Ibáñez, habló de la red. «Los datos son públicos —dijo—. Cualquiera puede verlos».",
        [("Los datos son públicos Cualquiera puede verlos", "Ramón Ibáñez")],
    ),
    (
        "Spanish, a noun that looks like a verb, a role later, and a verb nobody listed",
        "El moderador, Andrés Pol, abrió con una pregunta: «¿Se bañaría usted en el río?». El empresario Tomás Quiroga dudó. "
        "«Eso fue otro plan», se defendió el empresario. «Aquí no hay ni vereda», lo cruzó la docente Yamila Sosa.",
        [
            ("¿Se bañaría usted en el río?", "Andrés Pol"),
            ("Eso fue otro plan", "Tomás Quiroga"),
            ("Aquí no hay ni vereda", "Yamila Sosa"),
        ],
    ),
    (
        "Spanish, after another speaker: por su parte, and no subject",
        "“Llevan doce años diciendo enero”, dijo Hernán Iturbe. Por su parte, el exconcejal Nelson Guaraní, del Movimiento "
        "Costero, aseguró que “discuten por el asiento”. La candidata Rosario Peñalver no rio. “Esto no es un circo”, dijo.",
        [
            ("Llevan doce años diciendo enero", "Hernán Iturbe"),
            ("discuten por el asiento", "Nelson Guaraní"),
            ("Esto no es un circo", "Rosario Peñalver"),
        ],
    ),
    (
        "a sentence behind a colon, one of several by name, and a quotation that ends with another",
        "And this, from Sheriff Ray Dombrowski, on the debate: “I’m up.” One of them, Philip Strand, leaned over. “They are "
        "both right,” he whispered. Bea Rook sighed. \"It was, and I quote, 'odorous.'\"",
        [
            ("I’m up.", "Ray Dombrowski"),
            ("They are both right,", "Philip Strand"),
            ("It was, and I quote, 'odorous.'", "Bea Rook"),
        ],
    ),
    (
        "a trade printed with a capital before a name",
        "The county’s assessor and its archivist disagreed. “It has a couch,” Assessor Lyle Trask said. “A rake,” said "
        "Archivist Mona Fitch. “A couch,” Trask said.",
        [("It has a couch,", "Lyle Trask"), ("A rake,", "Mona Fitch"), ("A couch,", "Lyle Trask")],
    ),
    (
        "an organisation whose name begins like a title",
        "“We are confident,” the Independent Growers Association said in a statement.",
        [("We are confident,", "Independent Growers Association")],
    ),
    (
        "Spanish, a role with a comma before the name, used again",
        "El actual alcalde, Joaquín Vidal, habló primero. La candidata Sonia Marqués no. Preguntado por el coste, el alcalde "
        "aseguró que «no costará ni un euro más». «Eso, bancos», convino Marqués.",
        [("no costará ni un euro más", "Joaquín Vidal"), ("Eso, bancos", "Sonia Marqués")],
    ),
]
