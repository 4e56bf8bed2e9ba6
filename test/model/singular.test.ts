import { expect, test } from '@jest/globals';
import { plural, singular } from '../../src/model/singular.js';

/** Names of tables, and what one of their rows is called. They were written down first, and then tried. */
const words = `
caches cache, cookies cookie, canvas canvas, canvases canvas, lens lens, lenses lens, redis redis, dns dns, sms sms, aws aws,
kubernetes kubernetes, postgres postgres, data data, metadata metadata, media media, specimen specimen, specimens specimen,
axes axis, axis axis, oases oasis, analyses analysis, analysis analysis, theses thesis, crises crisis, basis basis, bases base,
databases database, status status, statuses status, bonus bonus, bonuses bonus, viruses virus, campuses campus, buses bus,
corpora corpus, genera genus, census census, news news, series series, species species, movies movie, selfies selfie,
calories calorie, brownies brownie, zombies zombie, categories category, companies company, policies policy, cities city,
bias bias, biases bias, chaos chaos, atlas atlas, atlases atlas, gas gas, gases gas, alias alias, aliases alias,
css css, https https, tls tls, os os, gps gps, pos pos, cors cors, ids id, apis api, urls url, ads ad, faqs faq,
access access, addresses address, classes class, processes process, businesses business, passes pass, bosses boss,
indices index, indexes index, matrices matrix, vertices vertex, criteria criterion, children child, people person, men man,
women woman, mice mouse, feet foot, teeth tooth, knives knife, leaves leaf, lives life, shelves shelf, halves half,
heroes hero, potatoes potato, echoes echo, vetoes veto, photos photo, todos todo, houses house, cases case, licenses license,
invoices invoice, services service, devices device, purchases purchase, courses course, responses response, boxes box,
taxes tax, quizzes quiz, dishes dish, churches church, matches match, branches branch, niches niche, headaches headache,
coaches coach, beaches beach, shoes shoe, ties tie, dies die, keys key, days day, users user, tasks task, sheep sheep,
equipment equipment, information information, feedback feedback, staff staff, sales sale, statistics statistic, metrics metric,
topics topic, settings setting, menus menu, physics physics, goods goods, moves move, archives archive, caves cave,
cpus cpu, vcpus vcpu, skus sku, pdus pdu, gurus guru, sagas saga, omegas omega, buffaloes buffalo, dominoes domino, zeroes zero,
vortices vortex, memoranda memorandum, epochs epoch, waltzes waltz, premises premise, moustaches moustache, clothes clothes,
headphones headphone, means means, crossroads crossroads, thanks thanks, gis gis, jenkins jenkins, ms ms, us us, corps corps,
sinus sinus, opus opus, campus campus, minibuses minibus, surplus surplus, safaris safari, omnibus omnibus, zeros zero
`
  .trim()
  .split(/,\s*/)
  .map((pair) => pair.split(' ') as [string, string]);

test.each(words)('one of %s is a %s', (many, one) => {
  expect(singular(many)).toBe(one);
});

test('of a name the last word changes', () => {
  expect(
    ['http_caches', 'userCookies', 'UserData', 'contact_us', 'Redis', 'CANVAS', 'v2tasks', 'a', 'Cafés', '名前'].map(
      singular,
    ),
  ).toEqual(['http_cache', 'userCookie', 'UserData', 'contact_us', 'Redis', 'CANVAS', 'v2task', 'a', 'Cafés', '名前']);
});

test('a name in plural stays, and one in singular becomes it', () => {
  expect(
    [
      'task',
      'tasks',
      'workflow_step',
      'userCategory',
      'data',
      'news',
      'cache',
      'caches',
      'axis',
      'person',
      'lens',
      'canvas',
      'cookie',
      'statuses',
      'status',
      'specimen',
    ].map(plural),
  ).toEqual([
    'tasks',
    'tasks',
    'workflow_steps',
    'userCategories',
    'data',
    'news',
    'caches',
    'caches',
    'axes',
    'people',
    'lenses',
    'canvases',
    'cookies',
    'statuses',
    'statuses',
    'specimens',
  ]);
});
