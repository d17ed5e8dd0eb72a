//! `/help`, `/calls` and `/admin/calls`: answers with help, and interviews by telephone.

use tests::form::Form;
use tests::html::visible_text;
use tests::http::Visitor;
use tests::journey::{Person, filled_form};
use tests::process::Engine;

use super::{Site, expect_status};

fn owned(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn unit(site: &Site) -> String {
    site.path("agency").trim_start_matches("/a/").split('?').next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_tablet_is_handed_over_and_the_answer_is_one_with_help_on_both_engines() {
    for engine in Engine::BOTH {
        let site = Site::open(engine).await;
        let unit = unit(&site);
        let mut interviewer = site.member("interviewer").await;
        let wish =
            owned(&[("unit", &unit), ("helper", "digital-team"), ("language", "vi"), ("go", "hand-over")]);
        for _ in 0..10 {
            let opened = interviewer.post("/help", &wish).await;
            expect_status(&opened, &[303]);
            let form = opened.header("location").expect("a form").to_owned();
            let mut person = site.visitor();
            let start = person.get(&form).await;
            expect_status(&start, &[200]);
            assert_eq!(start.header("cache-control"), Some("no-store"), "a tablet keeps nothing");
            assert!(visible_text(&start.text()).contains("người giúp không trả lời thay"));
            let (action, pairs) = filled_form(&mut person, &form, &Person::new(5)).await;
            let sent = person.post(&action, &pairs).await;
            expect_status(&sent, &[303]);
            let thanks = person.get(sent.header("location").unwrap_or_default()).await;
            assert_eq!(thanks.header("cache-control"), Some("no-store"));
            assert!(thanks.text().contains("href=\"/help\""), "the tablet goes back to the helper");
            let again = person.post(&action, &pairs).await;
            assert!(again.header("location").unwrap_or_default().contains("sent=before"), "one answer");
        }
        site.place.run(&["fold"]).await;
        let exported = site.place.run(&["export", "aggregates"]).await;
        assert!(
            exported.lines().any(|line| line.contains(",open,assisted,") && line.contains(",10,10,100.0,"))
                || exported
                    .lines()
                    .any(|line| line.contains(",open,all,all,,overall,") && line.contains(",10,10,100.0,")),
            "{engine:?}: {exported}"
        );
        let counts = site.member("province-analyst").await.get("/admin/calls").await.text();
        assert!(!visible_text(&counts).contains("interviewer 10"), "nothing of today is shown");
    }
}

#[tokio::test]
async fn what_a_helper_leaves_out_is_said_and_other_units_places_are_refused() {
    let site = Site::open(Engine::Sqlite).await;
    let unit = unit(&site);
    let mut officer = site.member("agency-officer").await;
    for (field, value, status) in [
        ("unit", "", 422),
        ("unit", "31834", 422),
        ("unit", "nowhere", 422),
        ("helper", "", 422),
        ("helper", "robot", 422),
        ("language", "fr", 400),
        ("go", "send", 400),
    ] {
        let mut wish =
            owned(&[("unit", &unit), ("helper", "family"), ("language", "km"), ("go", "hand-over")]);
        wish.iter_mut().filter(|(name, _)| name == field).for_each(|(_, it)| value.clone_into(it));
        let answer = officer.post("/help", &wish).await;
        expect_status(&answer, &[status]);
        if status == 422 {
            let form = Form::with_field(&answer.text(), "helper").expect("the form again");
            assert!(field == "helper" || form.value("helper") == Some("family"), "what was chosen stays");
        }
    }
    let wish = owned(&[("unit", &unit), ("helper", "family"), ("language", "km"), ("go", "hand-over")]);
    let opened = officer.post("/help", &wish).await;
    let form = opened.header("location").expect("a form").to_owned();
    assert!(form.ends_with("lang=km"));
    let path = form.split('?').next().unwrap_or_default();
    let mut changed = path.to_owned();
    changed.pop();
    changed.push(if path.ends_with('A') { 'B' } else { 'A' });
    expect_status(&site.visitor().get(&changed).await, &[404]);
    let mut person = site.visitor();
    let (_, pairs) = filled_form(&mut person, &form, &Person::new(3)).await;
    let elsewhere = person.post(&site.path("survey"), &pairs).await;
    assert!([303, 400].contains(&elsewhere.status), "{}", elsewhere.status);
}

/// Draws a list of four people, after what is none, and says its number.
async fn draw(site: &Site, admin: &mut Visitor) -> String {
    let unit = unit(site);
    for (tasks, place) in [("0", unit.as_str()), ("2001", &unit), ("x", &unit), ("3", "nowhere"), ("3", "96")]
    {
        let wish = owned(&[("unit", place), ("tasks", tasks), ("go", "draw")]);
        expect_status(&admin.post("/admin/calls", &wish).await, &[422]);
    }
    let wish = owned(&[("unit", &unit), ("tasks", "4"), ("go", "draw")]);
    let drawn = admin.post("/admin/calls", &wish).await;
    expect_status(&drawn, &[303]);
    drawn.header("location").and_then(|to| to.split("drawn-").nth(1)).expect("a number").to_owned()
}

#[tokio::test]
async fn a_person_is_called_by_serial_number_and_what_came_of_it_is_counted() {
    let site = Site::open(Engine::Sqlite).await;
    let (mut admin, mut interviewer) =
        (site.member("province-admin").await, site.member("interviewer").await);
    let list = draw(&site, &mut admin).await;
    let path = format!("/calls/{list}");
    let page = interviewer.get(&path).await;
    expect_status(&page, &[200]);
    let text = visible_text(&page.text());
    assert!(text.contains("người số 1") && text.contains("Số điện thoại này không được ghi"), "{text}");
    assert!(!page.text().contains("type=\"tel\""), "no number is asked for");
    for (outcome, status) in [("no-answer", 303), ("refused", 303), ("wrong-number", 303), ("later", 400)] {
        let form = Form::with_field(&interviewer.get(&path).await.text(), "task").expect("a person");
        let (task, attempts) = (form.value("task").unwrap(), form.value("attempts").unwrap());
        let said = owned(&[("task", task), ("attempts", attempts), ("go", outcome)]);
        expect_status(&interviewer.post(&path, &said).await, &[status]);
    }
    let said = owned(&[("task", "4"), ("attempts", "0"), ("go", "reached")]);
    let opened = interviewer.post(&path, &said).await;
    expect_status(&opened, &[303]);
    let form = opened.header("location").expect("the form").to_owned();
    let (action, pairs) = filled_form(&mut interviewer, &form, &Person::new(4)).await;
    expect_status(&interviewer.post(&action, &pairs).await, &[303]);
    let twice = interviewer.post(&path, &said).await;
    assert!(twice.header("location").unwrap_or_default().contains("done=overtaken"));
    let table = visible_text(&admin.get("/admin/calls").await.text());
    assert!(table.contains("33"), "one of three who have that number: {table}");
}

#[tokio::test]
async fn bad_calls_have_an_answer_each_and_a_withdrawn_list_is_closed() {
    let site = Site::open(Engine::Sqlite).await;
    let (mut admin, mut interviewer) =
        (site.member("province-admin").await, site.member("interviewer").await);
    let list = draw(&site, &mut admin).await;
    let path = format!("/calls/{list}");
    for bad in [[("task", "9"), ("attempts", "0")], [("task", "0"), ("attempts", "0")]] {
        let said = [owned(&bad), owned(&[("go", "refused")])].concat();
        expect_status(&interviewer.post(&path, &said).await, &[404]);
    }
    let said = owned(&[("task", "x"), ("attempts", "0"), ("go", "refused")]);
    expect_status(&interviewer.post(&path, &said).await, &[400]);
    for bad in ["0", "x", "99"] {
        expect_status(&interviewer.get(&format!("/calls/{bad}")).await, &[404]);
        expect_status(&admin.post("/admin/calls", &owned(&[("go", "void"), ("list", bad)])).await, &[404]);
    }
    let void = owned(&[("go", "void"), ("list", &list)]);
    expect_status(&admin.post("/admin/calls", &void).await, &[303]);
    expect_status(&interviewer.get(&path).await, &[404]);
}
