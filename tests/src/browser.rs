//! A real browser, looked at as a person looks: what can be found, clicked, read and photographed.

use base64::Engine as _;
use serde_json::{Value, json};

use crate::webdriver::{Driver, Refusal};

/// How often a browser is asked whether a page has gone: some ten seconds.
const PATIENCE: usize = 5_000;

/// How the browser is set up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Whether pages may run scripts.
    pub javascript: bool,
    /// Width and height of the window in CSS pixels.
    pub size: (u32, u32),
    /// Whether the system asks for dark pages.
    pub dark: bool,
    /// Whether the system forces its own few colours.
    pub forced_colours: bool,
}

impl Look {
    /// An old phone, light.
    pub const PHONE: Self = Self { javascript: true, size: (360, 740), dark: false, forced_colours: false };
    /// The narrowest phone that must work.
    pub const NARROW: Self = Self { size: (320, 640), ..Self::PHONE };
    /// An office desk.
    pub const DESK: Self = Self { size: (1280, 900), ..Self::PHONE };

    /// The same without scripts.
    #[must_use]
    pub const fn without_javascript(self) -> Self {
        Self { javascript: false, ..self }
    }
}

/// A browser with one window.
#[derive(Debug)]
pub struct Browser {
    driver: Driver,
    look: Look,
}

/// Chromium as a test may start it: nothing but loopback is asked for.
const ARGUMENTS: [&str; 11] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--lang=vi",
];
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

impl Browser {
    /// Starts a browser.
    ///
    /// # Panics
    /// When it does not start, with the reason.
    pub async fn start(look: Look) -> Self {
        let browser = Self { driver: Driver::start(&ARGUMENTS, &preferences(look)).await, look };
        browser.dress(look).await;
        browser
    }

    /// Ends the browser and starts it again with all that it keeps, as after switching a tablet off and on.
    ///
    /// # Panics
    /// When it does not start, with the reason.
    pub async fn restart(self) -> Self {
        let (profile, look) = (self.driver.profile(), self.look);
        drop(self);
        let browser = Self { driver: Driver::start_in(profile, &ARGUMENTS, &preferences(look)).await, look };
        browser.dress(look).await;
        browser
    }

    /// The same after a crash: nobody asks the browser to end, and nothing that it holds in memory is saved.
    ///
    /// # Panics
    /// When it does not start, with the reason.
    pub async fn crash(self) -> Self {
        let said = self.driver.command("Browser.crash", json!({})).await;
        assert!(said.is_err(), "a browser that has crashed answers nothing: {said:?}");
        self.restart().await
    }

    /// Lets requests for addresses that match these patterns fail, as without a network; none lets all through.
    pub async fn block(&self, patterns: &[&str]) {
        self.command("Network.enable", json!({})).await;
        self.command("Network.setBlockedURLs", json!({ "urls": patterns })).await;
    }

    /// Has a script run in every page before its own scripts do.
    pub async fn run_before_pages(&self, script: &str) {
        self.command("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script })).await;
    }

    /// Waits until a script says something true.
    ///
    /// # Panics
    /// When it never does.
    pub async fn wait_for(&self, script: &str) {
        for _ in 0..PATIENCE {
            let said =
                self.driver.say("POST", "/execute/sync", &json!({ "script": script, "args": [] })).await;
            if said.is_ok_and(|said| said == true) {
                return;
            }
        }
        panic!("{script} never on {}:\n{}", self.url().await, crate::html::visible_text(&self.html().await));
    }

    /// Changes size and colours of the window; scripts stay as they were at the start.
    pub async fn dress(&self, look: Look) {
        let (width, height) = look.size;
        let screen = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.command("Emulation.setDeviceMetricsOverride", screen).await;
        let scheme = if look.dark { "dark" } else { "light" };
        let forced = if look.forced_colours { "active" } else { "none" };
        let features = json!([
            { "name": "prefers-color-scheme", "value": scheme }, { "name": "forced-colors", "value": forced }
        ]);
        self.command("Emulation.setEmulatedMedia", json!({ "features": features })).await;
    }

    /// How it was started.
    #[must_use]
    pub fn look(&self) -> Look {
        self.look
    }

    /// Opens an address, as after scanning its code.
    pub async fn open(&self, url: &str) {
        self.say("POST", "/url", json!({ "url": url })).await;
    }

    /// The back button.
    pub async fn back(&self) {
        self.say("POST", "/back", json!({})).await;
    }

    /// The forward button.
    pub async fn forward(&self) {
        self.say("POST", "/forward", json!({})).await;
    }

    /// The address shown.
    pub async fn url(&self) -> String {
        text(&self.say("GET", "/url", Value::Null).await)
    }

    /// The title of the page.
    pub async fn title(&self) -> String {
        text(&self.say("GET", "/title", Value::Null).await)
    }

    /// The page as it is now, as HTML.
    ///
    /// # Panics
    /// When the page stays empty.
    pub async fn html(&self) -> String {
        // While one page gives way to another the driver tells of an empty one.
        for _ in 0..PATIENCE {
            let source = text(&self.say("GET", "/source", Value::Null).await);
            if !source.is_empty() {
                return source;
            }
        }
        panic!("an empty page at {}", self.url().await);
    }

    /// How many elements match.
    pub async fn count(&self, css: &str) -> usize {
        self.find_all(css).await.len()
    }

    /// What a person reads in the first element that matches.
    pub async fn read(&self, css: &str) -> String {
        let element = self.find(css).await;
        text(&self.say("GET", &format!("/element/{element}/text"), Value::Null).await)
    }

    /// Clicks the first element that matches, and waits for the page that this may open.
    pub async fn click(&self, css: &str) {
        let element = self.find(css).await;
        self.say("POST", &format!("/element/{element}/click"), json!({})).await;
    }

    /// Clicks what leads to another page, and returns when that page is there.
    ///
    /// # Panics
    /// When the page stays.
    pub async fn follow(&self, css: &str) {
        let here = self.find("html").await;
        self.click(css).await;
        let name = format!("/element/{here}/name");
        // An element of a page that has gone is stale; each question is a round trip to the driver.
        for _ in 0..PATIENCE {
            if self.driver.say("GET", &name, &Value::Null).await.is_err() {
                return;
            }
        }
        panic!("{css} leads nowhere from {}", self.url().await);
    }

    /// Types into the first element that matches, in place of what it held.
    pub async fn write(&self, css: &str, words: &str) {
        let element = self.find(css).await;
        self.say("POST", &format!("/element/{element}/clear"), json!({})).await;
        self.say("POST", &format!("/element/{element}/value"), json!({ "text": words })).await;
    }

    /// Chooses a file of this machine in the first element that matches.
    pub async fn attach(&self, css: &str, file: &std::path::Path) {
        let element = self.find(css).await;
        self.say("POST", &format!("/element/{element}/value"), json!({ "text": file.display().to_string() }))
            .await;
    }

    /// Presses keys where the focus is; `\u{e004}` is Tab, `\u{e007}` Enter.
    pub async fn press(&self, keys: &str) {
        let focused = self.say("GET", "/element/active", Value::Null).await;
        let element = text(&focused[ELEMENT]);
        self.say("POST", &format!("/element/{element}/value"), json!({ "text": keys })).await;
    }

    /// The state of the first element that matches: `checked`, `value`, …
    pub async fn property(&self, css: &str, name: &str) -> Value {
        let element = self.find(css).await;
        self.say("GET", &format!("/element/{element}/property/{name}"), Value::Null).await
    }

    /// Runs a script of the test's own in the page and returns what it returns.
    pub async fn run(&self, script: &str, arguments: Value) -> Value {
        self.say("POST", "/execute/sync", json!({ "script": script, "args": arguments })).await
    }

    /// Runs a script that calls its last argument when it is done.
    pub async fn run_until_called(&self, script: &str) -> Value {
        self.say("POST", "/execute/async", json!({ "script": script, "args": [] })).await
    }

    /// What the page complained of since this was last asked: script errors, refused files, broken rules
    /// of the content security policy.
    pub async fn complaints(&self) -> Vec<String> {
        let log = self.say("POST", "/se/log", json!({ "type": "browser" })).await;
        let entries = log.as_array().cloned().unwrap_or_default();
        let loud =
            entries.into_iter().filter(|entry| matches!(entry["level"].as_str(), Some("SEVERE" | "WARNING")));
        // A form that comes back with its errors is an answer, and so is a link that has had its day;
        // Chromium's log calls every 4xx loud.
        let is_meant =
            |said: &String| ["status of 422", "status of 410"].iter().any(|meant| said.contains(meant));
        loud.map(|entry| text(&entry["message"])).filter(|said| !is_meant(said)).collect()
    }

    /// A picture (PNG) of the window.
    pub async fn picture(&self) -> Vec<u8> {
        self.photograph(json!({ "format": "png" })).await
    }

    /// A picture (PNG) of the whole page, however long.
    pub async fn whole_picture(&self) -> Vec<u8> {
        self.photograph(
            json!({ "format": "png", "captureBeyondViewport": true, "clip": self.page_box().await }),
        )
        .await
    }

    /// A picture (PNG) of the element at this place among those that match and so many CSS pixels around it,
    /// at so many dots a CSS pixel.
    ///
    /// # Panics
    /// When fewer match.
    pub async fn picture_of(&self, css: &str, place: usize, (around, scale): (f64, f64)) -> Vec<u8> {
        let element = self.find_all(css).await.into_iter().nth(place).expect("so many elements match");
        let place = self.say("GET", &format!("/element/{element}/rect"), Value::Null).await;
        let side = |name: &str| place[name].as_f64().unwrap_or_default();
        let (x, y) = ((side("x") - around).max(0.0), (side("y") - around).max(0.0));
        let (width, height) = (side("width") + 2.0 * around, side("height") + 2.0 * around);
        let clip = json!({ "x": x, "y": y, "width": width, "height": height, "scale": scale });
        let how =
            json!({ "format": "png", "captureBeyondViewport": true, "clip": clip, "optimizeForSpeed": true });
        self.photograph(how).await
    }

    /// How many sheets of paper the page takes when it is printed.
    pub async fn sheets(&self) -> usize {
        let printed = self.command("Page.printToPDF", json!({ "preferCSSPageSize": true })).await;
        let printed = base64::engine::general_purpose::STANDARD.decode(text(&printed["data"]));
        let printed = printed.expect("a printed page is base64");
        let page = b"/Type /Page\n";
        printed.windows(page.len()).filter(|part| part == page).count()
    }

    async fn page_box(&self) -> Value {
        let mut size = json!({});
        // A page that has just been opened may not be laid out yet.
        for _ in 0..PATIENCE {
            let metrics = self.command("Page.getLayoutMetrics", json!({})).await;
            size = metrics["cssContentSize"].clone();
            if size["width"].as_f64().is_some_and(|width| width > 0.0) {
                break;
            }
        }
        json!({ "x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1 })
    }

    async fn photograph(&self, how: Value) -> Vec<u8> {
        let picture = self.command("Page.captureScreenshot", how).await;
        base64::engine::general_purpose::STANDARD.decode(text(&picture["data"])).expect("a picture is base64")
    }

    /// How many CSS pixels the page is wider than the window.
    pub async fn sideways(&self) -> i64 {
        let metrics = self.command("Page.getLayoutMetrics", json!({})).await;
        let width = |name: &str, field: &str| metrics[name][field].as_f64().unwrap_or_default().round();
        #[expect(clippy::cast_possible_truncation, reason = "a page is a few thousand pixels wide")]
        let over = (width("cssContentSize", "width") - width("cssLayoutViewport", "clientWidth")) as i64;
        over
    }

    async fn find(&self, css: &str) -> String {
        match self.find_all(css).await.into_iter().next() {
            Some(element) => element,
            None => {
                panic!("no {css} on {}:\n{}", self.url().await, crate::html::visible_text(&self.html().await))
            }
        }
    }

    async fn find_all(&self, css: &str) -> Vec<String> {
        let found = self.say("POST", "/elements", json!({ "using": "css selector", "value": css })).await;
        found.as_array().into_iter().flatten().map(|element| text(&element[ELEMENT])).collect()
    }

    async fn command(&self, name: &str, parameters: Value) -> Value {
        let done = self.driver.command(name, parameters).await;
        done.unwrap_or_else(|refusal| panic!("{name}: {refusal}"))
    }

    async fn say(&self, verb: &str, path: &str, body: Value) -> Value {
        let said: Result<Value, Refusal> = self.driver.say(verb, path, &body).await;
        said.unwrap_or_else(|refusal| panic!("{verb} {path} {body}: {refusal}"))
    }
}

fn preferences(look: Look) -> Value {
    if look.javascript {
        json!({})
    } else {
        json!({ "profile.managed_default_content_settings.javascript": 2 })
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
