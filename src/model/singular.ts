import pluralize from 'pluralize';
import { words } from './names.js';

/** A name with its last word in singular: `named_tasks` → `named_task`. */
export function singular(name: string): string {
  return withLastWord(name, pluralize.singular);
}

/** A name with its last word in plural: `named_task` → `named_tasks`. */
export function plural(name: string): string {
  return withLastWord(name, (word) => (pluralize.singular(word) === word ? pluralize.plural(word) : word));
}

function withLastWord(name: string, change: (word: string) => string): string {
  const last = words(name).at(-1) ?? '';
  const word = englishEnd.exec(last)?.[0] ?? '';
  return word !== '' && name.endsWith(word) ? name.slice(0, -word.length) + change(word) : name;
}

/** The letters at the end of a word, unless others stand before them: of `Cafés` they would be its `s`. */
const englishEnd = /(?<![A-Za-z\u0080-\uffff])[A-Za-z]+$/;

/** Words with one form for one and for many. */
const unchanging =
  'analytics aws chassis cms cors css data debris diabetes dns economics ecs eks ethics gcs goods gps http https iis ios js kms kubernetes ' +
  'kudos lms logistics macos mathematics media metadata mms nas os physics politics pos postgres rabies rds redis rss saas ses sms sns ' +
  'sqs ssl tennis tls ups vps xss';

/** Words of which `pluralize` has another singular. */
const irregular =
  'ache/aches apache/apaches atlas/atlases avalanche/avalanches axis/axes bias/biases birdie/birdies brownie/brownies cache/caches ' +
  'calorie/calories canvas/canvases chaos/chaos christmas/christmases cliche/cliches cookie/cookies corpus/corpora cosmos/cosmos ' +
  'freebie/freebies genie/genies genus/genera goalie/goalies groupie/groupies headache/headaches hoodie/hoodies indie/indies iris/irises ' +
  'lens/lenses mango/mangoes mosquito/mosquitoes newbie/newbies niche/niches oasis/oases prairie/prairies psyche/psyches rookie/rookies ' +
  'selfie/selfies smoothie/smoothies specimen/specimens tornado/tornadoes veggie/veggies veto/vetoes volcano/volcanoes die/dies';

for (const word of unchanging.split(' ')) pluralize.addUncountableRule(word);
for (const pair of irregular.split(' ')) {
  const [one = '', many = ''] = pair.split('/');
  pluralize.addIrregularRule(one, many);
}
pluralize.addIrregularRule('basis', 'bases');
// Of tables called `bases`, more have a base than a basis in each row.
pluralize.addIrregularRule('base', 'bases');
