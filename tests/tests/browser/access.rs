//! Every page for everybody: WCAG 2.2 AA, no sideways scrolling, no complaint of the browser.
//!
//! With `HAILONG_PICTURES=1` the pages are photographed into `server/docs/pictures/` on the way.

use tests::axe;
use tests::browser::{Browser, Look};
use tests::journey::Person;
use tests::process::{Engine, Installation, Running};

use super::pictures;
use super::steps::{choose, fill, form, press, sign_in};

/// One walk over all pages, looked at in several ways.
struct Inspection<'a> {
    browser: Browser,
    looks: &'a [(&'a str, Look)],
    findings: Vec<String>,
    seen: usize,
}

impl Inspection<'_> {
    /// Looks at the page that is open.
    async fn look(&mut self, page: &str) {
        self.seen += 1;
        for (name, look) in self.looks {
            self.browser.dress(*look).await;
            let found = axe::violations(&self.browser).await;
            self.findings.extend(found.into_iter().map(|one| format!("{page}, {name}: {one}")));
            let sideways = self.browser.sideways().await;
            if sideways > 0 {
                self.findings.push(format!("{page}, {name}: {sideways} px wider than the window"));
            }
            if pictures::are_wanted() {
                pictures::keep(&self.browser, page, name).await;
            }
        }
        let heard = self.browser.complaints().await;
        self.findings.extend(heard.into_iter().map(|one| format!("{page}: {one}")));
    }

    async fn open(&mut self, page: &str, url: &str) {
        self.browser.open(url).await;
        self.look(page).await;
    }

    fn end(self, least: usize) {
        assert!(self.seen >= least, "only {} pages were seen", self.seen);
        assert!(self.findings.is_empty(), "not for everybody:\n  {}", self.findings.join("\n  "));
    }
}

async fn begin<'a>(looks: &'a [(&'a str, Look)]) -> Inspection<'a> {
    Inspection { browser: Browser::start(looks[0].1).await, looks, findings: Vec::new(), seen: 0 }
}

/// The citizen's pages, from the start to the thanks, an error among them.
async fn inspect_survey(running: &Running, looks: &[(&str, Look)]) {
    let (survey, person) = (running.url("survey"), Person::new(4));
    let mut inspection = begin(looks).await;
    inspection.open("survey-start", &survey).await;
    inspection.open("survey-start-en", &format!("{survey}?lang=en")).await;
    inspection.open("survey-start-km", &format!("{survey}?lang=km")).await;
    inspection.open("survey-start", &survey).await;
    press(&inspection.browser, "next").await;
    for part in 1.. {
        inspection.look(&format!("survey-part-{part}")).await;
        if part == 3 {
            press(&inspection.browser, "next").await;
            inspection.look("survey-error").await;
        }
        fill(&inspection.browser, &person, &[]).await;
        let button = person.button(&form(&inspection.browser).await);
        press(&inspection.browser, button).await;
        if button == "send" {
            break;
        }
    }
    inspection.look("survey-thanks").await;
    inspection.open("survey-one-page", &format!("{survey}?layout=one")).await;
    press(&inspection.browser, "next").await;
    inspection.look("survey-one-page-questions").await;
    choose(&inspection.browser, "overall", "5").await;
    let site = survey.split("/s/").next().unwrap_or_default().to_owned();
    inspection.open("privacy", &format!("{site}/privacy")).await;
    inspection.open("method", &format!("{site}/method")).await;
    inspection.end(14);
}

/// The administrator's pages.
const OFFICE: [(&str, &str); 11] = [
    ("find", "/find?q=bac%20lieu"),
    ("find-none", "/find?q=zzzz&lang=en"),
    ("survey-new", "/admin/surveys/new"),
    ("survey", "/admin/surveys/demo-2026"),
    ("waiting", "/admin/surveys/demo-2026/waiting"),
    ("touchpoints", "/admin/touchpoints"),
    ("releases", "/admin/releases"),
    ("releases-compared", "/admin/releases/compare?a=1&b=2"),
    ("flags", "/admin/flags"),
    ("comments", "/a/96/comments"),
    ("devices", "/admin/devices"),
];

/// The pages behind sign-in.
async fn inspect_console(running: &Running, looks: &[(&str, Look)]) {
    let (agency, province) = (running.url("agency"), running.url("province"));
    let site = agency.split("/a/").next().unwrap_or_default().to_owned();
    let mut inspection = begin(looks).await;
    inspection.open("sign-in", &format!("{site}/sign-in")).await;
    sign_in(&inspection.browser, &site, &running.account("province-admin")).await;
    inspection.open("home", &format!("{site}/")).await;
    inspection.open("agency", &agency).await;
    inspection.open("agency-en", &format!("{agency}?lang=en")).await;
    inspection.open("agency-month", &format!("{agency}?period=2026-10")).await;
    inspection.open("province", &province).await;
    inspection.open("surveys", &format!("{site}/admin/surveys")).await;
    inspection.open("posters", &format!("{site}/admin/posters")).await;
    for (page, path) in ADMINISTRATION.iter().chain(&OFFICE) {
        inspection.open(page, &format!("{site}{path}")).await;
    }
    inspection.end(8 + ADMINISTRATION.len() + OFFICE.len());
}

/// What the province looks after.
const ADMINISTRATION: [(&str, &str); 8] = [
    ("admin", "/admin"),
    ("accounts", "/admin/accounts"),
    ("account", "/admin/accounts/agency-head"),
    ("invite", "/admin/invitations"),
    ("own-account", "/account"),
    ("audit", "/admin/audit"),
    ("volumes", "/admin/volumes"),
    ("volumes-month", "/admin/volumes/31825?month=2026-08&lang=en"),
];

const LIGHT: [(&str, Look); 2] = [("phone", Look::PHONE), ("desk", Look::DESK)];
const ALL: [(&str, Look); 6] = [
    ("phone", Look::PHONE),
    ("desk", Look::DESK),
    ("phone-dark", Look { dark: true, ..Look::PHONE }),
    ("desk-dark", Look { dark: true, ..Look::DESK }),
    ("narrow", Look::NARROW),
    ("forced", Look { forced_colours: true, ..Look::PHONE }),
];

#[tokio::test]
async fn the_survey_is_for_everybody() {
    inspect_survey(&Installation::new(Engine::Sqlite).demo(0).await, &LIGHT).await;
}

#[tokio::test]
async fn the_console_is_for_everybody() {
    inspect_console(&Installation::new(Engine::Sqlite).demo(3000).await, &LIGHT).await;
}

#[tokio::test]
#[ignore = "full"]
async fn the_survey_is_for_everybody_in_the_dark_on_narrow_phones_and_in_forced_colours() {
    inspect_survey(&Installation::new(Engine::Sqlite).demo(0).await, &ALL).await;
}

#[tokio::test]
#[ignore = "full"]
async fn the_console_is_for_everybody_in_the_dark_on_narrow_phones_and_in_forced_colours() {
    inspect_console(&Installation::new(Engine::Sqlite).demo(3000).await, &ALL).await;
}
