// Measures pages with Lighthouse and prints one JSON line for each.
//
// node lighthouse.mjs FOLDER < PAGES
//   FOLDER  where npm installed lighthouse
//   PAGES   [{ "name", "url", "cookie": { name, value } | null, "press": css | null }, …]
//           with "press" the page is the one that opens when this is clicked on `url`
//
// Only pages of this machine are asked for: Chromium resolves no other name.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const modules = join(process.argv[2], 'node_modules');
const load = file => import(pathToFileURL(join(modules, file)).href);
const { startFlow } = await load('lighthouse/core/index.js');
const { default: puppeteer } = await load('puppeteer-core/lib/esm/puppeteer/puppeteer-core.js');

const pages = JSON.parse(readFileSync(0, 'utf8'));
const browser = await puppeteer.launch({
  executablePath: process.env.CHROME_PATH || '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync', '--lang=vi',
    '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
});
try {
  for (const { name, url, cookie, press } of pages) {
    const page = await browser.newPage();
    if (cookie) await page.setCookie({ ...cookie, url });
    const flow = await startFlow(page, { config: { extends: 'lighthouse:default', settings: {
      onlyCategories: ['performance', 'accessibility', 'best-practices'] } } });
    if (press) {
      await page.goto(url);
      await flow.navigate(() => page.click(press));
    } else {
      await flow.navigate(url);
    }
    const { lhr } = (await flow.createFlowResult()).steps[0];
    const score = category => lhr.categories[category].score;
    const lost = Object.values(lhr.categories).flatMap(category => category.auditRefs)
      .filter(ref => ref.weight > 0).map(ref => lhr.audits[ref.id])
      .filter(audit => audit.score !== null && audit.score < 0.9).map(audit => `${audit.id} ${audit.score}`);
    console.log(JSON.stringify({ name, url: lhr.finalDisplayedUrl, performance: score('performance'),
      accessibility: score('accessibility'), practices: score('best-practices'), lost }));
    await page.close();
  }
} finally {
  await browser.close();
}
