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

/**
 * The ASCII letters at the end of a word, unless a non-ASCII letter precedes them: in `Cafés` they would be only the
 * `s`.
 */
const englishEnd = /(?<![A-Za-z\u0080-\uffff])[A-Za-z]+$/;

/** Words whose singular and plural are the same. */
const unchanging =
  'analytics aws barracks bps chassis clothes cms cors crossroads css data debris diabetes dns economics ecs eks ' +
  'ethics gcs gis goods gps http https iis ios jenkins js kms kubernetes kudos lms logistics macos mathematics ' +
  'means media metadata mms ms nas os pants physics politics pos postgres rabies rds redis rss saas scissors ses ' +
  'sms sns sos sqs ssl sys tennis thanks tls trousers ups vps xss';

/** Words whose singular `pluralize` gets wrong. */
const irregular =
  'ache/aches apache/apaches apex/apices atlas/atlases attache/attaches avalanche/avalanches axis/axes bias/biases ' +
  'birdie/birdies brownie/brownies buffalo/buffaloes cache/caches calorie/calories canvas/canvases cervix/cervices ' +
  'chaos/chaos christmas/christmases cliche/cliches cookie/cookies corpus/corpora cosmos/cosmos cpu/cpus die/dies ' +
  'domino/dominoes ecu/ecus emu/emus epoch/epochs flu/flus freebie/freebies genie/genies genus/genera gnu/gnus ' +
  'goalie/goalies gpu/gpus groupie/groupies guru/gurus haiku/haikus headache/headaches helix/helices ' +
  'hoodie/hoodies indie/indies iris/irises junkie/junkies lens/lenses mango/mangoes memorandum/memoranda ' +
  'monarch/monarchs mosquito/mosquitoes moustache/moustaches mustache/mustaches newbie/newbies niche/niches ' +
  'oasis/oases omega/omegas pancreas/pancreases pdu/pdus prairie/prairies premise/premises psyche/psyches ' +
  'rookie/rookies safari/safaris saga/sagas salve/salves selfie/selfies sku/skus smoothie/smoothies ' +
  'specimen/specimens stomach/stomachs thesaurus/thesauri topaz/topazes tornado/tornadoes tpu/tpus us/us vcpu/vcpus ' +
  'veggie/veggies veto/vetoes volcano/volcanoes vortex/vortices waltz/waltzes zero/zeroes';

for (const word of unchanging.split(' ')) pluralize.addUncountableRule(word);
for (const pair of irregular.split(' ')) {
  const [one = '', many = ''] = pair.split('/');
  pluralize.addIrregularRule(one, many);
}
pluralize.addIrregularRule('basis', 'bases');
// A table called `bases` more often holds a base than a basis in each row.
pluralize.addIrregularRule('base', 'bases');
