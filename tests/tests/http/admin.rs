//! `/admin/surveys/…`, `/admin/touchpoints/…`: only the province administrator changes, other
//! provincial accounts read, and what is wrong is said at the field.

use tests::html::visible_text;
use tests::process::Engine;

use super::{Site, expect_status};

fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

const SURVEY: [(&str, &str); 9] = [
    ("code", "SH-9"),
    ("name", "Đợt chín"),
    ("instrument", "post-service"),
    ("variant", "full"),
    ("from", "2026-11"),
    ("to", "2026-10"),
    ("units", "all"),
    ("k", "4"),
    ("definition", ""),
];

#[tokio::test]
async fn a_survey_is_previewed_and_opened_and_nothing_wrong_is_half_stored() {
    let site = Site::open(Engine::Sqlite).await;
    let mut admin = site.member("province-admin").await;
    let mut form = pairs(&SURVEY);
    form.push(("go".into(), "open".into()));
    let refused = admin.post("/admin/surveys/new", &form).await;
    expect_status(&refused, &[422]);
    let page = refused.text();
    for id in ["to-mistake", "k-mistake"] {
        assert!(page.contains(&format!("id=\"{id}\"")), "{id} stands at its field");
    }
    assert!(page.contains("value=\"Đợt chín\""), "what was typed is kept");
    expect_status(&admin.get("/admin/surveys/SH-9").await, &[404]);
    let set = |form: &mut Vec<(String, String)>, name: &str, value: &str| {
        form.iter_mut().filter(|pair| pair.0 == name).for_each(|pair| pair.1 = value.to_owned());
    };
    set(&mut form, "to", "2027-01");
    set(&mut form, "k", "10");
    set(&mut form, "go", "preview");
    let preview = admin.post("/admin/surveys/new", &form).await;
    expect_status(&preview, &[200]);
    assert!(visible_text(&preview.text()).contains("03/03/2027"), "31 days after its last month it ends");
    expect_status(&admin.get("/admin/surveys/SH-9").await, &[404]);
    set(&mut form, "go", "open");
    expect_status(&admin.post("/admin/surveys/new", &form).await, &[303]);
    expect_status(&admin.get("/admin/surveys/SH-9").await, &[200]);
    expect_status(&admin.get("/admin/surveys/SH-9/waiting").await, &[200]);
    expect_status(&admin.post("/admin/surveys/new", &form).await, &[422]);
    let past = pairs(&[("go", "extend"), ("to", "2026-01")]);
    expect_status(&admin.post("/admin/surveys/SH-9", &past).await, &[422]);
    let later = pairs(&[("go", "extend"), ("to", "2027-06")]);
    expect_status(&admin.post("/admin/surveys/SH-9", &later).await, &[303]);
    assert!(visible_text(&admin.get("/admin/surveys/SH-9").await.text()).contains("6/2027"));
}

#[tokio::test]
async fn provincial_accounts_read_and_only_the_administrator_changes() {
    let site = Site::open(Engine::Sqlite).await;
    let token = site.path("survey").trim_start_matches("/s/").to_owned();
    let place = format!("/admin/touchpoints/{token}");
    let pages =
        ["/admin/surveys/demo-2026", "/admin/surveys/demo-2026/waiting", "/admin/touchpoints", &place];
    let deeds = [
        ("/admin/surveys/new".to_owned(), pairs(&SURVEY)),
        ("/admin/surveys/demo-2026".to_owned(), pairs(&[("go", "close")])),
        ("/admin/touchpoints".to_owned(), pairs(&[("of", "all"), ("mode", "link"), ("variant", "full")])),
        (place.clone(), pairs(&[("go", "revoke"), ("reason", "x")])),
    ];
    for role in ["province-analyst", "auditor"] {
        let mut reader = site.member(role).await;
        for path in pages {
            let page = reader.get(path).await;
            expect_status(&page, &[200]);
            let forms = page.text().matches("method=\"post\"").count();
            assert_eq!(forms, 1, "{path} offers {role} nothing but to sign out");
        }
        for (path, form) in &deeds {
            expect_status(&reader.post(path, form).await, &[403]);
        }
    }
    for role in ["agency-head", "agency-officer", "interviewer"] {
        let mut member = site.member(role).await;
        for path in pages {
            expect_status(&member.get(path).await, &[403]);
        }
        for (path, form) in &deeds {
            expect_status(&member.post(path, form).await, &[403]);
        }
    }
}

#[tokio::test]
async fn a_revoked_poster_says_so_and_the_new_one_takes_answers() {
    let site = Site::open(Engine::Sqlite).await;
    let old = site.path("survey");
    let token = old.trim_start_matches("/s/").to_owned();
    let mut admin = site.member("province-admin").await;
    let path = format!("/admin/touchpoints/{token}");
    let nameless = pairs(&[("go", "replace"), ("reason", " ")]);
    expect_status(&admin.post(&path, &nameless).await, &[422]);
    let reasoned = pairs(&[("go", "replace"), ("reason", "bị dán đè")]);
    let gone = admin.post(&path, &reasoned).await;
    expect_status(&gone, &[303]);
    let fresh =
        gone.header("location").unwrap().split('?').next().unwrap().rsplit('/').next().unwrap().to_owned();
    expect_status(&site.visitor().get(&old).await, &[410]);
    expect_status(&site.visitor().get(&format!("/s/{fresh}")).await, &[200]);
    let page = admin.get(&format!("/admin/touchpoints/{fresh}?done=replaced-{token}")).await;
    assert!(visible_text(&page.text()).contains("bản 2"));
    let sheets = admin.get("/admin/posters/print?size=a4&places=commune").await.text();
    assert_eq!(sheets.matches("<article").count(), 71, "64 commune centres and their seven reception points");
    assert!(sheets.contains(&fresh) && !sheets.contains(&token));
    let file = admin.get("/admin/posters/print?size=slip&places=commune&save=1").await;
    assert!(file.header("content-disposition").unwrap().contains("attachment"));
    assert!(!file.text().contains("/assets/"), "a file stands alone");
}

#[tokio::test]
async fn the_unit_looks_at_its_own_posters_once_a_month() {
    let site = Site::open(Engine::Sqlite).await;
    let own = format!("{}/posters", site.path("agency"));
    let mut head = site.member("agency-head").await;
    let page = head.get(&own).await;
    expect_status(&page, &[200]);
    let token = page.text().split("name=\"state-").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let found = [(format!("state-{token}"), "covered".to_owned())];
    expect_status(&head.post(&own, &found).await, &[303]);
    expect_status(&head.get("/a/31834/posters").await, &[403]);
    expect_status(&head.post("/a/31834/posters", &found).await, &[403]);
    let odd = [(format!("state-{token}"), "burnt".to_owned())];
    expect_status(&head.post(&own, &odd).await, &[400]);
    let mut admin = site.member("province-admin").await;
    expect_status(&admin.post(&own, &found).await, &[403]);
    let all = admin.get("/admin/touchpoints").await.text();
    assert!(visible_text(&all).contains("1 trên 86 tờ"), "{}", visible_text(&all));
    assert!(all.contains(&format!("/admin/touchpoints/{token}")));
}

#[tokio::test]
async fn any_release_is_shown_compared_and_downloaded_by_provincial_accounts_alone() {
    let place = tests::process::Installation::new(Engine::Sqlite);
    let running = place.demo(6_000).await;
    let site = Site { place, running };
    let file = "/admin/releases/1/aggregates.csv";
    let paths = ["/admin/releases", "/admin/releases/compare?a=1&b=2", file];
    for role in ["province-admin", "province-analyst", "auditor"] {
        let mut reader = site.member(role).await;
        for path in paths {
            expect_status(&reader.get(path).await, &[200]);
        }
    }
    for role in ["agency-head", "interviewer"] {
        let mut member = site.member(role).await;
        for path in paths {
            expect_status(&member.get(path).await, &[403]);
        }
    }
    let mut auditor = site.member("auditor").await;
    let sent = auditor.get(file).await;
    assert!(sent.header("content-type").unwrap().starts_with("text/csv"));
    let (text, said) = (sent.text(), site.place.run(&["export", "aggregates", "--release", "1"]).await);
    assert!(text == said, "the page sends the file that the command line writes");
    assert!(text.lines().count() > 10 && text.lines().skip(1).all(|line| line.starts_with("1,")));
    for path in ["/admin/releases/99999/aggregates.csv", "/admin/releases/compare?a=1&b=99999"] {
        expect_status(&auditor.get(path).await, &[404]);
    }
    expect_status(&auditor.get("/admin/releases/compare?a=1").await, &[400]);
    expect_status(&auditor.get("/admin/releases/compare?a=1&b=2&period=2026-13").await, &[400]);
}

#[tokio::test]
async fn texts_are_read_within_the_scope_and_hidden_by_the_administrator_with_a_reason() {
    let place = tests::process::Installation::new(Engine::Sqlite);
    let running = place.demo(40_000).await;
    let site = Site { place, running };
    let mut admin = site.member("province-admin").await;
    let province = format!("/a/{}/comments", site.path("province").trim_start_matches("/p/"));
    let page = admin.get(&province).await;
    expect_status(&page, &[200]);
    let html = page.text();
    let id =
        html.split("name=\"text\" value=\"").nth(1).expect("a text").split('"').next().unwrap().to_owned();
    let deed = |go: &str, reason: &str| {
        pairs(&[("survey", "demo-2026"), ("text", &id), ("go", go), ("reason", reason)])
    };
    expect_status(&admin.post(&province, &deed("hide", " ")).await, &[422]);
    expect_status(&admin.post(&province, &deed("hide", "xúc phạm người khác")).await, &[303]);
    let mut analyst = site.member("province-analyst").await;
    let seen = visible_text(&analyst.get(&province).await.text());
    assert!(seen.contains("xúc phạm người khác"), "the reason is for everybody");
    expect_status(&analyst.post(&province, &deed("show", "")).await, &[403]);
    expect_status(&admin.post(&province, &deed("show", "")).await, &[303]);
    assert!(!visible_text(&analyst.get(&province).await.text()).contains("xúc phạm người khác"));
    let mut head = site.member("agency-head").await;
    expect_status(&head.get(&format!("{}/comments", site.path("agency"))).await, &[200]);
    for path in [&province, "/a/31834/comments"] {
        expect_status(&head.get(path).await, &[403]);
    }
    expect_status(&admin.get(&format!("{province}?mood=angry")).await, &[400]);
    // Leaving out is the administrator's as well.
    let nothing = pairs(&[("survey", "demo-2026"), ("go", "exclude"), ("reason", "x")]);
    expect_status(&admin.post("/admin/flags", &nothing).await, &[422]);
    expect_status(&analyst.get("/admin/flags").await, &[200]);
    expect_status(&analyst.post("/admin/flags", &nothing).await, &[403]);
    expect_status(&head.get("/admin/flags").await, &[403]);
}
