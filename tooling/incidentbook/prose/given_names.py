"""Given names, so that "Priya merged the change" is told from "Prow merged the change".

A few of the most common of many languages: the list need not be long, since a name is only taken for one where the words around
it say so too. Left out on purpose is whatever is also an English word, a month, a place, a company or well-known software: see ``ALSO_WORDS``.
"""

from __future__ import annotations

GIVEN_NAMES = frozenset(
    """
    aaron abdul abdullah abigail adam adele adrian agnes agnieszka ahmed aisha akira alan alasdair alastair albert albrecht
    alec alejandro aleksander aleksandra alena alessandro alex alexander alexandra alexandre alexei alfonso alfred alfredo
    ali alice alicia alina alison alistair allison alois alvaro alvin amanda amar ambrose amelia amina amir amit amos amy ana
    anastasia anders andre andrea andreas andrei andres andrew andrey andrii andrzej angela angus anil anita anja anjali
    ankit ann anna anne anneke annette annika anouk ansel anselm anthony antje antoine anton antonio anya archie arjun armin
    arnaud arnold arthur arun arvind ashley asif aslan asma astrid audun ayesha barbara barry bartosz bastian beata beatriz
    becky bella ben benedict benedikt benjamin benno bernard bernd bertrand beth bettina bilal birgit bjorn björn bob bogdan
    bonnie boris boyd brad brandon brenda brendan brent brian bridget britta bruce bruno bryan byron caitlin calvin cameron
    camille candice cara carina carl carla carlos carmen carol carole caroline catherine cathy cecil cecilia celia cesar chad
    chandra charles charlie charlotte chen cheryl chiara chidi chinedu chloe chris christina christine christoph christophe
    christopher ciara claire clara clarence claudia claus clement clive colin connor conor corinna cornelia cory craig
    cristina curtis cynthia dag dalia damian damien dan daniel daniela danielle danilo danny daphne dario darius dariusz
    darrell darren darya dave david davide dawid debbie deborah deepak delphine denis dennis derek desmond devin diana diego
    dieter dilip dimitri dimitrios dinesh dirk dmitri dmitry dolores dominic dominik dominique donald donna doreen doris
    dorothy doug douglas duncan dwight dylan ebba eckhard ed eddie edgar edith edmund eduardo edward edwin eike eileen eirik
    eitan elaine elena eleni eli elias elif elise elizabeth elke ella ellen elliot elliott elsa elvira emil emilia emilie
    emilio emily emma emmanuel emre enrique enzo eric erica erik erika ernest ernst erwin espen estelle esther ethan etienne
    eugene eva evelyn evgeny ewa ezra fabian fabio faisal farah fatima federico felicia felix ferdinand fergus fernanda
    fernando filip filippo finn fiona florian floris frances francesca francesco francis francisco francois franz françois
    fred frederic frederick frederik fredrik freya frida friedrich fritz gabriel gabriela gareth gary gaurav geert geir
    genevieve geoff georg george gerald gerard gerhard gert gianluca gilbert giles gilles gina ginny giorgio giovanni gita
    giulia giuseppe godfrey gonzalo goran gordon graham greg gregor gregory greta gudrun guido guillaume gunther gustavo gwen
    haakon hal hamza hanna hannah hanne hannes hans hans-peter harald harold harry haruki harvey hassan heather hector hedda
    heidi heike heiko heinrich helen helena helene hemant henning henri henrik henry herbert herman hermann hilary hilda
    hiroshi holger horst howard hristo hubert hugh hugo hussein ian ibrahim ignacio igor ilia ilona ilse ilya imran ines inge
    ingo ingrid iqbal irene irina isaac isabel isabella isabelle ismail ivan ivana ivo jaakko jaap jacek jackie jacob
    jacqueline jacques jaime jake jakob jakub jamal james jamie jan jane janet janice janusz jarek jari jasmin jason javad
    javier jayne jean jeanne jeff jeffrey jelena jen jenna jennifer jenny jens jeremiah jeremy jerome jerry jesper jesse
    jessica jill jim jing jitendra joachim joakim joan joanna joanne joao jody joe joel joerg johan johann johannes john
    johnny jolanta jon jona jonas jonathan joost jordi jorge joris jose josef joseph josh josephine joshua josie joyce juan judith
    juha jukka julia julian juliane julie julien juliet juliette jurgen jussi justin jörg jürgen kaan kalle kamal kamil karen
    karim karin karl karolina karsten karthik katarina kate katharina katharine katherine kathleen kathryn kathy katie katja
    katrin kaushik kavya kazuki keiko keiran keith kelly kelvin ken kenji kenneth kerstin kevin khaled khalid kieran kilian
    kim kiran kirill kirsten klara klaus knut kofi konstantin kostas kris krishna kristen kristian kristin kristina
    kristoffer krzysztof kumar kunal kurt kwame kyle lachlan lakshmi lara larry lars lasse laszlo laura lauren laurent lea
    leah leandro lee leif leila lena leonardo leonie leopold leslie levi li liam lidia lieven lilian lin linda lindsay linus
    lionel lisa liu lloyd loic lorenzo lorna lothar lotte louis louisa louise lubos luca lucas lucia lucie lucy ludwig luigi
    luis luisa luka lukas lukasz lutz lydia lyn lynn maarten mabel maciej madeleine madhav magdalena magnus mahmoud maja
    malcolm malik malte manfred manish manoj manon manuel manuela marc marcel marcello marcelo marcin marco marcos marcus
    mareike margaret margot maria mariam mariana marie marijn marika marina mario marion marius markus marlene marlon marta
    martha martin martina marvin mary mateusz mathieu mathilde mats matt matteo matthew matthias matthieu matthijs maureen
    maurice mauricio mauro maxime mayank meera megan mehmet mei meike melanie melinda melissa merete mia michael michal
    michel michelle miguel mihai mikael mike mikhail mikko milan milena milos minh mira mircea miriam mirjam mitch mitchell
    mohamed mohammad mohammed mohan moira monica monika moritz morten moses muhammad murat mustafa myriam nabil nadia nancy
    naoki naomi narayan nasser natalia natalie natasha nathalie nathan nathaniel ned neha neil neville nicholas nick nicola
    nicolai nicolas nicole niels nigel nikhil nikita nikolai nikolas nikolay nikos nils nina nitin noah noel noemi nora
    norbert norman nuno octavio ola olaf oleg oleksandr olga oliver olivia olivier omar oriol orla ornella osama oscar oskar
    osman owen pablo paddy pamela pankaj paolo parisa pascal pascale patricia patricio patrick patrik paul paula pauline
    paulo pavel pawel peder pedro peggy pekka penelope pernille pete peter petr petra petri petter phil philip philipp
    philippe phoebe pierre pieter pietro pilar piotr pooja pradeep prakash pranav preeti priya przemyslaw quentin rachel
    radek rafael rafal raffaele rahel rahul raimund rainer raj rajesh ralf ralph ramesh ramon ramona rana randall randy
    ranjit raphael rashid rasmus raul ravi raymond rebecca reiner reinhard reinhold renata renate rene renee reuben rhys
    ricardo richa richard rikke rishi rita robert roberta roberto robin rodney rodrigo roger rohan rohit roland rolf romain
    roman romy ron ronald ronan rory rosa rosalind rosie ross roxana roy rudolf rui rupert russell ryan saad sabine sabrina
    sachin saeed sally salman salvatore samantha sami samir sampo samuel sandeep sandra sanjay sanne santiago sara sarah
    sascha satoshi scott sean sebastian sergei sergey sergio sergiy seth seung shane shannon sharon shashank shaun shawn
    sheena sheila shinji shirin shiv shlomo shreya sigrid silke silvia simon simona simone sindre siobhan sita slawomir sofia
    sofie sonia sophia sophie soren sota spencer stacey stanislav stanley stefan stefania stefano stella stephan stephane
    stephanie stephen steve steven stig stuart sune sunil suresh susan susanne sushil suzanna suzanne svein sven svetlana
    swati sylvain sylvia sylvie søren tadashi takashi takeshi tamar tamara tamas tanja tanvi tanya tara tariq tatiana ted
    teodor teresa terry tessa thea theo theodor theresa therese thomas thorsten tiago tilman tim timo timothy tina tobi
    tobias todd tom tomas tomasz tomoko tony torsten tove tracy trevor tristan trond tyler ugo ulf ulla ulrich ulrike umar
    ursula uta ute uwe vadim valentin valentina valerie vanessa varun vasile venkat vera veronica veronika vesna vicky victor
    victoria vidar vijay vikas vikram viktor viktoria vinay vincent vinod virginia vishal vittorio vivek vlad vladimir volker
    wade walter wanda wanjiru warren wayne wei wendy werner wesley wilfried wilhelm willem william wilma wim winston wojciech
    wolfgang wouter xavier xiao yael yan yann yannick yash yasmin yasuhiro yevgeny ying ylva yoann yoko yolanda yosef yosuke
    younes yuki yulia yuri yusuf yusuke yvan yves yvonne zachary zainab zbigniew zdenek zeynep zhang zoe zoltan zsolt
    """.split(),
)

# Also words or things: a person only where a second name with a capital follows, and the words around it say so.
ALSO_WORDS = frozenset(
    """
    angelo april art august austin basil bill chase christian cliff dawn dean drew earl florence frank gene grace grant guy hope iris jack
    jay jordan kai lance lane mark max may melody miles norma pat penny per ray rich rob rose ruby ruth sandy sky sue summer will
    """.split(),
)
