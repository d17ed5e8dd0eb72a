//! What a person does on the pages, by the names that the contract gives to fields and buttons.

use tests::browser::Browser;
use tests::form::Form;
use tests::journey::Person;
use tests::process::{Account, Running};
use tests::qr;

/// Clicks the button of this value.
pub async fn press(browser: &Browser, go: &str) {
    browser.follow(&format!("button[name=go][value={go}]")).await;
}

/// The form of the page that is open.
pub async fn form(browser: &Browser) -> Form {
    let html = browser.html().await;
    Form::with_field(&html, "token").unwrap_or_else(|| panic!("no form on {html}"))
}

/// Clicks an answer where a finger would: on its label.
pub async fn choose(browser: &Browser, name: &str, value: &str) {
    let input = format!("input[name='{name}'][value='{value}']");
    browser.click(&format!("label:has({input})")).await;
    assert_eq!(browser.property(&input, "checked").await, true, "{name} = {value} was chosen");
}

/// Answers the questions of the page but those named.
pub async fn fill(browser: &Browser, person: &Person, leave_out: &[&str]) {
    for (name, offered) in form(browser).await.groups() {
        if leave_out.contains(&name.as_str())
            || browser.count(&format!("label:has(input[name='{name}'])")).await == 0
        {
            continue;
        }
        if is_shown(browser, &name).await {
            choose(browser, &name, &person.choose(&name, &offered)).await;
        }
    }
}

/// Questions that hang on another answer, and those in a closed part, are not there for a person.
async fn is_shown(browser: &Browser, name: &str) -> bool {
    !browser.read(&format!("label:has(input[name='{name}'])")).await.is_empty()
}

/// Walks from the page that is open to the last one and sends.
pub async fn finish(browser: &Browser, person: &Person) {
    for _ in 0..12 {
        fill(browser, person, &[]).await;
        let button = person.button(&form(browser).await);
        press(browser, button).await;
        if button == "send" {
            return;
        }
        assert!(
            !browser.title().await.starts_with("Lỗi"),
            "an error on the way: {}",
            browser.read("main").await
        );
    }
    panic!("no way to send: {}", browser.read("main").await);
}

/// Whether an answer stands on the page, chosen or carried along.
pub async fn keeps(browser: &Browser, name: &str, value: &str) -> bool {
    let input = format!("input[name='{name}'][value='{value}']");
    let hidden = format!("input[type=hidden][name='{name}'][value='{value}']");
    browser.count(&hidden).await == 1
        || (browser.count(&input).await == 1 && browser.property(&input, "checked").await == true)
}

/// Signs in as a role of the demo.
pub async fn sign_in(browser: &Browser, site: &str, account: &Account) {
    enter(browser, site, &account.name, &account.password).await;
}

/// Signs in.
pub async fn enter(browser: &Browser, site: &str, name: &str, password: &str) {
    browser.open(&format!("{site}/sign-in")).await;
    // Whoever is signed in already is led past the door.
    if browser.count("form[action='/sign-out']").await == 1 {
        return;
    }
    browser.write("input[name=name]", name).await;
    browser.write("input[name=password]", password).await;
    browser.follow("form:has(input[name=password]) button").await;
    let main = browser.read("main").await;
    assert_eq!(browser.count("input[name=password]").await, 0, "{name} may sign in: {main}");
}

/// Opens the poster of the demo's counter as the province's administrator and returns what a phone reads
/// from its code.
pub async fn scan_poster(browser: &Browser, running: &Running) -> String {
    let survey = running.url("survey");
    let token = survey.rsplit('/').next().unwrap_or_default().to_owned();
    let site = survey.split("/s/").next().unwrap_or_default().to_owned();
    sign_in(browser, &site, &running.account("province-admin")).await;
    browser.open(&format!("{site}/admin/posters")).await;
    let poster = browser.html().await;
    let link = tests::journey::links(&poster)
        .into_iter()
        .find(|href| href.contains("/posters/") && href.contains(&token));
    let link = link.unwrap_or_else(|| panic!("no poster of {token} on {poster}"));
    browser.open(&format!("{site}{link}")).await;
    let codes = qr::read(&browser.whole_picture().await);
    assert_eq!(codes.len(), 1, "a poster carries one code");
    codes.into_iter().next().unwrap_or_default()
}
