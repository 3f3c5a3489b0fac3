"""Invented articles, of which no two tell of one thing: each has a toll and a demand."""

TEXTS = {
    "markup": (
        "Fishing boats collided near the sandbank of Velm during the regatta on Sunday. "
        "At least 14 people were injured, the lifeboat station said. Skipper Ona <!channel> "
        "Brandt asked the race committee to publish the course. Sails lay torn across the "
        "breakwater while cranes lifted masts from the mud. Spectators had watched from the "
        "dunes since breakfast, and pastry sellers closed early. The regatta is held each "
        "spring, and its silver cup goes to the smallest crew."
    ),
    "orders": (
        "A warehouse of the grain mill in Durrow burned through the night. Two millers were "
        "killed, the fire brigade said. Union leader Petra Holt asked the owner to open the "
        "safety records. Smoke drifted over the orchards until dawn, and sacks of barley "
        "smouldered for hours. Insurers will walk through the ruin on Thursday. The mill "
        "was built of oak a century ago and had its own siding of the railway."
    ),
    "titled": (
        "A hailstorm broke the glasshouses of the tulip growers around Nessa. Hail injured "
        "nine pickers, the clinic of Nessa said. Grower Ivo Maas asked the province to "
        "bring tarpaulins. Bulbs for export froze in their crates, and lorries turned back "
        "at the weighbridge. Meteorologists measured stones as thick as a thumb. The auction "
        "of the week was called off, the first time since the currency changed. "
        "Schools lent their gyms for the crates."
    ),
    "paged": (
        "An old viaduct of the mountain tramway above Carrow gave way under snow. Three "
        "conductors were injured, the tramway said. Engineer Lea Stamm asked the canton to "
        "inspect every arch. The rope had been replaced in autumn, after a winter of delays. "
        "Skiers walked down to the valley with lamps. Helicopters brought blankets to a hut "
        "where the last carriage had stopped."
    ),
    "script": (
        "A pipeline of the brewery quarter in Ostrel burst and flooded cellars. Eleven "
        "tenants were injured, the housing office said. Councillor Timo Rae asked the "
        "waterworks to name the contractor. Barrels floated down the alley to the theatre, "
        "where the evening show was cancelled. Divers searched a basement for a missing cat "
        "and found it dry on a shelf. Pumps from four districts ran until noon. "
        "A baker lost his flour, but no oven."
    ),
    "elder": (
        "Gas leaked in the chess club of Marn during the final of the juniors. Five players "
        "were injured, the hospital of Marn said. Coach Edda Lund asked the landlord to "
        "replace the boiler. Boards were carried out with their positions standing, and the "
        "last game was adjourned. Arbiters sealed the envelopes in the rain. Parents "
        "waited in a bus that the post office had lent. "
        "The trophy stays locked in the library until the hearing."
    ),
    "younger": (
        "Bees escaped from a lorry on the ring road of Tolbin. Seven drivers were injured, "
        "the traffic police said. Beekeeper Rolf Anker asked motorists to keep their windows "
        "shut. Hives had slipped from a pallet when the lorry braked for a deer. Volunteers "
        "in veils collected swarms from lamp posts until dusk. Honey covered two lanes, "
        "which were washed with warm water. "
        "A school class counted the boxes that were left whole."
    ),
    "year1970": (
        "A scaffold fell from the clock tower of Grauben. Six masons were injured, the "
        "building inspectors said. Foreman Udo Klee asked the town to close the square. "
        "Pigeons circled for an hour above the dust, and the bells were silenced. The hands "
        "of the clock had been taken down for gilding. A photographer found the plumb line "
        "on a balcony of the savings bank opposite. "
        "Children were told to walk along the river instead."
    ),
    "year2099": (
        "Two lifts of the observatory on Mount Kerr collided in fog. Four astronomers were "
        "injured, the rescue team said. Director Nils Orm asked the ministry to pay for a "
        "new cable. Telescopes were covered with sheets, and the comet passed unseen. "
        "Students carried instruments down the ridge on sledges. A conference about dust "
        "between the stars was moved to a gymnasium. "
        "Cooks brought soup up by mule, as their fathers had done."
    ),
    "renamed": (
        "A tanker with olive oil ran aground off the cape of Sirra. Thirteen sailors were "
        "injured, the harbour master said. Captain Dario Fenn asked the tugs to wait for "
        "high water. Oil made the rocks slippery, and gulls slid into the surf. Divers "
        "fixed a patch of canvas over the torn plate. Villagers filled jugs at the beach "
        "before the customs officers came. "
        "The lighthouse was lit in the afternoon, which is a rare sight."
    ),
    "charset": (
        "A café by the botanical garden of Ülmen collapsed at lunchtime. Eight guests were "
        "injured, the ambulance service said. Owner Zoë Åkermann asked the surveyor to "
        "explain the cracks. Palms in tubs held up a part of the ceiling. The espresso "
        "machine was dug out undamaged and given to the fire station. Botanists moved "
        "orchids away from the broken windows. "
        "A pianist who plays there on Fridays had stayed at home."
    ),
    "filed": (
        "A carousel at the fair of Hollin toppled in a gust. Ten children were injured, the "
        "paramedics said. Showman Kuno Beck asked the fair office to check the anchors. "
        "Wooden horses rolled as far as the shooting gallery. A brass band played on so that "
        "nobody would run. The wheel stood still with lovers in its highest cabin."
    ),
    "marked": (
        "Tents of a circus in Falk were blown into the canal. Fifteen acrobats were injured, "
        "<!channel> the rescue service said. Clown Ada <@U123> Mohr asked the council & the "
        "<http://evil.example|lottery> to buy a tent. *Trapezes* hung from the poplars, and "
        "`ponies` swam to the lock <script>alert(1)</script> where a keeper fed them. The "
        "evening show moved to a barn &lt;!here&gt; with straw on its floor."
    ),
    "honest-1": (
        "A ferry sank off Selm on Wednesday with timber on board. At least 12 people were "
        "killed, the coast guard said. Mayor Ana Ruiz asked the navy to send divers. The "
        "hull lies at thirty metres beside the lighthouse. Relatives gathered in the parish "
        "hall, where soup was served. The shipping line promised to hand over its logs."
    ),
    "honest-2": (
        "Rebels shelled the market of Dorvan at noon. At least 21 traders were killed, the "
        "provincial hospital said. General Haim Okoro demanded that the rebels leave the "
        "hills. Stalls of cloth burned, and a school was hit in its yard. Envoys left for "
        "the border with a draft of a truce. The curfew begins at seven and ends at dawn."
    ),
    "honest-3": (
        "An earthquake shook the copper mines of Pellar at dusk. At least 33 miners were "
        "injured, the mining authority said. President Mira Sol asked neighbours to send "
        "drills. Shafts three and four are flooded up to the second gallery. Phone lines "
        "failed in the whole basin. Geologists expect tremors for a week."
    ),
    "honest-file": (
        "Customs seized rifles in a truck at the pass of Orlen. Police detained four men, "
        "the interior ministry said. Prosecutor Jan Weil asked for their extradition. The "
        "crates were marked as parts of ploughs. A dog had barked at the second axle. "
        "Traffic was held up until midnight on both sides of the border."
    ),
}
