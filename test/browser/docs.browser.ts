/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { docs, loadConfig } from '../../src/index.js';
import { hostileModels, hostileSql, hostileText } from '../support/hostile-page.js';
import { freshDatabase } from '../support/postgres.js';
import { repositoryPath } from '../support/repository.js';

/**
 * The page in a real browser. `CHROMIUM` names the browser where it is not Debian's; `ROWSMITH_PICTURES` a folder for
 * pictures that a person should look at after a change of the page.
 */
const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const pictures = process.env['ROWSMITH_PICTURES'];
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let browser: Browser;
const folder = mkdtempSync(join(tmpdir(), 'rowsmith-docs-'));

beforeAll(async () => {
  if (!existsSync(executablePath))
    throw new Error(`There is no ${executablePath}: install Debian's package chromium, or name a browser in CHROMIUM.`);
  const quiet = [
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox', ...quiet] });
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Opens a page, and holds it to asking for nothing and complaining about nothing. */
async function open(
  html: string,
  options: BrowserContextOptions = {},
  address = '',
): Promise<{ page: Page; complaints: string[]; close: () => Promise<void> }> {
  const file = join(folder, 'page.html');
  writeFileSync(file, html);
  const context = await browser.newContext({ viewport: { width: 1360, height: 900 }, ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith('file:') && !request.url().startsWith('data:'))
      complaints.push(`request ${request.url()}`);
  });
  page.on('console', (message) => complaints.push(`console ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(`error ${error.message}`));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(pathToFileURL(file).href + address);
  return { page, complaints, close: () => context.close() };
}

async function picture(page: Page, name: string): Promise<void> {
  if (pictures !== undefined) await page.screenshot({ path: join(pictures, `${name}.png`) });
}

/** What axe-core, https://github.com/dequelabs/axe-core, finds wrong by WCAG 2.2 A and AA. */
async function violations(page: Page): Promise<string[]> {
  // The page's own policy lets no script in; the debugger is not bound by it.
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { run } = (
      globalThis as unknown as {
        axe: {
          run: (
            context: object,
            options: object,
          ) => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
        };
      }
    ).axe;
    // A browser skips articles that are far away, and axe would measure their parts over what is shown below them.
    const skipped = [...document.querySelectorAll<HTMLElement>('article')];
    for (const { style } of skipped) style.contentVisibility = 'visible';
    const result = await run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    });
    for (const { style } of skipped) style.contentVisibility = '';
    return result.violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .slice(0, 3)
          .map((node) => node.html.slice(0, 200))
          .join(' / ')}`,
    );
  });
}

const viewBox = (page: Page) => page.locator('.canvas svg').getAttribute('viewBox');
/** The models that the diagram shows, by their ids. */
const boxesShown = async (page: Page) =>
  (
    await page
      .locator('.canvas a[data-box]')
      .evaluateAll((links) => links.map((link) => (link as SVGElement).dataset['box'] ?? ''))
  ).sort();
/** Pixels of the screen for one of the drawing. */
const scale = (page: Page) =>
  page
    .locator('.canvas svg')
    .evaluate((svg) => svg.clientWidth / Number(svg.getAttribute('viewBox')?.split(' ')[2] ?? 1));
/** The models that are in the diagram, and not wholly in sight there. */
const cutOff = (page: Page) =>
  page.locator('.canvas').evaluate((canvas) => {
    const frame = canvas.getBoundingClientRect();
    return [...canvas.querySelectorAll('.box')]
      .filter((box) => {
        const { left, right, top, bottom } = box.getBoundingClientRect();
        return left < frame.left || right > frame.right || top < frame.top || bottom > frame.bottom;
      })
      .map((box) => box.parentElement?.textContent ?? '');
  });
const hash = (page: Page) => page.evaluate(() => decodeURIComponent(location.hash));
/** Scrolling, and what follows it, come a moment after what caused them. */
const inView = (page: Page, selector: string) =>
  page.locator(selector).evaluate(
    (element) =>
      new Promise<void>((resolve) => {
        const observer = new IntersectionObserver((entries) => {
          if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
          observer.disconnect();
          resolve();
        });
        observer.observe(element);
      }),
  );

describe('the page of the example', () => {
  let html: string;
  beforeAll(async () => {
    const loaded = await loadConfig(repositoryPath('examples/tasker/rowsmith.config.ts'));
    const models = [repositoryPath('examples/tasker/legacy/rust/*.rs')];
    html = (await docs({ config: loaded?.config ?? {}, folder: repositoryPath('examples/tasker'), models })).text;
  }, 120_000);

  test.each([
    ['light', 1360],
    ['dark', 1360],
    ['light', 390],
    ['dark', 390],
  ] as const)('asks for nothing, and axe finds nothing wrong: %s, %d pixels wide', async (colorScheme, width) => {
    const { page, complaints, close } = await open(html, { colorScheme, viewport: { width, height: 900 } });
    await picture(page, `example-${colorScheme}-${width}`);
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    await page.goto(`${page.url().replace(/#.*/, '')}#task`);
    await picture(page, `example-task-${colorScheme}-${width}`);
    expect(complaints).toEqual([]);
    await close();
  });

  test('search by keyboard: "/" and a part of a name, arrows, Enter', async () => {
    const { page, complaints, close } = await open(html);
    await page.keyboard.press('/');
    await page.keyboard.type('recent err');
    expect(await page.locator('.results a').allTextContents()).toEqual([
      'Task.mostRecentErrorMessage computed',
      'Task.mostRecentErrorBacktrace computed',
      'WorkflowStep.mostRecentErrorMessage computed',
      'WorkflowStep.mostRecentErrorBacktrace computed',
    ]);
    expect(await page.getByRole('status').first().textContent()).toBe('4 results');
    await picture(page, 'example-search');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await hash(page)).toBe('#task.mostRecentErrorBacktrace');
    await inView(page, '#task\\.mostRecentErrorBacktrace');
    await page.keyboard.press('Escape');
    expect(await page.locator('.results').isHidden()).toBe(true);
    await page.keyboard.type('tasker_tasks');
    await page.keyboard.press('Enter');
    expect(await hash(page)).toBe('#task');
    await page.keyboard.press('Escape');
    await page.keyboard.type('task.state');
    expect(await page.locator('.results a').first().textContent()).toContain('Task.state');
    await page.keyboard.press('Escape');
    await page.keyboard.type('nothing like this');
    expect(await page.getByRole('status').first().textContent()).toBe('0 results');
    expect(complaints).toEqual([]);
    await close();
  });

  test('a click on a model in the diagram leads to it, and back', async () => {
    const { page, complaints, close } = await open(html);
    expect(await page.locator('.canvas a[data-box]').count()).toBe(13);
    expect(await page.locator('.canvas .links path').count()).toBe(15);
    await page.locator('.canvas a[data-box="named-task"]').click();
    expect(await hash(page)).toBe('#named-task');
    await inView(page, '#named-task h2');
    await page.locator('nav a[aria-current][href="#named-task"]').waitFor();
    const before = await viewBox(page);
    await page.locator('#named-task').getByText('Show in the diagram').click();
    await inView(page, '.canvas a[data-box="named-task"]');
    expect(await viewBox(page)).not.toBe(before);
    expect(
      await page
        .locator('.canvas a.near')
        .evaluateAll((links) => links.map((link) => (link as SVGElement).dataset['box'])),
    ).toEqual(['named-task', 'named-tasks-named-step', 'task', 'task-namespace']);
    await picture(page, 'example-chosen');
    expect(complaints).toEqual([]);
    await close();
  });

  test('the diagram zooms and moves by button, wheel, key and mouse; a drag is no click', async () => {
    const { page, close } = await open(html);
    const width = async () => Number((await viewBox(page))?.split(' ')[2]);
    const whole = await viewBox(page);
    const wholeWidth = await width();
    await page.getByRole('button', { name: 'Zoom in' }).click();
    expect(await width()).toBeLessThan(wholeWidth);
    await page.getByRole('button', { name: 'Fit' }).click();
    expect(await viewBox(page)).toBe(whole);
    const box = await page.locator('.canvas a[data-box="task"]').boundingBox();
    if (!box) throw new Error('The model has no place.');
    await page.mouse.move(box.x + 40, box.y + 10);
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -200);
    await page.keyboard.up('Control');
    await page.waitForFunction(
      (whole) => Number(document.querySelector('.canvas svg')?.getAttribute('viewBox')?.split(' ')[2]) < whole,
      wholeWidth,
    );
    const zoomed = await viewBox(page);
    await page.mouse.down();
    await page.mouse.move(box.x - 60, box.y + 60, { steps: 5 });
    await page.mouse.up();
    expect(await viewBox(page)).not.toBe(zoomed);
    expect(await hash(page)).toBe('');
    await page.locator('.canvas').focus();
    await page.keyboard.press('0');
    expect(await viewBox(page)).toBe(whole);
    await page.keyboard.press('+');
    expect(await width()).toBeLessThan(wholeWidth);
    await page.getByRole('button', { name: 'Full window' }).click();
    expect(await page.locator('.canvas').evaluate((canvas) => canvas.clientWidth > innerWidth - 60)).toBe(true);
    await picture(page, 'example-full');
    await page.keyboard.press('Escape');
    expect(await page.getByRole('button', { name: 'Full window' }).getAttribute('aria-pressed')).toBe('false');
    await close();
  });

  test('one tab stop leads into the diagram, arrow keys lead through it, Enter leads out to the model', async () => {
    const { page, close } = await open(html);
    await page.locator('.canvas').focus();
    await page.keyboard.press('Tab');
    const focused = () => page.evaluate(() => (document.activeElement as HTMLElement | SVGElement).dataset['box']);
    expect(await focused()).toBe('annotation-type');
    await page.keyboard.press('ArrowLeft');
    expect(await focused()).toBe('task-annotation');
    expect(await page.locator('.canvas .links path.on').count()).toBe(2);
    await page.keyboard.press('Enter');
    expect(await hash(page)).toBe('#task-annotation');
    await page.locator('.canvas').focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(await focused()).toBeUndefined();
    await close();
  });

  test('what a filter leaves, fields too, is laid out anew and fills the diagram', async () => {
    const { page, complaints, close } = await open(html);
    const whole = await viewBox(page);
    await page.getByLabel('Filter the diagram').fill('named step');
    expect(await boxesShown(page)).toEqual(['named-step', 'named-tasks-named-step', 'workflow-step']);
    expect(await page.locator('#\\@shown').textContent()).toBe('3 of 13 models');
    expect(await page.locator('.canvas .links path').count()).toBe(2);
    expect(await scale(page)).toBeGreaterThan(0.75);
    expect(await cutOff(page)).toEqual([]);
    await picture(page, 'example-filter');
    await page.getByLabel('Filter the diagram').fill('nothing like this');
    expect(await page.locator('#\\@shown').textContent()).toBe('0 of 13 models');
    await page.keyboard.press('Escape');
    expect((await boxesShown(page)).length).toBe(13);
    expect(await viewBox(page)).toBe(whole);
    expect(complaints).toEqual([]);
    await close();
  });

  test('a theme is chosen once, and its button says what it does', async () => {
    const { page, close } = await open(html, { colorScheme: 'light' });
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await background();
    await page.getByRole('button', { name: 'Dark theme' }).click();
    const dark = await background();
    expect(dark).not.toBe(light);
    await page.reload();
    expect(await background()).toBe(dark);
    await page.getByRole('button', { name: 'Light theme' }).click();
    expect(await background()).toBe(light);
    await close();
  });

  test('types are SQL, and TypeScript by a switch; none is an expression of code', async () => {
    const { page, close } = await open(html);
    const types = () => page.locator('#task\\.requestedAt .type code').filter({ visible: true }).allTextContents();
    expect(await types()).toEqual(['timestamp without time zone']);
    await page.getByRole('button', { name: 'Show TypeScript types' }).click();
    expect(await types()).toEqual(['Date']);
    expect(await page.getByRole('button', { name: 'Show SQL types' }).count()).toBe(1);
    expect(html).not.toMatch(/ReturnType|typeof /);
    await close();
  });

  test.each([
    ['light', 1360],
    ['dark', 390],
  ] as const)(
    'the address of a field keeps the heading of its model in sight: %s, %d pixels',
    async (colorScheme, width) => {
      const { page, close } = await open(
        html,
        { colorScheme, viewport: { width, height: 700 } },
        '#workflow-step.nextRetryAt',
      );
      await inView(page, '#workflow-step\\.nextRetryAt');
      const [heading, field, top] = await page.evaluate(() => {
        const box = (selector: string) => document.querySelector(selector)?.getBoundingClientRect() ?? new DOMRect();
        const title = box('#workflow-step > header h2 a');
        const above = document.elementFromPoint(title.x + 5, title.y + title.height / 2)?.textContent ?? '';
        return [box('#workflow-step > header'), box('#workflow-step\\.nextRetryAt'), above] as const;
      });
      expect(top).toBe('WorkflowStep');
      expect(heading.y).toBeLessThan(60);
      expect(field.y).toBeGreaterThanOrEqual(heading.y + heading.height - 1);
      await picture(page, `example-field-${colorScheme}-${width}`);
      await close();
    },
  );

  test.each([
    ['resolved_man', 'Task: resolved_manually', 'state'],
    ['jsonb', 'TaskAnnotation.annotation', 'jsonb'],
    ['second task with the same hash', 'Task.identityHash', 'a second task with the same hash is refused'],
    ['named_step_id', 'NamedStep.namedStepId', 'public.tasker_named_steps.named_step_id'],
  ])('search finds %s: states, types, words of comments, tables by column', async (typed, label, note) => {
    const { page, close } = await open(html);
    await page.keyboard.press('/');
    await page.keyboard.type(typed);
    const results = await page.locator('.results a').allTextContents();
    const wanted = results.find((text) => text.startsWith(`${label} `));
    expect({ results, wanted }).toEqual({ results, wanted: expect.stringContaining(note) });
    await close();
  });

  test('on a phone the diagram begins at the model with the most foreign keys, where names can be read', async () => {
    const { page, close } = await open(html, { viewport: { width: 390, height: 844 } });
    expect(await scale(page)).toBeGreaterThan(0.6);
    await page.locator('#\\@diagram').evaluate((section) => section.scrollIntoView());
    await inView(page, '.canvas a[data-box="workflow-step"] .name');
    await picture(page, 'example-phone');
    await close();
  });

  test('stored, computed, states, relations and drift are there for those who see no colours and no pictures', async () => {
    const { page, close } = await open(html);
    const task = page.locator('#task');
    expect(
      await task.getByRole('rowheader', { name: 'Computed 7 fields, derived when read, never written' }).count(),
    ).toBe(1);
    expect(await task.locator('tr.computed .badge').allTextContents()).toEqual([
      'state',
      'state',
      'SQL',
      'SQL',
      'SQL',
      'code',
      'code',
    ]);
    expect(await page.locator('#workflow-step tr.computed .badge').allTextContents()).toContain('function');
    expect(await task.locator('figure li').allTextContents()).toContain(
      'error may become pending, cancelled, resolved_manually',
    );
    expect(await task.locator('.state').count()).toBe(6);
    expect(await task.locator('.change').count()).toBe(8);
    expect(await task.locator('.relations li').first().textContent()).toBe(
      'namedTask one NamedTask namedTaskId = namedTaskId',
    );
    expect(await task.locator('.findings .error').first().textContent()).toContain(
      'no field for tasker_tasks.identity_hash',
    );
    await close();
  });

  test('without scripts everything can be read, and nothing is offered that does not work', async () => {
    const { page, close } = await open(html, { javaScriptEnabled: false });
    expect(await page.locator('#task h2').isVisible()).toBe(true);
    expect(await page.getByRole('button').filter({ visible: true }).count()).toBe(0);
    expect(await page.getByRole('searchbox').filter({ visible: true }).count()).toBe(0);
    await page.locator('.canvas a[data-box="task"]').click();
    expect(page.url()).toMatch(/#task$/);
    expect((await page.locator('#task h2').boundingBox())?.y).toBeLessThan(900);
    await close();
  });
});

describe('a schema of hostile names, comments, labels, defaults and states', () => {
  test('adds no element, no attribute and no script, and shows what it holds', async () => {
    const database = await freshDatabase('18', hostileSql);
    const { text } = await docs({ config: { source: { url: database.url }, models: hostileModels } }).finally(() =>
      database.drop(),
    );
    const { page, complaints, close } = await open(text);
    const foreign = await page.evaluate(() => {
      const known =
        'a article b body button caption code dd details div dl dt figcaption figure g h1 h2 h3 header html head i input kbd label li link main meta nav p path rect circle script section small span style summary svg table tbody td text th thead title tr ul wbr'.split(
          ' ',
        );
      const elements = [...document.querySelectorAll('*')];
      return [
        ...elements.filter(({ localName }) => !known.includes(localName)).map(({ outerHTML }) => outerHTML),
        ...elements.flatMap(({ attributes }) =>
          [...attributes]
            .filter(({ name, value }) => /^on|^autofocus$|^src$/.test(name) || /^\s*javascript:/i.test(value))
            .map(({ name }) => name),
        ),
        ...[...document.querySelectorAll('a')]
          .filter((link) => !(link.getAttribute('href') ?? '').startsWith('#'))
          .map(({ outerHTML }) => outerHTML),
      ];
    });
    expect(foreign).toEqual([]);
    expect(await page.locator('script').count()).toBe(1);
    const comments = await page.locator('article > .comment').allTextContents();
    expect(comments.sort()).toEqual([...hostileText].sort());
    expect(await page.locator('article .state').count()).toBe(2);
    expect(await page.locator('article .labels').count()).toBe(hostileText.length - 1);
    await page.keyboard.press('/');
    await page.keyboard.type('script');
    await page.keyboard.press('Enter');
    expect(await violations(page)).toEqual([]);
    await picture(page, 'hostile');
    expect(complaints).toEqual([]);
    await close();
  });
});

describe('a schema of a thousand tables', () => {
  test('is searched, walked and drawn', async () => {
    const tables = `DO $$ BEGIN
      FOR i IN 1..1000 LOOP
        EXECUTE format('CREATE TABLE table_%s (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, note text, total numeric, created_at timestamptz DEFAULT now(), special_%s int, parent_id bigint REFERENCES table_%s, hub_id bigint REFERENCES table_%s)', i, i, greatest(1, i / 2), 1 + i % 7);
      END LOOP;
    END $$`.replace('greatest(1, i / 2), 1 + i % 7', 'greatest(1, i / 2), least(i, 1 + i % 7)');
    const database = await freshDatabase('18', tables);
    const { text } = await docs({ config: { source: { url: database.url } } }).finally(() => database.drop());
    const { page, complaints, close } = await open(text);
    await picture(page, 'thousand');
    const groups = await page.locator('.groups a').allTextContents();
    expect(groups.length).toBeGreaterThan(20);
    expect((await boxesShown(page)).length).toBeLessThanOrEqual(48);
    await page.locator('.groups a').last().click();
    expect(await page.locator('#\\@shown').textContent()).toContain(groups.at(-1)?.replace(/ \d+$/, ''));
    expect(await hash(page)).toBe('');
    await page.keyboard.press('/');
    await page.keyboard.type('special_777');
    await page.keyboard.press('Enter');
    expect(await hash(page)).toBe('#table777.special777');
    await inView(page, '#table777\\.special777');
    await picture(page, 'thousand-model');
    expect(await boxesShown(page)).toEqual(['table1', 'table388', 'table777']);
    await page.locator('#table777 .around a[data-box="table388"]').click();
    await inView(page, '#table388 h2');
    // A table with many neighbours, from the list: those of other groups are one box for each group.
    await page.keyboard.press('Escape');
    await page.locator('.list a[href="#table5"]').click();
    expect(await hash(page)).toBe('#table5');
    expect(await page.locator('.canvas a.chosen').getAttribute('data-box')).toBe('table5');
    expect((await boxesShown(page)).filter((id) => id.startsWith('@')).length).toBeGreaterThan(5);
    expect((await boxesShown(page)).length).toBeLessThan(80);
    await picture(page, 'thousand-hub');
    await page.locator('#table388').getByText('Show in the diagram').click();
    await inView(page, '.canvas a[data-box="table388"] .name');
    await picture(page, 'thousand-chosen');
    await page.getByLabel('Filter the diagram').fill('table99');
    expect(await page.locator('#\\@shown').textContent()).toBe('11 of 1000 models');
    expect((await boxesShown(page)).length).toBe(11);
    expect(await cutOff(page)).toEqual([]);
    await page.getByLabel('Filter the diagram').fill('table');
    expect(await page.locator('#\\@shown').textContent()).toBe('1000 of 1000 models: type more to see them drawn');
    expect(complaints).toEqual([]);
    await close();

    const reader = await open(text, { javaScriptEnabled: false });
    await reader.page.locator('.groups a').last().click();
    expect(reader.page.url()).toMatch(/#@/);
    expect(await reader.page.locator('.chapter').last().locator('svg a').count()).toBeGreaterThan(2);
    expect((await reader.page.locator('.chapter h2').last().boundingBox())?.y).toBeLessThan(900);
    await reader.close();

    const phone = await open(text, { viewport: { width: 390, height: 844 }, colorScheme: 'dark' });
    expect(await scale(phone.page)).toBeGreaterThan(0.6);
    expect(await phone.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    await phone.page.locator('#\\@diagram').evaluate((section) => section.scrollIntoView());
    await picture(phone.page, 'thousand-phone');
    await phone.close();
  }, 300_000);
});
