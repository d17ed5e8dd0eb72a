//! A whole province, from the setup link to figures: everything is done on pages, by those whose work it is.
//!
//! Each page that matters is looked at on a phone and at a desk, light and dark, and photographed: into
//! `target/…/pictures`, or with `HAILONG_PICTURES=1` into `server/docs/pictures/`.

use tests::axe;
use tests::browser::{Browser, Look};
use tests::http::Visitor;
use tests::journey::{Person, answer, told_of_open};
use tests::process::{Engine, Installation, Running};
use tests::{qr, source};

use super::pictures;
use super::steps::{enter, finish, press};

/// A Monday of the survey's first month, and the first Monday of the month after it, both in the morning.
const OPENING: &str = "2026-10-12 01:00:00";
const READING: &str = "2026-11-02 01:00:00";
const ADMINISTRATOR: (&str, &str) = ("lan.nguyen", "một câu dễ nhớ");
const HEAD: (&str, &str) = ("chu.tich.bac.lieu", "phường bên sông này");
const ANALYST: (&str, &str) = ("binh.tran", "so sánh cho công bằng");
/// The communes where people answer: the head's own, then two others.
const ANSWERED: [(&str, &str); 3] =
    [("31825", "phường Bạc Liêu"), ("31834", "phường Vĩnh Trạch"), ("31840", "phường Hiệp Thành")];
const COMMUNES: usize = 64;

const LOOKS: [(&str, Look); 4] = [
    ("360", Look::PHONE),
    ("1280", Look::DESK),
    ("360-dark", Look { dark: true, ..Look::PHONE }),
    ("1280-dark", Look { dark: true, ..Look::DESK }),
];

/// Looks at the page that is open in each way, keeps its picture, and leaves the window as it was.
async fn look(browser: &Browser, page: &str) {
    for (name, one) in LOOKS {
        browser.dress(one).await;
        assert_eq!(browser.sideways().await, 0, "{page}, {name}: wider than the window");
        if browser.look().javascript {
            assert_eq!(axe::violations(browser).await, Vec::<String>::new(), "{page}, {name}");
            let lines = menu_lines(browser).await;
            assert!(lines <= 1 || one.size != Look::DESK.size, "{page}, {name}: a menu of {lines} lines");
        }
        pictures::keep(browser, &format!("province-{page}"), name).await;
    }
    browser.dress(browser.look()).await;
}

/// On how many lines the places of the menu stand.
async fn menu_lines(browser: &Browser) -> u64 {
    let tops = "return new Set([...document.querySelectorAll('.nav a')].map(a => a.getBoundingClientRect().top)).size";
    browser.run(tops, serde_json::json!([])).await.as_u64().unwrap_or_default()
}

/// The setup link: units from a file, then the first account.
async fn set_up(desk: &Browser, running: &Running) {
    desk.open(&running.url("setup")).await;
    look(desk, "01-setup").await;
    desk.click("label:has(input[value=file])").await;
    desk.attach("#file", &source::root().join("app/units/ca_mau_2025.csv")).await;
    desk.write("#tag", "CM").await;
    desk.follow("main button").await;
    assert_eq!(desk.read("h1").await, "Tài khoản quản trị đầu tiên", "{}", desk.read("main").await);
    desk.write("#name", ADMINISTRATOR.0).await;
    desk.write("#password", ADMINISTRATOR.1).await;
    desk.write("#again", ADMINISTRATOR.1).await;
    desk.follow("main button").await;
    assert_eq!(desk.read("h1").await, format!("Xin chào, {}", ADMINISTRATOR.0));
    look(desk, "02-home-empty").await;
    desk.follow("footer a[href^='/method']").await;
    assert!(desk.read("main").await.contains("Tỉnh chưa mở đợt khảo sát nào"), "the method before a survey");
    look(desk, "03-method-before").await;
}

/// Fields, then the survey: both through what the first page says comes next.
async fn open_survey(desk: &Browser, site: &str) {
    desk.open(site).await;
    desk.follow("section a[href='/admin/fields/import']").await;
    desk.attach("#file", &source::root().join("app/instruments/fields.csv")).await;
    desk.follow("button[value=look]").await;
    look(desk, "04-fields").await;
    desk.follow("button[value=store]").await;
    assert_eq!(desk.count(".notice.ok").await, 1, "stored: {}", desk.read("main").await);
    desk.open(site).await;
    assert_eq!(desk.count("a[href='/admin/fields/import']").await, 0, "what is done is not asked for again");
    desk.follow("section a[href='/admin/surveys/new']").await;
    desk.write("#code", "SH-2026").await;
    desk.write("#name", "Ý kiến sau giải quyết hồ sơ, quý IV năm 2026").await;
    desk.click("label[for=units-commune]").await;
    look(desk, "05-survey-new").await;
    desk.follow("button[value=preview]").await;
    look(desk, "06-survey-preview").await;
    desk.follow("button[value=open]").await;
    assert_eq!(desk.count(".notice.ok").await, 1, "opened: {}", desk.read("main").await);
    assert_eq!(desk.count(".row a[href='/admin/touchpoints']").await, 1, "what comes next is offered");
    look(desk, "07-survey-open").await;
}

/// The sheets of all communes in one document; returns what a phone reads from those of [`ANSWERED`],
/// which lead the official order.
async fn print_posters(desk: &Browser, site: &str) -> Vec<String> {
    desk.open(site).await;
    look(desk, "08-home-posters").await;
    desk.follow("section a[href='/admin/touchpoints']").await;
    look(desk, "09-touchpoints").await;
    desk.follow(".print-all button:not([name])").await;
    let posters = desk.count("article.sheet").await;
    assert!(posters >= COMMUNES, "a poster for every commune, and for every further counter: {posters}");
    assert_eq!(desk.sheets().await, posters, "one poster a page");
    let mut read = Vec::new();
    for (place, (_, name)) in ANSWERED.iter().enumerate() {
        let words = desk.read(&format!("article.sheet:nth-of-type({})", place + 1)).await;
        assert!(words.contains(name), "{name}: {words}");
        let picture = desk.picture_of("article.sheet", place, (0.0, 1.0)).await;
        pictures::store("province-10-poster", &place.to_string(), &picture);
        let codes = qr::read(&picture);
        assert_eq!(codes.len(), 1, "a poster carries one code: {codes:?}");
        read.extend(codes);
    }
    read
}

/// An invitation by the administrator, taken up by whoever it is for in a browser of their own.
async fn invite(desk: &Browser, site: &str, who: (&str, &str), role: &str, unit: &str) -> Browser {
    desk.open(site).await;
    desk.follow("section a[href='/admin/invitations']").await;
    desk.write("#name", who.0).await;
    desk.click(&format!("#role option[value='{role}']")).await;
    desk.click(&format!("#unit option[value='{unit}']")).await;
    look(desk, &format!("11-invite-{role}")).await;
    desk.follow("main form button").await;
    look(desk, &format!("12-link-{role}")).await;
    let link = desk.property("#link", "value").await;
    let guest = Browser::start(Look { javascript: desk.look().javascript, ..Look::DESK }).await;
    guest.open(link.as_str().unwrap_or_default()).await;
    look(&guest, &format!("13-invited-{role}")).await;
    guest.write("#new", who.1).await;
    guest.write("#again", who.1).await;
    guest.follow("main form button").await;
    guest.open(site).await;
    assert_eq!(guest.read("h1").await, format!("Xin chào, {}", who.0));
    assert_eq!(
        guest.count("section[aria-labelledby=next]").await,
        0,
        "only the administrator has that to do"
    );
    look(&guest, &format!("14-home-{role}")).await;
    guest
}

/// Ten people at each place, the first of the first on a phone.
async fn let_ten_answer(phone: &Browser, surveys: &[String]) {
    phone.open(&surveys[0]).await;
    look(phone, "15-citizen").await;
    press(phone, "next").await;
    finish(phone, &Person::new(4)).await;
    assert!(phone.url().await.contains("/thanks"), "{}", phone.url().await);
    look(phone, "16-thanks").await;
    for (place, survey) in surveys.iter().enumerate() {
        let mut visitor = Visitor::new(survey);
        for one in usize::from(place == 0)..10 {
            let satisfaction = if one % 4 < place { 2 } else { 5 };
            answer(&mut visitor, survey, &Person::new(satisfaction)).await;
        }
    }
}

/// The page is refused, and says so with a way on; nothing of it is shown.
async fn is_refused(browser: &Browser, url: &str) {
    assert_eq!(browser.complaints().await, Vec::<String>::new());
    browser.open(url).await;
    let heard = browser.complaints().await.join("\n");
    assert!(heard.contains("status of 403") || heard.contains("status of 404"), "{url}: {heard}");
    assert!(told_of_open(&browser.html().await).is_none(), "{url} shows a figure");
    assert!(browser.count("main a[href]").await > 0, "{url}: a way on");
}

/// The commune's head sees the commune, and nothing else.
async fn read_as_head(head: &Browser, site: &str) {
    enter(head, site, HEAD.0, HEAD.1).await;
    head.follow("main a[href='/a/31825']").await;
    let told = told_of_open(&head.html().await).unwrap_or_else(|| panic!("no figure on the commune's page"));
    assert_eq!(told.n, 10, "{told:?}");
    assert!(told.low < told.index, "{told:?}");
    look(head, "17-head-own").await;
    let others = ["/a/31834", "/a/31834?as=receiving", "/a/96", "/p/96", "/p/96/breakdown", "/admin"];
    for path in
        others.iter().chain(&["/admin/surveys", "/admin/accounts", "/admin/units", "/admin/touchpoints"])
    {
        is_refused(head, &format!("{site}{path}")).await;
    }
    look(head, "18-head-refused").await;
}

/// The analyst sees all communes side by side, and why the others show nothing.
async fn read_as_analyst(analyst: &Browser, site: &str) {
    enter(analyst, site, ANALYST.0, ANALYST.1).await;
    look(analyst, "19-home-figures").await;
    analyst.follow("main a[href='/p/96']").await;
    let page = analyst.read("main").await;
    for (_, name) in ANSWERED {
        assert!(page.to_lowercase().contains(&name.to_lowercase()), "{name}: {page}");
    }
    look(analyst, "20-province").await;
    for (code, _) in ANSWERED {
        analyst.open(&format!("{site}/a/{code}")).await;
        let told = told_of_open(&analyst.html().await).map(|told| told.n);
        assert_eq!(told, Some(10), "{code} has its figures");
    }
    analyst.open(&format!("{site}/a/31843")).await;
    assert_eq!(told_of_open(&analyst.html().await), None, "nobody answered there");
    look(analyst, "21-without-answers").await;
    is_refused(analyst, &format!("{site}/admin/surveys/new")).await;
}

async fn walk(engine: Engine, javascript: bool) {
    let mut place = Installation::new(engine);
    place.set_time(OPENING);
    let running = place.serve(&[], &[]).await;
    let site = running.listening();
    let desk = Browser::start(Look { javascript, ..Look::DESK }).await;
    set_up(&desk, &running).await;
    // From here on the calendar counts.
    place.run(&["fold"]).await;
    open_survey(&desk, &site).await;
    let surveys = print_posters(&desk, &site).await;
    assert!(surveys.iter().all(|url| url.starts_with(&format!("{site}/s/"))), "{surveys:?}");
    let head = invite(&desk, &site, HEAD, "agency-head", ANSWERED[0].0).await;
    let analyst = invite(&desk, &site, ANALYST, "province-analyst", "").await;
    let phone = Browser::start(Look { javascript, ..Look::PHONE }).await;
    let_ten_answer(&phone, &surveys).await;
    head.open(&format!("{site}/a/31825")).await;
    assert_eq!(told_of_open(&head.html().await), None, "ten sealed answers are no figure");
    look(&head, "17-head-before").await;
    assert_eq!(running.stop().await, Some(0));

    place.set_time(READING);
    let folded = place.run(&["fold"]).await;
    assert!(folded.contains("30 answers moved"), "{folded}");
    let running = place.serve(&[], &[]).await;
    let site = running.listening();
    read_as_head(&head, &site).await;
    read_as_analyst(&analyst, &site).await;
    enter(&desk, &site, ADMINISTRATOR.0, ADMINISTRATOR.1).await;
    assert_eq!(
        desk.count("section[aria-labelledby=next]").await,
        0,
        "there are figures: nothing is left to do"
    );
    look(&desk, "22-home-administrator").await;
    let recounted = place.run(&["check"]).await;
    assert!(!recounted.is_empty());
    for browser in [&desk, &head, &phone] {
        assert_eq!(browser.complaints().await, Vec::<String>::new());
    }
}

#[tokio::test]
async fn a_whole_province_on_sqlite_with_scripts() {
    walk(Engine::Sqlite, true).await;
}

#[tokio::test]
#[ignore = "full"]
async fn a_whole_province_on_postgres_without_scripts() {
    walk(Engine::Postgres, false).await;
}
