"""Closed word lists of English and Spanish news prose: who may be a name, and what stands round one. All folded to lower case."""

PRONOUNS: dict[str, str | None] = {
    "he": "m",
    "she": "f",
    "él": "m",
    "ella": "f",
    "they": None,
    "it": None,
    "ellos": None,
    "ellas": None,
}
"""Third persons and the gender they print. `they` and `it` never name one person."""

FIRST_PERSON = frozenset("i we you yo nosotros me us".split())

RELATIVES = frozenset("who that que quien quienes whose cuyo cuya which cual".split())

ARTICLES = frozenset(
    "the a an el la los las un una unos unas his her their its our my su sus this that one another este esta".split()
)

PREPOSITIONS = frozenset(
    """about above across after against alongside along among amid around as at before behind below beneath beside
    between beyond by despite during except for from in inside into like near of off on onto opposite outside over
    per regarding since through throughout to toward towards under until unlike upon via versus with within without
    al ante bajo con contra de del desde durante en entre hacia hasta para por según sin sobre tras""".split()
)

SUBORDINATORS = frozenset(
    """after although as asked because before by despite during even following for from given if in instead like once on
    since speaking standing though unlike until upon when whenever where whereas while with without according at about
    responding referring noting citing pressed questioned addressing turning under amid among throughout through regarding
    cuando mientras aunque si tras durante en ante según al por para con sin desde como pese sobre consultado consultada
    preguntado preguntada interrogado""".split()
)
"""A sentence that opens with one of these has its subject after the first comma."""

CONJUNCTIONS = frozenset("and but or nor yet so then y e o u pero sino".split())

AUXILIARIES = frozenset(
    """has have had having would will did does do could should can may might must is was are were be been being
    ha han había habían haber fue es está estaba suele""".split()
)

CLITICS = frozenset("le les lo se me nos".split())
"""Spanish pronouns that stand before the verb and are not its subject."""

PASSIVES = frozenset("is was are were be been being get gets got fue fueron es son ser sido".split())

ADVERBS = frozenset(
    """also then later again once recently even still now first just ever never already further soon not only often
    always too instead nonetheless nevertheless meanwhile earlier afterward afterwards twice simply both all today
    yesterday tonight
    también además luego después antes ayer hoy así no ya siempre solo sólo nunca incluso asimismo""".split()
)

WEEKDAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday lunes martes miércoles jueves viernes sábado domingo".split()
)
_MONTHS = "january february march april may june july august september october november december jan. feb. aug. sept. oct. nov. dec."
_MONTHS_ES = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"

DAY_WORDS = frozenset("morning afternoon evening night week month year later earlier".split())

NOT_NAMES = (
    frozenset(f"{_MONTHS} {_MONTHS_ES}".split())
    | WEEKDAYS
    | frozenset(PRONOUNS)
    | FIRST_PERSON
    | RELATIVES
    | (ARTICLES - {"la", "las", "los", "a", "el"})
    | PREPOSITIONS
    | SUBORDINATORS
    | CONJUNCTIONS
    | AUXILIARIES
    | ADVERBS
    | frozenset(
        """a el la las los there here what why how where which these those such some many most few several each every
        both no none nothing nobody everyone somebody something either neither other others however moreover furthermore
        finally additionally similarly likewise perhaps maybe indeed yes okay well ok thus hence therefore overall next
        last another only not let see its their q our my your his her
        esto eso ese esa aquello aquel sin embargo además mientras quizás quizá sí no muy más también finalmente
        posteriormente primero segundo tercero último first second third according""".split()
    )
) - {"may", "april", "june", "august", "julio", "abril"}
"""Capitalised words that open a sentence, or name a day, and are no part of a name."""

CROWDS = frozenset(
    """democrats republicans residents officials supporters critics opponents voters police lawmakers neighbors neighbours
    parents teachers students workers tenants activists advocates experts authorities councillors councilors
    councilmembers commissioners candidates prosecutors lawyers attorneys doctors scientists researchers organizers
    protesters witnesses families firefighters members leaders vecinos críticos autoridades funcionarios candidatos fuentes
    republican democrat organisers analysts reporters sources investigators businesses owners drivers""".split()
)
"""Words that alone, capitalised at the head of a sentence, are no name."""

ABBREVIATIONS = frozenset(
    """mr mrs ms mx dr rev hon sen sens rep reps gov lt col gen capt sgt cpl maj cmdr adm det insp supt prof pres st jr sr
    sra srta dra lic ing arq dn dña ave blvd rd no vs etc inc corp co ltd mt ft gral sto sta dept dist asst assoc ald cllr atty
    conn mass calif fla ill ind mich minn mo pa penn va vt wis wash ore okla tex tenn ga ky la md me miss mont neb nev
    ariz ark ala colo del kan n.h n.j n.y n.m n.c n.d s.c s.d r.i d.c w.va u.s u.k u.n e.g i.e a.m p.m
    jan feb mar apr jun jul aug sept sep oct nov dec fr msgr ph.d m.d""".split()
)
"""Words whose full stop is part of them (without it)."""

PLACES = frozenset(
    """alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii idaho illinois indiana
    iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri montana nebraska
    nevada ohio oklahoma oregon pennsylvania tennessee texas utah vermont wisconsin wyoming conn. mass. calif. fla. ill.
    ind. mich. minn. mo. pa. penn. va. vt. wis. wash. ore. okla. tex. tenn. ga. ky. la. md. mont. neb. nev. ariz. ark.
    ala. colo. del. kan. n.h. n.j. n.y. n.m. n.c. n.d. s.c. s.d. r.i. d.c. w.va. england scotland wales ireland canada
    mexico méxico españa spain france germany britain america""".split()
)

PLACE_STARTS = frozenset(
    "new north south east west northern southern eastern western santa los fort mount lake port saint upper lower".split()
)

TITLES: dict[str, str | None] = {
    word: gender
    for gender, words in {
        None: """mayor vice deputy president governor lieutenant senator sen. representative rep. reps. sens. gov. pres. lt. col.
            congressmember member councilmember councillor councilor councilperson alder alderperson ald. cllr cllr. assemblymember
            supervisor commissioner comptroller controller treasurer clerk trustee selectperson selectman superintendent
            supt. principal chief captain capt. sergeant sgt. officer detective det. sheriff marshal colonel general gen. major
            secretary attorney minister speaker leader whip delegate del. judge justice magistrate prosecutor
            dr. dr prof. prof professor rev. rev reverend pastor rabbi imam bishop archbishop cardinal father pope hon. honorable
            director manager chair chairperson coordinator administrator organizer moderator anchor host journalist reporter
            candidate nominee incumbent challenger democrat republican independent libertarian green socialist progressive
            conservative unaffiliated councilmembers ranger coach ceo cfo editor columnist analyst activist resident teacher
            student spokesperson opponent plumber realtor dentist electrician mechanic firefighter paramedic bartender
            tem emeritus musician artist photographer entrepreneur banker accountant consultant pharmacist librarian counselor auditor
            assessor registrar recorder coroner constable warden undersheriff ombudsman harbormaster collector
            surveyor retired commentator broadcaster
            attorney-general ex-mayor ex-president premier chancellor dean provost engineer architect
            planner union local former acting interim longtime then-mayor first-term junior senior newcomer veteran rival
            fellow contractor retiree farmer lawyer nurse physician neighbor colleague author scientist economist activist
            advocate businessman witness bystander shopkeeper developer volunteer organiser campaigner protester homeowner
            landlord tenant survivor baker barber driver
            mp mep msp am pc con
            presidente gobernador senador diputado concejal ministro director secretario profesor candidato portavoz fiscal juez
            comisario lic. ing. arq. edil exalcalde exconcejal""",
        "m": """mr. mr sir lord king prince councilman alderman congressman assemblyman chairman spokesman freeholder
            businessman brother don sr. señor alcalde  vocero abogado doctor""",
        "f": """mrs. mrs ms. ms miss lady dame queen princess councilwoman alderwoman congresswoman assemblywoman chairwoman
            spokeswoman selectwoman businesswoman sister doña sra. srta. señora señorita alcaldesa vocera presidenta gobernadora
            senadora diputada concejala ministra directora secretaria profesora candidata abogada doctora dra. jueza
            exalcaldesa edila""",
    }.items()
    for word in words.split()
}
"""Words that stand before a name and are not part of it, with the gender a few of them print."""

AMBIGUOUS_TITLES = frozenset(
    """dean major king prince bishop pope page junior green general cardinal don father sister brother local con am pc queen
    host baker barber driver""".split()
)
"""First names and surnames too: a title only before two more words of a name."""

GENDERED = {
    "m": "man father son husband grandfather businessman uncle brother spokesman chairman councilman alderman padre abuelo hijo".split(),
    "f": "woman mother daughter wife grandmother businesswoman aunt sister spokeswoman chairwoman councilwoman madre abuela hija".split(),
}

ORGANISATIONS = frozenset(
    """department council association university college union chamber league committee commission board party inc inc.
    center centre institute foundation coalition authority agency office bureau court police times courant post news press
    journal herald tribune gazette society club church school schools district company corporation corp corp. llc group
    campaign administration government house senate congress parliament ministry network project alliance federation team
    service services hospital academy museum hall bank fund trust ayuntamiento ministerio universidad asociación comisión
    consejo partido gobierno policía sindicato fundación street avenue road park bridge square act bill plan program
    initiative county city town village state states county""".split()
)

SPEECH_NOUNS = frozenset(
    """words response answer message reply verdict reaction advice conclusion plea explanation statement assessment
    argument promise warning pitch motto mantra question respuesta conclusión mensaje palabras""".split()
)
"""What is somebody's when they speak: Smith's answer: “No.”"""

PARTICLES = frozenset(
    "de del la las los da das do dos di du van von der den ter ten le el al bin ibn st. st san".split()
)
SUFFIXES = frozenset("jr jr. sr sr. ii iii iv esq. esq".split())

ELISIONS = frozenset("tis twas em til bout n nuff kay neath twixt".split())
"""Words printed with a leading apostrophe, which opens no quotation."""

TITLED = frozenset(
    """titled entitled named called known dubbed nicknamed song film movie book novel show series album episode play
    magazine newspaper podcast program programme column slogan motto word words term phrase label category chapter
    so-called hashtag brand titulado titulada llamado llamada denominado denominada canción película libro programa lema
    palabra término frase apodado apodada""".split()
)
"""Before a quotation: what stands between the marks is a title, a name or a word, not speech."""
