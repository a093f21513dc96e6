"""Words that carry no subject of their own, in English and Spanish. A plain sentence drops them; an operator or a quotation never.

Negations are not among them: "not" and "no" always count.
"""

ASKING = frozenset(
    """
    what who whom whose when where why how which did does do has have was were is are can could would will
    que quien quienes cuando donde por como cual cuales cuanto cuanta cuantos cuantas ha han fue
    """.split()
)
"""A sentence that begins with one of these is a question."""

EMPTY = ASKING | frozenset(
    """
    a an the this that these those it its he she they them their his her him we us our you your i me my
    and or but if of to in on at by for from with about as into than then there here so too also just
    be been being am had having shall should may might must any some all very
    say says said saying tell tells told talk talks talked talking speak speaks spoke speaking think thinks thought
    mention mentions mentioned mean means meant anything something
    el la los las lo un una unos unas al del de en y e o u a ante con contra desde entre hacia hasta para segun sobre tras
    se su sus le les me mi te tu nos nuestro nuestra este esta estos estas ese esa esos esas esto eso aquel aquella
    es son era eran ser estar estaba hay muy mas tambien pero si ya
    dijo dijeron dice dicen decir dicho hablo hablaron habla hablan hablar hablado menciono mencionaron piensa piensan opina
    opinan opino acerca respecto tema
    """.split()
)
"""Words (folded) a plain sentence drops, unless nothing else is left."""

SURNAMES_THAT_ARE_WORDS = frozenset(
    """
    banks baker bell black brown bush carpenter case church cook cross day field fields fisher gore grant gray green hall
    hill house hunt hunter king knight lake lane law long love marsh marshall miller mayor moore noble page park parks
    police pope power powers price rice rich rivers rose sharp shepherd small smith stone street strong summers sumner
    temple van wall ward waters weaver wells west white wise wood woods young
    blanco bravo calle camino campo campos cano castillo cruz cuesta delgado escobar flores franco gallo guerra iglesias leal
    leon luna mar mayor mercado montes moreno nieves paz plaza prado ramos rey reyes rico rios rojas rosas rubio santos sierra
    soto torres valle vega
    """.split()
)
"""Folded surnames that are also everyday words: taken for a person only in a question or with a capital inside a sentence."""
