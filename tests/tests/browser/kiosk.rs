//! The tablet at the counter, in a real browser: paired with a QR of the console, days without a network,
//! switched off and on, and every answer kept once.

use std::net::TcpListener;

use serde_json::json;
use tests::axe;
use tests::browser::{Browser, Look};
use tests::process::{Engine, Installation, Running};

use super::pictures;
use super::steps::sign_in;

/// A tablet on its stand.
const TABLET: Look = Look { size: (1280, 800), ..Look::DESK };
/// The tablet's clock shows 2019, and all its pauses are a hundred times shorter, so that nobody waits.
const FAST_IN_2019: &str = "
    const later = setTimeout, often = setInterval, now = performance.now.bind(performance);
    window.setTimeout = (work, pause, ...more) => later(work, pause / 100, ...more);
    window.setInterval = (work, pause, ...more) => often(work, pause / 100, ...more);
    performance.now = () => now() * 100;
    Date.now = () => Date.UTC(2019, 0, 1);
";
/// Taps so many faces one after the other, each when the question is there, and skips what follows.
const TAP: &str = "
    const done = arguments[arguments.length - 1], faces = document.querySelectorAll('.tap button');
    const at = id => document.getElementById(id), frame = () => new Promise(requestAnimationFrame);
    (async () => {
        for (let n = 0; n < 20; n += 1) {
            while (at('ask').hidden) await frame();
            faces[n % 5].click();
            while (!at('ask').hidden) await frame();
            while (at('ask').hidden) {
                if (!at('follow').hidden) at('skip').click();
                await frame();
            }
        }
        done('tapped');
    })().catch(error => done(String(error)));
";

/// An address that stays the same when the server is started again: what a browser keeps belongs to it.
fn free_address() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("an address").to_string()
}

async fn demo(place: &Installation, address: &str) -> Running {
    let keep = place.folder().display().to_string();
    let arguments = ["demo", "--answers", "0", "--seed", "7", "--keep", &keep];
    place.start(&arguments, &[("HAILONG_LISTEN", address)]).await
}

/// The secret link of a new device, made in the console.
async fn link(browser: &Browser, running: &Running, site: &str) -> String {
    sign_in(browser, site, &running.account("province-admin")).await;
    browser.open(&format!("{site}/admin/devices")).await;
    for (field, value) in [("#name", "Quầy 1"), ("#thanks", "2"), ("#repeat", "1"), ("#idle", "120")] {
        browser.write(field, value).await;
    }
    browser.run("const list = document.querySelector('#unit'); list.value = [...list.options].find(one => one.value.endsWith('-TT')).value;", json!([])).await;
    browser.follow("button[name=go][value=make]").await;
    let link = browser.property("#pair-here", "href").await;
    link.as_str().expect("a link").to_owned()
}

async fn pair(browser: &Browser, link: &str) {
    browser.open(link).await;
    browser.wait_for("return !document.getElementById('pair-form').hidden").await;
    assert!(!browser.url().await.contains("pair="), "the secret stays in no history");
    browser.write("#pair-pin", "2468").await;
    browser.write("#pair-again", "2468").await;
    browser.click("#pair-form button").await;
    browser.wait_for("return !document.getElementById('ask').hidden").await;
    // Nothing that it needs is on the network any more.
    browser.wait_for("return Boolean(navigator.serviceWorker.controller)").await;
}

async fn tap(browser: &Browser, count: usize) {
    // A script may take half a minute.
    for _ in 0..count / 20 {
        let said = browser.run_until_called(TAP).await;
        assert_eq!(said, "tapped");
    }
}

/// Answers in the kiosk's own group, and how many of them are marked, from what the demo exports.
async fn kept(place: &Installation) -> String {
    place.run(&["fold", "--until", "2026-11-01"]).await;
    let exported = place.run(&["export", "aggregates"]).await;
    let is_all = |line: &&str| line.contains(",kiosk,all,all,,");
    let lines: Vec<&str> = exported.lines().filter(is_all).collect();
    lines.join("\n")
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_answers_without_a_network_and_a_restart_are_two_hundred_answers_in_the_end() {
    let (place, address) = (Installation::new(Engine::Sqlite), free_address());
    let running = demo(&place, &address).await;
    let site = format!("http://{address}");
    let browser = Browser::start(TABLET).await;
    let link = link(&browser, &running, &site).await;
    browser.run_before_pages(FAST_IN_2019).await;
    pair(&browser, &link).await;

    running.kill().await;
    tap(&browser, 120).await;
    browser
        .wait_for("return document.getElementById('count').textContent.startsWith('120 phiếu chưa gửi')")
        .await;
    let browser = browser.crash().await;
    browser.run_before_pages(FAST_IN_2019).await;
    browser.open(&format!("{site}/k/")).await;
    browser
        .wait_for("return document.getElementById('count').textContent.startsWith('120 phiếu chưa gửi')")
        .await;
    tap(&browser, 80).await;
    browser
        .wait_for("return document.getElementById('count').textContent.startsWith('200 phiếu chưa gửi')")
        .await;

    let running = place.serve(&[], &[("HAILONG_LISTEN", &address)]).await;
    browser.wait_for("return document.getElementById('count').textContent === ''").await;
    let site_said =
        browser.run("return document.querySelector('h1:not([hidden])') !== null", json!([])).await;
    assert_eq!(site_said, true);
    running.stop().await;
    let lines = kept(&place).await;
    assert!(lines.contains(",200,200,"), "exactly two hundred: {lines}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tablet_counts_repeats_lets_only_staff_behind_its_screen_and_says_when_it_is_revoked() {
    let (place, address) = (Installation::new(Engine::Sqlite), free_address());
    let running = demo(&place, &address).await;
    let browser = Browser::start(TABLET).await;
    let link = link(&browser, &running, &format!("http://{address}")).await;
    pair(&browser, &link).await;
    let shown = browser.read("main").await;
    assert!(shown.contains("Rất hài lòng") && shown.contains("Chạm một ô là xong"), "{shown}");
    browser.click("[data-language=km]").await;
    assert_eq!(browser.property("html", "lang").await, "km");
    assert!(browser.read("#question").await.contains("ពេញចិត្ត"));
    assert_eq!(browser.property("#where", "lang").await, "vi", "a name that has no Khmer says what it is in");

    // A double tap is one answer, and does not choose what the visit was about.
    browser
        .run("const face = document.querySelector('.tap button'); face.click(); face.click();", json!([]))
        .await;
    browser.wait_for("return !document.getElementById('follow').hidden").await;
    browser.run("document.querySelector('#fields button').click();", json!([])).await;
    assert_eq!(browser.property("#follow", "hidden").await, false);
    browser.wait_for("return performance.now() > 0 && !document.getElementById('follow').hidden").await;
    browser.click("#staff-door").await;
    browser.write("#pin-digits", "1111").await;
    browser.click("#pin-form button").await;
    browser.wait_for("return document.getElementById('pin-wrong').textContent.includes('không đúng')").await;
    browser.write("#pin-digits", "2468").await;
    browser.click("#pin-form button").await;
    browser.wait_for("return !document.getElementById('staff').hidden").await;
    assert_eq!(browser.read("[data-fact=dropped]").await, "2");
    assert_eq!(browser.read("[data-fact=name]").await, "Quầy 1");

    browser.open(&format!("http://{address}/admin/devices")).await;
    browser.follow("button[value=revoke]").await;
    browser.open(&format!("http://{address}/k/")).await;
    browser
        .wait_for("return document.getElementById('notice-title').textContent.includes('không còn nhận')")
        .await;
    assert_eq!(browser.count("#ask[hidden]").await, 1, "nothing is asked any more");
}

/// What lies on the tablet: how many rows, how long each is, how many of them can be read, and whether its
/// keys can be taken out.
const AT_REST: &str = "
    const done = arguments[arguments.length - 1];
    const opened = indexedDB.open('hailong-kiosk');
    opened.onsuccess = () => {
        const stores = opened.result.transaction(['queue', 'meta']);
        const rows = stores.objectStore('queue').getAll();
        const device = stores.objectStore('meta').get('device'), seal = stores.objectStore('meta').get('seal');
        stores.oncomplete = () => {
            const words = rows.result.map(row => new TextDecoder().decode(row.sealed));
            done({
                rows: words.length,
                sizes: [...new Set(rows.result.map(row => row.sealed.byteLength))],
                open: words.filter(one => one.includes('demo-2026')).length,
                extractable: [device.result.pair.privateKey.extractable, seal.result.extractable],
            });
            opened.result.close();
        };
    };
";
const UNSENT_40: &str = "return document.getElementById('count').textContent.startsWith('40 phiếu chưa gửi')";

#[tokio::test(flavor = "multi_thread")]
async fn a_new_version_takes_over_while_nobody_is_there_and_what_waits_is_still_there() {
    let (place, address) = (Installation::new(Engine::Sqlite), free_address());
    let running = demo(&place, &address).await;
    let browser = Browser::start(TABLET).await;
    let link = link(&browser, &running, &format!("http://{address}")).await;
    browser.run_before_pages(FAST_IN_2019).await;
    pair(&browser, &link).await;
    browser.block(&["*/k/sync"]).await;
    tap(&browser, 40).await;
    browser.wait_for(UNSENT_40).await;
    let rest = browser.run_until_called(AT_REST).await;
    assert_eq!(rest, json!({ "rows": 40, "sizes": [176], "open": 0, "extractable": [false, false] }));
    // Another script at the same place is what a newer server would serve.
    let update =
        "window.old = true; navigator.serviceWorker.register('/k/worker.js?newer', { scope: '/k/' });";
    browser.run(update, json!([])).await;
    browser.wait_for("return window.old === undefined && document.readyState === 'complete'").await;
    let script = "return navigator.serviceWorker.controller.scriptURL.endsWith('newer')";
    browser.wait_for(script).await;
    browser.wait_for(UNSENT_40).await;
    browser.block(&[]).await;
    browser.wait_for("return document.getElementById('count').textContent === ''").await;

    // Whoever walks away leaves the question, in the first language, to the next person.
    browser.click("[data-language=en]").await;
    browser.wait_for("return document.documentElement.lang === 'vi'").await;
    browser.click(".tap button[value='2']").await;
    browser.wait_for("return document.getElementById('ask').hidden").await;
    browser.wait_for("return !document.getElementById('ask').hidden").await;
}

/// A network that carries what is sent and loses the answer, twice.
const LOSING: &str = "
    let lost = 0;
    window.fetch = async (...asked) => {
        const answer = await window.ours(...asked);
        if (lost >= 2) return answer;
        lost += 1;
        throw new TypeError('lost');
    };
";

#[tokio::test(flavor = "multi_thread")]
async fn a_network_that_answers_in_the_place_of_the_server_takes_no_answer_away() {
    let (place, address) = (Installation::new(Engine::Sqlite), free_address());
    let running = demo(&place, &address).await;
    let browser = Browser::start(TABLET).await;
    let link = link(&browser, &running, &format!("http://{address}")).await;
    browser.run_before_pages(FAST_IN_2019).await;
    pair(&browser, &link).await;
    // The page on which a hotel's network asks for a room number, first as such, then as something like ours.
    for portal in ["'<html>Room?</html>'", "JSON.stringify({ answers: [], config: { state: 'open' } })"] {
        let portal =
            format!("window.fetch = async () => {{ window.asked = true; return new Response({portal}); }};");
        browser
            .run(&format!("window.ours ??= window.fetch; window.asked = false; {portal}"), json!([]))
            .await;
        browser.wait_for("return window.asked").await;
        tap(&browser, 40).await;
    }
    browser.wait_for("return document.getElementById('count').textContent.startsWith('80 phiếu')").await;
    browser.run(LOSING, json!([])).await;
    browser.wait_for("return document.getElementById('count').textContent === ''").await;
    running.stop().await;
    let lines = kept(&place).await;
    assert!(lines.contains(",80,80,"), "eighty, although each was sent three times: {lines}");
}

/// What is wrong with the page that is open, in some looks.
async fn inspect(browser: &Browser, page: &str, looks: &[(&str, Look)]) -> Vec<String> {
    let mut findings = Vec::new();
    for (name, look) in looks {
        browser.dress(*look).await;
        let found = axe::violations(browser).await;
        findings.extend(found.into_iter().map(|one| format!("{page}, {name}: {one}")));
        if browser.sideways().await > 0 {
            findings.push(format!("{page}, {name}: wider than the window"));
        }
        if pictures::are_wanted() {
            pictures::keep(browser, page, name).await;
        }
    }
    findings
}

const TABLETS: [(&str, Look); 4] = [
    ("narrow", Look::NARROW),
    ("upright", Look { size: (800, 1280), ..TABLET }),
    ("forced", Look { forced_colours: true, ..TABLET }),
    ("tablet", TABLET),
];
const DESKS: [(&str, Look); 5] = [
    ("phone", Look::PHONE),
    ("narrow", Look::NARROW),
    ("forced", Look { forced_colours: true, ..Look::PHONE }),
    ("desk-dark", Look { dark: true, ..Look::DESK }),
    ("desk", Look::DESK),
];
/// Buttons that a finger would miss.
const SMALL: &str = "return [...document.querySelectorAll('button')]
    .filter(one => one.offsetParent && (one.offsetHeight < 64 || one.offsetWidth < 64)).map(one => one.textContent)";

/// Shows one part of the page as if the tablet were there.
fn showing(part: &str) -> String {
    format!(
        "for (const one of document.querySelectorAll('main section')) one.hidden = one.id !== '{part}';
        document.getElementById('pair-form').hidden = false;
        if ('{part}' === 'notice') document.getElementById('notice-title').textContent = 'Đợt đã kết thúc';"
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tablet_is_for_everybody() {
    let (place, address) = (Installation::new(Engine::Sqlite), free_address());
    let running = demo(&place, &address).await;
    let browser = Browser::start(TABLET).await;
    let link = link(&browser, &running, &format!("http://{address}")).await;
    let mut findings = inspect(&browser, "devices-pairing", &DESKS).await;
    browser.dress(TABLET).await;
    pair(&browser, &link).await;
    for part in ["ask", "follow", "thanks", "pin", "staff", "pair", "notice"] {
        browser.run(&showing(part), json!([])).await;
        findings.extend(inspect(&browser, &format!("kiosk-{part}"), &TABLETS).await);
        assert_eq!(browser.run(SMALL, json!([])).await, json!([]), "{part}: targets under 64 px");
    }
    browser.open(&format!("http://{address}/admin/devices")).await;
    findings.extend(inspect(&browser, "devices", &DESKS).await);
    findings.extend(browser.complaints().await);
    assert!(findings.is_empty(), "not for everybody:\n  {}", findings.join("\n  "));
}
